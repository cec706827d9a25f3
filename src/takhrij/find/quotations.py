"""What is quoted in a text: regions of tokens, told apart as quotation, echo or formula."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from takhrij.find import basmala, chain, select, short
from takhrij.find.chain import Chains, none
from takhrij.find.claims import Isnad, RawClaim
from takhrij.find.evidence import Presented as Unit
from takhrij.find.found import (
    HEAD_BITS,
    PLAIN_WORD,
    Found,
    after_hearing,
    behind_chains,
    found_at,
    head_of,
    trimmed,
    without_titles,
    words_of,
)
from takhrij.find.presented import apart, presented
from takhrij.find.select import Region
from takhrij.find.telling import telling
from takhrij.find.units import exactly, with_presented
from takhrij.find.view import Array, View, report_view, spell, verse_view
from takhrij.index import grams
from takhrij.index.store import Index, Stream
from takhrij.model import Kind, Presented, Span
from takhrij.text import fold_word

_REFERENCE = re.compile(r"[\s\"'»”﴾)}\]*]{0,4}[\[(﴿{﴾][^\])\n]{0,40}?[0-9٠-٩۰-۹]")


_LONGEST_TAIL = 8  # words of a remark behind a report
_LEAST_CUED = 4  # words of a report that no marks enclose; three if they are all from "he said:" to a stop
_WHOSE = 20.0  # bits of a cue that says whose words follow
_FORMULA = 2.0  # bits that a word inside a formula of piety is worth at most
_FAR = 200  # code points looked at for the beginning and the end of a line
_SAID = 7.0  # bits of "he said" straight before a colon
_EVERYDAY = 2  # words that stand in a verse and behind one by chance
_SOME = 35  # percent of a marked stretch that a record explains which is one of its sources
_MOST_AROUND = 4  # times as many words may stand between the marks as were found


@cache
def thresholds() -> dict[str, dict[str, float]]:
    """The bits of evidence wanted (data/thresholds.toml)."""
    loaded: dict[str, dict[str, float]] = tomllib.loads(
        files("takhrij.find").joinpath("data/thresholds.toml").read_text("utf-8")
    )
    return loaded


def quotations(
    text: str,
    index: Index,
    allowed: frozenset[str] | None = None,
    claims: Sequence[RawClaim] = (),
    isnads: Sequence[Isnad] = (),
    given: Sequence[tuple[Kind, Span]] | None = None,
) -> list[Found]:
    """All quotations and echoes in `text`, in its order, and what it presents as one though no source has it.

    allowed: the source ids to search (None: all); claims and isnads: what the text says of its quotations;
    given: the quotations, if they are known, each exactly as given and no others.
    """
    spelled = spell(text, index)
    view = verse_view(spelled)
    with_reports = allowed is None or bool(allowed - {"quran"})
    other = report_view(spelled) if with_reports else view
    verses: list[Found] = []
    reports: list[Found] = []
    woven: list[Found] = []
    candidates = none()
    if allowed is None or "quran" in allowed:
        verses = _verses(text, view, index)
    if with_reports:
        reports, woven, candidates = _reports(text, other, index, allowed)
        reports = after_hearing(text, behind_chains(reports, isnads))
    if given is not None:
        wanted = [Unit(span, kind) for kind, span in given]
        found = _within(exactly(text, [*verses, *reports], wanted, view, other, index), index, allowed)
        return _in_reports(found, other, candidates)
    settled = _settle(verses, reports)
    units = presented(text, view, other, claims, isnads)
    if allowed is not None:
        units = [unit for unit in units if _searched(unit.kind, allowed)]
    found = _within(with_presented(text, settled, units, view, other, index), index, allowed)
    found = without_titles(text, [*found, *_apart_from(woven, found)], claims)
    return _in_reports(sorted(found, key=lambda item: (item.span.start, -item.span.end)), other, candidates)


def _in_reports(found: list[Found], view: View, candidates: Chains) -> list[Found]:
    """The same in their order, verses with the reports in which they stand."""
    rows = [row for row, item in enumerate(found) if item.kind == "quran" and item.explained]
    starts = [int(found[row].view.starts[found[row].region.begin]) for row in rows]
    low = np.searchsorted(view.starts, starts).tolist()
    high = np.searchsorted(view.starts, [found[row].span.end for row in rows]).tolist()
    bounds = list(zip(low, high, rows, strict=True))
    for (begin, end, row), around in zip(bounds, select.explaining(candidates, bounds, 70), strict=True):
        whole = around.take(10 * around.words >= 7 * (end - begin))
        if len(whole):
            found[row] = replace(found[row], also=whole)
    return found


def _apart_from(woven: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The woven-in wordings that share no word with what is found otherwise."""
    ends = np.maximum.accumulate(np.sort([0, *(item.span.end for item in found)]))
    starts = np.sort([item.span.start for item in found])
    ended = np.searchsorted(ends, [item.span.start for item in woven], side="right") - 1
    begun = np.searchsorted(starts, [item.span.end for item in woven])
    return [item for item, alone in zip(woven, (ended == begun).tolist(), strict=True) if alone]


def _searched(kind: Kind, allowed: frozenset[str]) -> bool:
    return "quran" in allowed if kind == "quran" else bool(allowed - {"quran"})


def _candidates(
    view: View, stream: Stream, keep: Array | None, least: dict[str, float], walls: Array | None = None
) -> Chains:
    hits = grams.look_up(stream.levels, view.ids, np.ones(len(view), np.bool_))
    announced = (view.cue >= 12) & (view.stops[:-1] | view.opens) | view.colons[:-1] & (view.cue >= _SAID)
    announced &= stream.name == "quran"
    least_run = np.where((view.cue >= least["cue"]) | view.opens, least["run"], least["bare_run"])
    found = chain.chains(hits, view.bits, announced, stream, least_run, least["chain"], walls)
    if keep is not None:
        found = found.take(keep[stream.sources[found.passage]])
    return select.extend(found, view.ids, view.bits, stream, least.get("across"))


def _within(found: list[Found], index: Index, allowed: frozenset[str] | None) -> list[Found]:
    """The same, what comes nearest to an unexplained one taken from the sources that are searched."""
    if allowed is None:
        return found
    result = []
    for item in found:
        keep = _allowed(index, item.stream, allowed)
        if not item.explained and keep is not None:
            near = item.region.chains
            near = near.take(keep[item.stream.sources[near.passage]])
            item = replace(item, region=replace(item.region, chains=near))
        result.append(item)
    return result


def _allowed(index: Index, stream: Stream, allowed: frozenset[str] | None) -> Array | None:
    """Per source whether it is searched; None for all."""
    if allowed is None:
        return None
    return np.array([source.id in allowed for source in index.sources])


def _verses(text: str, view: View, index: Index) -> list[Found]:
    stream, least = index.streams["quran"], thresholds()["quran"]
    if len(view) == 0:
        return []
    candidates = _candidates(view, stream, None, least, apart(text, view))
    regions = select.regions(candidates, select.evidence(candidates, view, stream), view, least["quotation"])
    found: list[Found] = []
    for region in regions:
        if _praise_first(region, view) or _introduces(text, region, view):
            continue
        cue = _cue(view, region, found[-1] if found else None)
        how = _presented_verse(text, view, stream, region, cue, least)
        if how is not None:
            found.append(found_at(text, "quran", how, view, stream, region, cue_bits=cue))
    taken = np.zeros(len(view), np.bool_)
    for item in found:
        taken[item.region.begin : item.region.end] = True
    for region in short.regions(view, stream, taken, least["short"]):
        cue = float(view.cue[region.begin])
        found.append(found_at(text, "quran", "quotation", view, stream, region, cue_bits=cue))
    return basmala.joined(sorted(found, key=lambda item: item.span))


def _praise_first(region: Region, view: View) -> bool:
    """Whether a region is the praise of "His word, glory be to Him:", with a word behind it at most."""
    counted = np.flatnonzero(view.counted[region.begin : region.end]) + region.begin
    return len(counted) == 0 or bool(len(counted) == 1 and view.colons[counted[0]])


def _introduces(text: str, region: Region, view: View) -> bool:
    """Whether a few words are no quotation but "then he said:" before a colon."""
    begin, end = region.begin, region.end
    if end - begin > short.LONGEST + _EVERYDAY or view.opens[begin]:
        return False
    last = end if view.colons[begin] else begin + 1  # «تعالى: قالوا: …» is a verse
    for colon in range(max(last, end - _EVERYDAY), min(end, begin + short.LONGEST, len(view) - 1) + 1):
        if view.colons[colon]:
            return fold_word(text[view.starts[colon - 1] : view.ends[colon - 1]]) in words_of("said")
    return False


def _cue(view: View, region: Region, before: Found | None) -> float:
    """Bits that the words before a verse add; "he recited: … and …" carries on to the next verse."""
    cue = float(view.cue[region.begin])
    if region.end - region.begin <= _EVERYDAY and not view.opens[region.begin]:  # «ومن قال»
        return cue
    between = region.begin - before.region.end if before is not None else -1
    ahead = view.stops[region.begin] or view.opens[region.begin]
    if before is not None and before.presented == "quotation" and 0 <= between <= 1 + ahead:
        return max(cue, 0.75 * before.cue_bits)
    return cue


def _presented_verse(
    text: str, view: View, stream: Stream, region: Region, cue: float, least: dict[str, float]
) -> Presented | None:
    """Whether the words around present a verse as one; None where too little speaks for a verse at all."""
    begin, end = region.begin, region.end
    words = end - begin
    score = region.evidence + max(0.0, cue - float(view.cue[begin]))
    framed = bool(view.opens[begin] and view.closes[end - 1])
    ahead = bool(view.stops[begin] or view.opens[begin])
    behind = bool(view.stops[end] or view.closes[end - 1] or view.so_on[end])
    if words <= 3:
        score -= 8.0 * (not ahead) + 8.0 * (not behind)
    if score < least["quotation"]:
        return None
    cited = bool(view.so_on[end]) or _REFERENCE.match(text, int(view.ends[end - 1])) is not None
    if region.bits <= _FORMULA * words and not (cue >= 12 or framed or cited):
        return None
    if cue >= 12 or (framed and words > 2) or _is_verse(region, stream) or _own_line(text, view, region):
        return "quotation"
    if ahead and cue >= 5 and words > 2:
        return "quotation"
    if (view.colons[begin] and words > 3) or cited:
        return "quotation"
    if words < least["echo_words"] or region.bits < least["echo"]:
        return None
    return "quotation" if (ahead or behind) and region.bits >= least["woven"] else "echo"


def _reports(
    text: str, view: View, index: Index, allowed: frozenset[str] | None
) -> tuple[list[Found], list[Found], Chains]:
    """The reports in a text, wording of others woven into it, and every chain looked at for them."""
    stream, least = index.streams["reports"], thresholds()["reports"]
    if len(view) == 0:
        return [], [], none()
    candidates = _candidates(view, stream, _allowed(index, stream, allowed), least)
    scores = select.evidence(candidates, view, stream)
    found: list[Found] = []
    bare: list[Region] = []
    for whole in select.regions(candidates, scores, view, least["quotation"], by_marks=True):
        region, isnad = _matn_of(view, whole)
        begin, end = region.begin, region.end
        framed = view.quotes[begin] or (view.opens[begin] and view.closes[end - 1])
        if end - begin <= 2 and view.opens[begin] and view.closes[begin]:  # «ص» and a word behind it
            continue
        ahead = view.stops[begin] or view.opens[begin]
        alone = view.cue[begin] >= _WHOSE and ahead and (view.stops[end] or view.closes[end - 1])
        cued = view.cue[begin] >= 13  # but not the name in "related by Ibn Maja"
        cued = cued and end - begin >= _LEAST_CUED - alone and (ahead or region.bits >= least["woven"])
        if cued or framed or _long_enough(region, least, bool(ahead)):
            found.append(found_at(text, "report", "quotation", view, stream, region, isnad=isnad))
        elif end - begin >= least["echo_words"] and region.bits > _FORMULA * (end - begin):
            bare.append(region)
    told = zip(bare, telling(bare, view, index) >= least["echo"], strict=True)
    woven = [found_at(text, "report", "echo", view, stream, region) for region, tells in told if tells]
    return _as_marked(found, view, candidates), woven, candidates


def _as_marked(found: list[Found], view: View, candidates: Chains) -> list[Found]:
    """Where a report is found in part of what stands between two marks, all between them is the quotation."""
    opening, closing = np.flatnonzero(view.quotes), np.flatnonzero(view.unquotes)
    begin = np.array([item.region.begin for item in found], np.int64)
    end = np.array([item.region.end for item in found], np.int64)
    place, behind = np.searchsorted(opening, begin, side="right") - 1, np.searchsorted(closing, end - 1)
    framed = np.flatnonzero((place >= 0) & (behind < len(closing)))
    begin, end, start = begin[framed], end[framed], opening[place[framed]]
    stop = closing[behind[framed]] + 1
    no_other = np.searchsorted(closing, start) == np.searchsorted(closing, begin)
    no_other &= np.searchsorted(opening, end) >= np.searchsorted(opening, stop - 1, side="right")
    no_other &= stop - start <= _MOST_AROUND * (end - begin)
    bounds = zip(framed[no_other].tolist(), start[no_other].tolist(), stop[no_other].tolist(), strict=True)
    marks = {row: (first, last) for row, first, last in bounds}
    often = Counter(marks.values())
    whole = {row: marked for row, marked in marks.items() if often[marked] == 1}
    around = select.explaining(candidates, [(*marked, row) for row, marked in whole.items()], _SOME)
    result = list(found)
    for (row, marked), chains in zip(whole.items(), around, strict=True):
        explaining = chain.together([found[row].region.chains, chains])
        result[row] = trimmed(found[row], *marked, chains=explaining)
    return result


def _matn_of(view: View, region: Region) -> tuple[Region, Span | None]:
    """Take the chain and "the Prophet said:" off the front of a report, and what follows its closing mark."""
    begin, end = region.begin, region.end
    head = head_of(view, begin, end)
    isnad = Span(int(view.starts[begin]), int(view.ends[head - 1])) if head > begin else None
    begin = head
    closing = np.flatnonzero(view.closes[max(begin, end - _LONGEST_TAIL) : end - 1]) + max(
        begin, end - _LONGEST_TAIL
    )
    for last in closing.tolist():
        rest = np.maximum(view.bits[last + 1 : end] - PLAIN_WORD, 0).sum()
        if rest <= HEAD_BITS and last > begin and not view.opens[last + 1 : end].any():
            end = last + 1
            break
    if (begin, end) != (region.begin, region.end):
        region = replace(region, begin=begin, end=end)
    return region, isnad


def _long_enough(region: Region, least: dict[str, float], ahead: bool) -> bool:
    bits = least["unmarked"] if ahead else least["inserted"]
    return region.bits >= bits and region.end - region.begin >= least["unmarked_words"]


def _settle(verses: list[Found], reports: list[Found]) -> list[Found]:
    """Where a verse and a report explain the same words: the one that explains more, or one in the other."""
    least = thresholds()["quran"]
    starts = np.array([report.span.start for report in reports], np.int64)
    rest = {row: report.region.bits for row, report in enumerate(reports)}  # bits that no verse explains
    kept: list[Found] = []
    for verse in verses:
        last = int(np.searchsorted(starts, verse.span.end))
        around = [row for row in range(max(0, last - 4), last) if reports[row].span.end > verse.span.start]
        own = [row for row in around if _same_words(verse, reports[row])]
        for row in own:
            rest[row] = 0.0
        if own or not around or _presents(verse) or verse.region.bits >= least["inner"]:
            kept.append(verse)
            for row in around:
                shared = min(verse.span.end, reports[row].span.end) - max(
                    verse.span.start, reports[row].span.start
                )
                rest[row] -= verse.region.bits * shared / (verse.span.end - verse.span.start)
    # a report that is no more than a verse and the words that introduce it is the verse
    verse_only = {
        row
        for row, report in enumerate(reports)
        if rest[row] < report.region.bits and rest[row] < least["inner_rest"]
    }
    return kept + [report for row, report in enumerate(reports) if row not in verse_only]


def _same_words(verse: Found, report: Found) -> bool:
    """Whether a verse explains as much as the report does, or all of it but what introduces the verse."""
    shared = min(verse.span.end, report.span.end) - max(verse.span.start, report.span.start)
    covers = 10 * shared >= 7 * (report.span.end - report.span.start)
    return covers and verse.region.bits >= 0.7 * report.region.bits


def _own_line(text: str, view: View, region: Region) -> bool:
    """Whether a region of three words or more is all that stands on its lines."""
    start, end = int(view.starts[region.begin]), int(view.ends[region.end - 1])
    before = text[max(0, start - _FAR) : start].rpartition("\n")[2]
    behind = text[end : end + _FAR].partition("\n")[0]
    alone = not any(char.isalpha() for char in before + behind)
    return alone and region.end - region.begin >= 3 and region.chains.words[0] == region.end - region.begin


def _is_verse(region: Region, stream: Stream) -> bool:
    """Whether a region is a whole verse of three words or more, or several."""
    best = region.chains.take(slice(0, 1))
    exact = int(best.begin[0]) == region.begin and int(best.end[0]) == region.end
    return exact and bool(select.whole_verses(best, stream)[0])


def _presents(verse: Found) -> bool:
    """Whether the words before a verse, or marks on both its sides, present it as one."""
    view, begin = verse.view, verse.region.begin
    framed = view.opens[begin] and view.closes[verse.region.end - 1]
    told = view.colons[begin] and verse.region.bits >= 50
    told = told or _is_verse(verse.region, verse.stream)
    return verse.presented == "quotation" and bool(verse.cue_bits >= 10 or framed or told)


__all__: list[str] = ["Found", "quotations", "thresholds", "trimmed"]
