"""Which quotation a claim is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from takhrij.find.claims import RawClaim, find_claims
from takhrij.model import Span
from takhrij.trace.linking import linked

ONE, TWO = "وأقيموا الصلاة وآتوا الزكاة", "إنما الأعمال بالنيات"


def link(text: str, *quotes: str) -> list[list[str]]:
    """For each quotation of the text, the claims about it, as they are written."""
    spans, at = [], 0
    for quote in quotes:
        at = text.index(quote, at)
        spans.append(Span(at, at + len(quote)))
        at += len(quote)
    kinds = ["quran" if quote == ONE else "report" for quote in quotes]
    found = linked(spans, find_claims(text), text, kinds=kinds)  # type: ignore[arg-type]
    return [[claim.text for claim in found.get(place, ())] for place in range(len(spans))]


def test_each_quotation_has_the_citation_behind_it() -> None:
    text = f"قال الله تعالى: ﴿{ONE}﴾ [البقرة: 43]، وقال ﷺ: «{TWO}» (رواه البخاري)."
    first, second = link(text, ONE, TWO)
    assert "البقرة: 43" in first
    assert "البخاري" not in first
    assert "البخاري" in second
    assert "البقرة: 43" not in second


def test_a_citation_that_announces_is_about_what_follows() -> None:
    first, second = link(f"«{ONE}». وروى مسلم عن أبي هريرة أن النبي قال: «{TWO}»", ONE, TWO)
    assert "مسلم" not in first
    assert {"مسلم", "أبي هريرة"} <= set(second)


def test_a_rendering_may_stand_between() -> None:
    text = f"He said: «{TWO}» “Deeds are judged by intentions, to each what he intended” (reported by Muslim)"
    assert "Muslim" in link(text, TWO)[0]


def test_another_quotation_that_was_not_found_is_not_passed_over() -> None:
    text = f"«{TWO}» و«كلام لا يعرفه أحد من الناس» رواه مسلم"
    assert link(text, TWO) == [[]]


def test_paragraphs_are_not_crossed() -> None:
    assert link(f"«{TWO}»\n\nرواه مسلم في صحيحه", TWO) == [[]]


def test_a_quotation_may_stand_on_its_own_line_below_its_citation() -> None:
    for lead in ("", "> **", "<aya_start>", '"'):
        assert link(f"جاء في سورة البقرة، الآية 43:\n\n{lead}{ONE}", ONE) == [["سورة البقرة، الآية 43"]]


def test_and_its_citation_in_brackets_alone_below_it() -> None:
    assert link(f"«{TWO}»\n\n(البخاري)", TWO) == [["البخاري"]]
    assert link(f"«{TWO}»\n\nثم كلام آخر (البخاري)", TWO) == [[]]


def test_a_citation_before_who_speaks_is_about_what_he_says() -> None:
    assert "مسلم" in link(f"في الحديث، رواه البخاري ومسلم، قال النبي: «{TWO}»", TWO)[0]
    assert "مسلم" not in link(f"هذا حديث رواه البخاري ومسلم. وقال غيرهم: «{TWO}»", TWO)[0]


def test_what_announces_a_quotation_on_its_line_is_not_about_the_line_above() -> None:
    above, below = "لا يبيع بعضكم على بيع بعض", "البيعان بالخيار ما لم يتفرقا"
    first, second = link(f"«{above}» رواه البخاري.\nوفي صحيح مسلم عن جابر: «{below}».", above, below)
    assert first == ["البخاري"]
    assert second == ["صحيح مسلم", "جابر"]


def test_a_plural_is_about_the_run_before_it() -> None:
    text = f"﴿{ONE}﴾، ﴿{ONE}﴾ [الآيتان 43 و83 من سورة البقرة]"
    first, second = link(text, ONE, ONE)
    assert first
    assert first == second


def test_a_sura_mentioned_in_prose_is_no_reference() -> None:
    text = f"قام قدر سورة البقرة وقال: «{TWO}»"
    assert not [claim for claim in link(text, TWO)[0] if "البقرة" in claim]


def test_what_a_note_says_is_about_the_quotation_at_its_sign() -> None:
    notes = "الهوامش:\n(1) البقرة: 43.\n(2) رواه البخاري ومسلم."
    first, second = link(f"قال تعالى: {ONE} (1)، وفي الحديث: {TWO} (2).\n\n{notes}", ONE, TWO)
    assert "البقرة: 43" in first
    assert not {"البخاري", "مسلم"} & set(first)
    assert {"البخاري", "مسلم"} <= set(second)
    assert "البقرة: 43" not in second


def test_notes_of_the_next_page_begin_again_at_one() -> None:
    pages = [f"قال تعالى: {ONE} (1).\n\n(1) البقرة: {number}.\n\n" for number in (43, 83)]
    found = [[said for said in about if ":" in said] for about in link("".join(pages), ONE, ONE)]
    assert found == [["البقرة: 43"], ["البقرة: 83"]]


def test_a_list_of_numbers_calls_nothing() -> None:
    first, second = link(f"وفيه:\n(1) {ONE}\n(2) {TWO} رواه البخاري\n", ONE, TWO)
    assert "البخاري" not in first
    assert "البخاري" in second


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 40)), max_size=12),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 20)), max_size=12),
    st.sampled_from(["before", "after", "either"]),
)
def test_every_group_has_at_most_one_quotation_where_nothing_is_plural(
    quotes: list[tuple[int, int]], groups: list[tuple[int, int]], direction: str
) -> None:
    spans = sorted(Span(start, start + size) for start, size in quotes)
    claims = [
        RawClaim(
            kind="collection",
            span=Span(start, start + size),
            text="x",
            says=("muslim",),
            group=Span(start, start + size),
            direction=direction,  # type: ignore[arg-type]
        )
        for start, size in set(groups)
    ]
    found = linked(spans, claims, "x " * 240)
    assert all(0 <= place < len(spans) for place in found)
    given_out = [claim.group for members in found.values() for claim in members]
    assert len(given_out) == len(set(given_out))


def test_a_verse_named_in_prose_is_no_reference_of_the_report_behind_it() -> None:
    (only,) = link(f"ولا يعارض آية الوضوء. وأما قوله ﷺ: «{TWO}»", TWO)
    assert only == ["قوله ﷺ"]


def test_a_judgement_behind_a_list_of_collections_is_about_the_report_before() -> None:
    cited = "رواه أحمد وأبو داود والنسائي وابن ماجه وابن خزيمة والدارقطني والبيهقي والحاكم"
    (only,) = link(f"«{TWO}» {cited}، وقال الترمذي: حديث حسن صحيح.", TWO)
    assert "وقال الترمذي: حديث حسن صحيح" in only


def test_gods_words_inside_a_report_are_the_verse() -> None:
    text = f"قلت: إنما قال الله: ﴿{ONE}﴾ فقال: نعم وهو كذلك فيما مضى من الزمان"
    spans = [Span(0, len(text)), Span(text.index(ONE), text.index(ONE) + len(ONE))]
    found = linked(spans, find_claims(text), text, kinds=["report", "quran"])
    assert {at for at, claims in found.items() for claim in claims if claim.says == ("god",)} == {1}


def test_a_compiler_before_his_chain_is_about_the_report_behind_it() -> None:
    text = f"قال البخاري: حدثنا مسدد عن يحيى عن نافع عن ابن عمر عن النبي ﷺ قال: «{TWO}»"
    start = text.index(TWO)
    chain = Span(text.index("حدثنا"), start - 1)
    found = linked([Span(start, start + len(TWO))], find_claims(text), text, kinds=["report"], isnads=[chain])
    assert {claim.text for claim in found[0]} >= {"قال البخاري", "ابن عمر"}


def test_a_narrator_behind_the_compiler_goes_with_him() -> None:
    first, second = link(f"«{TWO}» أخرجه مسلم من حديث أبي هريرة. ولقوله: ﴿{ONE}﴾", TWO, ONE)
    assert {"مسلم", "أبي هريرة"} <= set(first)
    assert "أبي هريرة" not in second
