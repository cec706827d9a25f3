"""Word: paragraphs, tables, text boxes, footnotes and endnotes; tracked changes as if they were accepted."""

from __future__ import annotations

import re

from lxml import etree

from takhrij.errors import InputError
from takhrij.model import Document
from takhrij.read.markup.archive import Archive
from takhrij.read.markup.trees import attribute, local, parse_damaged
from takhrij.read.markup.walk import Paragraph, Role, Rules, Walk, laid_out

MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "Fallback", "sectPr"))
_DROPPED = {"r": f"{_W}rPr/{_W}vanish", "tr": f"{_W}trPr/{_W}del"}
_STRINGS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING = re.compile(r"(?i)(?:heading|title|عنوان)\s?([1-9])?")
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}


def read(data: bytes, name: str) -> Document:
    """Read a .docx file; `Document.tree` names the part, the element and the place in its text.

    Raises InputError. What is damaged costs what cannot be read of it alone, and the document says so.
    """
    lost: list[str] = []
    archive = Archive(data, name, lost=lost)
    called: dict[str, list[Paragraph]] = {}
    for call, part in _NOTES.items():
        if part not in archive.names():
            continue
        try:
            root = parse_damaged(archive.read(part), name, part, lost)
        except InputError as error:
            lost.append(f"{part} was left out: {error}")
            continue
        found = Walk(part, Rules(_note_role, frozenset("t"), _joins, True)).by_element(root, f"{_W}id")
        called |= {f"{call}:{number}": paragraphs for number, paragraphs in found.items()}
    root = parse_damaged(archive.read(MAIN), name, MAIN, lost)
    paragraphs = Walk(MAIN, Rules(_role, frozenset("t"), _joins, True), called).paragraphs(root)
    return laid_out(paragraphs, name, "docx", tuple(lost))


def _role(element: etree._Element) -> Role | None:
    tag = local(element)
    if tag in _SKIPPED or (tag in _DROPPED and _dropped(element, _DROPPED[tag])):
        return Role("skip")
    if tag == "p":
        return _paragraph(element)
    if tag in _STRINGS:
        return Role("string", _STRINGS[tag])
    if tag == "tc":
        return Role("block", "table")
    if tag == "txbxContent":
        return Role("note", "paragraph")
    if tag in _NOTES:
        return Role("call", f"{tag}:{attribute(element, 'id')}")
    return None


def _note_role(element: etree._Element) -> Role | None:
    if local(element) in ("footnote", "endnote"):
        separator = attribute(element, "type") in ("separator", "continuationSeparator", "continuationNotice")
        return Role("skip") if separator else Role("block", "footnote")
    return _role(element)


def _paragraph(element: etree._Element) -> Role:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    value = attribute(style, "val") if style is not None else ""
    heading = _HEADING.match(value)
    if heading:
        return Role("block", "heading", int(heading[1] or 1))
    return Role("block", "quote" if "quote" in value.lower() else "")


def _dropped(element: etree._Element, where: str) -> bool:
    """Whether a run is hidden, or a row of a table deleted."""
    sign = element.find(where)
    return sign is not None and attribute(sign, "val") not in ("0", "false", "off")


def _joins(element: etree._Element) -> bool:
    """Whether the mark that ends a paragraph was deleted, so that the next one goes on in it."""
    return local(element) == "p" and element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
