"""What a text presents as a verse or a report, by its marks and words, whether any source has it or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from takhrij.find.claims import Isnad, RawClaim
from takhrij.find.evidence import ARABIC, LEAST_CUE, Evidence, Presented, within_marks
from takhrij.find.unmarked import announced, written_out
from takhrij.find.view import LEMMA, Array, View
from takhrij.find.vowels import vowelled
from takhrij.model import Kind, Span

# every alternative is one character class between two marks, so a match is linear in its length; each begins
# with its mark, so that the search goes from mark to mark
_MARKED = re.compile(
    r"﴿(?P<ornate>[^﴿﴾\n]{1,2000})﴾|﴾(?P<turned>[^﴿﴾\n]{1,2000})﴿|<(?P<tag>aya|hadith)[^<>\n]{0,20}>(?P<tagged>[^<>]{2,2000})<"
    r"|«(?P<angle>[^«»]{2,2000})»|“(?P<curly>[^“”]{2,2000})”|\"(?P<straight>[^\"\n]{2,2000})\""
    r"|\{(?P<brace>[^{}\n]{2,2000})\}|\(\((?P<double>[^()]{2,2000})\)\)|‹(?P<single>[^‹›\n]{2,2000})›"
    r"|'(?<![^\s\"(«“:]')(?P<apostrophe>[^'\n]{2,2000})'|\((?P<round>[^()\n]{2,2000})\)"
    r"|\"(?P<unclosed>[^\"\n]{2,2000})(?=\n|$)"
)
_VERSE = re.compile(r"﴿[^﴿﴾\n]{2,2000}﴾|﴾[^﴿﴾\n]{2,2000}﴿|\{[^{}\n]{2,2000}\}")
_LONG = 3  # words in brackets that are more than a word being explained
_TAG = re.compile(r"<[^<>\n]{1,20}>")
_QURAN_MARKS = ("ornate", "turned")
_SURA = re.compile(r"سور[ةه]\s?[﴿﴾]$")  # «سورة ﴿طه﴾»: its name
_TO_LEMMA = 12  # code points that «قوله:» takes at most
_WEAK_MARKS = ("round", "apostrophe", "unclosed")  # these enclose other things as well
_STRONG_CUE = 16.0
_ANNOUNCED = (":", ": ", ":\n", "- ")
_LEAST_WORDS = 2


def presented(
    text: str, verses: View, reports: View, claims: Sequence[RawClaim], isnads: Sequence[Isnad] = ()
) -> list[Presented]:
    """What words, marks and citations present as scripture, in order and not overlapping.

    These are stretches between quotation marks or brackets or written with vowel signs, and unmarked ones
    between a chain or "the Prophet said" and a citation.
    """
    evidence = Evidence(text, verses, reports, claims, isnads)
    written = vowelled(text, verses.starts, verses.ends)
    found = _between_marks(text, evidence, claims, dict(written))
    for unit in written_out(text, evidence, found, written):
        _add(found, unit)
    found = list(map(evidence.behind_chain, found))
    for unit in announced(text, evidence, claims):
        if ARABIC.search(text, *unit.span):
            _add(found, unit)
    return found


def apart(text: str, view: View) -> Array:
    """Tokens before which a bracketed verse begins that is not the one before going on: words stand between.

    A verse that is explained word by word ("﴿…﴾ that is … ﴿…﴾") is one still.
    """
    found = np.zeros(len(view), np.bool_)
    spans = [match.span() for match in _VERSE.finditer(text)]
    begin, end = (np.searchsorted(view.starts, edge) for edge in np.array(spans, np.int64).reshape(-1, 2).T)
    long = end - begin >= _LONG
    found[begin[1:][(begin[1:] > end[:-1]) & long[1:] & long[:-1]]] = True
    return found


def _add(found: list[Presented], unit: Presented) -> None:
    """Put a stretch in its place, unless one there overlaps it."""
    place = bisect_left(found, unit.span, key=lambda other: other.span)
    before = found[place - 1].span.end if place else 0
    behind = found[place].span.start if place < len(found) else unit.span.end
    if before <= unit.span.start and unit.span.end <= behind:
        found.insert(place, unit)


def _between_marks(
    text: str, evidence: Evidence, claims: Sequence[RawClaim], written: dict[int, int]
) -> list[Presented]:
    groups = sorted({claim.group for claim in claims if claim.kind in ("reference", "collection")})
    found = []
    for match in _MARKED.finditer(text):
        name = match.lastgroup or ""
        span, tag = _untagged(text, Span(*match.span(name)), match.group("tag") or "")
        least = 1 if name in _QURAN_MARKS else 3  # «ص», «حم»
        if span.end - span.start < least or not ARABIC.search(text, span.start, span.end):
            continue
        if any(group.start < span.end and span.start < group.end for group in _near(groups, span)):
            continue
        if span.end - span.start <= 4 and _SURA.search(text, max(0, span.start - 7), span.start):
            continue
        kind = _kind(name, tag, match.start(), span, evidence)
        if kind is not None:
            closed = name != "unclosed"
            if not closed and span.start in written:
                span, closed = Span(span.start, written[span.start]), True
            lemma = bool(LEMMA.search(text, max(0, match.start() - _TO_LEMMA), match.start() + 1))
            shown = evidence.told(span) or evidence.cited(span, True, ahead=False) == "reference"
            found.append(Presented(span, kind, closed, lemma and not shown))
    return found


def _untagged(text: str, span: Span, tag: str) -> tuple[Span, str]:
    """A stretch without the tags that some models put around a verse inside the marks, and the tag."""
    span = within_marks(text, span)
    opening = _TAG.match(text, span.start, span.end)
    if opening:
        tag = opening.group()[1:-1]
        closing = text.find("<", opening.end(), span.end)
        span = within_marks(text, Span(opening.end(), closing if closing >= 0 else span.end))
    return span, tag[:4].rstrip("_")


def _near(groups: list[Span], span: Span) -> list[Span]:
    """The citations that may overlap a stretch."""
    place = bisect_left(groups, Span(span.start, 0))
    return [
        group
        for group in groups[max(0, place - 1) : place + 2]
        if group.end - group.start > (span.end - span.start) // 2
    ]


def _kind(name: str, tag: str, opening: int, span: Span, evidence: Evidence) -> Kind | None:
    if name in _QURAN_MARKS or tag == "aya":
        return "quran"
    if tag == "hadi":
        return "report"
    if evidence.words(span) < _LEAST_WORDS:
        return None
    weak = name in _WEAK_MARKS
    announced = evidence.text.endswith(_ANNOUNCED, max(0, opening - 3), opening)
    cited = evidence.cited(span, weak, ahead=announced or name != "round")
    if weak and cited is None and not announced:
        return None
    quran, report = evidence.of(span, cited)
    quran += 8.0 * (name == "brace")
    if max(quran, report) < (_STRONG_CUE if weak else LEAST_CUE) or evidence.prose(span):
        return None
    return "quran" if quran >= report else "report"
