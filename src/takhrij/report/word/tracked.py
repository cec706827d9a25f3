"""A Word file with what is proposed as tracked changes by "takhrij", each with a comment that says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml import etree

from takhrij.model import Document, Fixes, Proposal, Report, replace
from takhrij.read import tree_place
from takhrij.read.markup.docx import MAIN
from takhrij.read.markup.trees import attribute, local
from takhrij.report import laid
from takhrij.report.clean import direction
from takhrij.report.coverage import credits
from takhrij.report.fix.proposals import KINDS, proposals
from takhrij.report.word.elements import AUTHOR, W, behind, like, run_of, set_rtl, split, text, w
from takhrij.report.word.file import File
from takhrij.report.word.margin import Margin, box_of
from takhrij.report.word.new import written
from takhrij.report.words import words


def to_docx(report: Report, data: bytes | None = None, kinds: Collection[str] = KINDS) -> bytes:
    """The .docx file `data`, which the report is of, with tracked changes; raises InputError.

    Without one a file is made of the text. With every change accepted its text is the proposed one, with all
    of them rejected the one that was read.
    """
    fixes = proposals(report, kinds)
    document, made = report.document, fixes.proposals
    if data is None:
        data = written(document)
        again = laid.made(document, data, "docx")
        over = laid.carrier(document, again)
        document, made = again, tuple(replace(one, span=over(one.span)) for one in made)
    file = File(data, document.name)
    tracked = _Tracked(file, document, made)
    left = tracked.add()
    tracked.head(_head(report, fixes, left, tracked.beside[::-1]))
    return file.packed()


def _head(report: Report, fixes: Fixes, left: Sequence[Proposal], beside: Sequence[str]) -> list[str]:
    """What stands in the first comment.

    left: proposals that could not be put into the file; beside: why, of those that can bear no comment.
    """
    said = words().say("fix.heading", n=len(fixes.proposals) - len(left))
    labels = ", ".join(dict.fromkeys(one.finding for one in left))
    unsure = [words().say("fix.untracked", labels=labels)] if left else []
    return [said, words().say("first_line"), *credits(report.searched), *fixes.notes, *unsure, *beside]


class _Tracked:
    """The changes that are put into one file."""

    def __init__(self, file: File, document: Document, made: Sequence[Proposal]) -> None:
        self._document, self._made, self._margin = document, made, Margin(file)
        parts = {tree_place(document, one.span.end - 1).part for one in made}
        self._elements = {part: list(file.part(part).iter(etree.Element)) for part in parts}
        ids = [attribute(one, "id") for part in self._elements.values() for one in part]
        self.beside: list[str] = []
        self._next = max((int(one) for one in ids if one.isdecimal()), default=0) + 1

    def add(self) -> list[Proposal]:
        """Put in the changes, from the last to the first, so that the places before stay what they are.

        Returns those that could not be.
        """
        return [one for one in reversed(self._made) if not self._change(one)][::-1]

    def head(self, lines: Sequence[str]) -> None:
        """Put a comment before the first words."""
        self._margin.at_top(self._margin.comment(lines))

    def _change(self, one: Proposal) -> bool:
        """Whether the change could be put in."""
        pieces = self._pieces(one)
        texts = [child for child, _, _ in pieces]
        if not all(local(child) == "t" and local(_parent(child)) == "r" for child in texts):
            return False  # a formula, a tab: nothing that a tracked change could replace
        if one.text:
            gone = [self._gone(*piece) for piece in reversed(pieces)][::-1]
        else:
            child, at, _ = pieces[0]
            run = run_of(child)
            split(run, child, at + 1, len(child.text or ""))
            gone = [run]
        ends = [gone[0], gone[-1]]
        if one.proposed:
            put = w("ins", id=self._number(), author=AUTHOR)
            source = gone[-1] if local(gone[-1]) == "r" else gone[-1][0]
            put.append(like(source))
            if direction(one.proposed) == "rtl":
                set_rtl(put[0])
            put[0].append(text(one.proposed))
            behind(_outside(gone[-1]), [put])
            ends = [gone[0] if one.text else put, put]
        why = f"{one.finding}: {one.why}"
        if tree_place(self._document, one.span.end - 1).part != MAIN or box_of(ends[0]) is not None:
            self.beside.append(why)  # Word has no comments in notes
        else:
            number = self._margin.comment([why])
            self._margin.around(ends[0], ends[-1], number)
        return True

    def _pieces(self, one: Proposal) -> list[tuple[etree._Element, int, int]]:
        """The elements in which the proposal's characters stand, from where to where in the text of each.

        Where words are only put in, the character before them.
        """
        pieces: list[tuple[etree._Element, int, int]] = []
        for at in range(one.span.start, one.span.end) if one.text else [one.span.end - 1]:
            node = tree_place(self._document, at)
            child = self._elements[node.part][node.element]
            if pieces and pieces[-1][0] is child:
                pieces[-1] = (child, pieces[-1][1], node.start + 1)
            else:
                pieces.append((child, node.start, node.start + 1))
        return pieces

    def _gone(self, child: etree._Element, start: int, end: int) -> etree._Element:
        """Mark a stretch of a run's text as deleted; returns the mark."""
        run = run_of(child)
        split(run, child, end, len(child.text or ""))
        if start > 0 or any(local(other) != "rPr" for other in child.itersiblings(preceding=True)):
            apart = split(run, child, start, end)
            assert apart is not None  # the stretch has characters
            run = apart
        mark = w("del", id=self._number(), author=AUTHOR)
        run.addprevious(mark)
        mark.append(run)
        for one in run.iter(f"{{{W}}}t"):
            one.tag = f"{{{W}}}delText"
        return mark

    def _number(self) -> int:
        number, self._next = self._next, self._next + 1
        return number


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None  # text stands in a run
    return parent


def _outside(element: etree._Element) -> etree._Element:
    """What stands around an element that is in somebody's tracked insertion, which then ends behind it."""
    while local(around := _parent(element)) in ("ins", "moveTo"):
        rest = w(local(around))
        rest.attrib.update(dict(around.attrib))
        rest.extend(list(element.itersiblings()))
        if len(rest):
            behind(around, [rest])
        element = around
    return element
