"""Versions of a quoted report in a collection that the text names, in its words or in others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from takhrij.find.chain import Chains, chains
from takhrij.find.found import Found
from takhrij.find.select import Region, extend
from takhrij.find.view import report_view, spell
from takhrij.index import grams
from takhrij.index.store import Index
from takhrij.model import Finding, SourceMatch, Span
from takhrij.text import fold
from takhrij.trace.compare import Records, matches
from takhrij.trace.narrators import people

_MOSTLY = 0.7  # share of the quotation's words that a source has whose narrator counts as the report's
_ANYBODY = 0.65  # share of the words' bits that a version keeps in place, whoever it is from
_SAME_COMPANION = 0.45  # the same from the same Companion
_LEAST_COVERED = 0.4  # share of the words that is looked for
_LEAST = 0.3  # of a record that is named as the nearest
_UNKNOWN = 16.0  # bits of a word that no source has
_RUN_BITS, _CHAIN_BITS = 14.0, 18.0
_KEPT = 256  # texts whose matches are kept
_MOST = 4  # versions of one collection
_FEW = 8  # words that are looked for one by one
_LONGEST = 1200  # code points of a report that are compared


class Versions:
    """Looks for versions of one quotation; what is found for it is kept."""

    def __init__(self, index: Index, records: Records) -> None:
        self._index = index
        self._records = records
        self._found: dict[str, tuple[Found, Chains, Span] | None] = {}
        self._weights: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {}
        self._compared: dict[tuple[str, str, float], list[SourceMatch]] = {}

    def in_collection(
        self, finding: Finding, collection: str, named: Iterable[str] = ()
    ) -> list[SourceMatch]:
        """The collection's versions: most of the quotation's words, or about half from the same Companion.

        `named` are narrators whom the text names.
        """
        return self._versions(finding.text[:_LONGEST], collection, finding, named)

    def of_report(self, finding: Finding, collection: str, named: Iterable[str] = ()) -> list[SourceMatch]:
        """The same by the whole report that the quotation is from: slower."""
        whole = self._whole(finding.sources[0]) if finding.sources else ""
        return self._versions(whole, collection, finding, named) if whole else []

    def by_words(self, finding: Finding, collection: str, named: Iterable[str] = ()) -> list[SourceMatch]:
        """The same by single words, wherever in a record they stand: a few words may be joined by no run."""
        text = finding.text[:_LONGEST]
        return self._close(text, self._scattered(text, collection), finding, named)

    def _versions(
        self, text: str, collection: str, finding: Finding, named: Iterable[str]
    ) -> list[SourceMatch]:
        return self._close(text, self._matching(text, collection, _LEAST_COVERED), finding, named)

    def _close(
        self, text: str, matched: Iterable[SourceMatch], finding: Finding, named: Iterable[str]
    ) -> list[SourceMatch]:
        persons = _narrators(finding) | {one for name in named for one in people(name)}
        found = []
        for match in matched:
            share = min(match.covered, self.kept(text, 0, match))
            own = persons & people(match.narrator or "", match.chain or "")
            if share >= (_SAME_COMPANION if own else _ANYBODY):
                found.append(match)
        return found

    def among(self, finding: Finding) -> tuple[SourceMatch, ...]:
        """The sources of a finding that have its words in place, not here and there in a long record."""
        start = finding.span.start
        return tuple(one for one in finding.sources if self.kept(finding.text, start, one) >= _SAME_COMPANION)

    def kept(self, text: str, offset: int, match: SourceMatch) -> float:
        """The share of the words of `text` that a source has in place, rarer words for more.

        The changes of `match` are counted from `offset` before the text.
        """
        if not match.changes:
            return 1.0
        starts, bits = self._weighed(text)
        lost = 0.0
        for change in match.changes:
            if change.kind in ("replaced", "added") and not change.near:
                low, high = np.searchsorted(starts, (change.span.start - offset, change.span.end - offset))
                lost += float(bits[low:high].sum())
        return 1.0 - lost / max(1e-9, float(bits.sum()))

    def _weighed(self, text: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where the words of a text begin, and what each is worth."""
        if text not in self._weights:
            if len(self._weights) > _KEPT:
                self._weights.clear()
            words = fold(text)
            ids, of = self._index.word_ids(words)
            bits = np.where(ids >= 0, self._index.bits[np.maximum(ids, 0)], _UNKNOWN)
            self._weights[text] = words.starts[of], bits
        return self._weights[text]

    def nearest(self, finding: Finding, collection: str) -> str | None:
        """The collection's record that has most of the quotation's words, where it has a third of them."""
        found = self._matching(finding.text[:_LONGEST], collection, _LEAST)
        return found[0].ref if found else None

    def _whole(self, source: SourceMatch) -> str:
        """The report that a source's record holds."""
        row = self._index.rows.get(source.ref)
        if row is None:
            return ""
        record = self._index.raw(row)
        spans = [(start, end) for kind, start, end in record["parts"] if kind == "matn"]
        return record["text"][spans[0][0] : spans[-1][1]][:_LONGEST] if spans else ""

    def _matching(self, text: str, collection: str, least: float) -> list[SourceMatch]:
        key = (text, collection, least)
        if key not in self._compared:
            if len(self._compared) > _KEPT:
                self._compared.clear()
            self._compared[key] = self._compare(*key)
        return self._compared[key]

    def _compare(self, text: str, collection: str, least: float) -> list[SourceMatch]:
        looked = self._chains(text)
        if looked is None:
            return []
        item, candidates, _ = looked
        mine = candidates.take(item.stream.sources[candidates.passage] == self._place(collection))
        return self._best(text, item, mine, least)

    def _place(self, collection: str) -> int:
        """The collection's place among the sources, -1 where it is not loaded."""
        places = (place for place, source in enumerate(self._index.sources) if source.id == collection)
        return next(places, -1)

    def _scattered(self, text: str, collection: str) -> list[SourceMatch]:
        """The records that have about half of the words of a text, rarer words counting for more."""
        view, stream = report_view(spell(text, self._index)), self._index.streams["reports"]
        held = np.flatnonzero(stream.sources == self._place(collection))
        if len(held) == 0 or not 0 < len(view) <= _FEW:
            return []
        ids = np.unique(view.ids[view.ids >= 0])
        first, last = int(held[0]), int(held[-1])  # a source's records stand together
        low = int(stream.first[first])
        words = stream.ids[low : int(stream.first[last + 1])]
        worth = np.zeros(last - first + 1)
        for word in ids.tolist():
            at = np.flatnonzero(words == word) + low
            worth[np.unique(stream.passage_of(at)) - first] += self._index.bits[word]
        total = float(self._index.bits[ids].sum()) + _UNKNOWN * int((view.ids < 0).sum())
        best = np.argsort(-worth, kind="stable")[: 2 * _MOST]
        best = best[worth[best] >= _SAME_COMPANION * total] + first
        count = len(best)
        mine = Chains(
            np.zeros(count, np.int64),
            np.full(count, len(view)),
            stream.first[best],
            stream.first[best + 1],
            worth[best - first],
            np.full(count, len(view)),
            best,
        )
        span = Span(0, len(text))
        item = Found("report", "quotation", span, Region(0, len(view), 0.0, 0.0, mine), view, stream, None)
        return self._best(text, item, mine, _LEAST_COVERED)

    def _best(self, text: str, item: Found, mine: Chains, least: float) -> list[SourceMatch]:
        """Those that cover most, of the records that chains lead to."""
        if len(mine) == 0:
            return []
        mine = mine.take(np.argsort(-mine.bits, kind="stable"))
        _, once = np.unique(mine.passage, return_index=True)
        mine = mine.take(np.sort(once)[: 2 * _MOST])
        region = Region(0, len(item.view), float(mine.bits[0]), 0.0, mine)
        found = Found("report", "quotation", item.span, region, item.view, item.stream, None)
        compared = matches(found, text, self._index, self._records, _MOST, least=least)
        return sorted(compared, key=lambda match: -match.covered)

    def _chains(self, text: str) -> tuple[Found, Chains, Span] | None:
        if text not in self._found:
            if len(self._found) > _KEPT:
                self._found.clear()
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> tuple[Found, Chains, Span] | None:
        view, stream = report_view(spell(text, self._index)), self._index.streams["reports"]
        if len(view) == 0:
            return None
        hits = grams.look_up(stream.levels, view.ids, np.ones(len(view), np.bool_))
        barriers = np.zeros(len(view), np.bool_)
        candidates = extend(chains(hits, view.bits, barriers, stream, _RUN_BITS, _CHAIN_BITS), view, stream)
        if len(candidates) == 0:
            return None
        region = Region(0, len(view), 0.0, 0.0, candidates)
        item = Found("report", "quotation", Span(0, len(text)), region, view, stream, None)
        return item, candidates, item.span


def _narrators(finding: Finding) -> set[str]:
    """From whom the sources are that have most of the quotation's words."""
    sources = [source for source in finding.sources if source.covered >= _MOSTLY]
    return {one for source in sources for one in people(source.narrator or "", source.chain or "")}
