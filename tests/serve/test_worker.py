"""The index of a running server is that of the sources that are there."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest

from takhrij import index
from takhrij.index import open_index
from takhrij.serve.worker import _Sources


def test_sources_are_looked_at_anew_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, now = itertools.count(1), 100.0
    monkeypatch.setattr(index, "open_index", lambda: next(numbers))
    monkeypatch.setattr(time, "monotonic", lambda: now)
    sources: Any = _Sources()
    assert [sources.index(), sources.index()] == [1, 1]
    now += 1.1
    assert sources.index() == 2


def test_an_index_that_is_held_is_given_without_a_look() -> None:
    first: Any = open_index()
    other: Any = object()
    with index.held(other):
        assert open_index() is other
    assert open_index() is first
