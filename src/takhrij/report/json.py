"""Reports and sheets as JSON, to and fro.

What a person reads (first line, summary, sentences) is added and ignored when read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from takhrij.errors import InputError
from takhrij.model import Document, Finding, Quotation, Report, Sheet, SourceMatch
from takhrij.model.plain import as_text, fields_of, parsed, plain, value_of
from takhrij.report import phrases
from takhrij.report.sentence import sentence
from takhrij.report.summary import summary, summary_lines
from takhrij.report.words import words

REPORT_FORMAT = "takhrij report 1"
SHEET_FORMAT = "takhrij sheet 1"
HEADER = ("version", "fingerprint", "searched", "not_searched", "missing", "notes")


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain values: format, header, document, summary, findings, echoes, dates, works."""
    values: dict[str, Any] = plain(shown(report))
    return values


def shown(report: Report) -> dict[str, Any]:
    """The same with the values of the model in it as they are: for whoever writes these by himself."""
    first = head(report)
    return {
        "format": REPORT_FORMAT,
        "header": first["header"],
        "document": report.document,
        "summary": first["summary"],
        "findings": [shown_finding(finding) for finding in report.findings],
        "echoes": [shown_finding(finding) for finding in report.echoes],
        "dates": report.dates,
        "works": report.works,
    }


def head(report: Report) -> dict[str, Any]:
    """What the report was made with, and its counts, the values of the model in it as they are."""
    header = {"first_line": words().say("first_line")} | {key: getattr(report, key) for key in HEADER}
    return {"header": header, "summary": fields_of(summary(report)) | {"lines": summary_lines(report)}}


def from_json(data: Any) -> Report:
    """Read back what `to_json` gave, or its text; InputError where the shape is not that of a report."""
    given = parsed(data, REPORT_FORMAT)
    header = given.get("header")
    if not isinstance(header, dict):
        raise InputError("not a takhrij report: $.header is missing")
    body = {key: given.get(key) for key in ("document", "findings", "echoes", "dates")}
    body["works"] = given.get("works", [])  # reports of earlier versions have none
    return value_of(Report, body | {key: header.get(key) for key in HEADER})


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The takhrīj sheet as plain values."""
    values: dict[str, Any] = plain(sheet)
    return {"format": SHEET_FORMAT, "first_line": words().say("first_line")} | values


def sheet_from_json(data: Any) -> Sheet:
    """Read back what `sheet_to_json` gave, or its text; InputError where the shape is not that of a sheet."""
    return value_of(Sheet, parsed(data, SHEET_FORMAT))


def found_as_json(document: Document, found: Sequence[Quotation]) -> str:
    """What `find` gives for a text."""
    named = {"name": document.name, "notes": plain(document.notes)}
    return as_text({"document": named, "quotations": plain(found)})


def match_as_json(match: SourceMatch) -> str:
    """What `compare` gives."""
    return as_text(plain(match))


def sources_as_json() -> str:
    """Every known source, whether it is loaded and, where not, why."""
    from takhrij import sources

    known = [(source, sources.missing(source)) for source in sources.known()]
    return as_text(
        {"sources": [plain(source) | {"loaded": why is None, "missing": why} for source, why in known]}
    )


def dumps(value: Report | Sheet) -> str:
    """A report or sheet as JSON text: two spaces, spans on one line, a line feed at the end."""
    return as_text(to_json(value) if isinstance(value, Report) else sheet_to_json(value))


def shown_finding(finding: Finding) -> dict[str, Any]:
    """A finding with what a person reads, the values of the model in it as they are."""
    return fields_of(finding) | {
        "match_words": phrases.match_words(finding),
        "sentence": sentence(finding),
    }
