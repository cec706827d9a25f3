"""A map comes in; what each position's speakers make it depend on goes out, and what of it a reader ticked.

Only conditions that the map quotes can be ticked. Nothing is decided: a position leaves them open, or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from takhrij.argue.theory import theory
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Conditions, Limit, Node

_NARROWING = ("farq", "takhsis", "taqyid")
_DEEPEST = 30  # exceptions to exceptions


def conditions(given: ArgumentMap, ticked: Iterable[str] = ()) -> tuple[Conditions, ...]:
    """Each position with its conditions, exceptions and distinctions.

    `ticked` are labels or ids of conditions; UsageError for anything that is none of the map's.
    """
    limits = {node.id: node for node in given.of_kind("condition", "exception") if node.status != "rejected"}
    chosen = {_known(name, given, limits) for name in ticked}
    positions = [node for node in given.of_kind("position") if node.status != "rejected"]
    return tuple(_of(position, given, limits, chosen) for position in positions)


def _known(name: str, given: ArgumentMap, limits: Collection[str]) -> str:
    node = given.get(name)
    if node is None or node.id not in limits:
        known = ", ".join(node.label for node in given.nodes if node.id in limits) or "none"
        raise UsageError(f"{name}: is no condition or exception of this map; those quoted in it: {known}")
    return node.id


def _of(position: Node, given: ArgumentMap, limits: dict[str, Node], ticked: Collection[str]) -> Conditions:
    def under(id: str, above: tuple[str, ...]) -> tuple[Limit, ...]:
        """The limits of a node, each with its own; one that would limit itself is left out."""
        return tuple(
            Limit(node=node, ticked=node.id in ticked, limits=under(node.id, (*above, node.id)))
            for node in limits.values()
            if id in node.tied("of") and node.id not in above and len(above) <= _DEEPEST
        )

    found = under(position.id, (position.id,))
    stated = [limit for limit in _all(found) if limit.node.kind == "condition"]
    behind = _behind(position, given)
    return Conditions(
        position=position,
        limits=found,
        distinctions=tuple(
            link
            for link in given.relations
            if link.status != "rejected"
            and link.object in behind
            and (link.kind == "distinguishes" or link.manner in _NARROWING)
        ),
        ticked=tuple(limit.node.label for limit in stated if limit.ticked),
        open=tuple(limit.node.label for limit in stated if not limit.ticked),
    )


def _all(limits: Iterable[Limit]) -> Iterator[Limit]:
    for limit in limits:
        yield limit
        yield from _all(limit.limits)


def _behind(position: Node, given: ArgumentMap) -> set[str]:
    """A position, what leads to it, and the relations by which it does."""
    known = theory(given)
    found, queue = {position.id}, [known.units.get(position.id, position.id)]
    for unit in queue:  # grows while it is read
        for step in known.steps:
            if step.conclusion == unit and step.key not in found:
                found |= {step.key, *step.premises}
                queue += step.premises
    return found
