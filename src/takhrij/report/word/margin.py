"""The comments of a Word file: making them, and putting them at the top or around elements."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from takhrij.read.markup.docx import MAIN
from takhrij.read.markup.trees import attribute, local
from takhrij.report.clean import for_page, one_line
from takhrij.report.word.elements import AUTHOR, W, behind, runs, w
from takhrij.report.word.file import File

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Margin:
    """Comments by "takhrij", beside those that are there. Word heeds those of the main part alone."""

    def __init__(self, file: File) -> None:
        self._main, self._comments = file.part(MAIN), file.related("comments", _TYPE)
        ids = [
            attribute(one, "id")
            for root in (self._main, self._comments)
            for one in root.iter(etree.Element)
            if local(one).startswith("comment")
        ]
        self._next = max((int(one) for one in ids if one.isdecimal()), default=-1) + 1

    def comment(self, lines: Iterable[str]) -> int:
        """Make a comment, a paragraph a line; returns its number."""
        number, self._next = self._next, self._next + 1
        made = w("comment", id=number, author=AUTHOR, initials="t")
        for line in lines:
            etree.SubElement(made, f"{{{W}}}p").extend(runs(for_page(one_line(line))))
        self._comments.append(made)
        return number

    def at_top(self, number: int) -> None:
        """Put a comment before the first words."""
        first = next(self._main.iter(f"{{{W}}}p"), None)
        if first is not None:
            at = 1 if len(first) and local(first[0]) == "pPr" else 0
            ends = [w("commentRangeStart", id=number), w("commentRangeEnd", id=number)]
            first[at:at] = [*ends, reference(number)]

    def around(self, first: etree._Element, last: etree._Element, number: int) -> None:
        """Put a comment around elements of the main part."""
        first.addprevious(w("commentRangeStart", id=number))
        behind(last, [w("commentRangeEnd", id=number), reference(number)])


def reference(number: int) -> etree._Element:
    """The run that shows a comment."""
    run = w("r")
    run.append(w("commentReference", id=number))
    return run


def box_of(element: etree._Element) -> etree._Element | None:
    """The outermost text box in which an element stands."""
    return next((one for one in reversed(list(element.iterancestors())) if local(one) == "txbxContent"), None)
