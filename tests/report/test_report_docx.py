"""A Word file comes back as it was, with comments at the words that they are about."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import takhrij
from takhrij.errors import InputError
from takhrij.model import Report
from takhrij.read import read
from takhrij.report import as_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
VERSE = "يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم"
DEEDS = "إنما الأعمال بالنيات، وإنما لكل امرئ ما نوى"
PRAYER = "لا يقبل الله صلاة أحدكم إذا أحدث حتى يتوضأ"
BODY = (
    f"<w:p><w:pPr><w:pStyle w:val='Quote'/></w:pPr><w:r><w:rPr><w:b/></w:rPr>"
    f"<w:t>قال الله تعالى: ﴿{VERSE[:20]}</w:t></w:r><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del>"
    "<w:ins w:id='7' w:author='A'><w:r>"
    f"<w:t>{VERSE[20:]}﴾ [المائدة: 6]</w:t><w:tab/><w:t>. ثم</w:t></w:r></w:ins></w:p>"
    f"<w:p><w:commentRangeStart w:id='3'/><w:r><w:t>وقال النبي ﷺ: «{DEEDS}» رواه البخاري.</w:t>"
    "<w:footnoteReference w:id='2'/></w:r><w:commentRangeEnd w:id='3'/>"
    "<w:r><w:commentReference w:id='3'/></w:r></w:p>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
WITH_COMMENTS = {
    "word/remarks.xml": f"<w:comments xmlns:w='{W}'>"
    "<w:comment w:id='3' w:author='A. Reader'><w:p/></w:comment>"
    "</w:comments>",
    "word/_rels/document.xml.rels": "<Relationships "
    "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    f"<Relationship Id='rId1' Type='{RELATION}' Target='remarks.xml'/></Relationships>",
}


def docx(more: dict[str, str] | None = None) -> bytes:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{types}'/>",
        "word/document.xml": f"<w:document xmlns:w='{W}'><w:body>{BODY}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes xmlns:w='{W}'><w:footnote w:id='2'><w:p><w:r>"
        f"<w:t>وقال النبي ﷺ: «{PRAYER}».</w:t></w:r></w:p></w:footnote></w:footnotes>",
        "word/styles.xml": f"<w:styles xmlns:w='{W}'/>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in (parts | (more or {})).items():
            archive.writestr(zipfile.ZipInfo(name), text)  # without the time
    return data.getvalue()


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def text_of(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{{{W}}}t"))


def commented(data: bytes, comments: str) -> dict[str, tuple[str, str]]:
    """Of each of takhrij's comments the words that it stands at and what it says."""
    said = {
        one.get(f"{{{W}}}id"): text_of(one)
        for one in part(data, comments)
        if one.get(f"{{{W}}}author") == "takhrij"
    }
    words = dict.fromkeys(said, "")
    is_open: set[str | None] = set()
    for one in part(data, "word/document.xml").iter(etree.Element):
        name, number = etree.QName(one).localname, one.get(f"{{{W}}}id")
        if name == "commentRangeStart":
            is_open.add(number)
        elif name == "commentRangeEnd":
            is_open.remove(number)
        for number in is_open & set(words):
            words[number] += (one.text or "") if name == "t" else "*" if name == "footnoteReference" else ""
    return {str(number): (words[number], text) for number, text in said.items()}


@pytest.fixture(scope="module")
def made() -> Report:
    return takhrij.check(document=read(docx(), name="chapter.docx"))


@pytest.mark.parametrize(("more", "name"), [({}, "word/comments.xml"), (WITH_COMMENTS, "word/remarks.xml")])
def test_every_finding_has_its_comment_at_its_words(made: Report, more: dict[str, str], name: str) -> None:
    data = as_file(made, "docx", docx(more))
    found = list(commented(data, name).values())
    assert "same words does not mean authentic" in found[0][1]
    assert sorted(text for text, _ in found[1:] if "*" not in text) == sorted([VERSE, DEEDS])
    [(at, note)] = [pair for pair in found if "*" in pair[0]]
    assert PRAYER in note and at.endswith("*")
    assert len(found) == len(made.findings) + 1
    [verse] = [said for text, said in found if text == VERSE]
    assert "part of the verse" in verse and "quran:5:6" in verse and "Tanzil" in verse
    main = part(data, "word/document.xml")
    ids = [one.get(f"{{{W}}}id") for one in main.iter(f"{{{W}}}commentReference")]
    assert len(set(ids)) == len(ids) == len(made.findings) + 2  # the summary's, and the one that was there


def test_nothing_else_in_the_file_changes(made: Report) -> None:
    before, data = docx(WITH_COMMENTS), as_file(made, "docx", docx(WITH_COMMENTS))
    assert read(data, name="a.docx").text == made.document.text
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(data))
    assert old.namelist() == new.namelist()
    assert all(old.read(one) == new.read(one) for one in ("word/styles.xml", "word/footnotes.xml"))
    main = part(data, "word/document.xml")
    assert [one.text for one in main.iter(f"{{{W}}}delText")] == ["محذوف"]
    bold = [text_of(run) for run in main.iter(f"{{{W}}}r") if run.find(f"{{{W}}}rPr/{{{W}}}b") is not None]
    assert "".join(bold) == f"قال الله تعالى: ﴿{VERSE[:20]}" and len(bold) == 2
    assert text_of(next(main.iter(f"{{{W}}}ins"))).startswith(VERSE[20:])
    readers = [one.get(f"{{{W}}}author") for one in part(data, "word/remarks.xml")]
    assert readers == ["A. Reader"] + ["takhrij"] * (len(made.findings) + 1)


def test_equal_reports_give_equal_files(made: Report) -> None:
    assert as_file(made, "docx", docx()) == as_file(made, "docx", docx())


def test_comments_of_an_earlier_run_stay_and_ids_go_on(made: Report) -> None:
    twice = as_file(made, "docx", as_file(made, "docx", docx()))
    assert len(commented(twice, "word/comments.xml")) == 2 * (len(made.findings) + 1)
    assert read(twice, name="a").text == made.document.text


def test_a_report_saves_itself_into_a_copy_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(docx())
    report = takhrij.check(tmp_path / "in.docx")
    report.save(tmp_path / "out.docx")
    assert commented((tmp_path / "out.docx").read_bytes(), "word/comments.xml")
    assert (tmp_path / "in.docx").read_bytes() == docx()


def test_a_file_that_has_changed_is_refused(made: Report) -> None:
    with pytest.raises(InputError, match="check it again"):
        changed = docx({"word/footnotes.xml": f"<w:footnotes xmlns:w='{W}'/>"})
        as_file(made, "docx", changed)


@pytest.mark.parametrize("format", ["docx", "tei"])
def test_any_text_becomes_a_file_with_the_same_words(format: str) -> None:
    deeds = f"وقال النبي ﷺ: «{DEEDS}»\x07 رواه البخاري.\nThe end."
    text = f"باب الوضوء\t[1]\r\n\r\nقال الله تعالى: ﴿{VERSE}﴾\r\n{deeds}"
    report = takhrij.check(text=text)
    data = as_file(report, format)
    again = read(data, name="made")
    assert again.format == format
    assert again.text.split() == text.replace("\x07", "␇").split()
    found = takhrij.check(document=again).findings
    assert [one.text for one in found] == [one.text for one in report.findings] == [VERSE, DEEDS]
    if format == "docx":
        assert [at for at, _ in commented(data, "word/comments.xml").values()] == ["", VERSE, DEEDS]
    else:
        assert data.count(b"<quote ") == 2
