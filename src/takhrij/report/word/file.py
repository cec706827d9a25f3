"""A Word file whose parts can be changed; all that is not changed is packed as it was."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from takhrij.read.markup.archive import Archive
from takhrij.read.markup.trees import parse_xml
from takhrij.report.word.elements import W

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS, _CONTENT = "word/_rels/document.xml.rels", "[Content_Types].xml"


class File:
    """The parts of a .docx file; raises InputError where it or a part cannot be read."""

    def __init__(self, data: bytes, name: str) -> None:
        self._archive, self._name = Archive(data, name), name
        self._changed: dict[str, etree._Element] = {}

    def look(self, name: str) -> etree._Element:
        """The root of a part that stays as it is."""
        if name in self._changed:
            return self._changed[name]
        return parse_xml(self._archive.read(name), self._name, name)

    def part(self, name: str, empty: str = "") -> etree._Element:
        """The root of a part, which will be packed as it is then; made of `empty` where there is none."""
        if name not in self._changed:
            known = name in self._archive.names() or not empty
            self._changed[name] = self.look(name) if known else parse_xml(empty.encode(), self._name, name)
        return self._changed[name]

    def related(self, kind: str, content_type: str) -> etree._Element:
        """The root of the part that stands in a relation to the main one ("comments"); made if need be."""
        relations = self.part(_RELS, f'<Relationships xmlns="{_RELATIONS}"/>')
        for relation in relations:
            if (relation.get("Type") or "").endswith(f"/relationships/{kind}"):
                target = relation.get("Target") or ""
                name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
                break
        else:
            name = f"word/{kind}.xml"
            taken = {relation.get("Id") for relation in relations}
            free = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
            values = {"Id": free, "Type": f"{_OFFICE}/{kind}", "Target": f"{kind}.xml"}
            etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", values)
            types = self.part(_CONTENT)
            if not any(one.get("PartName") == f"/{name}" for one in types):
                override = {"PartName": f"/{name}", "ContentType": content_type}
                etree.SubElement(types, f"{{{_TYPES}}}Override", override)
        return self.part(name, f'<w:{kind} xmlns:w="{W}"/>')

    def packed(self) -> bytes:
        """The file. Equal parts give equal bytes."""
        return packed(
            {
                name: _bytes(self._changed[name]) if name in self._changed else self._archive.read(name)
                for name in dict.fromkeys([*self._archive.names(), *self._changed])
            }
        )


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as an archive without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
