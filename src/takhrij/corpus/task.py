"""What a worker does, here or on another machine: one text checked, its rows packed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from takhrij import __version__, api
from takhrij.corpus import tables
from takhrij.corpus.pieces import Piece, pieces
from takhrij.corpus.texts import Text, uri_of
from takhrij.corpus.versions import sketch
from takhrij.errors import DataError, TakhrijError
from takhrij.index import open_index
from takhrij.model import Document, Finding, Source
from takhrij.read import openiti
from takhrij.read.structure import is_editors
from takhrij.text import fold

Depth = Literal["wording", "claims"]
"""How much is asked of each quotation: its sources and wording, or also what the text says of it."""

_HEADER = 1 << 16  # bytes
_SIZES: dict[Depth, int] = {"wording": 250_000, "claims": 60_000}  # code points of a piece: some 200-300 MB
_OUTSIDE = ("paratext", "footnote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be done with every text; of two runs with different ones the results do not mix."""

    depth: Depth
    sources: tuple[str, ...] | None  # ids or groups; None: all
    without: tuple[str, ...]
    most: int  # sources kept of a finding


@dataclass(slots=True)
class Checked:
    """What was found in a text: its row among the documents, the packed rows of the other tables by name.

    `program` is the version and the index's fingerprint: workers elsewhere must have the same.
    """

    name: str
    document: tuple[tables.Value, ...]
    program: tuple[str, str]
    rows: int = 0
    packed: dict[str, list[bytes]] = field(default_factory=lambda: {"findings": [], "claims": []})


def check_text(text: Text, wanted: Wanted) -> Checked:
    """Check one text. One that cannot be read is recorded as failed; DataError: none can be checked."""
    index = open_index()
    chosen = api.chosen_sources(index, wanted.sources, wanted.without)
    work = _Work(text, wanted, chosen)
    began = time.process_time()
    try:
        for piece in pieces(text.path, text.name, _SIZES[wanted.depth]):
            work.take(piece)
        error = None
    except DataError:
        raise
    except (TakhrijError, OSError) as problem:
        error = str(problem)
    except MemoryError:
        error = f"{text.name}: not enough memory; split the file"
    except Exception as problem:  # one text must not end the run of thousands
        error = f"{text.name}: a mistake in takhrij ({type(problem).__name__}: {problem}); please report it"
    return work.done(error, time.process_time() - began, (__version__, index.fingerprint))


def failed(text: Text, error: str, program: tuple[str, str]) -> Checked:
    """A text that could not be checked, as it is recorded."""
    return Checked(text.name, _document_row(text, error=error), program)


class _Work:
    """A text on its way: its rows so far, piece by piece."""

    def __init__(self, text: Text, wanted: Wanted, chosen: tuple[Source, ...]) -> None:
        self.text, self.wanted, self.chosen = text, wanted, chosen
        self.outside = Outside()
        self.packed: dict[str, list[bytes]] = {"findings": [], "claims": []}
        self.characters = self.words = self.pieces = self.findings = self.rows = 0
        self.sketch = np.empty(0, np.uint64)
        self.cited: list[tuple[int, str]] = []  # where verses were quoted last, and of which sura
        self.first: Document | None = None

    def take(self, piece: Piece) -> None:
        """Check a piece and keep the rows of what begins in its own part."""
        self.first = self.first or piece.document
        own = piece.document.text[piece.own.start : piece.own.end]
        words = fold(own).hashes
        self.sketch = sketch(words, self.sketch)
        parts = self.outside.parts(piece)
        rows: dict[str, list[tuple[tables.Value, ...]]] = {"findings": [], "claims": []}
        for finding in self._found(piece):
            if piece.own.start <= finding.span.start < piece.own.end:
                self.findings += 1
                self._rows(finding, piece, parts.get(finding.place.block, "text"), rows)
        for name, made in rows.items():
            if made:
                self.packed[name].append(tables.packed(tables.TABLES[name], made))
                self.rows += len(made)
        self.pieces += 1
        self.words += len(words)
        self.characters += len(own)

    def _found(self, piece: Piece) -> Iterable[Finding]:
        wanted = self.wanted
        if wanted.depth == "claims":
            report = api.check(document=piece.document, sources=wanted.sources, without=wanted.without)
            return sorted((*report.findings, *report.echoes), key=lambda finding: finding.span)
        before = [sura for start, sura in self.cited if start < piece.base]
        found = api.compared(
            piece.document, open_index(), self.chosen, wanted.most, before[-1] if before else None
        )
        suras = [
            (finding.span.start + piece.base, finding.sources[0].ref.split(":")[1])
            for finding in found
            if finding.kind == "quran" and finding.sources
        ]
        self.cited = suras or self.cited
        return found

    def _rows(
        self, finding: Finding, piece: Piece, part: str, rows: dict[str, list[tuple[tables.Value, ...]]]
    ) -> None:
        name, number = self.text.name, self.findings
        rows["findings"] += tables.finding_rows(
            name, number, finding, piece.base, piece.line, part, self.wanted.most
        )
        rows["claims"] += tables.claim_rows(name, number, finding, piece.base)

    def done(self, error: str | None, seconds: float, program: tuple[str, str]) -> Checked:
        """The text's rows, or only that it failed."""
        if error is not None:
            return failed(self.text, error, program)
        row = _document_row(
            self.text,
            status="checked",
            format=self.first.format if self.first else None,
            encoding=self.first.encoding if self.first else None,
            notes="\n".join(self.first.notes) if self.first and self.first.notes else None,
            sha256=digest(self.text.path),
            characters=self.characters,
            words=self.words,
            pieces=self.pieces,
            findings=self.findings,
            seconds=round(seconds, 3),
            sketch=self.sketch.tobytes(),
        )
        return Checked(self.text.name, row, program, self.rows, self.packed)


class Outside:
    """Tells what is not the author's: apparatus by its kind, editors' introductions by their headings.

    Keeps over the pieces of a text whether one is open, and of which level its heading was.
    """

    def __init__(self) -> None:
        self._level: int | None = None

    def parts(self, piece: Piece) -> dict[int, str]:
        """By the number of a block in the piece what it belongs to, where that is not the text."""
        told: dict[int, str] = {}
        for number, block in enumerate(piece.document.blocks):
            if not piece.own.start <= block.span.start < piece.own.end and number:
                continue
            if block.kind == "heading":
                if self._level is not None and block.level <= self._level:
                    self._level = None
                if self._level is None and is_editors(_line(piece.document, block.span)):
                    self._level = block.level
            if block.kind in _OUTSIDE:
                told[number] = block.kind
            elif self._level is not None:
                told[number] = "paratext"
        return told


def _line(document: Document, span: tuple[int, int]) -> str:
    return document.text[span[0] : min(span[1], span[0] + 200)]


def digest(path: str) -> str:
    """The SHA-256 of a file, read bit by bit."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _document_row(text: Text, **known: tables.Value) -> tuple[tables.Value, ...]:
    uri = uri_of(text.name)
    said = _metadata(text.path)
    row: dict[str, tables.Value] = {
        "document": text.name,
        "path": text.path,
        "status": "failed",
        "bytes": text.size,
        "modified": text.modified,
        "author": _value(said, "AuthorNAME") or (uri.author if uri else None),
        "title": _value(said, "BookTITLE") or (uri.book if uri else Path(text.name).stem),
        "characters": 0,
        "findings": 0,
    }
    if uri:
        row |= {"uri": f"{uri.died:04}{uri.author}.{uri.book}", "version": uri.version, "state": uri.state}
        row |= {"died": uri.died, "century": (uri.died - 1) // 100 + 1}
    row |= known
    return tuple(row.get(name) for name, _ in tables.DOCUMENTS)


def _metadata(path: str) -> dict[str, str]:
    """What the header of an OpenITI file says; nothing for any other file."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEADER).decode("utf-8-sig", "ignore")
    except OSError:
        return {}
    return openiti.metadata(head) if openiti.recognises(head) else {}


def _value(said: dict[str, str], key: str) -> str | None:
    """The first thing that a header says under a key, whatever number stands before it ("020.BookTITLE")."""
    return next((value for name, value in said.items() if name.rpartition(".")[2] == key), None)
