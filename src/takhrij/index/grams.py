"""Postings of word sequences, as long as it takes to be rare enough (as the aligner LAST does).

Level 2 lists where each pair of words stands. A pair that stands in too many places gets no postings there;
its occurrences are told apart by the next word at level 3, and so on, with more places allowed to a longer
sequence. A key is exact, not hashed: (number of the shorter sequence one level below, id of the next word).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = 7
CAPS = (0, 0, 48, 96, 192, 400, 800, 3200)  # most places that a sequence of so many words is listed at


@dataclass(frozen=True, slots=True)
class Level:
    """Sequences of `length` words: `keys` sorted; of key k, `counts[k]` occurrences in all, of which those at
    `positions[starts[k]:starts[k + 1]]` are listed (all, or none where there are more than the cap)."""

    length: int
    keys: NDArray[np.uint64]
    counts: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    positions: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Hits:
    """Places where words `text[i : i + length]` equal `source[j : j + length]`; one entry a place."""

    text: NDArray[np.uint32]
    source: NDArray[np.uint32]
    length: NDArray[np.uint8]


def build(ids: NDArray[np.uint32], runs_on: NDArray[np.bool_]) -> Iterator[Level]:
    """The levels for a stream of words.

    ids: [n] word ids; runs_on: [n], false where the next word belongs to another passage.
    """
    # number of the sequence that starts at each position, at the level below
    number = ids.astype(np.uint64)
    at = np.flatnonzero(runs_on[:-1]).astype(np.uint32) if len(ids) else np.empty(0, np.uint32)
    for length in range(2, LEVELS + 1):
        keys = (number[at] << np.uint64(32)) | ids[at + np.uint32(length - 1)]
        order = np.argsort(keys, kind="stable")
        keys, at = keys[order], at[order]
        new = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.empty(0, np.bool_)
        first = np.flatnonzero(new)
        counts = np.diff(np.append(first, len(keys))).astype(np.uint32)
        listed = counts <= CAPS[length]
        starts = np.concatenate((np.zeros(1, np.uint32), np.cumsum(counts * listed, dtype=np.uint32)))
        frequent = np.repeat(~listed, counts)
        yield Level(length, keys[first], counts, starts, at[~frequent])
        number[at] = np.cumsum(new, dtype=np.uint64) - np.uint64(1) if len(keys) else number[at]
        at = np.sort(at[frequent])
        at = at[at + length < len(ids)]
        at = at[runs_on[at + np.uint32(length - 1)]]


def pairs_of_spellings(
    ids: NDArray[np.uint32], variants: NDArray[np.uint32], runs_on: NDArray[np.bool_]
) -> Level:
    """Level 2 alone, every pair listed, in each of two spellings of its words."""
    at = np.flatnonzero(runs_on[:-1]).astype(np.uint32)
    keys, places = [], []
    for left in (ids, variants):
        for right in (ids, variants):
            keys.append((left[at].astype(np.uint64) << np.uint64(32)) | right[at + np.uint32(1)])
            places.append(at)
    both = np.unique(np.stack((np.concatenate(keys), np.concatenate(places).astype(np.uint64))), axis=1)
    new = np.append(True, both[0][1:] != both[0][:-1])[: both.shape[1]]  # no pair, no key
    first = np.flatnonzero(new)
    counts = np.diff(np.append(first, both.shape[1])).astype(np.uint32)
    starts = np.append(first, both.shape[1]).astype(np.uint32)
    return Level(2, both[0][first], counts, starts, both[1].astype(np.uint32))


def look_up(levels: tuple[Level, ...], ids: NDArray[np.int64], runs_on: NDArray[np.bool_]) -> Hits:
    """Every listed place of every sequence of a text.

    ids: [n] word ids, -1 for a word that no source has; runs_on: [n], false where no sequence may run on.
    """
    n = len(ids)
    texts, sources, lengths = [], [], []
    known = ids >= 0
    number = np.maximum(ids, 0).astype(np.uint64)
    at = np.flatnonzero(runs_on[: n - 1] & known[: n - 1]) if n else np.empty(0, np.intp)
    for level in levels:
        at = at[at + level.length <= n]
        at = at[known[at + level.length - 1]]
        if len(at) == 0 or len(level.keys) == 0:
            break
        keys = (number[at] << np.uint64(32)) | ids[at + level.length - 1].astype(np.uint64)
        place = _find(level.keys, keys)
        at, place = at[place >= 0], place[place >= 0]
        begin = level.starts[place].astype(np.int64)
        count = level.starts[place + 1].astype(np.int64) - begin
        total = int(count.sum())
        if total:
            upto = np.cumsum(count)
            inside = np.arange(total) - np.repeat(upto - count, count)
            texts.append(np.repeat(at, count).astype(np.uint32))
            sources.append(level.positions[np.repeat(begin, count) + inside])
            lengths.append(np.full(total, level.length, np.uint8))
        longer = count == 0
        at, place = at[longer], place[longer]
        number[at] = place.astype(np.uint64)
        at = at[runs_on[at + level.length - 1]]
    if not texts:
        empty = np.empty(0, np.uint32)
        return Hits(empty, empty, np.empty(0, np.uint8))
    return Hits(np.concatenate(texts), np.concatenate(sources), np.concatenate(lengths))


def pairs(level: Level, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """[n] in how many places each word `left` is followed by `right` (ids, -1 for a word that no source has).

    level: that of pairs; it counts all, those too frequent to be listed with them.
    """
    known = (left >= 0) & (right >= 0)
    keys = (np.maximum(left, 0).astype(np.uint64) << np.uint64(32)) | np.maximum(right, 0).astype(np.uint64)
    place = _find(level.keys, keys)
    return np.where(known & (place >= 0), level.counts[np.maximum(place, 0)], 0).astype(np.int64)


def _find(table: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each key stands in a sorted table, -1 where it does not."""
    # sorted queries walk the table once, so its pages are read in order
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    place = np.searchsorted(table, ranked)
    place[place == len(table)] = 0
    place[table[place] != ranked] = -1
    found = np.empty(len(keys), np.int64)
    found[order] = place
    return found
