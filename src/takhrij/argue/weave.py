"""The map while it is made: parts by their place, looked up from one another, and the links put in so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from takhrij.argue.roles import Played
from takhrij.model import (
    Manner,
    Node,
    NodeKind,
    Relation,
    RelationKind,
    RoleName,
    Tie,
    node_id,
    relation_id,
    replace,
)

_QUOTING = ("objection", "answer")
_FURTHEST = 40  # parts among which another one is looked for


@dataclass(slots=True)
class Linked:
    """Nodes by their id, with the ties that linking adds, and relations by theirs."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    _supports: dict[str, Relation] = field(default_factory=dict)  # the last, by what it supports
    _given: dict[str, Relation] = field(default_factory=dict)  # the last, by what gives it

    def tie(self, node: Node, role: RoleName, to: Node) -> None:
        """Give a node another as its part."""
        known = self.nodes[node.id]
        if Tie(role=role, to=to.id) not in known.ties:
            self.nodes[node.id] = replace(known, ties=(*known.ties, Tie(role=role, to=to.id)))

    def relate(
        self,
        kind: RelationKind,
        subject: Node,
        object: Node | Relation,
        manner: Manner | None = None,
        said: Node | None = None,
    ) -> None:
        """Add a relation, as the speakers of its subject assert it, or those of the clause that says it."""
        if subject.id == object.id:
            return
        by = said or subject
        name = relation_id(kind, subject.id, object.id, by.speakers, manner)
        if name in self.relations:
            return
        self.relations[name] = link = Relation(
            id=name,
            kind=kind,
            subject=subject.id,
            object=object.id,
            manner=manner,
            speakers=by.speakers,
            quote=said.quote if said else None,
            cue=by.cue,
        )
        if kind == "supports":
            self._supports[object.id] = self._given[subject.id] = link

    def support(self, object: Node) -> Relation | None:
        """The last support that was put in for a conclusion."""
        return self._supports.get(object.id)

    def support_by(self, subject: Node) -> Relation | None:
        """What a reason supports, as a relation."""
        return self._given.get(subject.id)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a text in its order."""

    all: list[Played]

    def behind(self, at: int, *kinds: NodeKind, reach: int) -> Iterator[Played]:
        """Those of some kinds before a part, nearest first, at most `reach` sentences away."""
        return self._near(self.all[max(0, at - _FURTHEST) : at][::-1], at, kinds, reach)

    def ahead(self, at: int, *kinds: NodeKind, reach: int) -> Iterator[Played]:
        """Those of some kinds behind it in the text, nearest first."""
        return self._near(self.all[at + 1 : at + 1 + _FURTHEST], at, kinds, reach)

    def of_case(self, at: int, way: int, *kinds: NodeKind) -> Iterator[Played]:
        """Those of some kinds in its sentence, before it (way -1) or behind (1), of the same case."""
        own = self.all[at].unit
        for place in range(at + way, at + way * _FURTHEST, way):
            if not 0 <= place < len(self.all) or self.begins_case(place):
                return
            part = self.all[place]
            if part.unit.sentence != own.sentence:
                return
            if part.node.kind in kinds and part.unit is not own and part.unit.part != "outside":
                yield part

    def quoting(self, at: int) -> Played | None:
        """The objection or answer in whose own clause something is quoted."""
        part = self.all[at]
        near = self.all[max(0, at - 2) : at]
        return next((one for one in near if one.unit is part.unit and one.node.kind in _QUOTING), None)

    def begins_case(self, at: int) -> bool:
        """Whether it is a condition with which a new case begins: «فإن …», "However, if …, it is not".

        «وإن كان كذا» is "even if" where no ruling follows on it.
        """
        part = self.all[at]
        if part.node.kind != "condition" or not part.unit.opens:
            return False
        following = self.all[at + 1].node.kind if at + 1 < len(self.all) else ""
        return following == "position" or not (part.unit.cue and part.unit.cue.text.startswith("و"))

    def _near(
        self, parts: list[Played], at: int, kinds: tuple[NodeKind, ...], reach: int
    ) -> Iterator[Played]:
        own = self.all[at]
        for part in parts:
            if abs(part.unit.sentence - own.unit.sentence) > reach:
                return
            if part.node.kind in kinds and part.unit is not own.unit and part.unit.part != "outside":
                yield part


def fits(one: Played, other: Played) -> bool:
    """Whether two stand in one section, in the words of the same speakers."""
    return one.unit.section == other.unit.section and one.node.speakers == other.node.speakers


def agents(parts: list[Played]) -> Iterator[tuple[Node, Node]]:
    """Each position with the node of the agent who holds it."""
    for part in parts:
        if part.node.kind == "position" and part.node.by:
            name = part.node.by
            yield Node(id=node_id("agent", None, (), name), kind="agent", name=name), part.node
