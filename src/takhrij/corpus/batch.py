"""Results on their way from the workers to the store, and how far the run is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from takhrij.corpus import tables
from takhrij.corpus.store import Store
from takhrij.corpus.task import Checked
from takhrij.corpus.texts import Text
from takhrij.errors import DataError

MOST_ROWS = 200_000  # of a part, about: so that there are few files, and a part is written in a moment


@dataclass(slots=True)
class Progress:
    """How far a run is: texts and bytes, those done in earlier runs left out, and the seconds so far."""

    texts: int
    bytes: int
    before: int  # texts that were done when it began
    done: int = 0
    done_bytes: int = 0
    characters: int = 0
    findings: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take, at the rate so far; None before there is one."""
        if not self.done_bytes:
            return None
        return self.seconds * (self.bytes - self.done_bytes) / self.done_bytes


class Batch:
    """Results that wait to be written together, and the state of the run."""

    def __init__(
        self,
        store: Store,
        state: Progress,
        every: float,
        program: tuple[str, str],
        progress: Callable[[Progress], None],
    ) -> None:
        self.store, self.state, self.every, self.program = store, state, every, program
        self._progress = progress
        self._began = self._last = time.monotonic()
        self._waiting: list[Checked] = []
        self._rows = 0
        self.names: set[str] = set()  # of the texts that came

    def add(self, text: Text, checked: Checked) -> None:
        """Take the result of a text; DataError where the worker that made it has other sources."""
        if checked.program != self.program:
            raise DataError(
                f"a worker has takhrij {checked.program[0]} with other sources or another version than this "
                f"machine (takhrij {self.program[0]}); install the same packages on both"
            )
        row: dict[str, Any] = dict(zip((name for name, _ in tables.DOCUMENTS), checked.document, strict=True))
        self._waiting.append(checked)
        self.names.add(text.name)
        self._rows += checked.rows
        state = self.state
        state.done += 1
        state.done_bytes += text.size
        state.characters += int(row["characters"] or 0)
        state.findings += int(row["findings"] or 0)
        state.failed += row["status"] == "failed"

    def look(self) -> None:
        """Write where it is time to, and say how far it is."""
        now = time.monotonic()
        self.state.seconds = now - self._began
        if self._waiting and (now - self._last >= self.every or self._rows >= MOST_ROWS):
            self.commit()
        self._progress(self.state)

    def commit(self) -> None:
        """Write what waits."""
        if self._waiting:
            self.store.commit(self._waiting)
            self._waiting, self._rows = [], 0
        self._last = time.monotonic()
