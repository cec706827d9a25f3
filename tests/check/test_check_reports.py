"""Reports in a text: where their words begin and end, which collections have them, and a verse inside one."""

from __future__ import annotations

import pytest
from quoted import bare, inner, matn, only, passage, refs

import takhrij
from takhrij.model import Finding, Report

SHORT = "bukhari:8"
RECORDS = ["bukhari:8", "muslim:534", "bukhari:6138", "muslim:16"]


def plain(ref: str) -> str:
    """The words of a report as most people type them, in one line and without marks of direction."""
    return " ".join(bare(matn(ref)).replace("\u200f", "").split())


def the_one(report: Report) -> Finding:
    finding = only(report)
    assert (finding.kind, finding.presented, finding.status) == ("report", "quotation", "matched")
    return finding


@pytest.mark.parametrize("ref", RECORDS)
@pytest.mark.parametrize(
    "around",
    [
        "قال رسول الله صلى الله عليه وسلم: «{}».",
        "وعن النبي ﷺ أنه قال: “{}” رواه الشيخان.",
        'ثبت عن النبي صلى الله عليه وسلم أنه قال: "{}"، وهو ظاهر.',
    ],
)
def test_a_report_between_marks(ref: str, around: str) -> None:
    finding = the_one(takhrij.check(text=around.format(plain(ref))))
    assert finding.text == plain(ref)
    assert finding.match == "same"
    assert ref in refs(finding)
    match = next(match for match in finding.sources if match.ref == ref)
    assert (match.wording, match.complete, match.changes) == ("same", "whole", ())
    assert match.title and match.edition and match.numbering and match.chain
    assert match.text in passage(ref).text


@pytest.mark.parametrize("ref", RECORDS)
def test_a_report_without_marks(ref: str) -> None:
    text = f"وقد قال رسول الله صلى الله عليه وسلم: {plain(ref)}\n\nوبهذا قال جمهور الفقهاء."
    finding = the_one(takhrij.check(text=text))
    assert finding.text == plain(ref)
    assert ref in refs(finding)


@pytest.mark.parametrize("ref", RECORDS)
@pytest.mark.parametrize("spelled", [str, bare])
def test_a_record_with_its_chain(ref: str, spelled: type[str]) -> None:
    """The chain is told apart from the words of the report; the record is among the first sources."""
    text = f"وفي الكتاب: {spelled(passage(ref).text)}"
    report = takhrij.check(text=text)
    last = [finding for finding in report.findings if finding not in inner(report)][-1]
    assert ref in refs(last)[:3]
    assert text.index(last.text) >= text.index(spelled(matn(ref)).split()[0])
    if last.isnad is not None:
        assert 0 <= last.isnad.start < last.isnad.end <= last.span.start


def test_a_chain_before_the_words_is_the_isnad() -> None:
    chain = "حدثنا مسدد، عن يحيى، عن عبيد الله، عن نافع، عن ابن عمر، قال: قال رسول الله صلى الله عليه وسلم"
    finding = the_one(takhrij.check(text=f"{chain}: {plain(SHORT)}"))
    assert finding.text == plain(SHORT)
    assert finding.isnad is not None
    start, end = finding.isnad
    assert f"{chain}:"[start:end].startswith("حدثنا مسدد")


def test_other_wording_is_said_word_by_word() -> None:
    words = plain("bukhari:6138").split()
    changed = [*words[:5], "القيامة", *words[6:]]
    finding = the_one(takhrij.check(text=f"قال النبي صلى الله عليه وسلم: «{' '.join(changed)}»"))
    match = next(match for match in finding.sources if match.ref == "bukhari:6138")
    assert match.wording == "different"
    assert [(change.kind, change.text) for change in match.changes] == [("replaced", "القيامة")]


def test_a_part_of_a_report_with_what_stands_around_it() -> None:
    words = plain("muslim:534").split()
    part = " ".join(words[10:24])
    finding = the_one(takhrij.check(text=f"قال رسول الله صلى الله عليه وسلم: «{part}»"))
    match = next(match for match in finding.sources if match.ref == "muslim:534")
    assert match.complete == "part"
    assert match.before and match.after
    assert finding.text == part


def test_versions_of_one_companion_are_one_report() -> None:
    """Ibn ʿAbbas tells of the five things too, of the delegation that asked for them."""
    finding = the_one(takhrij.check(text=f"قال رسول الله صلى الله عليه وسلم: «{plain(SHORT)}»"))
    groups = {match.ref: match.report for match in finding.sources}
    assert groups["bukhari:53"] == groups["bukhari:87"]
    assert groups["bukhari:8"] not in (None, groups["bukhari:53"])


def test_derived_works_come_after_what_they_excerpt() -> None:
    for ref in RECORDS:
        finding = the_one(takhrij.check(text=f"قال رسول الله صلى الله عليه وسلم: «{plain(ref)}»"))
        roles = [match.role for match in finding.sources]
        assert roles == sorted(roles, key=lambda role: role == "derived")
        assert len(finding.sources) == len(set(refs(finding)))


def test_a_verse_inside_a_report_is_found_inside_it() -> None:
    """ʿUthman's words on ablution quote a verse (2:159)."""
    report = takhrij.check(text=f"وفي باب الوضوء: «{plain('bukhari:160')}»")
    finding = the_one(report)
    assert "bukhari:160" in refs(finding)
    [verse] = inner(report)
    assert verse.kind == "quran"
    assert "quran:2:159" in refs(verse)
    assert finding.span.start <= verse.span.start < verse.span.end <= finding.span.end


def test_a_report_that_no_source_has_is_not_given_one() -> None:
    report = takhrij.check(
        text="ومن كلام الفقهاء في هذا الباب أن البائع إذا كتم العيب فللمشتري الخيار بين الرد والإمساك."
    )
    assert report.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "وهذه المسألة في باب الوضوء، وفيها حديث رواه ابن ماجه.",
        'وروينا هذا المعنى في "صحيح مسلم" ، وفي "سنن النسائي" بإسناد آخر.',
        'كما في "السنن الكبرى"، وهو كذلك في "تحفة الأشراف".',
        "أما إسناده فهو: حدثنا مسدد، قال حدثنا يحيى، عن شعبة، عن قتادة، عن أنس، وهو إسناد معروف.",
    ],
)
def test_books_and_narrators_are_named_without_being_quoted(text: str) -> None:
    assert takhrij.check(text=text).findings == ()


def test_a_mark_that_is_never_closed_takes_no_prose_in() -> None:
    text = f'قال رسول الله صلى الله عليه وسلم: "{plain(SHORT)} وهذا ظاهر في وجوب الصوم على المسافر إذا أقام'
    finding = the_one(takhrij.check(text=text))
    assert finding.text == plain(SHORT)
    assert finding.match == "same"


def test_the_chain_of_a_record_is_no_report_of_its_own() -> None:
    for ref in ("bukhari:8", "bukhari:13"):
        report = takhrij.check(text=f"ومن ذلك ما رواه البخاري: {bare(passage(ref).text)}")
        assert ref in refs(the_one(report))


def test_from_whom_it_was_heard_is_part_of_the_chain() -> None:
    """The first report of Bukhari names the pulpit between the chain and the words."""
    text = f"وروى البخاري: {passage('bukhari:1').text} انتهى."
    finding = the_one(takhrij.check(text=text))
    assert refs(finding)[0] == "bukhari:1"
    assert finding.text == matn("bukhari:1").rstrip('" .\u200f')
    assert finding.isnad is not None
    assert text[finding.isnad.start : finding.isnad.end].startswith(passage("bukhari:1").text[:25])


def test_a_mark_that_only_closes_parts_nothing() -> None:
    """The packages print such a mark inside the matn, after the words of the Prophet."""
    assert '"' in matn("bukhari:135")
    text = f"وقد قال النبي صلى الله عليه وسلم: {matn('bukhari:135')}\n\nوهذا دليل."
    finding = the_one(takhrij.check(text=text))
    assert finding.text == matn("bukhari:135")
    assert "bukhari:135" in refs(finding)


def test_the_words_of_an_anthology_are_said_to_stand_there() -> None:
    finding = only(takhrij.check(text=f"جاء في الحديث: «{matn('bulugh:830')}»."))
    assert (finding.sources[0].role, finding.match) == ("primary", "different")
    assert finding.notes == ("a work that excerpts others has these words; bulugh:830",)


def test_a_spelling_does_not_hide_what_was_left_out() -> None:
    words = matn("mishkat:475").split()
    del words[8]
    finding = only(takhrij.check(text=f"جاء في الحديث: «{' '.join(words)}»."))
    assert (finding.sources[0].wording, finding.match) == ("spelling", "gaps")


@pytest.mark.parametrize("first", ["عَلَى", "عمر بن الخطاب"])
def test_the_first_words_of_a_report_are_not_its_narrator(first: str) -> None:
    report = takhrij.check(text=f"جاء في الحديث: «{first} {matn(SHORT)}».")
    assert not [claim for finding in report.findings for claim in finding.claims if claim.kind == "narrator"]


def test_a_source_that_spells_a_word_otherwise_comes_before_one_that_leaves_some_out() -> None:
    text = matn("bukhari:6228").replace("أَبِي", "اَبِي")
    finding = the_one(takhrij.check(text=f"جاء في الحديث: «{text}»."))
    assert (finding.sources[0].ref, finding.match) == ("bukhari:6228", "spelling")
