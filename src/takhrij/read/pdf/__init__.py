"""In: the bytes of a PDF. Out: its text in reading order, every word with its page and box.

Pages that are pictures are read by Tesseract where it is installed; what was left out, could not be read or
is hardly to be trusted stands in the document's notes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from takhrij.errors import InputError
from takhrij.model import Document
from takhrij.read.pdf import repair, scanned
from takhrij.read.pdf.glyphs import Glyph, Page, Pages
from takhrij.read.pdf.laid_out import laid_out
from takhrij.read.pdf.lines import Line, lines
from takhrij.read.pdf.order import direction
from takhrij.read.pdf.paragraphs import Column, directed, paragraphs, read_text, without_running
from takhrij.read.progress import Progress, silent

_SCANNED = 0.5  # of a page that a picture covers
_FEW = 30  # characters on a page that is a picture: a stamp or a page number
_SHOWN = 3  # running heads that a note quotes


def read(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Read a PDF file; raises InputError where nothing in it can be read.

    `Document.boxes` has the page and the box of every word. A page that cannot be read costs that page, and
    the notes say so.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages = Pages(data, name)
    trouble: dict[str, list[int]] = {}
    gutters: list[float] = []
    columns: list[Column] = []
    for page in pages:
        progress("reading page", page.number - 1, len(pages))
        columns += _columns(page, data, gutters, trouble)
    progress("reading page", len(pages), len(pages))
    kept, running = without_running(columns, len(pages))
    notes = [f"{_pages(where)}: {what}" for what, where in trouble.items()]
    if not kept:
        raise InputError("; ".join([f"{name}: has no text in it that could be read", *notes]))
    return laid_out(paragraphs(kept), name, (*notes, *_left_out(running)))


def _columns(page: Page, data: bytes, gutters: list[float], trouble: dict[str, list[int]]) -> list[Column]:
    """The columns of a page; what is wrong with it is taken down."""
    glyphs = [repair.mended(glyph) for glyph in page.glyphs]
    said = [f"could not be read to the end ({page.error})"] if page.error else []
    if not (page.glyphs or page.picture or page.error or page.empty):
        said.append("no text: the words are drawn as shapes, or it is damaged")
    if page.turned > _FEW:
        said.append("text that is written at an angle was left out")
    if page.picture >= _SCANNED:
        if sum(not glyph.text.isspace() for glyph in glyphs) < _FEW:
            found, why = scanned.recognised(data, page)
            glyphs += found
            said.append(why)
        elif page.hidden > len(glyphs) / 2:
            said.append("a picture; its text is what another program recognised in it")
    columns = _laid(glyphs, page, gutters)
    text = _text(columns)
    if repair.stored_backwards(text):
        for line in (line for column in columns for line in column.lines):
            line.words = [word._replace(glyphs=word.glyphs[::-1]) for word in line.words]
        text = _text(columns)
        said.append("its words were stored from left to right, and turned")
    if doubt := repair.doubts(text):
        said.append(f"the text is hardly to be trusted: {doubt}")
    for what in said:
        trouble.setdefault(what, []).append(page.number)
    return columns


def _text(columns: Sequence[Column]) -> str:
    return "\n".join(read_text(line) for column in columns for line in column.lines)


def _laid(glyphs: Sequence[Glyph], page: Page, gutters: list[float]) -> list[Column]:
    to_left = direction("".join(glyph.text for glyph in glyphs)) > 0
    by_column: dict[int, list[Line]] = {}
    for line in lines(glyphs, to_left, gutters):
        by_column.setdefault(line.column, []).append(line)
    for column in by_column.values():
        directed(column)
    return [Column(page.number, page.height, column) for column in by_column.values()]


def _left_out(running: Sequence[str]) -> Iterable[str]:
    if running:
        quoted = ", ".join(f"“{text}”" for text in list(dict.fromkeys(running))[:_SHOWN])
        yield f"{len(running)} running heads and page numbers were left out: {quoted}"


def _pages(numbers: Sequence[int]) -> str:
    """Pages as a reader lists them: "page 3", "pages 3, 5-8"."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    listed = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in stretches)
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"
