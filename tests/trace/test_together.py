"""Verses that one pair of marks joins are told; not those that a mark parts, or in the mushaf's order."""

from __future__ import annotations

import pytest

import takhrij
from takhrij import exit_status
from takhrij.model import RUN_TOGETHER

TRADE, MONTH = "وأحل الله البيع وحرم الربا", "فمن شهد منكم الشهر فليصمه"


def joined(text: str) -> list[bool]:
    return [RUN_TOGETHER in finding.notes for finding in takhrij.check(text=text).findings]


@pytest.mark.parametrize("marks", ["﴿﴾", "«»", "()"])
def test_two_places_in_one_pair_of_marks_are_told(marks: str) -> None:
    text = f"قال تعالى: {marks[0]}{TRADE} {MONTH}{marks[1]}"
    assert joined(text) == [True, True]
    report = takhrij.check(text=text)
    assert exit_status.of_report(report) == exit_status.DIFFERS
    assert exit_status.of_report(report, ("joined",)) == exit_status.DIFFERS
    assert exit_status.of_report(report, ("wording",)) == exit_status.NOTHING_DIFFERS


def test_what_no_cue_leads_to_is_quoted_as_what_it_is_joined_to() -> None:
    assert joined("وقال: ﴿يا أيها الذين آمنوا أوفوا بالعقود وأقيموا الصلاة وآتوا الزكاة﴾") == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        f"قال تعالى: ﴿{TRADE}﴾ ﴿{MONTH}﴾",
        f"قال تعالى: ﴿{TRADE} … {MONTH}﴾",
        f"قال تعالى: ﴿{TRADE}﴾ وقال: ﴿{MONTH}﴾",
        "قال تعالى: ﴿الحمد لله رب العالمين الرحمن الرحيم مالك يوم الدين﴾",
    ],
)
def test_a_mark_between_them_or_the_mushaf_s_own_order_is_no_joining(text: str) -> None:
    assert not any(joined(text))
