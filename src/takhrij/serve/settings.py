"""What a server was started with."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and names. `size` is in bytes, times are in seconds."""

    size: int = 32 * 2**20  # of a request
    seconds: float = 60.0  # a request may be worked on; as long again for it to arrive
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    waiting: int = 32  # requests beside those that are worked on
    names: tuple[str, ...] = LOOPBACK  # under which the server may be asked for
