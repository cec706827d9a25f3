"""Which texts of a corpus are versions of one book: by their OpenITI names, and by the words they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
KEPT = 256  # hashes of a sketch: the share of two texts is then known to within .03
_RUN = 5  # words
_ALIKE = 0.5  # share of the runs of two texts together that both have, from which on they are one book
_FEWEST = 40  # runs of words that a text must have to be told by them
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_STATES = ("mARkdown", "completed", "inProgress", "")  # OpenITI: the most carefully marked up first


def sketch(words: Hashes, before: Hashes) -> Hashes:
    """The least hashes of the runs of words of a text so far: those `before`, and those of further words."""
    if len(words) < _RUN:
        return before
    runs = words[: len(words) - _RUN + 1].copy()
    for offset in range(1, _RUN):
        runs = runs * _BASE + words[offset : len(words) - _RUN + 1 + offset]
    runs = (runs ^ (runs >> np.uint64(31))) * _MIX
    runs ^= runs >> np.uint64(29)
    least = np.partition(runs, KEPT * 4)[: KEPT * 4] if len(runs) > KEPT * 8 else runs
    found = np.unique(np.concatenate((before, least)))[:KEPT]
    if len(least) < len(runs) and (len(found) < KEPT or found[-1] > least.max()):  # few runs, each often
        found = np.unique(np.concatenate((before, runs)))[:KEPT]
    return found


class Book(NamedTuple):
    """A text as versions are told: its name, URI of author and book, state of mark-up, size, sketch."""

    document: str
    uri: str | None
    state: str
    characters: int
    sketch: Hashes


class Work(NamedTuple):
    """What a text is a version of (named by the text that is counted), and whether it is the one counted."""

    document: str
    work: str
    counted: bool
    why: str | None  # "uri", "words": how it is known to be a version of another


def works(books: Sequence[Book]) -> list[Work]:
    """The texts grouped into works, one of each counted: marked up most carefully, then the longest."""
    group = _Groups(len(books))
    by_uri: defaultdict[str, list[int]] = defaultdict(list)
    for place, book in enumerate(books):
        if book.uri:
            by_uri[book.uri].append(place)
    for places in by_uri.values():
        for one, other in pairwise(places):
            group.join(one, other)
    named = {place for places in by_uri.values() if len(places) > 1 for place in places}
    for one, other in _alike(books):
        group.join(one, other)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(books)):
        members[group.of(place)].append(place)
    result = []
    for places in members.values():
        best = min(places, key=lambda place: _worse(books[place]))
        for place in places:
            why = None if len(places) == 1 else "uri" if place in named else "words"
            result.append(Work(books[place].document, books[best].document, place == best, why))
    return sorted(result)


def _worse(book: Book) -> tuple[int, int, str]:
    state = _STATES.index(book.state) if book.state in _STATES else len(_STATES)
    return (state, -book.characters, book.document)


def _alike(books: Sequence[Book]) -> Iterable[tuple[int, int]]:
    """Pairs of texts that share at least half of their runs of words, as their sketches tell."""
    told = [place for place, book in enumerate(books) if len(book.sketch) >= _FEWEST]
    if len(told) < 2:
        return
    hashes = np.concatenate([books[place].sketch for place in told])
    owners = np.repeat(told, [len(books[place].sketch) for place in told])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    edges = np.flatnonzero(np.diff(hashes, prepend=hashes[0] + np.uint64(1))).tolist()
    for begin, end in pairwise([*edges, len(hashes)]):
        if 2 <= end - begin <= _MOST_OWNERS:
            together = sorted(owners[begin:end].tolist())
            for at, one in enumerate(together):
                for other in together[at + 1 :]:
                    shared[one, other] += 1
    for (one, other), count in shared.items():
        both = np.union1d(books[one].sketch, books[other].sketch)[:KEPT]
        if 4 * count >= len(both) and _share(books[one].sketch, books[other].sketch, both) >= _ALIKE:
            yield one, other


_MOST_OWNERS = 50  # texts that have a run of words in their sketches; more have it for a formula


def _share(one: Hashes, other: Hashes, least: Hashes) -> float:
    inside = np.isin(least, one, assume_unique=True) & np.isin(least, other, assume_unique=True)
    return float(inside.sum()) / len(least)


class _Groups:
    """Which places are joined (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def of(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        self._parent[self.of(one)] = self.of(other)


def books_of(rows: Iterable[dict[str, Any]]) -> list[Book]:
    """The checked documents (rows of the table of documents) as versions are told."""
    return [
        Book(
            row["document"],
            row["uri"],
            row["state"] or "",
            row["characters"],
            np.frombuffer(row["sketch"] or b"", np.uint64),
        )
        for row in rows
    ]
