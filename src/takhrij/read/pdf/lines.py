"""From glyphs to lines: marks to their letters, glyphs to words, words to lines, lines to columns.

Everything here is seen, not read: words and their glyphs stand from left to right, whatever the script.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from takhrij.read.pdf.glyphs import UNKNOWN, Glyph
from takhrij.read.pdf.order import kind

_SAME_LINE = 0.45  # of the larger size: what stands so near in height stands on one line
_SPACE = 0.13  # of the size: a gap between two glyphs that is a space
_TWICE = 0.08  # of the size: the same glyph again so near was drawn twice, to look bold
_RAISED = 0.15
_SMALL, _HIGH = 0.85, 0.7  # of a line's size and height: what is smaller and not higher is raised on it
_KASHIDA = 0.3  # of the size: a glyph without a character that is narrower stretches the letter beside it
_THIN = 0.16  # the like of one whose character is a narrow one
_GUTTER = 0.5  # of the size: the least width of the strip between two columns
_LEAST_ROWS = 5  # of text on both sides of a gutter
_WIDE = 0.75  # of the size: a gap in a row that no space between words is
_FULL, _MOST = 2.0, 0.6  # a row that ends so near to the gutter (in sizes) reaches it; so many of the rows do
_STEP = 2.0  # points between the places where a gutter is looked for
_NARROW = frozenset(".,:;!|'’‘`\"ijlIft1()[]{}-«»‹›“”﴿﴾،؛؟/٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_SPACED = 0.08  # of a row's glyphs are spaces: there only a gap so wide, in sizes, is one in Arabic:
_UNSPACED = 0.3
_ENDING_MARKS = "\u064b"  # on a lam-alef: of the alef; every other mark is of the lam


class Word(NamedTuple):
    """Glyphs without a space between them, from left to right."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float


@dataclass(slots=True)
class Line:
    """Words on one line, from left to right."""

    words: list[Word]
    y: float
    size: float
    column: int = 0
    to_left: bool = False  # whether it is read from right to left

    @property
    def left(self) -> float:
        """Where its first word begins on the page."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where its last word ends on the page."""
        return self.words[-1].right

    def raised(self, glyph: Glyph) -> bool:
        """Whether a glyph is smaller and stands higher than its line: the call of a note."""
        return glyph.size < 0.85 * self.size and glyph.y > self.y + _RAISED * self.size


def lines(glyphs: Sequence[Glyph], right_to_left: bool, gutters: list[float]) -> list[Line]:
    """The lines of a page in reading order: from the top, and column by column where there are columns.

    gutters: where the pages before have gutters; those of this page are added.
    """
    rows = _rows(_marked(glyphs))
    made = [Line(_words(row), y, _size(row)) for y, row in rows]
    columns: list[list[Line]] = []
    found = [line for line in made if any(word.right > word.left for word in line.words)]
    _columns(found, right_to_left, gutters, columns)
    columns = [_with_calls(column) for column in columns]
    for number, column in enumerate(columns):
        for line in column:
            line.column = number
    return [line for column in columns for line in column]


def _with_calls(column: Sequence[Line]) -> list[Line]:
    """The lines of a column; calls of notes that stood on the other column's line are on their own."""
    kept: list[Line] = []
    for line in column:
        above = kept[-1] if kept else None
        high = above.words[0].glyphs[0].y - line.y if above else 0.0
        if above and above.size < _SMALL * line.size and 0 < high < _HIGH * line.size:
            kept.pop()
            line.words = sorted([*above.words, *line.words], key=lambda word: word.left)
        kept.append(line)
    return kept


# ------------------------------------------------------------ marks


def _marked(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Every mark at the letter that it belongs to: the next one where the file draws from left to right."""
    letters: list[Glyph] = []
    strokes: list[Glyph] = []
    waiting: list[Glyph] = []
    for glyph, after in zip_longest(glyphs, glyphs[1:]):
        if letters and _is_stroke(glyph, letters[-1], strokes[-1:]):
            strokes.append(glyph._replace(text=UNKNOWN))
            continue
        if after is not None and glyph.left == glyph.right and glyph.text[:1] == after.text[:1]:
            glyph = glyph._replace(text=glyph.text[1:])  # its marks alone: the letter is drawn for itself
        if _is_mark(glyph.text):
            waiting.append(glyph)
        elif glyph.text != "\0":
            before = letters[-1] if letters else None
            if waiting and before is not None and not _backwards(before, glyph, waiting[0]):
                letters[-1], waiting = _with(before, waiting), []
            letters.append(_with(glyph, waiting[::-1]) if waiting else glyph)
            waiting = []
    if waiting and letters:
        letters[-1] = _with(letters[-1], waiting)
    return letters + strokes


def _is_stroke(glyph: Glyph, before: Glyph, stroke: Sequence[Glyph]) -> bool:
    """Whether a glyph only stretches the letter drawn before it: what it is, is not told, or told wrongly."""
    most = _KASHIDA if _NARROW.isdisjoint(glyph.text) else _THIN
    if glyph.text.isspace() or not 0 < glyph.right - glyph.left < most * glyph.size:
        return False
    near = (min(abs(glyph.left - one.right), abs(one.left - glyph.right)) for one in (before, *stroke))
    return min(near) < _TWICE * glyph.size and kind(before.text) == "R" != kind(glyph.text)


def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.category(char) == "Mn" for char in text)


def _backwards(before: Glyph, after: Glyph, mark: Glyph) -> bool:
    """Whether a mark belongs to the letter drawn after it."""
    near = 1.2 * mark.size
    if abs(after.y - mark.y) > near or abs(after.left - mark.left) > near:
        return False
    if abs(before.y - mark.y) > near or abs(before.left - mark.left) > near or before.text.isspace():
        return True
    return after.left >= before.left and not after.text[:1].isascii()


def _with(letter: Glyph, marks: Sequence[Glyph]) -> Glyph:
    written = "".join(mark.text for mark in marks)
    if letter.text in ("لا", "لأ", "لإ", "لآ") and written[0] not in _ENDING_MARKS:
        return letter._replace(text=letter.text[0] + written + letter.text[1])
    return letter._replace(text=letter.text + written)


# ------------------------------------------------------------ lines


def _rows(glyphs: Sequence[Glyph]) -> list[tuple[float, list[Glyph]]]:
    """Glyphs by the line that they stand on, from the top. Lines are the heights that most glyphs have."""
    counts = Counter(round(glyph.y) for glyph in glyphs if not glyph.text.isspace())
    sizes = {round(glyph.y): glyph.size for glyph in glyphs}
    heights: list[int] = []
    for height, _ in counts.most_common():
        if not any(_on_line(height - one, sizes[height], sizes[one]) for one in heights):
            heights.append(height)
    if not heights:
        return []
    levels = np.array(sorted(heights, reverse=True), dtype=float)
    nearest = np.abs(np.array([glyph.y for glyph in glyphs])[:, None] - levels[None, :]).argmin(axis=1)
    rows: list[list[Glyph]] = [[] for _ in levels]
    for glyph, row in zip(glyphs, nearest.tolist(), strict=True):
        rows[row].append(glyph)
    return list(zip(levels.tolist(), rows, strict=True))


def _on_line(above: float, size: float, line: float) -> bool:
    """Whether what stands so far above a line stands on it: signs of notes are small and stand high."""
    raised = size < _SMALL * line and 0 < above < _HIGH * line
    return raised or abs(above) <= _SAME_LINE * max(size, line)


def _words(row: Sequence[Glyph]) -> list[Word]:
    words: list[Word] = []
    current: list[Glyph] = []
    spaced, edge = False, 0.0
    spaces = sum(glyph.text.isspace() for glyph in row)
    within = _UNSPACED if spaces > _SPACED * len(row) else _SPACE
    for glyph in sorted(row, key=lambda one: one.left + one.right):  # fallback fonts overlap
        if glyph.text.isspace():
            spaced = True
            continue
        size = max(glyph.size, 1.0)
        if glyph.text == UNKNOWN and glyph.right - glyph.left < _KASHIDA * size:
            edge = max(edge, glyph.right)
            continue
        if current and glyph.text == current[-1].text and abs(glyph.left - current[-1].left) < _TWICE * size:
            continue
        gap = within if current and kind(current[-1].text) == "R" == kind(glyph.text) else _SPACE
        if current and (spaced or glyph.left - edge > gap * size):
            words.append(Word(tuple(current), current[0].left, edge))
            current = []
        edge = glyph.right if not current else max(edge, glyph.right)
        current.append(glyph)
        spaced = False
    if current:
        words.append(Word(tuple(current), current[0].left, edge))
    return words


def _size(row: Sequence[Glyph]) -> float:
    sizes = Counter(round(glyph.size, 1) for glyph in row if not glyph.text.isspace())
    return sizes.most_common(1)[0][0] if sizes else 0.0


# ------------------------------------------------------------ columns


def _columns(rows: list[Line], right_to_left: bool, gutters: list[float], found: list[list[Line]]) -> None:
    """Add the columns that the rows stand in: rows that no gutter divides are one column."""
    gutter = _gutter(rows, gutters)
    if gutter is None:
        if rows:
            found.append(rows)
        return
    first, last, at = gutter
    gutters.append(at)
    _columns(rows[:first], right_to_left, gutters, found)
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in rows[first:last]:
        for side in (0, 1):
            words = [word for word in row.words if (word.right > at) == side]
            if words:
                size = _size([glyph for word in words for glyph in word.glyphs])
                sides[side].append(Line(words, row.y, size))
    for lines in reversed(sides) if right_to_left else sides:
        _columns(lines, right_to_left, gutters, found)
    _columns(rows[last:], right_to_left, gutters, found)


def _gutter(
    rows: Sequence[Line], gutters: Sequence[float], few: bool = False
) -> tuple[int, int, float] | None:
    """The rows that a gutter divides, first and behind the last, and where it is; None where none is.

    few: a row will do, or two among many, where the pages before have a gutter.
    """
    if not rows:
        return None
    if len(rows) < _LEAST_ROWS:
        few = True
    left = np.array([word.left for row in rows for word in row.words])
    right = np.array([word.right for row in rows for word in row.words])
    starts = np.cumsum([0, *(len(row.words) for row in rows)])[:-1]
    half = _GUTTER * float(np.median([row.size for row in rows])) / 2
    known = sorted(set(gutters)) if few else []
    places = np.array(known or np.arange(left.min() + 5 * half, right.max() - 5 * half, _STEP))[:, None]
    if not len(places):
        return None
    crossed = np.logical_or.reduceat((left < places + half) & (right > places - half), starts, axis=1)
    both = np.logical_or.reduceat(right <= places, starts, axis=1)
    both &= np.logical_or.reduceat(left >= places, starts, axis=1)
    reach = np.where(left >= places, left, np.inf), np.where(right <= places, right, -np.inf)
    behind, before = (
        np.minimum.reduceat(reach[0], starts, axis=1),
        np.maximum.reduceat(reach[1], starts, axis=1),
    )
    size = 2 * half / _GUTTER
    wide = behind - before > _WIDE * size
    if known and len(rows) >= _LEAST_ROWS:
        crossed |= both & ~wide
    full = np.minimum(behind - places, places - before) < _FULL * size
    stretches = [_longest(*rows) for rows in zip(crossed, both, wide, full, strict=True)]
    best = max(stretches, key=lambda one: (one[0], one[2] - one[1]))
    if best[0] < ((1 if len(rows) < _LEAST_ROWS else 2) if known else _LEAST_ROWS):
        return None if few or not gutters else _gutter(rows, gutters, few=True)
    same = [at for at, stretch in enumerate(stretches) if stretch == best]
    return best[1], best[2], float(places[same[len(same) // 2], 0])


def _longest(
    crossed: NDArray[np.bool_], both: NDArray[np.bool_], wide: NDArray[np.bool_], full: NDArray[np.bool_]
) -> tuple[int, int, int]:
    """Of the stretches of rows that are not crossed, the one with most rows that have words on both sides.

    Rows with a wide gap count for more where the stretch is long and most of its rows reach the gutter: a
    column that the other one outlasts.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([True], crossed, [True])).astype(np.int8)))
    best = (0, 0, 0)
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        rows = int(both[first:last].sum())
        long = last - first >= 2 * _LEAST_ROWS and full[first:last].mean() > _MOST
        if long and rows >= 2 and wide[first:last][both[first:last]].all():
            rows = max(rows, _LEAST_ROWS)
        best = max(best, (rows, first, last), key=lambda one: one[0])
    return best
