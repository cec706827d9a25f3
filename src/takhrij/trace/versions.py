"""Versions of a quoted report in a collection that the text names, in its words or in others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from takhrij.find.chain import Chains
from takhrij.find.found import Found
from takhrij.find.nearby import Stretch, chains_in
from takhrij.find.select import Region
from takhrij.find.view import Array, report_view, spell
from takhrij.model import Finding, SourceMatch, Span
from takhrij.text import fold, fold_word
from takhrij.trace.compare import Records, matches
from takhrij.trace.narrators import people
from takhrij.trace.negations import turned

_MOSTLY = 0.7  # share of the quotation's words that a source has whose narrator counts as the report's
_ANYBODY = 0.65  # share of the words' bits that a version keeps in place, whoever it is from
_SAME_COMPANION = 0.45  # the same from the same Companion
_LEAST_COVERED = 0.4  # share of the words that is looked for
_LEAST = 0.3  # of a record that is named as the nearest
_COMMON = 11.0  # bits up to which a word tells no report from another («نهى رسول الله عن بيع …»)
_TELLING = 0.2  # share of the bits beyond these that a version keeps
UNKNOWN = 16.0  # bits of a word that no source has
_RUN_BITS, _CHAIN_BITS = 14.0, 18.0
_MOST = 4  # versions of one collection
_WHOLES = 3  # reports by which it is looked for
_SHORT = 6  # words of which half are a frame that other reports have («إذا … أحدكم فليبدأ»)
_FEW = 8  # words that are looked for one by one
_OPENS = frozenset(
    map(
        fold_word,
        ["عن", "وعن", "حدثنا", "وحدثنا", "حدثني", "وحدثني", "أخبرنا", "وأخبرنا", "أخبرني", "وأخبرني"],
    )
)  # words that open a chain
LONGEST = 1200  # code points of a report that are compared


_Weights = tuple[
    list[int], list[float], list[float]
]  # words' starts; bits before each and of all; telling ones


class Versions:
    """Looks for versions of one quotation; what is found for it is kept."""

    def __init__(self, records: Records) -> None:
        self._index = records.index
        self._records = records
        self._found: dict[str, Found] = {}
        self._weights: dict[str, _Weights] = {}
        self._compared: dict[tuple[str, str, float], list[SourceMatch]] = {}

    def in_collection(
        self, finding: Finding, collection: str, named: Iterable[str] = ()
    ) -> list[SourceMatch]:
        """The collection's versions: most of the quotation's words, or about half from the same Companion.

        `named` are narrators whom the text names.
        """
        return self._versions(finding.text[:LONGEST], collection, finding, named)

    def of_report(self, finding: Finding, collection: str, named: Iterable[str] = ()) -> list[SourceMatch]:
        """The same by the whole report that the quotation is from, in one source or another: slower."""
        wholes = (whole for source in finding.sources[:_WHOLES] if (whole := self.whole(source)))
        found = (self._versions(whole, collection, finding, named) for whole in wholes)
        return next(filter(None, found), [])

    def by_words(self, finding: Finding, collection: str, named: Iterable[str] = ()) -> list[SourceMatch]:
        """The same by single words, wherever in a record they stand: a few words may be joined by no run."""
        text = finding.text[:LONGEST]
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
            own = persons & people(match.narrator or "", match.chain or "")
            least = _SAME_COMPANION if own else _ANYBODY
            if match.covered >= least and self._keeps(text, 0, match, least) and not turned(match):
                found.append(match)
        return found

    def at(self, finding: Finding, ref: str) -> bool:
        """Whether the record `ref` is a version, by the quotation's words or by its whole report's."""
        row, stream = self._index.rows.get(ref), self._index.streams["reports"]
        if row is None:
            return False
        texts = [finding.text[:LONGEST], *filter(None, map(self.whole, finding.sources[:_WHOLES]))]
        for text in dict.fromkeys(texts):
            looked = self._looked(text)
            near = looked.region.chains
            mine = near.take(stream.passages[near.passage] == row)
            if len(mine) and self._close(text, self._best(text, looked, mine, _LEAST_COVERED), finding, ()):
                return True
        return False

    def among(self, finding: Finding) -> tuple[SourceMatch, ...]:
        """The sources of a finding that have its words in place, not here and there in a long record."""
        text, start = finding.text, finding.span.start
        least = _SAME_COMPANION if len(text.split()) > _SHORT else _ANYBODY
        return tuple(one for one in finding.sources if self._keeps(text, start, one, least))

    def _keeps(self, text: str, offset: int, match: SourceMatch, least: float) -> bool:
        """Whether a source has such a share of a text's words in place, rarer words for more.

        Of the rare ones, that tell the report from others, it has some: a frame that many share is not
        enough. The changes of `match` are counted from `offset` before the text.
        """
        if not match.changes:
            return True
        starts, bits, telling = self._weighed(text)
        lost = lost_telling = 0.0
        for change in match.changes:
            if change.kind in ("replaced", "added") and not change.near:
                begin, end = (bisect_left(starts, place - offset) for place in change.span)
                lost += bits[end] - bits[begin]
                lost_telling += telling[end] - telling[begin]
        return bits[-1] - lost >= least * bits[-1] and telling[-1] - lost_telling >= _TELLING * telling[-1]

    def _weighed(self, text: str) -> _Weights:
        """Where the words of a text begin, and what those before each are worth."""
        if text not in self._weights:
            self.weigh([text])
        return self._weights[text]

    def weigh(self, texts: Sequence[str]) -> None:
        """Note what the words of the texts are worth, all at once as in `look_for`."""
        words = fold("\n".join(texts))
        ids, of = self._index.word_ids(words.hashes)
        bits = np.where(ids >= 0, self._index.bits[np.maximum(ids, 0)], UNKNOWN)
        starts = words.starts[of].astype(np.int64)
        for text, origin, begin, end in _edges(texts, starts):
            own = bits[begin:end].tolist()
            telling = (max(one - _COMMON, 0.0) for one in own)
            sums = list(accumulate(own, initial=0.0)), list(accumulate(telling, initial=0.0))
            self._weights[text] = (starts[begin:end] - origin).tolist(), *sums

    def nearest(
        self, finding: Finding, collection: str, named: Iterable[str] = ()
    ) -> tuple[str, bool] | None:
        """The collection's record that has most of the quotation's words, where it has a third of them.

        With whether it is from a narrator of the quotation's; the first that is, if any.
        """
        found = self._matching(finding.text[:LONGEST], collection, _LEAST)
        persons = _narrators(finding) | {one for name in named for one in people(name)}
        same = [
            one.ref
            for one in found
            if persons & people(one.narrator or "", one.chain or "")
            and self._keeps(finding.text[:LONGEST], 0, one, _LEAST)
        ]
        return (same[0], True) if same else (found[0].ref, False) if found else None

    def whole(self, source: SourceMatch) -> str:
        """The report that a source's record holds."""
        row = self._index.rows.get(source.ref)
        if row is None:
            return ""
        record = self._records.row(row)
        spans = [(start, end) for kind, start, end in record["parts"] if kind == "matn"]
        text: str = record["text"][spans[0][0] : spans[-1][1]][:LONGEST] if spans else ""
        chain, mark, words = text.partition('"')  # a second chain before the marks is none of its words
        second = mark and fold_word(*chain.split()[:1] or [""]) in _OPENS
        return words if second and len(words.split()) >= _SHORT else text

    def _matching(self, text: str, collection: str, least: float) -> list[SourceMatch]:
        key = (text, collection, least)
        if key not in self._compared:
            self._compared[key] = self._compare(*key)
        return self._compared[key]

    def _compare(self, text: str, collection: str, least: float) -> list[SourceMatch]:
        looked = self._looked(text)
        near = looked.region.chains
        mine = near.take(looked.stream.sources[near.passage] == self._place(collection))
        return self._best(text, looked, mine, least) if len(mine) else []

    def _place(self, collection: str) -> int:
        """The collection's place among the sources, -1 where it is not loaded."""
        places = (place for place, source in enumerate(self._index.sources) if source.id == collection)
        return next(places, -1)

    def _scattered(self, text: str, collection: str) -> list[SourceMatch]:
        """The records that have about half of the words of a text, rarer words counting for more."""
        view, stream = self._looked(text).view, self._index.streams["reports"]
        held = np.flatnonzero(stream.sources == self._place(collection))
        if len(held) == 0 or not 0 < len(view) <= _FEW:
            return []
        ids = np.unique(view.ids[view.ids >= 0])
        first, last = int(held[0]), int(held[-1])  # a source's records stand together
        bounds = stream.first[[first, last + 1]]
        worth = np.zeros(last - first + 1)
        for word in ids.tolist():
            places = stream.singles[stream.single_starts[word] : stream.single_starts[word + 1]]
            at = places[slice(*np.searchsorted(places, bounds))]
            worth[np.unique(stream.passage_of(at)) - first] += self._index.bits[word]
        total = float(self._index.bits[ids].sum()) + UNKNOWN * int((view.ids < 0).sum())
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
        region = Region(0, len(view), 0.0, 0.0, mine)
        item = Found("report", "quotation", Span(0, len(text)), region, view, stream, None)
        return self._best(text, item, mine, _LEAST_COVERED)

    def _best(self, text: str, item: Found, mine: Chains, least: float) -> list[SourceMatch]:
        """Those that cover most, of the records that chains lead to, best first."""
        _, once = np.unique(mine.passage, return_index=True)
        mine = mine.take(np.sort(once)[: 2 * _MOST])
        found = replace(item, region=replace(item.region, chains=mine))
        compared = matches(found, text, self._records, _MOST, least=least)
        return sorted(compared, key=lambda match: -match.covered)

    def _looked(self, text: str) -> Found:
        if text not in self._found:
            self.look_for([text])
        return self._found[text]

    def look_for(self, texts: Sequence[str]) -> None:
        """Look the texts up, all at once: much quicker than one by one when they are asked for."""
        stream, view = self._index.streams["reports"], report_view(spell("\n".join(texts), self._index))
        edges = _edges(texts, view.starts)
        views = [view.part(begin, end, origin) for _, origin, begin, end in edges]
        stretches = [Stretch(one.ids, one.bits) for one in views]
        for text, own, near in zip(
            texts, views, chains_in(stretches, stream, _RUN_BITS, _CHAIN_BITS), strict=True
        ):
            region = Region(0, len(own), 0.0, 0.0, near)
            self._found[text] = Found("report", "quotation", Span(0, len(text)), region, own, stream, None)


def _edges(texts: Sequence[str], starts: Array) -> list[tuple[str, int, int, int]]:
    """Of texts joined by line ends: each, where it begins, and its first word and the one behind its last."""
    origins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    edges = np.searchsorted(starts, origins).tolist()
    return list(zip(texts, origins, edges, edges[1:], strict=False))


def _narrators(finding: Finding) -> set[str]:
    """From whom the sources are that have most of the quotation's words."""
    sources = [source for source in finding.sources if source.covered >= _MOSTLY]
    return {one for source in sources for one in people(source.narrator or "", source.chain or "")}
