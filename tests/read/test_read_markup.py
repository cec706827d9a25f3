"""One text in Word, OpenDocument, EPUB, TEI and HTML: the same findings, in nodes that have their words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import takhrij
from takhrij.errors import InputError
from takhrij.model import Document
from takhrij.read import read, tree_place
from takhrij.report.word.file import File

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
PARAGRAPHS = (
    "باب الوضوء",
    "قال الله تعالى: ﴿يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم﴾ [المائدة: 6].",
    "وقال النبي ﷺ: «إنما الأعمال بالنيات، وإنما لكل امرئ ما نوى» رواه البخاري.",
)
NOTE = "وفي رواية: «لا يقبل الله صلاة أحدكم إذا أحدث حتى يتوضأ»."
TEXT = "\n".join((*PARAGRAPHS, NOTE))


def zipped(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def halves(text: str, left: str, right: str) -> str:
    """A text in two runs, cut inside a word."""
    middle = len(text) // 2 + 1
    return f"{left}{text[:middle]}{right}{left}{text[middle:]}{right}"


def docx(body: str = "", notes: str = NOTE) -> bytes:
    runs = [f"<w:p>{halves(text, '<w:r><w:t>', '</w:t></w:r>')}" for text in PARAGRAPHS]
    runs[-1] += '<w:r><w:footnoteReference w:id="2"/></w:r>'
    paragraphs = body or "".join(f"{run}</w:p>" for run in runs)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{paragraphs}</w:body></w:document>",
            "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>x'
            f'</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
            f"<w:t>{notes}</w:t></w:r></w:p></w:footnote></w:footnotes>",
        }
    )


def odt() -> bytes:
    note = (
        f"<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{NOTE}</text:p>"
        "</text:note-body></text:note>"
    )
    lines = [f"<text:p>\n  {halves(text, '<text:span>', '</text:span>')}" for text in PARAGRAPHS]
    lines[-1] += note
    body = "".join(f"{line}</text:p>" for line in lines)
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    mime = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mime, "content.xml": f"{content}</office:document-content>"})


def tei() -> bytes:
    lines = [f"<p>{halves(text, '<hi>', '</hi>')}" for text in PARAGRAPHS]
    lines[-1] += f"<note>{NOTE}</note>"
    body = "".join(f"{line}</p><!-- between -->\n" for line in lines)
    head = "<teiHeader><p>ليس من النص</p></teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{body}</body></text></TEI>'.encode()


def page(extra: str = "") -> str:
    lines = [f"<p>{halves(text, '<b>', '</b>')}" for text in PARAGRAPHS]
    lines[-1] += '<sup><a href="#n1">1</a></sup>'
    body = "".join(f"{line}</p>\n" for line in lines)
    return f'<!DOCTYPE html><html><body>{extra}{body}<div role="doc-footnote">{NOTE}</div></body></html>'


def html() -> bytes:
    return page("<nav>القائمة</nav><script>var a = 1</script>").encode()


def epub() -> bytes:
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
            "OPS/book.opf": '<package><manifest><item id="a" href="one%20a.xhtml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "OPS/one a.xhtml": page("<p>&nbsp;</p>"),
        }
    )


MADE = {"docx": docx, "odt": odt, "tei": tei, "html": html, "epub": epub}


def parts(data: bytes) -> Callable[[str], bytes]:
    if data.startswith(b"PK"):
        return zipfile.ZipFile(io.BytesIO(data)).read
    return lambda part: data


@pytest.mark.parametrize("format", MADE)
def test_the_text_and_its_findings_are_the_same_in_every_format(format: str) -> None:
    document = read(MADE[format](), name="chapter")
    assert document.format == format
    assert document.text.strip() == TEXT
    assert [block.kind for block in document.blocks][-1] == "footnote"
    expected = [(f.kind, f.text, f.match) for f in takhrij.check(text=TEXT).findings]
    assert [(f.kind, f.text, f.match) for f in takhrij.check(document=document).findings] == expected
    assert len(expected) >= 3


@pytest.mark.parametrize("format", ["docx", "odt", "tei", "html"])
def test_every_character_stands_in_the_node_that_it_is_said_to_stand_in(format: str) -> None:
    data = MADE[format]()
    document = read(data, name="chapter")
    roots: dict[str, list[etree._Element]] = {}
    for offset, char in enumerate(document.text):
        if char == "\n":
            continue
        place = tree_place(document, offset)
        if place.part not in roots:
            parser = etree.HTMLParser(encoding="utf-8") if format == "html" else None
            root = etree.fromstring(parts(data)(place.part), parser)
            roots[place.part] = list(root.iter(etree.Element))
        element = roots[place.part][place.element]
        stretch = (element.tail if place.behind else element.text) or ""
        assert stretch[place.start] == char or (char == " " and stretch[place.start].isspace())


def test_text_behind_a_comment_stands_where_it_would_without_the_comment() -> None:
    with_comments = (
        "<TEI><p><!-- a -->قال<!-- b --> الله <hi>تعالى</hi> في<?pi c?> كتابه<!-- d --> العزيز</p></TEI>"
    )
    document = read(with_comments.encode(), name="a")
    root = etree.fromstring(with_comments, etree.XMLParser(remove_comments=True, remove_pis=True))
    elements = list(root.iter())
    assert document.text == "قال الله تعالى في كتابه العزيز\n"
    for offset, char in enumerate(document.text.rstrip()):
        place = tree_place(document, offset)
        element = elements[place.element]
        assert ((element.tail if place.behind else element.text) or "")[place.start] == char


def test_a_note_knows_where_it_is_called() -> None:
    for format in ("docx", "odt", "tei"):
        document = read(MADE[format](), name="chapter")
        note = document.blocks[-1]
        assert note.call == document.blocks[-2].span.end
        assert document.text[slice(*note.span)] == NOTE


def test_tracked_changes_are_read_as_if_they_were_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>الماء </w:t></w:r><w:del><w:r><w:delText>نجس </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>طهور</w:t></w:r></w:ins></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>لا </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>ينجسه شيء</w:t></w:r></w:p>"
    )
    assert read(docx(body), name="a").text == "الماء طهور\nلا ينجسه شيء\n"


def test_deleted_rows_and_hidden_words_are_left_out_and_a_text_box_is_read_once() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('في الصندوق')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run.format('قبل')}<w:Fallback>{box}</w:Fallback><w:drawing>{box}</w:drawing>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>مخفي</w:t></w:r></w:p>"
        f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p>{run.format("محذوف")}</w:p></w:tc></w:tr>'
        f"<w:tr><w:tc><w:p>{run.format('باق')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert read(docx(body), name="a").text == "قبل\nفي الصندوق\nباق\n"


def test_what_a_browser_hides_or_puts_around_an_article_is_left_out() -> None:
    article = f"<article>{'<p>' + TEXT + '</p>'}</article>"
    around = f"<html><body><div>قائمة</div>{article}<p hidden>مخفي</p><div><p>تعليق</p></div></body></html>"
    text = read(around.encode(), name="a").text
    assert "قائمة" not in text and "تعليق" not in text and "مخفي" not in text
    assert "باب الوضوء" in text


def test_a_saved_page_with_its_encoding_behind_its_title_and_menus_around_its_text() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    around = '<div class="main-menu"><a>القائمة</a></div><div class="page has-sidebar">'
    around += f'<div id="sidebar">مواضيع</div>{paragraphs}</div><div id="comments">تعليق</div>'
    head = '<head><title>عنوان</title><meta charset="utf-8"></head>'
    page = f"<!-- saved --><html>{head}<body>{around}</body></html>"
    document = read(page.encode(), name="saved.html")
    assert document.text == "\n".join(PARAGRAPHS) + "\n"
    wrong = page.replace("utf-8", "iso-8859-1")
    assert read(wrong.encode(), name="saved.html").text == document.text


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ('<a href="#fn1" id="fnref1"><sup>1</sup></a>', '<li id="fn1">NOTE <a href="#fnref1">↩︎</a></li>'),
        (
            '<a href="#_ftn1"><span>[1]</span></a>',
            '<div id="ftn1"><p><a href="#_ftnref1">[1]</a> NOTE</p></div>',
        ),
        ('<sup class="reference"><a href="#cite_note-1">[1]</a></sup>', '<li id="cite_note-1">NOTE</li>'),
        (
            '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1">NOTE</div>',
        ),
        ('<a epub:type="noteref" href="n.xhtml#a">1</a>', '<aside epub:type="footnote">NOTE</aside>'),
    ],
)
def test_notes_as_word_libreoffice_pandoc_and_wikis_write_them(call: str, note: str) -> None:
    document = read(f"<!DOCTYPE html><p>{PARAGRAPHS[1]}{call}</p>{note}".encode(), name="a.html")
    assert document.text == f"{PARAGRAPHS[1]}\nNOTE\n"
    assert [block.kind for block in document.blocks] == ["paragraph", "footnote"]


def test_a_page_in_windows_1256_that_says_so_or_does_not() -> None:
    for head in ('<meta charset="windows-1256">', ""):
        data = f"<html><head>{head}</head><body><p>{PARAGRAPHS[1]}</p></body></html>"
        document = read(data.replace("﴿", "{").replace("﴾", "}").encode("cp1256"), name="a")
        assert "يا أيها الذين آمنوا" in document.text


def test_a_broken_part_costs_that_part_alone_and_is_named() -> None:
    document = read(docx(notes="<broken>"), name="chapter.docx")
    assert "إنما الأعمال" in document.text
    assert document.notes[0].startswith("its part word/footnotes.xml is not well-formed XML")


def long_docx(packed: int) -> tuple[bytes, list[str]]:
    """A Word file of many paragraphs, its parts packed or not, and its paragraphs."""
    lines = [f"{PARAGRAPHS[0]} {number}" for number in range(200)]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", "<styles/>")
    return data.getvalue(), lines


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_left_of_a_file_that_was_cut_off_is_read_and_said(packed: int) -> None:
    data, lines = long_docx(packed)
    document = read(data[: int(len(data) * 0.6)], name="chapter.docx")
    kept = [line for line in document.text.split("\n") if line in lines]
    assert kept[:-1] == lines[: len(kept) - 1] and len(kept) > 20
    assert any("cut off" in note for note in document.notes)


def test_a_part_whose_bytes_are_wrong_is_read_up_to_there_and_said() -> None:
    data, lines = long_docx(zipfile.ZIP_DEFLATED)
    middle = data.index(b"word/styles.xml") // 2
    wrong = data[:middle] + b"\xff" * 40 + data[middle + 40 :]
    document = read(wrong, name="chapter.docx")
    assert document.text.split("\n")[:20] == lines[:20]
    assert any("word/document.xml is damaged" in note for note in document.notes)
    with pytest.raises(InputError, match="damaged"):  # nothing is written into a damaged file
        File(wrong, "chapter.docx").part("word/document.xml")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.epub", "a.odt"])
def test_a_file_that_is_not_what_its_name_says_is_told_so(name: str) -> None:
    with pytest.raises(InputError, match=rf"{name}: is no {name[1:]} file, as it is called"):
        read(b"\0\1\2" * 400, name=name)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 word/document.xml but no archive", "damaged archive"),
        (zipped({"word/document.xml": "<w:document"}), "word/document.xml is not well-formed XML"),
        (zipped({"word/document.xml": f"<w:document {W}/>"}), "no text"),
        (zipped({"mimetype": "application/epub+zip", "a": ""}), "META-INF/container.xml"),
        (b'<?xml version="1.0"?><TEI>', "the file is not well-formed XML"),
        (b"<html></html>", "no text"),
        (b"<TEI>" + b"<p>" * 3000 + b"a" + b"</p>" * 3000 + b"</TEI>", "not well-formed XML"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(data, name="file")


def test_no_entity_reaches_a_file_and_none_grows() -> None:
    secret = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><p>قبل &x; بعد</p></TEI>'
    assert "root:" not in read(secret.encode(), name="a").text
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE TEI [<!ENTITY l0 "ها">{laughs}]><TEI><p>نص &l11;</p></TEI>'
    with pytest.raises(InputError, match="amplification"):
        read(bomb.encode(), name="a")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"word/document.xml": f"<w:document {W}>{'<w:p/>' * 100_000}</w:document>"})
    from takhrij.read.markup import archive
    from takhrij.read.markup import docx as docx_reader

    monkeypatch.setattr(archive.Archive.__init__, "__defaults__", (10_000, None))
    with pytest.raises(InputError, match="unpacks to more"):
        docx_reader.read(data, "a")


def test_the_command_reads_a_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from takhrij.cli import main

    path = tmp_path / "chapter.docx"
    path.write_bytes(docx())
    assert main(["check", str(path), "--format", "text"]) in (0, 1)
    assert "(docx)" in capsys.readouterr().out


def test_documents_of_text_have_no_tree() -> None:
    document: Document = read("نص".encode(), name="a.txt")
    with pytest.raises(takhrij.TakhrijError, match="file_offset"):
        tree_place(document, 0)
