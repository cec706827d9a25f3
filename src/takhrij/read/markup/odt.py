"""OpenDocument text: paragraphs, headings, tables, notes; tracked changes as if they were accepted."""

from __future__ import annotations

from lxml import etree

from takhrij.model import Document
from takhrij.read.markup.archive import Archive
from takhrij.read.markup.trees import attribute, local, parse_damaged
from takhrij.read.markup.walk import Role, Rules, Walk, laid_out

MAIN = "content.xml"
_SKIPPED = frozenset(
    [
        "tracked-changes",
        "note-citation",
        "annotation",
        "annotation-end",
        "automatic-styles",
        "font-face-decls",
        "sequence-decls",
        "scripts",
        "forms",
        "ruby-text",
    ]
)
_MOST_SPACES = 200


def read(data: bytes, name: str) -> Document:
    """Read an .odt file, of a damaged one what can be; raises InputError."""
    lost: list[str] = []
    root = parse_damaged(Archive(data, name, lost=lost).read(MAIN), name, MAIN, lost)
    return laid_out(Walk(MAIN, Rules(_role)).paragraphs(root), name, "odt", tuple(lost))


def _role(element: etree._Element) -> Role | None:
    tag = local(element)
    if tag in _SKIPPED:
        return Role("skip")
    if tag == "p":
        return Role("block")
    if tag == "h":
        level = attribute(element, "outline-level")
        return Role("block", "heading", int(level) if level.isdecimal() and len(level) < 3 else 1)
    if tag == "table-cell":
        return Role("block", "table")
    if tag == "note":
        return Role("note", "footnote")
    if tag == "text-box":
        return Role("note", "paragraph")
    if tag == "tab":
        return Role("string", "\t")
    if tag == "line-break":
        return Role("string", "\n")
    if tag == "s":
        count = attribute(element, "c")
        return Role("string", " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
    return None
