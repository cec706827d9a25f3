"""The Qur'an in passages of legal works: what is traced, how tightly, at what precision; thresholds tried.

    openiti.py ROWS.jsonl --score SCORE.py [--half even|odd] [--every N]
    openiti.py ROWS.jsonl --score SCORE.py --sweep quran.quotation [--values 24 30 36] [--half odd]

SCORE.py is the scorer of the evaluation sets, whose function `score_sources` is called. Rows are counted
from 0; thresholds are chosen on the even ones. The predictions are the verses that predict.py writes: of
presented quotations, and of echoes as well where the table says so. By length: a quotation's words;
precision by those of what was predicted.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import predict
from timed import table

import takhrij
from takhrij.find.quotations import thresholds
from takhrij.model import Report

Row = dict[str, Any]
Rows = dict[str, Row]
Scorer = Callable[[Rows, Rows], Mapping[str, Mapping[str, float]]]
LENGTHS = ((1, 1), (2, 3), (4, 6), (7, 12), (13, 10_000))
FACTORS = (0.7, 0.85, 1.0, 1.15, 1.3)
FIGURES = ("recall_traced", "precision_on_gold", "recall_tight", "recall_first_ref")
HEAD = ["traced", "precision", "tight", "first ref"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--score", type=Path, required=True, help="the scorer, a Python file")
    parser.add_argument("--half", choices=["even", "odd"], help="rows of even or odd number alone")
    parser.add_argument("--every", type=int, default=1, help="of each half, every Nth row")
    parser.add_argument("--sweep", metavar="SECTION.NAME", help="a threshold of find/data/thresholds.toml")
    parser.add_argument(
        "--values", type=float, nargs="+", help="values to try (default: around the present one)"
    )
    options = parser.parse_args()
    score = scorer(options.score)
    gold = {half: part(options.rows, half, options.every) for half in ("even", "odd")}
    if options.sweep:
        sweep(gold[options.half or "even"], score, options.sweep, options.values)
        return
    halves = [options.half] if options.half else ["even", "odd"]
    evaluate({half: gold[half] for half in halves}, score)


def scorer(path: Path) -> Scorer:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Scorer = module.score_sources
    return function


def part(path: Path, half: str, every: int) -> Rows:
    """Half of the rows, with their gold: only the scorer is given it."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {row["id"]: row for row in rows[half == "odd" :: 2][::every]}


def evaluate(gold: Mapping[str, Rows], score: Scorer) -> None:
    """The figures of each half and of both together, with echoes and without; then by length, without."""
    reports = {
        half: {name: takhrij.check(text=row["text"]) for name, row in rows.items()}
        for half, rows in gold.items()
    }
    whole, by_length = [], []
    for echoes in (False, True):
        predicted = {half: predictions(reports[half], echoes=echoes) for half in gold}
        sets = {half: (rows, predicted[half]) for half, rows in gold.items()}
        if len(gold) > 1:
            sets["all"] = ({k: v for rows in gold.values() for k, v in rows.items()}, {})
            for rows in predicted.values():
                sets["all"][1].update(rows)
        for name, (rows, guesses) in sets.items():
            figures = score(rows, guesses)["Ayah"]
            title = f"{name}, {'with' if echoes else 'without'} echoes"
            whole.append([title, int(figures["gold"]), int(figures["predicted"]), *shown(figures)])
    for half, rows in gold.items():
        predicted_half = predictions(reports[half], echoes=False)
        for least, most in LENGTHS:
            found = score(of_length(rows, least, most), predicted_half)["Ayah"]
            right = score(rows, long(predicted_half, reports[half], least, most))["Ayah"]
            figures = {**found, "precision_on_gold": right["precision_on_gold"]}
            words = str(least) if least == most else f"{least}-{most}" if most < 1000 else f"{least} and more"
            by_length.append([half, words, int(figures["gold"]), int(right["predicted"]), *shown(figures)])
    table(["rows", "gold", "predicted", *HEAD], whole)
    table(["rows", "words", "gold", "predicted", *HEAD], by_length)


def shown(figures: Mapping[str, float]) -> list[str]:
    return [f"{figures[name]:.3f}" for name in FIGURES]


def predictions(reports: Mapping[str, Report], *, echoes: bool) -> Rows:
    return {name: {"id": name, "segments": verses(report, echoes=echoes)} for name, report in reports.items()}


def verses(report: Report, *, echoes: bool) -> list[Row]:
    """The verses among the segments that predict.py writes."""
    findings = [*report.findings, *(report.echoes if echoes else ())]
    return [
        {"type": "Ayah", "start": finding.span.start, "end": finding.span.end, "refs": predict.refs(finding)}
        for finding in findings
        if finding.kind == "quran"
    ]


def of_length(gold: Rows, least: int, most: int) -> Rows:
    """The gold with refs on quotations of so many words alone: the others are then not scored."""
    kept = deepcopy(gold)
    for row in kept.values():
        for segment in row["segments"]:
            if not least <= len(row["text"][segment["start"] : segment["end"]].split()) <= most:
                segment.pop("refs", None)
    return kept


def long(predicted: Rows, reports: Mapping[str, Report], least: int, most: int) -> Rows:
    """What was predicted of so many words."""

    def fits(name: str, segment: Row) -> bool:
        words = reports[name].document.text[segment["start"] : segment["end"]].split()
        return least <= len(words) <= most

    return {
        name: {**row, "segments": [segment for segment in row["segments"] if fits(name, segment)]}
        for name, row in predicted.items()
    }


def sweep(gold: Rows, score: Scorer, name: str, values: list[float] | None) -> None:
    """The figures for several values of a threshold, the one in use among them."""
    section, _, key = name.partition(".")
    place = thresholds()[section]
    present = place[key]
    rows = []
    for value in values or [round(present * factor, 1) for factor in FACTORS]:
        place[key] = value
        reports = {name: takhrij.check(text=row["text"]) for name, row in gold.items()}
        figures = score(gold, predictions(reports, echoes=False))["Ayah"]
        mark = " (in use)" if value == present else ""
        rows.append([f"{name} = {value:g}{mark}", int(figures["predicted"]), *shown(figures)])
    place[key] = present
    table(["threshold", "predicted", *HEAD], rows)


if __name__ == "__main__":
    main()
