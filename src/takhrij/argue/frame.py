"""A theory comes in; an abstract framework that means the same goes out.

Every premise, step and attacked attack is an argument. Beside each node stands one argument more, "the node
lacks support": what speaks for the node attacks it, and it attacks every step that uses the node. So a
framework grows with the map, not with the number of ways through it. A node is accepted where its lack is
rejected. Steps that support one another in a circle stand in several copies, the n-th of which rests on fewer
than n others: nothing supports itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from takhrij.argue.semantics import Framework, Grounded, grounded
from takhrij.argue.theory import Attack, Preference, Step, Theory

Preferring = dict[str, set[str]]  # what is preferred -> to what
_LONGEST_CIRCLE = 16  # steps in a circle that are followed


@dataclass(frozen=True, slots=True)
class Edge:
    """One argument against another. `attack` is None where it follows from the meaning of support."""

    source: int
    target: int
    attack: Attack | None = None


class Frame:
    """The arguments of a theory. `of`: unit -> the arguments for it; `lack`: unit -> "it lacks support"."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory
        self.size = 0
        self.of: dict[str, list[int]] = defaultdict(list)
        self.lack: dict[str, int] = {}
        self.keys: list[frozenset[str]] = []  # argument -> what a preference may call it
        self.edges: list[Edge] = []
        self.premise: dict[str, int] = {}  # unit -> the argument that it stands by itself
        self.step: dict[int, Step] = {}  # argument -> the step that it is
        self._lacks: dict[str, list[int]] = {}  # the n-th: no n steps inside a circle lead to it
        self._of_key: dict[str, list[int]] = defaultdict(list)
        self._add_lacks()
        self._add_premises()
        self._add_steps()
        self._add_attacks()

    def _new(self, keys: frozenset[str] = frozenset()) -> int:
        self.keys.append(keys)
        self.size += 1
        return self.size - 1

    def _add_lacks(self) -> None:
        edges = ((premise, step.conclusion) for step in self.theory.steps for premise in step.premises)
        self.circle = _circle(edges)
        depth = min(max(1, len(self.circle)), _LONGEST_CIRCLE)
        units = dict.fromkeys(
            (*sorted(self.theory.premises), *(step.conclusion for step in self.theory.steps))
        )
        for unit in units:
            self._lacks[unit] = [self._new() for _ in range(depth if unit in self.circle else 1)]
            self.lack[unit] = self._lacks[unit][-1]

    def _add_premises(self) -> None:
        for unit in sorted(self.theory.premises):
            argument = self._new(frozenset((unit,)))
            self.of[unit].append(argument)
            self.premise[unit] = argument
            self.edges += [Edge(argument, lack) for lack in self._lacks[unit]]

    def _add_steps(self) -> None:
        for step in self.theory.steps:
            inside = [p for p in step.premises if p in self.circle and step.conclusion in self.circle]
            outside = [self.lack[p] for p in step.premises if p not in inside]
            keys = frozenset((step.key, step.conclusion)).union(
                *(self.theory.grounds[p] for p in step.premises)
            )
            above = self._lacks[step.conclusion]
            for level in range(1, len(above)) if inside else (0,):
                argument = self._new(keys)
                self.of[step.conclusion].append(argument)
                self._of_key[step.key].append(argument)
                self.step[argument] = step
                missing = [*outside, *(self._lacks[p][level - 1] for p in inside)]
                self.edges += [Edge(lack, argument) for lack in missing]
                self.edges += [Edge(argument, lack) for lack in above[level:]]

    def _add_attacks(self) -> None:
        attacks = self.theory.attacks
        targets = {attack.target for attack in attacks}
        attacked = {
            attack.key for attack in attacks if attack.key in targets and attack.key not in self._of_key
        }
        for key in attacked:
            for source in dict.fromkeys(attack.source for attack in attacks if attack.key == key):
                argument = self._new(frozenset((key,)) | self.theory.grounds[source])
                self._of_key[key].append(argument)
                self.edges.append(Edge(self.lack[source], argument))
        for attack in attacks:
            sources = self._of_key[attack.key] if attack.key in attacked else self.of[attack.source]
            for target in self._targets(attack.target):
                self.edges += [Edge(source, target, attack) for source in sources]

    def _targets(self, target: str | Step) -> list[int]:
        if isinstance(target, Step):
            return [argument for argument in self.of[target.conclusion] if self.step.get(argument) == target]
        return self.of.get(target) or self._of_key.get(target, [])

    def against(self, argument: int) -> list[Edge]:
        """The edges that lead to an argument."""
        return self._incoming[argument]

    @cached_property
    def _incoming(self) -> list[list[Edge]]:
        found: list[list[Edge]] = [[] for _ in range(self.size)]
        for edge in self.edges:
            found[edge.target].append(edge)
        return found

    def behind(self, argument: int) -> list[int]:
        """Every argument on which the label of this one can depend, itself first."""
        seen, queue = {argument}, [argument]
        for one in queue:
            for edge in self._incoming[one]:
                if edge.source not in seen:
                    seen.add(edge.source)
                    queue.append(edge.source)
        return queue

    def rivals(self, conclusion: str) -> list[str]:
        """Positions of others that cannot stand beside this one and to which it is not preferred."""
        nodes, preferring = self.theory.nodes, self.preferring(None)
        edges = (edge for argument in self.of[conclusion] for edge in self._incoming[argument])
        found = {
            edge.attack.source: None
            for edge in edges
            if edge.attack and edge.attack.rival and not self.yields(edge, preferring)
        }
        return [one for one in found if nodes[one].by != nodes[conclusion].by]

    def preferring(self, speaker: str | None) -> Preferring:
        """What is preferred to what, by all that the map has or as a speaker states it."""
        return _effective(self.theory.preferences, speaker)

    def yields(self, edge: Edge, preferring: Preferring) -> bool:
        """Whether what is attacked is preferred to the attacker, so that the attack fails."""
        if edge.attack is None or not edge.attack.yields:
            return False
        preferred = self.keys[edge.target] & preferring.keys()
        return any(not preferring[key].isdisjoint(self.keys[edge.source]) for key in preferred)


class View:
    """Some arguments of a frame, numbered anew, and what attacks what among them.

    `speaker`: only the attacks and preferences that this one states count; None: all that the map has.
    `arguments` must have all that attacks any of them.
    """

    def __init__(self, frame: Frame, arguments: list[int], speaker: str | None = None) -> None:
        self.arguments = arguments
        self.place = {argument: place for place, argument in enumerate(arguments)}
        self.attackers: list[list[int]] = []
        preferring = frame.preferring(speaker)
        for argument in arguments:
            kept = [
                self.place[edge.source]
                for edge in frame.against(argument)
                if edge.attack is None
                or (speaker in (None, edge.attack.by) and not frame.yields(edge, preferring))
            ]
            self.attackers.append(kept)
        pairs = [(source, target) for target, sources in enumerate(self.attackers) for source in sources]
        self.framework = Framework(len(arguments), np.array(pairs, np.int32).reshape(-1, 2))
        self._waiting = [len(sources) for sources in self.attackers]
        self._outgoing = self.framework.outgoing()

    def grounded(self, off: Iterable[int] = ()) -> Grounded:
        """The grounded labels where the arguments `off` (as numbered here) are rejected."""
        return grounded(len(self.arguments), *self._outgoing, self._waiting, tuple(off))


def _effective(preferences: tuple[Preference, ...], speaker: str | None) -> Preferring:
    """What counts: two that contradict each other cancel out, and a scenario's override both."""
    supposed = {(one.over, one.under) for one in preferences if one.by is None}
    counted = [one for one in preferences if one.by is not None and speaker in (None, one.by)]
    stated = {(one.over, one.under) for one in counted}
    pairs = {pair for pair in stated if pair[::-1] not in stated | supposed} | supposed
    found: Preferring = defaultdict(set)
    for over, under in pairs:
        found[over].add(under)
    return found


def _circle(edges: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The nodes that stand in a circle of support, or between two."""
    forward = _peeled(set(edges))
    return frozenset(target for target, _ in _peeled({(target, source) for source, target in forward}))


def _peeled(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges without those to which no circle leads."""
    after: dict[str, list[str]] = defaultdict(list)
    waiting: dict[str, int] = defaultdict(int)
    for source, target in edges:
        after[source].append(target)
        waiting[target] += 1
    gone = [node for node in after if node not in waiting]
    for node in gone:  # grows while it is read
        for target in after[node]:
            waiting[target] -= 1
            if not waiting[target]:
                gone.append(target)
    removed = set(gone)
    return {edge for edge in edges if edge[0] not in removed}
