"""Stretches that a text writes with vowel signs: in modern prose those are scripture."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from takhrij.find.view import Array
from takhrij.model import Span

_LEAST, _MOST = 2, 150  # words of a stretch; a longer one is a book that is printed so
_FIRST, _LAST = 0x64B, 0x652  # fathatan to sukun
_BREAKS = frozenset('\n"«»“”()[]{}﴿﴾')


def vowelled(text: str, starts: Array, ends: Array) -> list[Span]:
    """Runs of words with a vowel sign for two letters in five or more, in order, each on one line.

    starts, ends: [n] where each word begins and ends. A word without stands in a run between two with.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    signs = np.cumsum((points >= _FIRST) & (points <= _LAST), dtype=np.int32)
    signs = np.concatenate((np.zeros(1, np.int32), signs))
    count = signs[ends] - signs[starts]
    has = 5 * count >= 2 * (ends - starts - count)
    has[1:-1] |= has[:-2] & has[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], has, [False]))))
    found = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if _LEAST <= end - begin <= _MOST:
            found += _unbroken(text, starts, ends, begin, end)
    return found


def _unbroken(text: str, starts: Array, ends: Array, begin: int, end: int) -> list[Span]:
    """The parts of a run between brackets, quotation marks and line ends."""
    cuts = [at for at in range(begin + 1, end) if not _BREAKS.isdisjoint(text[ends[at - 1] : starts[at]])]
    bounds = [begin, *cuts, end]
    return [
        Span(int(starts[low]), int(ends[high - 1])) for low, high in pairwise(bounds) if high - low >= _LEAST
    ]
