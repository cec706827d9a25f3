"""A text made simple for reading cues: one letter a spelling, no vowel marks, small letters, plain blanks.

Unlike `fold` it keeps punctuation and line ends, so that compiled patterns run over it; `places` leads back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from takhrij.model import Span

_UNIFIED = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیۍےې", "ي"),
    **dict.fromkeys("ؤۆۇۋ", "و"),
    **dict.fromkeys("کڪګ", "ك"),
    **dict.fromkeys("ةہھەۀۃ", "ه"),
    **dict.fromkeys("’‘ʼʾʿ`´", "'"),
    "ئ": "ي",
}
_DROPPED = "ـۥۦ"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Simple:
    """`text` simplified, and for each of its characters the place (code point) in the text it was made of."""

    text: str
    places: NDArray[np.intp]

    def span(self, start: int, end: int) -> Span:
        """Where the simple characters from `start` up to `end` stand in the text."""
        if start >= end:
            at = int(self.places[start]) if start < len(self.places) else self._behind()
            return Span(at, at)
        return Span(int(self.places[start]), int(self.places[end - 1]) + 1)

    def at(self, place: int) -> int:
        """The first simple character that stands at a place of the text or behind it."""
        return int(self.places.searchsorted(place))

    def _behind(self) -> int:
        return int(self.places[-1]) + 1 if len(self.places) else 0


def simple(text: str) -> Simple:
    """Make a text simple."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table()
    pieces, kept = [], []
    for start in range(0, len(points), _CHUNK):  # the working arrays stay in the processor's cache
        chunk = points[start : start + _CHUNK]
        made = table[np.minimum(chunk, len(table) - 1)]
        beyond = chunk >= len(table)
        if beyond.any():
            made = np.where(beyond, chunk, made)
        places = np.flatnonzero(made)
        pieces.append(made[places])
        kept.append(places + start)
    if not pieces:
        return Simple("", np.empty(0, np.intp))
    joined = np.concatenate(pieces).astype("<u4")
    return Simple(joined.tobytes().decode("utf-32-le", "surrogatepass"), np.concatenate(kept))


@cache
def pattern(*sources: str) -> re.Pattern[str]:
    """Any of the patterns, written in usual spelling, for simple text; Latin letters are to be small."""
    return re.compile("|".join(f"(?:{_respelled(source)})" for source in sources))


def _respelled(source: str) -> str:
    table = _table()
    kept = (chr(table[ord(char)]) if 0x600 <= ord(char) < 0x700 else char for char in source)
    return "".join(char for char in kept if char != "\0")


@cache
def _table() -> NDArray[np.uint32]:
    """What becomes of each code point of the basic plane; 0 drops it."""
    table = np.arange(0x10000, dtype=np.uint32)
    for point in (*range(0x80, 0x900), *range(0x1AB0, 0x2070), *range(0xFB50, 0xFF00)):
        char = chr(point)
        category = unicodedata.category(char)
        if category in ("Mn", "Me", "Cf") or char in _DROPPED:
            table[point] = 0
        elif category == "Zs":
            table[point] = ord(" ")
        elif category == "Nd":
            table[point] = ord(str(unicodedata.digit(char)))
        elif category[0] == "L" and (point < 0x600 or 0x1E00 <= point < 0x2000):
            base = unicodedata.normalize("NFKD", char)[0].lower()
            table[point] = ord(base) if len(base) == 1 else point
        elif category[0] == "L" and len(form := unicodedata.normalize("NFKC", char)) == 1:
            table[point] = ord(form)
    for point in range(ord("A"), ord("Z") + 1):
        table[point] = point + 32
    table[0], table[0xFEFF] = ord(" "), 0
    for char, unified in _UNIFIED.items():
        table[ord(char)] = ord(unified)
    return table
