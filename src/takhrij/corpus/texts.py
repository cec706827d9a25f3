"""Which files a corpus has, and what their names say of them (OpenITI)."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from takhrij.errors import InputError, UsageError

_URI = re.compile(
    r"(?P<died>\d{4})(?P<author>[A-Za-z]+)\.(?P<book>[A-Za-z0-9]+)\.(?P<version>[A-Za-z0-9]+-[a-z]{3}\d+)"
    r"(?:\.(?P<state>mARkdown|completed|inProgress))?$"
)
_NO_TEXTS = frozenset((".yml", ".yaml", ".json", ".jsonl", ".csv", ".tsv", ".py", ".parquet", ".zip", ".gz"))
_ABOUT = ("readme", "licence", "license")


class Text(NamedTuple):
    """A file of a corpus: the name under which it is recorded, where it lies, its size in bytes, its age."""

    name: str
    path: str
    size: int
    modified: int  # nanoseconds


class Uri(NamedTuple):
    """What an OpenITI file name says: "0620IbnQudamaMaqdisi.KafiFiFiqh.Shamela0021731-ara1.mARkdown"."""

    died: int  # AH
    author: str
    book: str
    version: str
    state: str  # how far its mark-up was checked: "mARkdown", "completed", "inProgress", ""


def uri_of(name: str) -> Uri | None:
    """The OpenITI URI that a file's name is; None where it is none."""
    found = _URI.match(name.rpartition("/")[2])
    if found is None:
        return None
    return Uri(int(found["died"]), found["author"], found["book"], found["version"], found["state"] or "")


def texts(given: str) -> list[Text]:
    """The files of a folder (and below it), of a pattern with *, of "@list" (a path a line), or one file.

    Names count from the folder; in the order of their names. Hidden files, tables and notes on the corpus are
    left out of folders. Raises UsageError where there is none, InputError where a list cannot be read.
    """
    if given.startswith("@"):
        named = [(line, Path(line)) for line in _listed(Path(given[1:]))]
    elif Path(given).is_dir():
        named = [(path.relative_to(given).as_posix(), path) for path in _below(Path(given))]
    elif glob.has_magic(given) and not Path(given).exists():
        named = [(name, Path(name)) for name in glob.iglob(given, recursive=True) if Path(name).is_file()]  # noqa: PTH207
    else:
        named = [(given, Path(given))]
    found = [_text(name, path) for name, path in sorted(set(named))]
    if not found or (len(found) == 1 and not found[0].size and not Path(found[0].path).exists()):
        raise UsageError(f"{given}: no texts there; name a folder, a pattern in quotation marks, or @LIST")
    return found


def _text(name: str, path: Path) -> Text:
    """A file that is not there is one that cannot be read: it is recorded when its turn comes."""
    try:
        status = path.stat()
    except OSError:
        return Text(name, os.fspath(path), 0, 0)
    return Text(name, os.fspath(path), status.st_size, status.st_mtime_ns)


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            about = name.startswith(".") or name.lower().startswith(_ABOUT)
            path = Path(root, name)
            if not about and path.suffix.lower() not in _NO_TEXTS and path.is_file():
                yield path


def _listed(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise InputError(f"{path}: the list of texts cannot be read ({error})") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
