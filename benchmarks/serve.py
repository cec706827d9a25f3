"""The service as clients have it: median of one client, requests a second of eight, memory over many.

    python benchmarks/serve.py                                            # a minute
    python benchmarks/serve.py --clients 34 --split 6 --requests 24000    # at the limit: ten minutes and more

Starts `takhrij serve` and asks for the report of one page (by default examples/ablution.txt) again and
again; with --split N for those of N pieces of it in turn, so that an answer to somebody else is noticed. Two
workers and 32 that wait are the limit. A request is wrong where its answer has other bytes than the first to
its text, lost where there is none. Memory and processor time are those of the server and its workers (memory
as PSS: pages that several have count once), memory after a tenth of the requests and at the end.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent


@contextmanager
def served(*options: str) -> Iterator[tuple[int, int]]:
    """A server on a free port: the port, and the server's process."""
    command = [sys.executable, "-m", "takhrij", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    port = int(process.stderr.readline().split()[1].rstrip("/").rpartition(":")[2])
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


class Client:
    """One client with one connection."""

    def __init__(self, port: int, job: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._job = job

    def ask(self, body: bytes) -> bytes | None:
        """The answer; None where there is none, or an error."""
        try:
            self._line.request("POST", f"/api/{self._job}", body, {"Content-Type": "application/json"})
            answer = self._line.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            print(f"lost: {error!r}", file=sys.stderr)
            return None
        if answer.status == 200:
            return data
        print(f"lost: {answer.status} {data[:300]!r}", file=sys.stderr)
        return None


def pieces(text: str, count: int) -> list[str]:
    """The paragraphs of a text in as many pieces."""
    lines = text.splitlines(keepends=True)
    edges = [len(lines) * at // count for at in range(count + 1)]
    return ["".join(lines[begin:end]) for begin, end in pairwise(edges)]


def memory(process: int) -> int:
    """KiB of a process and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    lines = [
        line
        for one in (process, *children)
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().split("\n")
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def processor(process: int) -> float:
    """Seconds that a process and its children have used."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    fields = [
        Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in (process, *children)
    ]
    return sum(int(of[11]) + int(of[12]) for of in fields) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--text", type=Path, default=ROOT / "examples" / "ablution.txt")
    arguments.add_argument("--job", default="check", choices=("check", "find", "guard"))
    arguments.add_argument("--requests", type=int, default=2000)
    arguments.add_argument("--clients", type=int, default=8)
    arguments.add_argument("--workers", default="2")
    arguments.add_argument("--split", type=int, default=1)
    options = arguments.parse_args()
    text = options.text.read_text(encoding="utf-8")
    bodies = [json.dumps({"text": piece}).encode() for piece in pieces(text, options.split)]
    with served("--workers", options.workers) as (port, process):
        clients = [Client(port, options.job) for _ in range(options.clients)]
        firsts = [clients[0].ask(body) for body in bodies]
        assert None not in firsts, "the first request failed"
        for count in range(20):
            clients[0].ask(bodies[count % len(bodies)])
        alone = []
        for count in range(60):
            begun = time.perf_counter()
            clients[0].ask(bodies[count % len(bodies)])
            alone.append(time.perf_counter() - begun)
        sizes = " ".join(f"{len(first or b''):,}" for first in firsts)
        print(f"{len(text):,} code points in {len(bodies)}, answer of {sizes} bytes")
        print(f"one client: median {statistics.median(alone) * 1000:.1f} ms, of 60")
        wrong = lost = done = 0
        before, used, begun = 0, processor(process), time.perf_counter()
        with ThreadPoolExecutor(options.clients) as pool:
            share = max(1, options.requests // 10 // options.clients)

            def answered(number: int) -> tuple[int, int]:
                """How many of a client's requests are wrong, and how many lost."""
                amiss = [0, 0]
                for at in range(number, number + share):
                    answer = clients[number].ask(bodies[at % len(bodies)])
                    amiss[0] += answer not in (None, firsts[at % len(bodies)])
                    amiss[1] += answer is None
                return amiss[0], amiss[1]

            while done < options.requests:
                for amiss in pool.map(answered, range(options.clients)):
                    wrong, lost = wrong + amiss[0], lost + amiss[1]
                done += share * options.clients
                before = before or memory(process)
        took, after = time.perf_counter() - begun, memory(process)
        used = (processor(process) - used) / done
        print(f"processor time of a request: {used * 1000:.1f} ms: {1 / used:.0f} a second and processor")
        print(f"{options.clients} clients: {done / took:.1f} requests a second, of {done:,} in {took:.0f} s")
        print(f"wrong {wrong}, lost {lost}")
        growth = (after / before - 1) * 100
        print(
            f"memory {before / 1024:.0f} MB after a tenth, {after / 1024:.0f} MB at the end: {growth:+.1f} %"
        )


if __name__ == "__main__":
    main()
