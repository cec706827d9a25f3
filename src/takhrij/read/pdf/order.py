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
_ANY = r"[RNASBQOC.,:/%-]*"
_LEFT_TO_RIGHT = re.compile(rf"L(?:[LNASBQOC.,:/%-]*[LN])?|{_NUMBER}")
# Arabic in a line of Latin; with a number behind its closing mark, and the marks that are drawn with it
_ARABIC_IN_LATIN = re.compile(
    rf"(?:(?:B?[NA][NASBQ.,:/%-]{{0,40}})?(?<!L)C{{1,3}}S?)?R(?:{_ANY}R)?(?:O(?!L))?"
)
_SEPARATORS = {**{char: char for char in ".,:/%-"}, "٫": ".", "٬": ","}
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("<", ">"))
_MIRRORED = dict(_PAIRS) | {closing: opening for opening, closing in _PAIRS}
_OPENING = frozenset("([{«‹<")
_BEGINS_CLOSING = re.compile(r"\A[)\]}]+(?=\w)")
_ENDS_OPENING = re.compile(r"(?<=[\w.،؛])[(\[{]+(?=[،,.:;؛?؟!»”]*\Z)")
_BRACKETS = {
    **dict.fromkeys("()[]{}«‹", "B"),
    **dict.fromkeys('»›"', "Q"),
    **dict.fromkeys("﴿“", "O"),
    **dict.fromkeys("﴾”", "C"),
}
_AROUND = r"[«»()\[\]{}\"]{0,3}"
_WELL = re.compile(
    rf"\w{_AROUND}[،,.:;؛?؟!﴾”](?=\s|\Z)|(?<!\S)[﴿“](?=\w)"
)  # marks where they stand in writing
_ILL = re.compile(rf"(?<!\S)[،,.:;؛?؟!﴾”](?={_AROUND}\w)|\w[﴿“](?=\s|\Z)")


class Read(NamedTuple):
    """A glyph in reading order; `word` counts the words of the line; `turned`: it stands in Arabic."""

    glyph: Glyph
    word: int
    turned: bool


def direction(text: str) -> int:
    """Letters written from right to left less those written from left to right."""
    classes = [_CLASSES.get(char) or _class(char) for char in text]
    return classes.count("R") - classes.count("L")


def reading_order(words: Sequence[Sequence[Glyph]], right_to_left: bool) -> list[Read]:
    """The glyphs of a line's words, read, with spaces between words."""
    seen: list[tuple[Glyph, int]] = []
    for number, word in enumerate(words):
        if number:
            seen.append((_SPACE, -1))
        seen += [(glyph, number) for glyph in word]
    kinds = "".join(kind(glyph.text) for glyph, _ in seen)
    order = (_leftward if right_to_left else _rightward)(kinds, 0, len(kinds))
    return [Read(*seen[at], turned) for at, turned in order]


def leaning(words: Sequence[Sequence[Glyph]]) -> int:
    """How much better the marks of a line stand if it is read from right to left than from left to right."""
    fits = []
    for right_to_left in (True, False):
        text = "".join(one.glyph.text for one in reading_order(words, right_to_left))
        fits.append(len(_WELL.findall(text)) - len(_ILL.findall(text)))
    return fits[0] - fits[1]


def _leftward(kinds: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Places from right to left, but Latin and numbers from left to right."""
    at = end
    for run in reversed(list(_LEFT_TO_RIGHT.finditer(kinds, start, end))):
        yield from ((place, True) for place in range(at - 1, run.end() - 1, -1))
        yield from ((place, False) for place in range(run.start(), run.end()))
        at = run.start()
    yield from ((place, True) for place in range(at - 1, start - 1, -1))


def _rightward(kinds: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Places from left to right, but Arabic from right to left."""
    at = start
    for run in _ARABIC_IN_LATIN.finditer(kinds, start, end):
        yield from ((place, False) for place in range(at, run.start()))
        yield from _leftward(kinds, run.start(), run.end())
        at = run.end()
    yield from ((place, False) for place in range(at, end))


_CLASSES: dict[str, str] = {}


def _class(char: str) -> str:
    """R, L, N(umber), A(rabic number), a separator as itself, S for all else;

    of marks B(racket), Q(uote), O(pening), C(losing).
    """
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


def kind(text: str) -> str:
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


def brackets_mended(word: str) -> str:
    """A word between spaces with the brackets at its ends as they must be: opening there, closing here."""
    for ill in (_BEGINS_CLOSING, _ENDS_OPENING):
        word = ill.sub(lambda found: "".join(map(mirrored, found[0])), word)
    return word
