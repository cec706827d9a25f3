"""A bar on standard error for work that takes longer than a moment; on nothing but a terminal."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.7  # seconds before a bar appears: most texts are done by then


class Bar:
    """Takes (stage, done, total) and draws, with rich imported only once there is something to draw."""

    def __init__(self, *, wanted: bool = True, patience: float = PATIENCE) -> None:
        self._shown = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._from = time.monotonic() + patience
        self._last: tuple[str, int, int] | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.RLock()
        self._progress: Progress | None = None
        self._task: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` of a stage is done; total 0: not known."""
        if not self._shown:
            return
        with self._lock:
            self._last = (stage, done, total)
            if (wait := self._from - time.monotonic()) <= 0:
                self._draw(stage, done, total)
            elif self._timer is None:  # what is told once may take long
                self._timer = threading.Timer(wait, self._late)
                self._timer.daemon = True
                self._timer.start()

    def _late(self) -> None:
        with self._lock:
            if self._last is not None:
                self._draw(*self._last)

    def _draw(self, stage: str, done: int, total: int) -> None:
        progress = self._progress or self._start()
        if stage != self._stage:
            if self._task is not None:
                progress.remove_task(self._task)
            self._task = progress.add_task(stage, total=total or None)
            self._stage = stage
        progress.update(self._task, completed=done, total=total or None)

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._last = None
            if self._timer is not None:
                self._timer.cancel()
            if self._progress is not None:
                self._progress.stop()
                self._progress = self._task = None
                self._stage = ""

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._progress.start()
        return self._progress
