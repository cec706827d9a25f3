"""Memory of a one-page check, the size of the index, and time and memory of building it.

    memory.py [TEXT] [--no-build]

Anonymous and resident memory are those that Linux gives for a fresh process at the end of its check
(/proc/self/smaps_rollup); resident memory counts the pages of the index that were read, which other
processes share. The build is into an empty folder, which is removed again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "ablution.txt"
MIB = 2**20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", type=Path, nargs="?", default=EXAMPLE)
    parser.add_argument("--no-build", action="store_true", help="leave out the build")
    parser.add_argument("--inside", choices=["check", "build"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside == "check":
        print(json.dumps(checked(options.text)))
    elif options.inside == "build":
        print(json.dumps(built()))
    else:
        report(options.text, build=not options.no_build)


def report(text: Path, *, build: bool) -> None:
    from timed import table

    page = fresh("check", text, dict(os.environ))
    rows = [
        [
            f"check of {text.name} ({page['characters']} characters), anonymous",
            f"{page['Anonymous'] / MIB:.0f} MiB",
        ],
        ["the same, resident", f"{page['Rss'] / MIB:.0f} MiB"],
        ["index on disk with its texts", f"{page['index'] / 1e6:.0f} MB"],
    ]
    if build:
        with tempfile.TemporaryDirectory(prefix="takhrij-build-") as folder:
            made = fresh("build", text, {**os.environ, "TAKHRIJ_CACHE_DIR": folder})
        rows.append(["first build, by the clock", f"{made['wall']:.1f} s"])
        rows.append(["first build, processor time", f"{made['cpu']:.1f} s"])
        rows.append(["first build, most resident memory", f"{made['peak'] / MIB:.0f} MiB"])
    table(["what", "figure"], rows)


def fresh(what: str, text: Path, environment: dict[str, str]) -> dict[str, Any]:
    """What this script measures of itself in a process of its own."""
    command = [sys.executable, __file__, "--inside", what, str(text)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def checked(text: Path) -> dict[str, float]:
    import takhrij
    from takhrij.index import open_index

    report = takhrij.check(text)
    size = sum(file.stat().st_size for file in open_index().path.iterdir())
    return {**rollup(), "characters": len(report.document.text), "index": size}


def rollup() -> dict[str, float]:
    """Bytes of this process by kind."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()[1:]
    kinds = dict(line.split(":", 1) for line in lines)
    return {name: int(kinds[name].split()[0]) * 1024 for name in ("Anonymous", "Rss")}


def built() -> dict[str, float]:
    from takhrij.index import open_index

    wall, cpu = time.perf_counter(), time.process_time()
    open_index()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak}


if __name__ == "__main__":
    main()
