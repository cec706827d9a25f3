"""The Word file that was read, back with a comment on every finding and a summary at the top.

Nothing else in it changes: runs are split where a comment begins or ends, all other parts stay as they are.
Words in a footnote, endnote or text box cannot carry a comment; there it stands at the call or the box.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from takhrij.errors import InputError
from takhrij.model import Document, Finding, Report
from takhrij.read import tree_place
from takhrij.read.markup.archive import Archive
from takhrij.read.markup.docx import MAIN
from takhrij.read.markup.trees import attribute, local, parse_xml
from takhrij.report.clean import for_page, one_line, rtl_runs
from takhrij.report.comment import comment
from takhrij.report.phrases import quoted
from takhrij.report.summary import summary_lines
from takhrij.report.words import words

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RELS, _CONTENT = "word/_rels/document.xml.rels", "[Content_Types].xml"
_AUTHOR = "takhrij"


def annotated(report: Report, data: bytes) -> bytes:
    """The .docx file `data`, which the report is of, with its comments; raises InputError."""
    archive = Archive(data, report.document.name)
    known = set(archive.names())

    def part(name: str, empty: str) -> etree._Element:
        return parse_xml(archive.read(name) if name in known else empty.encode(), report.document.name, name)

    main = part(MAIN, "")
    relations = part(_RELS, f'<Relationships xmlns="{_RELATIONS}"/>')
    types = part(_CONTENT, "")
    name = _comments_part(relations, types)
    comments = part(name, f'<w:comments xmlns:w="{_W}"/>')
    _Comments(main, comments, report, part).add()
    changed = {MAIN: main, _RELS: relations, _CONTENT: types, name: comments}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in dict.fromkeys([*archive.names(), *changed]):
            made.writestr(
                zipfile.ZipInfo(one),
                _bytes(changed[one]) if one in changed else archive.read(one),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _comments_part(relations: etree._Element, types: etree._Element) -> str:
    """The name of the part that holds the comments, which is made known where there is none."""
    for relation in relations:
        if (relation.get("Type") or "").endswith("/relationships/comments"):
            target = relation.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") else f"word/{target}"
    taken = {relation.get("Id") for relation in relations}
    free = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    values = {"Id": free, "Type": f"{_OFFICE}/comments", "Target": "comments.xml"}
    etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", values)
    if not any(one.get("PartName") == "/word/comments.xml" for one in types):
        override = {"PartName": "/word/comments.xml", "ContentType": _COMMENTS_TYPE}
        etree.SubElement(types, f"{{{_TYPES}}}Override", override)
    return "word/comments.xml"


class _Mark(NamedTuple):
    """Where a comment begins or ends: before the code point `at` of the text of an element."""

    element: int
    at: int
    ends: bool
    comment: int


class _Comments:
    """The comments that are added to one file."""

    def __init__(
        self,
        main: etree._Element,
        comments: etree._Element,
        report: Report,
        part: Callable[[str, str], etree._Element],
    ) -> None:
        self._main, self._comments, self._report, self._part = main, comments, report, part
        self._elements = list(main.iter(etree.Element))
        ids = [
            attribute(one, "id")
            for root in (main, comments)
            for one in root.iter(etree.Element)
            if local(one).startswith("comment")
        ]
        self._next = max((int(one) for one in ids if one.isdecimal()), default=-1) + 1
        self._notes: dict[str, list[etree._Element]] = {}

    def add(self) -> None:
        """Add the summary and the comment of every finding."""
        summary = [words().say("first_line"), *summary_lines(self._report)]
        marks: list[_Mark] = []
        around: list[tuple[etree._Element, int]] = []
        first = next(self._main.iter(f"{{{_W}}}p"), None)
        top = self._comment(for_page(one_line(line)) for line in summary)
        for finding in self._report.findings:
            places = _places(self._report.document, finding)
            here = [place for place in places if place[0] == MAIN]
            box = _box(self._elements[here[0][1]]) if here else None
            if here and box is None:
                number = self._comment(comment(finding))
                marks.append(_Mark(here[0][1], here[0][2], False, number))
                marks.append(_Mark(here[-1][1], here[-1][2] + 1, True, number))
                continue
            call = box if box is not None else self._call(*places[0][:2])
            if call is not None:
                around.append((call, self._comment([quoted(finding.text), *comment(finding)])))
        # from the last to the first, so that the places before stay what they are
        for mark in sorted(marks, key=lambda one: (one.element, one.at, not one.ends), reverse=True):
            self._set(mark)
        for call, number in around:
            run = _run(call)
            run.addprevious(_w("commentRangeStart", id=number))
            _behind(run, [_w("commentRangeEnd", id=number), _reference(number)])
        if first is not None:
            at = 1 if len(first) and local(first[0]) == "pPr" else 0
            first[at:at] = [_w("commentRangeStart", id=top), _w("commentRangeEnd", id=top), _reference(top)]

    def _comment(self, lines: Iterable[str]) -> int:
        number, self._next = self._next, self._next + 1
        made = _w("comment", id=number, author=_AUTHOR, initials="t")
        for line in lines:
            paragraph = etree.SubElement(made, f"{{{_W}}}p")
            paragraph.extend(_runs(line))
        self._comments.append(made)
        return number

    # ------------------------------------------------------------ places

    def _call(self, part: str, element: int) -> etree._Element | None:
        """What calls the note in which an element of a part of notes stands."""
        if part not in self._notes:
            self._notes[part] = list(self._part(part, "").iter(etree.Element))
        note = next(
            one for one in self._notes[part][element].iterancestors() if local(one) in ("footnote", "endnote")
        )
        calls = self._main.iter(f"{{{_W}}}{local(note)}Reference")
        call = next((one for one in calls if attribute(one, "id") == attribute(note, "id")), None)
        box = None if call is None else _box(call)
        return call if box is None else box

    def _set(self, mark: _Mark) -> None:
        """Put the mark where it belongs, the run there split if it has more on the other side."""
        child = self._elements[mark.element]
        run = _run(child)
        size = len(child.text or "") if local(child) == "t" else 1
        made = [_w("commentRangeEnd" if mark.ends else "commentRangeStart", id=mark.comment)]
        if mark.ends:
            made.append(_reference(mark.comment))
        if child.getparent() is not run or local(run) != "r":  # ruby, a formula: the whole of it
            _behind(run, made) if mark.ends else run.addprevious(made[0])
        elif mark.at <= 0 and not _content_before(child):
            run.addprevious(made[0])
        else:
            _split(run, child, mark.at, size)
            _behind(run, made)


def _box(element: etree._Element) -> etree._Element | None:
    """The outermost text box in which an element stands."""
    return next((one for one in reversed(list(element.iterancestors())) if local(one) == "txbxContent"), None)


def _places(document: Document, finding: Finding) -> list[tuple[str, int, int]]:
    """Part, element and place of the finding's characters, line ends between paragraphs left out."""
    start, end = finding.span
    nodes = [tree_place(document, at) for at in range(start, end) if document.text[at] != "\n"]
    return [(node.part, node.element, node.start) for node in nodes]


def _run(element: etree._Element) -> etree._Element:
    """The run around an element; around what stands in none, the paragraph's child."""
    chain = [element, *element.iterancestors()]
    for above, one in zip(chain[1:], chain, strict=False):
        if local(one) == "r" and one.tag == f"{{{_W}}}r":
            return one
        if local(above) == "p":
            return one
    raise InputError("a word of the file stands in no paragraph; save it again")


def _content_before(child: etree._Element) -> bool:
    return any(local(one) != "rPr" for one in child.itersiblings(preceding=True))


def _split(run: etree._Element, child: etree._Element, at: int, size: int) -> None:
    """Move what stands in a run from `at` of its child on into a run of its own behind it."""
    moved = list(child.itersiblings())
    if at <= 0:
        moved.insert(0, child)
    elif at < size:
        text = child.text or ""
        rest = deepcopy(child)
        child.text, rest.text = text[:at], text[at:]
        for one in (child, rest):
            one.set(_SPACE, "preserve")
        moved.insert(0, rest)
    if not moved:
        return
    made = _w("r")
    for name, value in run.attrib.items():
        made.set(name, value)
    style = run.find(f"{{{_W}}}rPr")
    made.extend(([deepcopy(style)] if style is not None else []) + moved)
    _behind(run, [made])


def _behind(element: etree._Element, made: list[etree._Element]) -> None:
    for one in reversed(made):
        element.addnext(one)


# ---------------------------------------------------------------- elements


def _w(tag: str, **attributes: object) -> etree._Element:
    values = {f"{{{_W}}}{name}": str(value) for name, value in attributes.items()}
    return etree.Element(f"{{{_W}}}{tag}", values, nsmap={"w": _W})


def _reference(number: int) -> etree._Element:
    run = _w("r")
    run.append(_w("commentReference", id=number))
    return run


def _runs(line: str) -> Iterator[etree._Element]:
    """A line in runs, those from right to left marked so, as Word wants it."""
    at = 0
    for start, end in [*rtl_runs(line), (len(line), len(line))]:
        for piece, rtl in ((line[at:start], False), (line[start:end], True)):
            if not piece:
                continue
            run = _w("r")
            if rtl:
                etree.SubElement(etree.SubElement(run, f"{{{_W}}}rPr"), f"{{{_W}}}rtl")
            text = etree.SubElement(run, f"{{{_W}}}t")
            text.text = piece
            text.set(_SPACE, "preserve")
            yield run
        at = end
