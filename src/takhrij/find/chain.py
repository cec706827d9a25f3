"""From hits to chains: stretches of text and source that run alike, with words that differ between.

All is vectorised: a long text has millions of hits. Positions are tokens of the text and words of the stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from takhrij.index.grams import LEVELS, Hits
from takhrij.index.store import Stream

RUN_GAP = 3  # differing words allowed inside one run on a diagonal
_REACH = np.uint64(RUN_GAP + LEVELS)  # words from the beginning of a hit to that of the next in its run
TEXT_GAP = 14  # words that the text may have between two runs of a chain: a gloss
LOOK_BACK = 4  # runs that may stand between two that are linked
SOURCE_GAP = 60  # words of the source that may be left out between two runs of a chain
LINK_COST, TEXT_COST, SOURCE_COST = 6.0, 5.0, 0.4  # bits: for a link, for each word in between

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Chains:
    """Candidate matches, one entry each: tokens [begin, end) of the text, words [low, high) of the stream.

    `bits` is those of the words matched, `words` how many, `passage` the place of the first in the stream's.
    """

    begin: Array
    end: Array
    low: Array
    high: Array
    bits: Array
    words: Array
    passage: Array

    def __len__(self) -> int:
        return len(self.begin)

    def take(self, which: Array | slice) -> Chains:
        """The entries at `which` (indices or a mask)."""
        return Chains(
            self.begin[which],
            self.end[which],
            self.low[which],
            self.high[which],
            self.bits[which],
            self.words[which],
            self.passage[which],
        )

    def moved(self, by: int) -> Chains:
        """The same in a text in which their words stand `by` tokens further on."""
        return replace(self, begin=self.begin + by, end=self.end + by)


_COLUMNS = tuple(field.name for field in fields(Chains))


def none() -> Chains:
    """No chains."""
    empty = np.empty(0, np.int64)
    return Chains(empty, empty, empty, empty, np.empty(0), empty, empty)


def together(parts: Sequence[Chains]) -> Chains:
    """All chains of several lots, most bits first."""
    order = np.argsort(-np.concatenate([part.bits for part in parts]), kind="stable")
    columns = (np.concatenate([getattr(part, name) for part in parts])[order] for name in _COLUMNS)
    return Chains(*columns)


def chains(
    hits: Hits,
    bits: Array,
    barriers: Array,
    stream: Stream,
    least_run: Array | float,
    least_chain: float,
    walls: Array | None = None,
) -> Chains:
    """Join hits to runs on a diagonal, runs to chains over insertions and omissions.

    bits: [n] of each token; barriers: [n] true where a new quotation is announced, so that none is linked
    across; walls: the same where no run goes on either; runs under `least_run` bits (one number, or [n] by
    the token they begin at) and chains under `least_chain` bits are left out.
    """
    if walls is None or not walls.any():
        linked = _link(_runs(hits, bits, stream, least_run, None), barriers, stream)
    else:
        linked = _link(_runs(hits, bits, stream, least_run, np.cumsum(walls)), barriers | walls, stream)
    return linked.take(linked.bits >= least_chain)


def _runs(hits: Hits, bits: Array, stream: Stream, least: Array | float, room: Array | None) -> Chains:
    n = np.uint64(len(bits))
    summed = np.concatenate((np.zeros(1), np.cumsum(bits, dtype=np.float64)))
    enough = summed[hits.text + hits.length] - summed[hits.text] >= (
        least if isinstance(least, float) else least[hits.text]
    )
    packed = (
        (hits.source + n - hits.text) << np.uint64(33)
        | hits.text.astype(np.uint64) << np.uint64(4)
        | hits.length
        | enough.astype(np.uint64) << np.uint64(3)
    )
    packed.sort()
    # most hits are alone on their diagonal and too little by themselves: chance, left out at once
    beside = np.diff(packed >> np.uint64(4)) <= _REACH
    kept = (packed & np.uint64(8)).astype(np.bool_)
    kept[1:] |= beside
    kept[:-1] |= beside
    packed = packed[kept]
    diagonal = (packed >> np.uint64(33)).astype(np.int64)
    text = (packed >> np.uint64(4)).astype(np.int64) & ((1 << 29) - 1)
    length = packed.astype(np.int64) & 7
    source = diagonal + text - len(bits)
    reach = np.maximum.accumulate((diagonal << 32) + text + length) - (diagonal << 32)
    before = np.concatenate((np.zeros(1, np.int64), reach[:-1]))
    same = np.concatenate((np.zeros(1, np.bool_), diagonal[1:] == diagonal[:-1]))
    gap = text - before
    joins = same & (gap <= RUN_GAP)
    apart = np.flatnonzero(
        joins & (gap >= 0)
    )  # only where two hits do not overlap can a run leave its passage
    if len(apart):
        here, there = stream.passage_of(source[apart]), stream.passage_of(source[apart] - gap[apart] - 1)
        joins[apart] = stream.groups[here] == stream.groups[there]
    if room is not None:
        joins[1:] &= room[text[1:]] == room[text[:-1]]
    first = np.flatnonzero(~joins)
    if len(first) == 0:
        return none()
    covered_from = np.where(joins, np.maximum(text, before), text)
    fresh = np.maximum(text + length, covered_from)
    gained = summed[fresh] - summed[covered_from]
    last = np.append(first[1:], len(text)) - 1
    begin, worth = text[first], np.add.reduceat(gained, first)
    kept = np.flatnonzero(worth >= (least if isinstance(least, float) else least[begin]))
    begin, end, low = begin[kept], reach[last[kept]], source[first[kept]]
    words = np.add.reduceat(fresh - covered_from, first)[kept]
    return Chains(begin, end, low, low + end - begin, worth[kept], words, stream.passage_of(low))


def _link(runs: Chains, barriers: Array, stream: Stream) -> Chains:
    """Link each run to the next in text order of the same passage where both move on."""
    if len(runs) == 0:
        return runs
    group = stream.groups[runs.passage].astype(np.int64)
    straight = np.argsort(group, kind="stable")  # runs come by diagonal
    order = np.argsort(group << 32 | runs.begin, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    runs, group = runs.take(order), group[order]
    root = _roots(runs, group, rank[straight], np.cumsum(barriers))
    order = np.argsort(root, kind="stable")
    runs, root = runs.take(order), root[order]
    follows = np.concatenate((np.zeros(1, np.bool_), root[1:] == root[:-1]))
    first = np.flatnonzero(~follows)
    return Chains(
        runs.begin[first],
        np.maximum.reduceat(runs.end, first),
        np.minimum.reduceat(runs.low, first),
        np.maximum.reduceat(runs.high, first),
        np.add.reduceat(runs.bits, first),
        np.add.reduceat(runs.words, first),
        runs.passage[first],
    )


def _roots(runs: Chains, group: Array, straight: Array, fence: Array) -> Array:
    """For each run the first of its chain. A run follows one of the few before it and has one follower.

    straight: the runs of each group by diagonal.
    """
    n = len(runs)
    parent = np.arange(n)
    price = np.full(n, np.inf)
    span = fence[runs.begin]
    for before, behind in _neighbours(straight):
        text_gap = runs.begin[behind] - runs.end[before]
        source_gap = runs.low[behind] - runs.high[before]
        close = np.flatnonzero(
            (group[behind] == group[before])
            & (text_gap >= -1)
            & (text_gap <= TEXT_GAP)
            & (source_gap >= -1)
            & (source_gap <= SOURCE_GAP)
        )
        before, behind = before[close], behind[close]
        alone = (text_gap[close] == 1) & (source_gap[close] == 0)  # one word added in the midst of a verse
        cost = (
            LINK_COST
            + TEXT_COST * np.maximum(text_gap[close] - alone, 0)
            + SOURCE_COST * np.maximum(source_gap[close], 0)
        )
        fits = (
            (np.minimum(runs.bits[behind], runs.bits[before]) > cost)
            & (cost < price[behind])
            & (span[behind] == span[before])
        )
        parent[behind[fits]], price[behind[fits]] = before[fits], cost[fits]
    linked = np.flatnonzero(parent != np.arange(n))
    cheapest = linked[np.lexsort((price[linked], parent[linked]))]
    again = np.concatenate((np.zeros(1, np.bool_), parent[cheapest][1:] == parent[cheapest][:-1]))
    second = cheapest[again[: len(cheapest)]]
    parent[second] = second
    while True:
        up = parent[parent]
        if np.array_equal(up, parent):
            return parent
        parent = up


def _neighbours(straight: Array) -> Iterator[tuple[Array, Array]]:
    """Pairs of runs that may be linked, earlier and later one: the next few in text order and by diagonal.

    Words that many verses of a sura begin with put other runs between the two in text order: then words left
    out of one of them, or added to it, would go unseen. On diagonals the two are near each other.
    """
    in_text = np.arange(len(straight))
    for lag in range(1, min(LOOK_BACK, len(straight) - 1) + 1):
        yield in_text[:-lag], in_text[lag:]
        yield straight[:-lag], straight[lag:]
        yield straight[lag:], straight[:-lag]
