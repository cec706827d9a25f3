"""What weighing says of a map, on small maps written for it, and beside PyArg's ASPIC+."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension
from py_arg.algorithms.semantics.get_preferred_extensions import get_preferred_extensions
from py_arg.aspic_classes.argumentation_system import ArgumentationSystem
from py_arg.aspic_classes.argumentation_theory import ArgumentationTheory
from py_arg.aspic_classes.defeasible_rule import DefeasibleRule
from py_arg.aspic_classes.literal import Literal

from takhrij.argue.frame import Frame, View
from takhrij.argue.reading import read
from takhrij.argue.semantics import IN, OUT, UNDECIDED, accepted
from takhrij.argue.theory import theory
from takhrij.argue.weigh import switches, weigh
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Edit, Node, Reason, Relation, Result, Scenario, Semantics

TOUCHING = """\
takhrij map 1
q1 question
  name: Does touching one's spouse void ablution?
  answers: it does | it does not
p1 position
  by: one school
  name: it does
  answers: it does
  question: q1
p2 position
  by: another school
  name: it does not
  answers: it does not
  question: q1
p3 position
  by: somebody
  name: it is disliked
f1 evidence
  dalil: quran
  refs: quran:5:6 | quran:4:43
f2 evidence
  report: bukhari:382
  refs: bukhari:382
f3 evidence
  report: bukhari:382
  refs: muslim:512 | bukhari:382
m1 meaning
  by: one school
  name: touching with the hand
  about: f1
m2 meaning
  by: another school
  name: intercourse
  about: f1
g1 grading
  by: al-Tirmidhi
  says "هذا حديث حسن وغريب"
  about: f3
o1 objection
  by: one school
  name: there was a cloth between
w1 answer
  by: another school
  name: the report does not say so
m1 supports p1
m2 supports p2
f2 supports p2
  by: another school
o1 undercuts (f2 supports p2)
w1 answers o1
"""


def results(given: ArgumentMap, *edits: Edit, semantics: Semantics = "grounded") -> dict[str, Result]:
    weighed = weigh(given, semantics=semantics, scenario=Scenario(edits=edits))
    return {one.node.label: one.result for one in weighed.conclusions}


def reject(target: str) -> Edit:
    return Edit(kind="reject", target=target)


@pytest.mark.parametrize("semantics", ["grounded", "preferred", "stable"])
def test_two_who_hold_otherwise_contest_each_other(semantics: Semantics) -> None:
    assert results(read(TOUCHING), semantics=semantics) == {
        "p1": "contested, unresolved in this map",
        "p2": "contested, unresolved in this map",
        "p3": "no support stated",
    }


def test_a_conclusion_loses_its_support_only_by_its_own_words_or_a_scenario() -> None:
    given = read(TOUCHING.replace("w1 answers o1\n", "m2 undermines/meaning f1\n"))
    assert results(given)["p1"] == "contested, unresolved in this map"
    own = {one.node.label: one.own for one in weigh(given).conclusions}
    assert own["p1"] == own["p2"] == "not contested in this map"
    assert results(given, reject("f1"))["p1"] == "loses its stated support"


def test_to_reject_a_report_is_to_reject_every_quotation_of_it() -> None:
    given = read(TOUCHING + "f3 supports p2\n  by: another school\n")
    weighed = weigh(given, scenario=Scenario(edits=(reject("f2"), reject("m2"))))
    assert {one.node.label for one in weighed.set_aside} == {"f2", "f3", "m2"}
    assert results(given, reject("f2"), reject("m2"))["p2"] == "loses its stated support"
    assert results(given, reject("bukhari:382"), reject("quran:4:43"))["p2"] == "loses its stated support"


@pytest.mark.parametrize("words", ["al-Tirmidhi: غريب", "al-tirmidhī: حَسَن", "AL TIRMIDHI: حسن غريب"])
def test_a_graders_words_reject_what_they_are_about(words: str) -> None:
    aside = weigh(read(TOUCHING), scenario=Scenario(edits=(reject(words),))).set_aside
    assert [one.node.label for one in aside] == ["f2", "f3"]
    assert aside[0].grade and aside[0].grade.text == "هذا حديث حسن وغريب"


@pytest.mark.parametrize("words", ["al-Tirmidhi: ريب", "Muslim: غريب", "f9", "al-Tirmidhi:"])
def test_what_the_map_does_not_have_is_said(words: str) -> None:
    with pytest.raises(UsageError, match="no such part"):
        weigh(read(TOUCHING), scenario=Scenario(edits=(reject(words),)))


def test_to_reread_evidence_leaves_one_meaning() -> None:
    given = read(TOUCHING)
    reread = Edit(kind="reread", target="f1", other="m2")
    assert results(given, reread)["p1"] == "loses its stated support"
    assert results(given, reread)["p2"] == "not contested in this map"
    with pytest.raises(UsageError, match="those stated: m1, m2"):
        results(given, Edit(kind="reread", target="f1", other="w1"))


def test_a_preference_counts_and_two_opposite_ones_cancel_out() -> None:
    given = read(TOUCHING)
    assert results(given, Edit(kind="prefer", target="p1", other="p2"))["p1"] == "not contested in this map"
    stated = read(TOUCHING + "p1 prefers p2\n")
    assert results(stated)["p1"] == "not contested in this map"
    assert results(stated)["p2"] == "contested, unresolved in this map"
    both = read(TOUCHING + "p1 prefers p2\np2 prefers p1\n")
    assert set(results(both).values()) == {"contested, unresolved in this map", "no support stated"}


def test_an_objection_counts_until_it_is_answered() -> None:
    alone = TOUCHING.replace("  answers: it does\n", "").replace("m2 supports p2\n", "")
    assert results(read(alone))["p2"] == "not contested in this map"
    assert results(read(alone), reject("w1"))["p2"] == "contested, unresolved in this map"
    assert results(read(alone.replace("w1 answers o1\n", "")))["p2"] == "contested, unresolved in this map"


def reasons(given: ArgumentMap, label: str) -> dict[str, Reason]:
    (found,) = (one for one in weigh(given).conclusions if one.node.label == label)
    return {reason.kind: reason for reason in found.why}


def test_the_reasons_name_what_is_behind_a_result() -> None:
    found = reasons(read(TOUCHING), "p2")
    assert set(found) == {"holds otherwise", "answered", "rests on"}
    assert [node.label for node in found["rests on"].nodes] == ["f2", "f1"]
    assert found["holds otherwise"].speaker == "one school"
    assert [node.label for node in found["answered"].by] == ["w1"]


def test_the_smallest_rejections_are_found_and_are_smallest() -> None:
    alone = read(TOUCHING.replace("  answers: it does\n", ""))
    (p2,) = (one for one in weigh(alone).conclusions if one.node.label == "p2")
    assert [(set(one.evidence), one.result) for one in p2.rejections] == [
        ({"f1", "f2"}, "loses its stated support")
    ]
    assert p2.every_rejection


def test_each_piece_of_evidence_knows_what_changes_without_it() -> None:
    given = read(TOUCHING)
    names = {node.id: node.label for node in given.nodes}
    found = switches(given)
    assert found.evidence == (("f1",), ("f2", "f3"))
    told = {off: {names[id]: result for id, result in of.items()} for off, of in found.results.items()}
    kept, lost = "not contested in this map", "loses its stated support"
    assert {off: (of["p1"], of["p2"]) for off, of in told.items()} == {
        (): ("contested, unresolved in this map",) * 2,
        (0,): (lost, kept),
        (1,): ("contested, unresolved in this map",) * 2,
        (0, 1): (lost, lost),
    }


def test_a_circle_supports_nothing() -> None:
    circle = read(
        "takhrij map 1\ns1 statement\n  name: a\ns2 statement\n  name: b\ns1 supports s2\ns2 supports s1\n"
    )
    assert set(results(circle).values()) == {"no support stated"}
    assert set(reasons(circle, "s1")) == {"in a circle"}
    founded = read(
        "takhrij map 1\ns1 statement\n  name: a\ns2 statement\n  name: b\nf1 evidence\n"
        "s1 supports s2\ns2 supports s1\nf1 supports s1\n"
    )
    assert set(results(founded).values()) == {"not contested in this map"}
    assert set(results(founded, reject("f1")).values()) == {"loses its stated support"}


def test_the_map_is_left_as_it_is_and_speakers_are_known() -> None:
    given = read(TOUCHING)
    before = read(TOUCHING)
    weigh(given, scenario=Scenario(edits=(reject("f1"),)))
    assert given == before
    assert [one.node.label for one in weigh(given, speaker="one school").conclusions] == ["p1"]
    with pytest.raises(UsageError, match="one school, another school, somebody"):
        weigh(given, speaker="a third school")


def test_what_time_does_not_suffice_for_is_said() -> None:
    late = weigh(read(TOUCHING), semantics="preferred", seconds=0.0)
    assert "undecided in time" in {one.result for one in late.conclusions}


# ---------------------------------------------------------------- beside PyArg

_STATEMENTS = 5


@st.composite
def small_maps(draw: st.DrawFn) -> ArgumentMap:
    """Premises e0-e2 and statements s0-s4 with steps between them, and attacks of each kind."""
    names = [*(f"e{i}" for i in range(3)), *(f"s{i}" for i in range(_STATEMENTS))]
    nodes = tuple(
        Node(id=name, label=name, kind="evidence" if name[0] == "e" else "statement") for name in names
    )
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names[3:])).filter(lambda p: p[0] != p[1])
    steps = draw(st.lists(pair, min_size=1, max_size=7, unique=True))
    relations = [Relation(id=f"l{i}", kind="supports", subject=a, object=b) for i, (a, b) in enumerate(steps)]
    attack = st.tuples(st.sampled_from(names), st.sampled_from(names))
    for i, (a, b) in enumerate(draw(st.lists(attack, max_size=3, unique_by=frozenset))):
        relations.append(Relation(id=f"u{i}", kind="undermines", subject=a, object=b))
    undercut = st.tuples(st.sampled_from(names), st.integers(0, len(steps) - 1))
    for i, (a, step) in enumerate(draw(st.lists(undercut, max_size=2))):
        relations.append(Relation(id=f"c{i}", kind="undercuts", subject=a, object=f"l{step}"))
    return ArgumentMap(nodes=nodes, relations=tuple(relations))


def by_pyarg(given: ArgumentMap) -> dict[Semantics, dict[str, int]]:
    """The label of each node: IN where every extension has an argument for it, OUT where each attacks all."""
    supports = [link for link in given.relations if link.kind == "supports"]
    names = [*(node.id for node in given.nodes), *(link.id for link in supports)]
    literals = {name: Literal(name) for name in names}
    contraries: dict[str, set[Any]] = {name: set() for name in names}
    for link in given.relations:
        if link.kind != "supports":
            contraries[link.object].add(literals[link.subject])
    rules = [DefeasibleRule(link.id, {literals[link.subject]}, literals[link.object]) for link in supports]
    system = ArgumentationSystem(literals, contraries, [], rules, add_defeasible_rule_literals=False)
    derived = {link.object for link in supports}
    premises = [literals[node.id] for node in given.nodes if node.id not in derived]
    theirs = ArgumentationTheory(system, [], premises)
    framework = theirs.create_abstract_argumentation_framework("")
    arguments = {node.id: [one.name for one in theirs.arguments[literals[node.id]]] for node in given.nodes}
    extensions = {
        "grounded": [get_grounded_extension(framework)],
        "preferred": get_preferred_extensions(framework),
    }
    found: dict[Semantics, dict[str, int]] = {}
    for semantics, several in extensions.items():
        inside = [{argument.name for argument in one} for one in several]
        hit = [
            {defeat.to_argument.name for defeat in framework.defeats if defeat.from_argument.name in one}
            for one in inside
        ]
        found[semantics] = {  # type: ignore[index]
            id: IN
            if all(one & {*own} for one in inside)
            else OUT
            if all({*own} <= one for one in hit)
            else UNDECIDED
            for id, own in arguments.items()
        }
    return found


@settings(max_examples=100, deadline=None)
@given(small_maps())
def test_steps_and_attacks_are_accepted_as_in_aspic(given: ArgumentMap) -> None:
    for semantics, expected in by_pyarg(given).items():
        assert labels(given, semantics) == expected, semantics


def labels(map: ArgumentMap, semantics: Semantics) -> dict[str, int]:
    frame = Frame(theory(map))
    view = View(frame, [*range(frame.size)])
    found = accepted(view.framework, semantics).labels
    return {node.id: -int(found[frame.lack[node.id]]) for node in map.nodes}
