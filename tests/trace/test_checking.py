"""What a text says of its quotations, checked: through the whole program, and on findings made by hand."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

import takhrij
from takhrij import sources
from takhrij.find.claims import RawClaim
from takhrij.index import open_index
from takhrij.model import Check, Claim, ClaimKind, Finding, Grade, Place, SourceMatch, Span, replace
from takhrij.trace.claims import claimed_first
from takhrij.trace.grading import grade_checked
from takhrij.trace.speakers import narrator_checked, speaker_checked
from takhrij.trace.verses import parsed, reference_checked

_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200f]")


@cache
def matn(ref: str) -> str:
    """The words of a verse or report as the package has them, without vowel marks, in one line."""
    source, _, number = ref.partition(":")
    passage = next(one for one in sources.load(sources.get(source)) if one.number == number)
    spans = [part.span for part in passage.parts if part.kind == "matn"]
    text = passage.text[spans[0].start : spans[-1].end]
    return " ".join(_MARKS.sub("", text).replace('"', "").split())


def claims(text: str, kind: ClaimKind) -> list[Claim]:
    report = takhrij.check(text=text)
    return [claim for finding in report.findings for claim in finding.claims if claim.kind == kind]


def check_of(text: str, kind: ClaimKind) -> Check:
    found = claims(text, kind)
    assert len(found) == 1, found
    return found[0].check


INTENTIONS = "bukhari:1"  # from ʿUmar; in Muslim as well
PURITY = "muslim:534"


def test_a_few_words_that_no_run_joins_are_looked_for_one_by_one() -> None:
    scattered = " ".join(matn(PURITY).split()[:10:3])
    assert check_of(f"قال النبي ﷺ: «{scattered}» (رواه مسلم)", "collection") != "differs"


@pytest.mark.parametrize("cited", ["(رواه البخاري)", "(متفق عليه)", "(رواه ابن ماجه)"])
def test_a_report_that_every_named_collection_lacks_is_not_found(cited: str) -> None:
    text = f"قال رسول الله ﷺ: «بائع المتاع في سفره يكتب متاعه قبل رجوعه إلى أهله» {cited}."
    assert [finding.status for finding in takhrij.check(text=text).findings] == ["not_found"]


@pytest.mark.parametrize("cited", ["", "(رواه الترمذي)", "(رواه البخاري والترمذي)", "(رواه ابن حبان)"])
def test_one_that_a_collection_held_in_part_may_have_is_not_checked(cited: str) -> None:
    text = f"قال رسول الله ﷺ: «بائع المتاع في سفره يكتب متاعه قبل رجوعه إلى أهله» {cited}."
    assert [finding.status for finding in takhrij.check(text=text).findings] == ["not_checked"]


@pytest.mark.parametrize("said", ["قال البيهقي:", "Al-Baihaqi said:"])
def test_a_compiler_who_is_said_to_say_a_report(said: str) -> None:
    assert check_of(f"{said} «{matn(PURITY)}»", "said_by") == "agrees"
    assert claims(f"قال البخاري: «{matn(PURITY)}»", "said_by")[0].check == "not_checked"
    assert not claims(f"قال مالك: «{matn(PURITY)}»", "said_by")  # a jurist: his own words as a rule


# ---------------------------------------------------------------- references


def test_a_reference_that_holds() -> None:
    text = f"قال الله تعالى: ﴿{matn('quran:5:6')}﴾ [المائدة: 6]"
    assert check_of(text, "reference") == "agrees"


def test_a_reference_whose_verse_has_other_words() -> None:
    (claim,) = claims("قال الله تعالى: ﴿كتب على المسافر أن يبيع متاعه قبل الرجوع﴾ [المائدة: 6]", "reference")
    assert (claim.check, claim.found) == ("differs", "other words stand in quran:5:6")


def test_a_verse_worded_nearly_alike_does_not_bear_a_reference_out() -> None:
    text = f"قال الله تعالى: ﴿{matn('quran:3:190')}﴾ [البقرة: 164]"
    (claim,) = claims(text, "reference")
    assert claim.check != "agrees"
    (finding,) = takhrij.check(text=text).findings
    assert (finding.sources[0].ref, finding.match) == ("quran:3:190", "same")


def test_a_reference_to_another_sura_says_where_the_verse_stands() -> None:
    (claim,) = claims(f"قال الله تعالى: ﴿{matn('quran:5:6')}﴾ [النساء: 5]", "reference")
    assert (claim.check, claim.found) == ("differs", "quran:5:6")
    assert claim.why is None


def test_a_number_off_by_little_may_be_another_count() -> None:
    (claim,) = claims(f"قال الله تعالى: ﴿{matn('quran:5:6')}﴾ [المائدة: 7]", "reference")
    assert claim.check == "differs"
    assert claim.why == "differs from the Kufan count; other counts exist"


@pytest.mark.parametrize("quoted", ["قل هو الله أحد", "ركب المسافر دابته قبل طلوع الفجر بساعة"])
def test_a_verse_beyond_the_last_of_its_sura_is_said_to_be_none(quoted: str) -> None:
    (claim,) = claims(f"قال الله تعالى: ﴿{quoted}﴾ [الإخلاص: 300]", "reference")
    assert claim.check == "differs"
    assert "sura 112 has 4 verses" in (claim.why or "")


@pytest.mark.parametrize("number", ["13", "16", "77"])
def test_a_verse_that_stands_in_many_places_agrees_with_each(number: str) -> None:
    verse = matn("quran:55:13")
    assert check_of(f"قال تعالى: ﴿{verse}﴾ [الرحمن: {number}]", "reference") == "agrees"


# ---------------------------------------------------------------- collections, numbers


def test_a_frame_that_many_reports_share_is_no_version_in_substance() -> None:
    text = "وعن أبي هريرة قال: «نهى رسول الله ﷺ عن بيع الحصاة وعن بيع الغرر»"
    (claim,) = claims(f"{text} متفق عليه", "collection")
    assert claim.check == "differs"  # al-Bukhari has «نهى عن بيع الولاء وعن هبته», another report
    assert check_of(f"{text} رواه مسلم", "collection") == "agrees"


def test_half_of_a_short_report_that_is_a_frame_is_no_version_in_substance() -> None:
    assert check_of("قال النبي ﷺ: «إذا سافر أحدكم فليبدأ بأهله» متفق عليه", "collection") == "differs"


def test_what_an_anthology_of_the_agreed_upon_has_is_agreed_upon() -> None:
    signs = " ".join(matn("bukhari:17").split()[-8:])  # Muslim has it from Anas in other words
    (claim,) = claims(f"قال النبي ﷺ: «{signs}» متفق عليه", "collection")
    assert claim.check == "agrees_in_substance"
    assert "lulu-marjan" in (claim.found or "")


def test_a_report_in_the_collections_named() -> None:
    text = f"قال رسول الله ﷺ: «{matn(INTENTIONS)}» رواه البخاري."
    assert check_of(text, "collection") == "agrees"


def test_agreed_upon_is_both() -> None:
    (claim,) = claims(f"قال رسول الله ﷺ: «{matn(INTENTIONS)}» متفق عليه", "collection")
    assert claim.check in ("agrees", "agrees_in_substance")
    assert claim.says == "bukhari, muslim"


def test_a_complete_collection_that_lacks_it_differs() -> None:
    (claim,) = claims(f"قال رسول الله ﷺ: «{matn(PURITY)}» رواه البخاري", "collection")
    assert claim.check == "differs"
    assert claim.found is not None and PURITY in claim.found


def test_a_work_that_is_not_loaded_is_named() -> None:
    report = takhrij.check(text=f"قال رسول الله ﷺ: «{matn(INTENTIONS)}» رواه ابن حبان في صحيحه")
    (claim,) = [claim for claim in report.findings[0].claims if claim.kind == "collection"]
    assert claim.check == "not_checked"
    assert claim.why == "Sahih Ibn Hibban is not loaded"
    assert "ibn-hibban" in report.findings[0].not_searched
    assert "ibn-hibban" in report.not_searched


def test_a_number_of_the_loaded_numbering_agrees_and_another_is_left_open() -> None:
    text = "قال رسول الله ﷺ: «{}» رواه البخاري ({})"
    assert check_of(text.format(matn(INTENTIONS), 1), "number") == "agrees"
    (claim,) = claims(text.format(matn(INTENTIONS), 5190), "number")
    assert claim.check == "not_checked"
    assert claim.why is not None and "numbering" in claim.why


# ---------------------------------------------------------------- narrators, speakers


def test_the_narrator_is_confirmed_by_a_version_from_him_only() -> None:
    text = "عن {} رضي الله عنه قال: قال رسول الله ﷺ: «{}» رواه البخاري"
    assert check_of(text.format("عمر بن الخطاب", matn(INTENTIONS)), "narrator") == "agrees"
    (claim,) = claims(text.format("معاذ بن جبل", matn(INTENTIONS)), "narrator")
    assert claim.check == "differs"
    assert claim.found is not None and "عمر بن الخطاب" in claim.found and "shāhid" in claim.found


def test_whose_words_the_text_says_they_are() -> None:
    report = takhrij.check(text=f"قال رسول الله ﷺ: «{matn(INTENTIONS)}» رواه البخاري")
    assert report.findings[0].attributed_to == "prophet"
    assert [c.check for c in report.findings[0].claims if c.kind == "said_by"] == ["agrees"]


def test_sources_that_an_agreeing_claim_names_come_first() -> None:
    quote = matn(INTENTIONS)
    first = takhrij.check(text=f"قال رسول الله ﷺ: «{quote}» رواه النسائي").findings[0].sources[0]
    assert first.source == "nasai"


def test_grades_stand_beside_the_sources_and_name_nobody_else() -> None:
    finding = takhrij.check(text=f"قال رسول الله ﷺ: «{matn(PURITY)}» رواه مسلم").findings[0]
    grades = [grade for source in finding.sources for grade in source.grades if source.source == "muslim"]
    assert {grade.words for grade in grades} == {"stands in the body of Muslim's Ṣaḥīḥ with a chain"}
    named = {grade.grader for source in finding.sources for grade in source.grades}
    assert named <= {
        "Muslim",
        "al-Bukhari",
        "al-Tirmidhi",
        "al-Hakim",
        "Ibn Hajar",
        "al-Albani",
        "al-Bayhaqi",
    }


# ---------------------------------------------------------------- findings made by hand


def source(ref: str, **fields: Any) -> SourceMatch:
    name = ref.partition(":")[0]
    given: dict[str, Any] = {
        "ref": ref,
        "source": name,
        "title": name,
        "edition": "",
        "numbering": "",
        "role": "primary",
        "wording": "same",
        "complete": "whole",
        "source_span": Span(0, 4),
        "text": "x",
    }
    return SourceMatch(**(given | fields))


def finding(*found: SourceMatch, **fields: Any) -> Finding:
    given: dict[str, Any] = {
        "id": "q-1",
        "label": "f1",
        "kind": "report",
        "presented": "quotation",
        "status": "matched",
        "match": "same",
        "span": Span(0, 4),
        "text": "كلمة كلمة كلمة كلمة",
        "parts": (Span(0, 4),),
        "place": Place(block=0),
        "sources": found,
    }
    return Finding(**(given | fields))


def raw(kind: ClaimKind, *says: str) -> RawClaim:
    return RawClaim(kind=kind, span=Span(9, 12), text="x", says=says, group=Span(9, 12), direction="before")


def test_the_prophet_said_where_every_version_has_a_companion_speaking() -> None:
    one = source("ibn-abi-shayba:9", attributed_to="companion", narrator="ابْنِ عُمَرَ")
    check, found, _ = speaker_checked(finding(one), raw("said_by", "prophet"))
    assert check == "differs"
    assert found == "ibn-abi-shayba:9 as the words of عبد الله بن عمر"
    two = source("muslim:9", attributed_to="prophet")
    assert speaker_checked(finding(one, two), raw("said_by", "prophet"))[0] == "agrees"
    said = speaker_checked(finding(one, two), raw("said_by", "prophet"))[1]
    assert said and "versions disagree: ibn-abi-shayba:9 as the words of" in said
    far = source("muslim:9", attributed_to="prophet", wording="different", covered=0.7)
    assert speaker_checked(finding(one, far), raw("said_by", "prophet"))[0] == "not_checked"
    three = source("ahmad:9", attributed_to="unclear")
    assert speaker_checked(finding(one, three), raw("said_by", "prophet"))[0] == "not_checked"


def test_a_companion_said_where_every_version_has_the_prophet_speaking() -> None:
    one = source("muslim:9", attributed_to="prophet", narrator="أَبِي هُرَيْرَةَ")
    check, found, _ = speaker_checked(finding(one), raw("said_by", "companion", "عمر بن الخطاب"))
    assert check == "differs"
    assert found == "muslim:9 as the Prophet's words"


def test_a_name_that_a_successor_bears_too_is_listed_as_no_companion_s() -> None:
    found = finding(source("muslim:9", narrator="أَنَسٍ"), source("darimi:9", narrator="عَامِرٌ"))
    check, said, _ = narrator_checked(found, raw("narrator", "عائشة"), ())
    assert (check, said) == (
        "differs",
        "versions from أنس بن مالك; similar wording from another Companion: a possible shāhid",
    )


def test_a_narrator_of_other_words_is_not_the_one_of_the_words_quoted() -> None:
    exact = source("bukhari:9", narrator="ابْنِ عُمَرَ")
    other = source("muslim:9", narrator="أَبِي هُرَيْرَةَ", wording="different", covered=0.7)
    check, found, _ = narrator_checked(finding(exact, other), raw("narrator", "أبو هريرة"), ())
    assert (check, found) == (
        "agrees_in_substance",
        "muslim:9; these words themselves are from عبد الله بن عمر (bukhari:9)",
    )
    assert narrator_checked(finding(exact, other), raw("narrator", "عبد الله بن عمر"), ())[0] == "agrees"


def test_records_that_name_no_companion_confirm_none() -> None:
    assert (
        narrator_checked(finding(source("silsila-sahiha:9")), raw("narrator", "أنس بن مالك"), ())[0]
        == "not_checked"
    )


def graded(words: str, grader: str = "al-Tirmidhi", about: str = "this report") -> Finding:
    grade = Grade(grader=grader, words=words, about=about, ref="tirmidhi:9", source_span=Span(0, 1))
    return finding(source("tirmidhi:9", grades=(grade,)))


@pytest.mark.parametrize(
    ("record", "claimed", "check"),
    [
        ("هَذَا حَدِيثٌ حَسَنٌ صَحِيحٌ", "حديث حسن صحيح", "agrees"),
        ("هَذَا حَدِيثٌ حَسَنٌ غَرِيبٌ", "حسنه", "agrees"),
        ("هَذَا حَدِيثٌ غَرِيبٌ", "حديث حسن صحيح", "differs"),
    ],
)
def test_a_judgement_against_the_grader_s_own_words(record: str, claimed: str, check: Check) -> None:
    assert grade_checked(graded(record), raw("grade", "al-Tirmidhi", claimed))[0] == check


def test_a_judgement_that_no_source_has_is_left_open() -> None:
    _, _, why = grade_checked(graded("هَذَا حَدِيثٌ حَسَنٌ"), raw("grade", "Ibn Hibban", "صححه"))
    assert why == "no loaded source has Ibn Hibban's words on this report"
    assert grade_checked(graded("x"), raw("grade", "", "بإسناد صحيح"))[0] == "not_checked"


def test_another_author_s_word_for_it_agrees_in_substance() -> None:
    found = graded("وَصَحَّحَهُ ابْنُ حِبَّانَ", "Ibn Hajar", "a report or chain in this passage")
    assert grade_checked(found, raw("grade", "Ibn Hibban", "صححه"))[0] == "agrees_in_substance"


def test_a_judgement_on_another_companion_s_report_proves_nothing() -> None:
    def of(ref: str, narrator: str, *grades: Grade) -> SourceMatch:
        return source(ref, narrator=narrator, grades=grades)

    def judged(about: str = "this report") -> Grade:
        return Grade(
            grader="al-Tirmidhi", words="حَدِيثٌ حَسَنٌ", about=about, ref="tirmidhi:9", source_span=Span(0, 1)
        )

    claim = raw("grade", "al-Tirmidhi", "حسن")
    first = of("tirmidhi:8", "أنس بن مالك")
    assert grade_checked(finding(first, of("tirmidhi:9", "جابر", judged())), claim)[0] == "not_checked"
    named = judged("the report of أنس بن مالك, which the passage names")
    assert grade_checked(finding(first, of("tirmidhi:9", "جابر", named)), claim)[0] == "agrees"


def test_names_of_verses_are_read() -> None:
    assert parsed("quran:2:31-33") == (2, 31, 33)
    assert parsed("quran:113") == (113, None, None)
    assert parsed("quran:*:25") == (None, 25, 25)
    assert parsed("quran:?:25") is None


def test_a_sura_alone_and_a_number_alone() -> None:
    index = open_index()
    found = finding(source("quran:5:6"), kind="quran", text=matn("quran:5:6"))
    assert reference_checked(found, raw("reference", "quran:5"), index)[0] == "agrees"
    assert reference_checked(found, raw("reference", "quran:*:6"), index)[0] == "agrees"
    assert reference_checked(found, raw("reference", "quran:?:6"), index)[0] == "not_checked"


def test_ranking_changes_nothing_but_the_order() -> None:
    one, two = source("bukhari:9"), source("muslim:9", wording="spelling")
    agreed = Claim(
        kind="collection", text="x", span=Span(0, 1), says="muslim", check="agrees", found="muslim:9"
    )
    before = finding(one, two, claims=(agreed,))
    after = claimed_first(before)
    assert after.sources == (two, one)
    assert after.match == "spelling"
    assert replace(after, sources=before.sources, match=before.match) == before


def test_the_narrator_of_other_versions_is_not_that_of_the_record_whose_number_is_given() -> None:
    text = f"عن {{}} رضي الله عنهما قال: قال رسول الله ﷺ: «{matn('bukhari:2133')}» رواه البخاري (2133)"
    assert check_of(text.format("ابن عمر"), "narrator") == "agrees"
    (other,) = claims(text.format("ابن عباس"), "narrator")
    assert other.check == "differs" and (other.found or "").startswith("bukhari:2133: versions from")


def test_a_collection_whose_record_is_listed_is_not_said_to_lack_the_words() -> None:
    text = '"Begin with that with which Allah began" (an-Nasa\'i)'
    (finding,) = takhrij.check(text=text).findings
    assert any(source.source == "nasai" for source in finding.sources)
    (claim,) = finding.claims
    assert claim.check == "not_checked" and "similar words in nasai:" in (claim.why or "")


def test_a_compiler_who_is_a_link_of_a_chain_is_no_collection() -> None:
    said = f"عن مالك عن نافع عن ابن عمر أن رسول الله ﷺ قال: «{matn('bukhari:2136')}»"
    assert [claim.text for claim in claims(f"روى البخاري {said}", "collection")] == ["البخاري"]
    assert [claim.text for claim in claims(f"رواه {said[3:]}", "collection")] == ["مالك"]
