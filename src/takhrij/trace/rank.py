"""The order of the sources of a finding."""

from __future__ import annotations

from collections.abc import Sequence

from takhrij.model import Match, Source, SourceMatch
from takhrij.trace.links import by_link

_NEARLY = 0.7  # share of the words of a verse's quotation that a verse worded nearly alike has
_MOST_NEARLY = 4  # verses, with those worded just alike
_MATCH = ("same", "part", "spelling", "reading", "gaps", "different", "by_meaning")  # best first


def ranked(
    found: Sequence[SourceMatch], sources: Sequence[Source], near: str | None = None, onward: int = 0
) -> list[SourceMatch]:
    """Best first: covered words and wording, primary before derived works, the stated order of the sources.

    near: a sura ("2") that the text has just cited; between verses worded alike its verses come first,
    and of these the ones from verse `onward` on («… إلى قوله …»).
    """
    order = {source.id: place for place, source in enumerate(sources)}

    def key(match: SourceMatch) -> tuple[object, ...]:
        sura, verse = match.ref.split(":")[1:3] if match.source == "quran" else ("", "0")
        return (
            match.role == "derived",
            -round(match.covered, 1),
            max(1, _MATCH.index(summed_up(match))),  # a part is as good as the whole here
            match.complete == "gaps",
            (sura != near, int(verse.partition("-")[0]) < onward) if sura else (),
            order.get(match.source, len(order)),
            match.complete != "whole",
        )

    return by_link(_of_best_wording(sorted(found, key=key)))


def _of_best_wording(found: list[SourceMatch]) -> list[SourceMatch]:
    """Of verses those that are as near as the first, and at most a few that come near it."""
    if not found or found[0].source != "quran":
        return found
    best = found[0]
    differs = best.wording == "different"
    equal = [m for m in found if m.covered >= best.covered and (m.wording == "different") == differs]
    others = [m for m in found if m not in equal and m.covered >= _NEARLY]
    return equal + others[: max(0, _MOST_NEARLY - len(equal))]


def summed_up(match: SourceMatch) -> Match:
    """The match in one word: another wording, else gaps, else a spelling or reading, else part or same."""
    if match.wording != "same" and (match.complete != "gaps" or match.wording in ("different", "by_meaning")):
        return match.wording
    return "same" if match.complete == "whole" else match.complete
