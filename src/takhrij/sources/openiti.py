"""An OpenITI mARkdown text in, its paragraphs out, each with its page and the heading above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_HEADER_END = "#META#Header#End#"
_PAGE = re.compile(r"PageV\d{1,4}P\d{1,6}[A-Z]?")
_MARKUP = re.compile(r"\bms[A-Z]?\d{1,7}\b|%~%|@[A-Z]{2,6}\d{0,6}@?|\[\[[^\[\]]{0,200}\]\]")
_SPACE = re.compile(r"\s+")


class Paragraph(NamedTuple):
    """A paragraph without the file's markup, its number and the heading that it stands under."""

    number: str
    text: str
    heading: str | None


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs in order, numbered by page: "V01P012.3" is the third that begins on that page.

    A page's mark stands at its end, so a paragraph's page is named by the next mark.
    """
    body = text.split(_HEADER_END, 1)[1] if _HEADER_END in text else text
    waiting: list[tuple[str, str | None]] = []
    counts: Counter[str] = Counter()
    heading: str | None = None
    for line in _logical_lines(body):
        if line.startswith("### "):
            heading = _clean(_PAGE.sub(" ", line.lstrip("#|$ -"))) or heading
        marks = _PAGE.findall(line)
        content = "" if line.startswith(("### ", "#META#", "#NewRec#")) else _clean(_PAGE.sub(" ", line))
        if content:
            waiting.append((content, heading))
        if marks:
            yield from _numbered(marks[0][4:], waiting, counts)
    yield from _numbered("end", waiting, counts)


def _numbered(page: str, waiting: list[tuple[str, str | None]], counts: Counter[str]) -> Iterator[Paragraph]:
    for content, heading in waiting:
        counts[page] += 1
        yield Paragraph(f"{page}.{counts[page]}", content, heading)
    waiting.clear()


def _logical_lines(body: str) -> Iterator[str]:
    """Lines with their continuations (`~~`) joined to them."""
    current: list[str] = []
    for line in body.splitlines():
        if line.startswith("~~"):
            current.append(line[2:])
            continue
        if current:
            yield " ".join(current)
        current = [line]
    if current:
        yield " ".join(current)


def _clean(line: str) -> str:
    return _SPACE.sub(" ", _MARKUP.sub(" ", line.lstrip("# |"))).strip()
