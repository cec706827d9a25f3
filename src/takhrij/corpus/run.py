"""A run over many texts, that can be killed at any moment and started again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from takhrij import __version__, api
from takhrij.corpus import tables
from takhrij.corpus.batch import Batch, Progress
from takhrij.corpus.store import Store, parts, read_rows, write_table
from takhrij.corpus.task import Wanted
from takhrij.corpus.texts import Text
from takhrij.corpus.versions import books_of, works
from takhrij.corpus.workers import on_cluster, on_this_machine
from takhrij.index import open_index
from takhrij.model import Source

WORKS: tuple[tables.Column, ...] = (("document", str), ("work", str), ("counted", int), ("why", str))
SOURCES: tuple[tables.Column, ...] = (
    ("source", str),
    ("kind", str),
    ("title", str),
    ("author", str),
    ("edition", str),
    ("numbering", str),
    ("coverage", str),
    ("held", int),
    ("role", str),
    ("licence", str),
    ("package", str),
    ("sha256", str),
)


def run(
    texts: Sequence[Text],
    folder: Path,
    wanted: Wanted,
    *,
    workers: int | None = None,
    dask: str | None = None,
    every: float = 60.0,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Check all texts that are not done yet and write the results into `folder`.

    workers: processes on this machine (None: one a core); dask: the address of a scheduler whose workers do
    it instead; every: seconds of work that are lost at most when the run is killed. Interrupted by Ctrl-C it
    writes what is done. Raises UsageError, TakhrijError, DataError.
    """
    index = open_index()
    chosen = api.chosen_sources(index, wanted.sources, wanted.without)
    program = (__version__, index.fingerprint)
    with Store(folder, _settings(wanted, program, chosen)) as store:
        write_table(folder / "sources.parquet", SOURCES, [_source_row(source) for source in chosen])
        done = store.done(texts)
        todo = sorted((text for text in texts if text.name not in done), key=lambda text: -text.size)
        state = Progress(len(todo), sum(text.size for text in todo), len(texts) - len(todo))
        batch = Batch(store, state, every, program, progress)
        try:
            if dask is not None:
                on_cluster(todo, wanted, batch, dask)
            else:
                on_this_machine(todo, wanted, batch, workers)
        finally:
            batch.commit()
            _write_works(folder)
        return state


def _settings(wanted: Wanted, program: tuple[str, str], chosen: Sequence[Source]) -> dict[str, Any]:
    return {
        "program": f"takhrij {program[0]}",
        "sources_fingerprint": program[1],
        "depth": wanted.depth,
        "sources": [source.id for source in chosen],
        "most_sources": wanted.most,
        "note": "Same words does not mean authentic, rightly understood, or that the conclusion follows.",
    }


def _source_row(source: Source) -> tuple[tables.Value, ...]:
    packages = dict.fromkeys(f"{file.distribution} {file.version}" for file in source.files)
    row = {"source": source.id, "package": ", ".join(packages) or None}
    row["sha256"] = ", ".join(file.sha256 for file in source.files) or None
    return tuple(row[name] if name in row else getattr(source, name) for name, _ in SOURCES)


def _write_works(folder: Path) -> None:
    """Which texts are versions of one book, told anew."""
    columns = ["document", "status", "uri", "state", "characters", "sketch"]
    rows = [row for path in parts(folder, "documents") for row in read_rows(Path(path), columns)]
    told = works(books_of(row for row in rows if row["status"] == "checked"))
    write_table(folder / "works.parquet", WORKS, [(w.document, w.work, int(w.counted), w.why) for w in told])
