"""What speaks for a stretch of a text being a verse or a report: cues, chains and citations beside it."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from takhrij.find.claims import Isnad, RawClaim
from takhrij.find.view import View
from takhrij.model import Kind, Span

ARABIC = re.compile("[ء-ي]")
LEAST_CUE = 12.5  # bits: more than a bare "he said" gives
LONGEST, SHORTEST = 700, 10  # code points of a stretch that no marks enclose
_EDGE = " \t\n\r\"'“”«»﴿﴾{}()*‏‎.،,؛:…_"
_BEHIND, _AHEAD = 25, 60  # code points between a citation and the quotation it stands behind or before
_CITED = 20.0  # bits that a citation or a chain beside a stretch adds
_LEADING = 40  # code points before a chain that are no quotation of their own
_AT_ONCE = 3  # code points between the beginning of a stretch and a chain that it begins with
_FAR = 140  # code points before a stretch in which its speaker is looked for
_LETTERS_BETWEEN = 10  # of words such as «رواه» between a quotation and the name of its source


@dataclass(frozen=True, slots=True)
class Presented:
    """A stretch that the text gives as a verse (`quran`) or as a report."""

    span: Span
    kind: Kind
    closed: bool = True  # false where nothing shows its end: a line ends before the closing mark comes
    lemma: bool = False  # words of the work that a commentary explains: quoted only if a source has them
    isnad: Span | None = None


def within_marks(text: str, span: Span) -> Span:
    """A span without the marks and white space at its ends."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


class Evidence:
    """What speaks for a stretch being a verse or a report: cues, chains and citations beside it."""

    def __init__(
        self,
        text: str,
        verses: View,
        reports: View,
        claims: Sequence[RawClaim],
        isnads: Sequence[Isnad],
    ) -> None:
        self.text, self.verses, self.reports = text, verses, reports
        naming = [claim for claim in claims if claim.kind in ("reference", "collection", "number")]
        self.behind = sorted((claim.group.start, claim.kind) for claim in naming)
        self.ahead = sorted((claim.group.end, claim.kind) for claim in naming if claim.direction != "before")
        spoken = [c.span for c in claims if c.kind == "said_by" and c.says[:1] == ("prophet",)]
        chains = [isnad.span for isnad in isnads]
        self.chains = sorted(chains)
        self.told_before = sorted(span.end for span in chains)
        self.told_inside = sorted(span.start for span in [*chains, *spoken])

    def words(self, span: Span) -> int:
        """How many words a stretch has."""
        return _token(self.verses, span.end) - _token(self.verses, span.start)

    def of(self, span: Span, cited: str | None) -> tuple[float, float]:
        """Bits for a verse and for a report."""
        quran, report = _cue(self.verses, span), _cue(self.reports, span)
        quran += _CITED * (cited == "reference")
        report += _CITED * (cited in ("collection", "number") or self.told(span))
        return quran, report

    def told(self, span: Span) -> bool:
        """Whether a chain stands right before a stretch, or it begins with one or with "the Prophet said"."""
        place = bisect_left(self.told_before, span.start + 1) - 1
        if place >= 0 and not ARABIC.search(self.text, self.told_before[place], span.start):
            return True
        place = bisect_left(self.told_inside, span.start)
        return place < len(self.told_inside) and self.told_inside[place] - span.start <= _AT_ONCE

    def behind_chain(self, unit: Presented) -> Presented:
        """A stretch without the chain that it begins with, which it keeps as its `isnad`."""
        span = unit.span
        place = bisect_left(self.chains, Span(span.start, 0))
        if place == len(self.chains) or self.chains[place].start - span.start > _LEADING:
            return unit
        isnad = self.chains[place]
        if span.end - isnad.end < SHORTEST:
            return unit
        return replace(unit, span=within_marks(self.text, Span(isnad.end, span.end)), isnad=isnad)

    def prose(self, span: Span) -> bool:
        """Whether a scholar is named as speaker before a stretch, or "end of quotation" follows it."""
        line = max(self.text.rfind("\n", 0, span.start - 3), span.start - _FAR) + 1
        said, ending, _ = _prose()
        before = said.search(self.text, line, span.start)
        return not self.told(span) and bool(before or ending.match(self.text, span.end))

    def about(self, span: Span) -> bool:
        """Whether a stretch begins as what is said about a verse or a report does («تشير الآية …»)."""
        return bool(_prose()[2].match(self.text, span.start, span.end))

    def cited(self, span: Span, same_line: bool, *, ahead: bool) -> str | None:
        """The kind of the citation that stands right behind a stretch, else of the one right before it."""
        text, behind = self.text, self.behind
        place = bisect_left(behind, (span.end, ""))
        if place < len(behind) and behind[place][0] - span.end <= _BEHIND:
            between = text[span.end : behind[place][0]]
            if (
                between.count("\n") < (1 if same_line else 2)
                and len(ARABIC.findall(between)) <= _LETTERS_BETWEEN
            ):
                return behind[place][1]
        place = bisect_left(self.ahead, (span.start + 1, "")) - 1
        if ahead and place >= 0 and span.start - self.ahead[place][0] <= _AHEAD:
            return self.ahead[place][1]
        return None


@cache
def _prose() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before and behind a scholar's own words, and what they begin with (data/prose.toml)."""
    loaded = tomllib.loads(files("takhrij.find").joinpath("data/prose.toml").read_text("utf-8"))
    said, named, ended, about = (
        "|".join(map(re.escape, phrases))
        for phrases in (
            loaded["said"],
            loaded["phrases"] + loaded["names"],
            loaded["behind"],
            loaded["about"],
        )
    )
    said = rf"(?<![ء-ي])(?:{said})\s[^\n:.«»\"]{{0,60}}(?<![ء-ي])(?:{named})(?![ء-ي])"
    return (
        re.compile(said + r"[^\n:«»\"]{0,60}:\W{0,6}\Z"),
        re.compile(rf"[\s\"»”'.،)\]]{{0,6}}(?:{ended})"),
        re.compile(rf"(?:{about})(?![ء-ي])"),
    )


def _token(view: View, offset: int) -> int:
    return int(view.starts.searchsorted(offset))


def _cue(view: View, span: Span) -> float:
    at = _token(view, span.start)
    return float(view.cue[at]) if at < len(view) else 0.0
