"""Conditions of positions, and maps side by side."""

from __future__ import annotations

import pytest

from takhrij.argue.compare import compare
from takhrij.argue.conditions import conditions
from takhrij.argue.reading import read
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap
from takhrij.report.maps.beside import comparison_text, conditions_text

TOUCHING = """\
takhrij map 1
q1 question
  name: Does touching void ablution?
p1 position
  by: the book > Mālik
  says 0-9 "it does so"
  question: q1
  answers: it does
p2 position
  by: the book > al-Shaʿbī
  says 20-31 "it does not"
  question: q1
  answers: it does not
c1 condition
  by: the book > Mālik
  says 10-24 "if with desire"
  of: p1
c2 condition
  by: the book > Mālik
  says 30-40 "skin to skin"
  of: p1
x1 exception
  by: the book > Ibn al-Qāsim
  says 50-60 "not a child"
  of: c1
k1 case
  by: the book
  says 70-80 "a thin cover"
f1 evidence
  dalil: quran
  says 81-90 "you touched"
  refs: quran:5:6
m1 meaning
  by: the book > Mālik
  says 91-95 "hand"
  about: f1
r1 ratio
  by: the book > Mālik
  says 96-99 "desire"

f1 supports p1
k1 undercuts/farq (f1 supports p1)
"""
OTHER = """\
takhrij map 1
p1 position
  by: another book
  says "it never does"
  answers: it does not
d7 evidence
  dalil: quran
  says "أو لامستم"
  report: quran:5:6
m1 meaning
  by: another book
  says "intercourse"
  about: d7
d8 evidence
  dalil: report
  says "he prayed and did not perform ablution"
  refs: tirmidhi:86
r1 ratio
  by: another book
  says "relieving oneself"

d7 supports p1
d8 supports p1
d8 prefers d7
  by: another book
  ground "it is plainer"
"""


def maps() -> list[ArgumentMap]:
    return [read(TOUCHING), read(OTHER)]


def test_a_position_leaves_open_what_is_stated_of_it_and_not_ticked() -> None:
    first, second = conditions(read(TOUCHING), ["c1"])
    assert (first.ticked, first.open) == (("c1",), ("c2",))
    assert (second.ticked, second.open, second.limits) == ((), (), ())
    text = conditions_text(read(TOUCHING), (first, second))
    assert (
        "of p1, held by Mālik (in the book), conditions are stated: c1 and c2; ticked: c1; open: c2" in text
    )
    assert (
        "p2 al-Shaʿbī (in the book) holds: “it does not” (20-31)\n  no conditions stated in this map" in text
    )


def test_an_exception_to_a_condition_stands_under_it() -> None:
    (first, _) = conditions(read(TOUCHING))
    assert [limit.node.label for limit in first.limits] == ["c1", "c2"]
    assert [limit.node.label for limit in first.limits[0].limits] == ["x1"]


def test_what_is_told_apart_from_what_a_position_rests_on_is_listed_with_it() -> None:
    first, second = conditions(read(TOUCHING))
    assert [link.manner for link in first.distinctions] == ["farq"] and not second.distinctions
    assert "the book: k1 a relevant difference (farq) f1 supports p1" in conditions_text(
        read(TOUCHING), [first]
    )


@pytest.mark.parametrize("name", ["p1", "the traveller", "c9"])
def test_only_what_the_map_quotes_as_a_condition_can_be_ticked(name: str) -> None:
    with pytest.raises(UsageError, match=r"is no condition or exception of this map.*c1, c2, x1"):
        conditions(read(TOUCHING), [name])


def test_conditions_that_limit_one_another_end() -> None:
    circle = "takhrij map 1\np1 position\nx1 exception\n  of: p1 x2\nx2 exception\n  of: x1\n"
    (found,) = conditions(read(circle))
    assert found.limits[0].limits[0].node.label == "x2" and not found.limits[0].limits[0].limits


def test_the_same_verse_is_shared_whoever_quotes_it_and_read_in_different_meanings() -> None:
    found = compare(maps(), ["one", "two"])
    (verse,) = found.shared
    assert (verse.name, verse.opposite) == ("quran:5:6", True)
    assert [[node.label for node in use.positions] for use in verse.uses] == [["p1"], ["p1"]]
    assert [piece.name for piece in found.alone] == ["tirmidhi:86"]


def test_evidence_used_alike_is_not_said_to_be_read_apart() -> None:
    found = compare([read(OTHER), read(OTHER)], ["one", "two"])
    assert [(piece.name, piece.opposite) for piece in found.shared] == [
        ("quran:5:6", False),
        ("tirmidhi:86", False),
    ]
    assert not found.alone and not found.ratios_differ


def test_ratios_that_differ_and_who_prefers_what_are_said_with_their_speakers() -> None:
    text = comparison_text(maps(), compare(maps(), ["one", "two"]))
    assert "Ratios stated (ʿilla): these differ" in text
    assert "Mālik (in the book) gives as the ratio: “desire”" in text
    assert "another book: d8 preferred to (tarjīḥ) d7 “it is plainer”" in text
    assert "leads to p1 of Mālik (in the book)" in text


def test_one_map_is_nothing_to_compare() -> None:
    with pytest.raises(UsageError, match="two maps or more"):
        compare([read(OTHER)], ["one"])


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("tirmidhi:86 | abu-dawud:178", "abu-dawud:178 | tirmidhi:86", True),  # traced in another order
        ("tirmidhi:86 | abu-dawud:178", "abu-dawud:178", True),  # one place, named by hand
        ("tirmidhi:86 | abu-dawud:178", "abu-dawud:179 | abu-dawud:178", False),  # some words in common
        ("tirmidhi:86", "abu-dawud:178", False),
    ],
)
def test_one_report_is_counted_once_whichever_place_comes_first(one: str, other: str, together: bool) -> None:
    given = [read(f"takhrij map 1\nd1 evidence\n  refs: {refs}\n") for refs in (one, other)]
    found = compare(given, ["one", "two"])
    assert (len(found.shared), len(found.alone)) == ((1, 0) if together else (0, 2))


def test_evidence_that_shows_two_others_to_be_one_joins_them() -> None:
    refs = ("muslim:1", "bukhari:1", "bukhari:1 | muslim:1")
    given = [read(f"takhrij map 1\nd1 evidence\n  refs: {each}\n") for each in refs]
    (piece,) = compare(given, ["one", "two", "three"]).shared
    assert [use.map for use in piece.uses] == [0, 1, 2]
