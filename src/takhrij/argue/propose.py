"""A report comes in; what its text argues from goes out, as a map whose every part is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from takhrij.model import ArgumentMap, Dalil, Finding, Node, Quote, Report, Tie, labelled, node_id, sha256


def propose(report: Report) -> ArgumentMap:
    """The evidence of a text: every quotation that it presents, with the words on record about it."""
    reports = reports_of(report.findings)
    shown = distinct(evidence(finding, reports.get(finding.id)) for finding in report.findings)
    graded = [
        grading
        for finding, node in zip(report.findings, shown, strict=True)
        for grading in gradings(finding, node.id)
    ]
    return ArgumentMap(
        document=report.document.name,
        text_sha256=sha256(report.document.text),
        fingerprint=report.fingerprint,
        version=report.version,
        nodes=labelled(distinct((*shown, *graded))),
    )


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
    """The words of graders on record about a finding, each once."""
    said = {
        (grade.grader, grade.words, grade.ref): grade
        for source in finding.sources
        for grade in source.grades
        if len(grade.words) == grade.source_span.end - grade.source_span.start  # else a fact, nobody's words
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
