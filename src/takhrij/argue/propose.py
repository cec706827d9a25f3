"""A report comes in; what its text argues from goes out, as a map whose every part is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from takhrij.argue.furu import apart
from takhrij.argue.links import linked
from takhrij.argue.roles import Played, played
from takhrij.argue.units import Unit, units
from takhrij.argue.weave import agents
from takhrij.find.speech import speech
from takhrij.model import (
    THE_TEXT,
    ArgumentMap,
    Dalil,
    Finding,
    Node,
    Quote,
    Report,
    Span,
    Structure,
    Tie,
    labelled,
    node_id,
    replace,
    sha256,
)
from takhrij.read.structure import structure
from takhrij.text import Simple, simple
from takhrij.trace.grading import OWN

_LEAST_ASKED = 8  # code points of a heading that asks something


def propose(report: Report) -> ArgumentMap:
    """What a text argues, as far as its cues show: questions, rulings, reasons, limits, objections, cases.

    Evidence that is quoted is the findings, with the words on record about them.
    """
    text = report.document.text
    plain = simple(text)
    built = structure(report.document, plain)
    discourse = speech(report.document, built, plain, told=True)
    legal = built.genre == "legal_work"
    clauses = units(report, built, discourse, plain)
    if legal:
        clauses = apart(text, plain, clauses)
    reports = reports_of(report.findings)
    shown = distinct(evidence(finding, reports.get(finding.id)) for finding in report.findings)
    graded = [
        grading
        for finding, node in zip(report.findings, shown, strict=True)
        for grading in gradings(finding, node.id)
    ]
    found = dict(zip((finding.id for finding in report.findings), shown, strict=True))
    parts = _in_order(text, plain, clauses, found, legal)
    asked = distinct((*_questions(text, built), *_disputed(parts)))
    made = linked(parts, asked)
    for agent, position in agents(parts):
        made.nodes.setdefault(agent.id, agent)
        made.relate("holds", agent, position)
    return ArgumentMap(
        document=report.document.name.replace("\\", "/").rpartition("/")[2],
        text_sha256=sha256(text),
        fingerprint=report.fingerprint,
        version=report.version,
        nodes=labelled((*made.nodes.values(), *distinct(graded))),
        relations=tuple(made.relations.values()),
    )


def _in_order(
    text: str, plain: Simple, clauses: list[Unit], shown: dict[str, Node], legal: bool
) -> list[Played]:
    """All parts by their place, the findings among them; nodes that say the same again are numbered."""
    parts = list(played(text, plain, clauses, legal))
    for unit in clauses:
        parts += [Played(shown[finding.id], unit) for finding in unit.findings if finding.id in shown]
    parts.sort(
        key=lambda part: part.node.quote.span if part.node.quote and part.node.quote.span else Span(0, 0)
    )
    return [
        Played(node, part.unit) for node, part in zip(distinct(p.node for p in parts), parts, strict=True)
    ]


def _disputed(parts: list[Played]) -> Iterator[Node]:
    """The questions that a text says are disputed, and those that it asks itself."""
    for node in (part.node for part in parts):
        if node.kind == "disputed" and node.quote:
            yield replace(node, id=node_id("question", node.quote, node.speakers), kind="question")
        elif node.kind == "question":
            yield node


def _questions(text: str, built: Structure) -> Iterator[Node]:
    """The parts of the questions that are asked, and the headings of the questions of a legal work."""
    for section in built.root.walk():
        span = section.span if section.role == "question_part" else None
        if section.role in ("question", "masala") and not any(section.of_role("question_part")):
            span = section.title or (section.span if section.role == "question" else None)
        if span and len(text[span.start : span.end].strip(" :؛.\n[]")) > _LEAST_ASKED:
            quote = Quote(text=text[span.start : span.end], span=span)
            by = ("the question",) if section.role != "masala" else (THE_TEXT,)
            yield Node(id=node_id("question", quote, by), kind="question", quote=quote, speakers=by)


def reports_of(findings: Iterable[Finding]) -> dict[str, str]:
    """By a finding's id a ref that names its verse or report: the same for all that quote versions of one."""
    named: dict[str, str] = {}
    named_by: dict[str, str] = {}  # a version's ref: the name of its report
    for finding in findings:
        if not finding.sources:
            continue
        best = finding.sources[0]
        versions = [best.renders or best.ref]
        if best.report:  # the group of one finding: the same id in another one is another group
            versions += [source.ref for source in finding.sources if source.report == best.report]
        name = next((named_by[ref] for ref in versions if ref in named_by), versions[0])
        named[finding.id] = name
        named_by.update(dict.fromkeys(versions, name))
    return named


def evidence(finding: Finding, report: str | None) -> Node:
    """A finding as a piece of evidence; `report` names the verse or report that it quotes."""
    quote = Quote(text=finding.text, span=finding.span)
    dalil: Dalil = "quran" if finding.kind == "quran" else "report"
    if finding.kind == "report" and finding.attributed_to in ("companion", "successor"):
        dalil = "companion"
    return Node(
        id=node_id("evidence", quote, finding.speakers),
        kind="evidence",
        label=finding.label,
        quote=quote,
        speakers=finding.speakers,
        cue=finding.introduced_by,
        dalil=dalil,
        finding=finding.id,
        report=report,
        refs=tuple(source.ref for source in finding.sources),
    )


def gradings(finding: Finding, of: str) -> list[Node]:
    """The words of graders on record about a finding's report, each once, and about nothing else."""
    said = {
        (grade.grader, grade.words, grade.ref): grade
        for source in finding.sources
        for grade in source.grades
        if grade.about in OWN
        and len(grade.words) == grade.source_span.end - grade.source_span.start  # else a fact, nobody's words
    }
    made = []
    for grade in said.values():
        quote = Quote(text=grade.words, span=grade.source_span, source=grade.ref)
        ties = (Tie(role="about", to=of),)
        made.append(
            Node(
                id=node_id("grading", quote, (grade.grader,), grade.ref),
                kind="grading",
                quote=quote,
                speakers=(grade.grader,),
                ties=ties,
            )
        )
    return made


def distinct(nodes: Iterable[Node]) -> list[Node]:
    """The nodes with ids that differ: the same words of the same speaker, said again, are numbered."""
    seen: Counter[str] = Counter()
    result = []
    for node in nodes:
        seen[node.id] += 1
        result.append(node if seen[node.id] == 1 else replace(node, id=f"{node.id}-{seen[node.id]}"))
    return result
