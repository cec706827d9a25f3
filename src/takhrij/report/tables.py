"""A report as tables: which columns they have, of which type, and their rows. CSV and Parquet write them.

A column is a name and `str`, `int` or `float`; any value may be None. Offsets are code points in the
document's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from takhrij.model import Finding, Report, SourceMatch
from takhrij.report import phrases
from takhrij.report.comment import claim_lines

Value = str | int | float | None
Column = tuple[str, type]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, its columns, and what makes its rows of a report."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Report], Iterator[tuple[Value, ...]]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(name for name, _ in self.columns)


def _findings(report: Report) -> Iterator[tuple[Value, ...]]:
    for finding in (*report.findings, *report.echoes):
        own = _finding(report, finding)
        for rank, source in enumerate(finding.sources, 1):
            yield own + _source(rank, source)
        if not finding.sources:
            yield own + (None,) * len(_SOURCE)


def _finding(report: Report, finding: Finding) -> tuple[Value, ...]:
    return (
        report.document.name,
        finding.id,
        finding.label,
        finding.kind,
        finding.presented,
        phrases.look(finding),
        phrases.match_words(finding),
        phrases.place_words(finding),
        finding.span.start,
        finding.span.end,
        finding.text,
        " › ".join(finding.speakers) or None,
        "\n".join(claim_lines(finding)) or None,
        "\n".join(finding.notes) or None,
    )


def _source(rank: int, source: SourceMatch) -> tuple[Value, ...]:
    return (
        rank,
        source.ref,
        phrases.cite(source),
        source.numbering,
        source.edition,
        source.wording,
        source.complete,
        round(source.covered, 3),
        source.text,
        "\n".join(phrases.change_words(change, clipped=False) for change in source.changes) or None,
        source.narrator,
        source.report,
        "\n".join(phrases.graded(grade, clipped=False) for grade in source.grades) or None,
    )


def _claims(report: Report) -> Iterator[tuple[Value, ...]]:
    for finding in report.findings:
        for claim in finding.claims:
            yield (
                report.document.name,
                finding.id,
                finding.label,
                claim.kind,
                claim.text,
                claim.span.start,
                claim.span.end,
                claim.says,
                claim.check,
                claim.found,
                claim.why,
            )


_OF: tuple[Column, ...] = (("document", str), ("id", str), ("label", str))
_FINDING: tuple[Column, ...] = (
    *_OF,
    ("kind", str),
    ("presented", str),
    ("match", str),
    ("match_words", str),
    ("place", str),
    ("start", int),
    ("end", int),
    ("text", str),
    ("speakers", str),
    ("claims", str),
    ("notes", str),
)
_SOURCE: tuple[Column, ...] = (
    ("rank", int),
    ("ref", str),
    ("citation", str),
    ("numbering", str),
    ("edition", str),
    ("wording", str),
    ("complete", str),
    ("covered", float),
    ("source_text", str),
    ("changes", str),
    ("narrator", str),
    ("report", str),
    ("grades", str),
)
_CLAIM: tuple[Column, ...] = (
    *_OF,
    ("claim", str),
    ("text", str),
    ("start", int),
    ("end", int),
    ("says", str),
    ("check", str),
    ("found", str),
    ("why", str),
)

FINDINGS = Table("findings", _FINDING + _SOURCE, _findings)
"""Quotations and then echoes: a row a finding and source, one without source columns where none matched."""
CLAIMS = Table("claims", _CLAIM, _claims)
"""What the text says of its quotations: a row a claim."""
