"""Bring what was found and what is presented together: marks say where a quotation begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate

import numpy as np

from takhrij.find import basmala, short
from takhrij.find.chain import none, together
from takhrij.find.evidence import Presented
from takhrij.find.found import Found, found_at, head_of, trimmed
from takhrij.find.nearby import Stretch, chains_in
from takhrij.find.select import Region
from takhrij.find.view import View
from takhrij.index.store import Index
from takhrij.model import Kind, Span

_ENOUGH = 0.25  # share of a marked stretch that must be found for all of it to be that quotation
_JOINED = 0.9  # share from which on several quotations inside one pair of marks are left as they are
_NEARLY = 0.75  # share of a marked stretch that one verse is, so that a word or two beside it are no other
_WEAK_RUN, _WEAK_CHAIN = 8.0, 12.0
_EQUAL = 0.01  # bits
_SLIPPED = 2  # words between the end of what was found and the marks
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
    unexplained: list[Found] = []
    edges = [(0, 0), *(unit.span for unit in units), (len(text), len(text))]
    for place, unit in enumerate(units):
        rows = range(bisect_right(reach, unit.span.start), bisect_left(starts, unit.span.end))
        inside = [(row, item) for row in rows if (item := kept[row]) is not None and _overlap(item, unit) > 0]
        own = [(row, item) for row, item in inside if item.kind == unit.kind and _within(item, unit)]
        for row in _by_chance(own, unit):
            kept[row] = None
        inside, own = ([(r, item) for r, item in some if kept[r] is not None] for some in (inside, own))
        opened = _opening(text, unit, [item for _, item in own], verses, index)
        if opened is not None:
            for row, _ in own:
                kept[row] = None
            added.append(opened)
            continue
        quoted = any(item.presented == "quotation" for _, item in inside)
        known = any(_covers(item, unit) for _, item in inside) or (quoted and not unit.closed)
        if known:
            for row, item in own:
                if item.kind == "quran" and unit.closed:
                    item = _inside(item, unit, edges[place][1], edges[place + 2][0])
                kept[row] = replace(item, marked=True)
            continue
        covered = sum(_overlap(item, unit) for _, item in own) / (unit.span.end - unit.span.start)
        if len(own) > 1 and covered >= _JOINED:
            continue
        view = verses if unit.kind == "quran" else reports
        begin, end = np.searchsorted(view.starts, unit.span).tolist()
        if end <= begin:
            continue
        for row, _ in own:
            kept[row] = None
        isnad, begin = _head(view, begin, end) if unit.kind == "report" else (None, begin)
        isnad = isnad or unit.isnad
        span = Span(int(view.starts[begin]), unit.span.end)
        best = max((item for _, item in own), key=lambda item: item.region.bits, default=None)
        if best is None or _overlap(best, unit) < _ENOUGH * (unit.span.end - unit.span.start):
            if unit.lemma:
                continue
            unexplained.append(_unexplained(text, unit.kind, view, (begin, end), span, isnad, index))
            continue
        chains = together([item.region.chains for _, item in own])
        region = replace(best.region, begin=begin, end=end, chains=chains)
        isnad = best.isnad or isnad
        added.append(replace(best, span=span, region=region, isnad=isnad, marked=True, presented="quotation"))
    return [item for item in kept if item is not None] + added + _with_nearest(unexplained)


def _by_chance(own: list[tuple[int, Found]], unit: Presented) -> list[int]:
    """Verses of a word or two between marks that hold another nearly alone: a word was added to that one."""
    whole = any(_overlap(item, unit) >= _NEARLY * (unit.span.end - unit.span.start) for _, item in own)
    if not whole or not unit.closed or unit.kind != "quran":
        return []
    return [row for row, item in own if item.region.end - item.region.begin <= _SLIPPED]


def _inside(item: Found, unit: Presented, before: int, behind: int) -> Found:
    """A verse with its marks' ends where a word or two are beyond («… ﴾ ثم»: some verse happens to go on so)
    or are missing (the first word is another one).

    before, behind: where the marked stretch before this one ends and the next begins.
    """
    begin, end = item.region.begin, item.region.end
    first, last = (int(at) for at in np.searchsorted(item.view.starts, unit.span))
    if 0 < abs(first - begin) <= _SLIPPED and item.span.start >= before:
        begin = first
    if 0 < abs(end - last) <= _SLIPPED and item.span.end <= behind:
        end = last
    return trimmed(item, begin, end) if (begin, end) != (item.region.begin, item.region.end) else item


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


def exactly(
    text: str, found: list[Found], units: list[Presented], verses: View, reports: View, index: Index
) -> list[Found]:
    """One quotation for each of the stretches that somebody has marked, with just its ends."""
    result: list[Found] = []
    unexplained: list[Found] = []
    for unit in units:
        view = verses if unit.kind == "quran" else reports
        begin, end = np.searchsorted(view.starts, unit.span).tolist()
        if end <= begin:
            continue
        own = [item for item in found if item.kind == unit.kind and _overlap(item, unit) > 0]
        opened = _opening(text, unit, own, view, index)
        if opened is not None:
            result.append(opened)
            continue
        best = max(own, key=lambda item: _overlap(item, unit), default=None)
        if best is not None and _overlap(best, unit) >= _ENOUGH * (unit.span.end - unit.span.start):
            region = replace(
                best.region, begin=begin, end=end, chains=together([item.region.chains for item in own])
            )
            result.append(replace(best, span=unit.span, region=region, marked=True, presented="quotation"))
        else:
            unexplained.append(_unexplained(text, unit.kind, view, (begin, end), unit.span, None, index))
    result += _with_nearest(unexplained)
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


def _unexplained(
    text: str, kind: Kind, view: View, tokens: tuple[int, int], span: Span, isnad: Span | None, index: Index
) -> Found:
    """A presented stretch in which nothing was found: a few words of a verse, or one that no source has.

    What comes nearest to the latter is looked up later.
    """
    stream = index.streams["quran" if kind == "quran" else "reports"]
    begin, end = tokens
    exact = none()
    if kind == "quran" and end - begin <= short.LONGEST:
        exact = short.standing(view, begin, end, stream)
    explained = 0 < len(exact) <= short.MOST_PLACES
    region = Region(
        begin, end, float(exact.bits[0]) if explained else 0.0, 0.0, exact if explained else none()
    )
    found = found_at(text, kind, "quotation", view, stream, region)
    return replace(found, span=span, isnad=isnad, marked=True, explained=explained)


def _with_nearest(presented: list[Found]) -> list[Found]:
    """The same stretches with the chains of what comes nearest to each that no source has."""
    result = [item for item in presented if item.explained]
    for kind in ("quran", "report"):
        own = [item for item in presented if item.kind == kind and not item.explained]
        if not own:
            continue
        words = [(item.view, slice(item.region.begin, item.region.end)) for item in own]
        stretches = [Stretch(view.ids[part], view.bits[part]) for view, part in words]
        found = chains_in(stretches, own[0].stream, _WEAK_RUN, _WEAK_CHAIN)
        for item, near in zip(own, found, strict=True):
            chains = near.take(slice(0, _NEAREST)).moved(item.region.begin)
            result.append(replace(item, region=replace(item.region, chains=chains)))
    return result
