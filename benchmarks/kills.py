"""Kill at random moments what writes (SIGKILL), and see that the next run is right and nothing is left over.

    nice -n 19 python benchmarks/kills.py --index 80 --corpus 80 --add 20 --report 20 --seed 1

The index is one of a source of two thousand reports, the corpus eight books of verses, each made once without
a kill to compare with; the moment is drawn evenly from the time that took. Prints a table: kills, those that
hit it before, while and after it wrote, and what was wrong. Exit status 1 where anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from timed import table

from takhrij import sources

ONE_SOURCE = "import takhrij.sources as s; own = s.get('reports'); s.known = lambda: (own,)\n"
BUILD = ONE_SOURCE + (
    "import takhrij.index.build\nfrom takhrij.index import open_index\nprint('ready', flush=True)\n"
    "index = open_index(); print(index.record(7).text, flush=True)"
)
ADD = (
    "import sys, takhrij.sources as s\nprint('ready', flush=True)\n"
    "'more' in [one.id for one in s.known()] or s.add(sys.argv[1], id='more')"
)
PROSE = "وقد اختلفوا في قدر الممسوح من الرأس فذهب بعضهم إلى التعميم وبعضهم إلى الاكتفاء بالبعض"


class Kind(NamedTuple):
    """What is killed, how it is begun anew, and what holds after a kill and after the next run."""

    command: list[str]
    environment: dict[str, str]
    clear: Callable[[], None]
    state: Callable[[], str]  # after a kill: "before", "while", "after" it wrote; "wrong: …"
    result: Callable[[], Any]  # after a whole run
    timed: str = ""  # what it says when the time begins to count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in KINDS:
        options.add_argument(f"--{name}", type=int, default=0, help="kills")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    moments, rows, bad = random.Random(given.seed), list[list[object]](), 0
    with tempfile.TemporaryDirectory(prefix="takhrij-kills-") as home:
        for name, made in KINDS.items():
            if kills := getattr(given, name):
                folder = Path(home) / name
                folder.mkdir()
                states, wrong, seconds = _killed(made(folder), kills, moments)
                bad += len(wrong)
                counts = [states[state] for state in ("before", "while", "after")]
                rows.append([name, kills, f"{seconds:.1f}", *counts, len(wrong)])
                print(name, *wrong, sep="\n  ", file=sys.stderr)
    table(["what", "kills", "seconds of a run", "before", "while", "after", "wrong"], rows)
    sys.exit(bool(bad))


def _killed(kind: Kind, kills: int, moments: random.Random) -> tuple[Counter[str], list[str], float]:
    """Kill it so many times, each time followed by a whole run."""
    kind.clear()
    seconds = _whole(kind)
    right, states, wrong = kind.result(), Counter[str](), list[str]()
    for number in range(kills):
        kind.clear()
        after = moments.uniform(0, seconds * 1.1)
        process = _begun(kind)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        state = kind.state()
        states[state] += 1
        if state.startswith("wrong"):
            wrong.append(f"{number}, killed after {after:.3f} s: {state}")
        try:
            _whole(kind)
            if kind.result() != right:
                wrong.append(f"{number}, killed after {after:.3f} s: the next run gave something else")
        except subprocess.CalledProcessError as error:
            wrong.append(f"{number}, killed after {after:.3f} s: the next run ended with {error.returncode}")
    return states, wrong, seconds


def _begun(kind: Kind) -> subprocess.Popen[str]:
    """A run, from where its time counts."""
    environment = os.environ | kind.environment | {"PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        kind.command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    if kind.timed and process.stdout:
        assert process.stdout.readline().strip() == kind.timed
    return process


def _whole(kind: Kind) -> float:
    process = _begun(kind)
    began = time.monotonic()
    process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, kind.command)
    return time.monotonic() - began


def _remove(*paths: Path) -> None:
    for path in paths:
        subprocess.run(["rm", "-rf", str(path)], check=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(source: str, most: int) -> list[Any]:
    return [passage for _, passage in zip(range(most), sources.load(sources.get(source)), strict=False)]


# ------------------------------------------------------------ what is killed


def _index(folder: Path) -> Kind:
    cache, data = folder / "cache", folder / "data"
    file = folder / "reports.jsonl"
    lines = [json.dumps({"number": row.number, "text": row.text}) for row in _rows("bukhari", 2000)]
    file.write_text("\n".join(lines), "utf-8")
    environment = {"TAKHRIJ_CACHE_DIR": str(cache), "TAKHRIJ_DATA_DIR": str(data)}
    script = f"import takhrij.sources as s; s.add({str(file)!r})"
    subprocess.run([sys.executable, "-c", script], env=os.environ | environment, check=True)

    def state() -> str:
        if [*cache.glob("index-*")]:
            return "after"
        return "while" if [*cache.glob("building-*")] else "before"

    def result() -> Any:
        left = sorted(path.name.partition("-")[0] for path in cache.iterdir())
        [made] = cache.glob("index-*")
        return left, {file.name: _digest(file) for file in made.iterdir() if file.name != "checked.json"}

    return Kind([sys.executable, "-c", BUILD], environment, lambda: _remove(cache), state, result, "ready")


def _corpus(folder: Path) -> Kind:
    books, out = folder / "books", folder / "out"
    books.mkdir()
    verses = _rows("quran", 400)
    for book in range(8):
        chosen = verses[book * 40 : book * 40 + 60]
        text = "\n\n".join(f"{PROSE} قال الله تعالى: ﴿{verse.text}﴾ {PROSE}" for verse in chosen)
        (books / f"{book}.txt").write_text(text, "utf-8")

    def rows(table: str, *without: str) -> list[str]:
        from takhrij.corpus.store import parts, read_rows

        found = [row for path in parts(out, table) for row in read_rows(Path(path))]
        return sorted(str({key: row[key] for key in row if key not in without}) for row in found)

    def state() -> str:
        if not (out / "corpus.json").exists():
            return "before"
        documents = rows("documents", "seconds")
        if len(documents) != len({*documents}):
            return "wrong: a text stands there twice"
        return "after" if (out / "works.parquet").exists() and len(documents) == 8 else "while"

    def result() -> Any:
        left = sorted(str(path.relative_to(out)) for path in out.rglob("*writing*"))
        counted = {path.name for path in (out / "documents").iterdir()}
        others = {path.name for name in ("findings", "claims") for path in (out / name).iterdir()}
        return left, others - counted, rows("documents", "seconds"), rows("findings"), rows("claims")

    command = [sys.executable, "-m", "takhrij", "corpus", "run", str(books), str(out)]
    command += ["--workers", "1", "--commit-every", "0", "--quiet"]
    return Kind(command, {}, lambda: _remove(out), state, result)


def _add(folder: Path) -> Kind:
    data, file = folder / "data", folder / "more.txt"
    environment = {"TAKHRIJ_DATA_DIR": str(data)}
    file.write_text("\n\n".join(row.text for row in _rows("bukhari", 2000)), "utf-8")

    def state() -> str:
        from takhrij.sources import own

        with mock.patch.dict(os.environ, environment):
            found = [source.title for source, _ in own.entries()]
        if any("damaged" in title for title in found):
            return "wrong: a source that is there half"
        return "after" if found else "before"

    def result() -> Any:
        return sorted((str(path.relative_to(data)), path.is_file()) for path in data.rglob("*"))

    command = [sys.executable, "-c", ADD, str(file)]
    return Kind(command, environment, lambda: _remove(data), state, result, "ready")


def _report(folder: Path) -> Kind:
    text, out = folder / "text.txt", folder / "out.html"
    text.write_text("\n\n".join(f"قال تعالى: ﴿{row.text}﴾" for row in _rows("quran", 60)), "utf-8")

    def state() -> str:
        if not out.exists():
            return "before"
        return "after" if out.read_bytes().rstrip().endswith(b"</html>") else "wrong: half a report"

    command = [sys.executable, "-m", "takhrij", "check", str(text), "-o", str(out), "--fail-on", "none"]
    return Kind(
        [*command, "--quiet", "--format", "html"],
        {},
        lambda: _remove(out),
        state,
        lambda: ([path.name for path in folder.iterdir()], _digest(out)),
    )


KINDS = {"index": _index, "corpus": _corpus, "add": _add, "report": _report}

if __name__ == "__main__":
    main()
