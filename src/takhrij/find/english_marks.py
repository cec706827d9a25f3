"""Where English quotation marks open and close: single ones told from apostrophes, pairs by nesting."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from takhrij.model import Span

LONGEST = 4000  # code points between two marks
SINGLE = re.compile(r"(?P<open>(?<!\w)['‘](?=[\w‘]))|(?P<close>(?<=[^\s‘])['’](?!\w))|\n")
LONGEST_SINGLE = 1500
_STRAIGHT_OPEN = re.compile(r'(?:(?<=[\s(\[{«“‘:*_>—–-])|(?<![^\n]))"(?=[^\s"])')
_MARK = re.compile(r"[“”«»]")
_OPENING = "“«"


def curled(text: str) -> str:
    """The same text, a code point for each, in which every mark is “ where it opens and ” where it closes.

    Straight marks open behind white space or an opening bracket; single ones count where they enclose words.
    """
    if '"' in text:
        text = _STRAIGHT_OPEN.sub("“", text).replace('"', "”")
    return _singles(text) if "‘" in text else text


def _singles(text: str) -> str:
    """The same with single marks that enclose words of one line as double ones, one pair inside another."""
    characters = list(text)
    opened: list[int] = []
    for match in SINGLE.finditer(text):
        if match.group() == "'":  # an apostrophe as often as not
            continue
        if match["open"]:
            opened.append(match.start())
        elif match["close"] and opened:
            start = opened.pop()
            if match.start() - start <= LONGEST_SINGLE:
                characters[start], characters[match.start()] = "“", "”"
        else:
            opened.clear()
    return "".join(characters)


def stretches(text: str) -> list[Span]:
    """What stands between the marks of a text that `curled` gave, without them, in order.

    A mark that is not closed within LONGEST encloses nothing; marks inside marks give both stretches.
    """
    found: list[Span] = []
    opened: list[int] = []
    for match in _MARK.finditer(text):
        if match.group() in _OPENING:
            opened.append(match.end())
        elif opened:
            start = opened.pop()
            if match.start() - start <= LONGEST:
                found.append(trimmed(text, Span(start, match.start())))
    return sorted(span for span in found if span.end > span.start)


def trimmed(text: str, span: Span) -> Span:
    """A stretch without white space, emphasis and marks at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "“”«»*_…"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "“”«»*_"):
        end -= 1
    return Span(start, end)


def starting_in(spans: Sequence[Span], low: int, high: int) -> Span | None:
    """The first stretch that begins in [low, high); the longest of those that begin there."""
    at = bisect_right(spans, Span(low, -1))
    here = [span for span in spans[at : at + 8] if low <= span.start < high]
    return (
        max((span for span in here if span.start == here[0].start), key=lambda span: span.end)
        if here
        else None
    )


__all__ = ["LONGEST", "LONGEST_SINGLE", "SINGLE", "curled", "starting_in", "stretches", "trimmed"]
