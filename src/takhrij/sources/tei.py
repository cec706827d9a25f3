"""A TEI text in, its paragraphs and verse lines out. A document type or entity is refused, never resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from takhrij.errors import InputError

_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,200}\?>")
_PIECES = frozenset({"p", "ab", "l"})
_LEFT_OUT = frozenset({"teiHeader", "note", "figDesc"})
_BREAKS = frozenset({"lb", "pb", "cb", "milestone"})
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Piece(NamedTuple):
    """A paragraph or line: its number (its own `n` or id, else page and place), text and heading."""

    number: str
    text: str
    heading: str | None


def pieces(text: str, name: str) -> Iterator[Piece]:
    """The outermost <p>, <ab> and <l> of the text, in order; white space is collapsed, notes are left out.

    Raises InputError for a document type, an entity or XML that is not well formed; `name` is the file's.
    """
    if _FORBIDDEN.search(text):
        raise InputError(
            f"{name} has a document type or entity declaration, which is not read for safety; remove the "
            "<!DOCTYPE …> and write entities as characters"
        )
    try:
        root = ElementTree.fromstring(_DECLARATION.sub("", text))
    except ElementTree.ParseError as error:
        line, column = error.position
        raise InputError(f"{name} is not well-formed XML: line {line}, column {column}: {error}") from error
    yield from _walk(root)


def _walk(root: ElementTree.Element) -> Iterator[Piece]:
    page, heading, place = "", None, 0
    stack = [root]
    while stack:
        element = stack.pop()
        tag = _local(element)
        if tag in _LEFT_OUT:
            continue
        if tag == "pb" and element.get("n"):
            page, place = element.get("n", ""), 0
        elif tag == "head":
            heading = _text(element) or heading
        elif tag in _PIECES:
            content = _text(element)
            if content:
                place += 1
                own = element.get("n") or element.get(_ID)
                yield Piece(own or (f"{page}.{place}" if page else str(place)), content, heading)
            for inner in element.iter():
                if _local(inner) == "pb" and inner.get("n"):
                    page, place = inner.get("n", ""), 0
        else:
            stack.extend(reversed(element))


def _local(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: ElementTree.Element) -> str:
    """The text of an element without its notes, white space collapsed."""
    found: list[str] = []
    stack: list[ElementTree.Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            found.append(item)
            continue
        for child in reversed(item):
            stack.append(child.tail or "")
            tag = _local(child)
            if tag in _BREAKS:
                stack.append(" ")
            elif tag and tag not in _LEFT_OUT:
                stack.append(child)
        found.append(item.text or "")
    return " ".join("".join(found).split())
