"""From lines to paragraphs, notes kept apart, what runs at the head and foot of pages left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from takhrij.read.pdf.lines import Line
from takhrij.read.pdf.order import Read, direction, leaning, reading_order

_NOTE_SIZE = 0.93  # of the body's size, at most, is a footnote's
_MARGIN = 0.2  # of the page's height, above and below, where running heads stand
_HEADING = 1.12  # of the body's size
_INDENT = 0.9  # of the size: a line that begins so far inside begins a paragraph
_LEADING = (
    1.28  # of the usual distance of two lines is a gap between paragraphs, if the upper one may end there
)
_SURELY = 2.4  # the like wherever it ends
_NOTE = re.compile(r"[\[(﴾]?([0-9٠-٩۰-۹]{1,3}|[*†‡])[\])﴿]?[.\-ـ]?\s*")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—\[\](){}|/.]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|من)\s*\d{1,4})?[\s\-–—\[\](){}|.]*"
)
_COUNT = re.compile(r"\d{1,5}")
_RAGGED = 3.0  # of the size: a line that ends so far inside shows on which side its column is flush
_FLUSH = 4  # one line in so many begins or ends where the column does
_EARLY = ((".؟?!", 0.0), (':»”"﴾)]', 0.15))  # of the column free behind what ends so: a paragraph's end
_EARLY_OPEN = 0.3  # the like where no mark ends it
_NARROW = 24  # of the size: in columns so narrow a line is left short for want of words
_CALLED = " 0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹*†‡"
_SENTENCE_END = '.؟?!»”"﴾)]'


@dataclass(slots=True)
class Column:
    """Lines of one column of a page, from the top."""

    page: int
    height: float
    lines: list[Line]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, each with its page; the notes that it calls."""

    kind: str
    lines: list[tuple[int, float, Line]]  # page, its height, line
    level: int = 0
    indented: bool = False  # whether its first line begins inside the column
    free: float = 0.0  # points between the end of its last line and the column's
    width: float = 1.0  # of the column
    marker: str = ""  # of a note
    notes: list[Paragraph] = field(default_factory=list)

    @property
    def page(self) -> int:
        """On which it begins."""
        return self.lines[0][0]


def text_of(line: Line) -> str:
    """A line's characters as they are seen, from left to right."""
    return " ".join("".join(glyph.text for glyph in word.glyphs) for word in line.words)


def read_text(line: Line) -> str:
    """A line's characters in reading order."""
    read = reading_order([word.glyphs for word in line.words], line.to_left)
    return "".join(one.glyph.text for one in read)


def directed(lines: Sequence[Line]) -> None:
    """Tell the direction of a column's lines: their letters', unless they are flush on the other side."""
    left, right = edges(lines)
    for to_left in (True, False):
        same = [line for line in lines if (direction(text_of(line)) > 0) == to_left]
        flush_left = sum(_flush(line.left - left, right - line.right, line.size) for line in same)
        flush_right = sum(_flush(right - line.right, line.left - left, line.size) for line in same)
        for line in same:
            line.to_left = flush_left <= 2 * flush_right if to_left else flush_right > 2 * flush_left
            line.to_left &= to_left or flush_right > 1
    for line in lines:
        mixed = any(char.isascii() and char.isalpha() for char in text_of(line))
        if mixed and (leans := leaning([word.glyphs for word in line.words])):
            line.to_left = leans > 0
    for above, line in pairwise(lines):
        if not direction(text_of(line)):
            line.to_left = above.to_left


def edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where a column begins and ends on the page: where many lines do, else where the longest does."""
    left, right = [line.left for line in lines], [line.right for line in lines]
    return _common(left, min(left)), _common(right, max(right))


def _common(values: Sequence[float], outermost: float) -> float:
    value, count = Counter(round(one) for one in values).most_common(1)[0]
    return value if count >= max(3, len(values) / _FLUSH) else outermost


def _flush(here: float, there: float, size: float) -> bool:
    return here < 0.5 * size and there > _RAGGED * size


# ------------------------------------------------------------ heads and feet


def without_running(columns: list[Column], pages: int) -> tuple[list[Column], list[str]]:
    """The columns without page numbers and without the heads and feet of several pages; what those were."""
    outermost = _outermost(columns)
    edges = [
        (column, line)
        for column in columns
        for line in column.lines
        if _at_edge(column, line) or id(line) in outermost
    ]
    seen: Counter[tuple[str, int]] = Counter()
    for _, group in groupby(edges, key=lambda one: one[0].page):
        seen.update({key for column, line in group for key in _recurring(line, column.page)})
    least = 2 if pages < 4 else 3
    running = {
        id(line): read_text(line)
        for column, line in edges
        if max(seen[key] for key in _recurring(line, column.page)) >= least
        or (
            id(line) in outermost
            and _at_edge(column, line)
            and _PAGE_NUMBER.fullmatch(_ascii_digits(text_of(line)))
        )
    }
    kept = [
        Column(one.page, one.height, [line for line in one.lines if id(line) not in running])
        for one in columns
    ]
    return [one for one in kept if one.lines], list(running.values())


def _at_edge(column: Column, line: Line) -> bool:
    return not _MARGIN * column.height < line.y < (1 - _MARGIN) * column.height


def _outermost(columns: Sequence[Column]) -> set[int]:
    """The highest and the lowest line of every page."""
    found: set[int] = set()
    for _, group in groupby(columns, key=lambda one: one.page):
        lines = [line for column in group for line in column.lines]
        found |= {id(max(lines, key=lambda one: one.y)), id(min(lines, key=lambda one: one.y))}
    return found


def _recurring(line: Line, page: int) -> set[tuple[str, int]]:
    """What is the same in a running head on every page: words and place, a number that counts with the pages.

    All that it may be, since it is not known which of its numbers does.
    """
    text, y = _ascii_digits(text_of(line)), round(line.y / 6)
    found = list(_COUNT.finditer(text))
    numbers = {one.span(): int(one[0]) - page for one in (*found[:3], *found[-3:])}
    counts = [f"{text[:start]}#{number}{text[end:]}" for (start, end), number in numbers.items()]
    return {(one, y) for one in (text, *counts)}


def _ascii_digits(text: str) -> str:
    return re.sub(r"\d", lambda found: str(int(found[0])), text)


# ------------------------------------------------------------ paragraphs


def paragraphs(columns: Sequence[Column]) -> list[Paragraph]:
    """The paragraphs in reading order; one that goes on in the next column or on the next page is one."""
    if not columns:
        return []
    body = _body_size(columns)
    found: list[Paragraph] = []
    open_notes: list[Paragraph] = []
    for column in columns:
        cut = _first_note(column, body)
        made = _split(column, column.lines[:cut], body)
        if made and found and _goes_on(found[-1], made[0]):
            found[-1].lines += made[0].lines
            found[-1].free = made[0].free
            made = made[1:]
        found += made
        notes = _notes(column, column.lines[cut:])
        open_notes += [note for note in notes if not _called(note, found)]
    return found + _without_endnotes(open_notes, found)


def _without_endnotes(notes: Sequence[Paragraph], found: Sequence[Paragraph]) -> list[Paragraph]:
    """Give notes at the end to the paragraphs that call them, where each sign stands once; the others."""
    called: dict[str, list[Paragraph]] = {}
    for paragraph in found:
        for marker in (marker for _, _, line in paragraph.lines for marker in calls(line)):
            called.setdefault(marker, []).append(paragraph)
    markers = Counter(note.marker for note in notes)
    others = []
    for note in notes:
        callers = called.get(note.marker, [])
        if len(callers) == 1 == markers[note.marker]:
            callers[0].notes.append(note)
        else:
            others.append(note)
    return others


def _body_size(columns: Sequence[Column]) -> float:
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column.lines:
            sizes[round(line.size, 1)] += sum(len(word.glyphs) for word in line.words)
    return sizes.most_common(1)[0][0]


def _first_note(column: Column, body: float) -> int:
    """The place of the first line of the notes at the foot of a column; behind the last where none are."""
    cut = len(column.lines)
    while cut and column.lines[cut - 1].size <= _NOTE_SIZE * body:
        cut -= 1
    while cut < len(column.lines) and not _marker(column.lines[cut]):
        cut += 1
    return cut


def _marker(line: Line) -> str:
    found = _NOTE.match(read_text(line))
    return _ascii_digits(found[1]) if found else ""


def _notes(column: Column, lines: Sequence[Line]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for line in lines:
        marker = _marker(line)
        if marker or not found:
            found.append(Paragraph("footnote", [], marker=marker))
        found[-1].lines.append((column.page, column.height, line))
    return found


def _called(note: Paragraph, found: Sequence[Paragraph]) -> bool:
    """Give a note to the paragraph of its page that calls it."""
    for paragraph in reversed(found):
        pages = [page for page, _, _ in paragraph.lines]
        if pages[-1] < note.page:
            return False
        if note.marker and any(
            page == note.page and marker == note.marker
            for page, _, line in paragraph.lines
            for marker in calls(line)
        ):
            paragraph.notes.append(note)
            return True
    return False


def calls(line: Line) -> list[str]:
    """The signs of notes that stand raised in a line."""
    raised = [glyph for word in line.words for glyph in word.glyphs if line.raised(glyph)]
    text = _ascii_digits("".join(glyph.text for glyph in raised))
    return re.findall(r"\d{1,3}|[*†‡]", text)


def _split(column: Column, lines: Sequence[Line], body: float) -> list[Paragraph]:
    """The paragraphs of one column."""
    if not lines:
        return []
    left, right = edges(lines)
    gaps = sorted((above.y - line.y) / max(above.size, line.size, 1.0) for above, line in pairwise(lines))
    usual = max(gaps[len(gaps) // 4], 1.0) if gaps else 1.0
    found: list[Paragraph] = []
    above: Line | None = None
    for line in lines:
        indented = (right - line.right if line.to_left else line.left - left) > _INDENT * line.size
        large = line.size >= _HEADING * body
        if (
            above is None
            or _breaks(above, line, usual, found[-1].free / found[-1].width)
            or (not large and _ended(found[-1], line))
            or ((indented or _arabic(line) != _arabic(above)) and _closed(above))
        ):
            kind = "heading" if large else "paragraph"
            found.append(
                Paragraph(kind, [], level=1 if large else 0, indented=indented, width=right - left + 1)
            )
        found[-1].lines.append((column.page, column.height, line))
        found[-1].free = line.left - left if line.to_left else right - line.right
        above = line
    return found


def _breaks(above: Line, line: Line, usual: float, free: float) -> bool:
    """Whether a gap or another size of letters parts two lines; usual: how far lines are apart, in sizes."""
    larger = max(line.size, above.size)
    gap = (above.y - line.y) / (usual * larger)
    ended = _closed(above) or free > _EARLY_OPEN
    return gap > (_LEADING if ended else _SURELY) or abs(line.size - above.size) > 0.1 * larger


def _ended(before: Paragraph, line: Line) -> bool:
    """Whether a paragraph ends early, leaving free what the next line's first word would have taken."""
    if before.free <= _first_word(line):
        return False
    end = read_text(before.lines[-1][2])[-1:]
    open_end = _EARLY_OPEN if before.width < _NARROW * line.size else _EARLY_OPEN / 2
    return before.free / before.width > next((least for ends, least in _EARLY if end in ends), open_end)


def _first_word(line: Line) -> float:
    """The room that the first word of a line takes with a space: had it been free, the word stood above."""
    word = line.words[-1] if _arabic(line) else line.words[0]
    return word.right - word.left + 0.6 * line.size


def _arabic(line: Line) -> bool:
    return direction(text_of(line)) > 0


def _closed(line: Line) -> bool:
    """Whether a sentence ends with the line, be it with the call of a note."""
    return read_text(line).rstrip(_CALLED if calls(line) else "")[-1:] in _SENTENCE_END


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    last, first = before.lines[-1][2], after.lines[0][2]
    same = before.kind == after.kind and abs(last.size - first.size) < 0.1 * last.size
    return same and not _ended(before, first) and not after.indented and not _closed(last)


# ------------------------------------------------------------ reading


def read_lines(paragraph: Paragraph) -> list[list[Read]]:
    """The glyphs of each line of a paragraph, in reading order: the direction is that of the paragraph."""
    lines = [[word.glyphs for word in line.words] for _, _, line in paragraph.lines]
    leans = sum(map(leaning, lines))
    votes = sum(len(line.words) * (1 if line.to_left else -1) for _, _, line in paragraph.lines)
    return [reading_order(line, (leans or votes) > 0) for line in lines]
