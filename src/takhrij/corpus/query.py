"""Questions about the results of a corpus, in DuckDB: a view for what counts, the usual questions as SQL."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from takhrij.corpus.store import parts, settings
from takhrij.errors import UsageError
from takhrij.text import fold_word

NEEDS_REF = ("places", "variants")
_MANY = 1_000_000_000
_AMONG = """
create macro among(ref, wanted) as list_contains(wanted, ref) or (ref like 'quran:%-%' and list_has_any(
  wanted, list_transform(
    range(
      cast(regexp_extract(ref, '(\\d+)-', 1) as bigint), cast(regexp_extract(ref, '-(\\d+)', 1) as bigint) + 1
    ),
    lambda verse: regexp_extract(ref, '^quran:\\d+:') || verse
  )
))
"""  # «quran:2:3-5» is among [quran:2:4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which quotations count. Unless asked, a book counts once, and what is not its author's not at all."""

    author: str | None = None  # a part of the author's name or URI
    book: str | None = None  # a part of the title or URI
    centuries: tuple[int, int] | None = None  # AH, both included
    kind: str | None = None  # "quran", "report"
    versions: bool = False
    paratext: bool = False
    echoes: bool = False

    def said(self) -> str:
        """What was chosen, where that is not what is counted as a rule."""
        given = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(name if value is True else f"{name}: {value}" for name, value in given if value)


@dataclass(frozen=True, slots=True)
class Answer:
    """A table: the names of its columns and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@cache
def questions() -> dict[str, dict[str, str]]:
    """The usual questions: title and SQL by name (data/questions.toml)."""
    loaded: dict[str, dict[str, str]] = tomllib.loads(
        files("takhrij.corpus").joinpath("data/questions.toml").read_text("utf-8")
    )
    return loaded


class Results:
    """The results in a folder, and the views that questions are put to. UsageError where there are none."""

    def __init__(self, folder: Path, choice: Choice | None = None) -> None:
        import duckdb

        self.folder = folder
        self.settings = settings(folder)
        if not parts(folder, "documents"):
            raise UsageError(f"{folder}: no text is done yet")
        self._database = duckdb.connect()
        self._database.create_function("letters", letters, ["VARCHAR"], "VARCHAR")
        self._database.execute(_AMONG)
        for name in ("documents", "findings", "claims"):
            self._view(name, f"select * from read_parquet({_listed(parts(folder, name))})")
        for name in ("works", "sources"):
            self._view(name, f"select * from read_parquet({_listed([str(folder / f'{name}.parquet')])})")
        self._views(choice or Choice())

    def ask(self, question: str, *, refs: Sequence[str] = (), top: int | None = None) -> Answer:
        """The answer to one of the usual questions; UsageError for any other, or where it wants a ref."""
        known = questions()
        if question not in known:
            raise UsageError(f"{question!r} is none of the questions: {', '.join(known)}")
        if question in NEEDS_REF and not refs:
            raise UsageError(f"`{question}` is about one passage: name it with --ref, such as bukhari:1")
        sql = known[question]["sql"].format(top=top or _MANY, refs=_listed(refs))
        return self.sql(sql, known[question]["title"])

    def sql(self, query: str, title: str = "") -> Answer:
        """The answer to a query on the views."""
        result = self._database.execute(query)
        columns = tuple(str(column[0]).rstrip("_") for column in result.description or ())
        return Answer(title, columns, result.fetchall())

    def _view(self, name: str, query: str) -> None:
        self._database.execute(f"create view {name} as {query}")

    def _views(self, choice: Choice) -> None:
        of_text, of_finding = _conditions(choice)
        joined = "documents d join works w on w.document = d.document"
        self._view("texts", f"select d.*, w.work from {joined} where {' and '.join(of_text)}")
        columns = "t.author, t.title, t.died, t.century, t.work, t.uri"
        rows = "findings f join texts t on t.document = f.document"
        where = " and ".join(of_finding)
        self._view("named", f"select f.*, {columns} from {rows} where {where} and f.rank is not null")
        self._view("found", f"select f.*, {columns} from {rows} where {where} and coalesce(f.rank, 1) = 1")
        self._view(
            "claimed",
            "select c.*, f.kind, f.work, f.author, f.title, f.died, f.ref from claims c "
            "join found f on f.document = c.document and f.finding = c.finding",
        )


def _conditions(choice: Choice) -> tuple[list[str], list[str]]:
    """What a text and a finding must be to count."""
    of_text, of_finding = ["d.status = 'checked'"], ["true"]
    if not choice.versions:
        of_text.append("w.counted = 1")
    if choice.author:
        of_text.append(f"contains(lower(concat_ws(' ', d.author, d.uri)), lower({_quoted(choice.author)}))")
    if choice.book:
        given = _quoted(choice.book)
        of_text.append(f"contains(lower(concat_ws(' ', d.title, d.uri, d.document)), lower({given}))")
    if choice.centuries:
        of_text.append(f"d.century between {int(choice.centuries[0])} and {int(choice.centuries[1])}")
    if choice.kind:
        of_finding.append(f"f.kind = {_quoted(choice.kind)}")
    if not choice.paratext:
        of_finding.append("f.part = 'text'")
    if not choice.echoes:
        of_finding.append("f.presented = 'quotation'")
    return of_text, of_finding


def letters(text: str) -> str:
    """The folded letters of a wording: what two ways to write it share."""
    return " ".join(filter(None, map(fold_word, text.split())))


def versions_of(ref: str) -> list[str]:
    """A passage and the versions of the same report in the installed sources; UsageError for none."""
    from takhrij import api
    from takhrij.trace.links import report_id

    sheet = api.lookup(ref)
    passage = sheet.passage
    chain = next((passage.text[p.span.start : p.span.end] for p in passage.parts if p.kind == "chain"), None)
    own = report_id(passage.narrator, chain)
    same = (version.passage.ref for version in sheet.versions if own and version.report == own)
    return list(dict.fromkeys((ref, *same)))


def _listed(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
