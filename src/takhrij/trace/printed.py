"""A verse as the mushaf writes it: what a quotation has just so is no other spelling."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from takhrij.model import Change, Span, Wording
from takhrij.sources import spellings
from takhrij.trace.align import Alignment
from takhrij.trace.words import relation


def as_printed(aligned: Alignment, verses: Sequence[tuple[str, str]]) -> Alignment:
    """The alignment without the spellings and vowels that the displayed text has as the quotation has them.

    `verses` are the plain and the displayed text of each verse in it; the plain ones stand one space apart.
    """
    if aligned.wording not in ("spelling", "reading", "different"):
        return aligned
    changes = tuple(change for change in aligned.changes if not _displayed(change, verses))
    if len(changes) == len(aligned.changes):
        return aligned
    kinds = {change.kind for change in changes}
    wording: Wording = "reading" if "vowels" in kinds else "spelling" if "spelling" in kinds else "same"
    return replace(
        aligned, changes=changes, wording=aligned.wording if aligned.wording == "different" else wording
    )


def _displayed(change: Change, verses: Sequence[tuple[str, str]]) -> bool:
    if change.kind not in ("spelling", "vowels"):
        return False
    at = 0
    for plain, display in verses:
        if change.source_span.end <= at + len(plain):
            span = Span(change.source_span.start - at, change.source_span.end - at)
            shown = _shown(plain, display, span) if span.start >= 0 else None
            return shown is not None and relation(change.text, shown) == "same"
        at += len(plain) + 1
    return False


def _shown(plain: str, display: str, span: Span) -> str | None:
    """What the displayed text has for a stretch of the plain one."""
    words, shown, places = _word_map(plain, display)
    first = bisect_right([word.start for word in words], span.start) - 1
    last = bisect_left([word.end for word in words], span.end)
    if first < 0 or last >= len(places):
        return None
    return display[shown[places[first][0]].start : shown[places[last][-1]].end]


@lru_cache(maxsize=4096)
def _word_map(
    plain: str, display: str
) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[tuple[int, ...], ...]]:
    """The words of both texts, and for each of the plain one the places of those of the other."""
    places = spellings.align(plain, display) or ()
    return spellings.word_spans(plain), spellings.word_spans(display), places
