"""Plain text: the characters as they are; a paragraph is a line, or in hard-wrapped text a run of lines."""

from __future__ import annotations

import itertools

from takhrij.model import Block, Document, Span
from takhrij.read.lines import Line, lines, refuse_too_many

_WRAPPED_WIDTH = 120  # a file with a longer line is not hard-wrapped
_WRAPPED_FILL = 0.6  # lines inside a wrapped paragraph reach this share of the longest
_WRAPPED_SHARE = 0.6  # and so many of them do
_ENDS = frozenset(".؟?!:؛…”»\"')]")  # with these a paragraph ends; a wrapped line seldom
_ENDED_SHARE = 0.6


def read(text: str, name: str) -> Document:
    """Lay out plain text. Blocks are its paragraphs, without the newline at their end."""
    filled: list[Line] = []
    for line in lines(text):
        if not text[line.start : line.end].isspace() and line.end > line.start:
            filled.append(line)
            refuse_too_many(len(filled), name)
    blocks = _runs(filled) if _is_wrapped(text, filled) else [_block(line, line) for line in filled]
    return Document(text=text, name=name, blocks=tuple(blocks))


def _is_wrapped(text: str, filled: list[Line]) -> bool:
    """Tell hard-wrapped text: lines that go on in the next one are nearly as long as any, ending anywhere."""
    longest = max((line.end - line.start for line in filled), default=0)
    inner = [a.end - a.start for a, b in itertools.pairwise(filled) if b.number == a.number + 1]
    if longest > _WRAPPED_WIDTH or len(inner) < 2:
        return False
    ended = sum(text[a.end - 1] in _ENDS for a, b in itertools.pairwise(filled) if b.number == a.number + 1)
    if ended >= len(inner) * _ENDED_SHARE:
        return False
    return sum(length >= longest * _WRAPPED_FILL for length in inner) >= len(inner) * _WRAPPED_SHARE


def _runs(filled: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    first = last = filled[0]
    for line in filled[1:]:
        if line.number != last.number + 1:
            blocks.append(_block(first, last))
            first = line
        last = line
    blocks.append(_block(first, last))
    return blocks


def _block(first: Line, last: Line) -> Block:
    return Block(span=Span(first.start, last.end), line=first.number)
