"""The same table as CSV has, as a Parquet file, whose metadata say what made it and what it does not mean."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from takhrij.model import Report
from takhrij.report.coverage import credits
from takhrij.report.tables import FINDINGS, Table
from takhrij.report.words import words

if TYPE_CHECKING:
    import pyarrow


def to_parquet(report: Report) -> bytes:
    """Quotations and echoes, a row a finding and source, typed as `tables` says."""
    import pyarrow
    import pyarrow.parquet

    rows = [dict(zip(FINDINGS.names, row, strict=True)) for row in FINDINGS.rows(report)]
    out = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows, schema=schema(FINDINGS))
    pyarrow.parquet.write_table(table.replace_schema_metadata(_metadata(report)), out, compression="zstd")
    return out.getvalue()


def schema(table: Table) -> pyarrow.Schema:
    """The Arrow schema of a table."""
    import pyarrow

    of = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    return pyarrow.schema([(name, of[kind]) for name, kind in table.columns])


def _metadata(report: Report) -> dict[str, str]:
    return {
        "first_line": words().say("first_line"),
        "takhrij": report.version,
        "fingerprint": report.fingerprint,
        "credits": "\n".join(credits(report.searched)),
    }
