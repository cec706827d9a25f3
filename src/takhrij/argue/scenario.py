"""A map and what a reader supposes come in; what of the map that rejects, accepts and prefers goes out."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from takhrij.argue.theory import Preference, Theory, theory
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Edit, Node, Relation, Scenario, replace
from takhrij.sources.words import fold

_MOST_NAMED = 12  # parts that an error lists


@dataclass(frozen=True, slots=True)
class Rejected:
    """A node that is set aside, by which edit, and the grader's words for which it is."""

    node: Node
    edit: str
    grade: Node | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """A theory under a scenario; the arguments for `off` (nodes) are rejected."""

    theory: Theory
    off: frozenset[str]
    rejected: tuple[Rejected, ...]


def supposed(map: ArgumentMap, scenario: Scenario) -> Supposed:
    """The theory of a map with a scenario's edits. UsageError for an edit of what the map does not have."""
    reader = _Reader(map)
    for edit in scenario.edits:
        reader.take(edit)
    return reader.result()


class _Reader:
    def __init__(self, map: ArgumentMap) -> None:
        self.map = map
        self.plain = theory(map)
        self.rejected: dict[str, Rejected] = {}
        self.relations: set[str] = set()  # rejected ones
        self.accepted: set[str] = set()
        self.preferences: list[Preference] = []

    def take(self, edit: Edit) -> None:
        """Take note of one edit."""
        if edit.kind in ("reread", "prefer") and not edit.other:
            raise UsageError(f"{edit.kind} {edit.target}: names nothing beside it")
        if edit.kind == "reject":
            self._reject(edit.target)
        elif edit.kind == "accept":
            self.accepted |= {self.plain.units.get(part.id, part.id) for part in self._parts(edit.target)}
        elif edit.kind == "reread":
            self._reread(edit.target, edit.other or "")
        else:
            pairs = [(a.id, b.id) for a in self._parts(edit.target) for b in self._parts(edit.other or "")]
            units = self.plain.units
            self.preferences += [Preference(units.get(a, a), units.get(b, b), None) for a, b in pairs]

    def result(self) -> Supposed:
        """The theory with the edits, which leave the map as it is."""
        kept = tuple(
            replace(link, status="rejected") if link.id in self.relations else link
            for link in self.map.relations
        )
        made = theory(replace(self.map, relations=kept)) if self.relations else self.plain
        made = dataclasses.replace(
            made,
            premises=made.premises | (self.accepted & {*made.units.values()}),
            attacks=tuple(a for a in made.attacks if a.target not in self.accepted),
            preferences=(*made.preferences, *self.preferences),
        )
        off = frozenset(self.plain.units[id] for id in self.rejected)
        return Supposed(made, off, tuple(self.rejected.values()))

    def _reject(self, target: str) -> None:
        graded = list(self._graded(target))
        for node, grade in graded:
            self._set_aside(node, f"without {target}", grade)
        for part in () if graded else self._parts(target):
            if isinstance(part, Relation):
                self.relations.add(part.id)
            else:
                self._set_aside(part, f"without {target}")

    def _set_aside(self, node: Node, edit: str, grade: Node | None = None) -> None:
        """A node; of evidence every node that quotes the same report."""
        unit = self.plain.units[node.id]
        for other in self.plain.nodes.values():
            if self.plain.units[other.id] == unit:
                self.rejected.setdefault(other.id, Rejected(other, edit, grade))

    def _reread(self, target: str, meaning: str) -> None:
        units = self.plain.units
        evidence = {units.get(part.id, "") for part in self._parts(target)}
        meanings = [
            node
            for node in self.plain.nodes.values()
            if node.kind == "meaning" and evidence & {units.get(one) for one in node.tied("about")}
        ]
        chosen = {part.id for part in self._parts(meaning)}
        if not chosen & {node.id for node in meanings}:
            known = ", ".join(node.label for node in meanings) or "none"
            raise UsageError(f"{meaning}: is no meaning of {target} in this map; those stated: {known}")
        for node in meanings:
            if node.id not in chosen:
                self._set_aside(node, f"reread {target} as {meaning}")

    def _parts(self, name: str) -> list[Node | Relation]:
        """What a label, an id or a ref names; UsageError where the map has nothing of that name."""
        node = self.map.get(name)
        if node is not None and node.id in self.plain.nodes:
            return [node]
        relations = [relation for relation in self.map.relations if relation.id == name]
        by_ref = [
            n for n in self.plain.nodes.values() if n.kind == "evidence" and name in (n.report, *n.refs)
        ]
        if relations or by_ref:
            return [*relations, *by_ref]
        labels = [node.label for node in self.map.of_kind("evidence")]
        more = " …" if len(labels) > _MOST_NAMED else ""
        raise UsageError(
            f"{name}: the map has no such part, and no words of that grader on record. Its evidence:"
            f" {', '.join(labels[:_MOST_NAMED]) or 'none'}{more}"
        )

    def _graded(self, target: str) -> Iterator[tuple[Node, Node]]:
        """The evidence about which a grader's words on record include certain words, with these."""
        grader, colon, words = (part.strip() for part in target.partition(":"))
        if not (grader and colon and words):
            return
        for grade in self.map.of_kind("grading"):
            if _same_name(grade.by, grader) and grade.quote and _includes(grade.quote.text, words):
                for about in grade.tied("about"):
                    if about in self.plain.nodes:
                        yield self.plain.nodes[about], grade


def _same_name(one: str, other: str) -> bool:
    return _name(one) == _name(other)


def _name(name: str) -> str:
    """A name without case, hyphens and the signs of transliteration; of Arabic letters folded."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return fold(name) or "".join(char for char in plain if char.isascii() and char.isalnum())


def _includes(said: str, words: str) -> bool:
    """Whether words stand in what is said, one behind the other, with or without «and» before them."""
    whole, part = fold(said).split(), fold(words).split()
    if not part:
        return words.casefold() in said.casefold()
    return any(
        [
            word if word == wanted else word.removeprefix("و")
            for word, wanted in zip(whole[at:], part, strict=False)
        ]
        == part
        for at in range(len(whole))
    )
