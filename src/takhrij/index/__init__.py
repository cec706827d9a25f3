"""In: the installed sources. Out: their words folded, numbered and listed, mapped from the user's cache."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from takhrij.errors import IndexUnusable, MissingSource

if TYPE_CHECKING:
    from takhrij.index.build import Progress
    from takhrij.index.store import Index
    from takhrij.model import Source

__all__ = ["folder", "held", "open_index"]

_opened: dict[str, Index] = {}
_held: ContextVar[Index | None] = ContextVar("held", default=None)
_KEPT = 3  # indexes of other sources or versions, each some 350 MB


def folder() -> Path:
    """Where indexes are kept: $TAKHRIJ_CACHE_DIR, else the user's cache folder."""
    given = os.environ.get("TAKHRIJ_CACHE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("takhrij")


def open_index(progress: Progress | None = None) -> Index:
    """The index of the installed sources; built first where there is none or it is damaged.

    Raises MissingSource where no source is installed, IndexUnusable where it cannot be written or read.
    """
    if (index := _held.get()) is not None:
        return index
    from takhrij import sources as library
    from takhrij.index import build, store

    present = tuple(source for source in library.known() if library.missing(source) is None)
    if not present:
        reasons = {reason for source in library.known() if (reason := library.missing(source))}
        raise MissingSource("No source is installed, so nothing can be traced. " + " ".join(sorted(reasons)))
    key = build.key_of(present)
    if key in _opened:
        return _opened[key]
    path = folder() / f"index-{key}"
    if not (path / "meta.json").exists():
        _build(path, key, progress)
    try:
        index = store.open_at(path, present)
    except IndexUnusable:  # cut short or altered: the sources are still there, so it can be made again
        _build(path, key, progress, damaged=True)
        index = store.open_at(path, present)
    _hold(path)
    _opened[key] = index
    return index


@contextmanager
def held(index: Index) -> Iterator[None]:
    """Inside the block this index is the open one: the sources are not looked at again, which takes 3 ms."""
    token = _held.set(index)
    try:
        yield
    finally:
        _held.reset(token)


def _build(path: Path, key: str, progress: Progress | None, damaged: bool = False) -> None:
    """Build beside, then rename: whoever looks sees the old index, or none, or the whole new one."""
    from takhrij import sources as library
    from takhrij.index import build

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (path.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a second process waits, then finds the index made
            present = tuple(source for source in library.known() if library.missing(source) is None)
            if damaged and not _opens(path, present):  # else another process made it again meanwhile
                build.remove(path)
            if (path / "meta.json").exists():
                return
            for leftover in path.parent.glob("building-*"):  # of a killed build: we have the lock
                build.remove(leftover)
            temporary = Path(tempfile.mkdtemp(prefix="building-", dir=path.parent))
            try:
                build.build(temporary, present, key, progress)
                build.remove(path)
                temporary.rename(path)
            except BaseException:
                build.remove(temporary)
                raise
            _tidy(path)
    except OSError as error:
        raise IndexUnusable(
            f"The index cannot be written to {path.parent}: {error.strerror or error}. "
            "Free some space there (about 500 MB), or set TAKHRIJ_CACHE_DIR to a folder that can be written."
        ) from error


def _hold(path: Path) -> None:
    """Note that an index is used now, and keep others from removing it for as long as this process runs."""
    with suppress(OSError):  # a cache that may only be read is tidied by nobody
        fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_SH)
        os.utime(path)


def _tidy(path: Path) -> None:
    """Remove the indexes of other sources that were used least lately; none that a process has open."""
    from takhrij.index import build

    others = [other for other in path.parent.glob("index-*") if other != path]
    for other in sorted(others, key=_last_used, reverse=True)[_KEPT:]:
        with suppress(OSError):
            folder = os.open(other, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                build.remove(other.rename(other.with_name(f"building-{other.name}")))
            finally:
                os.close(folder)


def _last_used(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _opens(path: Path, present: tuple[Source, ...]) -> bool:
    from takhrij.index import store

    try:
        store.open_at(path, present)
    except IndexUnusable:
        return False
    return True
