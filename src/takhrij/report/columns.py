"""A takhrīj sheet's wordings in parallel: every version's words under the words of the one looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from takhrij.model import Change, Sheet, Span, Version
from takhrij.text import fold_word

CellKind = Literal["same", "vowels", "differs", "absent", "extra", "none"]
MOST_EXTRA = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What a version has in a column: a word, no word, or more words than the one looked up.

    A word in another spelling is the same word; `vowels` is one with other vowels.
    """

    kind: CellKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the matn looked up, or of a version: one cell a column."""

    version: Version | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The wordings of a sheet in columns: the one looked up first."""

    wordings: tuple[Wording, ...]

    def lines(self, breaks: Sequence[int]) -> list[tuple[int, int]]:
        """Ranges of columns between the given breaks."""
        edges = [0, *breaks, len(self.wordings[0].cells)]
        return [(a, b) for a, b in pairwise(edges) if a < b]


Token = tuple[str, Span]


def matn_span(sheet: Sheet) -> Span:
    """Where the matn of the passage looked up stands in its text; the whole text where no part is a matn."""
    parts = [part.span for part in sheet.passage.parts if part.kind == "matn"]
    if not parts:
        return Span(0, len(sheet.passage.text))
    return Span(parts[0].start, parts[-1].end)


def groups(versions: Iterable[Version]) -> list[tuple[str, list[Version]]]:
    """Versions by the report that they belong to, in the order of their first."""
    found: dict[str, list[Version]] = {}
    for version in versions:
        found.setdefault(version.report, []).append(version)
    return list(found.items())


def columns(sheet: Sheet) -> Columns:
    """Align every version with the matn looked up; extra words stand in columns of their own."""
    span = matn_span(sheet)
    base = _tokens(sheet.passage.text[span.start : span.end], span.start)
    ordered = [version for _, versions in groups(sheet.versions) for version in versions]
    aligned = [_aligned(base, version, sheet.passage.text, span.start) for version in ordered]
    with_extra = sorted({k for _, extras in aligned for k in extras})
    own: list[Cell] = []
    rows: list[list[Cell]] = [[] for _ in aligned]
    for k in range(len(base) + 1):
        if k in with_extra:
            own.append(Cell("none"))
            for row, (_, extras) in zip(rows, aligned, strict=True):
                row.append(Cell("extra", _shortened(extras[k])) if k in extras else Cell("none"))
        if k < len(base):
            own.append(Cell("same", base[k][0]))
            for row, (cells, _) in zip(rows, aligned, strict=True):
                row.append(cells[k])
    wordings = [Wording(None, tuple(own))]
    wordings += [Wording(v, tuple(row)) for v, row in zip(ordered, rows, strict=True)]
    return Columns(tuple(wordings))


def _aligned(
    base: list[Token], version: Version, text: str, matn_start: int
) -> tuple[list[Cell], dict[int, list[str]]]:
    """One cell a word looked up, and the words that the version has more, by the word that they precede."""
    match = version.match
    theirs = _tokens(match.text, match.source_span.start)
    shift = _shift(match.changes, text, matn_start)
    cells: list[Cell | None] = [None] * len(base)
    extras: dict[int, list[str]] = {}
    used: set[int] = set()
    for change in sorted(match.changes, key=lambda c: (c.span, c.source_span)):
        span = Span(change.span.start + shift, change.span.end + shift)
        ours = [i for i, (_, at) in enumerate(base) if at.start < span.end and span.start < at.end]
        there = [
            i
            for i, (_, at) in enumerate(theirs)
            if i not in used and at.start < change.source_span.end and change.source_span.start < at.end
        ]
        used.update(there)
        words = [theirs[i][0] for i in there]
        if not ours:
            before = next((i for i, (_, at) in enumerate(base) if at.start >= span.start), len(base))
            if words:
                extras.setdefault(before, []).extend(words)
            continue
        for at, i in enumerate(ours):
            own = words[at:] if i == ours[-1] else words[at : at + 1]
            cells[i] = _cell(base[i][0], " ".join(own), change)
    free = [word for i, (word, _) in enumerate(theirs) if i not in used]
    gaps = [i for i, cell in enumerate(cells) if cell is None]
    if len(free) != len(gaps):
        return _by_letters(base, theirs)
    for i, word in zip(gaps, free, strict=True):
        cells[i] = Cell("same", word)
    return [cell or Cell("absent") for cell in cells], extras


def _cell(word: str, own: str, change: Change) -> Cell:
    if not own:
        return Cell("absent")
    if change.kind == "vowels":
        return Cell("vowels", own)
    return Cell("same" if fold_word(word) == fold_word(own) else "differs", own)


def _by_letters(base: list[Token], theirs: list[Token]) -> tuple[list[Cell], dict[int, list[str]]]:
    """The like where the changes do not account for every word: by the words' letters."""
    ours, others = [fold_word(w) for w, _ in base], [fold_word(w) for w, _ in theirs]
    cells: list[Cell] = []
    extras: dict[int, list[str]] = {}
    for tag, a, b, c, d in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        words = [word for word, _ in theirs[c:d]]
        if a == b:
            extras[a] = words
        for at in range(b - a):
            if tag == "equal":
                cells.append(Cell("same", words[at]))
                continue
            own = words[at:] if at == b - a - 1 else words[at : at + 1]
            cells.append(Cell("differs", " ".join(own)) if own else Cell("absent"))
    return cells, extras


def _shift(changes: Iterable[Change], text: str, matn_start: int) -> int:
    """0 where the changes count in the passage's text, the matn's start where they count in the matn."""
    for change in changes:
        if change.text:
            return 0 if text[change.span.start : change.span.end] == change.text else matn_start
    return 0


def _tokens(text: str, start: int) -> list[Token]:
    """Words that have letters, with the spans of their letters."""
    found = ((m.group(), Span(m.start() + start, m.end() + start)) for m in re.finditer(r"\S+", text))
    return [(word.strip("\"'.,،؛:«»()[]\u200f\u200e"), span) for word, span in found if fold_word(word)]


def _shortened(words: Sequence[str]) -> str:
    if len(words) <= MOST_EXTRA:
        return " ".join(words)
    return f"{' '.join(words[: MOST_EXTRA - 3])} … {words[-1]}"
