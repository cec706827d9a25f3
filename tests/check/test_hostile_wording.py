"""What makes a text look like something else than it is: told, and never made good in silence."""

from __future__ import annotations

import json

import pytest
from quoted import only

from takhrij import api
from takhrij.read import read
from takhrij.report import render

VERSE = "وأقيموا الصلاة وآتوا الزكاة واركعوا مع الراكعين"
INTRODUCED = "قال تعالى: «{}» [البقرة: 43]"


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"])
def test_an_override_of_the_direction_inside_a_word_is_no_same_word(sign: str) -> None:
    found = only(api.check(text=INTRODUCED.format(VERSE.replace("الزكاة", f"الز{sign}كاة"))))
    assert found.match == "spelling"
    assert [change.text for change in found.sources[0].changes] == [f"الز{sign}كاة"]


def test_a_text_with_overrides_says_so_in_every_form() -> None:
    report = api.check(text=INTRODUCED.format(VERSE.replace("وآتوا", "\u202eوآتوا\u202c")))
    assert report.findings[0].text.count("\u202e") == 1
    for form in ("text", "html", "json"):
        assert "override the direction of writing" in render(report, form)
    assert "override" not in render(api.check(text=INTRODUCED.format(VERSE)), "json")


def test_a_file_with_overrides_says_so_whatever_its_format() -> None:
    for data in (f"<!DOCTYPE html><p>{VERSE}\u202e", f"{VERSE}\u202e"):
        assert "2 sign(s)" in read((data + "\u202d").encode(), name="f").notes[-1]


@pytest.mark.parametrize(
    ("letter", "like"),
    [("ك", "\u043a"), ("م", "\U0001ee0c"), ("ة", "\u00f6"), ("ا", "|"), ("ا", "1"), ("و", "9")],
    ids=["Cyrillic", "mathematical", "Latin", "a stroke", "one", "nine"],
)
def test_a_letter_of_another_script_that_looks_like_it_is_a_difference(letter: str, like: str) -> None:
    at = VERSE.index(letter, VERSE.index("الزكاة"))
    found = only(api.check(text=INTRODUCED.format(VERSE[:at] + like + VERSE[at + 1 :])))
    assert found.match not in ("same", "part")
    assert any(like in change.text for change in found.sources[0].changes) or like in found.text


def test_a_lone_surrogate_is_told_and_compared_as_what_cannot_be_read() -> None:
    report = api.check(text=INTRODUCED.format(VERSE.replace("الزكاة", "الز\ud800كاة")))
    assert "surrogate" in report.document.notes[0]
    assert report.findings[0].match != "same"
    for form in ("text", "html", "json", "csv"):
        render(report, form).encode("utf-8")
    json.loads(render(report, "json"))


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u00ad", "\u0640", "\u034f", "\ufeff"])
def test_what_nobody_sees_is_kept_in_the_text_that_is_shown(sign: str) -> None:
    found = only(api.check(text=INTRODUCED.format(VERSE.replace("الزكاة", f"الز{sign}كاة"))))
    assert found.sources[0].ref == "quran:2:43" and sign in found.text
