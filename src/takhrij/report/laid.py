"""A text laid out anew: its blocks with what stands between them, and findings carried over to it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from takhrij.errors import InputError
from takhrij.model import Block, Document, Finding, Report, Span
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
    from takhrij.read import read

    return onto(report, read(data, name=report.document.name, format=format)) if report.findings else report


def onto(report: Report, document: Document) -> Report:
    """The report with its quotations on a document that has the same text but for white space.

    Raises InputError where it has another.
    """
    here, there = _filled(report.document.text), _filled(document.text)
    if len(here) != len(there):
        raise InputError(words().say("save.changed", name=document.name))

    def carried(finding: Finding) -> Finding:
        first, last = bisect_left(here, finding.span.start), bisect_left(here, finding.span.end - 1)
        span = Span(there[first], there[last] + 1)
        return replace(finding, span=span, text=document.text[span.start : span.end])

    return replace(report, document=document, findings=tuple(map(carried, report.findings)))


def _filled(text: str) -> list[int]:
    """Where the characters of a text stand that are no white space."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    found: list[int] = np.flatnonzero(~np.isin(codes, [ord(one) for one in _SPACES])).tolist()
    return found
