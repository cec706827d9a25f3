"""Reports and sheets as JSON, to and fro.

What a person reads (first line, summary, sentences) is added and ignored when read back.
"""

from __future__ import annotations

from typing import Any

from takhrij.errors import InputError
from takhrij.model import Finding, Report, Sheet
from takhrij.model.plain import as_text, parsed, plain, value_of
from takhrij.report import phrases
from takhrij.report.sentence import sentence
from takhrij.report.summary import summary, summary_lines
from takhrij.report.words import words

REPORT_FORMAT = "takhrij report 1"
SHEET_FORMAT = "takhrij sheet 1"
HEADER = ("version", "fingerprint", "searched", "not_searched", "missing", "notes")


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain values: format, header, document, summary, findings, echoes, dates, works."""
    values = plain(report)
    header = {"first_line": words().say("first_line")} | {key: values[key] for key in HEADER}
    return {
        "format": REPORT_FORMAT,
        "header": header,
        "document": values["document"],
        "summary": plain(summary(report)) | {"lines": summary_lines(report)},
        "findings": [_finding(finding) for finding in report.findings],
        "echoes": [_finding(finding) for finding in report.echoes],
        "dates": values["dates"],
        "works": values["works"],
    }


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


def dumps(value: Report | Sheet) -> str:
    """A report or sheet as JSON text: two spaces, spans on one line, a line feed at the end."""
    return as_text(to_json(value) if isinstance(value, Report) else sheet_to_json(value))


def _finding(finding: Finding) -> dict[str, Any]:
    values: dict[str, Any] = plain(finding)
    return values | {"match_words": phrases.match_words(finding), "sentence": sentence(finding)}
