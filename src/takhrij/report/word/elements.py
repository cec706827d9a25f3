"""The elements of Word's main namespace: making them, and splitting runs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from takhrij.errors import InputError
from takhrij.read.markup.trees import local
from takhrij.report.clean import rtl_runs

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = "takhrij"
_BEHIND_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")


def w(tag: str, **attributes: object) -> etree._Element:
    """An element with attributes of the same namespace."""
    values = {f"{{{W}}}{name}": str(value) for name, value in attributes.items()}
    return etree.Element(f"{{{W}}}{tag}", values, nsmap={"w": W})


def runs(line: str) -> Iterator[etree._Element]:
    """A line in runs, those from right to left marked so, as Word wants it."""
    at = 0
    for start, end in [*rtl_runs(line), (len(line), len(line))]:
        for piece, rtl in ((line[at:start], False), (line[start:end], True)):
            if not piece:
                continue
            run = w("r")
            if rtl:
                etree.SubElement(etree.SubElement(run, f"{{{W}}}rPr"), f"{{{W}}}rtl")
            run.append(text(piece))
            yield run
        at = end


def text(words: str, tag: str = "t") -> etree._Element:
    """An element that holds words, white space at their ends too."""
    made = w(tag)
    made.text = words
    made.set(SPACE, "preserve")
    return made


def run_of(element: etree._Element) -> etree._Element:
    """The run around an element; around what stands in none, the paragraph's child."""
    chain = [element, *element.iterancestors()]
    for above, one in zip(chain[1:], chain, strict=False):
        if local(one) == "r" and one.tag == f"{{{W}}}r":
            return one
        if local(above) == "p":
            return one
    raise InputError("a word of the file stands in no paragraph; save it again")


def split(run: etree._Element, child: etree._Element, at: int, size: int) -> etree._Element | None:
    """Move what stands in a run from `at` of its child on into a run of its own behind it, and return that.

    `size` is how many characters the child is; None where nothing stands there.
    """
    moved = list(child.itersiblings())
    if at <= 0:
        moved.insert(0, child)
    elif at < size:
        words = child.text or ""
        rest = deepcopy(child)
        child.text, rest.text = words[:at], words[at:]
        for one in (child, rest):
            one.set(SPACE, "preserve")
        moved.insert(0, rest)
    if not moved:
        return None
    made = like(run)
    made.extend(moved)
    behind(run, [made])
    return made


def like(run: etree._Element) -> etree._Element:
    """An empty run with the attributes and the style of another."""
    made = w("r")
    for name, value in run.attrib.items():
        made.set(name, value)
    style = run.find(f"{{{W}}}rPr")
    made.extend([deepcopy(style)] if style is not None else [])
    return made


def set_rtl(run: etree._Element) -> None:
    """Mark a run without text as written from right to left, in the place that the schema has for that."""
    style = run.find(f"{{{W}}}rPr")
    if style is None:
        style = w("rPr")
        run.insert(0, style)
    if style.find(f"{{{W}}}rtl") is None:
        after = [one for one in style if etree.QName(one).localname in _BEHIND_RTL]
        style.insert(len(style) - len(after), w("rtl"))


def behind(element: etree._Element, made: list[etree._Element]) -> None:
    """Put elements behind another, in their order."""
    for one in reversed(made):
        element.addnext(one)
