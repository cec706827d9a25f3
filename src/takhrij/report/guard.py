"""A report of a model's answer comes in; what a program needs of every citation goes out, as JSON.

There is no pass or fail: what is not loaded is not wrong, and same words are not yet a right conclusion.
"""

from __future__ import annotations

from msgspec import Struct

from takhrij.model import (
    Change,
    Claim,
    Completeness,
    Finding,
    Kind,
    Match,
    Report,
    SourceMatch,
    Span,
    Status,
    Wording,
)
from takhrij.model.plain import as_text, plain
from takhrij.report import phrases
from takhrij.report.json import head
from takhrij.report.sentence import sentence

GUARD_FORMAT = "takhrij guard 1"
MOST_PASSAGES = 3


class Stands(Struct, frozen=True, kw_only=True, gc=False):
    """The wording of one passage, and in what the citation differs from it."""

    ref: str
    title: str
    edition: str
    wording: Wording
    complete: Completeness
    text: str
    before: str
    after: str
    changes: tuple[Change, ...]


class Citation(Struct, frozen=True, kw_only=True, gc=False):
    """One quotation of the text. `refs` are all passages that match it, `stands` the first of them."""

    label: str
    kind: Kind
    span: Span
    text: str
    status: Status
    match: Match | None
    match_words: str
    sentence: str
    refs: tuple[str, ...]
    stands: tuple[Stands, ...]
    nearest: tuple[Stands, ...]
    claims: tuple[Claim, ...]
    searched: tuple[str, ...]
    not_searched: tuple[str, ...]


def to_guard(report: Report) -> str:
    """The citations of a report with the wording of their sources, as JSON text."""
    citations = [_citation(finding) for finding in report.findings]
    guard = {"format": GUARD_FORMAT, "document": report.document.name} | head(report)
    return as_text(plain(guard | {"citations": citations}))


def _citation(finding: Finding) -> Citation:
    return Citation(
        label=finding.label,
        kind=finding.kind,
        span=finding.span,
        text=finding.text,
        status=finding.status,
        match=finding.match,
        match_words=phrases.match_words(finding),
        sentence=sentence(finding),
        refs=tuple(source.ref for source in finding.sources),
        stands=tuple(map(_stands, finding.sources[:MOST_PASSAGES])),
        nearest=tuple(map(_stands, finding.nearest[:MOST_PASSAGES])),
        claims=finding.claims,
        searched=tuple(searched.source for searched in finding.searched),
        not_searched=finding.not_searched,
    )


def _stands(source: SourceMatch) -> Stands:
    return Stands(
        ref=source.ref,
        title=source.title,
        edition=source.edition,
        wording=source.wording,
        complete=source.complete,
        text=source.text,
        before=source.before,
        after=source.after,
        changes=source.changes,
    )
