"""The takhrīj sheet for a terminal: versions by Companion, then their wordings in parallel columns."""

from __future__ import annotations

from rich.box import MINIMAL
from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from takhrij.model import Sheet, SourceMatch, Version
from takhrij.report import phrases
from takhrij.report.blocks import FAINT, credits, header, looked
from takhrij.report.clean import direction, one_line
from takhrij.report.columns import Cell, Columns, Wording, columns, groups, matn_span
from takhrij.report.words import words
from takhrij.trace.narrators import shown, somebody

WIDEST_CELL = 26
STYLES = {
    "differs": "bold cyan",
    "vowels": "cyan",
    "extra": "cyan",
    "absent": "bright_black",
    "same": "",
    "none": "",
}


def sheet_blocks(sheet: Sheet, width: int) -> list[RenderableType]:
    """The sheet from its first line to what was not searched."""
    w = words()
    blocks = header(
        sheet.searched, sheet.not_searched, (), one_line(f"{w.say('sheet_title')} · {sheet_title(sheet)}")
    )
    span = matn_span(sheet)
    matn = one_line(sheet.passage.text[span.start : span.end])
    blocks += [
        Text(),
        Text(f"{w.say('sheet.looked_up')}: ", style="bold").append(sheet_title(sheet), "default"),
    ]
    blocks += [Padding(Text(one_line(sheet_edition(sheet)), style=FAINT), (0, 0, 0, 2))]
    blocks += [Padding(Text(matn, style="bold"), (0, 0, 0, 2))]
    blocks += [Text(), Text(counted(sheet), style="bold")]
    cited: set[str] = set()
    for title, versions in titled_groups(sheet):
        blocks += [Text(), Text(one_line(title), style="bold")]
        for version in versions:
            blocks.append(_version(version, version.match.source not in cited))
            cited.add(version.match.source)
    if sheet.versions:
        legend = w.say("sheet.legend", absent=w.say("sheet.absent"))
        blocks += [Text(), Text(w.say("sheet.wordings"), style="bold"), Text(legend, style=FAINT)]
        blocks += _tables(columns(sheet), sheet, width)
    for note in sheet.notes:
        blocks.append(Text(f"{w.say('label.notes')}: {one_line(note)}"))
    return [*blocks, *credits(sheet.searched)]


def sheet_title(sheet: Sheet) -> str:
    """The passage looked up: "Muslim no. 537"."""
    passage = sheet.passage
    short = phrases.title(passage.source)
    title = short if short != passage.source else sheet.source.title
    key = "cite.verse" if phrases.is_verse(passage.source) else "cite.report"
    return one_line(words().say(key, title=title, number=passage.printed_number or passage.number))


def sheet_edition(sheet: Sheet) -> str:
    """Numbering and edition of the passage looked up; of a report its narrator."""
    w = words()
    said = [
        w.say("cite.numbering", numbering=phrases.numbering(sheet.source.numbering)),
        sheet.source.edition,
    ]
    chains = (part.span for part in sheet.passage.parts if part.kind == "chain")
    chain = sheet.passage.text[slice(*next(chains, (0, 0)))]
    if narrator := somebody(sheet.passage.narrator, chain):
        said.append(w.say("label.narrator", narrator=narrator))
    elif not phrases.is_verse(sheet.source.id):
        said.append(w.say("sheet.unnamed"))
    return w.say("join.semicolon").join(said)


def counted(sheet: Sheet) -> str:
    """ "2 reports, 5 versions", the passage looked up not among them; of a verse, reports that quote it."""
    w = words()
    if sheet.source.kind == "translation":
        return w.say("sheet.translation")
    of = "_verse" if phrases.is_verse(sheet.source.id) else ""
    if not sheet.versions:
        return w.say(f"sheet.none{of}")
    others = [v.match for v in sheet.versions]
    return f"{w.say(f'sheet.versions{of}')}: {phrases.reports_and_versions(others)}"


def titled_groups(sheet: Sheet) -> list[tuple[str, list[Version]]]:
    """Versions by report, each under the Companion (or common link) that the first naming one names."""
    w = words()
    titled = []
    for n, (_, versions) in enumerate(groups(sheet.versions), 1):
        matches = [v.match for v in versions]
        told = (m for m in matches if somebody(m.narrator, m.chain) and not m.common_link)
        named = (shown(m.narrator or "", m.chain or "") for m in told)
        narrator = next(named, None)
        link = next((m.common_link for m in matches if m.common_link), None)
        said = w.say("label.narrator", narrator=narrator) if narrator else w.say("sheet.unnamed")
        if link and not narrator:
            said = w.say("label.link", name=link)
        titled.append((w.say("sheet.group", letter=n, narrator=said), versions))
    return titled


def version_notes(version: Version) -> list[str]:
    """What is said of a version beside its citation."""
    w = words()
    match = version.match
    notes = [w.say("sheet.shared", percent=round(version.shared * 100))]
    if version.role == "derived":
        notes.append(w.say("cite.derived"))
    if match.common_link:
        notes.append(w.say("label.link", name=match.common_link))
    if match.attributed_to != "unclear":
        notes.append(w.say("attribution.label", speaker=phrases.speaker(match)))
    if note := phrases.record_note(match):
        notes.append(note)
    return notes


def _version(version: Version, in_full: bool) -> RenderableType:
    """A version; numbering and edition only where it is the first of its book."""
    match = version.match
    line = Text("• ").append(one_line(phrases.cite(match)), "bold")
    if in_full:
        line.append(one_line(phrases.cite_full(match))[len(one_line(phrases.cite(match))) :], FAINT)
    line.append("  ").append_text(looked(phrases.look_of(match), _kind(match)))
    notes = words().say("join.semicolon").join(version_notes(version))
    return Padding(line.append(f"  {one_line(notes)}", FAINT), (0, 0, 0, 2))


def _kind(match: SourceMatch) -> str:
    return "quran" if phrases.is_verse(match.source) else "report"


def _tables(aligned: Columns, sheet: Sheet, width: int) -> list[RenderableType]:
    """One table a line of words, its columns from right to left where the words are."""
    labels = [_label(wording, sheet) for wording in aligned.wordings]
    rtl = direction("".join(cell.text for cell in aligned.wordings[0].cells)) == "rtl"
    first = min(max(map(cell_len, labels)), max(width // 4, 8))
    breaks, used = [], first + 3
    for at in range(len(aligned.wordings[0].cells)):
        longest = max(cell_len(_shown(wording.cells[at])) for wording in aligned.wordings)
        need = min(longest, WIDEST_CELL, max(width - first - 8, 6)) + 3
        if used + need > width and used > first + 3:
            breaks.append(at)
            used = first + 3
        used += need
    tables: list[RenderableType] = []
    for start, end in aligned.lines(breaks):
        order = range(end - 1, start - 1, -1) if rtl else range(start, end)
        table = Table(box=MINIMAL, padding=(0, 1), show_edge=False, pad_edge=False)
        table.add_column(labels[0], overflow="fold", max_width=first, header_style="bold")
        for at in order:
            heading = Text(_shown(aligned.wordings[0].cells[at]))
            table.add_column(
                heading, overflow="fold", justify="right" if rtl else "left", max_width=WIDEST_CELL
            )
        last = None
        for label, wording in zip(labels[1:], aligned.wordings[1:], strict=True):
            report = wording.version.report if wording.version else None
            if last not in (None, report):
                table.add_section()  # another Companion
            last = report
            row = [
                Text(_shown(wording.cells[at]), style=STYLES.get(wording.cells[at].kind, "")) for at in order
            ]
            table.add_row(Text(label), *row)
        tables += [Text(), table]
    return tables


def _label(wording: Wording, sheet: Sheet) -> str:
    return one_line(phrases.cite(wording.version.match)) if wording.version else sheet_title(sheet)


def _shown(cell: Cell) -> str:
    if cell.kind == "absent":
        return words().say("sheet.absent")
    if cell.kind == "extra":
        return words().say("sheet.extra", text=one_line(cell.text))
    if cell.kind in ("differs", "vowels"):
        return words().say(f"sheet.{cell.kind}", text=one_line(cell.text))
    return one_line(cell.text)
