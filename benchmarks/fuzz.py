"""Fuzz what reads other people's bytes, guided by coverage (atheris), each target in a process of its own.

    nice -n 19 python benchmarks/fuzz.py --minutes 20 --inputs ~/fuzz            # every target
    nice -n 19 python benchmarks/fuzz.py --minutes 5 --inputs ~/fuzz pdf claims  # some
    python benchmarks/fuzz.py --inputs ~/fuzz --again ~/fuzz/crashes/pdf-crash-…  # one input once more

Inputs that reached something new are kept in INPUTS/TARGET and tried first the next time; what crashed, took over
20 seconds or 4 GB in INPUTS/crashes. Prints a table: minutes, executions, memory of its own (not mapped files) after
a tenth of the time and at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

from fuzz_targets import TARGETS
from timed import table

_SECONDS, _MEGABYTES = 20, 4096  # most that one input may take
_LONGEST = 8192  # bytes of an input
_EVERY = 200  # executions between two looks at the memory


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all where none is named")
    options.add_argument("--minutes", type=float, default=20.0)
    options.add_argument("--inputs", type=Path, required=True)
    options.add_argument("--again", type=Path, help="an input that is tried once, as the target in its name")
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.again:
        TARGETS[given.again.name.partition("-")[0]].run(given.again.read_bytes())
    elif given.child:
        _fuzz(given.targets[0], given.inputs, given.minutes * 60)
    else:
        rows = [_watched(name, given.inputs, given.minutes) for name in given.targets or TARGETS]
        table(["target", "minutes", "executions", "inputs kept", "MB early", "MB at the end", "crashes"], rows)


def _watched(name: str, inputs: Path, minutes: float) -> list[object]:
    """Fuzz a target until its time is over, again after every crash."""
    crashes = inputs / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    before, executions, told = {*crashes.iterdir()}, 0, list[int]()
    began = time.monotonic()
    while (left := minutes - (time.monotonic() - began) / 60) > 0.05:
        command = [sys.executable, __file__, name, "--child", "--inputs", str(inputs), "--minutes", str(left)]
        with (inputs / f"{name}.log").open("ab") as log:
            subprocess.run(command, stdout=log, stderr=log, check=False)
        state = json.loads((inputs / f"{name}.json").read_text())
        executions += state["executions"]
        told = state["memory"] or told
    found = sorted(path.name for path in {*crashes.iterdir()} - before)
    early, late = (told[len(told) // 10], told[-1]) if told else (0, 0)
    taken = (time.monotonic() - began) / 60
    kept = len([*(inputs / name).iterdir()])
    row = [name, f"{taken:.1f}", f"{executions:,}", kept, early, late, ", ".join(found) or 0]
    print(*row, file=sys.stderr, flush=True)
    return row


def _fuzz(name: str, inputs: Path, seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["takhrij"], enable_loader_override=False):
        import takhrij.api
        import takhrij.argue.reading
        import takhrij.index.store
        import takhrij.read.apart
        import takhrij.read.markup.docx
        import takhrij.read.markup.epub
        import takhrij.read.markup.html
        import takhrij.read.markup.odt
        import takhrij.read.markup.tei
        import takhrij.read.pdf
        import takhrij.read.rtf
        import takhrij.report.maps
        import takhrij.serve.jobs
        import takhrij.sources.own_formats  # noqa: F401

    target, kept = TARGETS[name], inputs / name
    kept.mkdir(exist_ok=True)
    for seed in target.seeds():
        (kept / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    state = {"executions": 0, "memory": list[int]()}
    status = inputs / f"{name}.json"
    status.write_text(json.dumps(state))

    def one_input(data: bytes) -> None:
        state["executions"] += 1  # type: ignore[operator]
        if state["executions"] % _EVERY == 0:  # type: ignore[operator]
            state["memory"].append(_own_memory())  # type: ignore[union-attr]
            status.write_text(json.dumps(state))
        target.run(data)

    words = inputs / "words.dict"
    if not words.exists():
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in _dictionary()))
    limits = [f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LONGEST}", "-len_control=20"]
    where = [f"-artifact_prefix={inputs}/crashes/{name}-", f"-dict={words}", str(kept)]
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", *limits, *where], one_input)
    atheris.Fuzz()


def _dictionary() -> list[bytes]:
    """Short stretches of what is tried first: the mutations put them together anew."""
    words = {word[:40] for target in TARGETS.values() for seed in target.seeds() for word in seed[:20_000].split()}
    return sorted(word for word in words if len(word) > 1)[::3] + ["﴿".encode(), "«".encode(), "\u202e".encode()]


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _own_memory() -> int:
    """MB of this process that are no mapped files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) // 1024


if __name__ == "__main__":
    main()
