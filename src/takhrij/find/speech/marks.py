"""Quotation marks in pairs, nested, over paragraphs; those never closed or opened are kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(r"[“”„«»\n]|\"")
_PAIRS = {"”": "“„", "»": "«"}
_STRAIGHT = re.compile(r"\"[^\"\n]{2,4000}\"")
_OPENED_BY_COLON = re.compile(r"(?:^|[\n:：])[\s\d.\-–*()>]{0,8}\Z")

_DEEPEST = 64  # marks open at once; where there are more the outermost counts as never closed


@dataclass(frozen=True, slots=True)
class Pair:
    """`start` is behind the opening mark, `end` before the closing one; -1 where it is never closed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marks:
    """`pairs` by their start; `unclosed` have no end; `strays` are closing marks that nothing opened."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[Pair, ...]
    strays: tuple[int, ...]


def quotation_marks(text: str) -> Marks:
    """Pair the marks of a text. What is opened inside a paragraph, not at its beginning, ends within it."""
    pairs = [Pair(found.start() + 1, found.end() - 1) for found in _STRAIGHT.finditer(text)]
    stack: list[tuple[str, int, bool]] = []  # the mark, behind it, whether it may span paragraphs
    unclosed: list[Pair] = []
    strays: list[int] = []
    for found in _MARKS.finditer(text):
        mark, at = found[0], found.start()
        if mark == "\n":
            if stack:
                stack = [opened for opened in stack if opened[2]]
        elif mark in "“„«":
            stack.append((mark, at + 1, _OPENED_BY_COLON.search(text, max(0, at - 12), at) is not None))
            if len(stack) > _DEEPEST:
                unclosed.append(Pair(stack.pop(0)[1], -1))
        elif mark in _PAIRS:
            place = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] in _PAIRS[mark]), None)
            if place is None:
                strays.append(at)
            else:
                pairs.append(Pair(stack[place][1], at))
                del stack[place:]
    unclosed += [Pair(at, -1) for _, at, _ in stack]
    pairs.sort(key=lambda pair: (pair.start, -pair.end))
    return Marks(tuple(pairs), tuple(unclosed), tuple(strays))
