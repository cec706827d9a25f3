"""`corpus`: many texts checked, and questions about the results."""

from __future__ import annotations

import csv
import json
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from takhrij import exit_status
from takhrij.commands.output import complain
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.corpus.batch import Progress
    from takhrij.corpus.query import Answer, Choice

_WIDE = 240  # columns of a table that no terminal shows
_EVERY = 30.0  # seconds between two lines where no bar can be drawn


def run(options: Namespace) -> int:
    """Check every text that is not done yet; the exit status is 3 where some could not be read."""
    _need("pyarrow")
    from takhrij.corpus.run import run as run_all
    from takhrij.corpus.task import Wanted
    from takhrij.corpus.texts import texts

    wanted = Wanted(
        depth=options.depth,
        sources=None if options.sources is None else tuple(options.sources),
        without=tuple(options.without),
        most=options.most_sources,
    )
    given = texts(options.texts)
    with _Shown(wanted=options.progress and not options.quiet) as shown:
        done = run_all(
            given,
            Path(options.output),
            wanted,
            workers=options.workers,
            dask=options.dask,
            every=options.commit_every,
            progress=shown,
        )
    if not options.quiet:
        print(f"takhrij: {_summary(done)}; results in {options.output}", file=sys.stderr)
    if done.failed:
        complain(f"{done.failed:,} could not be checked: takhrij corpus query {options.output} failed")
        return exit_status.UNREADABLE
    return exit_status.NOTHING_DIFFERS


def _summary(done: Progress) -> str:
    before = f" ({done.before:,} were done before)" if done.before else ""
    rate = f"{done.characters:,} characters at {done.rate / 1e6:.2f} million a second"
    return f"{done.done:,} texts checked{before}, {rate}, {done.findings:,} findings"


def report(options: Namespace) -> int:
    """Make the page of the results."""
    _need("pyarrow", "duckdb")
    from takhrij.corpus.page import write_page

    folder = Path(options.results)
    target = Path(options.output) if options.output else folder / "report.html"
    write_page(folder, target, _choice(options))
    print(f"takhrij: wrote {target}", file=sys.stderr)
    return exit_status.NOTHING_DIFFERS


def query(options: Namespace) -> int:
    """Answer one of the usual questions, as a table."""
    _need("pyarrow", "duckdb")
    from takhrij.corpus.query import Results, versions_of

    results = Results(Path(options.results), _choice(options))
    refs: list[str] = []
    if options.ref is not None:
        refs = versions_of(options.ref) if options.question == "variants" else [options.ref]
    _print(results.ask(options.question, refs=refs, top=options.top), options.format)
    return exit_status.NOTHING_DIFFERS


def _choice(options: Namespace) -> Choice:
    from takhrij.corpus.query import Choice

    names = ("author", "book", "centuries", "kind", "versions", "paratext", "echoes")
    return Choice(**{name: getattr(options, name) for name in names})


def _print(answer: Answer, format: str) -> None:
    if format == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        print(json.dumps({"title": answer.title, "rows": rows}, ensure_ascii=False, indent=2, default=str))
    elif format == "csv":
        from takhrij.report.csv import harmless

        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(answer.columns)
        writer.writerows([harmless(cell) for cell in row] for row in answer.rows)
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(title=answer.title, title_justify="left", box=None, pad_edge=False)
        for name, cell in zip(answer.columns, answer.rows[0] if answer.rows else answer.columns, strict=True):
            table.add_column(name, justify="right" if isinstance(cell, int | float) else "left")
        for row in answer.rows:
            table.add_row(*(_cell(value) for value in row))
        Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _cell(value: object) -> str:
    from rich.markup import escape

    from takhrij.report.clean import isolated, one_line

    if isinstance(value, int):
        return f"{value:,}" if value > 9_999 else str(value)
    text = "" if value is None else one_line(str(value))
    return escape(isolated(text) if not text.isascii() else text)


def _need(*packages: str) -> None:
    from importlib.util import find_spec

    absent = [package for package in packages if find_spec(package) is None]
    if absent:
        raise UsageError(f"`takhrij corpus` needs {' and '.join(absent)}: pip install 'takhrij[corpus]'")


class _Shown:
    """How far a run is: a bar on a terminal, a line now and then in a log."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr is not None
        self._on_terminal = self._wanted and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._last = time.monotonic()

    def __call__(self, state: Progress) -> None:
        if self._on_terminal:
            self._draw(state)
        elif self._wanted and time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            print(f"takhrij: {_so_far(state)}", file=sys.stderr, flush=True)

    def __enter__(self) -> _Shown:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _draw(self, state: Progress) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

            columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=state.bytes or None)
            self._bar.start()
        self._bar.update(self._task, completed=state.done_bytes, description=_so_far(state))


def _so_far(state: Progress) -> str:
    left = "" if state.left is None else f", {_duration(state.left)} left"
    failed = f", {state.failed:,} failed" if state.failed else ""
    size = f"{state.done_bytes / 1e6:,.0f} of {state.bytes / 1e6:,.0f} MB"
    return (
        f"{state.done:,} of {state.texts:,} texts{failed}, {size}, "
        f"{state.rate / 1e6:.2f} million characters a second{left}"
    )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
