"""How quick weighing is: abstract frameworks, and a map of 500 arguments built and weighed.

    python benchmarks/argument.py
    python benchmarks/argument.py --pyarg     (the same map by PyArg's ASPIC+ as well: half a minute)

Frameworks are random: each attack joins two arguments drawn alike. The map: 60 positions of four speakers on
30 questions, each argued for in two steps from evidence, with objections and answers.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np

from takhrij.argue.semantics import Framework, accepted
from takhrij.argue.theory import theory
from takhrij.argue.weigh import weigh
from takhrij.model import ArgumentMap, Node, Relation, Semantics, Tie, labelled

Value = TypeVar("Value")
_RUNS = 7
_SPEAKERS = ("one school", "another school", "a third school", "a fourth school")
_QUESTIONS, _ARGUMENTS = 30, 500


def main() -> None:
    print("| what | CPU s, median of 7 | attacks | sure in time |\n| --- | --- | --- | --- |")
    for size, density in ((10_000, 1), (10_000, 3), (10_000, 20)):
        _framework(size, density, "grounded")
    for density in (1, 2, 3, 4, 5):
        _framework(1000, density, "preferred")
        _framework(1000, density, "stable")
    given = structured(_ARGUMENTS)
    semantics: Semantics
    for semantics in ("grounded", "preferred", "stable"):
        taken, weighing = _timed(partial(weigh, given, semantics=semantics))
        late = sum(one.result == "undecided in time" for one in weighing.conclusions)
        print(
            f"| map of {_ARGUMENTS} arguments ({len(given.nodes)} nodes, {len(given.relations)} relations)"
            f" built and weighed, {semantics} | {taken:.3f} | | {len(weighing.conclusions) - late} of"
            f" {len(weighing.conclusions)} |"
        )
    if "--pyarg" in sys.argv:
        started = time.process_time()
        arguments = _by_pyarg(given)
        taken = time.process_time() - started
        print(f"| PyArg, the same map: {arguments} arguments, attacks, grounded (once) | {taken:.1f} | | |")


def _by_pyarg(given: ArgumentMap) -> int:
    """A literal a node, a defeasible rule a step, a contrary an attack; preferences are none."""
    from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension
    from py_arg.aspic_classes.argumentation_system import ArgumentationSystem
    from py_arg.aspic_classes.argumentation_theory import ArgumentationTheory
    from py_arg.aspic_classes.defeasible_rule import DefeasibleRule
    from py_arg.aspic_classes.literal import Literal

    known = theory(given)
    names = {*known.premises, *(step.conclusion for step in known.steps), *(step.key for step in known.steps)}
    literals = {name: Literal(name) for name in names}
    contraries: dict[str, set[Any]] = {name: set() for name in names}
    for attack in known.attacks:
        if isinstance(attack.target, str) and attack.target in contraries:
            contraries[attack.target].add(literals[attack.source])
    rules = [
        DefeasibleRule(step.key, {literals[one] for one in step.premises}, literals[step.conclusion])
        for step in known.steps
    ]
    system = ArgumentationSystem(literals, contraries, [], rules, add_defeasible_rule_literals=False)
    theirs = ArgumentationTheory(system, [], [literals[one] for one in known.premises])
    get_grounded_extension(theirs.create_abstract_argumentation_framework(""))
    return len(theirs.all_arguments)


def _framework(size: int, density: int, semantics: Semantics) -> None:
    attacks = np.random.default_rng(0).integers(0, size, (size * density, 2)).astype(np.int32)
    given = Framework(size, attacks)
    taken, found = _timed(lambda: accepted(given, semantics, seconds=1))
    print(
        f"| {semantics}, {size:,} arguments | {taken:.3f} | {len(attacks):,} |"
        f" {size - int(found.open.sum()):,} of {size:,} |"
    )


def _timed(run: Callable[[], Value]) -> tuple[float, Value]:
    taken = []
    for _ in range(_RUNS):
        started = time.process_time()  # of all threads; others use the machine
        value = run()
        taken.append(time.process_time() - started)
    return statistics.median(taken), value


def structured(arguments: int) -> ArgumentMap:
    """A map with so many steps from reasons to conclusions, the same every time."""
    chance = random.Random(0)
    nodes: list[Node] = []
    relations: list[Relation] = []

    def node(kind: str, by: str, **values: object) -> str:
        made = Node(id=f"x{len(nodes)}", kind=kind, name=f"{kind} {len(nodes)}", speakers=(by,), **values)  # type: ignore[arg-type]
        nodes.append(made)
        return made.id

    def relate(kind: str, subject: str, object: str, by: str) -> str:
        made = Relation(id=f"l{len(relations)}", kind=kind, subject=subject, object=object, speakers=(by,))  # type: ignore[arg-type]
        relations.append(made)
        return made.id

    positions = list(_positions(node))
    steps = 0
    while steps < arguments:
        position, by = chance.choice(positions)
        evidence = node("evidence", by, report=f"report:{chance.randrange(arguments // 3)}")
        reason = node("statement", by)
        last = relate("supports", reason, position, by)
        relate("supports", evidence, reason, by)
        steps += 2
        if chance.random() < 0.4:
            objector = chance.choice(_SPEAKERS)
            objection = node("objection", objector)
            relate("undercuts", objection, last, objector)
            if chance.random() < 0.5:
                relate("answers", node("answer", by), objection, by)
    return ArgumentMap(document="a map made by chance", nodes=labelled(nodes), relations=tuple(relations))


def _positions(node: Callable[..., str]) -> Iterator[tuple[str, str]]:
    for number in range(_QUESTIONS):
        question = node("question", "")
        for side in (0, 1):
            by = _SPEAKERS[(number + side) % len(_SPEAKERS)]
            answer = ("it does", "it does not")[side]
            yield node("position", by, answers=(answer,), ties=(Tie(role="question", to=question),)), by


if __name__ == "__main__":
    main()
