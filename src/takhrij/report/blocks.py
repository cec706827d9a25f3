"""What a report shows in a terminal, as rich renderables: header, summary, then each finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from takhrij.model import THE_TEXT, Claim, Finding, Report, Searched, SourceMatch
from takhrij.report import coverage, phrases
from takhrij.report.aligned import Piece, finding_pieces
from takhrij.report.clean import one_line
from takhrij.report.summary import summary_lines
from takhrij.report.words import words

FEW_SOURCES = 3
MOST_CHANGES = 8
NEAR = 0.6  # share of the words from which it is told where the nearest, which is no match, differs
MOST_ALSO = 12
STYLES = {
    "same": "green",
    "part": "green",
    "spelling": "cyan",
    "reading": "cyan",
    "different": "cyan",
    "by_meaning": "cyan",
    "gaps": "yellow",
    "not_found": "magenta",
    "not_checked": "bright_black",
    "agrees": "green",
    "agrees_in_substance": "cyan",
    "differs": "yellow",
}
FAINT = "dim"


def report_blocks(report: Report, *, all_sources: bool = False) -> list[RenderableType]:
    """The report from its first line to its last note."""
    w = words()
    few = None if all_sources else FEW_SOURCES
    blocks = header(report.searched, report.not_searched, report.missing, _about(report), held=all_sources)
    blocks += [Text(), Text(w.say("summary.heading"), style="bold")]
    blocks += [Padding(Text(one_line(line)), (0, 0, 0, 2)) for line in summary_lines(report)]
    for finding in report.findings:
        blocks += [Text(), *_finding(finding, few)]
    if report.echoes:
        blocks += [Text(), Rule(Text(w.say("label.echoes"), style="bold"), align="left", characters="─")]
        blocks += [_echo(echo) for echo in report.echoes]
    if report.dates:
        blocks += [Text(), Rule(Text(w.say("label.dates"), style="bold"), align="left", characters="─")]
        for date in report.dates:
            blocks.append(_check_line(date.text, date.check, date.found, date.why))
    if report.works:
        blocks += [Text(), Rule(Text(w.say("label.works"), style="bold"), align="left", characters="─")]
        blocks += [_indent(Text(f"– {one_line(work)}"), 3, hang=2) for work in phrases.works(report)]
    notes = (*report.document.notes, *report.notes)
    if notes:
        blocks += [Text(), *(_labelled(w.say("label.notes"), [note]) for note in notes)]
    return [*blocks, *credits(report.searched)]


def credits(searched: Sequence[Searched]) -> list[RenderableType]:
    """The notices that the licences of the sources ask for."""
    said = coverage.credits(searched)
    return [Text(), *(Text(line, style=FAINT) for line in said)] if said else []


def header(
    searched: Sequence[Searched],
    not_searched: Sequence[str],
    missing: Sequence[str],
    about: str,
    *,
    held: bool = False,
) -> list[RenderableType]:
    """The first line, what was searched (with the records held if asked for) and what was not."""
    w = words()
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(w.say("coverage.searched"), Text("\n".join(searched_lines(searched, held))))
    if not_searched:
        named = w.say("join.comma").join(one_line(phrases.title(n)) for n in not_searched)
        table.add_row(w.say("coverage.not_searched"), Text(named))
    if missing:
        table.add_row(w.say("coverage.missing"), Text("\n".join(map(one_line, missing))))
    return [Text(about, style=FAINT), Text(w.say("first_line"), style="italic"), Text(), table]


def searched_lines(searched: Sequence[Searched], held: bool) -> list[str]:
    """What was searched, by coverage, and the traditions that this is."""
    lines = [one_line(line) for line in coverage.coverage_lines(searched, held=held)]
    if traditions := coverage.traditions(searched):
        lines.append(one_line(traditions))
    return lines or [words().say("coverage.nothing")]


def looked(key: str, kind: str, source: SourceMatch | None = None) -> Text:
    """A sign with its words. A verse in other wording stands out; a report in other wording is usual."""
    style = STYLES["differs"] if kind == "quran" and key in ("different", "by_meaning") else STYLES[key]
    return Text(f"{phrases.sign(key)} {phrases.look_words(key, kind, source)}", style=style)


def _about(report: Report) -> str:
    w = words()
    document = report.document
    form = document.format
    if document.encoding:
        form = w.say("label.encoding", format=document.format, encoding=document.encoding)
    program = w.say("label.version", version=report.version).strip()
    return one_line(f"{program} · {document.name} ({form})")


def _finding(finding: Finding, few: int | None) -> list[RenderableType]:
    w = words()
    key = phrases.look(finding)
    first = finding.sources[0] if finding.sources else None
    heading = Text.assemble((f"{one_line(finding.label)} ", "bold"), looked(key, finding.kind, first))
    heading.append(f" · {w.say(f'kind.{finding.kind}')} · {one_line(phrases.place_words(finding))}", FAINT)
    blocks: list[RenderableType] = [Rule(heading, align="left", characters="─", style=FAINT)]
    blocks.append(_indent(_quotation(finding, first), 3))
    for label, value in _context(finding):
        blocks.append(_labelled(label, [value]))
    if finding.status != "matched" or first is None:
        blocks.append(_indent(Text(one_line(coverage.unmatched(finding))), 3))
        if finding.nearest:
            blocks.append(_indent(Text(w.say("status.nearest"), style="bold"), 3))
    if said := phrases.attribution(finding):
        blocks.append(_indent(Text(one_line(said), style=STYLES["differs"]), 3))
    blocks += _sources(finding.sources or finding.nearest, finding, few)
    blocks += [_claim(claim) for claim in finding.claims]
    if finding.also_in:
        cited = [one_line(phrases.cite_ref(ref)) for ref in finding.also_in[: few and MOST_ALSO]]
        if few and len(finding.also_in) > MOST_ALSO:
            cited.append(w.say("label.more_hint", n=len(finding.also_in) - MOST_ALSO))
        blocks.append(_labelled(w.say("label.also_in"), [w.say("join.comma").join(cited)]))
    blocks += _rendering(finding)
    blocks += [_labelled(w.say("label.notes"), [note]) for note in finding.notes]
    return blocks


def _context(finding: Finding) -> Iterable[tuple[str, str]]:
    w = words()
    if finding.introduced_by:
        yield w.say("label.introduced_by"), phrases.quoted(finding.introduced_by.text)
    if finding.speakers not in ((), (THE_TEXT,)):
        yield w.say("label.speakers"), " › ".join(finding.speakers)
    if finding.presented in ("echo", "formula"):
        yield w.say("label.notes"), w.say(f"presented.{finding.presented}")
    if finding.inner:
        yield w.say("label.inner"), w.say("join.comma").join(finding.inner)


def _quotation(finding: Finding, first: SourceMatch | None) -> Text:
    """The quotation; a word that differs from the first-ranked source is underlined."""
    pieces = finding_pieces(finding, first) if first and finding.sources else [Piece(finding.text)]
    text = Text(style="bold")
    for piece in pieces:
        shown = " ".join(piece.text.split())
        shown = (" " if piece.text[:1].isspace() else "") + shown + (" " if piece.text[-1:].isspace() else "")
        text.append(one_line_keeping_ends(shown), "underline yellow" if piece.change else None)
    return text


def one_line_keeping_ends(text: str) -> str:
    """Text on one line with a space kept at either end."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return (" " if text[:1] == " " else "") + inner + (" " if text[-1:] == " " else "")


def _sources(sources: Sequence[SourceMatch], finding: Finding, few: int | None) -> list[RenderableType]:
    w = words()
    blocks: list[RenderableType] = []
    if finding.status == "matched" and (counted := phrases.places_or_versions(finding)):
        blocks.append(_indent(Text(counted, style="bold"), 3))
    cited: set[str] = set()
    for source in sources[:few]:
        blocks += _source(source, finding, source.source not in cited)
        cited.add(source.source)
    if few and len(sources) > few:
        blocks.append(_indent(Text(w.say("label.more_hint", n=len(sources) - few), style=FAINT), 3))
    return blocks


def _source(source: SourceMatch, finding: Finding, in_full: bool) -> list[RenderableType]:
    """A source; numbering and edition only where it is the first of its book. What is near is no match."""
    w = words()
    kind = finding.kind
    line = Text("• ").append(one_line(phrases.cite(source)), "bold")
    if in_full:
        line.append(one_line(phrases.cite_full(source))[len(one_line(phrases.cite(source))) :], FAINT)
    if finding.sources:
        line.append("  ").append_text(looked(phrases.look_of(source), kind, source))
    blocks: list[RenderableType] = [_indent(line, 3, hang=2)]
    details = [phrases.record_note(source)]
    if source.role == "derived" and source.renders is None:
        details.append(w.say("cite.derived"))
    if narrator := phrases.narrator(source):
        details.append(w.say("label.narrator", narrator=narrator))
    if source.common_link:
        details.append(w.say("label.link", name=source.common_link))
    if source.covered < 0.995:
        details.append(w.say("sentence.covered", percent=int(source.covered * 100)))
    if any(details):
        said = w.say("join.semicolon").join(one_line(detail) for detail in details if detail)
        blocks.append(_indent(Text(said, style=FAINT), 5))
    if finding.sources or source.covered >= NEAR:
        differences = [*phrases.changes_words(source.changes, MOST_CHANGES), *phrases.around(source, kind)]
    else:
        differences = [phrases.quoted(source.text)]
    for said in differences:
        blocks.append(_indent(Text(f"– {one_line(said)}"), 5, hang=2))
    for grade in source.grades:
        blocks.append(_indent(Text(f"– {one_line(phrases.graded(grade))}"), 5, hang=2))
    return blocks


def _claim(claim: Claim) -> RenderableType:
    sign = words().say(f"check_sign.{claim.check}")
    text = Text(f"{sign} ", style=STYLES.get(claim.check, "")).append(
        one_line(phrases.claim_words(claim)), "default"
    )
    return _indent(text, 3, hang=2)


def _check_line(text: str, check: str, found: str | None, why: str | None) -> RenderableType:
    w = words()
    said = [f"{phrases.quoted(text)}: {w.say(f'check.{check}')}", *(item for item in (found, why) if item)]
    line = Text(f"{w.say(f'check_sign.{check}')} ", style=STYLES.get(check, ""))
    return _indent(line.append(one_line(w.say("join.semicolon").join(said)), "default"), 3, hang=2)


def _rendering(finding: Finding) -> list[RenderableType]:
    rendering = finding.rendering
    if rendering is None:
        return []
    w = words()
    said = [phrases.quoted(rendering.text)]
    if rendering.translation:
        said.append(w.say("label.rendering_as", translation=rendering.translation))
    said += phrases.rendering_words(rendering, MOST_CHANGES)
    said += rendering.notes
    return [_labelled(w.say("label.rendering"), said)]


def _echo(echo: Finding) -> RenderableType:
    cited = phrases.cite(echo.sources[0]) if echo.sources else phrases.match_words(echo)
    line = Text(f"{one_line(echo.label)} ", style="bold").append(
        one_line(phrases.quoted(echo.text)), "default"
    )
    return _indent(line.append(f" {one_line(cited)}", FAINT), 3, hang=2)


def _labelled(label: str, values: Sequence[str]) -> RenderableType:
    text = Text(f"{label}: ", style=FAINT)
    text.append(one_line(words().say("join.semicolon").join(values)), "default")
    return _indent(text, 3)


def _indent(text: Text, columns: int, hang: int = 0) -> RenderableType:
    """Indented, with lines after the first `hang` columns further in."""
    if not hang:
        return Padding(text, (0, 0, 0, columns))
    grid = Table.grid()
    grid.add_column(width=columns + hang)
    grid.add_column(overflow="fold")
    grid.add_row(Text(" " * columns).append_text(text[:hang]), text[hang:])
    return grid
