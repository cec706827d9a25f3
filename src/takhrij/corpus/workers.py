"""Who checks the texts: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import Any

from takhrij.corpus.batch import Batch
from takhrij.corpus.task import Checked, Wanted, check_text, failed
from takhrij.corpus.texts import Text
from takhrij.errors import UsageError

_AHEAD = 2  # texts that wait for each worker
_PATIENCE = 1.0  # seconds between two looks at the clock
_DIED = "the worker died on it; it may need more memory than there is"


def _through(executor: Executor, width: int, todo: Sequence[Text], wanted: Wanted, batch: Batch) -> None:
    """Every text through an executor of `width` workers, a few at a time: nothing grows with their number."""
    waiting = iter(todo)
    under_way: dict[Future[Checked], Text] = {}
    try:
        while True:
            while len(under_way) < _AHEAD * width and (text := next(waiting, None)) is not None:
                under_way[executor.submit(check_text, text, wanted)] = text
            if not under_way:
                return
            finished, _ = wait(under_way, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            for future in finished:
                batch.add(under_way[future], _result(future, under_way[future], batch))
                del under_way[future]
            batch.look()
    finally:
        for future in under_way:
            future.cancel()


def _result(future: Future[Checked], text: Text, batch: Batch) -> Checked:
    """What a worker gave; a text at which workers of a cluster die again and again is recorded as failed."""
    try:
        return future.result()
    except Exception as error:
        if type(error).__name__ != "KilledWorker":
            raise
        return failed(text, f"{text.name}: {_DIED}", batch.program)


def on_this_machine(todo: Sequence[Text], wanted: Wanted, batch: Batch, workers: int | None) -> None:
    """Through processes of this machine. Where one dies, the texts under way are done one by one."""
    workers = min(workers or _cores(), len(todo))
    while left := [text for text in todo if text.name not in batch.names]:
        try:
            with _pool(workers) as executor:
                _through(executor, workers, left, wanted, batch)
        except BrokenProcessPool:
            under_way = [text for text in left if text.name not in batch.names][: _AHEAD * workers]
            for text in under_way:
                _alone(text, wanted, batch)


def _alone(text: Text, wanted: Wanted, batch: Batch) -> None:
    """One text in a process of its own; if that dies it is this text's doing."""
    try:
        with _pool(1) as executor:
            batch.add(text, executor.submit(check_text, text, wanted).result())
    except BrokenProcessPool:
        batch.add(text, failed(text, f"{text.name}: {_DIED}", batch.program))
    batch.look()


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Processes started anew, which map the same index and end when this one does, however it ends."""
    executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield executor
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.terminate()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A parent that is killed cannot end its workers: they watch it."""
    parent = parent_process()
    assert parent is not None

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which writes what is done

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def on_cluster(todo: Sequence[Text], wanted: Wanted, batch: Batch, address: str) -> None:
    """Through the workers of a Dask cluster."""
    with _cluster(address) as (executor, width):
        _through(executor, width, todo, wanted, batch)


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask cluster; UsageError where it cannot be reached or Dask is not installed."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--dask wants Dask: pip install 'takhrij[cluster]'") from None
    connect: Any = Client
    try:
        client = connect(address, timeout="15s")
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"no Dask scheduler can be reached at {address} ({error})") from None
    with client:
        width = sum(client.nthreads().values())
        if not width:
            raise UsageError(f"the Dask scheduler at {address} has no workers")
        yield client.get_executor(pure=False, retries=2), width


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
