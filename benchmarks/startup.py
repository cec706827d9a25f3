"""Seconds from the shell: `takhrij --help`, and `takhrij check` of one page with the index built.

    startup.py [TEXT] [--times 7]

The median of --times runs after one that is not counted.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from timed import table

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ablution.txt"
MOST_STATUS = 1  # 1: a quotation differs; above that nothing was checked


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", type=Path, nargs="?", default=EXAMPLE)
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args()
    rows = []
    for name, arguments in (
        ("--help", ["--help"]),
        (f"check {options.text.name}", ["check", str(options.text)]),
    ):
        runs = [run([*program(), *arguments]) for _ in range(options.times + 1)][1:]
        wall, cpu = (median(values) for values in zip(*runs, strict=True))
        rows.append([f"takhrij {name}", f"{wall:.2f}", f"{cpu:.2f}"])
    table(["command", f"wall s, median of {options.times}", "CPU s"], rows)


def program() -> list[str]:
    """The installed command of this Python, else the package itself."""
    installed = shutil.which("takhrij", path=str(Path(sys.executable).parent))
    return [installed] if installed else [sys.executable, "-m", "takhrij"]


def run(command: list[str]) -> tuple[float, float]:
    """Seconds of a command by the clock and in processor time."""
    wall, cpu = time.perf_counter(), children()
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=os.environ
    )
    seconds = time.perf_counter() - wall, children() - cpu
    if done.returncode > MOST_STATUS:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return seconds


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
