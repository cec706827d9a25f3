"""A map comes in; what it uses as premises, its steps from reasons to conclusions, and its attacks go out.

In the manner of ASPIC+, with the map's relations as the only rules. Evidence is one premise a report, however
often it is quoted. A node that nothing speaks for counts as asserted; one that something speaks for depends
on that. Every step is defeasible. Relations that say nothing of support (quotes, likens, same_masala, …) are
not used, nor is any part that a person has rejected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from takhrij.model import ArgumentMap, Node, Relation

_JOINED = ("argument", "qiyas", "case")  # a node in which premises are brought together
_PREMISES = ("premise", "asl", "illa", "reason")
_CONCLUSIONS = ("conclusion", "outcome")
_YIELDING = (
    "undermines",
    "rebuts",
    "dissents",
)  # attacks that a preference overrides; others are not weighed
_MUTUAL = ("rebuts", "dissents")
_AGAINST = ("undermines", "rebuts", "undercuts", "answers", "reconciles", "dissents")


@dataclass(frozen=True, slots=True)
class Step:
    """One use of reasons: `premises` together speak for `conclusion`, as the node or relation `key` says."""

    key: str
    premises: tuple[str, ...]
    conclusion: str
    by: str


@dataclass(frozen=True, slots=True)
class Attack:
    """`source` (a node) against `target` (a node, the key of steps or of an attack, or one step)."""

    key: str
    source: str
    target: str | Step
    by: str
    yields: bool = False
    rival: bool = False  # from a position to one that it cannot stand beside
    said_by: str = ""  # who sets the one against the other, where that is not `by`


@dataclass(frozen=True, slots=True)
class Preference:
    """`over` is preferred to `under`, both units or keys; `by` is None where a scenario supposes it."""

    over: str
    under: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Theory:
    """What a map argues from and to. A unit is a node; of evidence, the first that quotes the same report."""

    nodes: dict[str, Node]
    units: dict[str, str]  # node id -> unit
    premises: frozenset[str]  # units that stand by themselves
    steps: tuple[Step, ...]
    attacks: tuple[Attack, ...]
    preferences: tuple[Preference, ...]
    grounds: dict[str, frozenset[str]] = field(default_factory=dict)  # unit -> what it brings together

    def conclusions(self) -> list[Node]:
        """Positions, and what else something speaks for and is no means to an end, in the map's order."""
        ends = {step.conclusion for step in self.steps}
        means = {"evidence", "meaning", "objection", "answer", "grading", *_JOINED}
        return [
            node
            for node in self.nodes.values()
            if node.kind == "position" or (node.id in ends and node.kind not in means)
        ]


def theory(map: ArgumentMap) -> Theory:
    """What is used of a map."""
    nodes = {node.id: node for node in map.nodes if node.status != "rejected"}
    relations = [relation for relation in map.relations if relation.status != "rejected"]
    units = _units(nodes.values())
    known = {*units, *(relation.id for relation in relations)}
    relations = [one for one in relations if one.subject in known and one.object in known]
    steps = [step for step in _steps(nodes, units, relations) if step.conclusion not in step.premises]
    derived = {step.conclusion for step in steps}
    return Theory(
        nodes=nodes,
        units=units,
        premises=frozenset(units[node.id] for node in nodes.values() if node.id not in derived),
        steps=tuple(steps),
        attacks=tuple(_attacks(nodes, units, relations, steps)),
        preferences=tuple(
            Preference(
                units.get(one.subject, one.subject), units.get(one.object, one.object), _by(one, nodes)
            )
            for one in relations
            if one.kind == "prefers"
        ),
        grounds={units[node.id]: frozenset(_grounds(node.id, nodes, units)) for node in nodes.values()},
    )


def _by(relation: Relation, nodes: dict[str, Node]) -> str:
    """Who states a relation: where nobody is named, whoever states its subject."""
    if relation.speakers or relation.subject not in nodes:
        return relation.speakers[-1] if relation.speakers else ""
    return nodes[relation.subject].by


def _units(nodes: Iterable[Node]) -> dict[str, str]:
    """Every node by its unit: evidence that no source has, and all that is not evidence, by itself."""
    first: dict[str, str] = {}
    units = {}
    for node in nodes:
        names = [name for name in (node.report, *node.refs[:1]) if name and node.kind == "evidence"]
        unit = next((first[name] for name in names if name in first), node.id)
        for name in names:
            first.setdefault(name, unit)
        units[node.id] = unit
    return units


def _grounds(unit: str, nodes: dict[str, Node], units: dict[str, str]) -> Iterator[str]:
    """A node and, where it only brings others together, these: what a preference of one of them reaches."""
    seen, queue = {unit}, [unit]
    for name in queue:
        yield units.get(name, name)
        node = nodes[name]
        roles = _PREMISES if node.kind in _JOINED else ("about",) if node.kind == "meaning" else ()
        for tie in node.ties:
            if tie.role in roles and tie.to in nodes and tie.to not in seen:
                seen.add(tie.to)
                queue.append(tie.to)


def _steps(nodes: dict[str, Node], units: dict[str, str], relations: list[Relation]) -> Iterator[Step]:
    for relation in relations:
        if relation.kind != "supports" or relation.object not in nodes or relation.subject not in nodes:
            continue
        if nodes[relation.object].kind != "evidence":  # what is quoted needs no support to be quoted
            yield Step(relation.id, (units[relation.subject],), relation.object, _by(relation, nodes))
    for node in nodes.values():
        roles = _PREMISES if node.kind in _JOINED else ("about",) if node.kind == "meaning" else ()
        premises = tuple(units[tie.to] for tie in node.ties if tie.role in roles and tie.to in nodes)
        if premises:
            yield Step(node.id, premises, node.id, node.by)
        if node.kind in _JOINED:
            for tie in node.ties:
                if tie.role in _CONCLUSIONS and tie.to in nodes:
                    yield Step(node.id, (node.id,), tie.to, node.by)


def _attacks(
    nodes: dict[str, Node], units: dict[str, str], relations: list[Relation], steps: list[Step]
) -> Iterator[Attack]:
    stated = set()
    for relation in relations:
        if relation.kind not in _AGAINST:
            continue
        source, target, by = units.get(relation.subject), relation.object, _by(relation, nodes)
        if source is None:
            continue
        stated.add((relation.subject, target))
        yields, mutual = relation.kind in _YIELDING, relation.kind in _MUTUAL and target in nodes
        rival = mutual and nodes[target].kind == nodes[relation.subject].kind == "position"
        for reached in _reached(relation, nodes, units, steps):
            yield Attack(relation.id, source, reached, by, yields, rival)
        if mutual:
            yield Attack(relation.id, units[target], source, nodes[target].by, True, rival, said_by=by)
    for node in nodes.values():
        if node.kind in ("objection", "answer"):
            for target in node.tied("about"):
                if target in nodes and (node.id, target) not in stated:
                    yield Attack(node.id, node.id, units[target], node.by)
    yield from _contrary(nodes)


def _reached(
    relation: Relation, nodes: dict[str, Node], units: dict[str, str], steps: list[Step]
) -> Iterator[str | Step]:
    """What an attack is against. Where a meaning is denied: what others argue from it, not the evidence."""
    target = relation.object
    node = nodes.get(target)
    if relation.kind == "reconciles" and node is not None:
        return  # of two pieces of evidence: it shows that they agree, and attacks neither
    if relation.manner == "meaning" and node is not None and node.kind == "evidence":
        for step in steps:
            if units[target] in step.premises and step.by != _by(relation, nodes):
                yield step
        return
    yield units.get(target, target)


def _contrary(nodes: dict[str, Node]) -> Iterator[Attack]:
    """Positions that give different answers to one question, each against the other."""
    of_question: dict[str, list[Node]] = defaultdict(list)
    for node in nodes.values():
        if node.kind == "position" and node.answers:
            for question in node.tied("question"):
                of_question[question].append(node)
    for positions in of_question.values():
        for one in positions:
            for other in positions:
                if not set(one.answers) & set(other.answers):
                    yield Attack("", one.id, other.id, one.by, yields=True, rival=True)
