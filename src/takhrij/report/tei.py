"""The TEI file that was read, back with <cit> around quotations and what is said of them in <standOff>.

One that crosses an element's end, meets another one, or is in a <quote> already, is pointed at from there.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from takhrij.model import Finding, Report
from takhrij.read import tree_place
from takhrij.read.markup.trees import local, parse_xml
from takhrij.report.clean import for_page, one_line
from takhrij.report.comment import comment
from takhrij.report.laid import in_file
from takhrij.report.phrases import edition, source_number, source_title
from takhrij.report.summary import summary_lines
from takhrij.report.tei_new import written
from takhrij.report.words import words

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NO_QUOTE = frozenset(("quote", "cit", "div", "body", "front", "back", "text", "list", "lg", "table", "row"))


_Range = tuple[etree._Element, int, int]


class _Point(NamedTuple):
    """A place in an element's own text: before the code point `at` behind a child (-1: before the first)."""

    holder: etree._Element
    child: int
    at: int

    @property
    def stretch(self) -> str:
        """The text in which the place is."""
        return (self.holder.text if self.child < 0 else self.holder[self.child].tail) or ""

    def found(self) -> _Point:
        """The same place, counted from the comment that it is behind, if it is behind one."""
        behind = self.child + 1
        if self.at < len(self.stretch) or behind >= len(self.holder) or local(self.holder[behind]):
            return self
        return _Point(self.holder, behind, self.at - len(self.stretch)).found()


def to_tei(report: Report, data: bytes | None = None) -> bytes:
    """The TEI file `data`, which the report is of, with its findings; raises InputError.

    Without one a file is made of the text.
    """
    if data is None:
        data = written(report.document)
        report = in_file(report, data, "tei")
    root = parse_xml(data, report.document.name)
    elements = list(root.iter(etree.Element))
    ids = {str(one.get(_ID)) for one in elements if one.get(_ID)}
    number = next(n for n in range(1, len(ids) + 2) if not any(i.startswith(_prefix(n)) for i in ids))
    placed = [(finding, _points(report, finding, elements)) for finding in report.findings]
    ranges: dict[str, _Range | None] = {
        finding.label: _range(finding, points) for finding, points in placed if points
    }
    taken: dict[etree._Element, _Point] = {}  # where the last <quote> that was made in an element begins
    for finding, points in reversed(placed):  # from the last on, so that the places before stay
        if points is None or local(points[0].holder) in _NO_QUOTE:
            continue
        first, last = points
        end = taken.get(first.holder)
        if first.holder is last.holder and (end is None or last[1:] <= end[1:]):
            taken[first.holder] = first
            _wrap(first, last, f"{_prefix(number)}{finding.label}", len(finding.sources))
            ranges[finding.label] = None
    root.append(_stand_off(report, root, _prefix(number), ranges))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _range(finding: Finding, points: tuple[_Point, _Point]) -> _Range:
    """The element in whose text the finding begins, where in that text, and how many characters."""
    first, last = points
    before = _length_before(first)
    size = _length_before(last) - before if first.holder is last.holder else len(finding.text)
    return first.holder, before, size


def _prefix(number: int) -> str:
    return "takhrij-" if number == 1 else f"takhrij{number}-"


def _points(report: Report, finding: Finding, elements: list[etree._Element]) -> tuple[_Point, _Point] | None:
    """Where the finding begins and ends; None where the place of its text is not sure."""
    found = []
    for at in (finding.span.start, finding.span.end - 1):
        node = tree_place(report.document, at)
        one = elements[node.element]
        parent = one.getparent()
        if node.behind and parent is None:
            return None
        point = (
            _Point(parent, parent.index(one), node.start)
            if node.behind and parent is not None
            else _Point(one, -1, node.start)
        )
        point = point.found()
        if point.stretch[point.at : point.at + 1] != report.document.text[at]:
            return None
        found.append(point)
    return found[0], found[1]._replace(at=found[1].at + 1)


def _length_before(point: _Point) -> int:
    """How many characters of the holder's text stand before a place."""
    children = list(point.holder)[: point.child + 1]
    length = 0 if point.child < 0 else len(point.holder.text or "")
    for number, child in enumerate(children):
        length += sum(map(len, child.itertext())) if isinstance(child.tag, str) else 0
        length += len(child.tail or "") if number < point.child else 0
    return length + point.at


def _wrap(first: _Point, last: _Point, name: str, sources: int) -> None:
    """Put what stands between two places of one element into the <quote> of a <cit>.

    Its <bibl> is empty and points at those in <standOff>, so that the text stays what it is.
    """
    holder = first.holder
    space = holder.tag.rpartition("}")[0]
    space = f"{space}}}" if space else ""
    cit = etree.Element(f"{space}cit")
    made = etree.SubElement(cit, f"{space}quote", {_ID: name})
    if sources:
        cited = " ".join(f"#{name}-source{rank}" for rank in range(1, sources + 1))
        etree.SubElement(cit, f"{space}bibl", corresp=cited)
    inside = list(holder)[first.child + 1 : last.child + 1]
    before, behind = first.stretch, last.stretch
    if inside:
        made.text, inside[-1].tail = before[first.at :], behind[: last.at]
    else:
        made.text = before[first.at : last.at]
    made.extend(inside)
    holder.insert(first.child + 1, cit)
    cit.tail = behind[last.at :]
    if first.child < 0:
        holder.text = before[: first.at]
    else:
        holder[first.child].tail = before[: first.at]


def _stand_off(
    report: Report,
    root: etree._Element,
    prefix: str,
    ranges: dict[str, _Range | None],
) -> etree._Element:
    """Summary, sources, and an annotation a finding, which points at its <quote> or at the words."""
    space = root.tag.rpartition("}")[0]
    space = f"{space}}}" if space else ""

    def put(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        made = etree.SubElement(parent, f"{space}{tag}", attributes)
        made.text = for_page(one_line(text)) or None
        return made

    made = etree.Element(f"{space}standOff")
    summary = [words().say("first_line"), *summary_lines(report)]
    sources, annotations = put(made, "listBibl"), put(made, "listAnnotation")
    put(annotations, "note", " ".join(summary), type="summary")
    for finding in report.findings:
        name = f"{prefix}{finding.label}"
        cited = []
        for rank, source in enumerate(finding.sources, 1):
            bibl = put(sources, "bibl", n=source.ref)
            bibl.set(_ID, f"{name}-source{rank}")
            put(bibl, "title", source_title(source)).tail = " "
            put(bibl, "biblScope", source_number(source), unit="number").tail = " "
            put(bibl, "edition", edition(source))
            cited.append(f"#{name}-source{rank}")
        one = put(annotations, "annotation", motivation="commenting", target=f"#{name}")
        one.set(_ID, f"{name}-annotation")
        if (found := ranges.get(finding.label)) is not None:
            holder, at, size = found
            one.set("target", f"#string-range(xpath({root.getroottree().getpath(holder)}),{at},{size})")
        elif finding.label not in ranges:  # its place is not sure
            one.set("target", f"#xpath({root.getroottree().getpath(root)})")
        for line in comment(finding):
            put(one, "note", line)
        for ref in cited:
            put(one, "ptr", target=ref, type="source")
    if not len(sources):
        made.remove(sources)
    return made
