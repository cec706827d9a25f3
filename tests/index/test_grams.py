"""Postings: every place of every word sequence that is rare enough, and no other."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.index import grams

SMALL_CAPS = (0, 0, 1, 2, 2, 3, 3, 4)
WORDS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4).map(bool)), max_size=60)
QUERY = st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 4).map(bool)), max_size=30)


def stream(words: list[tuple[int, bool]]) -> tuple[list[int], list[bool]]:
    """Word ids, and whether each runs on into the next: the last one does not."""
    ids = [number for number, _ in words]
    return ids, [runs_on for _, runs_on in words[:-1]] + [False] * bool(words)


def levels_of(ids: list[int], runs_on: list[bool]) -> tuple[grams.Level, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "CAPS", SMALL_CAPS)
        return tuple(grams.build(np.array(ids, np.uint32), np.array(runs_on, np.bool_)))


def places_of(ids: list[int], runs_on: list[bool]) -> dict[tuple[int, ...], list[int]]:
    """Where each sequence of 2 to 7 words stands inside one passage."""
    found = defaultdict(list)
    for length in range(2, grams.LEVELS + 1):
        for start in range(len(ids) - length + 1):
            if all(runs_on[start : start + length - 1]):
                found[tuple(ids[start : start + length])].append(start)
    return found


def looked_up(
    ids: list[int], runs_on: list[bool], words: list[int], joined: list[bool]
) -> set[tuple[int, int, int]]:
    """The slow way: for each word of a text the shortest sequence from it on that is rare enough."""
    places = places_of(ids, runs_on)
    found = set()
    for start in range(len(words)):
        for length in range(2, grams.LEVELS + 1):
            sequence = tuple(words[start : start + length])
            if (
                len(sequence) < length
                or not all(joined[start : start + length - 1])
                or sequence not in places
            ):
                break
            if len(places[sequence]) <= SMALL_CAPS[length]:
                found |= {(start, place, length) for place in places[sequence]}
                break
    return found


def hits_of(
    levels: tuple[grams.Level, ...], words: list[int], joined: list[bool]
) -> list[tuple[int, int, int]]:
    hits = grams.look_up(levels, np.array(words, np.int64), np.array(joined, np.bool_))
    return list(zip(hits.text.tolist(), hits.source.tolist(), hits.length.tolist(), strict=True))


@given(source=WORDS, text=QUERY)
def test_look_up_gives_every_listed_place_once_and_nothing_false(
    source: list[tuple[int, bool]], text: list[tuple[int, bool]]
) -> None:
    ids, runs_on = stream(source)
    words, joined = stream(text)
    hits = hits_of(levels_of(ids, runs_on), words, joined)
    assert len(hits) == len(set(hits))
    assert set(hits) == looked_up(ids, runs_on, words, joined)


@given(source=WORDS)
def test_build_counts_every_place_and_lists_those_under_the_cap(source: list[tuple[int, bool]]) -> None:
    ids, runs_on = stream(source)
    places = places_of(ids, runs_on)
    levels = levels_of(ids, runs_on)
    assert [level.length for level in levels] == list(range(2, grams.LEVELS + 1))
    for level in levels:
        assert (np.diff(level.keys.astype(np.float64)) > 0).all()
        expected = {
            tuple(at): sequence
            for sequence, at in places.items()
            if len(sequence) == level.length
            and all(len(places[sequence[:short]]) > SMALL_CAPS[short] for short in range(2, level.length))
        }
        assert sorted(level.counts.tolist()) == sorted(len(at) for at in expected)
        listed = {
            tuple(level.positions[level.starts[key] : level.starts[key + 1]].tolist())
            for key in range(len(level.keys))
        } - {()}
        assert listed == {at for at in expected if len(at) <= SMALL_CAPS[level.length]}


@given(source=WORDS, other=st.lists(st.integers(0, 5), min_size=60, max_size=60), text=QUERY)
def test_pairs_are_found_in_either_spelling(
    source: list[tuple[int, bool]], other: list[int], text: list[tuple[int, bool]]
) -> None:
    ids, runs_on = stream(source)
    variants = [
        second if place % 3 == 0 else first
        for place, (first, second) in enumerate(zip(ids, other, strict=False))
    ]
    words, joined = stream(text)
    level = grams.pairs_of_spellings(
        np.array(ids, np.uint32), np.array(variants, np.uint32), np.array(runs_on, np.bool_)
    )
    expected = {
        (at, place, 2)
        for at in range(len(words) - 1)
        for place in range(len(ids) - 1)
        if joined[at]
        and runs_on[place]
        and words[at] in (ids[place], variants[place])
        and words[at + 1] in (ids[place + 1], variants[place + 1])
    }
    hits = hits_of((level,), words, joined)
    assert len(hits) == len(set(hits))
    assert set(hits) == expected
