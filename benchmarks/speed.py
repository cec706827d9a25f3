"""Characters (code points) a second, in one process, and where the time goes.

    speed.py ROWS.jsonl [--times 3] [--most N]

The rows' texts are joined. Each figure is the best of --times, by the clock and in processor time (on a
shared machine only the second can be compared). The stages are timed in one more run each, every stage
without those inside it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from timed import best, first_texts, table, texts

import takhrij
from takhrij.read import read
from takhrij.text import fold

STAGES = {
    "fold": ["find.view:fold"],
    "views": ["find.quotations:spell", "find.quotations:verse_view", "find.quotations:report_view"],
    "look-up": ["index.grams:look_up"],
    "chains": ["find.chain:chains"],
    "select": ["find.select:extend", "find.select:evidence", "find.select:regions"],
    "presented stretches": ["find.quotations:presented", "find.quotations:with_presented"],
    "short ones, the rest of find": ["api:quotations"],
    "English": ["api:read_english", "api:english_quotations"],
    "claims read": ["api:read_for_claims", "api:find_claims", "api:find_isnads"],
    "align": ["trace.finding:matches"],
    "rank, findings": ["api:trace"],
    "renderings": ["api:with_renderings"],
    "claims checked": ["api:with_claims"],
    "dates": ["api:find_dates"],
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--most", type=int, default=0, help="code points at most (whole rows); 0: all")
    options = parser.parse_args()
    text = "\n".join(first_texts(texts(options.rows), options.most))
    takhrij.check(text="قال الله تعالى")  # opens the index, loads what is loaded late
    print(f"{len(text):,} characters, best of {options.times}\n")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        figures(text, file.name, options.times)
    profile(text)


def figures(text: str, path: str, times: int) -> None:
    calls: dict[str, Callable[[], object]] = {
        "read and fold (the floor)": lambda: fold(read(path).text),
        "find, all sources": lambda: takhrij.find(text=text),
        "find, the Qur'an alone": lambda: takhrij.find(text=text, sources=["quran"]),
        "check, all sources": lambda: takhrij.check(text=text),
    }
    rows = []
    for name, call in calls.items():
        wall, cpu = best(times, call)
        rate = [f"{len(text) / seconds / 1e6:.2f}" for seconds in (wall, cpu)]
        rows.append([name, f"{wall:.2f}", f"{cpu:.2f}", *rate])
    table(["what", "wall s", "CPU s", "M characters/s, wall", "M characters/s, CPU"], rows)


def profile(text: str) -> None:
    """Processor time by stage."""
    found, checked = stages(lambda: takhrij.find(text=text)), stages(lambda: takhrij.check(text=text))
    rows = []
    for name in [*STAGES, "other"]:
        cells = [(run[name], run[name] / sum(run.values())) for run in (found, checked)]
        rows.append([name, *(f"{seconds:.2f} ({share:.0%})" for seconds, share in cells)])
    rows.append(["together", *(f"{sum(run.values()):.2f}" for run in (found, checked))])
    table(["stage", "find, CPU s", "check, CPU s"], rows)


def stages(call: Callable[[], object]) -> dict[str, float]:
    """Processor seconds in each stage, without the stages called inside it."""
    spent: defaultdict[str, float] = defaultdict(float)
    open_stages = ["other"]
    last = time.process_time()

    def turn() -> None:
        nonlocal last
        now = time.process_time()
        spent[open_stages[-1]] += now - last
        last = now

    @contextmanager
    def within(stage: str) -> Iterator[None]:
        turn()
        open_stages.append(stage)
        try:
            yield
        finally:
            turn()
            open_stages.pop()

    def clocked(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def inner(*args: Any, **named: Any) -> Any:
            with within(stage):
                return function(*args, **named)

        return inner

    patches = []
    for stage, places in STAGES.items():
        for place in places:
            module, _, name = place.partition(":")
            home = import_module(f"takhrij.{module}")
            patches.append(patch.object(home, name, clocked(stage, getattr(home, name))))
    for one in patches:
        one.start()
    try:
        call()
        turn()
    finally:
        for one in patches:
            one.stop()
    return spent


if __name__ == "__main__":
    main()
