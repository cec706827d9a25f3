"""How quick weighing is: abstract frameworks, and a map of 500 arguments built and weighed.

    python benchmarks/argument.py

Frameworks are random: each attack joins two arguments drawn alike. The map: 60 positions of four speakers on
30 questions, each argued for in two steps from evidence, with objections and answers.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from takhrij.argue.semantics import Framework, accepted
from takhrij.argue.weigh import weigh
from takhrij.model import ArgumentMap, Node, Relation, Semantics, Tie, labelled

Value = TypeVar("Value")
_RUNS = 7
_SPEAKERS = ("one school", "another school", "a third school", "a fourth school")
_QUESTIONS, _ARGUMENTS = 30, 500


def main() -> None:
    print("| what | wall s, median of 7 | attacks | sure in time |\n| --- | --- | --- | --- |")
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
        started = time.perf_counter()
        value = run()
        taken.append(time.perf_counter() - started)
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
