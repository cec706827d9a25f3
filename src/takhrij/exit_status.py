"""What a shell learns from a run: findings in, one number out.

0  nothing differs
1  a wording differs, something inside a quotation is left out unmarked, one pair of marks joins verses that
   do not follow each other, a claim differs, or a presented quotation is not found
2  wrong usage
3  unreadable input or missing data
4  there were quotations and none could be checked; of a map: not every quotation could be compared
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from takhrij.model import Finding, Report, SourceMatch

NOTHING_DIFFERS = 0
DIFFERS = 1
WRONG_USAGE = 2
UNREADABLE = 3
NOTHING_CHECKED = 4
INTERRUPTED = 130
CLOSED_PIPE = 141

_WORST_FIRST = (WRONG_USAGE, UNREADABLE, DIFFERS, NOTHING_CHECKED, NOTHING_DIFFERS)


def _wording(source: SourceMatch) -> bool:
    return source.wording in ("different", "by_meaning")


def _joined(finding: Finding) -> bool:
    from takhrij.model import RUN_TOGETHER  # late: `--help` needs no model

    return RUN_TOGETHER in finding.notes


_OF_SOURCE: dict[str, Callable[[SourceMatch], bool]] = {
    "wording": _wording,
    "gaps": lambda source: source.complete == "gaps",
    "part": lambda source: source.complete == "part",
    "spelling": lambda source: source.wording == "spelling",
    "reading": lambda source: source.wording == "reading",
}
_OF_FINDING: dict[str, Callable[[Finding], bool]] = {
    "joined": _joined,
    "not-found": lambda finding: finding.status == "not_found",
    "not-checked": lambda finding: finding.status == "not_checked",
    "claims": lambda finding: any(claim.check == "differs" for claim in finding.claims),
}

REASONS_OF_WORDING = tuple(_OF_SOURCE)
REASONS = (*_OF_SOURCE, *_OF_FINDING)
"""What `--fail-on` can name: each makes the exit status 1."""

DEFAULT_REASONS = ("wording", "gaps", "joined", "claims", "not-found")


def of_report(report: Report, fail_on: Collection[str] = DEFAULT_REASONS) -> int:
    """The exit status for one report: 0, 1 or 4.

    Echoes and formulae never count. A wording is compared with the first-ranked source.
    """
    quotations = [finding for finding in report.findings if finding.presented == "quotation"]
    if any(_differs(finding, fail_on) for finding in quotations):
        return DIFFERS
    if "claims" in fail_on and any(date.check == "differs" for date in report.dates):
        return DIFFERS
    if quotations and all(finding.status == "not_checked" for finding in quotations):
        return NOTHING_CHECKED
    return NOTHING_DIFFERS


def of_match(source: SourceMatch, fail_on: Collection[str] = DEFAULT_REASONS) -> int:
    """The exit status for one quotation compared with one passage: 0 or 1."""
    return (
        DIFFERS if any(_OF_SOURCE[why](source) for why in fail_on if why in _OF_SOURCE) else NOTHING_DIFFERS
    )


def overall(statuses: Iterable[int]) -> int:
    """The exit status for several files: an unreadable one counts before a difference, that before 4."""
    given = set(statuses)
    return next((status for status in _WORST_FIRST if status in given), NOTHING_DIFFERS)


def _differs(finding: Finding, fail_on: Collection[str]) -> bool:
    if any(_OF_FINDING[why](finding) for why in fail_on if why in _OF_FINDING):
        return True
    return (
        finding.status == "matched" and bool(finding.sources) and bool(of_match(finding.sources[0], fail_on))
    )
