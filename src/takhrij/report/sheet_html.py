"""The takhrīj sheet as one self-contained HTML page."""

from __future__ import annotations

from takhrij.model import Sheet, Version
from takhrij.report import coverage, phrases
from takhrij.report.clean import direction
from takhrij.report.columns import Cell, Columns, Wording, columns, matn_span
from takhrij.report.html import searched_list
from takhrij.report.html_card import phrase
from takhrij.report.markup import Html, join, tag, text, worded
from takhrij.report.page import page
from takhrij.report.sheet import counted, sheet_edition, sheet_title, titled_groups, version_notes
from takhrij.report.words import words

COLUMNS_IN_LINE = 10


def sheet_to_html(sheet: Sheet) -> str:
    """The page: what was looked up, its versions by Companion, and their wordings word under word."""
    w = words()
    span = matn_span(sheet)
    title = sheet_title(sheet)
    top = [
        tag("p", w.say("sheet_title"), class_="brand"),
        worded(title, "h1"),
        tag("p", w.say("first_line"), class_="creed"),
        phrase(sheet_edition(sheet), class_="line"),
        worded(sheet.passage.text[span.start : span.end].strip(), "p", class_="text"),
        _record(sheet.passage.text),
        tag("p", counted(sheet), class_="lead"),
        searched_list(sheet.searched, sheet.not_searched, ()),
        *(worded(note, "p", class_="note") for note in sheet.notes),
    ]
    sections = [_group(name, versions) for name, versions in titled_groups(sheet)]
    wordings = []
    if sheet.versions:
        legend = w.say("sheet.legend", absent=w.say("sheet.absent"))
        wordings = [tag("h2", w.say("sheet.wordings")), tag("p", legend, class_="about"), *_tables(sheet)]
    foot = tag("footer", *(tag("p", line) for line in coverage.credits(sheet.searched)))
    body = [tag("header", *top, class_="top"), tag("main", *wordings, *sections), foot]
    return page(f"{title}: {w.say('sheet_title')}", body)


def _record(record: str) -> Html:
    opener = tag("summary", words().say("sheet.all"))
    return tag("details", opener, worded(record, "p", class_="chain"), class_="fold")


def _group(name: str, versions: list[Version]) -> Html:
    return tag("section", phrase(name, "h3"), *(_version(version) for version in versions))


def _version(version: Version) -> Html:
    w = words()
    match = version.match
    kind = "quran" if phrases.is_verse(match.source) else "report"
    look = phrases.look_of(match)
    sign = tag("span", phrases.sign(look), class_="sign", aria_hidden="true")
    how = tag("span", sign, " ", phrases.look_words(look, kind), class_=f"how m-{look} of-{kind}")
    about = [w.say("cite.numbering", numbering=phrases.numbering(match.numbering)), match.edition]
    said = w.say("join.semicolon").join([*about, *version_notes(version)])
    return tag(
        "article",
        tag("p", phrase(phrases.cite(match), "b"), " ", how, class_="head"),
        phrase(said, class_="about"),
        _record(version.passage.text),
        class_="version",
    )


def _tables(sheet: Sheet) -> list[Html]:
    aligned = columns(sheet)
    breaks = range(COLUMNS_IN_LINE, len(aligned.wordings[0].cells), COLUMNS_IN_LINE)
    return [_table(sheet, aligned, start, end) for start, end in aligned.lines(breaks)]


def _table(sheet: Sheet, aligned: Columns, start: int, end: int) -> Html:
    own, *others = aligned.wordings
    side = direction("".join(cell.text for cell in own.cells))
    head = tag("thead", _line(sheet, own, start, end))
    named = {v.report: name for name, versions in titled_groups(sheet) for v in versions}
    bodies, last = [], ""
    for wording in others:
        name = named[wording.version.report] if wording.version else ""
        if name != last:
            heading = tag("th", phrase(name, "bdi"), colspan=str(end - start + 1), scope="rowgroup")
            bodies.append(tag("tr", heading, class_="group"))
        last = name
        bodies.append(_line(sheet, wording, start, end))
    table = tag("table", head, tag("tbody", *bodies), dir=side, class_="aligned")
    return tag(
        "div", table, class_="scroll", tabindex="0", role="group", aria_label=words().say("sheet.wordings")
    )


def _line(sheet: Sheet, wording: Wording, start: int, end: int) -> Html:
    label = phrases.cite(wording.version.match) if wording.version else sheet_title(sheet)
    heading = tag("th", tag("bdi", label), scope="row")
    return tag("tr", heading, *(_cell(cell) for cell in wording.cells[start:end]))


def _cell(cell: Cell) -> Html:
    w = words()
    if cell.kind == "none":
        return tag("td")
    if cell.kind == "absent":
        spoken = tag("span", w.say("sheet.absent_words"), class_="vh")
        return tag("td", tag("span", w.say("sheet.absent"), aria_hidden="true"), spoken, class_="absent")
    shown = cell.text
    if cell.kind == "extra":
        shown = w.say("sheet.extra", text=cell.text)
    elif cell.kind in ("differs", "vowels"):
        shown = w.say(f"sheet.{cell.kind}", text=cell.text)
    return tag(
        "td", join([text(shown)]), class_=cell.kind, lang="ar" if direction(cell.text) == "rtl" else None
    )
