"""A worker process: jobs come in on standard input, frames go out on standard output, one job at a time.

A frame is a byte that says what it is, the length of its payload (8 bytes), the payload.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import struct
import sys
import time
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from takhrij.index.store import Index
    from takhrij.serve.jobs import Job

READY, STARTED, LINE, ANSWER, ERROR = b"y", b"s", b"l", b"a", b"e"
LENGTH = struct.Struct(">Q")
_LOOK_EVERY = 1.0  # seconds


def main() -> None:
    """Do jobs until standard input ends. What anything prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that listens says when to end
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from takhrij.serve import jobs

    jobs.prepare()
    gc.freeze()
    gc.disable()  # the values are acyclic: looking for cycles while they are made costs a tenth
    _send(out, READY)
    source, sources = sys.stdin.buffer, _Sources()
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        name, asked = pickle.loads(source.read(*LENGTH.unpack(head)))
        _do(jobs.JOBS[name], asked, out, sources)


class _Sources:
    """The index, looked at anew once a second: a source may have been added, removed or upgraded."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._until = 0.0

    def index(self) -> Index:
        """The index of the sources that are there now."""
        from takhrij.index import open_index

        if self._index is None or time.monotonic() > self._until:
            gc.collect()
            self._index = open_index()
            self._until = time.monotonic() + _LOOK_EVERY
        return self._index


def _do(job: Job, asked: dict[str, Any], out: BinaryIO, sources: _Sources) -> None:
    from takhrij.errors import TakhrijError
    from takhrij.index import held
    from takhrij.serve.line import as_line
    from takhrij.serve.problems import Problem

    def tell(value: object) -> None:
        _send(out, LINE, as_line(value))

    try:
        with held(sources.index()):  # which is not the job's time: it may have to be built
            _send(out, STARTED)
            answer = job(asked, tell)
        _send(out, ANSWER, f"{answer.media}\n".encode() + answer.body)
    except Problem as problem:
        _fail(out, problem.kind, problem.message, problem.where)
    except TakhrijError as error:
        _fail(out, type(error).__name__, str(error), asked.get("name"))
    except MemoryError:
        _fail(out, "TooLarge", "there is not enough memory for this text", asked.get("name"))
    except Exception as error:
        what = f"this is a mistake in takhrij ({type(error).__name__}: {error})"
        _fail(out, "Mistake", what, asked.get("name"))


def _fail(out: BinaryIO, kind: str, message: str, where: str | None) -> None:
    _send(out, ERROR, json.dumps([kind, message, where]).encode())


def _send(out: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    out.write(kind + LENGTH.pack(len(payload)) + payload)
    out.flush()


if __name__ == "__main__":
    main()
