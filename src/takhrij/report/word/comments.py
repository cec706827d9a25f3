"""The Word file that was read, back with a comment on every finding and a summary at the top.

Nothing else in it changes: runs are split where a comment begins or ends, all other parts stay as they are.
Words in a footnote, endnote or text box cannot carry a comment; there it stands at the call or the box. Of
any other text a Word file is made first.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from takhrij.model import Document, Finding, Report
from takhrij.read import tree_place
from takhrij.read.markup.docx import MAIN
from takhrij.read.markup.trees import attribute, local
from takhrij.report.comment import comment
from takhrij.report.laid import in_file
from takhrij.report.phrases import quoted
from takhrij.report.summary import summary_lines
from takhrij.report.word.elements import W, behind, run_of, split, w
from takhrij.report.word.file import File
from takhrij.report.word.margin import Margin, box_of, reference
from takhrij.report.word.new import written
from takhrij.report.words import words

_MOST = 32_000  # Word opens no file with more than 32,767 comment ranges


def to_docx(report: Report, data: bytes | None = None) -> bytes:
    """The .docx file `data`, which the report is of, with its comments; raises InputError.

    Without one a file is made of the text.
    """
    if data is None:
        data = written(report.document)
        report = in_file(report, data, "docx")
    file = File(data, report.document.name)
    _Placed(file, report).add()
    return file.packed()


class _Mark(NamedTuple):
    """Where a comment begins or ends: before the code point `at` of the text of an element."""

    element: int
    at: int
    ends: bool
    comment: int


class _Placed:
    """The comments of the findings, each at its words."""

    def __init__(self, file: File, report: Report) -> None:
        self._file, self._report, self._margin = file, report, Margin(file)
        self._main = file.part(MAIN)
        self._elements = list(self._main.iter(etree.Element))
        self._notes: dict[str, list[etree._Element]] = {}

    def add(self) -> None:
        """Add the summary and the comment of every finding."""
        top = self._margin.comment([words().say("first_line"), *summary_lines(self._report)])
        marks: list[_Mark] = []
        around: list[tuple[etree._Element, int]] = []
        for finding in self._report.findings[:_MOST]:
            places = _places(self._report.document, finding)
            here = [place for place in places if place[0] == MAIN]
            box = box_of(self._elements[here[0][1]]) if here else None
            if here and box is None:
                number = self._margin.comment(comment(finding))
                marks.append(_Mark(here[0][1], here[0][2], False, number))
                marks.append(_Mark(here[-1][1], here[-1][2] + 1, True, number))
                continue
            call = box if box is not None else self._call(*places[0][:2])
            if call is not None:
                around.append((call, self._margin.comment([quoted(finding.text), *comment(finding)])))
        # from the last to the first, so that the places before stay what they are
        for mark in sorted(marks, key=lambda one: (one.element, one.at, not one.ends), reverse=True):
            self._set(mark)
        for call, number in around:
            run = run_of(call)
            self._margin.around(run, run, number)
        self._margin.at_top(top)

    # ------------------------------------------------------------ places

    def _call(self, part: str, element: int) -> etree._Element | None:
        """What calls the note in which an element of a part of notes stands."""
        if part not in self._notes:
            self._notes[part] = list(self._file.look(part).iter(etree.Element))
        note = next(
            one for one in self._notes[part][element].iterancestors() if local(one) in ("footnote", "endnote")
        )
        calls = self._main.iter(f"{{{W}}}{local(note)}Reference")
        call = next((one for one in calls if attribute(one, "id") == attribute(note, "id")), None)
        box = None if call is None else box_of(call)
        return call if box is None else box

    def _set(self, mark: _Mark) -> None:
        """Put the mark where it belongs, the run there split if it has more on the other side."""
        child = self._elements[mark.element]
        run = run_of(child)
        size = len(child.text or "") if local(child) == "t" else 1
        made = [w("commentRangeEnd" if mark.ends else "commentRangeStart", id=mark.comment)]
        if mark.ends:
            made.append(reference(mark.comment))
        if child.getparent() is not run or local(run) != "r":  # ruby, a formula: the whole of it
            behind(run, made) if mark.ends else run.addprevious(made[0])
        elif mark.at <= 0 and not _content_before(child):
            run.addprevious(made[0])
        else:
            split(run, child, mark.at, size)
            behind(run, made)


def _places(document: Document, finding: Finding) -> list[tuple[str, int, int]]:
    """Part, element and place of the finding's characters, line ends between paragraphs left out."""
    start, end = finding.span
    nodes = [tree_place(document, at) for at in range(start, end) if document.text[at] != "\n"]
    return [(node.part, node.element, node.start) for node in nodes]


def _content_before(child: etree._Element) -> bool:
    return any(local(one) != "rPr" for one in child.itersiblings(preceding=True))
