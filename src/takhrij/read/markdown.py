"""Markdown: the characters as they are, marks and all; blocks are headings, quotes, footnotes, tables, ….

The rules are CommonMark's for the blocks that matter here; what is inside a block stays untouched.
"""

from __future__ import annotations

import re

from takhrij.model import Block, Document, Span
from takhrij.read.lines import Line, lines, refuse_too_many

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_QUOTE = re.compile(r" {0,3}>")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,100}\]:")
_TABLE = re.compile(r" {0,3}\|")
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]")
_HEAD = 400  # only so much of a line is looked at to tell what it is


class _Layout:
    """The blocks so far, and the one that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.kind: str | None = None
        self.first: Line | None = None
        self.last: Line | None = None

    def close(self, kind: str | None = None, level: int = 0) -> None:
        if self.first and self.last:
            span = Span(self.first.start, self.last.end)
            kind = kind or self.kind or "paragraph"
            self.blocks.append(Block(span=span, kind=kind, level=level, line=self.first.number))
        self.kind = self.first = self.last = None

    def add(self, line: Line, kind: str) -> None:
        """Put the line into the open block of that kind, or open one."""
        if self.kind != kind:
            self.close()
            self.kind, self.first = kind, line
        self.last = line

    def alone(self, line: Line, kind: str, level: int = 0) -> None:
        self.close()
        self.kind, self.first, self.last = kind, line, line
        self.close(level=level)


def read(text: str, name: str) -> Document:
    """Lay out Markdown. A block's span covers its lines with their marks."""
    layout = _Layout()
    fence: str | None = None
    for line in lines(text):
        head = text[line.start : min(line.end, line.start + _HEAD)]
        if fence is not None:
            layout.add(line, "code")
            if head.strip(" ").startswith(fence) and not head.strip().strip(fence[0]):
                layout.close()
                fence = None
        elif opening := _FENCE.match(head):
            fence = opening[1]
            layout.close()
            layout.add(line, "code")
        else:
            _place(layout, line, head)
        refuse_too_many(len(layout.blocks), name)
    layout.close()
    return Document(text=text, name=name, format="markdown", blocks=tuple(layout.blocks))


def _place(layout: _Layout, line: Line, head: str) -> None:
    """Put one line outside code where it belongs."""
    if not head or (head.isspace() and line.end - line.start < _HEAD):
        layout.close()
    elif heading := _HEADING.match(head):
        layout.alone(line, "heading", len(heading[1]))
    elif layout.kind == "paragraph" and (underline := _UNDERLINE.match(head)):
        layout.last = line
        layout.close("heading", 1 if underline[1].startswith("=") else 2)
    elif _RULE.match(head):
        layout.close()
    elif _QUOTE.match(head):
        layout.add(line, "quote")
    elif _FOOTNOTE.match(head):
        layout.close()
        layout.add(line, "footnote")
    elif _TABLE.match(head):
        layout.add(line, "table")
    elif _ITEM.match(head):
        layout.close()
        layout.add(line, "paragraph")
    else:
        lazy = layout.kind in ("quote", "footnote")
        layout.add(line, layout.kind if lazy and layout.kind else "paragraph")
