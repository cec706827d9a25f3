"""A text read in pieces is the same text, with the same findings in the same places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from corpus_books import PROSE, long_book, openiti, report_sentence, verse_sentence

from takhrij.corpus import pieces as room
from takhrij.corpus import tables, task
from takhrij.corpus.pieces import Piece, cut, pieces
from takhrij.corpus.task import Wanted, check_text
from takhrij.corpus.texts import texts
from takhrij.model import Document
from takhrij.read import read, read_text

LONG = long_book(120)


def blocks(found: list[Piece]) -> list[tuple[int, int, str, str | None, int | None, int]]:
    return [
        (
            block.span.start + piece.base,
            block.span.end + piece.base,
            block.kind,
            block.page,
            None if block.line is None else block.line + piece.line,
            number + piece.block,
        )
        for piece in found
        for number, block in enumerate(piece.document.blocks)
        if piece.own.start <= block.span.start < piece.own.end
    ]


def whole(document: Document) -> list[tuple[int, int, str, str | None, int | None, int]]:
    return [
        (*block.span, block.kind, block.page, block.line, number)
        for number, block in enumerate(document.blocks)
    ]


@pytest.mark.parametrize(("size", "overlap"), [(2_000, 300), (7_001, 1_500), (10**9, 10)])
def test_an_openiti_file_is_the_same_in_pieces(tmp_path: Path, size: int, overlap: int) -> None:
    path = tmp_path / "book"
    path.write_text(LONG.replace("# باب", "### | باب"), encoding="utf-8")
    document = read(path)
    found = list(pieces(str(path), "book", size, overlap))
    assert "".join(p.document.text[p.own.start : p.own.end] for p in found) == document.text
    assert blocks(found) == whole(document)
    assert (len(found) > 1) == (size < 10**8)


def test_a_plain_text_is_the_same_in_pieces() -> None:
    document = read_text("\n".join(f"{number} {PROSE[number % 4]}." for number in range(500)))
    found = list(cut(document, 3_000, 200))
    assert len(found) > 5
    assert "".join(p.document.text[p.own.start : p.own.end] for p in found) == document.text
    assert blocks(found) == whole(document)


def test_a_line_without_end_is_cut_between_words() -> None:
    found = list(cut(read_text(" ".join(PROSE * 3_000)), 5_000, 100))
    assert len(found) > 100
    assert all(piece.document.text[piece.own.start - 1 : piece.own.start] in ("", " ") for piece in found)


def test_an_open_preface_is_known_in_the_next_piece(tmp_path: Path) -> None:
    path = tmp_path / "book"
    preface = "\n".join(f"# {PROSE[1]}" for _ in range(100))
    text = openiti([PROSE[0]]).replace("\n# ", f"\n### |EDITOR|\n{preface}\n### | كتاب\n# ", 1)
    path.write_text(text, encoding="utf-8")
    kinds = [kind for _, _, kind, *_ in blocks(list(pieces(str(path), "book", 1_000, 200)))]
    assert kinds == [block.kind for block in read(path).blocks]
    assert kinds.count("paratext") == 100


def rows(path: Path, depth: task.Depth) -> dict[str, list[dict[str, Any]]]:
    [text] = texts(str(path))
    done = check_text(text, Wanted(depth=depth, sources=None, without=(), most=4))
    return {
        name: [row for data in packed for row in tables.unpacked(data).to_pylist()]
        for name, packed in done.packed.items()
    }


@pytest.mark.parametrize("depth", ["wording", "claims"])
def test_the_findings_of_the_pieces_are_those_of_the_whole(
    tmp_path: Path, depth: task.Depth, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book"
    path.write_text(LONG, encoding="utf-8")
    at_once = rows(path, depth)
    monkeypatch.setattr(task, "pieces", lambda given, name, size: room.pieces(given, name, 6_000, 2_500))
    assert rows(path, depth) == at_once
    assert len(at_once["findings"]) >= 60
    assert bool(at_once["claims"]) == (depth == "claims")


def test_a_place_is_that_in_the_whole_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book"
    path.write_text(LONG, encoding="utf-8")
    monkeypatch.setattr(task, "pieces", lambda given, name, size: room.pieces(given, name, 6_000, 2_500))
    text = read(path).text
    for row in rows(path, "wording")["findings"]:
        assert text[row["start"] : row["end"]] == row["text"]


def test_an_editors_introduction_is_told_by_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "book"
    lines = openiti([]).strip()
    lines += f"\n### | مقدمة المحقق\n# {verse_sentence('quran:2:255')}\n### || عملي\n# {PROSE[1]}"
    lines += f"\n### | مقدمة المؤلف\n# {report_sentence('bukhari:1')}\n# {PROSE[2]}\n"
    path.write_text(lines, encoding="utf-8")
    found = rows(path, "wording")["findings"]
    assert {(row["kind"], row["part"]) for row in found} == {("quran", "paratext"), ("report", "text")}
