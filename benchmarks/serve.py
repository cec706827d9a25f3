"""The service as clients have it: median of one client, requests a second of eight, memory over many.

    python benchmarks/serve.py                      # a minute
    python benchmarks/serve.py --requests 24000     # as long as it takes

Starts `takhrij serve` and asks for the report of one page (by default examples/ablution.txt) again and again.
A request is wrong where its answer has other bytes than the first, lost where there is none. Memory and
processor time are those of the server and its workers (memory as PSS: pages that several have count once),
memory after a tenth of the requests and at the end.
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

    def __init__(self, port: int, job: str, body: bytes) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._job, self._body = job, body

    def ask(self) -> bytes | None:
        """The answer; None where there is none, or an error."""
        try:
            self._line.request("POST", f"/api/{self._job}", self._body, {"Content-Type": "application/json"})
            answer = self._line.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            return None
        return data if answer.status == 200 else None


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
    options = arguments.parse_args()
    text = options.text.read_text(encoding="utf-8")
    body = json.dumps({"text": text}).encode()
    with served("--workers", options.workers) as (port, process):
        clients = [Client(port, options.job, body) for _ in range(options.clients)]
        first = clients[0].ask()
        assert first is not None, "the first request failed"
        for _ in range(20):
            clients[0].ask()
        alone = []
        for _ in range(60):
            begun = time.perf_counter()
            clients[0].ask()
            alone.append(time.perf_counter() - begun)
        print(f"{len(text):,} code points, answer of {len(first):,} bytes")
        print(f"one client: median {statistics.median(alone) * 1000:.1f} ms, of 60")
        wrong = lost = done = 0
        before, used, begun = 0, processor(process), time.perf_counter()
        with ThreadPoolExecutor(options.clients) as pool:
            share = max(1, options.requests // 10 // options.clients)
            while done < options.requests:
                for answers in pool.map(lambda one: [one.ask() for _ in range(share)], clients):
                    lost += answers.count(None)
                    wrong += sum(answer not in (None, first) for answer in answers)
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
