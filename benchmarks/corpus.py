"""`takhrij corpus` on generated books: how time grows, what each step costs, memory, runs that are killed.

    corpus.py [--megabytes 4] [--depth wording] [--kills 20] [--only PART] [--books FOLDER]

scaling: n, 2n and 4n megabytes with one process, 2n and 4n with two; processor time beside the clock, since
others may use the machine. steps: processor time of each, in one process. memory: the most anonymous memory
of a worker while a book is checked, and one four times as long. kills: the run is killed at random moments
and started again until it is whole; then the rows are compared with those of a run left alone. The books are
made by planted.py; those of a folder of yours are taken for the steps.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import planted
from timed import table

PER_MEGABYTE = 2_300  # quotations planted in a million bytes of UTF-8


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=4.0)
    parser.add_argument("--depth", default="wording", choices=["wording", "claims"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", choices=["scaling", "steps", "kills", "memory"])
    parser.add_argument("--books", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="takhrij-corpus-") as name:
        folder = Path(name)
        for part in (scaling, steps, memory, kills):
            if options.only in (None, part.__name__):
                part(folder, options)


def book(path: Path, megabytes: float, seed: int) -> None:
    """A book of about so many megabytes, in OpenITI mARkdown."""
    made, _ = planted.text(seed, round(PER_MEGABYTE * megabytes))
    lines = "\n".join(f"# {line}" for line in made.splitlines())
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(f"######OpenITI#\n#META#Header#End#\n\n{lines}\n", encoding="utf-8")


def command(books: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "takhrij", "corpus", str(books), str(out), "--no-progress", "-q", *more]


def measured(books: Path, out: Path, workers: int, depth: str) -> tuple[float, float]:
    """Seconds by the clock and of the processor (of all its processes) of one run."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command(books, out, "--workers", str(workers), "--depth", depth), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def scaling(folder: Path, options: argparse.Namespace) -> None:
    """n, 2n, 4n megabytes; one and two processes."""
    rows = []
    for times, workers in ((1, 1), (2, 1), (4, 1), (2, 2), (4, 2)):
        books = folder / f"scaling-{times}"
        if not books.exists():
            for number in range(4 * times):
                book(books / f"{number:02}.txt", options.megabytes / 4, number + 1)
        wall, cpu = measured(books, folder / f"out-{times}-{workers}", workers, options.depth)
        size = sum(len(path.read_text(encoding="utf-8")) for path in books.iterdir())
        rows.append(
            [
                f"{size:,}",
                workers,
                f"{wall:.1f}",
                f"{cpu:.1f}",
                *(f"{size / s / 1e6:.2f}" for s in (wall, cpu)),
            ]
        )
    head = ["characters", "processes", "wall s", "CPU s, all", "M characters/s, wall", "M characters/s, CPU"]
    table(head, rows)


def steps(folder: Path, options: argparse.Namespace) -> None:
    """Processor time of each step, in one process, for both depths."""
    from timed import best

    from takhrij import api
    from takhrij.corpus.pieces import pieces
    from takhrij.corpus.task import Wanted, check_text
    from takhrij.corpus.texts import texts
    from takhrij.corpus.versions import sketch
    from takhrij.index import open_index
    from takhrij.text import fold

    books = options.books or folder / "steps"
    if options.books is None:
        book(books / "a.txt", options.megabytes, 1)
    given, index = texts(str(books)), open_index()
    read = [piece for text in given for piece in pieces(text.path, text.name, 250_000)]
    size = sum(piece.own.end - piece.own.start for piece in read)
    api.find(text="قال الله تعالى")
    none = fold("").hashes

    def wanted(depth: Any) -> Wanted:
        return Wanted(depth=depth, sources=None, without=(), most=4)

    calls = {
        "reading in pieces": lambda: [list(pieces(text.path, text.name, 250_000)) for text in given],
        "folding, sketch of versions": lambda: [sketch(fold(p.document.text).hashes, none) for p in read],
        "find, the Qur'an alone": lambda: [api.find(document=p.document, sources=["quran"]) for p in read],
        "find, all sources": lambda: [api.find(document=p.document) for p in read],
        "find and compare": lambda: [api.compared(p.document, index, index.sources, 4) for p in read],
        "the whole way, depth wording": lambda: [check_text(text, wanted("wording")) for text in given],
        "the whole way, depth claims": lambda: [check_text(text, wanted("claims")) for text in given],
    }
    rows = []
    for name, call in calls.items():
        wall, cpu = best(2 if "claims" not in name else 1, call)
        rows.append([name, f"{wall:.2f}", f"{cpu:.2f}", f"{size / cpu / 1e6:.2f}"])
    print(f"{size:,} characters\n")
    table(["step (pieces with their overlap)", "wall s", "CPU s", "M characters/s, CPU"], rows)


def memory(folder: Path, options: argparse.Namespace) -> None:
    """The most anonymous memory of a worker, for a book and for one four times as long."""
    rows = []
    for times in (1, 4):
        books = folder / f"memory-{times}"
        book(books / "a.txt", options.megabytes * times, 1)
        most = watched(command(books, folder / f"out-memory-{times}", "--depth", options.depth))
        size = (books / "a.txt").stat().st_size
        rows.append([f"{size / 1e6:.1f} MB", f"{most / 1024:.0f} MiB"])
    table([f"one book, depth {options.depth}", "anonymous memory of the worker, most"], rows)


def watched(run: list[str]) -> int:
    """The most anonymous memory (kB) of any worker of a run."""
    process = subprocess.Popen(run)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            for child in children.read_text().split() if children.exists() else ():
                most = max(most, anonymous(child))
            time.sleep(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    thread.join()
    return most


def anonymous(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


def kills(folder: Path, options: argparse.Namespace) -> None:
    """Killed at random moments and started again: what is lost, what is doubled."""
    books = folder / "kills"
    for number in range(60):
        book(books / f"{number:02}.txt", options.megabytes / 60, number + 1)
    whole, out = folder / "whole", folder / "killed"
    began = time.perf_counter()
    subprocess.run(command(books, whole), check=True)
    took = time.perf_counter() - began
    moments = random.Random(5)
    late = 0
    for _ in range(options.kills):
        process = subprocess.Popen(
            command(books, out, "--commit-every", "0.2"), start_new_session=True, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, max(3.0, took / 5)))
        late += process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_for(process.pid)
    subprocess.run(command(books, out), check=True)
    expected, found = (Counter(rows(each, "findings")) for each in (whole, out))
    texts = Counter(rows(out, "documents"))
    table(
        ["kills", "of them after the end", "rows", "lost", "doubled", "texts lost or doubled"],
        [
            [
                options.kills,
                late,
                sum(expected.values()),
                sum((expected - found).values()),
                sum((found - expected).values()),
                abs(60 - len(texts)) + sum(count - 1 for count in texts.values()),
            ]
        ],
    )


def wait_for(session: int) -> None:
    """Until every process of a killed run has ended, ten seconds at most."""
    for _ in range(100):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    sys.exit("a worker outlived the run that was killed")


def rows(out: Path, name: str) -> list[tuple[Any, ...]]:
    from pyarrow.parquet import ParquetFile

    keys = ("document",) if name == "documents" else ("document", "finding", "rank", "ref", "start", "end")
    found: list[tuple[Any, ...]] = []
    for path in (out / name).iterdir():
        with ParquetFile(path) as file:
            found += [tuple(row[key] for key in keys) for row in file.read(list(keys)).to_pylist()]
    return found


if __name__ == "__main__":
    main()
