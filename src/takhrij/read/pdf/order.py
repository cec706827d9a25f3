"""From seen to read: the glyphs of a line, which stand from left to right, in the order of reading.

The inverse of the Unicode Bidirectional Algorithm (UAX #9), as far as Arabic, Latin and numbers need it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from takhrij.read.pdf.glyphs import Glyph

_SPACE = Glyph(" ", 0, 0, 0, 0)
_NUMBER = r"[NA](?:[.,:/]?[NA])*%?"
_ANY = r"[RNASBQ.,:/%-]*"
_LEFT_TO_RIGHT = re.compile(rf"L(?:[LNASBQ.,:/%-]*[LN])?|{_NUMBER}")
_ARABIC_IN_LATIN = re.compile(rf"R(?:{_ANY}R)?")
_ARABIC_LINE = re.compile(rf"{_ANY}R(?:{_ANY}[RBQ])?")  # all of a line of Arabic, but for a Latin end
_ARABIC_LAST_LINE = re.compile(rf"{_ANY}R(?:{_ANY}[RB])?")  # there closing marks stand at that end
_SEPARATORS = {**{char: char for char in ".,:/%-"}, "٫": ".", "٬": ","}
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("<", ">"))
_MIRRORED = dict(_PAIRS) | {closing: opening for opening, closing in _PAIRS}
_OPENING = frozenset("([{«‹<")
_BRACKETS = {**dict.fromkeys("()[]{}«‹﴿“", "B"), **dict.fromkeys('»›﴾”"', "Q")}


class Read(NamedTuple):
    """A glyph in reading order; `word` counts the words of the line; `turned`: it stands in Arabic."""

    glyph: Glyph
    word: int
    turned: bool


def direction(text: str) -> int:
    """Letters written from right to left less those written from left to right."""
    classes = [_CLASSES.get(char) or _class(char) for char in text]
    return classes.count("R") - classes.count("L")


def reading_order(words: Sequence[Sequence[Glyph]], right_to_left: bool, last: bool = True) -> list[Read]:
    """The glyphs of a line's words, read, with spaces between words. last: the line ends its paragraph."""
    seen: list[tuple[Glyph, int]] = []
    for number, word in enumerate(words):
        if number:
            seen.append((_SPACE, -1))
        seen += [(glyph, number) for glyph in word]
    kinds = "".join(_kind(glyph.text) for glyph, _ in seen)
    order = _leftward(kinds, 0, len(kinds)) if right_to_left else _rightward(kinds, last)
    return [Read(*seen[at], turned) for at, turned in order]


def _leftward(kinds: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Places from right to left, but Latin and numbers from left to right."""
    at = end
    for run in reversed(list(_LEFT_TO_RIGHT.finditer(kinds, start, end))):
        yield from ((place, True) for place in range(at - 1, run.end() - 1, -1))
        yield from ((place, False) for place in range(run.start(), run.end()))
        at = run.start()
    yield from ((place, True) for place in range(at - 1, start - 1, -1))


def _rightward(kinds: str, last: bool) -> Iterator[tuple[int, bool]]:
    """Places from left to right, but Arabic from right to left."""
    pattern = _ARABIC_IN_LATIN
    if kinds.count("R") > kinds.count("L"):
        pattern = _ARABIC_LAST_LINE if last else _ARABIC_LINE
    at = 0
    for run in pattern.finditer(kinds):
        yield from ((place, False) for place in range(at, run.start()))
        yield from _leftward(kinds, run.start(), run.end())
        at = run.end()
    yield from ((place, False) for place in range(at, len(kinds)))


_CLASSES: dict[str, str] = {}


def _class(char: str) -> str:
    """R, L, N(umber), A(rabic number), B(racket), Q (closing mark), a separator as itself, S for all else."""
    bidi = unicodedata.bidirectional(char)
    if bidi in ("R", "AL"):
        found = "R"
    elif bidi == "L":
        found = "L"
    elif bidi in ("EN", "AN"):
        found = "N" if bidi == "EN" else "A"
    else:
        found = _BRACKETS.get(char) or _SEPARATORS.get(char, "S")
    _CLASSES[char] = found
    return found


def _kind(text: str) -> str:
    """The class of the first character that has one of its own."""
    classes = [_CLASSES.get(char) or _class(char) for char in text]
    return next((one for one in classes if one in "RLNA"), classes[0] if classes else "S")


def brackets_turned(lines: Sequence[Sequence[Read]]) -> bool:
    """Whether brackets in Arabic are drawn as they look, so that what closes seems to open."""
    right = wrong = 0
    for line in lines:
        last = ""
        for read in line:
            char = read.glyph.text
            if read.turned and char in _MIRRORED:
                if last and _MIRRORED[char] == last:
                    right, wrong = right + (last in _OPENING), wrong + (last not in _OPENING)
                    last = ""
                else:
                    last = char
    return wrong > right


def mirrored(text: str) -> str:
    """A bracket's counterpart."""
    return _MIRRORED.get(text, text)
