"""PDFs by three producers say what the text says; what cannot be read of one is named."""

from __future__ import annotations

import difflib
import io
import shutil
from pathlib import Path

import pytest

import takhrij
from takhrij.errors import InputError
from takhrij.model import Report
from takhrij.read import page_place, pdf, read
from takhrij.read.pdf import glyphs, repair, scanned
from takhrij.read.pdf.glyphs import Glyph
from takhrij.read.pdf.laid_out import laid_out
from takhrij.read.pdf.paragraphs import paragraphs, read_text
from takhrij.text import simple

DOCUMENTS = Path(__file__).parent / "documents"
PRODUCERS = ("libreoffice", "chromium", "xetex")
TEXTS = ("unvowelled", "vowelled", "english")


def made(*contents: str) -> bytes:
    """A PDF whose pages (300 by 400 points) have these drawing commands; F1 is Helvetica."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    pages = ""
    for content in contents:
        at = len(objects) + 1
        pages += f"{at} 0 R "
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents {at + 1} 0 R/Resources{font}>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{pages}]/Count {len(contents)}>>"
    body = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>startxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def drawn(*lines: tuple[int, int, str], size: int = 10) -> str:
    """Commands that write lines at their places."""
    return "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)


def told(report: Report) -> list[tuple[object, ...]]:
    return [
        (one.kind, simple(one.text).text, one.match, [source.ref for source in one.sources[:1]])
        for one in report.findings
    ]


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("text", TEXTS)
def test_the_words_and_the_findings_are_those_of_the_text(text: str, producer: str) -> None:
    wanted = (DOCUMENTS / f"{text}.txt").read_text("utf-8")
    document = read(DOCUMENTS / f"{text}-{producer}.pdf")
    words, found = simple(wanted).text.split(), simple(document.text).text.split()
    assert difflib.SequenceMatcher(None, words, found, autojunk=False).ratio() > 0.98
    expected = told(takhrij.check(text=wanted))
    share = sum(one in told(takhrij.check(document=document)) for one in expected) / len(expected)
    assert share >= 0.95
    assert not any("trust" in note for note in document.notes)


def test_a_finding_has_its_page_and_its_words_their_boxes() -> None:
    report = takhrij.check(DOCUMENTS / "vowelled-libreoffice.pdf")
    assert len({finding.place.page for finding in report.findings}) > 1
    for finding in report.findings:
        place = page_place(report.document, finding.span.start)
        assert str(place.page) == finding.place.page
        assert 0 <= place.left < place.right <= 612 and 0 <= place.top < place.bottom <= 792


def test_a_box_is_where_the_word_is_drawn() -> None:
    document = read(made(drawn((50, 300, "Before prayer"))), name="a")
    before, prayer = page_place(document, 0), page_place(document, document.text.index("prayer"))
    assert before.left == 50 and before.right < prayer.left < 100
    assert before.top < 400 - 300 < before.bottom < 400 - 300 + 10


def test_columns_are_read_one_after_the_other() -> None:
    left = [(20, 350 - 12 * n, f"left column line {n}") for n in range(12)]
    right = [(160, 350 - 12 * n, f"right column line {n}") for n in range(3)]
    title = (20, 380, "A title that runs over both of the columns below")
    text = read(made(drawn(title, *left, *right)), name="a").text
    assert text.index("title") < text.index("left column line 11") < text.index("right column line 0")


def test_running_heads_and_page_numbers_are_left_out_and_said() -> None:
    pages = [
        drawn((100, 385, "Book of Purity"), (20, 300, f"Text number {word} stands here."), (150, 15, str(at)))
        for at, word in enumerate(("one", "two", "three"), 7)
    ]
    document = read(made(*pages), name="a")
    assert document.text == "".join(f"Text number {word} stands here.\n" for word in ("one", "two", "three"))
    assert "6 running heads and page numbers were left out" in document.notes[0]
    assert "Book of Purity" in document.notes[0]


def test_a_note_follows_the_paragraph_that_calls_it_and_its_sign_is_no_word() -> None:
    page = drawn((20, 350, "Water purifies and nothing"), (20, 338, "defiles it."), (20, 300, "Another."))
    page += drawn((72, 342, "1"), size=6) + drawn((20, 40, "1 So in the Sunan."), size=8)
    document = read(made(page), name="a")
    assert document.text == "Water purifies and nothing defiles it.\n1 So in the Sunan.\nAnother.\n"
    assert [block.kind for block in document.blocks] == ["paragraph", "footnote", "paragraph"]
    assert document.blocks[1].call == document.blocks[0].span.end


def test_a_note_that_stands_at_the_foot_of_several_pages_is_no_running_head() -> None:
    pages = [
        drawn((20, 350, f"Water purifies, says {name}."))
        + drawn((20, 40, f"{at} al-Bukhari {number}."), size=8)
        for at, (name, number) in enumerate((("one", 135), ("two", 140), ("three", 206)), 1)
    ]
    assert read(made(*pages), name="a").text.count("al-Bukhari") == 3


def test_notes_at_the_end_follow_the_paragraphs_that_call_them() -> None:
    first = drawn((20, 350, "Water purifies.")) + drawn((92, 354, "1"), size=6)
    last = drawn((20, 350, "Sand stands in its place.")) + drawn((132, 354, "2"), size=6)
    notes = drawn((20, 60, "1. So in the Sunan."), (20, 48, "2. So in the verse."), size=8)
    assert read(made(first, last + notes), name="a").text == (
        "Water purifies.\n1. So in the Sunan.\nSand stands in its place.\n2. So in the verse.\n"
    )


def test_a_compound_keeps_its_hyphen_at_the_end_of_a_line() -> None:
    page = drawn(
        (20, 350, "So it is reported by al-"), (20, 338, "Bukhari in the chap-"), (20, 326, "ter of it.")
    )
    assert read(made(page), name="a").text == "So it is reported by al-Bukhari in the chapter of it.\n"


def placed(*words: str, y: float = 700, space: bool = False) -> list[Glyph]:
    """The glyphs of words that stand so on a line, from left to right, each 5 points wide."""
    found: list[Glyph] = []
    left = 0.0
    for word in words:
        for char in word:
            found.append(Glyph(char, left, left + 5, y, 10))
            left += 5
        if space:
            found.append(Glyph(" ", left, left + 3, y, 10))
        left += 3
    return found


def laid(*lines: list[Glyph]) -> str:
    """What is read of a page that these lines are drawn on."""
    page = glyphs.Page(1, 500, 800, [glyph for line in lines for glyph in line])
    columns = pdf._columns(page, b"", [], {})
    return laid_out(paragraphs(columns), "a", ()).text


def seen(text: str) -> list[str]:
    """Arabic words as they stand from left to right."""
    return text[::-1].split()


def test_arabic_that_goes_on_over_a_line_of_an_english_paragraph_is_read_in_its_order() -> None:
    first = placed("God", "says:", "﴿", *seen("وأنزلنا من السماء"))
    last = placed("(25:48)", "﴾", *seen("ماء طهورا")[:-1], "ءام,", "and", "it", "is", "clear.", y=685)
    assert laid(first, last) == "God says: ﴿ وأنزلنا من السماء ماء طهورا ﴾ (25:48), and it is clear.\n"


def test_brackets_stored_as_they_do_not_look_are_mended_by_their_words() -> None:
    assert laid(placed(")al-Bukhari", "135(.", "So", ")he", "said(,", "1)", "and", "2)")) == (
        "(al-Bukhari 135). So (he said), 1) and 2)\n"
    )


def test_a_stroke_that_stretches_a_letter_is_no_character() -> None:
    line = placed(*seen("قال رسول"), space=True)
    stroke = Glyph("#", 5, 6.6, 700, 10)
    assert laid([line[0], stroke, stroke._replace(left=6.4, right=8), *line[1:]]) == "قال رسول\n"


def test_a_gap_within_a_word_is_no_space_where_spaces_are_drawn() -> None:
    line = placed(*seen("ثم قال رسول"), space=True)
    apart = [glyph._replace(left=glyph.left + 2, right=glyph.right + 2) for glyph in line[2:]]
    assert laid([*line[:2], *apart]) == "ثم قال رسول\n"


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = drawn(*((20, 350 - 12 * n, "so many words that the line is full") for n in range(4)))
    document = read(made(first, drawn((20, 350, "and here it ends."))), name="a")
    assert len(document.blocks) == 1
    assert page_place(document, document.text.index("here")).page == 2


@pytest.mark.parametrize(
    ("stored", "letters"),
    [
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("ال", "لا"),
        ("هللا", "الله"),
        ("ﷺ", "ﷺ"),
        ("ﱠ", "َّ"),
        ("ﺑ", "ب"),
        ("والله", "والله"),
    ],
)
def test_presentation_forms_and_ligatures_stored_as_they_look_are_mended(stored: str, letters: str) -> None:
    assert repair.mended(Glyph(stored, 0, 1, 0, 10)).text == letters


def test_a_page_without_words_in_it_is_not_trusted() -> None:
    garbled = " ".join(f"xq{chr(97 + n % 26)}zw{chr(97 + n // 26)}" for n in range(60))
    page = drawn(*((10, 380 - 12 * n, garbled[40 * n : 40 * n + 40]) for n in range(10)))
    good = drawn((10, 300, "The water of the sea is pure, and what dies in it is lawful."))
    (note,) = read(made(good, page), name="a").notes
    assert note.startswith("page 2: the text is hardly to be trusted: only ")


def test_words_stored_from_left_to_right_are_turned() -> None:
    page = glyphs.Page(1, 500, 800)
    lines = [line for line in (DOCUMENTS / "unvowelled.txt").read_text("utf-8").split("\n") if "قال" in line]
    for number, line in enumerate(lines):
        left = 0
        for word in reversed(simple(line).text.split()):
            for char in word:  # as some programs place what they recognised in a picture
                page.glyphs.append(Glyph(char, left, left + 3, 700 - 20 * number, 10))
                left += 3
            left += 3
    trouble: dict[str, list[int]] = {}
    (column, *_) = pdf._columns(page, b"", [], trouble)
    assert "رسول الله" in " ".join(read_text(line) for line in column.lines)
    assert list(trouble) == ["its words were stored from left to right, and turned"]


def test_a_page_that_cannot_be_read_costs_that_page() -> None:
    good, shapes = drawn((20, 300, "This page can be read.")), "10 10 m 100 100 l S"
    document = read(made(shapes, good, shapes), name="a")
    assert document.text == "This page can be read.\n"
    assert document.notes == ("pages 1, 3: no text: the words are drawn as shapes, or it is damaged",)
    assert document.blocks[0].page == "2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n...", "is a damaged PDF file"),
        (made(), "without pages"),
        (made(""), "no text in it that could be read"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(data, name="a")


# ------------------------------------------------------------ pages that are pictures


def photographed(path: Path) -> bytes:
    """The first page of a PDF as a picture of it in a PDF."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    width, height = source[0].get_size()
    page = target.new_page(width, height)
    picture = pypdfium2.PdfImage.new(target)
    picture.set_bitmap(source[0].render(scale=3))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(picture)
    page.gen_content()
    target.save(saved := io.BytesIO())
    return saved.getvalue()


def test_a_page_that_is_a_picture_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned._languages.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(
        InputError, match=r"page 1: a picture without text, not read; .*apt-get install tesser"
    ):
        pdf.read(photographed(DOCUMENTS / "english-xetex.pdf"), "a")
    scanned._languages.cache_clear()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize(
    ("text", "verse"), [("english", "elbows, and wipe your heads"), ("unvowelled", "فاغسلوا")]
)
def test_a_page_that_is_a_picture_is_read_by_tesseract(text: str, verse: str) -> None:
    document = read(photographed(DOCUMENTS / f"{text}-libreoffice.pdf"), name="a")
    assert "page 1: a picture, read by Tesseract" in document.notes[0]
    assert verse in document.text
    place = page_place(document, document.text.index(verse))
    assert place.page == 1 and 0 < place.left < place.right and 0 < place.top < place.bottom
