"""Compilers, works and formulae, with numbers, chapters, wording remarks and grades."""

import pytest

from takhrij.find.claims import RawClaim, citation_segments, find_claims, work_title
from takhrij.model import Span

QUOTED = "«لاَ تُقْبَلُ صَلاَةُ مَنْ أَحْدَثَ حَتَّى يَتَوَضَّأَ»"


def of(kind: str, text: str) -> list[RawClaim]:
    return [claim for claim in find_claims(f"{QUOTED} {text}") if claim.kind == kind]


def works(text: str) -> list[str]:
    return [work for claim in of("collection", text) for work in claim.says]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("رواه البخاري", ["bukhari"]),
        ("رَوَاهُ الْبُخَارِيُّ وَمُسْلِمٌ", ["bukhari", "muslim"]),
        ("أخرجه أحمد في مسنده", ["ahmad"]),
        ("(صحيح مسلم)", ["muslim"]),
        ("(البخاري، مسلم)", ["bukhari", "muslim"]),
        ("(أحمد)", ["ahmad"]),
        ("[رواه أبو داود والنسائى وابن ماجة]", ["abu-dawud", "nasai", "ibn-majah"]),
        ("رواه **البخاري** (135) و**مسلم** (225)", ["bukhari", "muslim"]),
        ("متفق عليه", ["bukhari", "muslim"]),
        ("مُتَّفَقٌ عَلَيْهِ", ["bukhari", "muslim"]),
        ("أخرجه الطبراني في الكبير والبيهقي في «شعب الإيمان»", ["tabarani-kabir", "bayhaqi-shuab"]),
        ("رواه مالك في الموطأ", ["muwatta"]),
        ("رواه البخاري في الأدب المفرد", ["adab-mufrad"]),
        ("رواه الترمذي في الشمائل", ["shamail"]),
        ("رواه النسائي في الكبرى", ["nasai-kubra"]),
        ("رواه ابن أبي شيبة في المصنف والحاكم في المستدرك", ["ibn-abi-shayba", "hakim"]),
        ("رواه الكليني في الكافي", ["kafi"]),
        ("(مسند الربيع بن حبيب)", ["musnad-rabi"]),
        ("(تهذيب الأحكام)", ["tahdhib-tusi"]),
        ("(Sahih al-Bukhari 135)", ["bukhari"]),
        ("(reported by Ahmad and Al-Nasa’i)", ["ahmad", "nasai"]),
        ("(Bukhari & Muslim)", ["bukhari", "muslim"]),
        ("Narrated by Ibn Abi Shaybah", ["ibn-abi-shayba"]),
        ("(agreed upon)", ["bukhari", "muslim"]),
        ("رواه الأربعة", ["abu-dawud", "tirmidhi", "nasai", "ibn-majah"]),
    ],
)
def test_who_transmitted_it(written: str, expected: list[str]) -> None:
    assert works(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "على كل مسلم أن يتوضأ، وقال أحمد لزوجته كذا.",
        "والشروط (مسلم، بالغ، عاقل) ثلاثة.",
        "قال مالك والشافعي وأحمد: البيع جائز.",
        "وعند مالك لا يصح، وعند أحمد يصح.",
        "حدثنا محمد بن مسلم الطائفي",
        "A Muslim traveller named Ahmad met Malik.",
        "جمع الخمسة والستة والأربعة",
        "خرج مع الجماعة إلى الصلاة",
    ],
)
def test_names_in_prose_are_no_claims(text: str) -> None:
    assert [claim for claim in find_claims(text) if claim.kind == "collection"] == []


def test_a_formula_has_every_meaning_with_its_citation() -> None:
    (claim,) = of("collection", "رواه الخمسة")
    meanings = {(meaning.usage, meaning.collections) for meaning in claim.alternatives}
    assert ("bulugh", ("abu-dawud", "tirmidhi", "nasai", "ibn-majah", "ahmad")) in meanings
    assert ("*", ("bukhari", "muslim", "abu-dawud", "tirmidhi", "nasai")) in meanings
    assert all(meaning.citation for meaning in claim.alternatives)


def test_an_exception_is_taken_out_of_every_meaning() -> None:
    (claim,) = of("collection", "رواه الخمسة إلا الترمذي")
    assert "tirmidhi" not in claim.says
    assert all("tirmidhi" not in meaning.collections for meaning in claim.alternatives)
    assert claim.text == "الخمسة"


def test_a_bare_name_may_be_any_of_its_works() -> None:
    (claim,) = of("collection", "رواه البيهقي")
    assert [meaning.collections for meaning in claim.alternatives][:2] == [
        ("bayhaqi-kubra",),
        ("bayhaqi-shuab",),
    ]
    assert of("collection", "رواه البيهقي في السنن الكبرى")[0].alternatives == ()


@pytest.mark.parametrize(
    ("written", "says", "numbering"),
    [
        ("(رواه البخاري، رقم 135)", ("bukhari:135",), None),
        ("(رواه البخاري: ١٣٥)", ("bukhari:135",), None),
        ("رواه البخاري (135)", ("bukhari:135",), None),
        ("(صحيح البخاري، حديث رقم 135)", ("bukhari:135",), None),
        ("(البخاري، مسلم، رقم: 135)", ("muslim:135", "bukhari:135"), None),
        ("رواه أبو داود (1/45)", ("abu-dawud:1/45",), "volume/page"),
        ("رواه أحمد (ج 2 ص 45)", ("ahmad:2/45",), "volume/page"),
        ("(البخاري: ص 70)", ("bukhari:70",), "page"),
        ("(Sunan Abi Dawud, no. 60)", ("abu-dawud:60",), None),
        ("(Sahih Muslim, Book 2, Hadith 4)", ("muslim:2/4",), "book and number"),
    ],
)
def test_numbers(written: str, says: tuple[str, ...], numbering: str | None) -> None:
    (claim,) = of("number", written)
    assert (claim.says, claim.numbering) == (says, numbering)


def test_each_number_goes_with_its_own_collection() -> None:
    assert [c.says for c in of("number", "رواه البخاري (135) ومسلم (225)")] == [
        ("bukhari:135",),
        ("muslim:225",),
    ]


def test_book_and_chapter() -> None:
    claims = of("number", "(رواه البخاري، كتاب الوضوء، باب لا تقبل صلاة بغير طهور، رقم 135)")
    assert [claim.says[0] for claim in claims] == [
        "bukhari:كتاب الوضوء",
        "bukhari:باب لا تقبل صلاة بغير طهور",
        "bukhari:135",
    ]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("رواه البخاري ومسلم واللفظ له", ("own", "muslim")),
        ("رواه البخاري ومسلم واللفظ للبخاري", ("own", "bukhari")),
        ("رواه البخاري بنحوه", ("similar", "bukhari")),
        ("رواه أحمد بمعناه", ("by_meaning", "ahmad")),
        ("رواه مسلم مختصرا", ("abridged", "muslim")),
        ("وأصله في الصحيحين", ("basis", "bukhari", "muslim")),
    ],
)
def test_remarks_on_the_wording(written: str, says: tuple[str, ...]) -> None:
    assert [claim.says for claim in of("wording", written)] == [says]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("رواه أبو داود، وصححه الألباني", ("al-Albani", "صححه")),
        ("رواه الترمذي وحسنه", ("al-Tirmidhi", "حسنه")),
        ("رواه الترمذي وقال: حديث حسن صحيح", ("al-Tirmidhi", "حديث حسن صحيح")),
        (
            "قال الترمذي: حديث حسن غريب لا نعرفه إلا من هذا الوجه",
            ("al-Tirmidhi", "حديث حسن غريب لا نعرفه إلا من هذا الوجه"),
        ),
        ("رواه الخمسة، وقال الترمذي: حديث حسن صحيح", ("al-Tirmidhi", "حديث حسن صحيح")),
        ("رواه أحمد بإسناد صحيح", ("", "بإسناد صحيح")),
        ("graded hasan by al-Albani", ("al-Albani", "graded hasan by")),
        ("Al-Tirmidhi said: hasan gharib", ("al-Tirmidhi", "hasan gharib")),
    ],
)
def test_grades_are_a_graders_words(written: str, says: tuple[str, str]) -> None:
    assert [claim.says for claim in of("grade", written)] == [says]


def test_several_graders() -> None:
    claims = of("grade", "صححه ابن خزيمة وابن حبان والحاكم")
    assert [claim.says[0] for claim in claims] == ["Ibn Khuzayma", "Ibn Hibban", "al-Hakim"]


def test_ibid_stands_for_what_was_cited_last() -> None:
    first, second = of("collection", f"(رواه البخاري: 135). {QUOTED} (المصدر نفسه، ص 12)")
    assert second.says == first.says
    assert second.looks_back == first.group


@pytest.mark.parametrize(
    ("text", "direction", "group"),
    [
        (f"{QUOTED} (رواه البخاري، رقم 135).", "before", "رواه البخاري، رقم 135"),
        (f"{QUOTED}. رواه مسلم (225).", "before", "رواه مسلم (225)"),
        (f"وقد روى البخاري في صحيحه: {QUOTED}", "after", "روى البخاري في صحيحه"),
        (f"وهو ما رواه البخاري ومسلم حيث قال {QUOTED}", "after", "رواه البخاري ومسلم"),
        (f"ولمسلم: {QUOTED}", "after", "لمسلم"),
        (f"This is what Ahmad and al-Nasa'i narrated from Anas: {QUOTED}", "after", "Ahmad and al-Nasa'i"),
        (f"And in Abu Dawud and Ibn Maja: {QUOTED}", "after", "Abu Dawud and Ibn Maja"),
        (f"{QUOTED} (reported by Muslim from Aisha (ra)).", "before", "reported by Muslim from Aisha (ra)"),
    ],
)
def test_phrase_and_side(text: str, direction: str, group: str) -> None:
    claims = [claim for claim in find_claims(text) if claim.kind == "collection"]
    assert {claim.direction for claim in claims} == {direction}
    assert {text[claim.group.start : claim.group.end] for claim in claims} == {group}


def test_one_phrase_serves_each_quotation() -> None:
    text = f"روى البخاري عن أبي هريرة: {QUOTED} (البخاري: 135). وقراءة سورة الكهف."
    start = text.index(QUOTED) + 1
    segments = citation_segments(text, find_claims(text), [Span(start, start + len(QUOTED) - 2)])
    assert [text[a:b] for a, b in segments] == ["البخاري: 135"]


def test_a_note_mark_is_no_number_and_a_persons_name_no_sura() -> None:
    assert of("number", "وهو في صحيح البخاري دون مسلم1.") == []
    assert of("number", "أخرجاه(1).") == []
    assert works("أخرجه البخاري(2) ومسلم(3)") == ["bukhari", "muslim"]
    assert [claim.says for claim in of("number", "صحيح البخاري (1)")] == [("bukhari:1",)]
    claims = find_claims("رواه أبو محمد البغوي في شرح السنة")
    assert [claim.says for claim in claims if claim.kind in ("reference", "collection")] == [
        ("baghawi-sunna",)
    ]


def test_a_grader_not_known_is_not_the_compiler() -> None:
    assert of("grade", "رواه الترمذي وصححه أبو فلان النيسابوري") == []


def test_works_have_titles() -> None:
    assert work_title("tabarani-kabir") == "al-Muʿjam al-Kabir"
    assert work_title("ibn-mardawayh") == "Ibn Mardawayh"
