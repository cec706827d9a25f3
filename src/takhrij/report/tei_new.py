"""A TEI file made of a text: its blocks as paragraphs, so that quotations can be marked in it."""

from __future__ import annotations

import re

from lxml import etree

from takhrij.model import Block, Document
from takhrij.report.clean import direction, for_page
from takhrij.report.laid import blocks
from takhrij.report.words import words

_SPACE = "{http://www.tei-c.org/ns/1.0}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LINES = re.compile(r"\r\n?|\n")
_NAMES = {"heading": "head", "verse_line": "l"}


def written(document: Document) -> bytes:
    """The text as a TEI file; a heading begins a <div>, a page a <pb>. Control characters are made visible.

    White space is not kept as it is: TEI knows lines and words.
    """
    root = etree.fromstring(f'<TEI xmlns="{_SPACE[1:-1]}"/>')
    described = _put(_put(root, "teiHeader"), "fileDesc")
    _put(_put(described, "titleStmt"), "title").text = for_page(document.name)
    for name in ("publicationStmt", "sourceDesc"):
        _put(_put(described, name), "p").text = words().say("tei.made")
    body = _put(_put(root, "text"), "body")
    division, page = _put(body, "div"), None
    for block in blocks(document):
        if block.kind == "heading" and len(division):
            division = _put(body, "div")
        if block.page is not None and block.page != page:
            page = block.page
            _put(division, "pb").set("n", for_page(page))
        _lines(_put(division, _NAMES.get(block.kind, "p")), document.text, block)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _lines(made: etree._Element, document: str, block: Block) -> None:
    text = document[block.span.start : block.span.end]
    if direction(text) == "rtl":
        made.set(_LANGUAGE, "ar")
    first, *others = _LINES.split(for_page(text))
    made.text = first
    for line in others:
        _put(made, "lb").tail = line


def _put(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, _SPACE + name)
