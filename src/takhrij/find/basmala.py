"""The basmala before verse 1 of a sura: quoted with the verse, and no words of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from takhrij.find.chain import Chains
from takhrij.find.found import Found
from takhrij.find.select import Region
from takhrij.find.view import Array, View
from takhrij.index.store import Stream
from takhrij.model import Span

WORDS = 4
_WITHOUT = (1, 9)  # suras: in one it is verse 1, the other has none
_ENOUGH = 3  # words by which verse 1 is known


def stands_at(view: View, begin: int, stream: Stream) -> bool:
    """Whether the four words from token `begin` on are the basmala."""
    return bool(np.array_equal(view.ids[begin : begin + WORDS], stream.ids[:WORDS]))


def opening(view: View, begin: int, end: int, stream: Stream) -> Region | None:
    """The tokens behind a basmala at `begin` and the suras that open with them; None where none does."""
    words = end - begin - WORDS
    if words < 1 or not stands_at(view, begin, stream):
        return None
    first, low = _suras(stream)
    length = stream.first[first + 1] - low
    same = np.zeros(len(low), np.int64)
    for word in range(words):
        there = np.minimum(low + word, len(stream.ids) - 1)
        token = view.ids[begin + WORDS + word]
        alike = (same == word) & ((stream.ids[there] == token) | (stream.variants[there] == token))
        if not alike.any():
            break
        same += alike
    found = np.flatnonzero(same >= np.minimum(np.minimum(length, words), _ENOUGH))
    if len(found) == 0:
        return None
    found = found[np.argsort(-same[found], kind="stable")]
    start, count = begin + WORDS, same[found]
    bits = np.array([view.bits[start : start + size].sum() for size in count.tolist()])
    starts = np.full(len(found), start)
    chains = Chains(starts, starts + count, low[found], low[found] + count, bits, count, first[found])
    return Region(start, end, float(bits[0]), float(bits[0]), chains)


def joined(verses: list[Found]) -> list[Found]:
    """The verses of a text in order, a basmala given to the verse 1 that follows it at once."""
    result: list[Found] = []
    for item in verses:
        before = result[-1].region if result else None
        if (
            before is not None
            and before.end == item.region.begin
            and before.end - before.begin == WORDS
            and stands_at(item.view, before.begin, item.stream)
            and item.region.chains.low[0] in _suras(item.stream)[1]
        ):
            head = result.pop()
            cue, span = head.cue or item.cue, Span(head.span.start, item.span.end)
            item = replace(item, span=span, cue=cue, presented=head.presented)
        result.append(item)
    return result


def _suras(stream: Stream) -> tuple[Array, Array]:
    """The places of the first verses of suras that a basmala precedes, and of their first words."""
    first = np.flatnonzero(np.diff(stream.groups.astype(np.int64), prepend=-1))
    first = first[~np.isin(stream.groups[first], _WITHOUT)]
    return first, stream.first[first].astype(np.int64)
