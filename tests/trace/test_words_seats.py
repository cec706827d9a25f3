from __future__ import annotations

import pytest

from takhrij.trace.words import relation


@pytest.mark.parametrize(
    ("word", "source", "how"),
    [
        ("إن", "أَنَّ", "vowels"),
        ("أن", "إِنَّ", "vowels"),
        ("ان", "أَنَّ", "spelling"),
        ("أن", "أَنَّ", "same"),
        ("مسؤول", "مَسْئُولٌ", "spelling"),
    ],
)
def test_a_hamza_above_or_below_is_no_spelling(word: str, source: str, how: str) -> None:
    assert relation(word, source) == how
