"""A report as a table for spreadsheets: one row a finding and source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from takhrij.model import Finding, Report, SourceMatch
from takhrij.report import phrases
from takhrij.report.comment import claim_lines

FINDING_COLUMNS = (
    "label",
    "kind",
    "presented",
    "match",
    "match_words",
    "place",
    "start",
    "end",
    "text",
    "claims",
    "notes",
)
SOURCE_COLUMNS = (
    "rank",
    "ref",
    "citation",
    "numbering",
    "edition",
    "wording",
    "complete",
    "covered",
    "source_text",
    "changes",
    "narrator",
    "report",
    "grades",
)
COLUMNS = FINDING_COLUMNS + SOURCE_COLUMNS
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet takes a cell that begins so for a formula
_MARK = "\ufeff"  # without it spreadsheets read UTF-8 as something else


def to_csv(report: Report) -> str:
    """Quotations and echoes as CSV (RFC 4180) behind a byte order mark; a formula has ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in (*report.findings, *report.echoes):
        writer.writerows([_harmless(cell) for cell in row] for row in _rows(finding))
    return _MARK + out.getvalue()


def _rows(finding: Finding) -> Iterator[list[object]]:
    own: list[object] = [
        finding.label,
        finding.kind,
        finding.presented,
        phrases.look(finding),
        phrases.match_words(finding),
        phrases.place_words(finding),
        finding.span.start,
        finding.span.end,
        finding.text,
        "\n".join(claim_lines(finding)),
        "\n".join(finding.notes),
    ]
    for rank, source in enumerate(finding.sources, 1):
        yield own + _source(rank, source)
    if not finding.sources:
        yield own + [""] * len(SOURCE_COLUMNS)


def _source(rank: int, source: SourceMatch) -> list[object]:
    return [
        rank,
        source.ref,
        phrases.cite(source),
        source.numbering,
        source.edition,
        source.wording,
        source.complete,
        round(source.covered, 3),
        source.text,
        "\n".join(phrases.change_words(change, clipped=False) for change in source.changes),
        source.narrator or "",
        source.report or "",
        "\n".join(phrases.graded(grade, clipped=False) for grade in source.grades),
    ]


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell
