"""From a tree to paragraphs: what each element is to a reader, told by a format's rules, is laid out as text.

A paragraph ends where an element that is a block begins or ends. A note is taken out of the paragraph that
calls it and follows it. Every stretch of text remembers its node: the element's place in the part (in the
order of the start tags, from 0), whether it is the text in the element or the one behind it, and how far in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from takhrij.errors import InputError
from takhrij.model import Block, Document, Span, TreeOrigin

_WORDS = re.compile(r"[^ \t\r\n]+(?: [^ \t\r\n]+)*")


class Role(NamedTuple):
    """What an element is: left out, a block, a note, a string, or the call of a note kept elsewhere."""

    is_: Literal["skip", "block", "note", "string", "call"]
    name: str = ""  # of a block its kind ("" the kind of the block around it), a string, what is called
    level: int = 0  # of a heading
    page: str | None = None  # that begins here


class Piece(NamedTuple):
    """A stretch of text and the node that it stands in."""

    text: str
    node: TreeOrigin


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being put together, and the notes that it calls, each behind so many characters."""

    kind: str = "paragraph"
    level: int = 0
    page: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    size: int = 0
    notes: list[tuple[int, Paragraph]] = field(default_factory=list)


class Rules(NamedTuple):
    """How a format is read. `role`: what an element is, None for one that only carries text.

    only: the elements whose text is text (None: all); joins: blocks whose end is no end of a paragraph;
    verbatim: white space counts as it is.
    """

    role: Callable[[etree._Element], Role | None]
    only: frozenset[str] | None = None
    joins: Callable[[etree._Element], bool] = lambda element: False
    verbatim: bool = False


class Walk:
    """One pass over a part of a document."""

    def __init__(self, part: str, rules: Rules, called: dict[str, list[Paragraph]] | None = None) -> None:
        self._part, self._rules, self._called = part, rules, called or {}
        self._done: list[Paragraph] = []
        self._open = Paragraph()
        self._kinds: list[tuple[str, int]] = [("paragraph", 0)]
        self._outer: list[tuple[list[Paragraph], Paragraph]] = []  # around the notes that are open
        self._page: str | None = None
        self._space: Piece | None = None
        self._joined = False  # whether the paragraph goes on in the next block

    def paragraphs(self, root: etree._Element) -> list[Paragraph]:
        """The paragraphs of the part, in reading order."""
        for _ in self._walked(root):
            pass
        self._close()
        return self._done

    def by_element(self, root: etree._Element, name: str) -> dict[str, list[Paragraph]]:
        """The paragraphs of each child of a root, by an attribute: for a part that holds only notes."""
        found: dict[str, list[Paragraph]] = {}
        for child in self._walked(root):
            self._close()
            found[child.get(name) or ""] = self._done
            self._done = []
        return found

    def _walked(self, root: etree._Element) -> Iterator[etree._Element]:
        """Read the tree; yields the root's children, each when all of it has been read."""
        count, skipped = -1, 0
        node, size = TreeOrigin(0, self._part, 0, False, 0), 0  # of the last stretch of text, and its length
        numbers: list[int] = []
        roles: list[Role | None] = []
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):  # what is behind it goes on in the stretch before it
                node, size = node._replace(start=size), size + len(element.tail or "")
            elif event == "start":
                count += 1
                role = None if skipped else self._rules.role(element)
                numbers.append(count)
                roles.append(role)
                skipped += bool(skipped) or (role is not None and role.is_ == "skip")
                node, size = TreeOrigin(0, self._part, count, False, 0), len(element.text or "")
                if not skipped:
                    self._begin(role, count)
                    self._text(element.text, element, node)
                continue
            else:
                number, role = numbers.pop(), roles.pop()
                if not skipped:
                    self._end(element, role)
                skipped -= bool(skipped)
                if len(numbers) == 1:
                    yield element
                node, size = TreeOrigin(0, self._part, number, True, 0), len(element.tail or "")
            if not skipped and numbers and self._rules.only is None:
                self._text(element.tail, element, node)

    # ------------------------------------------------------------ elements

    def _begin(self, role: Role | None, count: int) -> None:
        if role is None:
            return
        if role.page is not None:
            self._page = role.page
        if role.is_ == "string":
            self._put(role.name, TreeOrigin(0, self._part, count, False, 0))
        elif role.is_ == "block":
            if not self._joined:
                self._close()
            kind, level = (role.name, role.level) if role.name else self._kinds[-1]
            self._kinds.append((kind, level))
            self._open = self._open if self._joined else self._fresh()
            self._joined = False
        elif role.is_ == "note":
            self._outer.append((self._done, self._open))
            self._kinds.append((role.name, 0))
            self._done, self._open = [], self._fresh()
        elif role.is_ == "call":  # the first one: a note that many call is read once
            self._open.notes += [(self._open.size, note) for note in self._called.pop(role.name, [])]

    def _end(self, element: etree._Element, role: Role | None) -> None:
        if role is None or role.is_ not in ("block", "note"):
            return
        self._kinds.pop()
        if role.is_ == "block":
            self._joined = self._rules.joins(element)
            if not self._joined:
                self._close()
            return
        self._close()
        notes, (self._done, self._open) = self._done, self._outer.pop()
        self._open.notes += [(self._open.size, note) for note in notes]

    def _fresh(self) -> Paragraph:
        kind, level = self._kinds[-1]
        return Paragraph(kind, level, self._page)

    def _close(self) -> None:
        if self._open.pieces or self._open.notes:
            self._done.append(self._open)
        self._open, self._space = self._fresh(), None

    # ------------------------------------------------------------ text

    def _text(self, text: str | None, element: etree._Element, node: TreeOrigin) -> None:
        if not text or (
            self._rules.only is not None and etree.QName(element).localname not in self._rules.only
        ):
            return
        if self._rules.verbatim:
            self._put(text, node)
            return
        at = 0
        for match in _WORDS.finditer(text):
            if match.start() > at:
                self._space = Piece(" ", node._replace(start=node.start + at))
            if self._space is not None and self._open.pieces:
                self._put(*self._space)
            self._space = None
            self._put(match[0], node._replace(start=node.start + match.start()))
            at = match.end()
        if at < len(text):
            self._space = Piece(" ", node._replace(start=node.start + at))

    def _put(self, text: str, node: TreeOrigin) -> None:
        if text:
            self._open.pieces.append(Piece(text, node))
            self._open.size += len(text)


def laid_out(
    paragraphs: Sequence[Paragraph], name: str, format: str, notes: tuple[str, ...] = ()
) -> Document:
    """The document of paragraphs, a line end behind each. InputError where all are empty."""
    texts: list[str] = []
    nodes: list[TreeOrigin] = []
    blocks: list[Block] = []
    at = 0
    waiting: list[tuple[Paragraph, int | None]] = [(one, None) for one in reversed(paragraphs)]
    while waiting:
        paragraph, call = waiting.pop()
        start = at
        waiting += [(note, start + behind) for behind, note in reversed(paragraph.notes)]
        if not paragraph.pieces or not any(piece.text.strip() for piece in paragraph.pieces):
            continue
        for piece in paragraph.pieces:
            nodes.append(piece.node._replace(text_start=at))
            texts.append(piece.text)
            at += len(piece.text)
        blocks.append(
            Block(
                span=Span(start, at),
                kind=paragraph.kind,
                level=paragraph.level,
                page=paragraph.page,
                call=call,
            )
        )
        texts.append("\n")
        at += 1
    if not blocks:
        raise InputError(f"{name}: has no text in it that could be read")
    return Document(
        text="".join(texts), name=name, format=format, blocks=tuple(blocks), tree=tuple(nodes), notes=notes
    )
