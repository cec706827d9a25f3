"""The results of a corpus as one self-contained page: what is quoted, by whom, how, and from where."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from takhrij.corpus.drawn import Part, bar, columns, quran_map
from takhrij.corpus.query import Choice, Results, versions_of
from takhrij.corpus.store import write_text
from takhrij.errors import TakhrijError
from takhrij.report import phrases
from takhrij.report.markup import Child, Html, tag, worded
from takhrij.report.page import page
from takhrij.report.words import Words, number

MOST = 20  # rows of a table
_REPORTS = 6  # reports whose wordings are shown
_WORDINGS = 8  # wordings of each
_LONGEST = 160  # code points of a wording

Row = dict[str, Any]
_Cell = Callable[[Row], Child]


@cache
def _words() -> Words:
    text = files("takhrij.corpus").joinpath("data/words.en.toml").read_text("utf-8")
    return Words(tomllib.loads(text))


def write_page(folder: Path, target: Path, choice: Choice | None = None) -> None:
    """Write the page of the results in a folder. UsageError where there are none."""
    write_text(target, to_html(Results(folder, choice), choice or Choice()))


def to_html(results: Results, choice: Choice) -> str:
    """The page of some results."""
    w = _words()
    title = w.say("title")
    sections = (_passages, _centuries, _books, _authors, _wordings, _map, _variants, _sources, _searched)
    top = [
        tag("p", "takhrij corpus", class_="brand"),
        tag("h1", title),
        tag("p", w.say("creed"), class_="creed"),
        *_lead(results, choice),
    ]
    body = [tag("header", *top, class_="top"), tag("main", *(section(results) for section in sections))]
    style = files("takhrij.corpus").joinpath("data/corpus.css").read_text("utf-8")
    return page(title, body, style)


def _ask(results: Results, question: str, top: int | None = MOST, **more: Any) -> list[Row]:
    answer = results.ask(question, top=top, **more)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _lead(results: Results, choice: Choice) -> list[Html]:
    w = _words()
    [summary] = _ask(results, "summary")
    lead = w.say(
        "lead",
        texts=w.count("texts", summary["texts"]),
        authors=w.count("authors", summary["authors"]),
        quotations=w.count("quotations", summary["quotations"]),
        words=number(int(summary["words"] or 0)),
        rate=summary["per_1000_words"],
    )
    told = results.settings
    made = {"program": told["program"], "depth": told["depth"], "sources": len(told["sources"])}
    left = results.sql("select count(*) from works where counted = 0").rows[0][0]
    failed = results.sql("select count(*) from documents where status = 'failed'").rows[0][0]
    chosen = choice.said()
    said = w.say("made_all", choice=chosen, **made) if chosen else w.say("made", left=number(left), **made)
    lines = [tag("p", lead, class_="lead"), tag("p", said, class_="note")]
    if failed:
        lines.append(tag("p", w.say("failed", n=w.count("files", failed)), class_="note"))
    return lines


def _section(name: str, *inside: Child) -> Html:
    w = _words()
    return tag(
        "section",
        tag("h2", w.say(f"part.{name}")),
        tag("p", w.say(f"part.{name}_about"), class_="about"),
        *inside,
    )


def _table(rows: Sequence[Row], cells: Sequence[tuple[str, str, _Cell]]) -> Html:
    """A table; of each column its head, the class of its cells, and what makes them."""
    w = _words()
    head = tag(
        "tr", *(tag("th", w.say(f"head.{name}") if name else "", class_=look) for name, look, _ in cells)
    )
    body = [tag("tr", *(tag("td", made(row), class_=look) for _, look, made in cells)) for row in rows]
    return tag(
        "div", tag("table", tag("thead", head), tag("tbody", *body), class_="figures"), class_="scroll"
    )


def _count(key: str) -> _Cell:
    return lambda row: "" if row[key] is None else number(int(row[key]))


def _said(key: str) -> _Cell:
    return lambda row: (
        worded(_clipped(str(row[key]))) if row[key] is not None else _words().say("cell.unknown")
    )


def _plain(key: str) -> _Cell:
    return lambda row: "" if row[key] is None else str(row[key])


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"


def _both(row: Row) -> list[Part]:
    """A row's quotations in a thousand words: of the Qur'an, and of reports."""
    size = (row["words"] or 0) / 1000
    return [Part("verse", row["of_the_quran"] / size), Part("report", row["reports"] / size)] if size else []


def _kinds() -> Html:
    w = _words()
    keys = []
    for look, kind in (("verse", "quran"), ("report", "report")):
        box = tag(
            "svg",
            tag("rect", width="12", height="12", class_=look),
            width="12",
            height="12",
            aria_hidden="true",
        )
        keys.append(tag("span", box, f" {w.say(f'kind.{kind}')}", class_="key"))
    return tag("p", *keys, class_="legend")


# ---------------------------------------------------------------- the sections


def _passages(results: Results) -> Html:
    inside: list[Html] = []
    for kind, look in (("quran", "verses"), ("report", "reports")):
        asked = "select * from ({}) where kind = '{}' order by times desc, ref limit {}"
        answer = results.sql(asked.format(_question("passages"), kind, MOST))
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        most = max((row["times"] for row in rows), default=0)
        cells: list[tuple[str, str, _Cell]] = [
            ("ref", "ref", _plain("ref")),
            ("times", "n", _count("times")),
            ("", "", _bar_of(most, "verse" if kind == "quran" else "report")),
            ("books", "n", _count("books")),
            ("words", "ar", _said("words")),
        ]
        inside += [tag("h3", _words().say(f"part.{look}")), _table(rows, cells)]
    return _section("passages", *inside)


def _bar_of(most: float, look: str) -> _Cell:
    return lambda row: bar([Part(look, row["times"])], most, 160)


def _question(name: str) -> str:
    from takhrij.corpus.query import questions

    return questions()[name]["sql"].format(top=10**9, refs="[]")


def _centuries(results: Results) -> Html:
    w = _words()
    rows = _ask(results, "centuries", None)
    drawn = columns([(str(row["century"] or w.say("cell.unknown")), _both(row)) for row in rows])
    cells: list[tuple[str, str, _Cell]] = [
        ("century", "n", lambda row: str(row["century"] or w.say("cell.unknown"))),
        *_figures(("books", "books"), ("authors", "authors"), ("size", "words")),
        *_figures(("quran", "of_the_quran"), ("report", "reports")),
        ("rate", "n", _plain("per_1000_words")),
    ]
    return _section("centuries", _kinds(), drawn, _table(rows, cells))


def _figures(*named: tuple[str, str]) -> list[tuple[str, str, _Cell]]:
    return [(head, "n", _count(key)) for head, key in named]


def _books(results: Results) -> Html:
    rows = _ask(results, "books")
    return _section("books", _kinds(), _table(rows, [("title", "", _said("title")), *_of_author(rows)]))


def _authors(results: Results) -> Html:
    rows = _ask(results, "authors", 200)
    books: tuple[str, str, _Cell] = ("books", "n", _count("books"))
    return _section("authors", _kinds(), _table(rows, [*_of_author(rows), books]))


def _of_author(rows: Sequence[Row]) -> list[tuple[str, str, _Cell]]:
    most = max((sum(part.value for part in _both(row)) for row in rows), default=0)
    return [
        ("author", "", _said("author")),
        ("died", "n", _plain("died")),
        *_figures(("size", "words"), ("quran", "of_the_quran"), ("report", "reports")),
        ("rate", "n", _plain("per_1000_words")),
        ("", "", lambda row: bar(_both(row), most)),
    ]


def _wordings(results: Results) -> Html:
    w = _words()
    rows = _ask(results, "wordings", None)
    inside: list[Html] = []
    for kind in ("quran", "report"):
        own = [row for row in rows if row["kind"] == kind]
        whole = sum(row["times"] for row in own)
        if not whole:
            continue
        cells: list[tuple[str, str, _Cell]] = [
            ("match", "", lambda row: phrases.look_words(row["match"], row["kind"])),
            ("times", "n", _count("times")),
            ("", "n", lambda row: f"{row['percent']:.1f}%"),
            ("", "", lambda row: bar([Part(f"m-{row['match']}", row["percent"])], 100, 260)),
            ("books", "n", _count("books")),
        ]
        head = tag("h3", f"{w.say(f'kind.{kind}_one').capitalize()}: {w.count('quotations', whole)}")
        inside += [head, _table(own, cells)]
    return _section("wordings", *inside)


def _map(results: Results) -> Html:
    rows = _ask(results, "verses", None)
    quoted = {(row["sura"], row["verse"]): (row["times"], row["books"]) for row in rows}
    return _section("map", tag("div", quran_map(quoted, _words()), class_="scroll"))


def _variants(results: Results) -> Html:
    """The wordings of the reports that stand in most books."""
    asked = "select ref from ({}) where kind = 'report' order by books desc, times desc, ref limit {}"
    refs = [row[0] for row in results.sql(asked.format(_question("passages"), _REPORTS)).rows]
    inside: list[Html] = []
    seen: set[str] = set()
    for ref in refs:
        try:
            versions = versions_of(ref)
        except TakhrijError:  # of a source that is not installed here
            versions = [ref]
        if ref in seen:
            continue
        seen.update(versions)
        rows = _ask(results, "variants", _WORDINGS, refs=versions)
        cells: list[tuple[str, str, _Cell]] = [
            ("wording", "ar", _said("wording")),
            *_figures(("times", "times"), ("books", "books")),
            ("match", "", lambda row: phrases.look_words(row["match"], "report")),
            ("by", "", _said("in")),
        ]
        inside += [tag("h3", ref), _table(rows, cells)]
    return _section("variants", *inside)


def _sources(results: Results) -> Html:
    by_author: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _ask(results, "sources", None):
        by_author[row["author"] or _words().say("cell.unknown")].append(row)
    inside: list[Html] = []
    for author, rows in list(by_author.items())[:MOST]:
        most = max(row["ranked_first"] for row in rows)
        cells: list[tuple[str, str, _Cell]] = [
            ("source", "", _plain("title")),
            ("first", "n", _count("ranked_first")),
            ("", "", lambda row, most=most: bar([Part("report", row["ranked_first"])], most, 160)),  # type: ignore[misc]
            *_figures(("alone", "alone"), ("named", "named_by_the_author")),
            ("coverage", "", _plain("coverage")),
        ]
        died = f" (d. {rows[0]['died']})" if rows[0]["died"] else ""
        inside += [tag("h3", worded(author), died), _table(rows[:10], cells)]
    return _section("sources", *inside)


def _searched(results: Results) -> Html:
    answer = results.sql("select title, edition, held, coverage from sources")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    cells: list[tuple[str, str, _Cell]] = [
        ("title", "", _said("title")),
        ("held", "n", _count("held")),
        ("coverage", "", _plain("coverage")),
    ]
    return tag("section", tag("h2", _words().say("part.searched")), _table(rows, cells))
