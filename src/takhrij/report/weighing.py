"""Weighings of a map under scenarios come in; lines for a terminal go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from takhrij.argue.notice import NOTICE
from takhrij.model import Conclusion, Edit, Reason, Scenario, Shown, Weighing
from takhrij.report.clean import isolated, one_line
from takhrij.report.maps.graph import speaker
from takhrij.report.phrases import quoted
from takhrij.report.words import words


def to_text(given: Sequence[Weighing]) -> str:
    """Each conclusion with its result: of the map as it is, and beside it of each scenario."""
    return "\n".join(isolated(line) for line in _lines(given)) + "\n"


def scenario_name(scenario: Scenario) -> str:
    """What a scenario is called: its name, or its edits."""
    return scenario.name or ", ".join(map(_edit, scenario.edits)) or words().say("weigh.as_it_is")


def _lines(given: Sequence[Weighing]) -> Iterator[str]:
    w = words()
    first = given[0]
    yield NOTICE
    yield w.say("weigh.semantics", semantics=first.semantics)
    if first.proposed:
        yield w.say("weigh.proposed", n=first.proposed)
    for weighing in given[1:]:
        yield ""
        yield one_line(w.say("weigh.under", name=scenario_name(weighing.scenario)))
        if weighing.scenario.name:
            edits = ", ".join(map(_edit, weighing.scenario.edits))
            yield f"  {one_line(w.say('weigh.scenario', edits=edits))}"
        yield from (f"  {one_line(line)}" for line in _aside(weighing))
    if not first.conclusions:
        yield w.say("weigh.nothing")
    for row in zip(*(weighing.conclusions for weighing in given), strict=True):
        yield ""
        yield one_line(w.say("weigh.conclusion", speaker=speaker(row[0].node), node=_node(row[0].node)))
        yield from _results(row, [scenario_name(weighing.scenario) for weighing in given])


def _results(row: Sequence[Conclusion], names: Sequence[str]) -> Iterator[str]:
    """One conclusion under each scenario; the reasons again only where they differ from the first's."""
    w = words()
    for place, (conclusion, name) in enumerate(zip(row, names, strict=True)):
        who = speaker(conclusion.node)
        result = w.say("weigh.result", speaker=who, result=conclusion.result)
        yield f"  {one_line(result if len(row) == 1 else f'{name}: {result}')}"
        if place and conclusion.why == row[0].why:
            continue
        yield from (f"    {one_line(_why(reason))}" for reason in conclusion.why)
        if conclusion.own != conclusion.result:
            yield f"    {one_line(w.say('weigh.own', speaker=who, result=conclusion.own))}"
        for rejection in conclusion.rejections:
            evidence = w.listed(rejection.evidence)
            yield f"    {one_line(w.say('weigh.rejection', evidence=evidence, result=rejection.result))}"
        if not conclusion.every_rejection:
            yield f"    {w.say('weigh.more')}"


def _why(reason: Reason) -> str:
    key = reason.kind.replace(" ", "_")
    if reason.kind == "answered" and not reason.by:
        key = "answered_alone"
    w = words()
    nodes, by = w.listed(map(_node, reason.nodes)), w.listed(one.label for one in reason.by)
    return w.say(f"weigh.why.{key}", nodes=nodes, by=by, speaker=_whose(reason))


def _whose(reason: Reason) -> str:
    """Whose the words are, and who sets them against the conclusion where that is somebody else."""
    w = words()
    whose = reason.nodes[0].speakers[-1:] if reason.nodes else ()
    if not whose or not reason.speaker or reason.speaker == whose[0]:
        return "".join(whose) or reason.speaker or w.say("map.text")
    return w.say("weigh.set_by", speaker=whose[0], by=reason.speaker)


def _node(node: Shown) -> str:
    w = words()
    said = w.say("weigh.node", label=node.label, text=quoted(node.text)) if node.text else node.label
    place = node.source or node.report
    return w.say("weigh.place", node=said, source=place) if place else said


def _aside(weighing: Weighing) -> Iterator[str]:
    w = words()
    for one in weighing.set_aside:
        if one.grade:
            yield w.say("weigh.aside_graded", node=_node(one.node), edit=one.edit, grade=_node(one.grade))
        else:
            yield w.say("weigh.aside", node=_node(one.node), edit=one.edit)


def _edit(edit: Edit) -> str:
    return words().say(f"weigh.edit.{edit.kind}", target=edit.target, other=edit.other or "")
