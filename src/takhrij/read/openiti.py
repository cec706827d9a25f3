"""OpenITI mARkdown: the reading text without its marks, and where each of its characters stands in the file.

The scheme is OpenITI's (https://openiti.org, "OpenITI mARkdown"). Marks are removed; every other character is
taken over from the file as it is. Only these characters of the text are synthesised, and their origin is what
they stand for: a space for a line break before `~~`, a space for a mark between two words without a space.
One newline, the file's own, separates blocks. Page marks name the page that *ends* there
(`PageBeg…`: begins), so a block's page is that of the next mark after its first character.
"""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from takhrij.errors import InputError
from takhrij.model import Block, Document, Origin, Span
from takhrij.read.lines import Line, lines, refuse_too_many

_MAGIC = re.compile(r"\s{0,100}#{2,10}OpenITI#")
_HEADER_END = re.compile(r"^#META#Header#End#[^\r\n]*", re.MULTILINE)
_SECTION = re.compile(r"#{1,6} ?\|([A-Z]{2,20})\|[ \t]*")  # ### |EDITOR|, ### |PARATEXT|, ### |APPENDIX|
_HEADING = re.compile(r"#{1,6} ?(\|{1,9})[ \t]*")
_UNIT = re.compile(
    r"###[ \t]{1,4}(?:\$[A-Z_]{2,20}\$|\${1,4}|@)(?:[ \t]{1,4}RAW\b)?[ \t]*"
)  # lives, events, entries
_VERSE = re.compile(r"(?:#[ \t]{1,4})?%[ \t]{1,4}")
_RIWAYA = re.compile(r"#[ \t]{1,4}\$[A-Z_]{2,20}\$[ \t]*")
_PARAGRAPH = re.compile(r"#(?:[ \t]+|$)")
_NO_TEXT = re.compile(r"#META#|#NewRec#|#\$#|#~:|#####")
_HAS_MARK = re.compile(r"[@%]|Page|Folio|ms|Milestone|Y[A-Z]?\d")
_MARK = re.compile(
    r"(?:Page|Folio)(?P<side>Beg(?:inning)?|End)?(?P<page>V[0-9A-Za-z]{1,8}P[0-9]{1,6}(?:[A-Za-z](?![A-Za-z]))?)"
    r"|(?<![0-9A-Za-z])(?:ms[A-Z]?[0-9]{1,6}(?:-[0-9]{1,6})?|Milestone[0-9]{1,6})(?![0-9a-z])"
    r"|%~%"
    r"|@[A-Z][A-Z0-9_@]{0,60}"
    r"|(?<![0-9A-Za-z])Y[A-Z]?[0-9]{1,4}(?![0-9A-Za-z])"
)
_PARATEXT = frozenset({"EDITOR", "PARATEXT"})
_BLANKS = " \t"
_BLANK_RUN = re.compile(r"[ \t]*")
_HEAD = 64  # a line's mark stands in its first characters


class _Opened(NamedTuple):
    """A block that has begun: where in the text and in the file, and what it is."""

    start: int
    file_start: int
    kind: str
    level: int
    line: int


def recognises(text: str) -> bool:
    """Tell an OpenITI file by its first line, `######OpenITI#`."""
    return _MAGIC.match(text) is not None


def metadata(text: str) -> dict[str, str]:
    """Return the `#META# key :: value` pairs of the header, without the empty ones (NODATA and the like)."""
    header = text[: _body_start(text)]
    pairs = (
        line.removeprefix("#META#").partition("::")
        for line in header.splitlines()
        if line.startswith("#META#")
    )
    values = ((key.strip(), value.strip()) for key, _, value in pairs)
    return {key: value for key, value in values if value and value not in {"NODATA", "NOTGIVEN", "NOCODE"}}


def read(text: str, name: str) -> Document:
    """Lay out an OpenITI file.

    Raises `InputError` where the file holds a header and no text.
    """
    layout = _Layout(text, name)
    body = _body_start(text)
    for line in lines(text):
        if body <= line.start < line.end:
            layout.line(line)
    return layout.document()


def _body_start(text: str) -> int:
    end = _HEADER_END.search(text)
    if end:
        return end.end()
    magic = _MAGIC.match(text)
    return magic.end() if magic else 0


class _Layout:
    """The text so far, its origins and blocks; fed line by line."""

    def __init__(self, file: str, name: str) -> None:
        self.file = file
        self.name = name
        self.pieces: list[str] = []
        self.length = 0
        self.origins: list[Origin] = []
        self.expected = -1  # the file offset at which the text would go on one for one
        self.opened: list[_Opened] = []
        self.ends: list[int] = []  # in the text, of the blocks that are complete
        self.line_end: tuple[int, int] = (0, 0)  # in the file, of the last line that gave text
        self.paratext = False
        self.pages_end: list[tuple[int, str]] = []  # file offset of the mark, page
        self.pages_begin: list[tuple[int, str]] = []

    def line(self, line: Line) -> None:
        """Take in one line of the body."""
        head = self.file[line.start : min(line.end, line.start + _HEAD)]
        if head.startswith("~~"):
            stretches = self._stretches(line.start + 2, line.end)
            if stretches and self.opened:
                self._space(self.line_end[0])
                self._take(stretches, line)
                return
            kind, level = "paratext" if self.paratext else "paragraph", 0
        else:
            kind, level, mark = self._kind(head)
            if kind == "none":
                return
            stretches = self._stretches(line.start + mark, line.end)
        if stretches:
            if kind == "paragraph" and self.file.find("%~%", line.start, line.end) >= 0:
                kind = "verse_line"
            self._open(_Opened(self.length, stretches[0][0], kind, level, line.number))
            self._take(stretches, line)

    def document(self) -> Document:
        """Close the last block and give the document."""
        if not self.opened:
            raise InputError(f"{self.name}: an OpenITI header and no text after it")
        self.ends.append(self.length)
        page_ends = [offset for offset, _ in self.pages_end]
        page_begins = [offset for offset, _ in self.pages_begin]
        blocks = []
        for block, end in zip(self.opened, self.ends, strict=True):
            after = bisect.bisect_left(page_ends, block.file_start)
            before = bisect.bisect_right(page_begins, block.file_start) - 1
            page = self.pages_end[after][1] if after < len(page_ends) else None
            page = self.pages_begin[before][1] if page is None and before >= 0 else page
            span = Span(block.start, end)
            blocks.append(Block(span=span, kind=block.kind, level=block.level, page=page, line=block.line))
        return Document(
            text="".join(self.pieces),
            name=self.name,
            format="openiti",
            blocks=tuple(blocks),
            origins=tuple(self.origins),
        )

    def _kind(self, head: str) -> tuple[str, int, int]:
        """What a line is ("none": it has no text), the level of a heading, and how long its mark is."""
        if section := _SECTION.match(head):
            self.paratext = section[1] in _PARATEXT
            return "paratext" if self.paratext else "heading", 0, section.end()
        if heading := _HEADING.match(head):
            self.paratext = False
            return "heading", len(heading[1]), heading.end()
        if unit := _UNIT.match(head):
            self.paratext = False
            return "paragraph", 0, unit.end()
        if _NO_TEXT.match(head):
            return "none", 0, 0
        kind = "paratext" if self.paratext else "paragraph"
        if mark := _VERSE.match(head):
            return "verse_line", 0, mark.end()
        mark = _RIWAYA.match(head) or _PARAGRAPH.match(head)
        return kind, 0, mark.end() if mark else 0

    def _stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of a line that are text: no marks, no white space at the edges or twice."""
        file = self.file
        kept: list[tuple[int, int]] = []

        def keep(start: int, end: int) -> None:
            if not kept or file[kept[-1][1] - 1] in _BLANKS:
                start = _BLANK_RUN.match(file, start, end).end()  # type: ignore[union-attr]
            if start < end:
                kept.append((start, end))

        at = start
        if _HAS_MARK.search(file, start, end):
            for mark in _MARK.finditer(file, start, end):
                if mark["page"]:
                    begins = (mark["side"] or "").startswith("Beg")
                    (self.pages_begin if begins else self.pages_end).append((mark.start(), mark["page"]))
                keep(at, mark.start())
                at = mark.end()
        keep(at, end)
        while kept:
            first, last = kept.pop()
            last = first + len(file[first:last].rstrip(_BLANKS))
            if last > first:
                kept.append((first, last))
                break
        return kept

    def _open(self, block: _Opened) -> None:
        if self.opened:
            self.ends.append(self.length)
            self._copy(*self.line_end)
            block = block._replace(start=self.length)
        self.opened.append(block)
        refuse_too_many(len(self.opened), self.name)

    def _take(self, stretches: list[tuple[int, int]], line: Line) -> None:
        before: int | None = None
        for start, end in stretches:
            if (
                before is not None
                and self.file[before - 1] not in _BLANKS
                and self.file[start] not in _BLANKS
            ):
                self._space(before)
            self._copy(start, end)
            before = end
        self.line_end = (line.end, line.after)

    def _copy(self, start: int, end: int) -> None:
        if start != self.expected:
            self.origins.append(Origin(text_start=self.length, file_start=start))
        self.pieces.append(self.file[start:end])
        self.length += end - start
        self.expected = end

    def _space(self, origin: int) -> None:
        if origin != self.expected:
            self.origins.append(Origin(text_start=self.length, file_start=origin))
        self.pieces.append(" ")
        self.length += 1
        self.expected = origin + 1
