"""The generator of the corpus benchmarks plants what it says, and its count of what is recovered is right."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import planted

TEXT, PLANTED = planted.text(3, 288)


def test_the_same_seed_gives_the_same_text() -> None:
    assert planted.text(3, 288) == (TEXT, PLANTED)
    assert planted.text(4, 288)[0] != TEXT


def test_every_sort_is_planted_where_it_is_said_to_be() -> None:
    assert len({(one.kind, one.words, one.damage, one.presented) for one in PLANTED}) == 144
    for one in PLANTED:
        assert (TEXT[one.start : one.end] == one.exact) or one.damage != "exact"
        assert len(one.exact.split()) == one.words


@pytest.mark.parametrize(("damage", "least", "most"), [("one in four", 1, 5), ("one in eight", 1, 3)])
def test_damage_changes_so_many_words_and_neither_end(damage: str, least: int, most: int) -> None:
    words = [f"{letter}لم" for letter in "ابتثجحخدذرزسشصضطظعغف"]
    for seed in range(20):
        said = planted.damaged(words, damage, random.Random(seed)).split()
        assert (said[0], said[-1]) == (words[0], words[-1])
        assert least <= len(set(words) - set(said)) <= most


def test_what_is_exact_and_announced_is_recovered() -> None:
    findings = planted.found(TEXT, full=False)
    told = list(zip(PLANTED, planted.recovered(PLANTED, findings), strict=True))
    plain = [found for one, found in told if one.damage == "exact" and one.presented == "words and marks"]
    assert sum(plain) >= 0.85 * len(plain)
    assert not any(planted.recovered(PLANTED, []))
    ours = next(one for one in PLANTED if one.kind == "quran" and one.damage == "exact")
    assert not all(planted.recovered([ours._replace(ref="quran:0:0", exact="كلام آخر")], findings))
