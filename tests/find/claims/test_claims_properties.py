"""What must hold for every text: exact spans, no slow input, the same reading whatever the marks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.find.claims import citation_segments, find_claims, find_isnads, read_for_claims
from takhrij.find.dates import find_dates

PIECES = [
    "رواه البخاري",
    "ومسلم",
    "(رقم 135)",
    "[المائدة: 6]",
    "سورة المائدة، الآية 6",
    "(5:6)",
    "عن أبي هريرة رضي الله عنه قال:",
    "حدثنا مالك عن نافع",
    "قال رسول الله ﷺ:",
    "«لا صلاة»",
    "متفق عليه",
    "المصدر نفسه",
    "وصححه الألباني",
    "(reported by Muslim from Aisha (ra))",
    "Sahih al-Bukhari 135",
    "26 رجب 1438هـ",
    "23/04/2017م",
    "إلا الترمذي",
    "\n\n",
    "**",
    "(",
    "]",
    "،",
    "\u200f",
    "𝔸",
    "ﷺ",
    "ﻻ",
    "12345",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=14).map(" ".join))
def test_spans_are_the_text(text: str) -> None:
    claims = find_claims(text)
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.text != ""
        assert 0 <= claim.group.start < claim.group.end <= len(text)
    for isnad in find_isnads(text):
        assert all(isnad.span.start <= name.start < name.end <= isnad.span.end for name in isnad.narrators)
    for date in find_dates(text):
        assert text[date.span.start : date.span.end] == date.text
    assert all(start < end for start, end in citation_segments(text, claims))


@pytest.mark.parametrize("mark", ["\u064e", "\u0640", "\u200d"])
def test_marks_and_joiners_change_nothing_but_offsets(mark: str) -> None:
    plain = "«لا صلاة» (رواه البخاري ومسلم)"
    marked = "".join(char + mark if char in "خمسل" else char for char in plain)
    assert [c.says for c in find_claims(marked)] == [c.says for c in find_claims(plain)]
    assert all(marked[c.span.start : c.span.end] == c.text for c in find_claims(marked))


@pytest.mark.parametrize(
    "piece",
    [
        "سورة ", "البقرة: ", "عن ", "رواه ", "(", "[{(", "1:1 ", "1/", "البخاري، ", "عن أبي ", "قال: ",
        "حدثنا ", "و ", "ibn ", "al-", "صححه ", "رواه البخاري (", "كتاب ", "رقم ", "هـ ",
        "رجب 1438 ", "، ", "« ", "a", "\n", "12 رجب ",
    ],
)  # fmt: skip
def test_no_input_is_slow(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    reading = read_for_claims(text)
    find_claims(text, reading)
    find_isnads(text, reading)
    find_dates(text, reading)
    assert time.process_time() - start < 3
