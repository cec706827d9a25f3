"""CSV and Web Annotations: every finding with its sources, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from report_builders import report, sheet

from takhrij.errors import UsageError
from takhrij.model import replace
from takhrij.report import as_file, render, save
from takhrij.report.tables import CLAIMS, FINDINGS

PAGE = Path(__file__).parents[2] / "docs" / "report.md"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_for_every_finding_and_source() -> None:
    made = report()
    found = rows(render(made, "csv"))
    expected = [
        (finding.label, source.ref if source else "")
        for finding in (*made.findings, *made.echoes)
        for source in finding.sources or (None,)
    ]
    assert [(row["label"], row["ref"]) for row in found] == expected
    for row in found:
        assert made.document.text[int(row["start"]) : int(row["end"])] == row["text"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "＝"])
def test_a_cell_that_would_be_a_formula_is_made_harmless(start: str) -> None:
    made = report()
    evil = f'{start}HYPERLINK("x")'
    first = replace(made.findings[0], text=evil, notes=(evil,))
    row = rows(render(replace(made, findings=(first,)), "csv"))[0]
    assert row["text"] == row["notes"] == f"'{evil}"


def test_every_column_is_documented() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## CSV")[2].partition("\n## ")[0]
    named = [name for line in section.splitlines() if line.startswith("| `") for name in _names(line)]
    assert named == list(FINDINGS.names)


def _names(line: str) -> list[str]:
    return re.findall(r"`(\w+)`", line.split("|")[1])


def collection() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(report(), "annotations"))
    return found


def test_an_annotation_selects_the_words_of_its_finding() -> None:
    made, found = report(), collection()
    text = made.document.text
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == len(found["first"]["items"]) == len(made.findings) + len(made.echoes)
    assert len({item["id"] for item in found["first"]["items"]}) == found["total"]
    for finding, item in zip(made.findings, found["first"]["items"], strict=False):
        position, words = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == words["exact"] == finding.text
        assert words["prefix"] + words["exact"] + words["suffix"] in text


def test_an_annotation_says_the_sources_and_the_claims() -> None:
    for finding, item in zip(report().findings, collection()["first"]["items"], strict=False):
        refs = [body["takhrij:ref"] for body in item["body"] if body["purpose"] == "identifying"]
        assert refs == [source.ref for source in finding.sources]
        said = " ".join(body["value"] for body in item["body"])
        assert all(claim.text in said for claim in finding.claims)


def test_a_report_saves_itself_by_the_ending_and_a_sheet_is_no_table(tmp_path: Path) -> None:
    for ending in (".csv", ".jsonld", ".json"):
        assert report().save(tmp_path / f"out{ending}").stat().st_size
    with pytest.raises(UsageError, match="csv"):
        save(sheet(), tmp_path / "sheet.csv")


def test_parquet_has_the_same_table_as_csv_and_says_what_it_does_not_mean() -> None:
    made = report()
    table = parquet.read_table(io.BytesIO(as_file(made, "parquet")))
    assert table.column_names == list(FINDINGS.names)
    for typed, written in zip(table.to_pylist(), rows(render(made, "csv")), strict=True):
        assert {name: "" if value is None else str(value) for name, value in typed.items()} == written
    assert b"does not mean authentic" in table.schema.metadata[b"first_line"]
    empty = parquet.read_table(io.BytesIO(as_file(replace(made, findings=(), echoes=()), "parquet")))
    assert empty.num_rows == 0 and empty.schema.field("start").type == table.schema.field("start").type


def test_every_claim_has_its_row() -> None:
    made = report()
    claims = [(f.label, c.text, c.check) for f in made.findings for c in f.claims]
    at = [CLAIMS.names.index(name) for name in ("label", "text", "check")]
    assert [tuple(row[i] for i in at) for row in CLAIMS.rows(made)] == claims
