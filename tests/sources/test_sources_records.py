"""Chain, report, remark and note told apart. The wordings are al-Bukhari's; the layouts are imitated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij import sources
from takhrij.model import Passage
from takhrij.sources.layouts import layout
from takhrij.sources.record import Layout, split
from takhrij.sources.words import fold, words

INTENT = "إنما الأعمال بالنيات"


def matn(text: str, name: str = "") -> str:
    return " | ".join(
        text[part.span.start : part.span.end]
        for part in split(text, layout(name)).parts
        if part.kind == "matn"
    )


def part(text: str, kind: str, name: str) -> str:
    found = [p for p in split(text, layout(name)).parts if p.kind == kind]
    return " | ".join(text[p.span.start : p.span.end] for p in found)


@pytest.mark.parametrize(
    ("chain", "report", "speaker", "narrator"),
    [
        ("حدثنا سفيان عن يحيى عن عمر قال سمعت رسول الله ﷺ يقول: ", INTENT, "prophet", "عمر"),
        ("وعن عمر رضي الله عنه أن رسول الله صلى الله عليه وسلم قال: ", INTENT, "prophet", "عمر"),
        ("عن عمر عن النبي صلى الله عليه وآله وسلم قال ((", INTENT, "prophet", "عمر"),
        ("عن عائشة قالت: ", "كان رسول الله ﷺ يحب التيمن", "prophet", "عائشة"),
        ("عن أنس أن ", "رسول الله ﷺ خرج فقال: الصلاة", "prophet", "أنس"),
        ("حدثنا آدم، حدثنا شعبة، سمعت أنس بن مالك، قال قال النبي ﷺ ", INTENT, "prophet", "أنس بن مالك"),
        ("عن جابر بن عبد الله قال ", "كنا نعزل والقرآن ينزل", "companion", "جابر بن عبد الله"),
        ("حدثنا وكيع عن سفيان عن منصور عن إبراهيم قال: ", "لا بأس به", "successor", "إبراهيم"),
        ("عن أبي هريرة يبلغ به النبي ﷺ قال ", "لا يلدغ المؤمن", "prophet", "أبي هريرة"),
        ("عن قتادة عن صالح رفعه إلى حكيم قال قال رسول الله ﷺ: ", "البيعان بالخيار", "prophet", "حكيم"),
        ("عن أبي هريرة عن النبي ﷺ فيما يروي عن ربه قال ", "الصوم لي وأنا أجزي به", "god", "أبي هريرة"),
        (
            "أخبرنا مالك أن نافعا أخبره أن عبد الله بن عمر قال ",
            "اقرأ في الصبح",
            "companion",
            "عبد الله بن عمر",
        ),
        (
            "عن همام قال هذا ما حدثنا أبو هريرة عن محمد رسول الله صلى الله عليه وسلم فذكر أحاديث منها"
            " وقال رسول الله صلى الله عليه وسلم ",
            INTENT,
            "prophet",
            "أبو هريرة",
        ),
        (
            "حدثنا أبو هريرة عن رسول الله صلى الله عليه وسلم فذكر أحاديث منها وقال «",
            INTENT,
            "prophet",
            "أبو هريرة",
        ),
        ("حدثنا مسدد ح وحدثنا موسى عن عون عن أنس، قال ", "كنت أسقي", "companion", "أنس"),
        ("حدثنا يحيى - يعني ابن سعيد - قال إسحاق أخبرنا عبدة عن أنس قال ", "كنت أسقي", "companion", "أنس"),
    ],
)
def test_a_chain_ends_where_the_report_begins(chain: str, report: str, speaker: str, narrator: str) -> None:
    text = chain + report
    assert matn(text) == report
    found = split(text, Layout())
    assert (found.attributed_to, found.narrator) == (speaker, narrator)


def test_a_companion_who_acts_in_a_successors_report_is_the_one_whose_words_they_are() -> None:
    found = split("عن نافع أن ابن عمر كان يغتسل يوم الفطر", Layout())
    assert found.attributed_to == "companion" and found.narrator == "نافع"


@pytest.mark.parametrize("stub", ["مثله", "بهذا الإسناد", "نحوه"])
def test_a_record_that_only_points_to_another_keeps_its_chain(stub: str) -> None:
    text = f"حدثنا شعبة عن قتادة عن أنس {stub}"
    assert part(text, "chain", "") == "حدثنا شعبة عن قتادة عن أنس"
    assert matn(text) == stub


def test_what_has_no_chain_is_all_report() -> None:
    for text in (INTENT, "من سئل عن علم فكتمه", "", "؟!", "123"):
        found = split(text, Layout())
        assert [p.kind for p in found.parts] == (["matn"] if fold(text) else [])


@pytest.mark.parametrize(
    ("name", "before", "after", "kind", "piece"),
    [
        ("bayhaqi-kubra", "(۱۲۳) حدثنا مالک عن عمر قال: ", " [ضعیف]", "edition_note", "[ضعیف]"),
        (
            "bayhaqi-kubra",
            "حدثنا مالک عن عمر قال: ",
            " رواہ البخاری فی الصحیح",
            "remark",
            "رواہ البخاری فی الصحیح",
        ),
        ("ibn-abi-shayba", "(۸۳۹۵) حدثنا وکیع عن عمر قال: ", "۔ (بخاری ۱۴۲)", "edition_note", "(بخاری ۱۴۲)"),
        (
            "fath-rabbani",
            "۔ (۷۱۳۹)۔ عن عمر قال: ",
            " (مسند احمد: ۱۰۶۲۵)",
            "edition_note",
            "(مسند احمد: ۱۰۶۲۵)",
        ),
        ("muwatta", "[529] عن عمر قال: ", "", "number", "[529]"),
        (
            "tirmidhi",
            "حدثنا مالك عن عمر قال: ",
            " قال أبو عيسى هذا حديث حسن",
            "remark",
            "قال أبو عيسى هذا حديث حسن",
        ),
        ("tirmidhi", "حدثنا مالك عن عمر قال: ", " وفي الباب عن علي", "remark", "وفي الباب عن علي"),
        ("abu-dawud", "حدثنا مالك عن عمر قال: ", ". قال أبو داود كذا", "remark", "قال أبو داود كذا"),
        ("mishkat", "عن عمر قال: ", ". متفق عليه", "remark", "متفق عليه"),
        ("bulugh", "عن عمر قال: ", ". أخرجه أبو داود", "remark", "أخرجه أبو داود"),
        (
            "tabarani-saghir",
            "حدثنا مالك عن عمر قال: ",
            " لم يروه عن مالك إلا",
            "remark",
            "لم يروه عن مالك إلا",
        ),
        ("lulu-marjan", "حديث عمر قال: ", "", "chain", "حديث عمر قال"),
        ("hakim", "حدثنا مالك عن عمر قال: ", " [التعليق] 7 - سكت", "edition_note", "[التعليق] 7 - سكت"),
        ("darimi", "(حديث موقوف) حدثنا مالك عن عمر قال: ", "", "edition_note", "(حديث موقوف)"),
        ("silsila-sahiha", f'-"{INTENT}".-"', '".', "edition_note", INTENT),
    ],
)
def test_what_stands_around_a_report_is_told_apart(
    name: str, before: str, after: str, kind: str, piece: str
) -> None:
    text = before + INTENT + after
    assert matn(text, name) == INTENT
    assert part(text, kind, name) == piece


def test_the_first_record_of_bukhari() -> None:
    first = next(iter(sources.load(sources.get("bukhari"))))
    spans = {p.kind: first.text[p.span.start : p.span.end] for p in first.parts}
    assert fold(spans["matn"]).startswith(fold(INTENT))
    assert fold(spans["chain"]).endswith(fold("سمعت رسول الله صلى الله عليه وسلم يقول"))
    assert first.attributed_to == "prophet" and fold(first.narrator or "") == fold("عمر بن الخطاب")


@given(st.text(alphabet='ابحدثناعن قالرسولهيمو،:«»"()[]۱ ًُِّ\u200f\n', max_size=120))
def test_any_text_is_split_without_losing_its_place(text: str) -> None:
    for name in ("", "bayhaqi-kubra", "silsila-sahiha", "tirmidhi", "daraqutni", "hakim"):
        found = split(text, layout(name))
        before = 0
        for each in found.parts:
            assert before <= each.span.start < each.span.end <= len(text)
            before = each.span.end


def test_folded_words_know_their_places() -> None:
    found = words("قَالَُ : رَسُولُ اللَّہِ ء ﷺ")
    assert found.folded == ["قال", "رسول", "الله"]
    assert (found.starts[0], found.ends[0]) == (0, 6)


def test_a_long_record_takes_no_long_time() -> None:
    text = "حدثنا فلان " * 50_000 + "(" * 100_000 + "[" * 100_000 + '"' * 100_000
    for name in ("bayhaqi-kubra", "fath-rabbani", "ibn-abi-shayba", "daraqutni", "hakim", "tirmidhi"):
        assert split(text, layout(name)).parts


def test_a_passage_names_itself() -> None:
    passage = Passage(source="muslim", number="4700", text="", parts=())
    assert passage.ref == "muslim:4700"


def test_another_wording_that_a_remark_quotes_is_report_again() -> None:
    text = f"عن عمر قال: (({INTENT})). متفق عليه. وفي رواية: ((إنما العمل بالنية وإنما لامرئ ما نوى)). كذا"
    assert matn(text, "bulugh") == f"{INTENT} | إنما العمل بالنية وإنما لامرئ ما نوى"
    assert part(text, "remark", "bulugh") == "متفق عليه. وفي رواية | كذا"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("عن نافع قال قال ابن عمر كنا نصلي", "كنا نصلي"),
        ("عن نافع قال ابن عمر: كنا نصلي", "كنا نصلي"),
        ("عن عمر قال اقرأ في الصبح", "اقرأ في الصبح"),
        ("عن عمر قال الصلاة في وقتها", "الصلاة في وقتها"),
        ("عن أنس أن رجلا قال يا رسول الله", "رجلا قال يا رسول الله"),
        ("عن عائشة أن حمزة بن عمرو قال للنبي ﷺ أأصوم", "حمزة بن عمرو قال للنبي ﷺ أأصوم"),
    ],
)
def test_who_speaks_is_told_from_what_is_said(text: str, report: str) -> None:
    assert matn(text) == report


def test_a_line_end_that_was_typed_out_is_no_part_of_the_report() -> None:
    assert matn(f"عن عمر قال: «{INTENT}» \\n . متفق عليه\\n", "mishkat") == INTENT
    assert matn(f"عن عمر قال: {INTENT}\\n", "mishkat") == INTENT


def test_a_blessing_run_into_the_name_is_parted() -> None:
    found = split("حدثنا سفيان عن الأعمش عن عَلِيٍّرَضِيَ اللَّهُ عَنْهُ قال: لو كان الدين بالرأي", layout("abu-dawud"))
    assert found.narrator == "عَلِيٍّ"


def test_his_praise_is_no_transmission() -> None:
    text = "حدثنا سفيان عن عمر في قوله جل ثناؤه إنما الأعمال بالنيات"
    assert "ثناؤه" in matn(text)


def test_words_that_a_typist_ran_into_a_name_are_parted() -> None:
    text = "حَدَّثَنَاشُعْبَةُ، عَنْعَائِشَةَ، قَالَتْ: كان يحب التيمن عند الغسل"
    found = split(text, layout("abu-dawud"))
    assert found.narrator == "عَائِشَةَ" and found.attributed_to == "companion"
    assert matn(text, "abu-dawud") == "كان يحب التيمن عند الغسل"
