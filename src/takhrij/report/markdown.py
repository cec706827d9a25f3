"""The text as Markdown, with a footnote on every quotation."""

from __future__ import annotations

import re

from takhrij.model import Block, Document, Finding, Report, Span
from takhrij.report.comment import comment
from takhrij.report.fix.references import behind_marks
from takhrij.report.summary import summary_lines
from takhrij.report.words import words

_MARKS = re.compile(r"([\\`*_\[\]<>&#|~])")
_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")
_PREFIXES = {"quote": "> "}


def to_markdown(report: Report) -> str:
    """The text with a call behind every quotation, the summary, the notes.

    A Markdown text stays as it is; any other has its marks escaped and a blank line between its blocks.
    """
    document = report.document
    calls = sorted(
        (behind_marks(document.text, f.span.end), f"[^takhrij-{f.label}]") for f in report.findings
    )
    if document.format == "markdown":
        body = _called(document.text, Span(0, len(document.text)), calls, raw=True).rstrip("\n")
    else:
        body = "\n\n".join(_block(document, block, calls) for block in document.blocks or _whole(document))
    summary = [words().say("first_line"), *summary_lines(report)]
    lines = "  \n".join(_escaped(line) for line in summary)
    notes = "\n".join(_note(finding) for finding in report.findings)
    return f"{body}\n\n---\n\n{_escaped(document.name)}: {lines}\n\n{notes}\n"


def _whole(document: Document) -> tuple[Block, ...]:
    return (Block(span=Span(0, len(document.text))),)


def _block(document: Document, block: Block, calls: list[tuple[int, str]]) -> str:
    prefix = (
        "#" * min(block.level or 1, 6) + " " if block.kind == "heading" else _PREFIXES.get(block.kind, "")
    )
    lines = _called(document.text, block.span, calls, raw=False).strip().split("\n")
    between = " " if block.kind == "heading" else f"  \n{prefix}"  # a heading has one line
    return prefix + between.join(map(_line, lines))


def _called(text: str, span: Span, calls: list[tuple[int, str]], *, raw: bool) -> str:
    """A stretch of the text with the calls that belong behind characters of it."""
    pieces: list[str] = []
    at = span.start
    for place, call in calls:
        if span.start < place <= span.end:
            pieces += [text[at:place], call]
            at = place
    pieces.append(text[at : span.end])
    return "".join(piece if raw or number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _line(escaped: str) -> str:
    """A line that begins no list and no code."""
    return _START.sub(r"\1\\", escaped.strip())


def _note(finding: Finding) -> str:
    lines = "  \n    ".join(_escaped(line) for line in comment(finding))
    return f"[^takhrij-{finding.label}]: {lines}\n"
