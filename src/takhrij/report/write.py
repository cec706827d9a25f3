"""A file is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from takhrij.errors import TakhrijError
from takhrij.report.words import words

_ADVICE = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
}


def write(path: Path, text: str | bytes) -> None:
    """Write bytes, or text as UTF-8, beside `path` and put it in its place at once.

    A file that was there stays as it was where this fails; TakhrijError then says why and what to do.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device cannot be replaced
        else:
            _replace(target, data)
    except OSError as error:
        w = words()
        advice = w.say(f"save.advice_{_ADVICE.get(error.errno or 0, 'other')}")
        reason = error.strerror or str(error)
        raise TakhrijError(w.say("save.failed", path=path, reason=reason, advice=advice)) from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
