"""A report on paper: laid out by Typst, with the project's own fonts; nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from takhrij.model import Finding, Report, SourceMatch
from takhrij.report import coverage, phrases
from takhrij.report.aligned import source_pieces
from takhrij.report.blocks import FEW_SOURCES, MOST_CHANGES
from takhrij.report.clean import beside_others, direction, isolated, one_line
from takhrij.report.comment import claim_lines
from takhrij.report.html_text import Row, rows
from takhrij.report.sentence import sentence
from takhrij.report.summary import summary_lines
from takhrij.report.words import words


def to_pdf(report: Report) -> bytes:
    """The report as a PDF of A4 pages: the text with its quotations marked, then each with its sources."""
    import typst

    data = json.dumps(_report(report), ensure_ascii=False)
    template = files("takhrij.report").joinpath("data", "report.typ")
    with as_file(template) as path:
        made: bytes = typst.compile(
            str(path), root=str(path.parent), font_paths=[_fonts().name], sys_inputs={"report": data}
        )
    return made


@cache
def _fonts() -> TemporaryDirectory[str]:
    """A folder with the fonts of the page unpacked, for as long as the process lives."""
    from fontTools.ttLib import TTFont

    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="takhrij-fonts-")
    for font in files("takhrij.serve").joinpath("page", "fonts").iterdir():
        if font.name.endswith(".woff2"):
            with font.open("rb") as packed:
                opened = TTFont(packed)
                opened.flavor = None
                opened.save(Path(folder.name) / f"{font.name}.ttf")
    return folder


def _report(report: Report) -> dict[str, Any]:
    w = words()
    document = report.document
    name = document.name.replace("\\", "/").rpartition("/")[2] or document.name
    anchors = {f"q{n}": finding for n, finding in enumerate((*report.findings, *report.echoes))}
    groups = [(w.say("label.findings"), report.findings), (w.say("label.echoes"), report.echoes)]
    dates = [
        _line(": ".join(filter(None, (d.text, w.say(f"check.{d.check}"), d.found)))) for d in report.dates
    ]
    return {
        "language": w.language,
        "direction": w.direction,
        "title": f"{name}: {w.say('title')}",
        "name": _worded(name),
        "brand": w.say("label.version", version=report.version).strip(),
        "first_line": w.say("first_line"),
        "summary": [_line(line) for line in summary_lines(report)],
        "notes": [_line(note) for note in (*document.notes, *report.notes)],
        "coverage": [_line(line) for line in coverage.coverage_lines(report.searched)],
        "text": [_row(document.text, row, anchors) for row in rows(report, anchors)],
        "groups": [{"title": title, "findings": [*map(_finding, given)]} for title, given in groups if given],
        "lists": [{"title": w.say("label.dates"), "lines": dates}] if dates else [],
        "foot": [*coverage.credits(report.searched), f"{w.say('label.fingerprint')} {report.fingerprint}"],
    }


def _row(text: str, row: Row, anchors: dict[str, Finding]) -> dict[str, Any]:
    """A block cut into runs, each with the look of the innermost quotation in which it stands."""
    start, end = row.span
    marks = [layer for layer in row.layers if layer.key and layer.classes]
    ends = {layer.span.end: layer.label for layer in row.layers if layer.last}
    cuts = {start, end, *(at for layer in marks for at in layer.span), *ends}
    runs = []
    for begin, stop in pairwise(sorted(at for at in cuts if start <= at <= end)):
        inside = [layer for layer in marks if layer.span.start <= begin and stop <= layer.span.end]
        look = _look(anchors[inside[-1].key]) if inside else None
        runs.append({"text": beside_others(text[begin:stop]), "look": look, "label": ends.get(stop)})
    return {"kind": row.block.kind, "rtl": direction(text[start:end]) == "rtl", "runs": runs}


def _look(finding: Finding) -> str:
    return phrases.look(finding) if finding.presented == "quotation" else "echo"


def _finding(finding: Finding) -> dict[str, Any]:
    w = words()
    given = finding.sources or finding.nearest
    nearest = [w.say("status.nearest")] if finding.nearest and not finding.sources else []
    said = [phrases.attribution(finding), *claim_lines(finding), *finding.notes, *nearest]
    more = len(given) - FEW_SOURCES
    return {
        "label": finding.label,
        "look": _look(finding),
        "sign": phrases.sign(phrases.look(finding)),
        "words": phrases.match_words(finding),
        "place": phrases.place_words(finding),
        "sentence": _line(sentence(finding)),
        "lines": [_line(line) for line in said if line],
        "sources": [_source(source, finding.kind) for source in given[:FEW_SOURCES]],
        "more": [w.say("label.more_sources", count=more)] if more > 0 else [],
    }


def _source(source: SourceMatch, kind: str) -> dict[str, Any]:
    look = phrases.look_of(source)
    return {
        "citation": _line(phrases.cite(source)),
        "look": look,
        "sign": phrases.sign(look),
        "words": phrases.look_words(look, kind, source),
        "rtl": direction(source.text) == "rtl",
        "pieces": [
            {"text": _spaced(piece.text), "change": piece.change and piece.change.kind}
            for piece in source_pieces(source)
        ],
        "lines": [_line(line) for line in _differences(source, kind)],
    }


def _differences(source: SourceMatch, kind: str) -> Iterator[str]:
    yield from phrases.changes_words(source.changes, MOST_CHANGES)
    yield from phrases.around(source, kind)
    yield from (phrases.graded(grade) for grade in source.grades)


def _worded(text: str) -> dict[str, Any]:
    return {"text": one_line(text), "rtl": direction(text) == "rtl"}


def _line(text: str) -> str:
    return isolated(one_line(text))


def _spaced(text: str) -> str:
    """Text without line ends, the white space at its ends kept."""
    return beside_others(text).replace("\r", " ").replace("\n", " ")
