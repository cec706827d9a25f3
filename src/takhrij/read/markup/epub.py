"""EPUB: the chapters in the order of the book's spine, each read as a page of HTML is."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from takhrij.errors import InputError
from takhrij.model import Document
from takhrij.read.markup import html
from takhrij.read.markup.archive import Archive
from takhrij.read.markup.trees import attribute, local, parse_damaged, parse_html, parse_xml
from takhrij.read.markup.walk import Paragraph, Rules, Walk, laid_out
from takhrij.read.progress import Progress, silent

_CONTAINER = "META-INF/container.xml"


def read(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Read an .epub file; raises InputError. A chapter that cannot be read is left out and named."""
    lost: list[str] = []
    archive = Archive(data, name, lost=lost)
    paragraphs: list[Paragraph] = []
    spine = _spine(archive, name, lost)
    for number, part in enumerate(spine):
        progress("reading chapter", number, len(spine))
        try:
            paragraphs += _chapter(archive.read(part), name, part)
        except InputError as error:
            lost.append(f"{part} was left out: {error}")
    return laid_out(paragraphs, name, "epub", tuple(lost))


def _chapter(data: bytes, name: str, part: str) -> list[Paragraph]:
    try:
        root = parse_xml(data, name, part)
    except InputError:  # an entity such as &nbsp;, or HTML
        found = parse_html(data, "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        if found is None:
            raise
        root = found
    return Walk(part, Rules(html.role)).paragraphs(root)


def _spine(archive: Archive, name: str, lost: list[str]) -> list[str]:
    """The parts that hold the text, in reading order."""
    container = parse_xml(archive.read(_CONTAINER), name, _CONTAINER)
    package = next((attribute(one, "full-path") for one in container.iter() if local(one) == "rootfile"), "")
    if not package:
        raise InputError(f"{name}: its {_CONTAINER} names no package; save it again")
    root = parse_damaged(archive.read(package), name, package, lost)
    folder = posixpath.dirname(package)
    parts = {
        attribute(item, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
        for item in root.iter()
        if local(item) == "item" and "nav" not in attribute(item, "properties").split()
    }
    order = [attribute(one, "idref") for one in root.iter() if local(one) == "itemref"]
    return [parts[one] for one in order if one in parts]
