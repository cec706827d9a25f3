"""Questions about the results: versions counted once, what is not the author's left out, unless asked."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from corpus_books import library_and_results, matn

from takhrij import cli
from takhrij.corpus.drawn import STEPS, shade, suras
from takhrij.corpus.options import QUESTIONS
from takhrij.corpus.page import write_page
from takhrij.corpus.query import Choice, Results, letters, questions, versions_of
from takhrij.errors import UsageError


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_and_results(tmp_path_factory)[1]


def ask(results: Path, question: str, *refs: str, **choice: Any) -> list[dict[str, Any]]:
    answer = Results(results, Choice(**choice)).ask(question, refs=refs)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_the_command_offers_every_question() -> None:
    assert tuple(questions()) == QUESTIONS


def test_every_question_has_an_answer(results: Path) -> None:
    for question in questions():
        assert ask(results, question, "bukhari:1") or question == "claims"


def test_a_book_in_two_versions_counts_once_unless_asked(results: Path) -> None:
    times = {row["ref"]: (row["times"], row["books"]) for row in ask(results, "passages")}
    assert times["quran:5:6"] == (2, 2)
    assert times["bukhari:1"] == (2, 2)
    every = {row["ref"]: row["times"] for row in ask(results, "passages", versions=True)}
    assert every["quran:5:6"] == 3
    assert [row["counted"] for row in ask(results, "duplicates")] == [1, 0]


def test_an_editors_words_count_where_they_are_asked_for(results: Path) -> None:
    assert "quran:2:255" not in {row["ref"] for row in ask(results, "passages")}
    assert "quran:2:255" in {row["ref"] for row in ask(results, "passages", paratext=True)}


def test_centuries_authors_and_books(results: Path) -> None:
    centuries = {row["century"]: (row["books"], row["quotations"]) for row in ask(results, "centuries")}
    assert centuries == {6: (1, 3), 7: (1, 2), None: (1, 1)}
    authors = {row["author"]: (row["of_the_quran"], row["reports"]) for row in ask(results, "authors")}
    assert authors == {"ابن رشد": (2, 1), "ابن قدامة": (1, 1), None: (0, 1)}
    assert [row["quotations"] for row in ask(results, "books")] == [3, 2, 1]


def test_what_is_chosen(results: Path) -> None:
    assert [row["quotations"] for row in ask(results, "books", author="IbnRushd")] == [3]
    assert [row["quotations"] for row in ask(results, "books", book="الكافي")] == [2]
    assert {row["century"] for row in ask(results, "centuries", centuries=(6, 7))} == {6, 7}
    assert {row["ref"] for row in ask(results, "passages", kind="report")} == {"bukhari:1", "bukhari:135"}
    assert ask(results, "books", author="O'Brien") == []


def test_places_of_a_verse_and_of_one_in_a_stretch(results: Path) -> None:
    assert [row["title"] for row in ask(results, "places", "quran:5:6")] == ["بداية المجتهد", "الكافي"]
    among = Results(results).sql(
        "select among('quran:2:3-5', ['quran:2:4']), among('quran:2:3-5', ['quran:2:6']),"
        " among('bukhari:1', ['bukhari:1'])"
    )
    assert among.rows == [(True, False, True)]


def test_the_wordings_of_one_report(results: Path) -> None:
    [row] = ask(results, "variants", *versions_of("bukhari:1"))
    assert (row["times"], row["books"]) == (2, 2)
    assert letters("إِنَّمَا الأَعْمَالُ") == letters("انما الأعمال") != letters("انما العمل")


def test_versions_of_a_report_are_those_of_its_companion() -> None:
    found = versions_of("bukhari:1")
    assert found[0] == "bukhari:1"
    assert any(ref.startswith("muslim:") for ref in found)


def test_verses_of_a_stretch_count_each(results: Path) -> None:
    verses = {(row["sura"], row["verse"]): row["times"] for row in ask(results, "verses")}
    assert verses == {(5, 6): 2, (4, 43): 1}
    assert {row["sura"]: row["times"] for row in ask(results, "suras")} == {4: 1, 5: 2}


def test_a_question_that_is_none_or_wants_a_passage(results: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the questions"):
        ask(results, "opinions")
    with pytest.raises(UsageError, match="--ref"):
        ask(results, "places")
    with pytest.raises(UsageError, match="no results"):
        ask(tmp_path, "books")


def test_the_tables_open_in_polars_and_pandas(results: Path) -> None:
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    assert len(polars.read_parquet(results / "documents" / "*.parquet")) == 5
    assert len(pandas.read_parquet(results / "documents")) == 5


def test_answers_as_text_json_and_csv(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["corpus", "query", str(results), "passages", "--kind", "report"]
    assert cli.main(base) == 0
    assert "bukhari:135" in capsys.readouterr().out
    assert cli.main([*base, "--format", "json"]) == 0
    assert {row["ref"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"bukhari:1", "bukhari:135"}
    assert cli.main([*base, "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 2
    assert cli.main(["corpus", "query", str(results), "places"]) == 2
    assert "--ref" in capsys.readouterr().err


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.fixture(scope="module")
def page(results: Path, tmp_path_factory: pytest.TempPathFactory) -> _Page:
    target = tmp_path_factory.mktemp("page") / "report.html"
    write_page(results, target)
    return _Page(target.read_text(encoding="utf-8"))


def test_the_page_needs_nothing_from_elsewhere(page: _Page) -> None:
    assert not [1 for _, attrs in page.tags if {"src", "href", "style"} & set(attrs)]


def test_the_map_has_a_cell_for_each_verse_quoted_and_says_the_numbers(page: _Page) -> None:
    cells = [attrs["class"] for tag, attrs in page.tags if tag == "rect" and attrs.get("class") == "s2"]
    assert len(cells) == 1 + 1  # quran:5:6, twice; and the legend's
    assert "5:6, quoted 2 times, in 2 books" in page.said
    assert "2 times, 1 of 120 verses" in page.said


def test_the_page_says_what_was_found(page: _Page) -> None:
    text = " ".join(page.said)
    for said in ("ابن رشد", "bukhari:1", "Sahih al-Bukhari", "1 file could not be checked", "not known"):
        assert said in text
    assert "Same words does not mean authentic" in text
    assert " ".join(matn("bukhari:1").split()[:4]) in text


def test_every_picture_has_its_numbers_beside_it(page: _Page) -> None:
    assert {"6", "7"} <= set(page.said)  # the centuries under their columns
    [rate] = [said for said in page.said if said.startswith("3 texts")]
    assert "6 quotations" in rate


def test_shades_and_suras() -> None:
    assert [shade(times) for times in (1, 2, 3, 4, 29, 30, 999)] == [1, 2, 2, 3, 4, 5, 5]
    assert len(STEPS) == 5
    assert sum(sura.verses for sura in suras()) == 6236
