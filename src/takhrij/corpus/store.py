"""The folder of results: parts that are there whole or not at all, and what is already done.

    OUT/corpus.json                 what was asked, the program, the fingerprint of the sources
    OUT/sources.parquet             the reference works that were searched: edition, coverage, files, hashes
    OUT/documents/part-00001.parquet    a row a text
    OUT/findings/part-00001.parquet     a row a finding and source
    OUT/claims/part-00001.parquet       a row a claim
    OUT/works.parquet               which texts are versions of one book

The parts of one number hold the same texts. That of `documents` is put in its place last: with it the others
count, without it they are of a run that was killed, and the next run removes them.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from takhrij.corpus import tables
from takhrij.corpus.task import Checked, digest
from takhrij.corpus.texts import Text
from takhrij.errors import TakhrijError, UsageError

FORMAT = "takhrij corpus 1"
FILES = ("findings", "claims", "documents")  # in the order in which they are put in their place


class Store:
    """A folder of results, open for one run alone. TakhrijError where it cannot be written."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self._settings = {"format": FORMAT, **settings}
        self._lock: int | None = None

    def __enter__(self) -> Store:
        try:
            self._open()
        except OSError as error:
            raise TakhrijError(f"{self.folder}: cannot be written ({error.strerror or error})") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open(self) -> None:
        described = self.folder / "corpus.json"
        if self.folder.exists() and not described.exists() and any(self.folder.iterdir()):
            raise UsageError(f"{self.folder}: holds other things; name a new folder for the results")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"{self.folder}: another run is writing there now") from None
        if described.exists():
            self._same(settings(self.folder))
        else:
            write_text(described, json.dumps(self._settings, ensure_ascii=False, indent=2) + "\n")
        for name in FILES:
            (self.folder / name).mkdir(exist_ok=True)
        self._tidy()

    def _same(self, before: Mapping[str, Any]) -> None:
        other = [key for key, value in self._settings.items() if before.get(key) != value]
        if other:
            what = "; ".join(f"{key}: {before.get(key)!r}, now {self._settings[key]!r}" for key in other)
            raise UsageError(
                f"{self.folder}: was begun with other settings ({what}). Results of both do not mix: name "
                "another folder, or remove this one"
            )

    def _tidy(self) -> None:
        """Remove what a killed run left half done."""
        whole = {path.name for path in (self.folder / "documents").glob("part-*.parquet")}
        for name in FILES:
            for path in (self.folder / name).iterdir():
                if path.name not in whole:
                    path.unlink()
        for path in self.folder.glob(".*.writing"):
            path.unlink()

    def done(self, texts: Sequence[Text]) -> set[str]:
        """The names of the texts that are done as they are now.

        Where one was changed since, the part that holds it is taken back, and all its texts are to be done.
        """
        given = {text.name: text for text in texts}
        found: set[str] = set()
        for path in sorted((self.folder / "documents").glob("part-*.parquet")):
            rows = read_rows(path, ["document", "bytes", "modified", "sha256"])
            if any(_changed(row, given.get(row["document"])) for row in rows):
                for name in reversed(FILES):
                    (self.folder / name / path.name).unlink(missing_ok=True)
                    _sync(self.folder / name)
            else:
                found |= {row["document"] for row in rows}
        return found

    def commit(self, batch: Sequence[Checked]) -> None:
        """Write the results of some texts as the next part: all of them are there then, or none."""
        numbers = [int(path.stem[5:]) for path in (self.folder / "documents").glob("part-*.parquet")]
        name = f"part-{max(numbers, default=0) + 1:05}.parquet"
        for table in ("findings", "claims"):
            packed = (data for checked in batch for data in checked.packed[table])
            put(self.folder / table / name, _writer(tables.TABLES[table], packed))
        rows = [checked.document for checked in batch]
        packed_rows = [tables.packed(tables.DOCUMENTS, rows)]
        put(self.folder / "documents" / name, _writer(tables.DOCUMENTS, packed_rows))


def settings(folder: Path) -> dict[str, Any]:
    """What the results in a folder were made with; UsageError where there are none."""
    try:
        loaded: dict[str, Any] = json.loads((folder / "corpus.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise UsageError(f"{folder}: no results of `takhrij corpus` there") from None
    if loaded.get("format") != FORMAT:
        raise UsageError(f"{folder}: of another version of takhrij ({loaded.get('format')})")
    return loaded


def parts(folder: Path, table: str) -> list[str]:
    """The files of a table that count, in their order."""
    whole = sorted(path.name for path in (folder / "documents").glob("part-*.parquet"))
    return [str(folder / table / name) for name in whole]


def read_rows(path: Path, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a Parquet file."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        rows: list[dict[str, Any]] = file.read(columns=columns).to_pylist()
    return rows


def put(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside its place, force it to the disk, and put it in its place at once."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.writing")
    try:
        write(beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise TakhrijError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_table(
    path: Path, columns: Sequence[tables.Column], rows: Sequence[tuple[tables.Value, ...]]
) -> None:
    """Write a table of a few rows."""
    put(path, _writer(columns, [tables.packed(columns, rows)]))


def write_text(path: Path, text: str) -> None:
    """Write a text."""
    put(path, lambda beside: _written(beside, text.encode("utf-8", "replace")))


def _writer(columns: Sequence[tables.Column], packed: Iterable[bytes]) -> Callable[[Path], None]:
    """What writes packed tables one after the other: never more than one of them is laid out."""

    def write(path: Path) -> None:
        from pyarrow.parquet import ParquetWriter

        with ParquetWriter(path, tables.schema(columns), compression="zstd") as writer:
            for data in packed:
                writer.write_table(tables.unpacked(data))

    return write


def _written(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _changed(row: Mapping[str, Any], text: Text | None) -> bool:
    """Whether a text is another now than when it was checked; one with a new date may be the same still."""
    if text is None or (text.size == row["bytes"] and text.modified == row["modified"]):
        return False
    if text.size != row["bytes"] or row["sha256"] is None:
        return True
    return bool(digest(text.path) != row["sha256"])


def _sync(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
