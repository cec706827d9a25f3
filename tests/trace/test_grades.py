"""Grades: a named person's own words, verbatim, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from takhrij.trace.grades import grades_of, judges


def row(source: str, *parts: tuple[str, str], **fields: Any) -> dict[str, Any]:
    """A record as the index holds it, made of its parts."""
    text, spans = "", []
    for kind, words in parts:
        spans.append([kind, len(text), len(text) + len(words)])
        text += words + " "
    return {"source": source, "number": "9", "text": text, "parts": spans, **fields}


CHAIN = ("chain", "حَدَّثَنَا فُلَانٌ عَنْ أَبِي هُرَيْرَةَ قَالَ")
MATN = ("matn", "كلمة كلمة")


def test_al_tirmidhi_s_judgement_is_quoted_as_it_stands() -> None:
    remark = ("remark", "قَالَ أَبُو عِيسَى: هَذَا حَدِيثٌ حَسَنٌ صَحِيحٌ، وَفِي الْبَاب عَنْ عَلِيٍّ")
    record = row("tirmidhi", CHAIN, MATN, remark, narrator="أَبِي هُرَيْرَةَ")
    (grade,) = grades_of(record, "tirmidhi")
    assert (grade.grader, grade.words, grade.about) == ("al-Tirmidhi", "هَذَا حَدِيثٌ حَسَنٌ صَحِيحٌ", "this report")
    assert record["text"][grade.source_span.start : grade.source_span.end] == grade.words


def test_what_he_says_of_another_report_is_not_said_of_this_one() -> None:
    remark = ("remark", "قَالَ أَبُو عِيسَى: حَدِيثُ ابْنِ عُمَرَ حَدِيثٌ حَسَنٌ")
    (grade,) = grades_of(row("tirmidhi", CHAIN, MATN, remark, narrator="أَبِي هُرَيْرَةَ"), "tirmidhi")
    assert grade.about != "this report"
    (own,) = grades_of(row("tirmidhi", CHAIN, MATN, remark, narrator="ابْنِ عُمَرَ"), "tirmidhi")
    assert own.about == "this report"


def test_what_follows_another_chain_is_said_of_that_one() -> None:
    remark = "قَالَ أَبُو عِيسَى: وَرَوَى هَذَا الْحَدِيثَ هِشَامٌ، عَنْ أَنَسٍ، وَهَذَا حَدِيثٌ مُرْسَلٌ"
    (grade,) = grades_of(row("tirmidhi", CHAIN, MATN, ("remark", remark)), "tirmidhi")
    assert grade.about == "another chain, which the passage names"


def test_comparing_two_chains_says_nothing_of_this_report() -> None:
    (grade,) = grades_of(row("bayhaqi-kubra", MATN, ("remark", "هَذَا الإِسْنَادُ أَصَحُّ")), "bayhaqi-kubra")
    assert grade.about == "a report or chain in this passage"


@pytest.mark.parametrize("source", ["bayhaqi-kubra", "abu-dawud", "tirmidhi"])
def test_an_editor_s_tag_is_no_grade(source: str) -> None:
    assert grades_of(row(source, CHAIN, MATN, ("edition_note", "[ضعیف]")), source) == ()


def test_of_the_two_sahihs_how_the_record_stands_there() -> None:
    assert [g.words for g in grades_of(row("muslim", CHAIN, MATN), "muslim")] == [
        "stands in the body of Muslim's Ṣaḥīḥ with a chain"
    ]
    (bare,) = grades_of(row("bukhari", MATN), "bukhari")
    assert bare.words == "stands in al-Bukhari's Ṣaḥīḥ, without full chain in this record"
    (early,) = grades_of(row("muslim", CHAIN, MATN, book="introduction"), "muslim")
    assert early.words == "stands in the introduction to Muslim's Ṣaḥīḥ"


def test_words_of_a_judgement() -> None:
    assert judges("حديث حسن صحيح") == {"حسن", "صحيح"}
    assert judges("صححه") == judges("graded as sahih by") == {"صحيح"}
    assert judges("رواه في الصحيح") == frozenset()
