"""A Word file made of a text: its blocks as paragraphs, so that comments and changes can be put into it."""

from __future__ import annotations

import re
from importlib.resources import files

from lxml import etree

from takhrij.model import Block, Document
from takhrij.read.markup.docx import MAIN
from takhrij.report.clean import direction, for_page
from takhrij.report.laid import blocks
from takhrij.report.word.elements import W, runs, w
from takhrij.report.word.file import packed

_PIECES = re.compile(r"\r\n|[\t\r\n]|[^\t\r\n]+")
_BREAKS = ("\r\n", "\r", "\n", "\t")
_STYLES = {"quote": "Quote", "footnote": "FootnoteText"}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/{MAIN}" ContentType="{_MAIN_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    f'Target="{MAIN}"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>",
}


def written(document: Document) -> bytes:
    """The text as a .docx file. Blank lines between blocks are left out, control characters made visible."""
    root = w("document")
    body = etree.SubElement(root, f"{{{W}}}body")
    body.extend(_paragraph(document.text, block) for block in blocks(document))
    body.append(w("sectPr"))
    body[-1].append(w("pgSz", w=11906, h=16838))
    parts = {name: text.encode() for name, text in _FIXED.items()}
    parts[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts["word/styles.xml"] = files("takhrij.report").joinpath("data", "word_styles.xml").read_bytes()
    return packed(parts)


def _paragraph(document: str, block: Block) -> etree._Element:
    start, end = block.span
    made = w("p")
    properties = etree.SubElement(made, f"{{{W}}}pPr")
    style = f"Heading{min(block.level or 1, 6)}" if block.kind == "heading" else _STYLES.get(block.kind)
    if style:
        properties.append(w("pStyle", val=style))
    if direction(document[start:end]) == "rtl":
        properties.append(w("bidi"))
    for piece in _PIECES.findall(document[start:end]):
        if piece in _BREAKS:
            etree.SubElement(made, f"{{{W}}}r").append(w("tab" if piece == "\t" else "br"))
        else:
            made.extend(runs(for_page(piece)))
    return made
