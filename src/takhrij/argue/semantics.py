"""Which of a set of arguments that attack one another are accepted: grounded, preferred, stable (Dung 1995).

Grounded needs nothing but this file; preferred and stable need clingo (extra `argument`) and end after a time
that the caller states, with what was not decided by then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.model import Semantics

IN, UNDECIDED, OUT = 1, 0, -1
TIME_LIMIT = 5.0  # seconds


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """Arguments 0 … size - 1; `attacks` has shape (n, 2), the attacker before the attacked."""

    size: int
    attacks: NDArray[np.int32]

    def outgoing(self) -> tuple[list[int], list[int]]:
        """What each argument attacks: (starts, targets), of `a` in targets[starts[a] : starts[a + 1]]."""
        order = np.argsort(self.attacks[:, 0], kind="stable")
        starts = np.searchsorted(self.attacks[order, 0], np.arange(self.size + 1))
        return starts.tolist(), self.attacks[order, 1].tolist()


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """What holds of each argument; all arrays have the framework's size.

    `labels`: IN where every extension has it, OUT where every extension attacks it, else UNDECIDED.
    `credulous`: whether some extension has it. `open`: time ran out before its label was sure.
    `exists` is False where there is no extension at all, which only stable semantics knows.
    """

    labels: NDArray[np.int8]
    credulous: NDArray[np.bool_]
    open: NDArray[np.bool_]
    exists: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Grounded:
    """The grounded labels, and for each argument that is OUT one accepted attacker (else -1).

    Attackers named so never lead in a circle: each was accepted before what it attacks was rejected.
    """

    labels: list[int]
    attacker: list[int]


def grounded(
    size: int, starts: list[int], targets: list[int], waiting: list[int], off: Collection[int] = ()
) -> Grounded:
    """The least fixpoint, in time linear in the attacks.

    `starts` and `targets` as `Framework.outgoing` gives them; `waiting`: how many attacks each argument
    suffers; `off`: arguments that are rejected from the start.
    """
    waiting = waiting.copy()
    labels, attacker = [UNDECIDED] * size, [-1] * size
    accepted: list[int] = []

    def reject(argument: int) -> None:
        labels[argument] = OUT
        for freed in targets[starts[argument] : starts[argument + 1]]:
            waiting[freed] -= 1
            if not waiting[freed] and labels[freed] == UNDECIDED:
                labels[freed] = IN
                accepted.append(freed)

    for argument in off:
        labels[argument] = OUT
    for argument, count in enumerate(waiting):
        if not count and labels[argument] == UNDECIDED:
            labels[argument] = IN
            accepted.append(argument)
    for argument in off:
        reject(argument)
    for argument in accepted:  # grows while it is read
        for target in targets[starts[argument] : starts[argument + 1]]:
            if labels[target] == UNDECIDED:
                attacker[target] = argument
                reject(target)
    return Grounded(labels, attacker)


def accepted(
    framework: Framework,
    semantics: Semantics = "grounded",
    *,
    off: Collection[int] = (),
    seconds: float = TIME_LIMIT,
) -> Acceptance:
    """Which arguments are accepted; those in `off` are rejected from the start.

    Raises UsageError where preferred or stable is asked for and clingo is not installed.
    """
    size = framework.size
    waiting = np.bincount(framework.attacks[:, 1], minlength=size).tolist()
    found = grounded(size, *framework.outgoing(), waiting, off)
    labels = np.array(found.labels, np.int8)
    if semantics == "grounded":
        return Acceptance(labels, labels == IN, np.zeros(size, np.bool_))
    from takhrij.argue.extensions import extended

    return extended(framework, labels, semantics, seconds)
