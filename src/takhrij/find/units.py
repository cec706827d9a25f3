"""Bring what was found and what is presented together: marks say where a quotation begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate

import numpy as np

from takhrij.find import basmala, chain, short
from takhrij.find.found import Found, found_at, head_of
from takhrij.find.presented import Presented
from takhrij.find.select import Region
from takhrij.find.view import View
from takhrij.index import grams
from takhrij.index.store import Index, Stream
from takhrij.model import Span

_ENOUGH = 0.25  # share of a marked stretch that must be found for all of it to be that quotation
_JOINED = 0.9  # share from which on several quotations inside one pair of marks are left as they are
_WEAK_RUN, _WEAK_CHAIN = 8.0, 12.0
_EQUAL = 0.01  # bits
_NEAREST = 12  # chains kept for a stretch that nothing explains


def with_presented(
    text: str, found: list[Found], units: list[Presented], verses: View, reports: View, index: Index
) -> list[Found]:
    """The quotations with the ends that the marks give them, and presented ones that nothing explains."""
    ordered = sorted(found, key=lambda item: item.span.start)
    starts = [item.span.start for item in ordered]
    reach = list(accumulate((item.span.end for item in ordered), max))
    kept: list[Found | None] = [*ordered]
    added: list[Found] = []
    for unit in units:
        rows = range(bisect_right(reach, unit.span.start), bisect_left(starts, unit.span.end))
        inside = [(row, item) for row in rows if (item := kept[row]) is not None and _overlap(item, unit) > 0]
        own = [(row, item) for row, item in inside if item.kind == unit.kind and _within(item, unit)]
        opened = _opening(text, unit, [item for _, item in own], verses, index)
        if opened is not None:
            for row, _ in own:
                kept[row] = None
            added.append(opened)
            continue
        known = any(_covers(item, unit) for _, item in inside) or (own and not unit.closed)
        if known:
            for row, item in own:
                kept[row] = replace(item, marked=True)
            continue
        covered = sum(_overlap(item, unit) for _, item in own) / (unit.span.end - unit.span.start)
        if len(own) > 1 and covered >= _JOINED:
            continue
        whole = _whole(
            text, unit, [item for _, item in own], verses if unit.kind == "quran" else reports, index
        )
        if whole is not None:
            for row, _ in own:
                kept[row] = None
            added.append(whole)
    return [item for item in kept if item is not None] + added


def _opening(text: str, unit: Presented, own: list[Found], view: View, index: Index) -> Found | None:
    """A marked stretch that is the basmala and what a sura opens with, where nothing explains more of it."""
    begin, end = (int(at) for at in np.searchsorted(view.starts, unit.span))
    stream = index.streams["quran"]
    region = basmala.opening(view, begin, end, stream) if unit.kind == "quran" else None
    if region is None or any(item.region.bits > region.bits + _EQUAL for item in own):
        return None
    cue = found_at(text, "quran", "quotation", view, stream, replace(region, begin=begin)).cue
    found = found_at(text, "quran", "quotation", view, stream, region)
    return replace(found, span=unit.span, cue=cue, marked=True)


def _whole(text: str, unit: Presented, own: list[Found], view: View, index: Index) -> Found | None:
    """One quotation with the ends of a marked stretch: the best in it, or one that nothing explains."""
    begin, end = (int(at) for at in np.searchsorted(view.starts, unit.span))
    if end <= begin:
        return None
    best = max(own, key=lambda item: item.region.bits, default=None)
    isnad, begin = _head(view, begin, end) if unit.kind == "report" else (None, begin)
    span = Span(int(view.starts[begin]), unit.span.end)
    if best is None or _overlap(best, unit) < _ENOUGH * (unit.span.end - unit.span.start):
        return replace(_unexplained(text, unit, view, begin, end, index), span=span, isnad=isnad)
    region = replace(best.region, begin=begin, end=end)
    return replace(
        best, span=span, region=region, isnad=best.isnad or isnad, marked=True, presented="quotation"
    )


def exactly(
    text: str, found: list[Found], units: list[Presented], verses: View, reports: View, index: Index
) -> list[Found]:
    """One quotation for each of the stretches that somebody has marked, with just its ends."""
    result = []
    for unit in units:
        view = verses if unit.kind == "quran" else reports
        begin, end = (int(at) for at in np.searchsorted(view.starts, unit.span))
        if end <= begin:
            continue
        own = [item for item in found if item.kind == unit.kind and _overlap(item, unit) > 0]
        opened = _opening(text, unit, own, view, index)
        if opened is not None:
            result.append(opened)
            continue
        best = max(own, key=lambda item: _overlap(item, unit), default=None)
        if best is not None and _overlap(best, unit) >= _ENOUGH * (unit.span.end - unit.span.start):
            item = replace(best, region=replace(best.region, begin=begin, end=end), presented="quotation")
        else:
            item = _unexplained(text, unit, view, begin, end, index)
        result.append(replace(item, span=unit.span, marked=True))
    return sorted(result, key=lambda item: (item.span.start, -item.span.end))


def _head(view: View, begin: int, end: int) -> tuple[Span | None, int]:
    """What stands before the words of the report inside the marks ("… he said:"), and where they begin."""
    head = head_of(view, begin, end)
    if head == begin:
        return None, begin
    return Span(int(view.starts[begin]), int(view.ends[head - 1])), head


def _overlap(item: Found, unit: Presented) -> int:
    return min(item.span.end, unit.span.end) - max(item.span.start, unit.span.start)


def _within(item: Found, unit: Presented) -> bool:
    return _overlap(item, unit) >= 0.7 * (item.span.end - item.span.start)


def _covers(item: Found, unit: Presented) -> bool:
    """Whether a quotation is all of a stretch, or goes beyond it on either side as much again."""
    return _overlap(item, unit) >= 0.9 * (unit.span.end - unit.span.start)


def _unexplained(text: str, unit: Presented, view: View, begin: int, end: int, index: Index) -> Found:
    """A presented stretch that no source has, with the chains of what comes nearest."""
    stream: Stream = index.streams["quran" if unit.kind == "quran" else "reports"]
    if unit.kind == "quran" and end - begin <= short.LONGEST:
        exact = short.standing(view, begin, end, stream)
        if 0 < len(exact) <= short.MOST_PLACES:
            region = Region(begin, end, float(exact.bits[0]), 0.0, exact)
            return replace(found_at(text, unit.kind, "quotation", view, stream, region), marked=True)
    ids, bits = view.ids[begin:end], view.bits[begin:end]
    hits = grams.look_up(stream.levels, ids, np.ones(len(ids), np.bool_))
    near = chain.chains(hits, bits, np.zeros(len(ids), np.bool_), stream, _WEAK_RUN, _WEAK_CHAIN)
    near = near.take(np.argsort(-near.bits, kind="stable")[:_NEAREST])
    near = replace(near, begin=near.begin + begin, end=near.end + begin)
    region = Region(begin, end, 0.0, 0.0, near)
    found = found_at(text, unit.kind, "quotation", view, stream, region)
    return replace(found, marked=True, explained=False)
