"""A text in pieces that overlap, so that a long book takes no more memory than a short one."""

from __future__ import annotations

import bisect
import mmap
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from takhrij.errors import InputError
from takhrij.model import Block, Document, Span, replace
from takhrij.read import file_offset, openiti, read

OVERLAP = 8_000  # code points read before and behind them; a longer quotation may be cut
_BYTES = 2  # of a code point of Arabic in UTF-8
_FAR = 20_000  # code points that are looked through for the end of a line, then of a word
_HEAD = 1 << 16  # bytes in which an OpenITI file is told
_HEADER_END = b"#META#Header#End#"
_LONGEST_MARK = 40  # bytes
_OUTSIDE = re.compile(rb"#{1,6} ?\|(?:EDITOR|PARATEXT)\|")


class Piece(NamedTuple):
    """A stretch of a text: `document` with its surroundings, of which `own` is what is looked at here.

    `base` added to a place in the piece is the place in the whole text; `block` likewise of block numbers,
    `line` of lines.
    """

    document: Document
    own: Span
    base: int
    block: int
    line: int = 0


def pieces(path: str, name: str, size: int, overlap: int = OVERLAP) -> Iterator[Piece]:
    """The pieces of a file in their order. OpenITI files are read bit by bit, others whole.

    Raises InputError as `read` does.
    """
    with _mapped(path) as file:
        if file is not None and _is_openiti(file):
            yield from _of_openiti(file, name, size, overlap)
            return
    yield from cut(read(path, name=name), size, overlap)


def cut(document: Document, size: int, overlap: int = OVERLAP) -> Iterator[Piece]:
    """The pieces of a document: cut behind lines, or words where a line is very long."""
    text = document.text
    bounds = [0]
    while len(text) - bounds[-1] > size + overlap:
        bounds.append(_gap(text, bounds[-1] + size))
    bounds.append(len(text))
    ends = [block.span.end for block in document.blocks]
    for start, stop in pairwise(bounds):
        if start == stop:
            continue
        low = _gap(text, start - overlap) if start > overlap else 0
        low, high = min(low, start), min(len(text), stop + overlap)
        first = bisect.bisect_right(ends, low)
        last = bisect.bisect_left(document.blocks, high, key=lambda block: block.span.start)
        blocks = tuple(_within(block, low, high, text) for block in document.blocks[first:last])
        part = Document(
            text=text[low:high],
            name=document.name,
            format=document.format,
            blocks=blocks,
            notes=document.notes,
        )
        yield Piece(replace(part, encoding=document.encoding), Span(start - low, stop - low), low, first)


def _gap(text: str, at: int) -> int:
    """The first place behind a line's end from `at` on; behind a blank, or there, if no line ends soon."""
    for mark in ("\n", " "):
        found = text.find(mark, at, at + _FAR)
        if found >= 0:
            return found + 1
    return min(at, len(text))


def _within(block: Block, low: int, high: int, text: str) -> Block:
    start, end = max(block.span.start, low), min(block.span.end, high)
    line = block.line
    if line is not None and start > block.span.start:
        line += text.count("\n", block.span.start, start)
    return replace(block, span=Span(start - low, end - low), line=line)


# ---------------------------------------------------------------- OpenITI, from the file


class _mapped:
    """A file mapped into memory; None for an empty one, or one that `read` is to refuse."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.file: mmap.mmap | None = None

    def __enter__(self) -> mmap.mmap | None:
        try:
            with self.path.open("rb") as file:
                self.file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None
        return self.file

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()


def _is_openiti(file: mmap.mmap) -> bool:
    head = file[:_HEAD]
    return openiti.recognises(head.decode("utf-8-sig", "ignore")) and _HEADER_END in head


def _of_openiti(file: mmap.mmap, name: str, size: int, overlap: int) -> Iterator[Piece]:
    """Cut before lines with a mark of their own (those with ~~ go on), and read each piece as a file."""
    body = file.find(b"\n", file.find(_HEADER_END)) + 1 or len(file)
    bounds = [body]
    while len(file) - bounds[-1] > _BYTES * (size + overlap):
        bounds.append(_marked(file, bounds[-1] + _BYTES * size))
    bounds.append(len(file))
    total = blocks = lines = counted = 0
    for start, stop in pairwise(bounds):
        low = max(body, file.rfind(b"\n#", body, max(body, start - _BYTES * overlap)) + 1)
        high = _marked(file, stop + _BYTES * overlap)
        lines, counted = lines + file[counted:low].count(b"\n"), low
        head = _head(file, body, low)
        parts = [_decoded(file[a:b], name) for a, b in pairwise((low, start, stop, high))]
        try:
            document = openiti.read(head + "".join(parts), name)
        except InputError:  # no text in it
            continue
        begins = [*(block.span.start for block in document.blocks), len(document.text)]
        places = (len(head) + len(parts[0]), len(head) + len(parts[0]) + len(parts[1]))
        first, last = (_block_at(document, place) for place in places)
        own = Span(begins[first], begins[last])
        yield Piece(document, own, total - own.start, blocks - first, lines - head.count("\n"))
        total, blocks = total + own.end - own.start, blocks + last - first
    if not blocks:
        raise InputError(f"{name}: an OpenITI header and no text after it")


def _marked(file: mmap.mmap, at: int) -> int:
    """The first place from `at` on where a line with a mark of its own begins; the end if none does."""
    return file.find(b"\n#", at) + 1 or len(file)


def _head(file: mmap.mmap, body: int, low: int) -> str:
    """What stands before a piece of a file for it to be read as in its place: a header, an open section."""
    section = file.rfind(b"\n###", body - 1, low) + 1
    outside = section and _OUTSIDE.match(file[section : section + _LONGEST_MARK])
    return "######OpenITI#\n#META#Header#End#\n" + ("### |PARATEXT|\n" if outside else "")


def _block_at(document: Document, place: int) -> int:
    """The first block that begins in the file at `place` or behind it."""
    return bisect.bisect_left(document.blocks, place, key=lambda b: file_offset(document, b.span.start))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 as OpenITI files are ({error.reason})") from None
