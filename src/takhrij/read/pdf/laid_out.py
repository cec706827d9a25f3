"""From paragraphs to a document: lines read and joined, calls of notes taken out, every word with its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from takhrij.model import Block, Document, PageOrigin, Span
from takhrij.read.pdf.glyphs import Glyph
from takhrij.read.pdf.order import Read, brackets_mended, brackets_turned, mirrored
from takhrij.read.pdf.paragraphs import Paragraph, calls, read_lines

_COMPOUND = re.compile(r"[^\W\d_]-\Z")
_HYPHEN = re.compile(r"[^\W\d_]{2}[-\u00ad\u2010]\Z")


class _Piece(NamedTuple):
    """A word as it is read, and where it stands; a space or a line's end has no box."""

    text: str
    box: PageOrigin | None = None


def laid_out(paragraphs: Sequence[Paragraph], name: str, notes: tuple[str, ...]) -> Document:
    """The document of paragraphs, a line end behind each, notes behind the paragraph that calls them."""
    turned = brackets_turned([line for one in _all(paragraphs) for line in read_lines(one)])
    texts: list[str] = []
    boxes: list[PageOrigin] = []
    blocks: list[Block] = []
    at = 0
    for paragraph in _all(paragraphs):
        start = at
        for text, box in _pieces(paragraph, turned):
            if box is not None:
                boxes.append(box._replace(text_start=at))
            texts.append(text)
            at += len(text)
        if at == start:
            continue
        called = blocks[-1].span.end if paragraph.kind == "footnote" and blocks else None
        blocks.append(
            Block(
                span=Span(start, at),
                kind=paragraph.kind,
                level=paragraph.level,
                page=str(paragraph.page),
                call=called,
            )
        )
        texts.append("\n")
        at += 1
    return Document(
        text="".join(texts), name=name, format="pdf", blocks=tuple(blocks), boxes=tuple(boxes), notes=notes
    )


def _all(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        yield paragraph
        yield from paragraph.notes


def _pieces(paragraph: Paragraph, turned: bool) -> list[_Piece]:
    """The words of a paragraph with the spaces between them."""
    answered = {note.marker for note in paragraph.notes}
    pieces: list[_Piece] = []
    for (page, height, line), read in zip(paragraph.lines, read_lines(paragraph), strict=True):
        called = answered and set(calls(line)) <= answered
        kept = [one for one in read if not (called and one.word >= 0 and line.raised(one.glyph))]
        words = list(_words(kept, page, height, turned))
        if not words:
            continue
        if pieces:
            last = pieces[-1]
            if _HYPHEN.search(last.text) and words[0].text[:1].islower():
                pieces[-1] = last._replace(text=last.text[:-1])
            elif not _COMPOUND.search(last.text):
                pieces.append(_Piece(" "))
        pieces += words
    return pieces


def _words(read: Sequence[Read], page: int, height: float, turned: bool) -> Iterator[_Piece]:
    """The words of a line; what is between two of them is one space."""
    glyphs: list[Glyph] = []
    text = ""
    waiting = False
    for one in [*read, None]:
        if one is not None and one.word >= 0:
            if waiting:
                yield _Piece(" ")
                waiting = False
            glyphs.append(one.glyph)
            text += mirrored(one.glyph.text) if turned and one.turned else one.glyph.text
        elif glyphs:
            yield _Piece(brackets_mended(text), _box(glyphs, page, height))
            glyphs, text, waiting = [], "", True


def _box(glyphs: Sequence[Glyph], page: int, height: float) -> PageOrigin:
    left, top, right, bottom = zip(*(glyph.box(height) for glyph in glyphs), strict=True)
    return PageOrigin(
        0, page, round(min(left), 1), round(min(top), 1), round(max(right), 1), round(max(bottom), 1)
    )
