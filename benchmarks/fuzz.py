"""Fuzz what reads other people's bytes, guided by coverage (atheris), each target in a process of its own.

    nice -n 19 python benchmarks/fuzz.py --minutes 20 --inputs ~/fuzz            # every target
    nice -n 19 python benchmarks/fuzz.py --minutes 5 --inputs ~/fuzz pdf claims  # some
    python benchmarks/fuzz.py --inputs ~/fuzz --again ~/fuzz/crashes/pdf-crash-…  # one input once more

Inputs that reached something new are kept in INPUTS/TARGET and tried first the next time; what crashed, took
over 20 seconds or 4 GB in INPUTS/crashes. At last all that is kept is tried three times more without atheris
(which grows by itself): memory of the process's own, not of mapped files, after the first and the last time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import fuzz_service
import fuzz_targets
from timed import table

TARGETS = fuzz_targets.TARGETS | fuzz_service.TARGETS

_SECONDS, _MEGABYTES = 20, 4096  # most that one input may take
_LONGEST = 8192  # bytes of an input
_EVERY = 200  # executions between two that are counted
_ROUNDS = 3  # that the kept inputs are tried once more


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all where none is named")
    options.add_argument("--minutes", type=float, default=20.0)
    options.add_argument("--inputs", type=Path, required=True)
    options.add_argument("--again", type=Path, help="an input that is tried once, as the target in its name")
    options.add_argument("--child", choices=("fuzz", "replay"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.again:
        TARGETS[given.again.name.partition("-")[0]].run(given.again.read_bytes())
    elif given.child == "fuzz":
        _fuzz(given.targets[0], given.inputs, given.minutes * 60)
    elif given.child:
        _replay(given.targets[0], given.inputs)
    else:
        rows = [_watched(name, given.inputs, given.minutes) for name in given.targets or TARGETS]
        head = [
            "target",
            "minutes",
            "executions",
            "inputs kept",
            "MB early",
            "MB late",
            "slowest, s",
            "crashes",
        ]
        table(head, rows)


def _watched(name: str, inputs: Path, minutes: float) -> list[object]:
    """Fuzz a target until its time is over, again after every crash."""
    crashes = inputs / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    before, executions, began = {*crashes.iterdir()}, 0, time.monotonic()
    while (left := minutes - (time.monotonic() - began) / 60) > 0.05:
        _run(name, inputs, "fuzz", str(left))
        executions += json.loads((inputs / f"{name}.json").read_text())
    taken = (time.monotonic() - began) / 60
    _run(name, inputs, "replay", "0")
    early, late, slowest = json.loads((inputs / f"{name}.json").read_text())
    found = sorted(path.name for path in {*crashes.iterdir()} - before)
    kept = len([*(inputs / name).iterdir()])
    row = [name, f"{taken:.1f}", f"{executions:,}", kept, early, late, slowest, ", ".join(found) or 0]
    print(*row, file=sys.stderr, flush=True)
    return row


def _run(name: str, inputs: Path, what: str, minutes: str) -> None:
    command = [sys.executable, __file__, name, "--child", what, "--inputs", str(inputs), "--minutes", minutes]
    with (inputs / f"{name}.log").open("ab") as log:
        subprocess.run(command, stdout=log, stderr=log, check=False)


def _replay(name: str, inputs: Path) -> None:
    """Try the kept inputs: memory after the first round and the last, the longest that one took."""
    files, memory, longest = [path.read_bytes() for path in (inputs / name).iterdir()], list[int](), 0.0
    for _ in range(_ROUNDS):
        for data in files:
            began = time.process_time()
            with suppress(Exception):  # a crash, which is kept as one
                TARGETS[name].run(data)
            longest = max(longest, time.process_time() - began)
        memory.append(_own_memory())
    (inputs / f"{name}.json").write_text(json.dumps([memory[0], memory[-1], round(longest, 2)]))


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
    status, executions = inputs / f"{name}.json", count()
    status.write_text("0")

    def one_input(data: bytes) -> None:
        if (number := next(executions)) % _EVERY == 0:
            status.write_text(str(number))
        target.run(data)

    words = inputs / "words.dict"
    if not words.exists():
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in _dictionary()))
    limits = [f"-timeout={_SECONDS}", f"-report_slow_units={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}"]
    limits += [f"-max_len={_LONGEST}", "-len_control=20"]
    where = [f"-artifact_prefix={inputs}/crashes/{name}-", f"-dict={words}", str(kept)]
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", *limits, *where], one_input)
    atheris.Fuzz()


def _dictionary() -> list[bytes]:
    """Short stretches of what is tried first: the mutations put them together anew."""
    seeds = [seed[:20_000] for target in TARGETS.values() for seed in target.seeds()]
    words = {word[:40] for seed in seeds for word in seed.split() if len(word) > 1}
    return [*sorted(words)[::3], *(mark.encode() for mark in "﴿«\u202e")]


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _own_memory() -> int:
    """MB of this process that are no mapped files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) // 1024


if __name__ == "__main__":
    main()
