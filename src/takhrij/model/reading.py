"""The values of reading: a document, its blocks, and where each of its characters stands in the file."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class Span(NamedTuple):
    """A stretch of text: code points, end exclusive."""

    start: int
    end: int


class Block(Struct, frozen=True, kw_only=True, gc=False):
    """A paragraph, heading, footnote, … of a document; the blocks of a document do not overlap."""

    span: Span
    kind: str = "paragraph"  # paragraph, heading, footnote, quote, verse_line, paratext, table
    level: int = 0  # of a heading
    page: str | None = None  # as the file names it: "V01P012", "12"
    line: int | None = None  # first line in the file, from 1
    call: int | None = None  # of a note: the code point of the text behind which it is called


class Origin(Struct, frozen=True, kw_only=True, gc=False):
    """From `text_start` on, the text's characters stand in the file one for one from `file_start` on."""

    text_start: int
    file_start: int


class TreeOrigin(NamedTuple):
    """From `text_start` on, the text's characters stand one for one in a node of an XML or HTML part.

    part: the file's part in an archive ("word/document.xml"), else empty; element: its place in the part, in
    the order of the start tags, from 0; behind: whether the text stands behind the element, not in it; start:
    where in that text up to the next tag, in code points, comments and processing instructions not counted.
    """

    text_start: int
    part: str
    element: int
    behind: bool
    start: int


class PageOrigin(NamedTuple):
    """From `text_start` on, the text's characters (a word's) stand on a page, in a box.

    page: counted from 1 in the file; left, top, right, bottom: in points (1/72 inch) from its upper left.
    """

    text_start: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """A text as read: its characters, its blocks, and where each character stands in the file.

    `origins` are sorted by `text_start` and begin at 0; `file_start` counts code points of the decoded file.
    Formats whose text stands in a tree (Word, TEI, HTML, …) have `tree` instead, those that have pages (PDF)
    `boxes`, sorted likewise.
    """

    text: str
    name: str
    format: str = "text"
    encoding: str | None = None
    blocks: tuple[Block, ...] = ()
    origins: tuple[Origin, ...] = (Origin(text_start=0, file_start=0),)
    tree: tuple[TreeOrigin, ...] = ()
    boxes: tuple[PageOrigin, ...] = ()
    notes: tuple[str, ...] = ()  # what a reader must know: encoding guessed, part unreadable, …
