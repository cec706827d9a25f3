"""Narrators, whose words, and chains."""

import pytest

from takhrij.find.claims import find_claims, find_isnads, narrator_forms

QUOTED = "«لاَ تُقْبَلُ صَلاَةُ مَنْ أَحْدَثَ حَتَّى يَتَوَضَّأَ»"


def says(kind: str, text: str) -> list[tuple[str, ...]]:
    return [claim.says for claim in find_claims(text) if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"عن أبي هريرة رضي الله عنه أن النبي ﷺ قال: {QUOTED}", "أبو هريرة"),
        (f"وعَنْ أَبِي هُرَيْرَةَ قَالَ: {QUOTED}", "أبو هريرة"),
        (f"عن عائشة قالت: {QUOTED}", "عائشة"),
        (f"عن ابن عمر رضي الله عنهما، {QUOTED}", "عبد الله بن عمر"),
        (f"لحديث أنس بن مالك: {QUOTED}", "أنس بن مالك"),
        (f"From Anas who said: {QUOTED}", "أنس بن مالك"),
        (f"narrated by Abu Hurayra: {QUOTED}", "أبو هريرة"),
        (f"the hadith of Abu Hameed al-Sa'idi: {QUOTED}", "أبو حميد الساعدي"),
        (f"{QUOTED} (reported by Muslim from `A'isha)", "عائشة"),
        (f"{QUOTED} (رواه مسلم عن أبي هريرة)", "أبو هريرة"),
        (f"عن نافع عن أبي هريرة عن النبي ﷺ قال: {QUOTED}", "أبو هريرة"),
        (f"عن محمد بن سيرين وقتادة بن فلان عن أنس رضي الله عنه قال: {QUOTED}", "أنس بن مالك"),
        (f"عن أنس عن رسول الله صلى الله عليه وسلم: {QUOTED}", "أنس بن مالك"),
        (f"عن هشام بن عروة رضي الله عنه قال: {QUOTED}", "هشام بن عروة"),
    ],
)
def test_narrators(text: str, name: str) -> None:
    assert says("narrator", text) == [(name,)]


def test_narrators_in_the_sources_forms() -> None:
    assert "أبي هريرة" in narrator_forms("أبو هريرة")
    assert narrator_forms("فلان") == ("فلان",)


@pytest.mark.parametrize(
    "text",
    ["سئل عن الصلاة في السفر", "عن كل مسلم", "وضع يده على صدره", "تكلم عن البيع والشراء وقال: هو جائز"],
)
def test_no_narrators(text: str) -> None:
    assert says("narrator", text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"قال رسول الله ﷺ: {QUOTED}", ("prophet",)),
        (f"وقد قال النبي صلى الله عليه وسلم: {QUOTED}", ("prophet",)),
        (f"أن النبي ﷺ قال: {QUOTED}", ("prophet",)),
        (f"قال ﷺ: {QUOTED}", ("prophet",)),
        (f"واستدلوا بقوله صلى الله عليه وسلم: {QUOTED}", ("prophet",)),
        (f"وَقَوْلِهِ عَلَيْهِ الصَّلَاةُ وَالسَّلَامُ: {QUOTED}", ("prophet",)),
        (f"The Messenger of Allah ﷺ said: {QUOTED}", ("prophet",)),
        (f"The Prophet (peace be upon him) said: {QUOTED}", ("prophet",)),
        (f"قال الله تعالى: {QUOTED}", ("god",)),
        (f"لقوله تعالى: {QUOTED}", ("god",)),
        (f"Allah says: {QUOTED}", ("god",)),
        (f"وفي الحديث القدسي: {QUOTED}", ("god",)),
        (f"قال عمر رضي الله عنه: {QUOTED}", ("companion", "عمر بن الخطاب")),
        (f"عن ابن عباس موقوفا: {QUOTED}", ("companion", "عبد الله بن عباس")),
    ],
)
def test_whose_words(text: str, who: tuple[str, ...]) -> None:
    assert says("said_by", text) == [who]


def test_honouring_is_nobodys_speech() -> None:
    assert says("said_by", "عن جابر رضي الله عنه قال: سئل عبد الله يقول") == []
    assert says("said_by", "قال: والله لا أبيع") == []


@pytest.mark.parametrize(
    ("text", "chain", "narrators"),
    [
        (f"عن أبي هريرة رضي الله عنه قال: {QUOTED}", "عن أبي هريرة رضي الله عنه قال:", ["أبي هريرة"]),
        (
            f"وعن عائشة رضي الله عنها قالت: قال رسول الله ﷺ: {QUOTED}",
            "عن عائشة رضي الله عنها قالت: قال رسول الله ﷺ:",
            ["عائشة"],
        ),
        (
            f"حدثنا عبد الله بن يوسف، أخبرنا مالك، عن نافع، عن ابن عمر قال: سمعت النبي ﷺ يقول: {QUOTED}",
            "حدثنا عبد الله بن يوسف، أخبرنا مالك، عن نافع، عن ابن عمر قال: سمعت النبي ﷺ يقول:",
            ["عبد الله بن يوسف", "مالك", "نافع", "ابن عمر"],
        ),
        (
            f"روى البخاري عن أبي هريرة رضي الله عنه أن النبي صلى الله عليه وسلم قال: {QUOTED}",
            "روى البخاري عن أبي هريرة رضي الله عنه أن النبي صلى الله عليه وسلم قال:",
            ["أبي هريرة"],
        ),
        (
            f"روى مسلم عن ابن عمر رضي الله عنه أن النبي ﷺ كان يصلي بعد العشاء، فقال: {QUOTED}",
            "روى مسلم عن ابن عمر رضي الله عنه أن النبي ﷺ كان يصلي بعد العشاء، فقال:",
            ["ابن عمر"],
        ),
        (
            f"عن الصحابي الجليل معاذ بن جبل قال: قال لي رسول الله ﷺ: {QUOTED}",
            "عن الصحابي الجليل معاذ بن جبل قال: قال لي رسول الله ﷺ:",
            ["الصحابي الجليل معاذ بن جبل"],
        ),
        (
            f"عن أبي سبرة الكوفي مولى هاشم رضي الله عنه، عن رسول الله ﷺ {QUOTED}",
            "عن أبي سبرة الكوفي مولى هاشم رضي الله عنه، عن رسول الله ﷺ",
            ["أبي سبرة الكوفي مولى هاشم"],
        ),
        (
            f"قال أبو هريرة: سمعت النبي ﷺ يقول: {QUOTED}",
            "قال أبو هريرة: سمعت النبي ﷺ يقول:",
            ["أبو هريرة"],
        ),
        (f"**حديث أبي هريرة رضي الله عنه:** {QUOTED}", "حديث أبي هريرة رضي الله عنه:**", ["أبي هريرة"]),
        (
            f"From Anas who said: The Messenger of Allah ﷺ said: {QUOTED}",
            "From Anas who said: The Messenger of Allah ﷺ said:",
            ["Anas"],
        ),
    ],
)
def test_chains_end_at_the_colon_before_the_matn(text: str, chain: str, narrators: list[str]) -> None:
    (isnad,) = find_isnads(text)
    assert text[isnad.span.start : isnad.span.end] == chain
    assert [text[a:b] for a, b in isnad.narrators] == narrators


def test_a_name_may_go_on_in_the_next_line() -> None:
    text = "عن ابن\nعباس قال: «الماء طهور لا ينجسه شيء»"
    (isnad,) = find_isnads(text)
    assert [text[a:b] for a, b in isnad.narrators] == ["ابن\nعباس"]


@pytest.mark.parametrize(
    "text",
    [
        f"قال رسول الله ﷺ: {QUOTED}",
        f"عن النبي ﷺ قال: {QUOTED}",
        "تكلم عن البيع والشراء، وقال: هو جائز",
        "والمنصوص عن أحمد رحمه الله في الوتر أنه يفعله",
        "This is known from the book, which said: buy and sell.",
    ],
)
def test_no_chains(text: str) -> None:
    assert find_isnads(text) == ()


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("narrator", 'Abu Hurayrah reported that the Prophet said: "…"', ("أبو هريرة",)),
        ("narrator", 'Ibn \'Umar (may Allah be pleased with him) narrated: "…"', ("عبد الله بن عمر",)),
        ("narrator", '… the rest."\n2. Abu Hurayrah reported that the Prophet said: "…"', ("أبو هريرة",)),
        ("narrator", 'Abu Hurayrah said: I heard the Prophet say: "…"', ("أبو هريرة",)),
        ("said_by", '\'Ali said: "…"', ("companion", "علي بن أبي طالب")),
        ("said_by", "'A'ishah (ra) said: \"…\"", ("companion", "عائشة")),
    ],
)
def test_who_tells_stands_before_the_verb_in_english(kind: str, text: str, said: tuple[str, ...]) -> None:
    (claim,) = (one for one in find_claims(text) if one.says != ("prophet",))
    assert (claim.kind, claim.says) == (kind, said)


def test_a_formula_that_is_a_sentence_behind_a_quotation_is_its_citation() -> None:
    kinds = [claim.kind for claim in find_claims('The Prophet said: "…" Agreed upon. They agreed upon it.')]
    assert kinds == ["said_by", "collection"]
