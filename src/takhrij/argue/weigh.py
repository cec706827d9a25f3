"""A map and a scenario come in; how each conclusion depends on the rest of the map goes out.

Every conclusion is looked at twice: by what its speaker asserts alone (own), and by all that the map has.
Only the first can leave it without support. A position that somebody else holds contests it for as long as
that one's own words leave it its support, whatever others say of its reasons: there is no verdict between
speakers.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from takhrij.argue.frame import Frame, View
from takhrij.argue.rejections import smallest
from takhrij.argue.scenario import Supposed, supposed
from takhrij.argue.semantics import IN, OUT, TIME_LIMIT, UNDECIDED, accepted
from takhrij.argue.why import Labelled, shown, why
from takhrij.errors import UsageError
from takhrij.model import (
    ArgumentMap,
    Conclusion,
    Node,
    Reason,
    Rejection,
    Result,
    Scenario,
    Semantics,
    SetAside,
    Switches,
    Weighing,
    replace,
)

_NOBODY = "\n"  # a speaker who states no attack
_UNSUPPORTED: Result = "no support stated"
_KEPT: Result = "not contested in this map"
_LOST: Result = "loses its stated support"
_CONTESTED: Result = "contested, unresolved in this map"
_LATE: Result = "undecided in time"
_OF_LABEL: dict[int, Result] = {IN: _LOST, OUT: _KEPT}  # of the argument that the conclusion lacks support


def weigh(
    given: ArgumentMap,
    *,
    semantics: Semantics = "grounded",
    scenario: Scenario | None = None,
    speaker: str | None = None,
    seconds: float = TIME_LIMIT,
) -> Weighing:
    """Each conclusion of a map with one of four results, why, and what would change it.

    `speaker`: only what this one concludes. After `seconds` a result that is not sure is "undecided in time".
    Raises UsageError for a scenario or a speaker that the map does not know, and where preferred or stable
    is asked for without clingo.
    """
    scenario = scenario or Scenario()
    weighed = supposed(given, scenario)
    scales = _Scales(weighed, semantics, time.monotonic() + seconds)
    nodes = [node for node in weighed.theory.conclusions() if speaker in (None, node.by)]
    if speaker is not None and not nodes:
        known = dict.fromkeys(node.by or "nobody named" for node in weighed.theory.conclusions())
        raise UsageError(
            f"{speaker}: concludes nothing in this map; who does: {', '.join(known) or 'nobody'}"
        )
    statuses = (*(node.status for node in given.nodes), *(link.status for link in given.relations))
    return Weighing(
        document=given.document,
        semantics=semantics,
        scenario=scenario,
        conclusions=tuple(scales.with_rejections(one) for one in [scales.conclusion(node) for node in nodes]),
        set_aside=tuple(
            SetAside(node=shown(one.node), edit=one.edit, grade=shown(one.grade) if one.grade else None)
            for one in weighed.rejected
        ),
        proposed=statuses.count("proposed"),
    )


def switches(given: ArgumentMap, *, most: int = 100_000) -> Switches:
    """The results (grounded) with nothing off, then with each set of evidence off, the smallest sets first.

    Ends with the last size of which all sets fit into `most` results.
    """
    plain = supposed(given, Scenario())
    scales = _Scales(plain, "grounded", math.inf)
    known = plain.theory
    nodes = known.conclusions()
    units = list(dict.fromkeys(known.units[n.id] for n in given.of_kind("evidence") if n.id in known.units))
    units = [unit for unit in units if unit in known.premises]
    results: dict[tuple[int, ...], dict[str, Result]] = {}
    size = 0
    while size <= len(units):
        if size and (len(results) + math.comb(len(units), size)) * len(nodes) > most:
            break
        for off in combinations(range(len(units)), size):
            chosen = frozenset(units[one] for one in off)
            results[off] = {node.id: scales.result_without(node, chosen) for node in nodes}
        size += 1
    together = [tuple(n.label for n in known.nodes.values() if known.units[n.id] == unit) for unit in units]
    return Switches(evidence=tuple(together), size=size - 1, results=results)


@dataclass(frozen=True, slots=True)
class _Look:
    """The results of a conclusion, and the evidence (arguments) on one piece of which they depend."""

    own: Result
    result: Result
    pieces: frozenset[int]


class _Case:
    """One conclusion: the arguments that bear on it, as its speaker sees them and as the map has them."""

    def __init__(self, frame: Frame, name: str, map: View, own: View) -> None:
        self.rivals = frame.rivals(name)
        self.lack = frame.lack[name]
        self.map = map
        self.own = own
        self.evidence = frozenset(
            frame.premise[unit]
            for unit in frame.theory.premises
            if frame.premise[unit] in self.map.place and frame.theory.nodes[unit].kind == "evidence"
        )


class _Scales:
    """Weighs the conclusions of one theory, one after the other, under one semantics."""

    def __init__(self, given: Supposed, semantics: Semantics, deadline: float) -> None:
        self._theory = given.theory
        self._frame = Frame(given.theory)
        self._semantics = semantics
        self._deadline = deadline
        self._off = frozenset(arg for unit in given.off for arg in self._frame.of.get(unit, ()))
        self._states_attacks = {attack.by for attack in given.theory.attacks}
        self._founded = self._founded_nodes()
        self._cases: dict[str, _Case] = {}
        self._whole: dict[str | None, View] = {}
        self._known: dict[tuple[View, frozenset[int]], tuple[list[int], list[bool], bool]] = {}
        self._units = {argument: unit for unit, argument in self._frame.premise.items()}
        self._looks: dict[tuple[str, frozenset[int]], _Look] = {}

    def conclusion(self, node: Node) -> Conclusion:
        """A conclusion with its results, why, and the smallest sets that change it."""
        if node.id not in self._founded:
            circle = any(step.conclusion == node.id for step in self._theory.steps)
            return Conclusion(
                node=shown(node),
                result=_UNSUPPORTED,
                own=_UNSUPPORTED,
                why=(Reason(kind="in a circle", nodes=(shown(node),)),) if circle else (),
            )
        case = self._case(node.id)
        look = self._look(case, frozenset())
        labels, _, exists = self._labels(case.map, self._off)
        own = Labelled(case.own, self._labels(case.own, self._off)[0])
        reasons = why(self._frame, node, Labelled(case.map, labels), own, self._off, self._lost)
        if not exists:
            reasons = (Reason(kind="no extension", nodes=()), *reasons)
        return Conclusion(node=shown(node), result=look.result, own=look.own, why=reasons)

    def with_rejections(self, conclusion: Conclusion) -> Conclusion:
        """The same with the smallest sets of evidence whose rejection changes the result."""
        if conclusion.result in (_UNSUPPORTED, _LATE):
            return conclusion
        case = self._case(conclusion.node.id)
        found, complete = smallest(
            lambda off: self._look(case, off),
            lambda look: look.pieces,
            lambda one, other: other.result in (one.result, _LATE),
            lambda: time.monotonic() > self._deadline,
        )
        rejections = (
            Rejection(
                evidence=tuple(self._theory.nodes[self._units[one]].label for one in sorted(off)),
                result=look.result,
            )
            for off, look in found
        )
        return replace(conclusion, rejections=tuple(rejections), every_rejection=complete)

    def result_without(self, node: Node, units: frozenset[str]) -> Result:
        """A conclusion's result with units of evidence off: only those on which it depends are tried."""
        if node.id not in self._founded:
            return _UNSUPPORTED
        wanted, off = frozenset(self._frame.premise[unit] for unit in units), frozenset[int]()
        while True:
            if (node.id, off) not in self._looks:
                self._looks[node.id, off] = self._look(self._case(node.id), off)
            look = self._looks[node.id, off]
            rest = (look.pieces & wanted) - off
            if not rest:
                return look.result
            off |= {min(rest)}

    def _case(self, name: str) -> _Case:
        if name not in self._cases:
            views = (self._view(name, None), self._view(name, self._theory.nodes[name].by))
            self._cases[name] = _Case(self._frame, name, *views)
        return self._cases[name]

    def _view(self, name: str, speaker: str | None) -> View:
        """What bears on a conclusion; whether there is a stable extension depends on everything."""
        own = speaker if speaker is None or speaker in self._states_attacks else _NOBODY
        if self._semantics != "stable":
            return View(self._frame, self._frame.behind(self._frame.lack[name]), own)
        if own not in self._whole:
            self._whole[own] = View(self._frame, [*range(self._frame.size)], own)
        return self._whole[own]

    def _look(self, case: _Case, off: frozenset[int]) -> _Look:
        off |= self._off
        own, own_pieces = self._own(case, off)
        if own != _KEPT:
            return _Look(own, own, own_pieces)
        label, pieces, late = self._seen(case.map, case, off)
        result = _LATE if late else _KEPT if label == OUT else _CONTESTED
        pieces |= own_pieces
        for rival in case.rivals if result == _KEPT else ():
            theirs, their_pieces = self._own(self._case(rival), off)
            pieces |= their_pieces
            if theirs != _LOST:
                return _Look(own, _CONTESTED, pieces)
        return _Look(own, result, pieces)

    def _own(self, case: _Case, off: frozenset[int]) -> tuple[Result, frozenset[int]]:
        """The result by what its speaker asserts."""
        label, pieces, late = self._seen(case.own, case, off)
        return (_LATE if late else _OF_LABEL.get(label, _CONTESTED)), pieces

    def _lost(self, node: str) -> bool:
        """Whether what a node's speaker asserts leaves it without support under the scenario."""
        return self._own(self._case(node), self._off)[0] == _LOST

    def _seen(self, view: View, case: _Case, off: frozenset[int]) -> tuple[int, frozenset[int], bool]:
        """The label of a conclusion's lack of support, what that depends on, whether time ran out."""
        place = view.place[case.lack]
        here = [view.place[argument] for argument in off if argument in view.place]
        found = view.grounded(here)
        if self._semantics == "grounded":
            pieces = _dependence(view, found.labels, found.attacker, place)
            return found.labels[place], case.evidence & pieces, False
        labels, still, _ = self._labels(view, off)
        pieces = frozenset(arg for arg in case.evidence if found.labels[view.place[arg]] != OUT)
        return labels[place], pieces, still[place]

    def _labels(self, view: View, off: frozenset[int]) -> tuple[list[int], list[bool], bool]:
        """Labels of a view's arguments, which of them are not sure, and whether there is any extension."""
        key = (view, off)
        if key not in self._known:
            here = [view.place[argument] for argument in off if argument in view.place]
            left = max(0.0, self._deadline - time.monotonic())
            found = accepted(view.framework, self._semantics, off=here, seconds=left)
            labels = found.labels.tolist() if found.exists else [UNDECIDED] * len(view.arguments)
            self._known[key] = (labels, found.open.tolist(), found.exists)
        return self._known[key]

    def _founded_nodes(self) -> frozenset[str]:
        """Nodes to which steps lead that begin with premises and do not run in a circle."""
        known = set(self._theory.premises)
        waiting = {number: len(set(step.premises)) for number, step in enumerate(self._theory.steps)}
        uses: dict[str, list[int]] = {}
        for number, step in enumerate(self._theory.steps):
            for premise in set(step.premises):
                uses.setdefault(premise, []).append(number)
        concluded: set[str] = set()
        queue = sorted(known)
        for unit in queue:  # grows while it is read
            for number in uses.get(unit, ()):
                waiting[number] -= 1
                if not waiting[number]:
                    conclusion = self._theory.steps[number].conclusion
                    concluded.add(conclusion)
                    if conclusion not in known:
                        known.add(conclusion)
                        queue.append(conclusion)
        return frozenset(concluded)


def _dependence(view: View, labels: list[int], attacker: list[int], place: int) -> frozenset[int]:
    """Arguments (as the frame numbers them) that must change for the grounded label in `place` to change.

    Of an accepted argument: it, and an accepted attacker of each of its attackers. Of a rejected one: its
    accepted attacker. Of an undecided one: all that is not rejected of what can bear on it.
    """
    start = attacker[place] if labels[place] == OUT else place
    if start < 0:
        return frozenset()
    seen, queue = {start}, [start]
    for one in queue:
        nexts: Iterable[int]
        if labels[one] == IN:
            nexts = (attacker[other] for other in view.attackers[one])
        else:
            nexts = view.attackers[one]
        for other in nexts:
            if other >= 0 and other not in seen:
                seen.add(other)
                queue.append(other)
    return frozenset(view.arguments[one] for one in seen if labels[one] != OUT)
