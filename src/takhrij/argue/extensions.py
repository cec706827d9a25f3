"""Preferred and stable extensions with clingo: the arguments that grounded semantics leaves undecided.

Every extension has what is grounded and none has what that attacks, so only the rest is searched. One
extension after the other is asked for, each of which must change what is known so far: that some extension
has an argument, that all of them have it, that all of them attack it. Where none can, everything is known.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from takhrij.argue.semantics import IN, OUT, UNDECIDED, Acceptance, Framework
from takhrij.errors import UsageError
from takhrij.model import Semantics

if TYPE_CHECKING:
    import clingo

_Bools = NDArray[np.bool_]
_MOST_ATTACKS = 2_000_000  # between undecided arguments: about 1 GB in clingo
_SLICE = 0.05  # seconds between two looks at the clock and the keyboard
_QUICK = "1000"  # conflicts: some hundredths of a second
_GLANCE = 4096  # rules between two looks at the clock


class _Late(Exception):
    """Time is up."""


def extended(
    framework: Framework, labels: NDArray[np.int8], semantics: Semantics, seconds: float
) -> Acceptance:
    """What preferred or stable semantics adds to the grounded `labels`."""
    deadline = time.monotonic() + seconds
    rest = np.flatnonzero(labels == UNDECIDED)
    if not len(rest):
        return Acceptance(labels, labels == IN, np.zeros(framework.size, np.bool_))
    place = np.full(framework.size, -1, np.int32)
    place[rest] = np.arange(len(rest), dtype=np.int32)
    inner = place[framework.attacks]
    inner = inner[(inner >= 0).all(axis=1)]
    known = _Known(len(rest))
    late = False
    try:
        _search(_Solver(len(rest), inner, semantics == "stable", deadline), inner, known)
    except _Late:
        late = True
    return known.acceptance(labels, rest, late)


class _Known:
    """What the extensions found so far say of the arguments."""

    def __init__(self, size: int) -> None:
        self.some, self.all = np.zeros(size, np.bool_), np.ones(size, np.bool_)
        self.none = np.ones(size, np.bool_)  # attacked by every one
        self.found = 0

    def take(self, inside: _Bools, attacked: _Bools) -> None:
        self.found += 1
        self.some |= inside
        self.all &= inside
        self.none &= attacked

    def acceptance(self, labels: NDArray[np.int8], rest: NDArray[np.int64], late: bool) -> Acceptance:
        """`labels` with the rest filled in; nothing is sure of what time did not suffice for."""
        exists = bool(self.found) or late
        labels, credulous = labels.copy(), (labels == IN) & exists
        still = np.zeros(len(labels), np.bool_)
        if self.found:
            labels[rest] = np.where(self.all, IN, np.where(self.none, OUT, UNDECIDED))
            credulous[rest] = self.some
        if late:
            still[rest] = self.all | self.none
            labels[rest[self.all | self.none]] = UNDECIDED
        return Acceptance(labels, credulous, still, exists)


def _search(solver: _Solver, attacks: NDArray[np.int32], known: _Known) -> None:
    guard: tuple[int, ...] = ()
    while (inside := solver.solve(guard)) is not None:
        if not solver.stable:  # grown to a preferred one
            inside = solver.solve([solver.inside[x] for x in np.flatnonzero(inside)])
            assert inside is not None
            solver.require(solver.inside[x] for x in np.flatnonzero(~inside))
        attacked = np.zeros(len(inside), np.bool_)
        attacked[attacks[inside[attacks[:, 0]], 1]] = True
        known.take(inside, attacked)
        news = [solver.inside[x] for x in np.flatnonzero(~known.some)]
        news += [-solver.inside[x] for x in np.flatnonzero(known.all)]
        news += [-solver.attacked[x] for x in np.flatnonzero(known.none)]
        guard = (solver.guarded(news),)


class _Solver:
    """Admissible sets (stable extensions), the larger ones first, under what has been required."""

    def __init__(self, size: int, attacks: NDArray[np.int32], stable: bool, deadline: float) -> None:
        self.stable = stable
        self._deadline = deadline
        self._control = _control([] if stable else ["--heuristic=Domain"])
        self._limit(_QUICK)
        if len(attacks) > _MOST_ATTACKS:
            raise _Late
        import clingo

        with self._control.backend() as backend:
            self.inside = [backend.add_atom() for _ in range(size)]
            self.attacked = [backend.add_atom() for _ in range(size)]
            for inside, attacked in zip(self.inside, self.attacked, strict=True):
                backend.add_rule([inside], choice=True)
                backend.add_rule([], [inside, attacked])
                if stable:
                    backend.add_rule([], [-inside, -attacked])
                else:
                    backend.add_heuristic(inside, clingo.HeuristicType.True_, 1, 1, [])
            for done, (attacker, target) in enumerate(attacks.tolist()):
                backend.add_rule([self.attacked[target]], [self.inside[attacker]])
                backend.add_rule([], [self.inside[target], -self.attacked[attacker]])
                if done % _GLANCE == 0:
                    self._check()

    def require(self, literals: Iterable[int]) -> None:
        """From now on one of these holds."""
        with self._control.backend() as backend:
            backend.add_rule([], [-literal for literal in literals])

    def guarded(self, literals: Iterable[int]) -> int:
        """A literal under which one of these holds."""
        with self._control.backend() as backend:
            guard: int = backend.add_atom()
            backend.add_rule([guard], choice=True)
            backend.add_rule([], [guard, *(-literal for literal in literals)])
        return guard

    def solve(self, assumptions: Sequence[int]) -> _Bools | None:
        """Arguments that hold together under these literals, None where there are none. Raises _Late."""
        found: list[_Bools] = []

        def keep(model: clingo.Model) -> None:
            found.append(np.array([model.is_true(atom) for atom in self.inside], np.bool_))

        quick = self._control.solve(list(assumptions), on_model=keep)  # most are: no thread for these
        if not quick.unknown:
            self._check()
            return found[0] if found else None
        self._limit("umax")
        with self._control.solve(list(assumptions), on_model=keep, async_=True) as handle:
            while not handle.wait(_SLICE):
                if time.monotonic() > self._deadline:
                    handle.cancel()
                    raise _Late
            handle.get()
        self._limit(_QUICK)
        self._check()
        return found[0] if found else None

    def _limit(self, conflicts: str) -> None:
        self._control.configuration.solve.solve_limit = f"{conflicts},umax"  # type: ignore[union-attr]

    def _check(self) -> None:
        if time.monotonic() > self._deadline:
            raise _Late


def _control(options: list[str]) -> clingo.Control:
    try:
        import clingo
    except ImportError:
        raise UsageError(
            "Preferred and stable semantics need clingo, which is not installed: pip install"
            " 'takhrij[argument]'. Grounded semantics works without."
        ) from None
    return clingo.Control([*options, "--warn=none"], message_limit=0)
