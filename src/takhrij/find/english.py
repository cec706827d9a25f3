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
from takhrij.find.citations import Citations
from takhrij.find.claims import RawClaim
from takhrij.find.english_marks import stretches
from takhrij.find.english_view import EnglishText, EnglishView
from takhrij.find.found import HEAD_BITS, LEAST_NAMES, PLAIN_WORD, Found, found_at
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
_AS_CITED = 0.5  # the same where a verse is cited beside: what has less is compared with that verse
_STRONG_CUE, _CITED = 17.0, 20.0  # bits: of words that announce scripture, for a citation beside a quotation
_LEADS = re.compile(  # what may stand between the words that announce scripture and its mark
    r"(?:\s?[(\[][^()\[\]\n]{1,60}[)\]])?(?:(?:\s\w{1,12}){0,3}\s?:|[\s,;—–-]{0,3})[\s>*_]{0,4}[“\"«‘]"
)
_FEW = 3  # words between an opening mark and the first that was found
_LONGEST_SPEECH, _LONGEST_WHOLE = 60, 600  # words between two marks of which a small part is no quotation
_LONGEST_HEAD = 30  # words of a chain before a report
_NEAREST = 12  # chains kept for a stretch that nothing explains
_WEAK_RUN, _WEAK_CHAIN = 10.0, 16.0


class Quoted(NamedTuple):
    """Tokens [begin, end) between two marks, and the stretch without the marks."""

    begin: int
    end: int
    span: Span


def english_quotations(
    read: EnglishText | None,
    index: Index,
    allowed: frozenset[str] | None = None,
    claims: Sequence[RawClaim] = (),
) -> list[Found]:
    """All quotations in English, in order, and what is presented as one that no loaded English has.

    read: what `read_english` gives for the text; allowed: the source ids to search (None: all); claims: what
    the text says of its quotations. A verse is found through a translation (`kind` "quran", in the stream
    "english").
    """
    stream = index.streams["english"]
    searched = np.array([allowed is None or source.id in allowed for source in index.sources])
    if read is None or len(read.view) < _LEAST_WORDS or not searched[stream.sources].any():
        return []
    text, marked, view = read
    quoted = _quoted(marked, view)
    translated = np.array([source.kind == "translation" for source in index.sources])
    candidates = _candidates(view, stream, searched)
    least, cited = thresholds()["english"], Citations(text, claims)
    found = []
    for region in select.regions(
        candidates, select.evidence(candidates, view, stream), view, least["quotation"]
    ):
        item = _settled(text, region, view, stream, translated, quoted, cited)
        if item is not None:
            found.append(item)
    taken = np.zeros(len(view), np.bool_)
    found = _without_overlaps(found, taken)
    found += _unexplained(text, taken, quoted, view, stream, searched, translated, cited)
    return sorted(found, key=lambda item: item.span)


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
    between = view.broken & (view.quotes | np.append(False, view.unquotes[:-1]))  # words in other marks
    found = chain.chains(hits, view.bits, view.broken, stream, least_run, least["chain"], between)
    return select.extend(found.take(searched[stream.sources[found.passage]]), view.ids, view.bits, stream)


def _settled(
    text: str,
    region: Region,
    view: EnglishView,
    stream: Stream,
    translated: Array,
    quoted: list[Quoted],
    cited: Citations,
) -> Found | None:
    """The quotation that a region is, with the ends that marks give it; None where too little presents it."""
    pair = _marked(region, quoted, view)
    verse = pair is not None and cited.kind(pair.span) == "reference"
    kind, chains = _kind(region.chains, stream, translated, _AS_CITED if verse else _AS_GOOD)
    if verse and kind == "report":  # the wording of some report: the text has it as the verse that it cites
        return None
    region = replace(region, chains=chains)
    region = region if pair else _on_one_side(region, quoted, view)
    if pair is None and _is_scrap(text, region, quoted, view, cited):
        return None
    if pair is not None:
        region = replace(region, begin=pair.begin, end=pair.end)
    else:
        if kind == "report" and _is_chain(text, region, view):
            return None
        region = _without_head(region, view) if kind == "report" else region
        region = replace(region, begin=_opened(region.begin, view))
    begin, end = region.begin, region.end
    how = _presented(region, pair is not None, view, cited)
    if how is None or end - begin < _LEAST_WORDS:
        return None
    found = found_at(text, kind, how, view, stream, region)
    if pair is not None:
        found = replace(found, span=pair.span, marked=float(view.cue[begin]) >= _STRONG_CUE)
    return found


def _kind(chains: Chains, stream: Stream, translated: Array, least: float) -> tuple[Kind, Chains]:
    """A verse where a translation has such a share of what any report has; with the chains of that kind."""
    of_verses = translated[stream.sources[chains.passage]]
    best = float(chains.bits.max())
    verse = of_verses.any() and float(chains.bits[of_verses].max()) >= least * best
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


def _on_one_side(region: Region, quoted: list[Quoted], view: EnglishView) -> Region:
    """A region that a mark of a quotation cuts in two: the part that weighs more, with its bits alone."""
    at = bisect_left(quoted, (region.end,))
    for begin, end, _ in quoted[max(0, at - 40) : at]:
        if begin <= region.begin < end < region.end:
            region = _heavier(region, end, view)
        elif region.begin < begin < region.end < end:
            region = _heavier(region, begin, view)
    return region


def _heavier(region: Region, at: int, view: EnglishView) -> Region:
    """The part of a region before token `at` or from it on, whichever weighs more."""
    before, behind = float(view.bits[region.begin : at].sum()), float(view.bits[at : region.end].sum())
    share = max(before, behind) / max(before + behind, 1.0)
    begin, end = (region.begin, at) if before > behind else (at, region.end)
    return replace(region, begin=begin, end=end, bits=share * region.bits, evidence=share * region.evidence)


def _is_scrap(text: str, region: Region, quoted: list[Quoted], view: EnglishView, cited: Citations) -> bool:
    """Whether a region is a small part of what marks and a citation or an announcement present as a whole."""
    at = bisect_left(quoted, (region.begin + 1,))
    return any(
        region.end <= end and _is_whole(begin, end, quoted) and _presented_as(text, span, begin, view, cited)
        for begin, end, span in quoted[max(0, at - 40) : at]
    )


def _is_whole(begin: int, end: int, quoted: list[Quoted]) -> bool:
    """Whether a marked stretch may be one quotation: long ones with marks inside are speeches that quote."""
    if end - begin <= _LONGEST_SPEECH:
        return True
    inside = quoted[bisect_left(quoted, (begin, end)) :]
    return end - begin <= _LONGEST_WHOLE and not any(pair.begin < end for pair in inside[1:2])


def _is_chain(text: str, region: Region, view: EnglishView) -> bool:
    """Whether a region is no more than names and the common words between them: "from Malik, from Nafi'"."""
    here = slice(region.begin, region.end)
    named = np.array([text[start].isupper() for start in view.starts[here].tolist()])
    said = float(np.maximum(view.bits[here] - PLAIN_WORD, 0)[~named].sum())
    return said <= HEAD_BITS and int(named.sum()) * LEAST_NAMES >= len(named)


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


def _presented(region: Region, framed: bool, view: EnglishView, cited: Citations) -> Presented | None:
    """Whether marks, words or a citation present a region as a quotation; an echo where it is woven in."""
    begin, end, least = region.begin, region.end, thresholds()["english"]
    cue = float(view.cue[begin]) if view.stops[begin] or view.opens[begin] else 0.0
    named = cited.kind(Span(int(view.starts[begin]), int(view.ends[end - 1]))) is not None
    weight = region.bits + (cue if cue >= _STRONG_CUE else 0.0) + _CITED * named
    if framed and weight >= least["framed"]:
        return "quotation"
    if (
        (cue >= _STRONG_CUE or named)
        and weight >= least["announced"]
        and end - begin >= least["announced_words"]
    ):
        return "quotation"
    if region.bits < least["unmarked"] or end - begin < least["unmarked_words"]:
        return None
    punctuated = view.stops[begin] or view.opens[begin] or view.stops[end] or view.closes[end - 1]
    return "quotation" if punctuated else "echo"


def _without_overlaps(found: list[Found], taken: Array) -> list[Found]:
    """Each stretch once: where marks gave several the same words, the one with the most evidence.

    taken: [n] of each token whether a quotation has it; filled in.
    """
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: -item.region.evidence):
        here = slice(item.region.begin, item.region.end)
        if not taken[here].any():
            taken[here] = True
            kept.append(item)
    return kept


def _unexplained(
    text: str,
    taken: Array,
    quoted: list[Quoted],
    view: EnglishView,
    stream: Stream,
    searched: Array,
    translated: Array,
    cited: Citations,
) -> list[Found]:
    """Stretches between marks that words before or a citation present as scripture and that none explains."""
    result: list[Found] = []
    for begin, end, span in quoted:
        if end - begin < _LEAST_WORDS or taken[begin:end].any():
            continue
        kind = _presented_as(text, span, begin, view, cited)
        if kind is None:
            continue
        taken[begin:end] = True
        near = _near(view, begin, end, stream)
        wanted = searched & (translated if kind == "quran" else ~translated)
        near = near.take(wanted[stream.sources[near.passage]])
        near = near.take(np.argsort(-near.bits, kind="stable")[:_NEAREST])
        item = found_at(text, kind, "quotation", view, stream, Region(begin, end, 0.0, 0.0, near))
        result.append(replace(item, span=span, marked=True, explained=False))
    return result


def _presented_as(text: str, span: Span, begin: int, view: EnglishView, cited: Citations) -> Kind | None:
    """Whether a marked stretch is given as a verse or as a report."""
    kind = cited.kind(span)
    at = int(view.cue_at[begin])
    led = at >= 0 and _LEADS.fullmatch(text, int(view.ends[at]), span.start) is not None
    quran = float(view.cue_quran[begin]) * led + _CITED * (kind == "reference")
    report = float(view.cue_report[begin]) * led + _CITED * (kind in ("collection", "number"))
    report = max(report, _CITED * cited.told(span.start))
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
