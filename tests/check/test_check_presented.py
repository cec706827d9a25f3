"""What a text presents as scripture though no source has it, and what it does not present."""

from __future__ import annotations

import pytest
from quoted import matn

import takhrij

# sentences of a textbook, so that no source explains them
PLAIN = "البيع مبادلة مال متقوم بمال متقوم على سبيل التراضي بين العاقدين"
VOWELLED = "الْبَيْعُ مُبَادَلَةُ مَالٍ مُتَقَوِّمٍ بِمَالٍ مُتَقَوِّمٍ عَلَى سَبِيلِ التَّرَاضِي"
BEFORE, BEHIND = "وقد تكلم الفقهاء في هذا الباب.\n\n", "\n\nوعلى هذا جرى العمل في الأسواق."


def presented(text: str) -> list[tuple[str, str]]:
    findings = takhrij.check(text=BEFORE + text + BEHIND).findings
    return [(finding.kind, finding.text) for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "قال تعالى: {}.",
        "قال الله تعالى: {} [البقرة: 275].",
        'سورة البقرة، الآية 275: "{}"',
        "- سورة البقرة، الآية 275: {}",
        'ومنها الآية التي تقول "{}"',
    ],
)
def test_a_verse_that_no_source_has(text: str) -> None:
    assert presented(text.format(PLAIN)) == [("quran", PLAIN)]


@pytest.mark.parametrize(
    "text",
    [
        "قال رسول الله صلى الله عليه وسلم: {}.",
        "قال النبي ﷺ: {} (رواه مسلم).",
        "عن أبي هريرة رضي الله عنه أن النبي ﷺ قال: {} رواه مسلم.",
        'عن أنس رضي الله عنه، قال: "{}".',
        '"قال رسول الله ﷺ: {}" (رواه مسلم)',
        'والحديث الشريف يقول "{}"',
    ],
)
def test_a_report_that_no_source_has(text: str) -> None:
    assert presented(text.format(PLAIN)) == [("report", PLAIN)]


def test_vowel_signs_show_where_it_ends() -> None:
    assert presented(f"سورة البقرة (275):\n> {VOWELLED}") == [("quran", VOWELLED)]
    assert presented(f'قال تعالى: "{VOWELLED}\n') == [("quran", VOWELLED)]
    assert presented(f"والقاعدة {VOWELLED} عندهم") == []


@pytest.mark.parametrize(
    "text",
    [
        'قال ابن قدامة رحمه الله: "{}"',
        'قال القرطبي في تفسيره: "{}"',
        'وقوله: "{}" انتهى من المغني',
        "وهذا معنى الحديث: {}.",
        "سورة البقرة (الآية 275): تشير إلى أن {}.",
    ],
)
def test_a_scholars_prose_is_no_scripture(text: str) -> None:
    assert presented(text.format(PLAIN)) == []


def test_a_lemma_is_no_verse() -> None:
    assert presented(f"قوله: (باب {PLAIN}) يعني كذا.") == []
    assert presented(f"ودليله قوله تعالى: (باب {PLAIN})") != []
    assert presented(f"قوله: ({PLAIN}) [البقرة: 35].") == [("quran", PLAIN)]


def test_a_chain_inside_the_brackets_is_not_compared() -> None:
    text = f"قوله: (حدثنا أبو نعيم قال حدثنا سفيان عن أنس رضي الله عنه قال: {matn('bukhari:1089')}) في رواية."
    (finding,) = takhrij.check(text=text).findings
    assert finding.sources[0].ref == "bukhari:1089"
    assert finding.sources[0].complete == "whole"


def test_a_judgement_is_no_report() -> None:
    (finding,) = takhrij.check(
        text=f"«{matn('tirmidhi:69')}» رواه الخمسة، وقال الترمذي: حديث حسن صحيح."
    ).findings
    assert [claim.kind for claim in finding.claims] == ["collection", "grade"]


def test_a_citation_is_no_report() -> None:
    assert presented("وهذا الحديث (رواه مسلم). وفي هذا الحديث حكم البيع") == []


def test_the_chain_is_told_from_the_report_inside_the_marks() -> None:
    chain = "عن أبي هريرة رضي الله عنه قال: قال رسول الله ﷺ:"
    finding = takhrij.check(text=f'{BEFORE}"{chain} {PLAIN}" (رواه مسلم){BEHIND}').findings[0]
    assert finding.text == PLAIN
    assert finding.isnad is not None
