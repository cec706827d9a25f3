"""What nests or repeats without end takes time in proportion to its length, whatever is done with it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from takhrij import api
from takhrij.argue import propose
from takhrij.find.speech.marks import quotation_marks
from takhrij.model import Report
from takhrij.report import render
from takhrij.report.maps import render_map

VERSE = "وأقيموا الصلاة وآتوا الزكاة واركعوا مع الراكعين"
UNITS = ("> «ا\n", "«””", "فإن قيل: قال: [يجب قال: ", "«قال: ", "“ا ", f"«{VERSE} ", "قال: «ا» ", "(« ")
STEPS: dict[str, Callable[[Report], object]] = {
    "map": lambda report: render_map(propose(report), "html"),
    "html": lambda report: render(report, "html"),
    "text": lambda report: render(report, "text"),
}


def seconds(unit: str, size: int) -> dict[str, float]:
    began = time.process_time()
    report = api.check(text=unit * (size // len(unit)))
    took = {"check": time.process_time() - began}
    for name, step in STEPS.items():
        began = time.process_time()
        step(report)
        took[name] = time.process_time() - began
    return took


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_than_in_proportion(unit: str) -> None:
    seconds(unit, 500)
    short, long = seconds(unit, 2_000), seconds(unit, 12_000)
    for step, took in long.items():
        assert took < 0.3 or took < 16 * short[step], (step, short[step], took)


def test_a_million_opening_marks_and_a_verse_behind_them() -> None:
    began = time.process_time()
    report = api.check(text="«" * 1_000_000 + "\n\nقال تعالى: «" + VERSE + "»")
    assert [finding.sources[0].ref for finding in report.findings] == ["quran:2:43"]
    assert time.process_time() - began < 30


def test_marks_that_are_never_closed_take_no_pair_from_those_that_are() -> None:
    text = "«ا\n\n" * 1000 + "قال: «ب»"
    marks = quotation_marks(text)
    assert text[marks.pairs[-1].start : marks.pairs[-1].end] == "ب"
    assert len(marks.unclosed) == 1000
