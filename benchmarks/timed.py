"""What the benchmarks share: their texts, and clocks that tell processor time from waiting."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Seconds(NamedTuple):
    """Wall-clock time, and processor time of this process (all its threads)."""

    wall: float
    cpu: float


def texts(path: Path) -> list[str]:
    """The "text" of each row of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def first_texts(all_texts: Sequence[str], most: int) -> list[str]:
    """As many whole texts from the beginning as hold at most `most` code points; all where it is 0."""
    taken: list[str] = []
    size = 0
    for text in all_texts:
        size += len(text)
        if most and size > most and taken:
            break
        taken.append(text)
    return taken


def timed(call: Callable[[], object]) -> Seconds:
    """How long one call takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu)


def best(times: int, call: Callable[[], object]) -> Seconds:
    """The least wall-clock and the least processor time of several calls."""
    runs = [timed(call) for _ in range(times)]
    return Seconds(min(run.wall for run in runs), min(run.cpu for run in runs))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    for line in lines:
        sys.stdout.write("| " + " | ".join(map(str, line)) + " |\n")
    sys.stdout.write("\n")
    sys.stdout.flush()
