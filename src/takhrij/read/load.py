"""Get the bytes of a file or of standard input, within a size limit, or say why that cannot be done."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from takhrij.errors import InputError

SIZE_LIMIT = 256 * 1024 * 1024  # bytes


def load_file(path: Path, name: str, limit: int) -> bytes:
    """Return the bytes of a file.

    Raises `InputError` for a directory, a missing or unreadable file, and one larger than `limit` bytes.
    """
    try:
        with path.open("rb") as file:
            _refuse_too_large(os.fstat(file.fileno()).st_size, name, limit)
            return _read_within(file, name, limit)
    except IsADirectoryError:
        raise InputError(f"{name}: is a directory; name the files in it") from None
    except FileNotFoundError:
        raise InputError(f"{name}: no such file") from None
    except PermissionError:
        raise InputError(f"{name}: no permission to read it") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror or error})") from None
    except ValueError as error:  # a NUL character in the name
        raise InputError(f"{name}: not a usable file name ({error})") from None
    except MemoryError:
        raise InputError(f"{name}: not enough memory to read it; split the file") from None


def load_standard_input(name: str, limit: int) -> bytes:
    """Return all bytes of standard input; raises `InputError` where it is closed, unreadable or too large."""
    if sys.stdin is None:
        raise InputError(f"{name}: is closed")
    try:
        return _read_within(sys.stdin.buffer, name, limit)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read ({error})") from None


def _read_within(file: IO[bytes], name: str, limit: int) -> bytes:
    data = file.read(limit + 1)
    _refuse_too_large(len(data), name, limit, at_least=True)
    return data


def _refuse_too_large(size: int, name: str, limit: int, *, at_least: bool = False) -> None:
    if size <= limit:
        return
    known = "larger than the limit" if at_least else f"{size / 2**20:,.0f} MB, over the limit"
    raise InputError(
        f"{name}: {known} of {limit / 2**20:,.0f} MB; split the file, or raise the limit"
        " (--max-size on the command line, limit= in Python)"
    )
