"""Pair English renderings with the quotations they stand beside, and say what can be seen of them.

A rendering is traced through its quotation and shares its finding; English that stands alone keeps its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from takhrij.find.citations import Citations
from takhrij.find.claims import RawClaim
from takhrij.find.english_marks import stretches
from takhrij.find.english_view import EnglishText, honours
from takhrij.index.store import Index
from takhrij.model import Finding, Rendering, SourceMatch, Span, replace
from takhrij.trace.align import Tokens
from takhrij.trace.beside import Text, rendering_of
from takhrij.trace.english import is_english, settled
from takhrij.trace.finding import relabelled
from takhrij.trace.negations import negation_notes
from takhrij.trace.translations import Compared, English

_FOLLOWS = 0.6  # share of the words of a rendering from which on it follows a translation
_RELATED = 0.3  # the same, below which no translation is called the nearest
_CLAUSE = 5  # words fewer than expected, from which on a rendering is said to cover less or more
_FEWEST_OF_VERSE = 8  # words of a verse below which no coverage is compared
_UNLIKE = 0.35  # difference of the shares of the verse that quotation and rendering cover
_MOST_SAME = 5  # places of a verse that are tried
_LATIN = re.compile("[A-Za-z]")
_BRACKETS = re.compile(r"\([^()]{1,120}\)|\[[^\[\]]{1,120}\]")


def with_renderings(
    read: EnglishText | None,
    findings: Sequence[Finding],
    claims: Sequence[RawClaim],
    index: Index,
    allowed: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """The findings with the renderings that stand beside them, labelled anew in the text's order.

    A finding in English that is such a rendering is left out; any other stays. read: what `read_english`
    gives for the text; claims: what the text says of its quotations; allowed: the source ids to compare with
    (None: all).
    """
    if read is None:
        return tuple(findings)
    text, english = read.text, English(read, index, allowed)
    cited = Citations(text, claims)
    own = [settled(finding, index, english, cited) for finding in findings if is_english(finding)]
    others = [finding for finding in findings if not is_english(finding)]
    outer, pairs = _outer(others), _Pairs(english)
    beside = Text(text, stretches(read.marked), own, pairs.renders)
    spans = {}
    taken: set[Span] = set()
    for place, finding in enumerate(outer):
        limit = outer[place + 1].span.start if place + 1 < len(outer) else len(text)
        span = rendering_of(finding, limit, beside, taken)
        if span is not None:
            spans[id(finding)] = span
            taken.add(span)
    rendered = sorted(taken)
    kept = [finding for finding in own if not _meets(finding.span, rendered)]
    paired = [
        replace(
            finding,
            rendering=_rendering(text[slice(*spans[id(finding)])], finding, spans[id(finding)], pairs),
        )
        if id(finding) in spans
        else finding
        for finding in others
    ]
    return relabelled([*paired, *kept])


def _outer(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stand inside no other, in order."""
    result: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.span.start, -finding.span.end)):
        if not result or finding.span.end > result[-1].span.end:
            result.append(finding)
    return result


def _meets(span: Span, others: list[Span]) -> bool:
    """Whether a stretch has a code point in common with one of `others`, sorted and apart from each other."""
    at = bisect_left(others, Span(span.end, 0))
    return at > 0 and others[at - 1].end > span.start


# ------------------------------------------------------------ what can be said of it


class _Pairs:
    """Stretches of a text beside quotations, each pair compared once."""

    def __init__(self, english: English) -> None:
        self.english = english
        self._known: dict[tuple[int, Span], list[Compared]] = {}

    def renders(self, finding: Finding, span: Span) -> bool:
        """Whether a stretch has the words that there are in English for a quotation."""
        compared = self.compared(finding, span)
        return bool(compared) and compared[0].covered >= _FOLLOWS

    def compared(self, finding: Finding, span: Span) -> list[Compared]:
        """A stretch beside what there is in English of a quotation, the nearest first."""
        key = id(finding), span
        if key not in self._known:
            self._known[key] = _compared(finding, self.english, self.english.words_of(span))
        return self._known[key]


def _rendering(words: str, finding: Finding, span: Span, pairs: _Pairs) -> Rendering:
    source = finding.sources[0] if finding.sources else None
    english = pairs.english
    tokens, bare = english.words_of(span), english.words_of(span, _BRACKETS)
    compared = pairs.compared(finding, span)
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
        return english.of_reports(tokens, [match.ref for match in finding.sources])
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


__all__ = ["with_renderings"]
