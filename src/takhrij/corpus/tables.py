"""The tables of a corpus: their columns, and their rows of what was found in a piece of a text.

A column is a name and its type; any value may be None. Offsets are code points in the text, end exclusive.
`findings` has a row a finding and source (the first few), as the table of one report has; `rank` is 1 in one
row of each finding that has a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from takhrij.model import Finding, SourceMatch
from takhrij.report import phrases
from takhrij.report import tables as report_tables
from takhrij.report.tables import Table

Value = str | int | float | bytes | None
Column = tuple[str, type]


def _as_of_one_report(table: Table, *names: str) -> tuple[Column, ...]:
    """Columns that the tables of one report have too, by the same name and type."""
    known = dict(table.columns)
    return tuple((name, known[name]) for name in names)


_OF: tuple[Column, ...] = (("document", str), ("finding", int))
_FINDING: tuple[Column, ...] = (
    *_OF,
    *_as_of_one_report(report_tables.FINDINGS, "kind", "presented", "match"),
    ("page", str),
    ("line", int),
    ("part", str),  # "text", or what is not the author's: "paratext", "footnote"
    *_as_of_one_report(report_tables.FINDINGS, "start", "end", "text", "speakers"),
    ("introduced_by", str),
    ("attributed_to", str),
    ("places", int),  # passages that were found to have the words
)
_SOURCE: tuple[Column, ...] = (
    *_as_of_one_report(report_tables.FINDINGS, "rank", "ref"),
    ("source", str),
    *_as_of_one_report(report_tables.FINDINGS, "wording", "complete", "covered", "source_text"),
    ("differences", int),
    *_as_of_one_report(report_tables.FINDINGS, "narrator", "report"),
)
FINDINGS = _FINDING + _SOURCE
CLAIMS: tuple[Column, ...] = (
    *_OF,
    *_as_of_one_report(
        report_tables.CLAIMS, "claim", "text", "start", "end", "says", "check", "found", "why"
    ),
)
DOCUMENTS: tuple[Column, ...] = (
    ("document", str),
    ("path", str),
    ("status", str),  # "checked", "failed"
    ("error", str),
    ("uri", str),  # author and book as OpenITI names them: "0620IbnQudamaMaqdisi.KafiFiFiqh"
    ("version", str),
    ("state", str),
    ("author", str),
    ("title", str),
    ("died", int),  # AH
    ("century", int),
    ("format", str),
    ("encoding", str),
    ("notes", str),
    ("bytes", int),
    ("modified", int),
    ("sha256", str),
    ("characters", int),
    ("words", int),
    ("pieces", int),
    ("findings", int),
    ("seconds", float),  # of processor time
    ("sketch", bytes),  # the least hashes of its runs of words, for telling versions of one text
)
TABLES = {"findings": FINDINGS, "claims": CLAIMS, "documents": DOCUMENTS}


def schema(columns: Sequence[Column]) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa

    of = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bytes: pa.binary(),
    }
    return pa.schema([(name, of[kind]) for name, kind in columns])


def packed(columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> bytes:
    """Rows as compressed Arrow: small while they wait to be written."""
    import pyarrow as pa

    fields = schema(columns)
    by_column = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [_array(own, field.type) for own, field in zip(by_column, fields, strict=True)]
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, fields, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(pa.Table.from_arrays(arrays, schema=fields))
    return bytes(out.getvalue())


def unpacked(data: bytes) -> Any:
    """The Arrow table that was packed."""
    import pyarrow as pa

    return pa.ipc.open_stream(data).read_all()


def _array(column: Sequence[Value], kind: Any) -> Any:
    """A column as Arrow; lone surrogates of damaged texts are replaced, since Parquet holds UTF-8."""
    import pyarrow as pa

    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:
        return pa.array(
            [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in column], kind
        )


def finding_rows(
    document: str, number: int, finding: Finding, base: int, line: int, part: str, most: int
) -> list[tuple[Value, ...]]:
    """A row for each of the first `most` sources of a finding; one without source where it has none."""
    place = finding.place
    own: tuple[Value, ...] = (
        document,
        number,
        finding.kind,
        finding.presented,
        phrases.look(finding),
        place.page,
        None if place.line is None else place.line + line,
        part,
        finding.span.start + base,
        finding.span.end + base,
        finding.text,
        " › ".join(finding.speakers) or None,
        finding.introduced_by.text if finding.introduced_by else None,
        finding.attributed_to,
        len(finding.sources),
    )
    if not finding.sources:
        return [own + (None,) * len(_SOURCE)]
    return [own + _source(rank, source) for rank, source in enumerate(finding.sources[:most], 1)]


def _source(rank: int, source: SourceMatch) -> tuple[Value, ...]:
    return (
        rank,
        source.ref,
        source.source,
        source.wording,
        source.complete,
        source.covered,
        source.text,
        len(source.changes),
        source.narrator,
        source.report,
    )


def claim_rows(document: str, number: int, finding: Finding, base: int) -> list[tuple[Value, ...]]:
    """A row for each thing that the text says of a finding."""
    return [
        (
            document,
            number,
            claim.kind,
            claim.text,
            claim.span.start + base,
            claim.span.end + base,
            claim.says,
            claim.check,
            claim.found,
            claim.why,
        )
        for claim in finding.claims
    ]
