"""What a report, a reference or a claim cites, as `Citation`s."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij import sources
from takhrij.errors import UsageError
from takhrij.model import Citation, Finding, Report, Source, SourceMatch
from takhrij.report import phrases
from takhrij.report.coverage import named_collections


def citations(report: Report) -> tuple[Citation, ...]:
    """What the quotations of a report are cited from, in the order of the text.

    Of a verse the place that the text names, or every one that has its words; of a report the first-ranked
    record of each collection that the text names, or the first-ranked of all. What was not matched has
    none.
    """
    return tuple(one for finding in report.findings for one in of_finding(finding))


def of_finding(finding: Finding) -> Iterator[Citation]:
    """The like for one quotation."""
    if finding.status != "matched" or not finding.sources:
        return
    cited = _verses(finding) if finding.kind == "quran" else _records(finding)
    for source in cited:
        yield Citation(
            ref=source.ref,
            source=work(source),
            number=phrases.source_number(source),
            book=source.book,
            finding=finding.label,
        )


def work(match: SourceMatch) -> Source:
    """The reference work of a match; what the match says of it where it is not known here."""
    try:
        return sources.get(match.source)
    except UsageError:
        return Source(
            id=match.source,
            kind="quran" if match.source == "quran" else "report",
            title=match.title,
            title_arabic=match.title,
            author="",
            edition=match.edition,
            numbering=match.numbering,
            licence="",
            provenance="",
            coverage="partial",
            held=0,
        )


def _verses(finding: Finding) -> list[SourceMatch]:
    named = any(claim.kind == "reference" and claim.check == "agrees" for claim in finding.claims)
    return [finding.sources[0]] if named else phrases.identical(finding.sources)


def _records(finding: Finding) -> list[SourceMatch]:
    named = named_collections(finding)
    firsts = (next((s for s in finding.sources if s.source == name), None) for name in named)
    return [source for source in firsts if source is not None] or [finding.sources[0]]
