"""A text and a source side by side: each cut into pieces at the changes between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from takhrij.model import Change, Finding, SourceMatch, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text or of the source; `change` is the difference that it shows, if any.

    An empty stretch of the text is where the source has words that the text has not.
    """

    text: str
    change: Change | None = None


def text_pieces(text: str, start: int, changes: Iterable[Change]) -> list[Piece]:
    """A quotation, which begins at `start` of its document, cut at its changes."""
    return _cut(text, start, [(c.span, c) for c in changes])


def source_pieces(source: SourceMatch) -> list[Piece]:
    """The source's wording of the matched stretch, cut at the changes."""
    marked = [(c.source_span, c) for c in source.changes if c.source_span.start < c.source_span.end]
    return _cut(source.text, source.source_span.start, marked)


def finding_pieces(finding: Finding, source: SourceMatch) -> list[Piece]:
    """The quotation of a finding, cut at the changes against one of its sources."""
    return text_pieces(finding.text, finding.span.start, source.changes)


def _cut(text: str, start: int, marked: Sequence[tuple[Span, Change]]) -> list[Piece]:
    pieces = []
    at = 0
    for span, change in sorted(marked, key=lambda pair: pair[0]):
        begin, end = span.start - start, span.end - start
        if begin < at or end < begin or end > len(text):
            continue  # stands outside the matched stretch or over another change: its line still says it
        if begin > at:
            pieces.append(Piece(text[at:begin]))
        pieces.append(Piece(text[begin:end], change))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
