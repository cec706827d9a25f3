"""Pair English renderings with the quotations they stand beside, and say what can be seen of them.

A rendering is traced through its quotation and shares its finding; English that stands alone keeps its own.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from takhrij.find.citations import Citations
from takhrij.find.claims import RawClaim
from takhrij.find.english_marks import LONGEST, curled, starting_in, stretches, trimmed
from takhrij.find.english_view import has_latin, honours
from takhrij.index.store import Index
from takhrij.model import Document, Finding, Rendering, SourceMatch, Span
from takhrij.trace.align import Tokens
from takhrij.trace.english import is_english, settled
from takhrij.trace.finding import relabelled
from takhrij.trace.negations import negation_notes
from takhrij.trace.translations import Compared, English

_FOLLOWS = 0.6  # share of the words of a rendering from which on it follows a translation
_RELATED = 0.3  # the same, below which no translation is called the nearest
_FEWEST_WORDS = 3
_CLAUSE = 5  # words fewer than expected, from which on a rendering is said to cover less or more
_FEWEST_OF_VERSE = 8  # words of a verse below which no coverage is compared
_UNLIKE = 0.35  # difference of the shares of the verse that quotation and rendering cover
_MOST_SAME = 5  # places of a verse that are tried
_ARABIC = re.compile("[ء-ي]{2}")
_LATIN = re.compile("[A-Za-z]")
_MARKS = r"[\s»”«\"“﴾﴿’'‘)\]}*_.,،:;؛–—-]{0,14}"
_REFERENCE = r"(?:[(\[][^()\[\]\nA-Za-z]{0,30}(?:[A-Za-z][^()\[\]\n]{0,40})?[\dء-ي][^()\[\]\n]{0,20}[)\]\[])?"
_ENDS_UNCLOSED = re.compile(
    r"[ء-ي]|\n|[(\[][^()\[\]\n]{0,40}\d|[(\[](?:reported|narrated|related|recorded)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]{1,120}\)|\[[^\[\]]{1,120}\]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def with_renderings(
    document: Document,
    findings: Sequence[Finding],
    claims: Sequence[RawClaim],
    index: Index,
    allowed: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """The findings with the renderings that stand beside them, labelled anew in the text's order.

    A finding in English that is such a rendering is left out; any other stays. claims: what the text says of
    its quotations; allowed: the source ids to compare with (None: all).
    """
    text = document.text
    if not has_latin(text):
        return tuple(findings)
    english = English(text, index, allowed)
    own = [finding for finding in findings if is_english(finding)]
    others = [finding for finding in findings if not is_english(finding)]
    outer = _outer(others)
    marked = stretches(curled(text))
    spans = {}
    taken: set[Span] = set()
    for place, finding in enumerate(outer):
        limit = outer[place + 1].span.start if place + 1 < len(outer) else len(text)
        span = _beside(text, finding, limit, marked, own) or _before(text, finding, own, taken)
        if span is not None:
            spans[id(finding)] = span
            taken.add(span)
    rendered = sorted(taken)
    cited = Citations(text, claims)
    kept = [settled(f, index, english, cited) for f in own if not _meets(f.span, rendered)]
    paired = [
        replace(finding, rendering=_rendering(text, finding, spans[id(finding)], english))
        if id(finding) in spans
        else finding
        for finding in others
    ]
    return relabelled([*paired, *kept])


# ------------------------------------------------------------ where it stands


def _beside(text: str, finding: Finding, limit: int, marked: list[Span], own: list[Finding]) -> Span | None:
    """The stretch that renders a quotation: behind its closing mark, before the next quotation."""
    opening = _gap().match(text, finding.span.end, limit)
    at = opening.end() if opening else finding.span.end
    span = starting_in(marked, finding.span.end, min(at + 3, limit))
    if span is None and text[at - 1 : at] in ("“", '"', "«"):
        span = _unclosed(text, at, limit)
    if span is None and text[at - 1 : at] == "(":
        span = _bracketed(text, at, limit)
    if span is None:  # no marks: what was found in English right there
        here = [f for f in _from(own, finding.span.end, at + 2) if f.sources]
        span = here[0].span if here else None
    if span is None or span.end > limit or not _is_words(text[span.start : span.end]):
        return None
    return span


@cache
def _gap() -> re.Pattern[str]:
    bridges = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s")
        for phrase in sorted(lists()["bridging"], key=len, reverse=True)
    )
    bridge = rf"(?:[(\[]?\s?(?:{bridges})(?!\w))?"
    return re.compile(_MARKS + _REFERENCE + _MARKS + bridge + _MARKS + r"[“\"«(‘]?", re.IGNORECASE)


def _unclosed(text: str, start: int, limit: int) -> Span | None:
    """From an opening mark that nothing closes up to a citation, the end of the line or another script."""
    stop = _ENDS_UNCLOSED.search(text, start, min(limit, start + LONGEST))
    end = stop.start() if stop else min(limit, start + LONGEST)
    return trimmed(text, Span(start, end)) if end > start else None


def _bracketed(text: str, start: int, limit: int) -> Span | None:
    """A rendering in round brackets: words, not a citation."""
    end = text.find(")", start, min(limit, start + LONGEST))
    while end >= 0 and text.count("(", start, end) > text.count(")", start, end):
        end = text.find(")", end + 1, min(limit, start + LONGEST))
    first = _FIRST_WORD.search(text, start, max(start, end))
    if (
        end < 0
        or first is None
        or first.group().lower() in lists()["attributing"]
        or re.search(r"\d", text[start:end])
    ):
        return None
    return trimmed(text, Span(start, end))


def _before(text: str, finding: Finding, own: list[Finding], taken: set[Span]) -> Span | None:
    """English right before a quotation that a translation of the same verse, or the same record, has."""
    refs = {source.ref for source in finding.sources}
    for other in _from(own, finding.span.start - LONGEST, finding.span.start):
        between = text[other.span.end : finding.span.start]
        if (
            0 <= finding.span.start - other.span.end <= 14
            and not re.search(r"\w", between)
            and other.span not in taken
        ):
            told = {
                source.ref.replace(source.source, "quran", 1) if other.kind == "quran" else source.ref
                for source in other.sources
            }
            if told & refs:
                return other.span
    return None


def _is_words(text: str) -> bool:
    return len(re.findall(r"[A-Za-z]+", text)) >= _FEWEST_WORDS and not _ARABIC.search(text)


def _outer(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stand inside no other, in order."""
    result: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.span.start, -finding.span.end)):
        if not result or finding.span.end > result[-1].span.end:
            result.append(finding)
    return result


def _from(findings: list[Finding], low: int, high: int) -> list[Finding]:
    """Those (sorted) that begin in [low, high)."""
    first = bisect_left(findings, low, key=lambda finding: finding.span.start)
    last = bisect_left(findings, high, key=lambda finding: finding.span.start)
    return findings[first:last]


def _meets(span: Span, others: list[Span]) -> bool:
    """Whether a stretch has a code point in common with one of `others`, sorted and apart from each other."""
    at = bisect_left(others, Span(span.end, 0))
    return at > 0 and others[at - 1].end > span.start


# ------------------------------------------------------------ what can be said of it


def _rendering(text: str, finding: Finding, span: Span, english: English) -> Rendering:
    words = text[span.start : span.end]
    source = finding.sources[0] if finding.sources else None
    tokens, bare = english.words_of(span), english.words_of(span, _BRACKETS)
    compared = _compared(finding, english, tokens)
    if len(bare.ids) < len(tokens.ids):  # words in brackets are told of by a note where the source lacks them
        without = _compared(finding, english, bare)
        if without and compared and len(without[0].changes) < len(compared[0].changes):
            tokens, compared = bare, without
    nearest = compared[0] if compared else None
    notes: list[str] = []
    follows = nearest is not None and nearest.covered >= _FOLLOWS
    if nearest is not None and not follows and nearest.covered >= _RELATED and finding.kind == "quran":
        shared = f"{round(nearest.covered * len(tokens.ids))} of its {len(tokens.ids)} words"
        notes.append(f"Nearest of the loaded translations: {_name(nearest)}, with {shared}.")
    notes += _bracket_notes(words, nearest if follows else None)
    if follows and nearest is not None and source is not None and finding.kind == "quran":
        notes += _coverage_notes(source, nearest)
    notes += negation_notes(finding.text, words, compared, finding.kind)
    return Rendering(
        language="en",
        span=span,
        text=words,
        translation=_name(nearest) if follows and nearest else None,
        ref=nearest.ref if nearest is not None and follows else None,
        changes=nearest.changes if nearest is not None and follows else (),
        notes=tuple(notes),
    )


def _compared(finding: Finding, english: English, tokens: Tokens) -> list[Compared]:
    """A rendering beside what there is in English of its quotation, the nearest first.

    Of a verse its translations (of several worded alike, of the one that the rendering is nearest to), of a
    report the English of its versions.
    """
    if finding.kind == "report":
        of_books = [english.of_report(tokens, match.ref) for match in finding.sources]
        return sorted((c for c in of_books if c is not None), key=lambda c: (-c.covered, len(c.changes)))
    best: list[Compared] = []
    for match in finding.sources[:_MOST_SAME]:
        found = english.of_verse(tokens, match.ref)
        if found and (not best or found[0].covered > best[0].covered):
            best = found
    return best


def _name(compared: Compared) -> str:
    """How the translation is called: by its translator; the English of a book by the book."""
    source = compared.source
    return source.author if source.kind == "translation" else f"the English of {source.title} loaded here"


def _bracket_notes(words: str, nearest: Compared | None) -> list[str]:
    found = [
        b for b in _BRACKETS.findall(honours().sub("", words)) if _LATIN.search(b) and not re.search(r"\d", b)
    ]
    if not found:
        return []
    had = {re.sub(r"\W", "", b).lower() for b in _BRACKETS.findall(nearest.text)} if nearest else set()
    shared = [b for b in found if re.sub(r"\W", "", b).lower() in had]
    added = [b for b in found if b not in shared]
    notes = []
    if added:
        notes.append(f"The rendering has words in brackets: {' '.join(dict.fromkeys(added))}")
    if shared and nearest is not None:
        notes.append(
            f"Words in brackets that {_name(nearest)} has as well: {' '.join(dict.fromkeys(shared))}"
        )
    return notes


def _coverage_notes(source: SourceMatch, nearest: Compared) -> list[str]:
    """Where a rendering covers clearly less or more of the verse than the Arabic beside it."""
    around = source.before, source.after
    quoted = len(source.text.split())
    verse = max(quoted + sum(len(part.split()) for part in around), len((source.display or "").split()))
    if source.complete == "whole":
        verse = quoted
    rendered = nearest.high - nearest.low
    if min(verse, nearest.words) < _FEWEST_OF_VERSE:
        return []
    arabic, english = min(1.0, quoted / verse), rendered / nearest.words
    if abs(arabic - english) < _UNLIKE or abs(arabic - english) * nearest.words < _CLAUSE:
        return []
    how = "less" if english < arabic else "more"
    return [
        f"The rendering covers {how} of the verse than the Arabic beside it: {rendered} of the "
        f"{nearest.words} words that {_name(nearest)} has for it, where the Arabic has {quoted} of {verse}."
    ]


@cache
def lists() -> dict[str, Any]:
    """Words that tell a rendering (data/renderings.toml)."""
    return tomllib.loads(files("takhrij.trace").joinpath("data/renderings.toml").read_text("utf-8"))


__all__ = ["with_renderings"]
