"""Proposals to an editor: only about what is quoted, applied exactly, and always to be refused."""

from __future__ import annotations

import io
import json
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from test_report_docx import DEEDS, PRAYER, VERSE, W, docx, part

import takhrij
from takhrij import cli
from takhrij.errors import UsageError
from takhrij.read import read
from takhrij.report import fix, save
from takhrij.report.fix import applied, proposals
from takhrij.report.word.file import packed

WATER = "وأنزلنا من السماء ماء طهورا"
VOWELLED = "وَأَنْزَلْنَا مِنَ السَّمَاءِ مَاءً طَهُورًا"
TEXT = (
    f"قال تعالى: ﴿{WATER}﴾ [الفرقان: ٤٩].\n"
    f"وقال سبحانه: ﴿{VERSE}﴾.\n\n\n\n\n\n\n\nسطر لا يتغير\n\n\n\n\n\n\n"
    f"قال رسول الله ﷺ: «{DEEDS}» رواه البخاري.\n"
    "The Prophet said: «الطهور شطر الإيمان». End"
)


def of(text: str, *kinds: str) -> list[tuple[str, str]]:
    """What is proposed of a text, in the place of what."""
    made = proposals(takhrij.check(text=text), kinds or fix.KINDS)
    return [(one.text, unicodedata.normalize("NFC", one.proposed)) for one in made.proposals]


def patched(tmp_path: Path, name: str, data: bytes, patch: bytes) -> bytes:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a.patch").write_bytes(patch)
    subprocess.run(["patch", "--binary", name, "a.patch"], cwd=tmp_path, check=True, capture_output=True)
    return (tmp_path / name).read_bytes()


def test_words_references_and_numbers_are_proposed() -> None:
    assert of(TEXT, "wording")[0] == (WATER, VOWELLED)
    assert of(TEXT, "reference") == [
        ("الفرقان: ٤٩", "الفرقان: ٤٨"),
        ("", " [المائدة: 6]"),
        ("", " (Muslim ibn al-Hajjaj, Sahih Muslim, no. 534)"),
    ]
    assert of(TEXT, "number") == [("", " (رقم 1)")]
    with pytest.raises(UsageError, match="wording, reference, number"):
        of(TEXT, "spelling")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize("form", ["utf-8 text", "utf-8-sig text", "cp1256 text", "utf-8 markdown"])
def test_a_patch_gives_exactly_the_proposed_text(tmp_path: Path, form: str, ending: str, last: str) -> None:
    encoding, format = form.split()
    text = TEXT + last
    if encoding == "cp1256":  # which has no such characters
        text = text.translate(str.maketrans("٤٩﴿﴾", "49{}", "ﷺ"))
    if format == "markdown":
        text = text.replace("رواه البخاري", "*رواه* البخاري")
    data = text.replace("\n", ending).encode(encoding)
    report = takhrij.check(document=read(data, name="a b.txt", format=format))
    made = proposals(report).proposals
    assert len(made) == 9
    patch = fix.as_file(report, "patch", original=data)
    after = patched(tmp_path, "a b.txt", data, patch)
    assert read(after, name="a b.txt", format=format).text == applied(report.document.text, made)
    assert after.count(b"\r\n") == data.count(b"\r\n") and patch.count(b"\n@@ ") == 2 and b"Tanzil" in patch


def test_what_is_sound_gets_no_proposal(tmp_path: Path) -> None:
    report = takhrij.check(text=f"قال تعالى: ﴿{VOWELLED}﴾ [الفرقان: 48].")
    patch = fix.as_file(report)
    assert b"\n@@" not in patch and patch.startswith(b"# Proposed, never imposed: 0.")


def test_words_that_differ_are_given_as_the_source_has_them() -> None:
    altered = VOWELLED.replace("طَهُورًا", "طَاهِرًا")
    assert of(f"قال تعالى: ﴿{altered}﴾ [الفرقان: 48].") == [("طَاهِرًا", "طَهُورًا")]


def test_words_added_at_the_beginning_go() -> None:
    verse = "لَا يُكَلِّفُ اللَّهُ نَفْسًا إِلَّا وُسْعَهَا لَهَا مَا كَسَبَتْ وَعَلَيْهَا مَا اكْتَسَبَتْ"
    assert of(f"قال تعالى: ﴿ألا {verse}﴾ [البقرة: 286].") == [("ألا ", "")]


def test_nothing_is_proposed_of_words_that_stand_nowhere_together() -> None:
    fused = "وأحل الله البيع وحرم الربا فمن شهد منكم الشهر فليصمه"
    assert of(f"قال تعالى: ﴿{fused}﴾.") == []
    assert of("قال تعالى: ﴿إن الذين يصلحون بين الجيران لهم جنات النعيم خالدين فيها أبدا﴾.", "wording") == []


def test_an_omission_is_filled_or_marked_unless_the_text_marks_it() -> None:
    verse = "وَإِنْ كُنْتُمْ مَرْضَىٰ أَوْ عَلَىٰ سَفَرٍ {}فَلَمْ تَجِدُوا مَاءً فَتَيَمَّمُوا صَعِيدًا طَيِّبًا"
    assert of(f"قال تعالى: ﴿{verse.format('')}﴾ [المائدة: 6].", "wording") == [("", " …")]
    assert of(f"قال تعالى: ﴿{verse.format('… ')}﴾ [المائدة: 6].", "wording") == []
    short = "وَأَيْدِيَكُمْ إِلَى الْمَرَافِقِ وَامْسَحُوا بِرُءُوسِكُمْ إِلَى الْكَعْبَيْنِ"
    assert of(f"قال تعالى: ﴿{short}﴾ [المائدة: 6].", "wording") == [("", " وَأَرْجُلَكُمْ")]


def test_other_wording_of_a_report_is_proposed_only_of_the_collection_that_is_named() -> None:
    other = "دعهما فإني لبستهما طاهرتين"
    assert of(f"قال النبي ﷺ: «{other}».", "wording") == []
    [(_, new)] = of(f"قال النبي ﷺ: «{other}» رواه البخاري.", "wording")
    assert "أَدْخَلْتُهُمَا" in new


def test_how_anyone_is_honoured_and_the_spelling_of_the_mushaf_stay() -> None:
    text = "قال ابن عباس: «توضأ النبي صلى الله عليه وسلم مرة مرة» رواه البخاري."
    assert [old for old, _ in of(text, "wording")] == ["توضأ النبي", "مرة مرة"]
    mushaf = "وَأَنزَلْنَا مِنَ ٱلسَّمَآءِ مَآءً طَهُورًا"
    assert of(f"قال تعالى: ﴿{mushaf}﴾ [الفرقان: 48].", "wording") == []


def test_words_that_may_not_be_copied_are_not_proposed_and_that_is_said() -> None:
    report = takhrij.check(
        text="قال النبي ﷺ: «مفتاح الصلاة الطهور وتحريمها التكبير وتحليلها التسليم» رواه الترمذي."
    )
    made = proposals(report)
    assert report.findings[0].sources[0].source == "tirmidhi"
    assert {one.kind for one in made.proposals} == {"number"}
    assert "f1" in made.notes[0] and "not stated" in made.notes[0]


def refused(root: etree._Element) -> str:
    """The text of a part with takhrij's changes rejected, those of others accepted."""
    own = [one for one in root.iter(f"{{{W}}}ins", f"{{{W}}}del") if one.get(f"{{{W}}}author") == "takhrij"]
    gone = {one for mark in own if mark.tag.endswith("ins") for one in mark.iter()}
    back = {one for mark in own if mark.tag.endswith("del") for one in mark.iter(f"{{{W}}}delText")}
    return "".join(one.text or "" for one in root.iter() if one in back or (is_text(one) and one not in gone))


def is_text(element: etree._Element) -> bool:
    return element.tag == f"{{{W}}}t"


def test_tracked_changes_give_the_proposed_text_or_the_old_one() -> None:
    report = takhrij.check(document=read(docx(), name="a.docx"))
    made = proposals(report)
    assert {one.kind for one in made.proposals} == {"wording", "number", "reference"}
    data = fix.as_file(report, "docx", original=docx())
    assert read(data, name="a.docx").text == applied(report.document.text, made.proposals)
    for name in ("word/document.xml", "word/footnotes.xml"):
        assert refused(part(data, name)) == refused(part(docx(), name))
    marks = list(part(data, "word/document.xml").iter(f"{{{W}}}ins", f"{{{W}}}del"))
    own = [one.get(f"{{{W}}}id") for one in marks if one.get(f"{{{W}}}author") == "takhrij"]
    assert len(set(own)) == len(own) > 4
    assert not list(part(data, "word/document.xml").iterfind(f".//{{{W}}}ins//{{{W}}}ins"))
    said = "".join(map(str, part(data, "word/comments.xml").itertext()))
    assert "never imposed" in said and "Tanzil" in said and "f2: the words of Bukhari" in said


def test_what_cannot_be_tracked_is_said() -> None:
    verse = "وأنزلنا من السماء</w:t><w:tab/><w:t>ماء طهورا"
    body = f"<w:p><w:r><w:t>قال تعالى: ﴿{verse}﴾ [الفرقان: 48].</w:t></w:r></w:p>"
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    data = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": main.encode()})
    report = takhrij.check(document=read(data, name="a.docx"))
    changed = fix.as_file(report, "docx", original=data)
    said = "".join(map(str, part(changed, "word/comments.xml").itertext()))
    left = len(proposals(report).proposals) - said.count("f1: ")
    assert left > 0 and "a tab, a formula or a phonetic guide" in said


def test_a_plain_text_becomes_a_word_file_with_tracked_changes() -> None:
    report = takhrij.check(text=TEXT)
    data = fix.as_file(report, "docx")
    assert read(data, name="a").text.split() == applied(TEXT, proposals(report).proposals).split()
    assert fix.as_file(report, "docx") == data


def test_proposals_are_had_as_values(tmp_path: Path) -> None:
    report = takhrij.check(text=TEXT)
    made = json.loads(fix.as_file(report, "json", ["number"]))
    assert made["proposals"][0]["proposed"] == " (رقم 1)" and made["format"] == "takhrij fixes 1"
    assert save(report, tmp_path / "a.patch").read_bytes() == fix.as_file(report)


def test_the_command_refuses_before_it_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(docx())
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("takhrij.api.check", lambda **_: pytest.fail("checked"))
        assert cli.main(["check", "a.docx", "--fix"]) == 2
        assert ".docx" in capsys.readouterr().err
        assert cli.main(["check", "a.txt", "--fix", "-o", "a.html"]) == 2
        assert cli.main(["check", "a.txt", "-o", "nowhere/a.html"]) == 2
        patch.setattr("takhrij.report.forms.find_spec", lambda _: None)
        assert cli.main(["check", "a.txt", "-o", "a.parquet"]) == 2
        assert "takhrij[tables]" in capsys.readouterr().err
    assert cli.main(["check", "a.txt", "--fix", "number", "-o", "a.patch"]) == 1
    assert b"(\xd8\xb1\xd9\x82\xd9\x85 1)" in (tmp_path / "a.patch").read_bytes()
    assert cli.main(["check", "a.docx", "--fix", "-o", "b.docx"]) == 0
    assert PRAYER not in read(str(tmp_path / "b.docx")).text


def test_a_word_file_is_taken_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Stream:
        buffer = io.BytesIO(docx())

    monkeypatch.setattr("sys.stdin", Stream())
    assert cli.main(["check", "-", "-o", str(tmp_path / "b.docx"), "--fix"]) == 0
    assert "word/styles.xml" in zipfile.ZipFile(tmp_path / "b.docx").namelist()
