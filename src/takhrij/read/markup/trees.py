"""Parse XML and HTML without entities from outside, without network, without endless depth."""

from __future__ import annotations

from lxml import etree

from takhrij.errors import InputError


def parse_xml(data: bytes, name: str, part: str = "") -> etree._Element:
    """The root of an XML part; InputError where it is not well-formed or too deep."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        where = f"{name}: its part {part}" if part else f"{name}: the file"
        raise InputError(f"{where} is not well-formed XML ({error}); save it again") from None


def parse_damaged(data: bytes, name: str, part: str, lost: list[str]) -> etree._Element:
    """The root of an XML part, of a damaged one what could be read of it; that is put down in `lost`.

    InputError where that is nothing.
    """
    try:
        return parse_xml(data, name, part)
    except InputError as error:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None or not len(root):
            raise
        why = str(error).removeprefix(f"{name}: ").rpartition(";")[0]
        lost.append(f"{why}: what could be read of it was")
        return root


def parse_html(data: bytes, encoding: str | None) -> etree._Element | None:
    """The root of an HTML text, however written; None where there is nothing in it."""
    parser = etree.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name without namespace or prefix; empty where it is not there."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value)
    return ""
