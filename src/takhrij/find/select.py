"""From chains to quotations: which stretches of the text are quoted, and which chains explain each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from takhrij.find.chain import Chains
from takhrij.find.view import View
from takhrij.index.store import Stream

Array = NDArray[Any]
_LEAST_MARKED = 6.0  # bits of a stretch between quotation marks inside what was found
SO_ON = 8.0  # bits for "to the end of the verse" straight behind
WHOLE_VERSE = 8.0  # bits for beginning and ending where a verse does


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of tokens [begin, end) that is quoted, with the chains that explain it, best first.

    `evidence` is the bits for it, cues and marks included; `bits` those of the words alone.
    """

    begin: int
    end: int
    bits: float
    evidence: float
    chains: Chains


def extend(found: Chains, ids: Array, bits_of: Array, stream: Stream, across: float | None = None) -> Chains:
    """Lengthen chains at both ends while the next words are equal: words too frequent for a posting.

    ids, bits_of: [n] of each token of the text; across: bits of an equal word from which on it may stand
    behind one that differs, is added or left out.
    """
    begin, end = found.begin.copy(), found.end.copy()
    low, high = found.low.copy(), found.high.copy()
    bits, words = found.bits.copy(), found.words.copy()
    first = stream.first[found.passage].astype(np.int64)
    last = stream.first[stream.passage_of(np.maximum(high - 1, 0)) + 1].astype(np.int64)

    def back(rows: Array, added: int, left: int) -> Array:
        """Go back over a word that is equal behind so many added in the text, left out of the source."""
        rows = rows[(begin[rows] > added) & (low[rows] > first[rows] + left)]
        rows = rows[ids[begin[rows] - 1 - added] == stream.ids[low[rows] - 1 - left]]
        if added or left:
            rows = rows[bits_of[begin[rows] - 1 - added] >= across]
        begin[rows] -= 1 + added
        low[rows] -= 1 + left
        bits[rows] += bits_of[begin[rows]]
        words[rows] += 1
        return rows

    def on(rows: Array, added: int, left: int) -> Array:
        rows = rows[(end[rows] + added < len(ids)) & (high[rows] + left < last[rows])]
        rows = rows[ids[end[rows] + added] == stream.ids[high[rows] + left]]
        if added or left:
            rows = rows[bits_of[end[rows] + added] >= across]
        end[rows] += 1 + added
        high[rows] += 1 + left
        bits[rows] += bits_of[end[rows] - 1]
        words[rows] += 1
        return rows

    for move in (back, on):
        _along(move, np.arange(len(begin)))
        if across is not None:
            for added, left in _DIFFERENCES:
                _along(move, move(np.flatnonzero(words >= _CROSSING), added, left))
    return Chains(begin, end, low, high, bits, words, found.passage)


_DIFFERENCES = ((1, 1), (0, 1), (1, 0))  # words of the text and of the source that differ
_CROSSING = 3  # words that a chain has which goes on behind one that differs
_STEPS = 12  # words by which a chain is lengthened at a time


def _along(move: Callable[[Array, int, int], Array], rows: Array) -> None:
    for _ in range(_STEPS):
        if len(rows) == 0:
            break
        rows = move(rows, 0, 0)


def evidence(found: Chains, view: View, stream: Stream) -> Array:
    """Bits for each chain: its words, less those that differ, and what the words and marks around it add."""
    gaps = (found.end - found.begin) - found.words
    missing = (found.high - found.low) - found.words
    marks = 8.0 * view.opens[found.begin] + 4.0 * view.closes[found.end - 1]
    bounds = 4.0 * view.stops[found.begin] + 3.0 * view.stops[found.end] + SO_ON * view.so_on[found.end]
    penalty = 6.0 * np.maximum(gaps, 0) + 1.0 * np.maximum(missing, 0)
    if stream.name == "quran":
        bounds += WHOLE_VERSE * whole_verses(found, stream)
    total: Array = found.bits + view.cue[found.begin] + marks + bounds - penalty
    return total


def whole_verses(found: Chains, stream: Stream) -> Array:
    """Which chains begin and end where verses do, with at least three words."""
    begins = stream.first[found.passage] == found.low
    last = stream.passage_of(np.maximum(found.high - 1, 0))
    whole: Array = begins & (stream.first[last + 1] == found.high) & (found.words >= 3)
    return whole


def regions(
    found: Chains, scores: Array, view: View, least: float, *, by_marks: bool = False
) -> list[Region]:
    """Give every token to the chain with the most evidence over it; a chain that keeps most of its own leads.

    by_marks: where quotation marks stand inside a region, what stands between them is the quotation.
    """
    accepted = scores >= least
    leaders = found.take(accepted)
    if len(leaders) == 0:
        return []
    strength = scores[accepted]
    order = np.lexsort((leaders.begin - leaders.end, strength))
    owner = np.full(len(view), -1)
    size = (leaders.end - leaders.begin)[order]
    inside = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    owner[np.repeat(leaders.begin[order], size) + inside] = np.repeat(order, size)  # the last stays
    begins, ends = leaders.begin.tolist(), leaders.end.tolist()
    edges = np.flatnonzero(np.diff(owner, prepend=-2)).tolist()
    edges.append(len(owner))
    kept = [
        (start, stop, row)
        for start, stop in pairwise(edges)
        if (row := int(owner[start])) >= 0 and 2 * (stop - start) >= ends[row] - begins[row]
    ]
    if by_marks:
        kept = [(start, stop, row) for begin, end, row in kept for start, stop in _marked(view, begin, end)]
    result = []
    for (start, stop, row), explained in zip(
        kept, explaining(found, kept, 35 if by_marks else 70), strict=True
    ):
        bits, strong = float(leaders.bits[row]), float(strength[row])
        if stop - start < ends[row] - begins[row]:  # another quotation took some of its words
            whole = float(view.bits[begins[row] : ends[row]].sum())
            lost = bits * (1 - float(view.bits[start:stop].sum()) / max(whole, 1.0))
            gained = float(view.cue[start]) - float(view.cue[begins[row]]) if start > begins[row] else 0.0
            bits, strong = bits - lost, strong - lost + gained
            if strong < least and not (by_marks and view.quotes[start] and bits >= _LEAST_MARKED):
                continue
        if len(explained):
            result.append(Region(start, stop, bits, strong, explained))
    return result


def _marked(view: View, begin: int, end: int) -> list[tuple[int, int]]:
    """The stretches between quotation marks inside [begin, end), if the first opens behind its beginning."""
    opening = np.flatnonzero(view.quotes[begin:end]) + begin
    if len(opening) == 0 or opening[0] == begin or view.quotes[begin]:
        return [(begin, end)]
    closing = np.flatnonzero(view.unquotes[begin:end]) + begin
    if len(closing) and closing[0] < opening[0]:  # the marks were opened before the region begins
        return [(begin, end)]
    marked, at = [], begin
    for start in opening.tolist():
        if start < at:
            continue
        behind = closing[closing >= start]
        stop = int(behind[0]) + 1 if len(behind) else end
        if stop - start >= 2:
            marked.append((start, stop))
        at = stop
    return marked or [(begin, end)]


def explaining(found: Chains, kept: list[tuple[int, int, int]], share: int) -> list[Chains]:
    """For each region the chains over at least `share` percent of it, most bits first."""
    starts = np.array([start for start, _, _ in kept], np.int64)
    stops = np.array([stop for _, stop, _ in kept], np.int64)
    first = np.searchsorted(stops, found.begin, side="right")
    count = np.maximum(np.searchsorted(starts, found.end, side="left") - first, 0)
    chain = np.repeat(np.arange(len(found)), count)
    of = np.arange(len(chain)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    shared = np.minimum(found.end[chain], stops[of]) - np.maximum(found.begin[chain], starts[of])
    enough = shared * 100 >= share * (stops - starts)[of]
    chain, of = chain[enough], of[enough]
    order = np.lexsort((-found.bits[chain], of))
    chain, of = chain[order], of[order]
    edges = np.searchsorted(of, np.arange(len(kept) + 1))
    ordered = found.take(chain)
    return [
        ordered.take(slice(low, high))
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    ]
