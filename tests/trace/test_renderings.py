"""A rendering shares the finding of the quotation beside it; what it says more or less is told as a fact."""

from __future__ import annotations

from functools import cache

import pytest

import takhrij
from takhrij.index import open_index
from takhrij.model import Finding, Rendering
from takhrij.report.phrases import match_words
from takhrij.text import fold

EASE = "يُرِيدُ اللَّهُ بِكُمُ الْيُسْرَ وَلَا يُرِيدُ بِكُمُ الْعُسْرَ"  # 2:185
SALE = "وَأَحَلَّ اللَّهُ الْبَيْعَ وَحَرَّمَ الرِّبَا"  # 2:275
INTENTION = "إنما الأعمال بالنيات"
NOT_LOADED = "Actions are judged by what was meant"


@cache
def wording(ref: str) -> str:
    """A passage as the installed package has it: English where there is some."""
    index = open_index()
    passage = index.record(index.rows[ref])
    return passage.english or passage.text


def of_ease() -> str:
    """What Saheeh International has for the words of EASE."""
    text = wording("en-saheeh:2:185")
    start = text.index("Allāh intends")
    return text[start : text.index(" and [wants]", start)].rstrip()


def only(text: str) -> Finding:
    (finding,) = takhrij.check(text=text).findings
    return finding


def rendering(text: str) -> Rendering:
    made = only(text).rendering
    assert made is not None
    assert text[made.span.start : made.span.end] == made.text
    return made


@pytest.mark.parametrize(
    "between",
    [
        "﴾ “{}”",
        '﴾\n"{}"',
        "﴾“{}”",
        "﴾ [البقرة: 185] “{}”",
        "﴾ meaning: “{}”",
        "﴾ (al-Baqarah 2:185)\n“{}”",
        "﴾ ({})",
        "﴾ (the Cow), i.e. “{}”",
    ],
)
def test_a_rendering_is_paired_and_is_no_finding_of_its_own(between: str) -> None:
    made = rendering(
        f"Allah says: ﴿{EASE}{between.format(of_ease())} and so the traveller may break his fast."
    )
    assert made.text == of_ease()
    assert made.ref == "en-saheeh:2:185"
    assert made.translation is not None and "Saheeh" in made.translation
    assert made.changes == ()


@pytest.mark.parametrize("marks", ["''", "‘’"])
def test_single_marks_inside_a_rendering_do_not_end_it(marks: str) -> None:
    opening, closing = tuple(marks)
    english = f"Allah wants {opening}ease{closing} for you"
    text = f"﴿{EASE}﴾ {opening}{english}{closing} and then {opening}the rest of the chapter{closing}."
    assert rendering(text).text == english


@pytest.mark.parametrize(
    "text",
    [
        "1. ﴿{arabic}﴾\n   {english}\n2. The next point is about travel.",
        "“{english}” ﴿{arabic}﴾ [2:185] and so on.",
        "{{“{english}”}} (﴿{arabic}﴾) and so on.",
        "> ﴿{arabic}﴾\n> '{english}'\n\nThe jurists' view rests on it.",
        'He says ﴿{arabic}﴾ which means: *"{english}"* and so on.',
    ],
)
def test_a_rendering_is_paired_however_it_is_laid_out(text: str) -> None:
    assert rendering(text.format(arabic=EASE, english=of_ease())).text == of_ease()


def test_english_before_the_quotation_of_the_next_paragraph_is_its_own() -> None:
    text = f"He said: «{INTENTION}».\n\n“{of_ease()}” ﴿{EASE}﴾"
    first, second = takhrij.check(text=text).findings
    assert first.rendering is None
    assert second.rendering is not None and second.rendering.text == of_ease()


def test_words_that_differ_from_the_nearest_translation_are_listed() -> None:
    made = rendering(f"﴿{EASE}﴾ “{of_ease().replace('ease', 'comfort')}”")
    assert [(change.kind, change.text, change.source_text) for change in made.changes] == [
        ("replaced", "comfort", "ease")
    ]


def test_a_rendering_in_no_loaded_translation_is_paired() -> None:
    made = rendering(f"The Prophet ﷺ said: «{INTENTION}» “{NOT_LOADED}” (al-Bukhari).")
    assert made.text == NOT_LOADED
    assert only(f"The Prophet ﷺ said: «{INTENTION}» “{NOT_LOADED}”").kind == "report"


def test_a_rendering_whose_closing_mark_is_missing_ends_at_the_citation() -> None:
    made = rendering(f"﴿{EASE}﴾ “{of_ease()} [al-Baqarah: 185[ and he said more.")
    assert made.text == of_ease()


def test_two_quotations_keep_their_own_renderings() -> None:
    text = f"﴿{EASE}﴾ “{of_ease()}” and ﴿{SALE}﴾ “God has made trade lawful and usury unlawful” as well."
    first, second = takhrij.check(text=text).findings
    assert first.rendering is not None and first.rendering.text == of_ease()
    assert second.rendering is not None and second.rendering.text.startswith("God has made")
    assert [first.label, second.label] == ["f1", "f2"]


@pytest.mark.parametrize(
    "aside",
    ["(reported by Ahmad and others)", "(2:185)", "(see the commentary of the verse)", "and then he prayed"],
)
def test_an_aside_is_no_rendering(aside: str) -> None:
    assert only(f"﴿{EASE}﴾ {aside} on the journey.").rendering is None


def test_a_missing_negation_is_told() -> None:
    made = rendering(f"﴿{EASE}﴾ “Allah intends for you ease and intends for you hardship”")
    assert any("negation («وَلَا»); the rendering has none" in note for note in made.notes)


def test_a_negation_that_the_arabic_lacks_is_told() -> None:
    made = rendering(f"﴿{SALE}﴾ “Allah has not permitted trade and has forbidden interest”")
    assert any("negation («not»); the Arabic has none" in note for note in made.notes)


@pytest.mark.parametrize("translation", ["en-saheeh", "en-yusuf-ali", "en-taqi-usmani", "en-abdul-haleem"])
@pytest.mark.parametrize("verse", ["5:6", "4:43", "2:275", "2:282", "62:9", "4:101", "109:2", "2:2", "24:37"])
def test_a_translation_itself_is_told_of_as_the_same(translation: str, verse: str) -> None:
    quoted = wording(f"{translation}:{verse}")
    made = rendering(f"﴿{wording(f'quran:{verse}')}﴾ «{quoted.replace('«', '').replace('»', '')}»")
    assert made.ref is not None and made.ref.endswith(f":{verse}") and made.changes == ()
    assert fold(wording(made.ref)).hashes.tolist() == fold(quoted).hashes.tolist()
    assert not any("negation" in note or "covers" in note for note in made.notes)


def test_words_in_brackets_are_told_and_whether_the_translation_has_them() -> None:
    added = rendering(f"﴿{EASE}﴾ “{of_ease().replace('ease', 'ease (in worship)')}”")
    assert added.changes == ()
    assert any(note.endswith("(in worship)") and "as well" not in note for note in added.notes)
    quoted = wording("en-saheeh:5:6")
    kept = rendering(f"﴿{wording('quran:5:6')}﴾ «{quoted}»")
    assert any("[perform]" in note and "as well" in note for note in kept.notes)


def test_less_or_more_of_the_verse_than_the_arabic_is_told() -> None:
    less = rendering(f"﴿{wording('quran:5:6')}﴾ “{' '.join(wording('en-saheeh:5:6').split()[:24])}”")
    assert any("covers less" in note for note in less.notes)
    more = rendering(f"﴿{SALE}﴾ «{wording('en-yusuf-ali:2:275')}»")
    assert any("covers more" in note for note in more.notes)


def test_english_alone_is_a_finding_that_names_translation_and_verse() -> None:
    quoted = " ".join(wording("en-yusuf-ali:4:101").split()[:16])
    finding = only(f'Allah says: "{quoted}" (an-Nisa 4:101).')
    assert finding.kind == "quran" and finding.status == "matched" and finding.match == "part"
    best = finding.sources[0]
    assert (best.ref, best.language, best.renders) == ("en-yusuf-ali:4:101", "en", "quran:4:101")
    assert [(claim.says, claim.check) for claim in finding.claims if claim.kind == "reference"] == [
        ("quran:4:101", "agrees")
    ]
    assert {searched.source for searched in finding.searched} == {
        "en-saheeh",
        "en-yusuf-ali",
        "en-taqi-usmani",
        "en-abdul-haleem",
    }


def test_an_english_verse_with_another_reference_differs() -> None:
    quoted = " ".join(wording("en-yusuf-ali:4:101").split()[:16])
    finding = only(f'Allah says: "{quoted}" (al-Baqarah 2:43).')
    assert [claim.check for claim in finding.claims if claim.kind == "reference"] == ["differs"]


def test_a_verse_in_another_wording_is_compared_with_the_verse_that_is_named() -> None:
    finding = only(
        "Allah says: “It is permitted by God to trade, but to lend at usury He forbade” (al-Baqarah 2:275)."
    )
    assert finding.status == "not_checked"
    assert all(match.renders == "quran:2:275" for match in finding.nearest[:1])


def test_what_no_loaded_english_has_is_not_checked() -> None:
    text = (
        "Allah says: “Whoever repairs the bridge before the rains shall find his boat upon dry land.” "
        "The Prophet (saw) said: “Count the lamps of the market and then count the empty benches.” "
        "Narrated by al-Bukhari."
    )
    verse, report = takhrij.check(text=text).findings
    assert (verse.kind, verse.status) == ("quran", "not_checked")
    assert (report.kind, report.status) == ("report", "not_checked")
    assert any("six books" in note for note in report.notes)
    assert all(claim.check == "not_checked" for claim in report.claims if claim.kind == "collection")


def test_arabic_and_english_findings_are_labelled_in_the_order_of_the_text() -> None:
    quoted = " ".join(wording("en-saheeh:4:101").split()[:16])
    text = f"Allah says: “{quoted}” and He says ﴿{EASE}﴾ and the Prophet said «{INTENTION}» and that is all."
    findings = takhrij.check(text=text).findings
    assert [finding.label for finding in findings] == ["f1", "f2", "f3"]
    assert [finding.span.start for finding in findings] == sorted(finding.span.start for finding in findings)
    assert [bool(finding.sources[0].language == "en") for finding in findings] == [True, False, False]


@pytest.mark.parametrize("head", ["", "In English: ", "God says: "])
def test_a_rendering_on_the_next_line_behind_words_of_the_author(head: str) -> None:
    text = f"قال تعالى: ﴿{EASE}﴾ [البقرة: 185]. فدلت الآية على التيسير.\n{head}“{of_ease()}”"
    assert rendering(text).text == of_ease()


def test_other_english_on_the_next_line_is_none() -> None:
    text = f"قال تعالى: ﴿{EASE}﴾ [البقرة: 185]. فدلت الآية على التيسير.\n“{NOT_LOADED}, as they say.”"
    assert all(finding.rendering is None for finding in takhrij.check(text=text).findings)


def test_english_between_a_speaker_and_a_citation_is_found_once() -> None:
    text = f"The Prophet ﷺ said: “{NOT_LOADED}.” (Agreed upon.)"
    spans = [finding.span for finding in takhrij.check(text=text).findings]
    assert len(spans) == len(set(spans)) <= 1


def test_a_reference_of_a_rendering_s_own_is_checked_in_another_paragraph_too() -> None:
    finding = only(f"﴿{EASE}﴾ (2:185)\n\n> “{of_ease()}” (2:186)\n\nThe jurists' view rests on it.")
    assert [(claim.text, claim.check) for claim in finding.claims] == [
        ("2:185", "agrees"),
        ("2:186", "differs"),
    ]


def test_words_left_out_before_a_bracket_of_the_translator_s_end_there() -> None:
    finding = only("Allah says: “For indeed, with hardship will be relief.” (94:5)")
    assert [change.source_text for change in finding.sources[0].changes] == ["ease"]
    assert match_words(finding) == "words left out inside"
