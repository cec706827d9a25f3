"""Jobs are handed to worker processes; what takes too long ends with its process, which is replaced."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any, NamedTuple

from takhrij.serve import worker
from takhrij.serve.problems import Problem
from takhrij.serve.settings import Settings
from takhrij.serve.worker import ERROR, LENGTH, LINE, STARTED

START_SECONDS = 900.0  # a worker may take to begin a job: an index may have to be built first


class Answer(NamedTuple):
    """What a job gave."""

    media: str
    body: bytes


class Workers:
    """As many processes as the settings say. Used inside a running event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start every process and wait until each can take a job."""
        await asyncio.gather(*(self._add() for _ in range(self._settings.workers)))

    async def close(self) -> None:
        """End every process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(one.end() for one in self._all))

    async def answer(self, job: str, asked: dict[str, Any]) -> Answer:
        """Do a job; raises Problem where it fails."""
        async with aclosing(self.lines(job, asked)) as lines:
            async for given in lines:
                if isinstance(given, Answer):
                    return given
        raise Problem("Mistake", "the work ended without an answer")

    async def lines(self, job: str, asked: dict[str, Any]) -> AsyncGenerator[bytes | Answer]:
        """Do a job; gives the lines that it tells on the way, then its answer. Raises Problem.

        Where it is closed before, the process is ended with what it does.
        """
        one = await self._idle.get()
        done, ends = False, _now() + START_SECONDS
        try:
            await one.send(job, asked)
            while not done:
                kind, payload = await one.receive(ends - _now())
                if kind == STARTED:
                    ends = _now() + self._settings.seconds
                elif kind == LINE:
                    yield payload
                else:
                    done = True
                    yield _given(kind, payload)
        except TimeoutError:
            limit = f"{self._settings.seconds:g}"
            raise Problem("TooLate", f"the work was not done in {limit} seconds, and was ended") from None
        except (EOFError, OSError):
            raise Problem(
                "Mistake", "the process that did the work ended; perhaps for want of memory"
            ) from None
        finally:
            self._give_back(one, done)

    def _give_back(self, one: _Worker, done: bool) -> None:
        if done:
            self._idle.put_nowait(one)
        else:
            task = asyncio.create_task(self._replace(one))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self, one: _Worker) -> None:
        await one.end()
        self._all.discard(one)
        await self._add()

    async def _add(self) -> None:
        one = await _Worker.start()
        self._all.add(one)
        with suppress(EOFError):
            await one.receive(START_SECONDS)
        self._idle.put_nowait(one)


class _Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin and process.stdout
        self._process, self._in, self._out = process, process.stdin, process.stdout

    @classmethod
    async def start(cls) -> _Worker:
        """A process, not yet ready."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", worker.__name__)
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=2**20))

    async def send(self, job: str, asked: dict[str, Any]) -> None:
        """Hand it a job."""
        data = pickle.dumps((job, asked))
        self._in.write(LENGTH.pack(len(data)) + data)
        await self._in.drain()

    async def receive(self, seconds: float) -> tuple[bytes, bytes]:
        """Its next frame; raises TimeoutError, or EOFError where it ended."""
        async with asyncio.timeout(max(0.0, seconds)):
            head = await self._out.readexactly(1 + LENGTH.size)
            return head[:1], await self._out.readexactly(*LENGTH.unpack(head[1:]))

    async def end(self) -> None:
        """End it, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _given(kind: bytes, payload: bytes) -> Answer:
    if kind == ERROR:
        raise Problem(*json.loads(payload))
    media, _, body = payload.partition(b"\n")
    return Answer(media.decode(), body)
