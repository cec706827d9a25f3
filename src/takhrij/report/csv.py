"""A report as a table for spreadsheets: one row a finding and source."""

from __future__ import annotations

import csv
import io

from takhrij.model import Report
from takhrij.report.tables import FINDINGS, Value

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet takes a cell that begins so for a formula
_MARK = "\ufeff"  # without it spreadsheets read UTF-8 as something else


def to_csv(report: Report) -> str:
    """Quotations and echoes as CSV (RFC 4180) behind a byte order mark; a formula has ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FINDINGS.names)
    writer.writerows([harmless(cell) for cell in row] for row in FINDINGS.rows(report))
    return _MARK + out.getvalue()


def harmless(cell: Value) -> Value:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell
