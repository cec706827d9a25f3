"""What is proposed of a report: never imposed, and only about what the text quotes already."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from takhrij.errors import UsageError
from takhrij.model import Finding, Fixes, FixKind, Proposal, Report, Span
from takhrij.report import phrases
from takhrij.report.words import words

KINDS: tuple[FixKind, ...] = get_args(FixKind)


def proposals(report: Report, kinds: Collection[str] = KINDS) -> Fixes:
    """The source's wording with vowels, a missing or differing reference, the number in the loaded numbering.

    Only of quotations that were matched, not of echoes. `kinds` chooses; UsageError for an unknown one.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise UsageError(words().say("fix.unknown", kind=unknown[0], known=", ".join(KINDS)))
    from takhrij.report.fix.references import numbers, references
    from takhrij.report.fix.wording import wording

    made: list[Proposal] = []
    unlicensed: list[str] = []
    for finding in report.findings:
        if finding.status != "matched" or not finding.sources:
            continue
        if "wording" in kinds:
            made += wording(finding)
            unlicensed += [finding.label] * (finding.sources[0].source not in rules()["wording"])
        if "reference" in kinds:
            made += references(finding, report.document.text)
        if "number" in kinds:
            made += numbers(finding, report.document.text)
    said = words().say("fix.licence", labels=", ".join(unlicensed)) if unlicensed else ""
    return Fixes(proposals=tuple(_apart(made)), notes=tuple(filter(None, (said,))))


def applied(text: str, made: Iterable[Proposal]) -> str:
    """The text as it is with every proposal taken."""
    pieces, at = [], 0
    for one in made:
        pieces += [text[at : one.span.start], one.proposed]
        at = one.span.end
    return "".join([*pieces, text[at:]])


def proposed(
    kind: FixKind, finding: Finding, span: Span, text: str, new: str, ref: str, **why: str
) -> Proposal:
    """A proposal; its reason is the wording `fix.<kind>` with the passage's citation."""
    said = words().say(f"fix.{kind}", source=phrases.cite_ref(ref), **why)
    return Proposal(kind=kind, finding=finding.label, span=span, text=text, proposed=new, ref=ref, why=said)


@cache
def rules() -> dict[str, Any]:
    """The table `data/fix.toml`."""
    return tomllib.loads(files("takhrij.report").joinpath("data", "fix.toml").read_text(encoding="utf-8"))


def _apart(made: Iterable[Proposal]) -> Iterator[Proposal]:
    """In the order of the text, of those that meet the first one alone."""
    end = -1
    for one in sorted(made, key=lambda each: (each.span, each.kind)):
        if one.span.start > end or (one.span.start == end and one.span.end > end):
            yield one
            end = one.span.end
