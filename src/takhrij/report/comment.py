"""What is said of a finding in a margin, a footnote or an annotation, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from takhrij.model import Finding, SourceMatch
from takhrij.report import phrases
from takhrij.report.blocks import FEW_SOURCES, MOST_CHANGES
from takhrij.report.clean import for_page, one_line
from takhrij.report.coverage import unmatched
from takhrij.report.words import words


def comment(finding: Finding) -> list[str]:
    """The match in words, whose words they are, the first few sources with what differs, the claims."""
    return [for_page(one_line(line)) for line in _lines(finding)]


def match_line(finding: Finding) -> str:
    """Label, sign and words: "f1 ✓ same words"."""
    return f"{finding.label} {phrases.sign(phrases.look(finding))} {phrases.match_words(finding)}"


def source_line(source: SourceMatch, kind: str, *, edition: bool = True) -> str:
    """Citation (with numbering and edition), the record's ref, and how the quotation stands to it."""
    citation = phrases.cite_full(source) if edition else phrases.cite(source)
    cited = words().say("cite.record", citation=citation, ref=source.ref)
    return f"{cited}: {phrases.look_words(phrases.look_of(source), kind, source)}"


def differences(source: SourceMatch, kind: str) -> list[str]:
    """What differs from a source, what it has before and after, and the words on record about it."""
    said = phrases.changes_words(source.changes, MOST_CHANGES) + phrases.around(source, kind)
    return said + [phrases.graded(grade) for grade in source.grades]


def claim_lines(finding: Finding) -> list[str]:
    """What the text says of the quotation, each with its check."""
    w = words()
    return [f"{w.say(f'check_sign.{claim.check}')} {phrases.claim_words(claim)}" for claim in finding.claims]


def _lines(finding: Finding) -> Iterator[str]:
    w = words()
    yield match_line(finding)
    if finding.status != "matched":
        yield unmatched(finding)
        if finding.nearest:
            yield w.say("status.nearest")
    if said := phrases.attribution(finding):
        yield said
    sources = finding.sources or finding.nearest
    for source in sources[:FEW_SOURCES]:
        yield f"• {source_line(source, finding.kind, edition=False)}"
        yield from (f"– {line}" for line in differences(source, finding.kind))
    if len(sources) > FEW_SOURCES:
        yield w.say("label.more_sources", count=len(sources) - FEW_SOURCES)
    yield from claim_lines(finding)
    yield from _editions(sources[:FEW_SOURCES])


def _editions(sources: Sequence[SourceMatch]) -> Iterator[str]:
    """Each edition once, with the works that are of it and how they count."""
    w = words()
    works: dict[str, dict[str, None]] = {}
    for source in sources:
        title, numbering = phrases.source_title(source), phrases.numbering(source.numbering)
        said = w.say("cite.full_plain", citation=title, numbering=numbering) if numbering else title
        works.setdefault(source.edition, {})[said] = None
    for edition, titles in works.items():
        listed = w.say("join.semicolon").join(titles)
        yield w.say("cite.full_edition", citation=listed, edition=edition) if edition else listed
