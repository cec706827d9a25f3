"""The words of a quotation as its source has them, with their vowels: word by word, where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

from takhrij.model import RUN_TOGETHER, Finding, Proposal, SourceMatch, Span
from takhrij.report.coverage import named_collections
from takhrij.report.fix.proposals import proposed, rules
from takhrij.text import arabic_words, fold
from takhrij.text.fold import without_honorifics

_UTHMANI = re.compile("[\u0671\u06d6-\u06ed]")  # the text follows the spelling of the mushaf
_BLANK = re.compile(r"[ \t]+")


class _Edit(NamedTuple):
    """Words of the text and those of the source for them; offsets are those of the finding's text."""

    start: int
    end: int
    new: str


class _Words(NamedTuple):
    """Words of Arabic letters without formulas of honour: folded, and where each stands."""

    folded: list[str]
    spans: list[tuple[int, int]]


def wording(finding: Finding) -> Iterator[Proposal]:
    """Where its words or vowels are others than those of the first-ranked source, if these may be used.

    Other wording of a report is normal in its transmission: then only where the text names that collection.
    What may be another reading, what the text marks as left out, and formulas of honour stay as they are. Of
    words that no source has, or that one pair of marks puts together from two places, none are proposed.
    """
    source = finding.sources[0]
    if source.covered < rules()["covered"] or RUN_TOGETHER in finding.notes:
        return
    if source.source not in rules()["wording"] or source.language != "ar" or _UTHMANI.search(finding.text):
        return
    if source.wording == "by_meaning":
        return
    if (
        source.wording == "different"
        and finding.kind == "report"
        and source.source not in named_collections(finding)
    ):
        return
    start = finding.span.start
    for edit in _joined(finding.text, _edits(finding, source)):
        text, span = finding.text[edit.start : edit.end], Span(start + edit.start, start + edit.end)
        yield proposed("wording", finding, span, text, edit.new, source.ref)


def _edits(finding: Finding, source: SourceMatch) -> Iterator[_Edit]:
    parts = [Span(part.start - finding.span.start, part.end - finding.span.start) for part in finding.parts]
    here, there = _words(finding.text, parts), _words(source.text)
    for step in Levenshtein.opcodes(here.folded, there.folded):
        old, new = here.spans[step.src_start : step.src_end], there.spans[step.dest_start : step.dest_end]
        if step.tag == "equal":
            for (begin, end), (first, last) in zip(old, new, strict=True):
                word = source.text[first:last]
                same = normalize("NFC", finding.text[begin:end]) == normalize("NFC", word)
                if not same and _may_change(finding, source, (begin, end), (first, last), differs=False):
                    yield _Edit(begin, end, word)
            continue
        at = here.spans[step.src_start - 1][1] if step.src_start else None
        begin, end = (old[0][0], old[-1][1]) if old else (at or 0, at or 0)
        first, last = (new[0][0], new[-1][1]) if new else (0, 0)
        if not _may_change(finding, source, (begin, end), (first, last), differs=True):
            continue
        if len(old) == len(new):  # each word for itself: a line may end between them
            yield from (_Edit(*o, source.text[slice(*n)]) for o, n in zip(old, new, strict=True))
        elif old and new:
            yield _Edit(begin, end, source.text[first:last])
        elif new and at is not None:
            few = len(new) <= rules()["filled"]
            yield _Edit(begin, end, " " + (source.text[first:last] if few else "…"))
        elif old and at is not None:
            yield _Edit(at, end, "")  # with the space before it
        elif old and step.src_end < len(here.spans):
            yield _Edit(begin, here.spans[step.src_end][0], "")  # with the space behind it


def _may_change(
    finding: Finding, source: SourceMatch, here: tuple[int, int], there: tuple[int, int], *, differs: bool
) -> bool:
    """Whether what the comparison says of these words leaves it to the editor to change them."""
    begin, first = finding.span.start, source.source_span.start
    said = [
        change
        for change in source.changes
        if _meets(change.span, here, begin) or _meets(change.source_span, there, first)
    ]
    if any(change.note or change.marked or change.kind == "moved" for change in said):
        return False
    return not differs or bool(said)


def _meets(span: Span, words: tuple[int, int], start: int) -> bool:
    return span.start < words[1] + start and words[0] + start < span.end


def _words(text: str, parts: Sequence[Span] = ()) -> _Words:
    folded, spans = arabic_words(text)
    tokens = fold(text)
    honours = set(tokens.starts[~without_honorifics(tokens)].tolist())
    kept = [
        (word, span)
        for word, span in zip(folded, spans, strict=True)
        if span[0] not in honours and (not parts or any(part.start <= span[0] < part.end for part in parts))
    ]
    return _Words([word for word, _ in kept], [span for _, span in kept])


def _joined(text: str, edits: Iterable[_Edit]) -> list[_Edit]:
    """Edits of words that follow each other on one line as one."""
    joined: list[_Edit] = []
    for edit in edits:
        between = text[joined[-1].end : edit.start] if joined else "\n"
        if joined and (not between or _BLANK.fullmatch(between)):
            edit = _Edit(joined[-1].start, edit.end, joined.pop().new + between + edit.new)
        joined.append(edit)
    return joined
