"""A quotation as the finders hand it on: where it stands, and what explains it."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from takhrij.find.chain import Chains
from takhrij.find.claims import Isnad, RawClaim
from takhrij.find.select import Region
from takhrij.find.view import View
from takhrij.index.store import Stream
from takhrij.model import Cue, Kind, Presented, Span
from takhrij.text import fold_word


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that is quoted, with the chains of its stream that explain it, best first.

    marked: marks and words of the text present it as a quotation. explained: false where its chains are no
    more than the nearest there are.
    """

    kind: Kind
    presented: Presented
    span: Span
    region: Region
    view: View
    stream: Stream
    cue: Cue | None
    isnad: Span | None = None
    also: Chains | None = None  # of a verse: the reports in which it stands
    cue_bits: float = 0.0  # what the words before add, carried on over a list of quotations
    marked: bool = False
    explained: bool = True


def found_at(
    text: str,
    kind: Kind,
    presented: Presented,
    view: View,
    stream: Stream,
    region: Region,
    *,
    isnad: Span | None = None,
    cue_bits: float = 0.0,
) -> Found:
    """The quotation that a region of a view is."""
    span = Span(int(view.starts[region.begin]), int(view.ends[region.end - 1]))
    at = int(view.cue_at[region.begin])
    cue = None
    if at >= 0:
        first, last = _phrase(text, view, at, region.begin)
        where = Span(int(view.starts[first]), int(view.ends[last]))
        cue = Cue(text=text[where.start : where.end], span=where)
    return Found(kind, presented, span, region, view, stream, cue, isnad, None, cue_bits)


def _phrase(text: str, view: View, at: int, begin: int) -> tuple[int, int]:
    """First and last token of the cue that ends at `at`: verb before a name, words of praise behind."""
    first = last = at
    while last + 1 < begin and not view.counted[last + 1] and not view.stops[last + 1]:
        last += 1
    while first > 0 and not view.stops[first] and view.starts[first] - view.ends[first - 1] <= _APART:
        if fold_word(text[view.starts[first] : view.ends[first]]) not in _NAMED:
            break
        first -= 1
    return first, last


LONGEST_HEAD = 40  # words of a chain before a report
PLAIN_WORD = 6.0  # bits: what a word of a chain is worth,
_OF_A_CHAIN, LEAST_NAMES = 1.0, 4  # bits of a word of a chain; at least one word in so many is one
HEAD_BITS = 14.0  # and what they may exceed it by in all


def head_of(view: View, begin: int, end: int) -> int:
    """Where a report begins behind a chain and "the Prophet said:", if [begin, end) opens with them."""
    limit = min(end - 2, begin + LONGEST_HEAD)
    if limit <= begin:
        return begin
    turns = view.colons[begin + 1 : limit + 1] | view.opens[begin + 1 : limit + 1]
    if not turns.any():
        return begin
    worth = np.cumsum(np.maximum(view.bits[begin : limit + 1] - PLAIN_WORD, 0))
    names = np.cumsum(view.bits[begin:limit] <= _OF_A_CHAIN)  # and words of transmission
    some = names * LEAST_NAMES >= np.arange(1, limit - begin + 1)
    heads = np.flatnonzero(turns & some & (worth[: limit - begin] <= HEAD_BITS))
    return begin + int(heads[-1]) + 1 if len(heads) else begin


def trimmed(found: Found, begin: int, end: int, chains: Chains | None = None) -> Found:
    """The same quotation with other ends (tokens of its view), and other chains if they are given."""
    span = Span(int(found.view.starts[begin]), int(found.view.ends[end - 1]))
    region, chains = found.region, found.region.chains if chains is None else chains
    return replace(found, span=span, region=Region(begin, end, region.bits, region.evidence, chains))


def behind_chains(found: Sequence[Found], isnads: Sequence[Isnad]) -> list[Found]:
    """Reports without the chain of transmission before them, which each keeps as its `isnad`.

    What is no more than a stretch of a chain (some collection has those narrators too) is left out.
    """
    starts, ends = [isnad.span.start for isnad in isnads], [isnad.span.end for isnad in isnads]
    result = []
    for item in found:
        for row in range(bisect_right(ends, item.span.start - _BESIDE), bisect_left(starts, item.span.end)):
            before, behind = _around(item, isnads[row].span)
            if before is not None and before.span.end - before.span.start > _INSIDE:
                result.append(before)
            if behind is None:
                break
            item = behind
        else:
            result.append(item)
    return result


def _around(item: Found, isnad: Span) -> tuple[Found | None, Found | None]:
    """What of a report stands before a chain of transmission, and what behind it."""
    region, starts = item.region, item.view.starts
    end = max(region.begin, min(region.end, int(np.searchsorted(starts, isnad.start))))
    begin = max(region.begin, min(region.end, int(np.searchsorted(starts, isnad.end))))
    before = trimmed(item, region.begin, end) if end - region.begin >= 2 and begin > end else None
    behind = replace(trimmed(item, begin, region.end), isnad=isnad) if region.end - begin >= 2 else None
    return before, behind


def after_hearing(text: str, found: Sequence[Found]) -> list[Found]:
    """Reports without those that only say from whom the next was heard («سمعت عمر على المنبر يقول: …»)."""
    result: list[Found] = []
    for item in found:
        before = result[-1] if result else None
        if (
            before is not None
            and 0 <= item.span.start - before.span.end <= _BETWEEN
            and _tells_of(text, before)
        ):
            result.pop()
            begin = before.isnad.start if before.isnad is not None else before.span.start
            item = replace(item, isnad=Span(begin, before.span.end))
        result.append(item)
    return result


def _tells_of(text: str, item: Found) -> bool:
    view, (first, last) = item.view, (item.region.begin, item.region.end - 1)
    heard = fold_word(text[view.starts[first] : view.ends[first]])
    said = fold_word(text[view.starts[last] : view.ends[last]])
    return item.kind == "report" and heard in words_of("heard") and said in words_of("said")


@cache
def words_of(name: str) -> frozenset[str]:
    """Folded words of hearing or saying (data/hearing.toml)."""
    loaded = tomllib.loads(files("takhrij.find").joinpath("data/hearing.toml").read_text("utf-8"))
    return frozenset(map(fold_word, loaded[name]))


_BETWEEN = 8  # code points between "he says" and what was said


def without_titles(text: str, found: Sequence[Found], claims: Sequence[RawClaim]) -> list[Found]:
    """Without those that are the title of a book («وفي "صحيح مسلم"») or the words of a citation or judgement.

    What a source explains as a verse is neither, but where it names the sura of a verse («[ألم نشرح: 6]»).
    """
    suras = sorted(c.span for c in claims if c.kind == "reference" and c.text[-1:].isdigit())
    citations = sorted(
        {claim.group for claim in claims if claim.kind in ("collection", "reference", "grade")}
    )
    starts = [group.start for group in citations]
    result = []
    for item in found:
        start, end = item.span
        groups = citations[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
        cited = sum(max(0, min(end, group.end) - max(start, group.start)) for group in groups)
        short = item.region.end - item.region.begin <= _LONGEST_TITLE
        titled = short and _IN.search(text, start - 12, start)
        named = titled or cited >= _OF_CITATIONS * (end - start)
        verse = item.kind == "quran" and item.explained and not _in_one(item.span, suras, text)
        if not named or verse:
            result.append(item)
    return result


def _in_one(span: Span, references: Sequence[Span], text: str) -> bool:
    """Whether a stretch is the name of a sura in a reference to a verse; no marks stand around it."""
    at = bisect_right(references, Span(span.start, len(text))) - 1
    return at >= 0 and span.end < references[at].end and text[max(0, span.start - 1)] not in _VERSE_MARKS


_VERSE_MARKS = frozenset('﴿﴾{«“"')
_OF_CITATIONS = 0.4  # share of a report that may be the names of its sources
_IN = re.compile(r"(?<![^\s\[(])و?في\s?[\"«“]\s?$")
_LONGEST_TITLE = 4  # words
_NAMED = frozenset(map(fold_word, ["الله", "النبي", "رسول", "ربنا", "ربك", "تعالى", "سبحانه", "الرسول"]))
_APART = 2  # code points between two words of one cue
_BESIDE = 4  # code points between a chain and its report
_INSIDE = 40  # code points before a chain that are no quotation of their own
