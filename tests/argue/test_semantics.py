"""The semantics against their definitions, and against PyArg (python-argumentation)."""

from __future__ import annotations

import itertools
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import (
    AbstractArgumentationFramework,
)
from py_arg.abstract_argumentation_classes.argument import Argument
from py_arg.abstract_argumentation_classes.defeat import Defeat
from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension
from py_arg.algorithms.semantics.get_preferred_extensions import get_preferred_extensions
from py_arg.algorithms.semantics.get_stable_extensions import get_stable_extensions

from takhrij.argue.semantics import IN, OUT, UNDECIDED, Framework, accepted
from takhrij.errors import UsageError
from takhrij.model import Semantics

Attacks = list[tuple[int, int]]
Extensions = list[frozenset[int]]


def framework(size: int, attacks: Attacks) -> Framework:
    return Framework(size, np.array(attacks, np.int32).reshape(-1, 2))


@st.composite
def frameworks(draw: st.DrawFn, most: int = 8) -> tuple[int, Attacks]:
    size = draw(st.integers(0, most))
    pairs = [(a, b) for a in range(size) for b in range(size)]
    attacks = draw(st.lists(st.sampled_from(pairs), max_size=2 * size, unique=True)) if pairs else []
    return size, attacks


def by_definition(size: int, attacks: Attacks) -> dict[Semantics, Extensions]:
    """Dung's definitions, tried on every set of arguments."""
    admissible: Extensions = []
    complete: Extensions = []
    for chosen in itertools.product((False, True), repeat=size):
        inside = frozenset(x for x in range(size) if chosen[x])
        hit = {b for a, b in attacks if a in inside}
        defended = {x for x in range(size) if all(a in hit for a, b in attacks if b == x)}
        if not inside & hit and inside <= defended:
            admissible.append(inside)
            if inside == defended:
                complete.append(inside)
    preferred = [s for s in admissible if not any(s < other for other in admissible)]
    stable = [s for s in preferred if s | {b for a, b in attacks if a in s} == set(range(size))]
    return {"grounded": [min(complete, key=len)], "preferred": preferred, "stable": stable}


def by_pyarg(size: int, attacks: Attacks) -> dict[Semantics, Extensions]:
    arguments = [Argument(str(x)) for x in range(size)]
    defeats = [Defeat(arguments[a], arguments[b]) for a, b in attacks]
    theirs = AbstractArgumentationFramework("", arguments, defeats)

    def plain(extensions: object) -> Extensions:
        return [frozenset(int(argument.name) for argument in one) for one in extensions]  # type: ignore[attr-defined]

    return {
        "grounded": plain([get_grounded_extension(theirs)]),
        "preferred": plain(get_preferred_extensions(theirs)),
        "stable": plain(get_stable_extensions(theirs)),
    }


def labels(size: int, attacks: Attacks, extensions: Extensions) -> list[int]:
    out = [{b for a, b in attacks if a in one} for one in extensions]
    return [
        IN if all(x in one for one in extensions) else OUT if all(x in hit for hit in out) else UNDECIDED
        for x in range(size)
    ]


def check(size: int, attacks: Attacks, expected: dict[Semantics, Extensions]) -> None:
    for semantics, extensions in expected.items():
        found = accepted(framework(size, attacks), semantics)
        assert not found.open.any()
        assert found.exists == bool(extensions)
        assert found.credulous.tolist() == [any(x in one for one in extensions) for x in range(size)]
        if extensions:
            assert found.labels.tolist() == labels(size, attacks, extensions), semantics


@settings(max_examples=250, deadline=None)
@given(frameworks())
def test_every_semantics_is_as_defined(drawn: tuple[int, Attacks]) -> None:
    check(*drawn, by_definition(*drawn))


@settings(max_examples=250, deadline=None)
@given(frameworks())
def test_every_semantics_agrees_with_pyarg(drawn: tuple[int, Attacks]) -> None:
    check(*drawn, by_pyarg(*drawn))


@settings(max_examples=100, deadline=None)
@given(frameworks(), st.data())
def test_rejected_from_the_start_is_as_attacked_by_somebody_unattacked(
    drawn: tuple[int, Attacks], data: st.DataObject
) -> None:
    size, attacks = drawn
    off = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    found = accepted(framework(size, attacks), "preferred", off=off)
    expected = accepted(framework(size + 1, [*attacks, *((size, x) for x in off)]), "preferred")
    assert found.labels.tolist() == expected.labels.tolist()[:size]
    assert found.credulous.tolist() == expected.credulous.tolist()[:size]


def test_a_chain_of_attacks_takes_linear_time() -> None:
    size = 200_000
    attacks = np.stack([np.arange(size - 1), np.arange(1, size)], axis=1).astype(np.int32)
    started = time.process_time()
    found = accepted(Framework(size, attacks))
    assert time.process_time() - started < 3
    assert (found.labels == IN).sum() == size // 2


def test_what_time_does_not_suffice_for_is_said() -> None:
    hard = np.random.default_rng(0).integers(0, 600, (6000, 2)).astype(np.int32)
    started = time.monotonic()
    found = accepted(Framework(600, hard), "preferred", seconds=0.3)
    assert time.monotonic() - started < 3
    assert found.open.all()
    assert (found.labels == UNDECIDED).all()


def test_without_clingo_grounded_works_and_the_rest_names_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "clingo", None)
    circle = framework(2, [(0, 1), (1, 0)])
    assert accepted(circle).labels.tolist() == [UNDECIDED, UNDECIDED]
    with pytest.raises(UsageError, match=r"pip install 'takhrij\[argument\]'"):
        accepted(circle, "preferred")
