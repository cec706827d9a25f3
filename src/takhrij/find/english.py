"""Quotations in English: stretches that a translation of the Qur'an or the English of a report has.

Works on the Latin-script words of a text alone, and does nothing where it has hardly any.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from takhrij.find import chain, select
from takhrij.find.chain import Chains, none
from takhrij.find.claims import RawClaim
from takhrij.find.english_marks import curled, stretches
from takhrij.find.english_view import EnglishView, english_view, has_latin
from takhrij.find.found import Found, found_at
from takhrij.find.quotations import thresholds
from takhrij.find.select import Region
from takhrij.find.view import Array
from takhrij.index import grams
from takhrij.index.store import Index, Stream
from takhrij.model import Kind, Presented, Span

_LEAST_WORDS = 4
_SHARE_OF_MARKED = 0.5  # of the words found and the words between two marks together: they are one quotation
_OUTER_SHARE = 0.85  # the same, from which on an outer pair of marks is preferred to an inner one
_AS_GOOD = 0.85  # share of the best chain's bits from which on a translation is the source, not a report
_STRONG_CUE, _CITED = 17.0, 20.0  # bits: of words that announce scripture, for a citation beside a quotation
_LEADS = re.compile(  # what may stand between the words that announce scripture and its mark
    r"(?:\s?[(\[][^()\[\]\n]{1,60}[)\]])?(?:(?:\s\w{1,12}){0,3}\s?:|[\s,;—–-]{0,3})[\s>*_]{0,4}[“\"«‘]"
)
_ENDED = re.compile(r"[”».!?\n]")
_FEW = 3  # words between an opening mark and the first that was found
_LONGEST_HEAD = 30  # words of a chain before a report
_BEHIND, _AHEAD = 25, 60  # code points between a citation and the quotation it stands behind or before
_NEAREST = 12  # chains kept for a stretch that nothing explains
_WEAK_RUN, _WEAK_CHAIN = 10.0, 16.0
Claims = Sequence[RawClaim]
_NAMED = ("reference", "collection", "number")


class Quoted(NamedTuple):
    """Tokens [begin, end) between two marks, and the stretch without the marks."""

    begin: int
    end: int
    span: Span


def english_quotations(
    text: str, index: Index, allowed: frozenset[str] | None = None, claims: Sequence[RawClaim] = ()
) -> list[Found]:
    """All quotations in English, in order, and what is presented as one that no loaded English has.

    allowed: the source ids to search (None: all); claims: what the text says of its quotations. A verse is
    found through a translation (`kind` "quran", in the stream "english").
    """
    stream = index.streams["english"]
    searched = np.array([allowed is None or source.id in allowed for source in index.sources])
    if len(stream.ids) == 0 or not searched[np.unique(stream.sources)].any() or not has_latin(text):
        return []
    marked = curled(text)
    view = english_view(text, marked, index)
    if len(view) < _LEAST_WORDS:
        return []
    quoted = _quoted(marked, view)
    translated = np.array([source.kind == "translation" for source in index.sources])
    candidates = _candidates(view, stream, searched)
    least = thresholds()["english"]
    found = []
    for region in select.regions(
        candidates, select.evidence(candidates, view, stream), view, least["quotation"]
    ):
        item = _settled(text, region, view, stream, translated, quoted, claims)
        if item is not None:
            found.append(item)
    found = _without_overlaps(found)
    return sorted(
        [*found, *_unexplained(text, found, quoted, view, stream, searched, translated, claims)],
        key=lambda item: item.span,
    )


def _quoted(marked: str, view: EnglishView) -> list[Quoted]:
    """What stands between marks, as tokens and as a stretch of the text; none with another script in it."""
    found = {}
    for span in stretches(marked):
        begin, end = np.searchsorted(view.starts, span).tolist()
        if end - begin >= 2 and not view.broken[begin + 1 : end].any():
            found[begin, end] = Quoted(begin, end, span)
    return sorted(found.values())


def _candidates(view: EnglishView, stream: Stream, searched: Array) -> Chains:
    least = thresholds()["english"]
    hits = grams.look_up(stream.levels, view.ids, np.append(~view.broken[1:], True))
    least_run = np.where((view.cue >= least["cue"]) | view.opens, least["run"], least["bare_run"])
    found = chain.chains(hits, view.bits, view.broken, stream, least_run, least["chain"])
    return select.extend(found.take(searched[stream.sources[found.passage]]), view, stream)


def _settled(
    text: str,
    region: Region,
    view: EnglishView,
    stream: Stream,
    translated: Array,
    quoted: list[Quoted],
    claims: Claims,
) -> Found | None:
    """The quotation that a region is, with the ends that marks give it; None where too little presents it."""
    kind, chains = _kind(region.chains, stream, translated)
    region = replace(region, chains=chains)
    pair = _marked(region, quoted, view)
    if pair is not None:
        region = replace(region, begin=pair.begin, end=pair.end)
    else:
        region = _without_head(region, view) if kind == "report" else region
        region = replace(region, begin=_opened(region.begin, view))
    begin, end = region.begin, region.end
    how = _presented(text, region, pair is not None, view, claims)
    if how is None or end - begin < _LEAST_WORDS:
        return None
    found = found_at(text, kind, how, view, stream, region)
    if pair is not None:
        found = replace(found, span=pair.span, marked=float(view.cue[begin]) >= _STRONG_CUE)
    return found


def _kind(chains: Chains, stream: Stream, translated: Array) -> tuple[Kind, Chains]:
    """A verse where a translation explains about as much as any report does; with the chains of that kind."""
    of_verses = translated[stream.sources[chains.passage]]
    best = float(chains.bits.max())
    verse = of_verses.any() and float(chains.bits[of_verses].max()) >= _AS_GOOD * best
    return ("quran", chains.take(of_verses)) if verse else ("report", chains.take(~of_verses))


def _marked(region: Region, quoted: list[Quoted], view: EnglishView) -> Quoted | None:
    """The stretch between two marks that a region is (words in common, of the words of both)."""
    best, most = None, _SHARE_OF_MARKED
    at = bisect_left(quoted, (region.end,))
    for pair in quoted[max(0, at - 40) : at]:
        begin, end, _ = pair
        shared = min(end, region.end) - max(begin, region.begin)
        share = shared / (max(end, region.end) - min(begin, region.begin))
        if share >= most and (best is None or share > most or share >= _OUTER_SHARE):
            best, most = pair, share
    return best


def _opened(begin: int, view: EnglishView) -> int:
    """Where a mark opens a few words before a region that none closes: its first words differ."""
    before = np.flatnonzero(view.quotes[max(0, begin - _FEW) : begin + 1])
    return max(0, begin - _FEW) + int(before[-1]) if len(before) else begin


def _without_head(region: Region, view: EnglishView) -> Region:
    """A report without the words before its first colon or opening mark: its chain and "the Prophet said"."""
    limit = min(region.end - _LEAST_WORDS, region.begin + _LONGEST_HEAD)
    at = np.flatnonzero((view.colons[:-1] | view.quotes)[region.begin + 1 : limit]) + region.begin + 1
    at = at[view.cue[at] >= 7] if len(at) else at
    return replace(region, begin=int(at[-1])) if len(at) else region


def _presented(
    text: str, region: Region, framed: bool, view: EnglishView, claims: Claims
) -> Presented | None:
    """Whether marks, words or a citation present a region as a quotation; an echo where it is woven in."""
    begin, end, least = region.begin, region.end, thresholds()["english"]
    cue = float(view.cue[begin]) if view.stops[begin] or view.opens[begin] else 0.0
    cited = _cited(text, Span(int(view.starts[begin]), int(view.ends[end - 1])), claims)
    weight = region.bits + (cue if cue >= _STRONG_CUE else 0.0) + _CITED * (cited is not None)
    if framed and weight >= least["framed"]:
        return "quotation"
    if (
        (cue >= _STRONG_CUE or cited)
        and weight >= least["announced"]
        and end - begin >= least["announced_words"]
    ):
        return "quotation"
    if region.bits < least["unmarked"] or end - begin < least["unmarked_words"]:
        return None
    punctuated = view.stops[begin] or view.opens[begin] or view.stops[end] or view.closes[end - 1]
    return "quotation" if punctuated else "echo"


def _cited(text: str, span: Span, claims: Claims) -> str | None:
    """The kind of the citation right behind a stretch, else of one right before it."""
    for claim in claims:
        near = claim.kind in _NAMED and 0 <= claim.group.start - span.end <= _BEHIND
        if near and "\n\n" not in text[span.end : claim.group.start]:
            return claim.kind
    for claim in claims:
        near = claim.kind in _NAMED and 0 <= span.start - claim.group.end <= _AHEAD
        if near and not _ENDED.search(text, claim.group.end, span.start):
            return claim.kind
    return None


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Each stretch once: where marks gave several the same words, the one with the most evidence."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: -item.region.evidence):
        if all(item.span.end <= other.span.start or item.span.start >= other.span.end for other in kept):
            kept.append(item)
    return kept


def _unexplained(
    text: str,
    found: list[Found],
    quoted: list[Quoted],
    view: EnglishView,
    stream: Stream,
    searched: Array,
    translated: Array,
    claims: Claims,
) -> list[Found]:
    """Stretches between marks that words before or a citation present as scripture and that none explains."""
    result: list[Found] = []
    for begin, end, span in quoted:
        if end - begin < _LEAST_WORDS or any(_overlaps(span, item.span) for item in [*found, *result]):
            continue
        kind = _presented_as(text, span, begin, view, claims)
        if kind is None:
            continue
        near = _near(view, begin, end, stream)
        wanted = searched & (translated if kind == "quran" else ~translated)
        near = near.take(wanted[stream.sources[near.passage]])
        near = near.take(np.argsort(-near.bits, kind="stable")[:_NEAREST])
        item = found_at(text, kind, "quotation", view, stream, Region(begin, end, 0.0, 0.0, near))
        result.append(replace(item, span=span, marked=True, explained=False))
    return result


def _overlaps(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _presented_as(
    text: str, span: Span, begin: int, view: EnglishView, claims: Sequence[RawClaim]
) -> Kind | None:
    """Whether a marked stretch is given as a verse or as a report."""
    cited = _cited(text, span, claims)
    at = int(view.cue_at[begin])
    led = at >= 0 and _LEADS.fullmatch(text, int(view.ends[at]), span.start) is not None
    quran = float(view.cue_quran[begin]) * led + _CITED * (cited == "reference")
    report = float(view.cue_report[begin]) * led + _CITED * (cited in ("collection", "number"))
    if max(quran, report) < _STRONG_CUE:
        return None
    return "quran" if quran > report else "report"


def _near(view: EnglishView, begin: int, end: int, stream: Stream) -> Chains:
    """The chains of what comes nearest to a stretch."""
    ids, bits = view.ids[begin:end], view.bits[begin:end]
    hits = grams.look_up(stream.levels, ids, np.ones(len(ids), np.bool_))
    if len(hits.text) == 0:
        return none()
    near = chain.chains(hits, bits, np.zeros(len(ids), np.bool_), stream, _WEAK_RUN, _WEAK_CHAIN)
    return replace(near, begin=near.begin + begin, end=near.end + begin)


__all__ = ["english_quotations"]
