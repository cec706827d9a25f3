"""Which citation stands right beside a stretch of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from takhrij.find.claims import RawClaim
from takhrij.model import Span

_BEHIND, _AHEAD = 25, 60  # code points between a citation and the quotation it stands behind or before
_NAMED = ("reference", "collection", "number")
_TELLING = ("narrator", "said_by")
_NO_REPORTS = (("god",), ("compiler",))  # whose words are no report's
_NEXT = re.compile(r"\n[ \t]{0,8}(?:\n|[*•#>-]|\d{1,3}[.)]\s)")  # a paragraph or an item of a list begins
_ENDED = re.compile(r"[”».!?\n]")
_CLOSED = re.compile(r"(?:[”»’﴾}]|(?<=\S)[\"'])[\s.,;]{0,3}[(\[]?\s?$")  # what ends where a citation begins
_MOST_CLOSING = 8


class Citations:
    """The claims of a text that name a verse, a collection or a number, by where they stand."""

    def __init__(self, text: str, claims: Sequence[RawClaim]) -> None:
        named = [claim for claim in claims if claim.kind in _NAMED]
        told = (claim for claim in claims if claim.kind in _TELLING and claim.direction == "after")
        self._told = sorted(claim.span.end for claim in told if claim.says[:1] not in _NO_REPORTS)
        self._text = text
        self._by_start = sorted(named, key=lambda claim: claim.group.start)
        self._by_end = sorted(named, key=lambda claim: claim.group.end)
        self._starts = [claim.group.start for claim in self._by_start]
        self._ends = [claim.group.end for claim in self._by_end]

    def beside(self, span: Span) -> list[RawClaim]:
        """The claims right behind a stretch, else those right before it in its sentence."""
        low, high = bisect_left(self._starts, span.end), bisect_right(self._starts, span.end + _BEHIND)
        behind = [
            c for c in self._by_start[low:high] if not _NEXT.search(self._text, span.end, c.group.start)
        ]
        if behind:
            return behind
        low, high = bisect_left(self._ends, span.start - _AHEAD), bisect_right(self._ends, span.start)
        return [c for c in self._by_end[low:high] if not self._ended(c.group, span.start)]

    def _ended(self, citation: Span, start: int) -> bool:
        """Whether a citation is that of a quotation before it, or its sentence ends before `start`."""
        before = self._text[max(0, citation.start - _MOST_CLOSING) : citation.start]
        return bool(_CLOSED.search(before) or _ENDED.search(self._text, citation.end - 1, start))

    def told(self, start: int) -> bool:
        """Whether a narrator, or whose words they are, is named before a stretch that begins at `start`."""
        at = bisect_right(self._told, start) - 1
        near = at >= 0 and start - self._told[at] <= _AHEAD
        return near and not _ENDED.search(self._text, self._told[at], start)

    def kind(self, span: Span) -> str | None:
        """The kind of the citation beside a stretch."""
        claims = self.beside(span)
        return claims[0].kind if claims else None


__all__ = ["Citations"]
