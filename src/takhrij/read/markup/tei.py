"""TEI P5: the text without its header; notes behind the paragraph that calls them; page breaks as pages."""

from __future__ import annotations

from lxml import etree

from takhrij.model import Document
from takhrij.read.markup.trees import attribute, local, parse_xml
from takhrij.read.markup.walk import Role, Rules, Walk, laid_out

_SKIPPED = frozenset(("teiHeader", "fw", "del", "figDesc", "standOff", "facsimile"))
_REPLACED = frozenset(("sic", "orig", "abbr"))  # inside <choice>: what is beside it is read
_BLOCKS = {
    **dict.fromkeys(
        ["p", "ab", "div", "body", "front", "back", "item", "list", "sp", "closer", "opener"], ""
    ),
    **dict.fromkeys(("l", "lg"), "verse_line"),
    **dict.fromkeys(("cell", "table"), "table"),
}


def read(data: bytes, name: str) -> Document:
    """Read a TEI file; raises InputError."""
    root = parse_xml(data, name)
    return laid_out(Walk("", Rules(_role)).paragraphs(root), name, "tei")


def _role(element: etree._Element) -> Role | None:
    tag = local(element)
    parent = element.getparent()
    if tag in _SKIPPED or (tag in _REPLACED and parent is not None and local(parent) == "choice"):
        return Role("skip")
    if tag == "note":
        return Role("note", "footnote")
    if tag == "head":
        return Role("block", "heading", 1)
    if tag == "lb":
        return None if attribute(element, "break") == "no" else Role("string", "\n")
    if tag == "pb":
        return Role("string", "", page=attribute(element, "n") or None)
    if tag == "quote" and parent is not None:
        around = parent.getparent() if local(parent) == "cit" else parent
        return Role("block", "quote") if around is not None and local(around) in ("div", "body") else None
    return Role("block", _BLOCKS[tag]) if tag in _BLOCKS else None
