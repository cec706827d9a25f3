"""What weighing a map gives: for each conclusion how it depends on the map's other parts, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from takhrij.model.argument import Scenario
from takhrij.model.reading import Span

Semantics = Literal["grounded", "preferred", "stable"]
Result = Literal[
    "not contested in this map",
    "loses its stated support",
    "contested, unresolved in this map",
    "no support stated",
    "undecided in time",
]
ReasonKind = Literal[
    "rests on",
    "set aside",
    "answered",  # an objection that something else meets
    "yields",  # an objection that a preference overrides
    "speaks against",
    "holds otherwise",
    "in a circle",
    "no extension",
]


class Shown(Struct, frozen=True, kw_only=True, gc=False):
    """A node as a reason names it: its label, whose it is, and where its words stand."""

    id: str
    label: str
    kind: str
    speakers: tuple[str, ...]  # outermost first; the last asserts it
    text: str  # the words, or the title of a node that none state; "" where they may not be copied
    source: str = ""  # ref of the passage; "" for the map's own text
    span: Span | None = None
    report: str = ""  # of evidence: the report or verse that it quotes


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """One fact behind a result. `nodes` are what it speaks of, `by` what meets or overrides them."""

    kind: ReasonKind
    nodes: tuple[Shown, ...]
    by: tuple[Shown, ...] = ()
    speaker: str = ""  # whose statement an attack, an answer or a preference is


class Rejection(Struct, frozen=True, kw_only=True, gc=False):
    """A smallest set of evidence (labels, one a report) and the result if all of it were rejected."""

    evidence: tuple[str, ...]
    result: Result


class Conclusion(Struct, frozen=True, kw_only=True, gc=False):
    """A conclusion, whose it is, and how it depends on what the map has.

    `own`: the result by what its speaker asserts alone, with what is said in its support; `result`: by all
    that the map has. `every_rejection` is False where larger sets, or more of them, were not tried.
    """

    node: Shown
    result: Result
    own: Result
    why: tuple[Reason, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    every_rejection: bool = True


class SetAside(Struct, frozen=True, kw_only=True, gc=False):
    """A piece of evidence (or another part) that a scenario rejects, and the edit that does."""

    node: Shown
    edit: str
    grade: Shown | None = None  # the grader's words for which it is rejected


class Weighing(Struct, frozen=True, kw_only=True, gc=False):
    """A map weighed under one scenario; `proposed`: how many parts nobody has confirmed."""

    document: str
    semantics: Semantics
    scenario: Scenario
    conclusions: tuple[Conclusion, ...]
    set_aside: tuple[SetAside, ...] = ()
    proposed: int = 0
    notes: tuple[str, ...] = ()


class Switches(Struct, frozen=True, kw_only=True, gc=False):
    """What the conclusions of a map (ids) come to with evidence off, for every set of at most `size` pieces.

    `evidence`: the labels that quote one verse or report; `results`: by the numbers of those that are off.
    """

    evidence: tuple[tuple[str, ...], ...]
    size: int
    results: Mapping[tuple[int, ...], Mapping[str, Result]]
