"""Lines of a text with their offsets: LF, CR LF and CR end a line, in one file together if need be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from takhrij.errors import InputError

PARAGRAPH_LIMIT = 5_000_000

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class Line(NamedTuple):
    """A line: `text[start:end]` without its end, numbered from 1; `after` is where the next one begins."""

    number: int
    start: int
    end: int
    after: int


def lines(text: str) -> Iterator[Line]:
    """Yield every line of the text, the last one whether or not a newline ends it."""
    length = len(text)
    for number, match in enumerate(_LINE.finditer(text), start=1):
        start, after = match.span()
        if start == length:
            return
        yield Line(number, start, match.end(1), after)


def refuse_too_many(blocks: int, name: str) -> None:
    """Raise `InputError` where a text has more paragraphs than a `Document` can hold in reasonable memory."""
    if blocks > PARAGRAPH_LIMIT:
        raise InputError(
            f"{name}: more than {PARAGRAPH_LIMIT:,} paragraphs; split the file into smaller ones"
        )
