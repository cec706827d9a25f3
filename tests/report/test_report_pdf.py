"""The report on paper: a PDF whose words are data, whatever they look like."""

from __future__ import annotations

import pytest
from report_builders import report

from takhrij.model import Document, Report, replace
from takhrij.report import as_file
from takhrij.report.words import in_language


def test_equal_reports_give_equal_pages() -> None:
    made = as_file(report(), "pdf")
    assert made.startswith(b"%PDF-") and made == as_file(report(), "pdf")
    assert made.count(b"/FontFile") >= 2  # fonts are in it, so that it looks the same everywhere


def test_arabic_pages_have_their_own_words() -> None:
    with in_language("ar"):
        assert as_file(report(), "pdf") != as_file(replace(report(), findings=()), "pdf")


@pytest.mark.parametrize(
    "text", ['#import "x.typ"', "$ #panic() $", "]#]#{", "= @a <b> \\u{0}", "a\x00\ufeff\u202e"]
)
def test_words_are_never_markup(text: str) -> None:
    assert (
        as_file(Report(document=Document(text=text, name=f"{text}.txt"), findings=()), "pdf")[:5] == b"%PDF-"
    )
