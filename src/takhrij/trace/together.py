"""Verses that one pair of marks holds together though the mushaf does not: each finding says so in a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product

from takhrij.model import RUN_TOGETHER, Finding, SourceMatch, replace
from takhrij.trace.align import ELLIPSIS

_OPENING = re.compile('[﴿﴾«“„"{\\[(]\\s?\\Z')  # ornate brackets are often typed the other way round
_CLOSING = re.compile('\\s?[﴾﴿»”"}\\])]')
_NOTHING = re.compile("[\\s،,]{0,3}\\Z")
_MOST = 8  # places of each that are compared


def with_joined(findings: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """The findings; of verses in one pair of marks, or with a mark on one side alone, the note RUN_TOGETHER.

    Only of neighbours that do not follow each other in any of their places, with no mark between them. What
    then seems woven into a sentence is quoted, as what it is joined to.
    """
    verses = [finding for finding in findings if finding.kind == "quran" and finding.sources]
    joined = {one.id for a, b in pairwise(verses) if _one_stretch(a, b, text) for one in (a, b)}
    return tuple(
        replace(one, presented="quotation", notes=(*one.notes, RUN_TOGETHER)) if one.id in joined else one
        for one in findings
    )


def _one_stretch(first: Finding, second: Finding, text: str) -> bool:
    start, end = first.span.end, second.span.start
    if start > end or not _NOTHING.match(text[start:end][:4]):
        return False
    if ELLIPSIS.search(text, first.span.start, second.span.end):  # a word behind it may be the second's
        return False
    opened = _OPENING.search(text[max(0, first.span.start - 2) : first.span.start])
    closed = _CLOSING.match(text, second.span.end)
    quoted = [one.presented == "quotation" for one in (first, second)]
    if not (opened and closed) and not ((opened or closed) and all(quoted)):
        return False
    return not any(_follows(*pair) for pair in product(first.sources[:_MOST], second.sources[:_MOST]))


def _follows(one: SourceMatch, other: SourceMatch) -> bool:
    """Whether a passage goes on where another ends: in the same verse, or from one verse to the next."""
    (sura, verse), (behind, next_verse) = _place(one.ref, last=True), _place(other.ref)
    if sura != behind:
        return False
    return verse == next_verse or (next_verse - verse == 1 and not one.after and not other.before)


def _place(ref: str, last: bool = False) -> tuple[str, int]:
    """Sura and verse of "quran:2:3-5": the first verse of it, or the `last`."""
    _, sura, verses = ref.split(":")
    first, _, end = verses.partition("-")
    return sura, int(end if last and end else first)
