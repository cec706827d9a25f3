"""Reading: bytes decoded, the format told, the text laid out as a `Document` by the format's module."""

from __future__ import annotations

import bisect
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

from takhrij.errors import InputError, UsageError
from takhrij.model import Document, PageOrigin, TreeOrigin, replace
from takhrij.read import apart, load, markdown, openiti, plain
from takhrij.read.decode import OVERRIDES, decode, mend_surrogates
from takhrij.read.progress import Progress, silent

_READERS: dict[str, Callable[[str, str], Document]] = {
    "text": plain.read,
    "markdown": markdown.read,
    "openiti": openiti.read,
}
TEXT_FORMATS = tuple(_READERS)
FORMATS = (*TEXT_FORMATS, *apart.FORMATS)
"""The formats that can be named; without one the format is told from the content and the name."""

_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_MARKUP_SUFFIXES = (".xml", ".tei", ".tex")
_ZIPPED = ("docx", "odt", "epub")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HEAD = 1 << 14  # bytes in which a file says what it is
_JOINERS = "\u200c\u200d"  # part of Persian and Indic file names, and harmless


def read(
    path_or_bytes: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    format: str | None = None,
    limit: int = load.SIZE_LIMIT,
    progress: Progress = silent,
) -> Document:
    """Read a text from a path, from bytes, or ("-") from standard input.

    Word, OpenDocument, RTF, EPUB, TEI, HTML and PDF files are told from their bytes and read in a process of
    their own. Plain text, Markdown and OpenITI mARkdown are read in UTF-8, UTF-16, UTF-32 or Windows-1256;
    `Document.encoding` says which. `notes` has what is uncertain, and what could not be read. `name` is what
    to call the text in messages, `limit` is in bytes. Offsets into the file count code points after its byte
    order mark. `progress` is called with a stage, how much is done, of how much.

    Raises `InputError` (missing, too large, binary, empty, not decodable) and `UsageError` (unknown format).
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"unknown input format {format!r}; known: {', '.join(FORMATS)}")
    if isinstance(path_or_bytes, bytes):
        name = shown(name or "bytes")
        data = path_or_bytes
    elif os.fspath(path_or_bytes) == "-":
        name = shown(name or "standard input")
        data = load.load_standard_input(name, limit)
    else:
        name = shown(name or os.fspath(path_or_bytes))
        data = load.load_file(Path(path_or_bytes), name, limit)
    told = _told(data, name) if format is None else format
    if told in apart.FORMATS:
        return _noted(apart.read_apart(data, name, told, progress))
    try:
        decoded = decode(data, name)
    except InputError:
        if (kind := Path(name).suffix.lower().removeprefix(".")) in (*_ZIPPED, "pdf"):
            raise InputError(
                f"{name}: is no .{kind} file, as it is called, or is too damaged; save it again"
            ) from None
        raise
    return _noted(_document(decoded.text, name, format, decoded.encoding, decoded.notes))


def read_text(text: str, *, name: str = "text", format: str | None = None) -> Document:
    """Lay out a string as `read` does a file; its text stays as it is, but for lone surrogates (U+FFFD).

    Raises `InputError` where it is empty, `UsageError` for an unknown format.
    """
    if format is not None and format not in _READERS:
        raise UsageError(f"unknown input format {format!r}; known: {', '.join(TEXT_FORMATS)}")
    name = shown(name)
    if not text or text.isspace():
        raise InputError(f"{name}: is empty")
    text, notes = mend_surrogates(text)
    return _noted(_document(text, name, format, None, notes))


def _told(data: bytes, name: str) -> str | None:
    """The format of a file that is no plain text, told from its bytes; None for any other."""
    head = data[:_HEAD]
    kind = Path(name).suffix.lower().removeprefix(".")
    if head.startswith(b"PK\x03\x04") or (kind in _ZIPPED and b"PK\x03\x04" in data):
        if b"application/vnd.oasis.opendocument.text" in head:
            return "odt"
        if b"application/epub+zip" in head or b"META-INF/container.xml" in data:
            return "epub"
        return "docx" if b"word/document.xml" in data else None
    if b"%PDF-" in head[:1024] or (kind == "pdf" and b"endobj" in data):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.startswith(b"<"):
        return None
    is_xml = head.startswith(b"<?xml")
    if head.startswith((b"<tei", b"<!doctype tei")) or (is_xml and b"<tei" in head):
        return "tei"
    named = name.lower().endswith(_HTML_SUFFIXES)
    return (
        "html"
        if named or head.startswith((b"<!doctype html", b"<html")) or (is_xml and b"<html" in head)
        else None
    )


def tree_place(document: Document, offset: int) -> TreeOrigin:
    """The node in which the text's character at `offset` stands, `start` being its place there.

    For documents whose text stands in a tree; raises UsageError for others (`file_offset` is for those).
    """
    if not document.tree:
        raise UsageError(f"{document.name}: its text stands in no tree; use file_offset")
    at = bisect.bisect_right(document.tree, offset, key=lambda origin: origin.text_start) - 1
    node = document.tree[at]
    return node._replace(text_start=offset, start=node.start + offset - node.text_start)


def page_place(document: Document, offset: int) -> PageOrigin:
    """The page, and on it the box of the word, in which the text's character at `offset` stands.

    For documents that have pages and boxes (PDF); raises UsageError for others.
    """
    if not document.boxes:
        raise UsageError(f"{document.name}: its text has no boxes on pages; use file_offset or tree_place")
    at = bisect.bisect_right(document.boxes, offset, key=lambda origin: origin.text_start) - 1
    return document.boxes[max(at, 0)]._replace(text_start=offset)


def file_offset(document: Document, offset: int) -> int:
    """Return where in the decoded file the text's character at `offset` stands, in code points.

    A space that the reader put for a removed mark or a line break points at what it replaces.
    """
    at = bisect.bisect_right(document.origins, offset, key=lambda origin: origin.text_start) - 1
    origin = document.origins[at]
    return origin.file_start + offset - origin.text_start


def line_of(document: Document, offset: int) -> int:
    """Return the line of the file, from 1, in which the text's character at `offset` stands.

    In OpenITI files, whose lines are joined, the first line of its paragraph.
    """
    at = bisect.bisect_right(document.blocks, offset, key=lambda block: block.span.start) - 1
    if at < 0:
        return document.text.count("\n", 0, offset) + 1
    block = document.blocks[at]
    return (block.line or 1) + document.text.count("\n", block.span.start, offset)


def shown(name: str) -> str:
    """Return a file name that can be printed: control, direction-changing, undecodable characters escaped."""
    if name.isprintable():
        return name
    return "".join(
        char if char.isprintable() or char in _JOINERS else char.encode("unicode_escape").decode("ascii")
        for char in unicodedata.normalize("NFC", name)
    )


def _document(
    text: str, name: str, format: str | None, encoding: str | None, notes: tuple[str, ...]
) -> Document:
    format = format or _format_of(text, name)
    document = _READERS[format](text, name)
    if format == "text" and name.lower().endswith(_MARKUP_SUFFIXES):
        notes += ("read as plain text, with its tags: it does not begin as a file of that format does",)
    if "\ufffd" in text and not any("surrogate" in note for note in notes):
        count = text.count("\ufffd")
        notes += (f"holds {count:,} replacement character(s) U+FFFD: it was damaged when it was saved",)
    return Document(
        text=document.text,
        name=name,
        format=format,
        encoding=encoding,
        blocks=document.blocks,
        origins=document.origins,
        notes=notes + document.notes,
    )


def _noted(document: Document) -> Document:
    """The document, with a note where what is seen may be in another order than what is compared."""
    count = sum(map(document.text.count, OVERRIDES))
    if not count:
        return document
    note = (
        f"holds {count:,} sign(s) that override the direction of writing (U+202D, U+202E): letters may be"
        " seen in another order than they stand in, and are compared as they stand"
    )
    return replace(document, notes=(*document.notes, note))


def _format_of(text: str, name: str) -> str:
    if openiti.recognises(text):
        return "openiti"
    return "markdown" if name.lower().endswith(_MARKDOWN_SUFFIXES) else "text"
