"""A text laid out anew: its blocks with what stands between them, and findings carried over to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from takhrij.errors import InputError
from takhrij.model import Block, Document, Finding, Report, Span, replace
from takhrij.report.words import words

_SPACES = " \t\r\n"


def blocks(document: Document) -> list[Block]:
    """The blocks of a document in order, and as blocks what stands between them that is no white space."""
    found: list[Block] = []
    at = 0
    end = Block(span=Span(len(document.text), len(document.text)))
    for block in (*sorted(document.blocks, key=lambda one: one.span), end):
        if block.span.start < at:
            continue
        if document.text[at : block.span.start].strip():
            found.append(Block(span=Span(at, block.span.start)))
        if block.span.start < block.span.end:
            found.append(block)
        at = block.span.end
    return found


def in_file(report: Report, data: bytes, format: str) -> Report:
    """The report with its quotations in a file that was made of its text; raises InputError."""
    if not report.findings:
        return report
    document = made(report.document, data, format)
    over = carrier(report.document, document)

    def carried(finding: Finding) -> Finding:
        span = over(finding.span)
        return replace(finding, span=span, text=document.text[span.start : span.end])

    return replace(report, document=document, findings=tuple(map(carried, report.findings)))


def made(document: Document, data: bytes, format: str) -> Document:
    """The document of a file that was made of another one's text."""
    from takhrij.read import read

    return read(data, name=document.name, format=format)


def carrier(document: Document, other: Document) -> Callable[[Span], Span]:
    """Spans of one document to those of another that has the same text but for white space.

    An empty span stays behind the character before it. Raises InputError where the other has another text.
    """
    here, there = _filled(document.text), _filled(other.text)
    if len(here) != len(there):
        raise InputError(words().say("save.changed", name=other.name))

    def carried(span: Span) -> Span:
        last = there[bisect_left(here, max(span.end - 1, 0))] + 1
        return Span(last if span.start == span.end else there[bisect_left(here, span.start)], last)

    return carried


def _filled(text: str) -> list[int]:
    """Where the characters of a text stand that are no white space."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    found: list[int] = np.flatnonzero(~np.isin(codes, [ord(one) for one in _SPACES])).tolist()
    return found
