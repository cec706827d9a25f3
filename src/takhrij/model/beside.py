"""The values of reading maps beside one another: what positions depend on, and where maps differ."""

from __future__ import annotations

from msgspec import Struct

from takhrij.model.argument import Node, Relation


class Limit(Struct, frozen=True, kw_only=True, gc=False):
    """A condition or exception as its speaker states it, with the exceptions to itself."""

    node: Node
    ticked: bool
    limits: tuple[Limit, ...] = ()


class Conditions(Struct, frozen=True, kw_only=True, gc=False):
    """What a position's speakers make it depend on. `open`: labels of the conditions nobody has ticked."""

    position: Node
    limits: tuple[Limit, ...] = ()
    distinctions: tuple[Relation, ...] = ()  # what is told apart from it, or narrows what it rests on
    ticked: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class Use(Struct, frozen=True, kw_only=True, gc=False):
    """One map's use of a verse, report or other evidence: where it is quoted, what it is taken to mean."""

    map: int  # number of the map, from 0
    evidence: tuple[Node, ...]
    meanings: tuple[Node, ...] = ()
    positions: tuple[Node, ...] = ()  # that it leads to


class Shared(Struct, frozen=True, kw_only=True, gc=False):
    """A piece of evidence and who uses it how; `opposite`: for other answers or in other meanings."""

    name: str  # the verse's or report's ref, or the words
    uses: tuple[Use, ...]
    opposite: bool = False


class Stated(Struct, frozen=True, kw_only=True, gc=False):
    """Parts of one map that state something of a kind: ratios, or reconciliations."""

    map: int
    parts: tuple[Node | Relation, ...]


class Comparison(Struct, frozen=True, kw_only=True, gc=False):
    """Two or more maps on one question, side by side; there is no verdict between them."""

    names: tuple[str, ...]
    positions: tuple[Stated, ...]
    shared: tuple[Shared, ...]  # used by two maps or more
    alone: tuple[Shared, ...]  # used by one
    ratios: tuple[Stated, ...]
    ratios_differ: bool
    reconciled: tuple[Stated, ...]  # jamʿ, tarjīḥ and naskh, by whom
