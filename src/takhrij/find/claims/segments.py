"""Which quotation a citation phrase belongs to, and the phrases as the spans that mark a claimed source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from takhrij.find.claims.model import RawClaim
from takhrij.model import Span

_BEHIND = 90  # characters between a quotation and a citation after it
_AHEAD = 420  # characters between a citation before a quotation and the quotation, which a chain may fill
_NAMED = ("reference", "collection")


def citation_quotations(claims: Sequence[RawClaim], quotations: Sequence[Span]) -> dict[Span, int]:
    """Group of claims -> the place in `quotations` (sorted, not overlapping) of the quotation it belongs to.

    A group that stands beside no quotation is left out.
    """
    starts, ends = [q.start for q in quotations], [q.end for q in quotations]
    directions = {claim.group: claim.direction for claim in claims}
    linked: dict[Span, int] = {}
    for group, direction in sorted(directions.items()):
        before, after = _before(group, ends), _after(group, starts)
        first, second = (after, before) if direction == "after" else (before, after)
        chosen = first if first is not None else second
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
    linked = citation_quotations(named, quotations)
    best: dict[int, Span] = {}
    for group in groups:
        at = linked.get(group)
        if at is not None and (at not in best or _nearer(text, group, best[at], quotations[at])):
            best[at] = group
    return tuple(sorted(best.values()))


def _specific(text: str, claim: RawClaim) -> bool:
    """A sura alone in prose («قراءة سورة الكهف») is a mention; with a verse, or bracketed, a reference."""
    bracketed = text[claim.group.start - 1 : claim.group.start] in ("(", "[", "{")
    if claim.looks_back is not None:
        return bracketed
    if claim.kind != "reference" or any(says.count(":") > 1 for says in claim.says):
        return True
    return bracketed


def _nearer(text: str, group: Span, other: Span, quotation: Span) -> bool:
    """A phrase right behind the quotation serves it before one that announces it; else the nearer one."""
    behind, other_behind = (_right_behind(text, one, quotation) for one in (group, other))
    if behind != other_behind:
        return behind
    return _distance(group, quotation) < _distance(other, quotation)


def _right_behind(text: str, group: Span, quotation: Span) -> bool:
    between = text[quotation.end : group.start]
    return group.start >= quotation.end and not any(char.isalpha() for char in between)


def _distance(group: Span, quotation: Span) -> int:
    return max(group.start - quotation.end, quotation.start - group.end)


def _before(group: Span, ends: Sequence[int]) -> int | None:
    at = bisect_right(ends, group.start + 1) - 1
    return at if at >= 0 and group.start - ends[at] <= _BEHIND else None


def _after(group: Span, starts: Sequence[int]) -> int | None:
    at = bisect_left(starts, group.end - 1)
    return at if at < len(starts) and starts[at] - group.end <= _AHEAD else None
