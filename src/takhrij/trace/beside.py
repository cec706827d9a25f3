"""Where the English rendering of a quotation stands: behind its closing mark, before the next quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from takhrij.find.english_marks import LONGEST, LONGEST_SINGLE, SINGLE, starting_in, trimmed
from takhrij.model import Finding, Span
from takhrij.trace.negations import lists

_FEWEST_WORDS = 3
_FEW = 3  # stretches between marks, one inside the other, that may end together
_HEAD = 40  # code points of "In English:", "The Prophet ﷺ said:" at the head of a line
_TOUCHING = 14  # code points between two stretches that stand side by side
_ARABIC = re.compile("[ء-ي]{2}")
_MARKS = r"[\s»”«\"“﴾﴿’'‘)\]}*_.,،:;؛>–—-]{0,14}"
_REFERENCE = r"(?:[(\[][^()\[\]\nA-Za-z]{0,30}(?:[A-Za-z][^()\[\]\n]{0,40})?[\dء-ي][^()\[\]\n]{0,20}[)\]\[])?"
_ENDS_UNCLOSED = re.compile(
    r"[ء-ي]|\n|[(\[][^()\[\]\n]{0,40}\d|[(\[](?:reported|narrated|related|recorded)", re.IGNORECASE
)
_LINE = re.compile(r"[\s»”﴾’')\]*_.،]{0,8}\n[ \t>*_-]{0,8}(?P<line>[^\n]{3,1500})")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what stands between its marks, and the findings in English, both in order.

    `renders` says whether an unmarked stretch has the words that there are in English for a finding.
    """

    text: str
    marked: Sequence[Span]
    own: Sequence[Finding]
    renders: Callable[[Finding, Span], bool]


def rendering_of(finding: Finding, limit: int, of: Text, taken: set[Span]) -> Span | None:
    """The stretch that renders a quotation; the next one begins at `limit`; `taken` renders others."""
    span = _behind(finding, limit, of) or _below(finding, limit, of) or _next_line(finding, limit, of)
    return span if span is not None else _before(finding, of, taken)


def _behind(finding: Finding, limit: int, of: Text) -> Span | None:
    text, start = of.text, finding.span.end
    opening = _gap().match(text, start, limit)
    at = opening.end() if opening else start
    mark = text[at - 1 : at]
    span = starting_in(of.marked, start, min(at + 3, limit))
    if span is None and mark in ("“", '"', "«"):
        span = _unclosed(text, at, limit)
    if span is None and mark == "(":
        span = _bracketed(text, at, limit)
    if span is None and mark in ("'", "‘"):
        span = _single(text, at, limit)
    if span is None:  # no marks: what was found in English right there
        here = [f for f in _from(of.own, start, at + 2) if f.sources]
        span = here[0].span if here else None
    if span is None or span.end > limit or not _is_words(text[span.start : span.end]):
        return None
    if "\n\n" in text[start : span.start] and _touches_next(text, span.end, limit):
        return None  # it stands before the quotation of the next paragraph
    return span


def _touches_next(text: str, end: int, limit: int) -> bool:
    return limit < len(text) and limit - end <= _TOUCHING and not re.search(r"[^\W\d_]", text[end:limit])


@cache
def _gap() -> re.Pattern[str]:
    phrases = sorted(lists()["bridging"], key=len, reverse=True)
    bridges = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases)
    bridge = rf"(?:[(\[]?\s?(?:{bridges})(?!\w))?"
    named = rf"[(\[][^()\[\]\n]{{1,40}}[)\]](?=[\s,;:]{{0,4}}(?:{bridges})(?!\w))"  # "(Muslim), i.e."
    cited = f"(?:{named}|{_REFERENCE})"
    return re.compile(_MARKS + cited + _MARKS + bridge + _MARKS + r"[“\"«(‘]?", re.IGNORECASE)


def _unclosed(text: str, start: int, limit: int) -> Span | None:
    """From an opening mark that nothing closes up to a citation, the end of the line or another script."""
    stop = _ENDS_UNCLOSED.search(text, start, min(limit, start + LONGEST))
    end = stop.start() if stop else min(limit, start + LONGEST)
    return trimmed(text, Span(start, end)) if end > start else None


def _single(text: str, start: int, limit: int) -> Span | None:
    """From an opening single mark up to its closing one in the line, past pairs inside; else the first."""
    depth, first = 1, None
    for match in SINGLE.finditer(text, start, min(limit, start + LONGEST_SINGLE)):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth, first = depth - 1, first or match.start()
        if depth == 0 or match.group() == "\n":
            first = match.start() if depth == 0 else first
            break
    return trimmed(text, Span(start, first)) if first is not None and first - start >= 2 else None


def _bracketed(text: str, start: int, limit: int) -> Span | None:
    """A rendering in round brackets: words, not a citation."""
    end = text.find(")", start, min(limit, start + LONGEST))
    while end >= 0 and text.count("(", start, end) > text.count(")", start, end):
        end = text.find(")", end + 1, min(limit, start + LONGEST))
    first = _FIRST_WORD.search(text, start, max(start, end))
    if end < 0 or first is None or first.group().lower() in lists()["attributing"]:
        return None
    return None if re.search(r"\d", text[start:end]) else trimmed(text, Span(start, end))


def _below(finding: Finding, limit: int, of: Text) -> Span | None:
    """The line below, unmarked, where it has the words of a translation."""
    line = _LINE.match(of.text, finding.span.end, limit)
    if line is None or not _is_words(line["line"]):
        return None
    span = trimmed(of.text, Span(*line.span("line")))
    return span if of.renders(finding, span) else None


def _next_line(finding: Finding, limit: int, of: Text) -> Span | None:
    """«…» and words of the author's; then a line that begins with what renders it, "In English:" before."""
    ended = of.text.find("\n", finding.span.end, limit)
    if ended < 0:
        return None
    behind = of.text.find("\n", ended + 1, limit)
    span = starting_in(of.marked, ended, behind if behind >= 0 else limit)
    if span is None or span.end > limit or span.start - ended > _HEAD or not _is_words(of.text[slice(*span)]):
        return None
    own = not _ARABIC.search(of.text, ended, span.start)
    return span if own and of.renders(finding, span) else None


def _before(finding: Finding, of: Text, taken: set[Span]) -> Span | None:
    """English right before a quotation that translations of the same verse, or the same record, have."""
    refs = {source.ref for source in finding.sources}
    for other in _from(of.own, finding.span.start - LONGEST, finding.span.start):
        between = of.text[other.span.end : finding.span.start]
        touching = len(between) <= _TOUCHING and not re.search(r"\w", between)
        same = refs & {source.renders or source.ref for source in other.sources}
        if touching and same and other.span not in taken:
            return other.span
    at = bisect_left(of.marked, Span(finding.span.start, 0))
    for span in of.marked[max(0, at - _FEW) : at]:
        between = of.text[span.end : finding.span.start]
        touching = 0 < len(between) <= _TOUCHING and not re.search(r"\w", between)
        if touching and span not in taken and _is_words(of.text[span.start : span.end]):
            return span if of.renders(finding, span) else None
    return None


def _is_words(text: str) -> bool:
    return len(re.findall(r"[A-Za-z]+", text)) >= _FEWEST_WORDS and not _ARABIC.search(text)


def _from(findings: Sequence[Finding], low: int, high: int) -> Sequence[Finding]:
    """Those (sorted) that begin in [low, high)."""
    first = bisect_left(findings, low, key=lambda finding: finding.span.start)
    last = bisect_left(findings, high, key=lambda finding: finding.span.start)
    return findings[first:last]


__all__ = ["Text", "rendering_of"]
