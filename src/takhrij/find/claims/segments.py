"""Which quotation a citation phrase belongs to, and the phrases as the spans that mark a claimed source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from takhrij.find.claims.model import RawClaim
from takhrij.model import Span

_BEHIND = 90  # characters between a quotation and a citation after it
_AHEAD = 420  # characters between a citation before a quotation and the quotation, which a chain may fill
_BREAK = re.compile(r"\n[ \t>*]*\n")
_NAMED = ("reference", "collection")


def citation_quotations(text: str, claims: Sequence[RawClaim], quotations: Sequence[Span]) -> dict[Span, int]:
    """Group of claims -> the place in `quotations` (sorted, not overlapping) of the quotation it belongs to.

    A group that stands beside no quotation is left out.
    """
    directions = {claim.group: claim.direction for claim in claims}
    linked: dict[Span, int] = {}
    for group, direction in sorted(directions.items()):
        before = _before(text, group, quotations)
        after = _after(text, group, quotations)
        if direction == "after":
            chosen = after if after is not None else before
        elif direction == "before":
            chosen = before if before is not None else after
        else:
            chosen = before if before is not None else after
        if chosen is not None:
            linked[group] = chosen
    return linked


def citation_segments(
    text: str, claims: Sequence[RawClaim], quotations: Sequence[Span] | None = None
) -> tuple[Span, ...]:
    """The citation phrases that name a source, as spans, in order.

    With `quotations` (sorted), only the phrase that serves each of them: one behind it before one that
    announces it, and none that merely mentions a source.
    """
    named = [claim for claim in claims if claim.kind in _NAMED]
    groups = tuple(sorted({claim.group for claim in named if _specific(text, claim)}))
    if quotations is None:
        return groups
    linked = citation_quotations(text, named, quotations)
    best: dict[int, Span] = {}
    for group in groups:
        at = linked.get(group)
        if at is not None and (at not in best or _nearer(group, best[at], quotations[at])):
            best[at] = group
    return tuple(sorted(best.values()))


def _specific(text: str, claim: RawClaim) -> bool:
    """A sura alone in prose («قراءة سورة الكهف») is a mention; with a verse, or bracketed, a reference."""
    if claim.kind != "reference" or any(says.count(":") > 1 for says in claim.says):
        return True
    return text[claim.group.start - 1 : claim.group.start] in ("(", "[", "{")


def _nearer(group: Span, other: Span, quotation: Span) -> bool:
    """A phrase behind the quotation serves it before one that announces it; else the nearer one."""
    behind, other_behind = group.start >= quotation.end, other.start >= quotation.end
    if behind != other_behind:
        return behind
    return _distance(group, quotation) < _distance(other, quotation)


def _distance(group: Span, quotation: Span) -> int:
    return max(group.start - quotation.end, quotation.start - group.end)


def _before(text: str, group: Span, quotations: Sequence[Span]) -> int | None:
    found = None
    for at, quotation in enumerate(quotations):
        if quotation.end <= group.start + 1:
            found = at
    if found is None:
        return None
    end = quotations[found].end
    return found if group.start - end <= _BEHIND else None


def _after(text: str, group: Span, quotations: Sequence[Span]) -> int | None:
    for at, quotation in enumerate(quotations):
        if quotation.start >= group.end - 1:
            near = quotation.start - group.end <= _AHEAD
            return at if near else None
    return None
