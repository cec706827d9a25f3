"""Verses in a text: where they stand, in which wording, what was left out, replaced or added."""

from __future__ import annotations

import pytest
from quoted import INTRODUCED, bare, only, passages, refs, shown, verse, words

import takhrij
from takhrij.model import Finding, Span
from takhrij.report.phrases import match_words

LONG = ["2:183", "5:6", "4:43", "2:275", "62:9", "24:31"]


def found(text: str) -> Finding:
    """The finding for a verse in ornate brackets behind "God says"."""
    report = takhrij.check(text=INTRODUCED.format(text))
    finding = only(report)
    assert (finding.kind, finding.presented, finding.status) == ("quran", "quotation", "matched")
    assert finding.introduced_by is not None
    return finding


def changes(finding: Finding) -> list[tuple[str, str, str]]:
    return [(change.kind, change.text, change.source_text) for change in finding.sources[0].changes]


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize("spelled", [str, bare])
def test_a_whole_verse(number: str, spelled: type[str]) -> None:
    finding = found(spelled(verse(number)))
    assert finding.text == spelled(verse(number))
    assert (finding.match, refs(finding), changes(finding)) == ("same", [f"quran:{number}"], [])
    assert finding.sources[0].complete == "whole"
    assert finding.sources[0].text == verse(number)


@pytest.mark.parametrize("number", [*LONG, "2:55", "43:68", "2:255", "33:33"])
def test_the_spelling_of_the_mushaf_is_no_other_wording(number: str) -> None:
    finding = found(shown(number))
    assert finding.text == shown(number)
    assert refs(finding) == [f"quran:{number}"]
    assert (finding.match, changes(finding)) == ("same", [])
    assert finding.sources[0].complete == "whole"


def test_neither_spelling_is_another_one_in_a_part() -> None:
    part = " ".join(shown("2:183").split()[:6])  # «ءَامَنُوا۟», in the other spelling «آمَنُوا»
    assert found(part).match == "part"
    mixed = shown("2:183").replace("كُتِبَ", "كُتِبُ", 1)
    assert found(mixed).match == "reading"
    assert takhrij.compare(shown("2:4"), "quran:2:4").wording == "same"


@pytest.mark.parametrize("number", ["112:1", "23:1", "103:1", "20:1", "7:1", "69:1", "68:1"])
@pytest.mark.parametrize("spelled", [str, bare])
def test_the_basmala_before_verse_1_is_no_addition(number: str, spelled: type[str]) -> None:
    for whole in (passages("quran")[number].text, shown(number)):
        finding = found(spelled(whole))
        assert (finding.match, finding.text, changes(finding)) == ("same", spelled(whole), [])
        assert f"quran:{number}" in refs(finding)
        assert "quran:1:1" not in refs(finding)
        assert takhrij.compare(spelled(whole), f"quran:{number}").wording == "same"


def test_the_basmala_and_the_verses_behind_it() -> None:
    text = f"{passages('quran')['112:1'].text} {verse('112:2')} {verse('112:3')} {verse('112:4')}"
    assert refs(found(text)) == ["quran:112:1-4"]
    finding = only(takhrij.check(text=f"قال تعالى: {text}\n"))
    assert (finding.text, refs(finding), finding.match) == (text, ["quran:112:1-4"], "same")
    assert refs(found(f"{verse('1:1')} {verse('1:2')}")) == ["quran:1:1-2"]
    assert refs(found(verse("1:1")))[0] == "quran:1:1"


def test_the_basmala_before_another_verse_is_a_verse_of_its_own() -> None:
    report = takhrij.check(text=INTRODUCED.format(f"{verse('1:1')} {verse('2:183')}"))
    assert [refs(finding)[0] for finding in report.findings] == ["quran:1:1", "quran:2:183"]


@pytest.mark.parametrize("number", ["42:2", "2:1", "40:1", "36:1", "103:1"])
def test_a_short_verse_alone_in_its_brackets(number: str) -> None:
    report = takhrij.check(text=f"وهذه السورة أولها كما في المصحف ﴿{verse(number)}﴾ وقد تكلم فيها العلماء.")
    assert f"quran:{number}" in refs(only(report))


@pytest.mark.parametrize("number", LONG)
def test_a_part_of_a_verse_with_what_stands_around_it(number: str) -> None:
    part = " ".join(words(number)[3:12])
    finding = found(part)
    assert (finding.match, finding.text, changes(finding)) == ("part", part, [])
    match = finding.sources[0]
    assert match.ref == f"quran:{number}"
    assert verse(number)[match.source_span.start : match.source_span.end] == match.text == part
    assert match.before == " ".join(words(number)[:3])
    assert match.after.startswith(words(number)[12])


def test_a_part_without_any_marks() -> None:
    part = bare(" ".join(words("5:6")[2:12]))
    finding = only(takhrij.check(text=f"وقد استدلوا على فرض الوضوء بقول الله تعالى: {part}، وهو ظاهر."))
    assert (finding.text, finding.match, refs(finding)) == (part, "part", ["quran:5:6"])


@pytest.mark.parametrize("marker", [" … ", " ... ", "... ", " [...] "])
def test_an_omission_that_the_text_marks(marker: str) -> None:
    text = words("5:6")
    finding = found(" ".join(text[:8]) + marker + " ".join(text[12:20]))
    assert (finding.match, refs(finding)) == ("part", ["quran:5:6"])
    [change] = finding.sources[0].changes
    assert (change.kind, change.marked, change.source_text) == ("omitted", True, " ".join(text[8:12]))
    assert len(finding.parts) == 2
    assert finding.parts[0].start == finding.span.start and finding.parts[1].end == finding.span.end


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize("at", [4, 6])
def test_an_omission_that_the_text_does_not_mark(number: str, at: int) -> None:
    text = words(number)
    finding = found(" ".join(text[:at] + text[at + 1 :]))
    assert (finding.match, refs(finding)) == ("gaps", [f"quran:{number}"])
    assert changes(finding) == [("omitted", "", text[at])]
    assert not finding.sources[0].changes[0].marked
    assert match_words(finding) == "words left out inside"


def test_an_omission_from_one_verse_to_another() -> None:
    finding = found(f"{' '.join(words('2:183')[:12])} {' '.join(words('2:184')[:8])}")
    assert (finding.match, refs(finding)) == ("gaps", ["quran:2:183-184"])
    assert match_words(finding) == "several verses run together, with words left out"


@pytest.mark.parametrize("number", ["2:183", "5:6", "62:9"])
def test_a_word_added_behind_the_words_that_many_verses_open_with(number: str) -> None:
    text = words(number)  # «يا أيها الذين آمنوا»
    finding = found(" ".join([*text[:4], "جميعا", *text[4:12]]))
    assert f"quran:{number}" == refs(finding)[0]
    assert changes(finding) == [("added", "جميعا", "")]


@pytest.mark.parametrize("number", LONG)
def test_a_word_that_is_replaced(number: str) -> None:
    text = words(number)
    finding = found(" ".join([*text[:6], "والوقف", *text[7:]]))
    assert (finding.match, refs(finding)) == ("different", [f"quran:{number}"])
    assert changes(finding) == [("replaced", "والوقف", text[6])]


@pytest.mark.parametrize("number", LONG)
def test_a_word_that_is_added(number: str) -> None:
    text = words(number)
    finding = found(" ".join([*text[:6], "والوقف", *text[6:]]))
    assert (finding.match, refs(finding)) == ("different", [f"quran:{number}"])
    assert changes(finding) == [("added", "والوقف", "")]


def test_a_word_that_is_moved() -> None:
    text = words("2:183")
    finding = found(" ".join([*text[:4], *text[5:7], text[4], *text[7:]]))
    assert finding.match == "different"
    assert [kind for kind, _, _ in changes(finding)] == ["moved"]


def test_a_hamza_on_another_seat_is_spelling() -> None:
    finding = found(bare(verse("2:183")).replace("أيها", "ايها").replace("آمنوا", "امنوا"))
    assert (finding.match, refs(finding)) == ("spelling", ["quran:2:183"])
    assert {kind for kind, _, _ in changes(finding)} == {"spelling"}


def test_a_vowel_that_contradicts_may_be_another_reading() -> None:
    other = verse("5:6").replace("وَأَرْجُلَكُمْ", "وَأَرْجُلِكُمْ")
    assert other != verse("5:6")
    finding = found(other)
    assert (finding.match, refs(finding)) == ("reading", ["quran:5:6"])
    [change] = finding.sources[0].changes
    assert change.kind == "vowels" and "not checked" in (change.note or "")


@pytest.mark.parametrize(("first", "last"), [("113:2", "113:4"), ("78:1", "78:3"), ("2:1", "2:3")])
def test_verses_that_run_together(first: str, last: str) -> None:
    sura, begin = first.split(":")
    numbers = [f"{sura}:{n}" for n in range(int(begin), int(last.split(":")[1]) + 1)]
    finding = found(" ".join(map(verse, numbers)))
    assert refs(finding) == [f"quran:{first}-{last.split(':')[1]}"]
    assert (finding.match, finding.sources[0].complete) == ("same", "whole")


def test_a_verse_that_stands_in_many_places() -> None:
    everywhere = {
        f"quran:{number}" for number, passage in passages("quran").items() if passage.text == verse("55:13")
    }
    assert len(everywhere) == 31
    finding = found(bare(verse("55:13")))
    assert set(refs(finding)) == everywhere
    assert {match.wording for match in finding.sources} == {"same"}


def test_a_verse_of_two_words_behind_his_word() -> None:
    short = bare(" ".join(words("5:6")[8:10]))
    finding = only(takhrij.check(text=f"والوضوء شرط لقوله تعالى: ﴿{short}﴾."))
    assert finding.text == short
    assert refs(finding) == ["quran:5:6"]


def test_a_verse_of_one_word_where_somebody_has_marked_it() -> None:
    word = bare(verse("103:1"))
    report = takhrij.check(text=f"ثم قرأ {word} في صلاته", given=[("quran", Span(7, 7 + len(word)))])
    assert [refs(finding) for finding in report.findings] == [["quran:103:1"]]


@pytest.mark.parametrize("text", ["﴿ص﴾ [ص: 1]", "قوله: ﴿ص﴾ و", "﴿طه﴾ ثم ﴿ص﴾"])
def test_a_letter_that_opens_a_sura_between_its_brackets_is_a_verse_and_no_report(text: str) -> None:
    found = takhrij.check(text=text).findings
    assert [(f.kind, refs(f)) for f in found if f.text == "ص"] == [("quran", ["quran:38:1"])]
    assert all(finding.kind == "quran" for finding in found)


def test_the_nearest_verse_to_words_that_stand_in_none() -> None:
    quoted = bare(verse("16:68")).split()
    mangled = " ".join(word[:-1] + "ث" if place % 2 else word for place, word in enumerate(quoted))
    finding = only(takhrij.check(text=INTRODUCED.format(mangled)))
    near = [*finding.sources, *finding.nearest]
    assert near[0].ref == "quran:16:68"
    assert all((near[0].bits or 0) > (other.bits or 0) for other in near[1:])


def test_a_run_of_words_says_more_of_the_nearest_verse_than_as_many_scattered_ones() -> None:
    run, scattered = bare(verse("9:60")).split()[:3], bare(verse("5:40")).split()[::2]
    mixed = " ".join([*run, *(f"{word} لفظقث" for word in scattered)])
    finding = only(takhrij.check(text=INTRODUCED.format(mixed)))
    near = [*finding.sources, *finding.nearest]
    assert near[0].ref == "quran:9:60"


def test_no_verse_is_named_of_which_no_word_is_quoted() -> None:
    first = verse("17:32")
    finding = found(f"{first} ولا تقتلوا")
    assert finding.sources[0].ref == "quran:17:32-33"
    assert [source.ref for source in found(first).sources] == ["quran:17:32"]


def test_without_a_cue_a_verse_woven_into_the_prose_is_an_echo() -> None:
    woven = " ".join(words("2:183")[4:13])
    report = takhrij.check(text=f"وقد أخبر الفقهاء الناس أنه {woven} ولا خلاف بينهم في هذا")
    assert report.findings == ()
    [echo] = report.echoes
    assert (echo.text, echo.presented, refs(echo)) == (woven, "echo", ["quran:2:183"])


@pytest.mark.parametrize(
    "text",
    [
        "بسم الله الرحمن الرحيم\nالحمد لله رب العالمين، والصلاة والسلام على رسول الله، أما بعد",
        "سأكتب لك الجواب غدا إن شاء الله تعالى، ولا حول ولا قوة إلا بالله",
        "توفي رحمه الله، إنا لله وإنا إليه راجعون",
        "أعوذ بالله من الشيطان الرجيم، بسم الله الرحمن الرحيم، وبعد فهذا كتاب في البيوع",
        "والله أعلم، وصلى الله على نبينا محمد وعلى آله وصحبه وسلم",
    ],
)
def test_formulas_are_not_quotations(text: str) -> None:
    report = takhrij.check(text=text)
    assert report.findings == () and report.echoes == ()


@pytest.mark.parametrize("number", ["112:1", "67:1", "75:1"])
@pytest.mark.parametrize("spelled", ["text", "display"])
def test_the_basmala_before_a_sura_is_no_addition(number: str, spelled: str) -> None:
    whole = getattr(passages("quran")[number], spelled)
    report = takhrij.check(text=INTRODUCED.format(whole))
    assert f"quran:{number}" in refs(report.findings[-1])
    assert {finding.match for finding in report.findings} == {"same"}


@pytest.mark.parametrize(
    "text",
    [
        "The sale of fruit before it ripens is not allowed in the view of most jurists.",
        "Ablution is a condition of prayer; travel of three days shortens it.\n\nSee the chapter on sales.",
        "بيع الثمر قبل بدو صلاحه لا يجوز عند جمهور الفقهاء لما فيه من الغرر على المشتري.",
        "« » ﴿ ﴾ () [] … : ﷺ",
        ".",
        "ء",
        "\ufeff \u200f",
        "\ud800 \udfff",
        "123 456",
    ],
)
def test_texts_that_quote_nothing(text: str) -> None:
    report = takhrij.check(text=text)
    assert report.findings == () and report.echoes == ()
    assert report.searched and report.fingerprint


@pytest.mark.parametrize("number", ["75:16", "96:19"])
def test_the_reports_in_which_a_verse_stands_whatever_marks_it_has(number: str) -> None:
    text = bare(verse(number))
    forms = ("قال الله تعالى: {} فدل على ذلك.", "قال الله تعالى: «{}» فدل على ذلك.", INTRODUCED)
    named = [only(takhrij.check(text=form.format(text))).also_in for form in forms]
    assert named[0] == named[1] == named[2] != ()


@pytest.mark.parametrize(
    "text", ["وقوله سبحانه: إذا أردت ذلك فانظر.", "لقوله تعالى: {}، ومن قال: لا يجب، فقد خالف."]
)
def test_what_only_stands_around_a_verse_is_none(text: str) -> None:
    report = takhrij.check(text=text.format(" ".join(words("5:6")[5:10])))
    assert all(finding.sources[0].ref == "quran:5:6" for finding in report.findings)
    assert len(report.findings) == text.count("{}")


def test_two_bracketed_verses_with_words_between_are_two() -> None:
    text = "قال تعالى: ﴿إِذَا قُمْتُمْ إِلَى الصَّلَاةِ فَاغْسِلُوا وُجُوهَكُمْ﴾ "
    text += "وقال ﴿فَلَمْ تَجِدُوا مَاءً فَتَيَمَّمُوا صَعِيدًا طَيِّبًا﴾."
    first, second = takhrij.check(text=text).findings
    assert (first.sources[0].ref, first.match) == ("quran:5:6", "part")
    assert (second.sources[0].ref, second.match) == ("quran:5:6", "part")
    assert text[first.span.end] == text[second.span.end] == "﴾"


def test_bracketed_verses_that_follow_each_other_are_one() -> None:
    text = "قال تعالى: ﴿فَوَيْلٌ لِّلْمُصَلِّينَ﴾ ﴿الَّذِينَ هُمْ عَن صَلَاتِهِمْ سَاهُونَ﴾."
    (finding,) = takhrij.check(text=text).findings
    assert (finding.sources[0].ref, finding.match) == ("quran:107:4-5", "same")


def test_a_word_behind_the_marks_is_no_part_of_the_verse() -> None:
    text = "قال تعالى: ﴿وَأَقِيمُوا الصَّلَاةَ وَآتُوا الزَّكَاةَ﴾ ثم ذكر الركوع."  # 2:83 goes on with this word
    (finding,) = takhrij.check(text=text).findings
    assert {(source.ref, source.wording) for source in finding.sources[:3]} == {
        ("quran:2:43", "same"),
        ("quran:2:83", "same"),
        ("quran:2:110", "same"),
    }


def test_a_changed_word_at_the_marks_is_reported() -> None:
    held = "يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم"
    first, last = held.replace("يا أيها", "ويا أيها"), held.replace("برءوسكم", "بأيمانكم")
    for changed, source in ((first, "يَا"), (last, "بِرُءُوسِكُمْ")):
        (finding,) = takhrij.check(text=f"قال تعالى: ﴿{changed}﴾.").findings
        assert finding.match == "different"
        assert [change.source_text for change in finding.sources[0].changes] == [source]


@pytest.mark.parametrize("number", ["5:21", "11:28", "11:51", "40:29", "40:39"])
def test_a_verse_that_begins_with_words_written_as_one(number: str) -> None:
    (finding,) = takhrij.check(text=f"قال تعالى: ﴿{passages('quran')[number].display}﴾.").findings
    assert (finding.sources[0].ref, finding.match) == (f"quran:{number}", "same")


def test_a_verb_of_reciting_reaches_to_the_colon_that_ends_its_clause() -> None:
    opening = " ".join([verse("32:1"), *words("32:2")[:2]])
    text = f"ويستحب أن يقرأ الإمام في صلاة الفجر من يوم الجمعة: {opening} في الركعة الأولى."
    assert refs(only(takhrij.check(text=text)))[:1] == ["quran:32:1-2"]
    stopped = f"كان يقرأ عليهم كتابه. فاجتمع الناس في صلاة الفجر من يوم الجمعة: {opening} في الركعة الأولى."
    assert not takhrij.check(text=stopped).findings


def test_and_so_on_to_the_end_of_the_verse_shows_a_few_words_to_be_one() -> None:
    few = " ".join(bare(word) for word in words("5:3")[:2])
    text = f"وأصل هذا الباب: {few} إلى آخر الآية، وعليه العمل."
    assert "quran:5:3" in refs(only(takhrij.check(text=text)))


def test_then_he_said_before_a_colon_is_no_verse() -> None:
    one = " ".join(words("5:6")[:8])
    text = f"قال الله تعالى: {one}، ثم قال: هذا باب الوضوء والغسل."
    assert len(takhrij.check(text=text).findings) == 1


def test_the_opening_of_a_letter_is_no_verse() -> None:
    assert not takhrij.check(
        text="الجواب: بسم الله الرحمن الرحيم، الحمد لله، أما بعد فالوضوء شرط للصلاة."
    ).findings


def test_the_name_of_a_sura_in_a_reference_is_no_verse() -> None:
    text = "قوله تعالى: ﴿ألم نشرح لك صدرك﴾ (الشرح: 1)، وقوله: ﴿إن مع العسر يسرا﴾ [ألم نشرح: 6]"
    assert [finding.sources[0].ref for finding in takhrij.check(text=text).findings] == [
        "quran:94:1",
        "quran:94:6",
    ]


def test_the_title_of_a_book_with_a_page_is_no_verse() -> None:
    assert not takhrij.check(text='وهو في "نهاية الغريب" [2/83] بفتح أوله.').findings


def test_a_verse_beyond_the_end_of_its_sura_is_said_to_be_none() -> None:
    said = "sura 2 has 286 verses in the Kufan count"
    [reference] = [
        claim
        for claim in takhrij.check(text=f"﴿{verse('2:286')}﴾ [البقرة: 286-290]").findings[0].claims
        if claim.kind == "reference"
    ]
    assert (reference.check, reference.found, reference.why) == ("differs", "quran:2:286", said)
    assert takhrij.check(text="كما في القرآن (2:300) وغيره.").notes == (f"“2:300”: {said}",)
    assert takhrij.check(text="كما في القرآن (2:286) وغيره.").notes == ()


def test_the_same_sura_in_a_note_with_a_verse_of_its_own() -> None:
    one, two = (" ".join(words(number)[:9]) for number in ("2:275", "2:282"))
    body = f"قال تعالى: {one} (1). وقال تعالى: {two} (2)."
    report = takhrij.check(
        text=f"{body}\n\nالهوامش\n(1) سورة البقرة، الآية 275.\n(2) السورة نفسها، الآية 282."
    )
    says = [c.says for finding in report.findings for c in finding.claims if c.kind == "reference"]
    assert says == ["quran:2:275", "quran:2:282"]


@pytest.mark.parametrize("added", ["من", "لا", "إن"])
def test_a_word_added_behind_the_first_of_a_bracketed_verse_is_reported(added: str) -> None:
    first, *rest = words("15:56")
    finding = found(" ".join([first, added, *rest]))
    assert (finding.match, changes(finding)) == ("different", [("added", added, "")])
