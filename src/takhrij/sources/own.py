"""A user's own sources: a file in, a source in the user's data folder out.

Each is a folder there, named by its id, with the file as it was added and `source.json`, its description.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal, cast, get_args

from takhrij.errors import DamagedSource, DataError, InputError, UsageError
from takhrij.model import Coverage, DataFile, Passage, Role, Source, replace
from takhrij.model.plain import plain
from takhrij.sources import files, own_formats

LARGEST = 200_000_000  # bytes
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_DESCRIPTION = "source.json"
_STORED = "text"


def entries() -> tuple[tuple[Source, partial[Iterator[Passage]]], ...]:
    """The sources that the user added, each with what gives its passages."""
    folder = files.own_folder()
    if not folder.is_dir():
        return ()
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise DataError(f"{folder} cannot be read: {error.strerror}") from error
    found = []
    for child in children:
        if child.is_dir() and _ID.fullmatch(child.name):
            source, form = _described(child)
            found.append((source, partial(_passages, source, form)))
    return tuple(found)


def _described(folder: Path) -> tuple[Source, own_formats.Format]:
    """The description of one; where it cannot be read, a source that says so when it is asked for."""
    try:
        raw = json.loads((folder / _DESCRIPTION).read_text("utf-8"))
        form = raw.pop("format")
        listed = tuple(DataFile(**file) for file in raw.pop("files"))
        raw["derived_from"] = tuple(raw.get("derived_from", ()))
        raw["optional_files"] = ()
        source = Source(**raw, files=listed)
        place = [(file.distribution, file.path) for file in listed]
        if source.id != folder.name or place != [(files.OWN, f"{folder.name}/{_STORED}")]:
            raise ValueError("not the description of this folder")
        if form not in get_args(own_formats.Format):
            raise ValueError("no known format")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        gone = DataFile(
            distribution=files.OWN, version="", path=f"{folder.name}/{_DESCRIPTION}.readable", sha256=""
        )
        source = replace(
            _blank(folder.name), title=f"{folder.name}, whose description is damaged", files=(gone,)
        )
        form = "text"
    return source, cast("own_formats.Format", form)


def _blank(source_id: str) -> Source:
    return Source(
        id=source_id,
        kind="report",
        title=source_id,
        title_arabic="",
        author="",
        edition="",
        numbering="of the file",
        licence="not stated",
        provenance="added by the user",
        coverage="partial",
        held=0,
        tradition="",
    )


def _passages(source: Source, form: own_formats.Format) -> Iterator[Passage]:
    raw = files.read(source, source.files[0])
    try:
        yield from own_formats.passages(source, own_formats.decode(raw, source.title), form, source.title)
    except InputError as error:
        raise DamagedSource(f"{source.title}: {error}; {files.remedy(source)}") from error


def add(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,
    title: str | None = None,
    author: str | None = None,
    kind: Literal["report", "translation"] = "report",
    format: own_formats.Format | None = None,
    edition: str | None = None,
    licence: str | None = None,
    coverage: Coverage = "partial",
    role: Role = "primary",
    language: str = "ar",
    tradition: str = "",
    taken: frozenset[str] = frozenset(),
) -> Source:
    """Copy a text into the user's data folder as a source; nothing is written unless all of it can be read.

    Raises InputError for the file, UsageError for the id or an option, DataError where the folder cannot be
    written.
    """
    file = Path(path)
    source_id = _id(id, file, taken)
    for name, value, allowed in (
        ("kind", kind, ("report", "translation")),
        ("format", format or "text", get_args(own_formats.Format)),
        ("coverage", coverage, get_args(Coverage)),
        ("role", role, get_args(Role)),
    ):
        if value not in allowed:
            raise UsageError(f"{name} {value!r} is not one of: {', '.join(allowed)}")
    raw = _read(file)
    text = own_formats.decode(raw, file.name)
    form = format or own_formats.detect(text, file.suffix.lower())
    source = replace(
        _blank(source_id),
        kind=kind,
        title=title or file.stem,
        author=author or "",
        edition=edition or file.name,
        licence=licence or "not stated",
        provenance=f"added by the user from {file.name}",
        coverage=coverage,
        role=role,
        language=language,
        tradition=tradition,
    )
    found = list(own_formats.passages(source, text, form, file.name))
    kept = DataFile(
        distribution=files.OWN,
        version="",
        path=f"{source_id}/{_STORED}",
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    source = replace(source, held=len(found), highest_number=found[-1].number, files=(kept,))
    _store(source, form, raw)
    return source


def _id(wanted: str | None, file: Path, taken: frozenset[str]) -> str:
    made = wanted
    if made is None:
        made = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()[:60]).strip("-")
        if not _ID.fullmatch(made):
            raise UsageError(f"no id can be made from the name {file.name}; give one, such as --id my-book")
    if not _ID.fullmatch(made):
        raise UsageError(
            f"the id {made!r} will not do: up to 60 small Latin letters, digits and hyphens, please"
        )
    if made in taken:
        raise UsageError(f"there is a source {made!r} already; choose another id, or remove yours first")
    return made


def _read(file: Path) -> bytes:
    if not file.exists():
        raise InputError(f"{file} does not exist")
    if not file.is_file():
        raise InputError(f"{file} is not a file")
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"{file} has {size:,} bytes; a source may have {LARGEST:,}. Split it and add the parts"
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error


def _store(source: Source, form: own_formats.Format, raw: bytes) -> None:
    """Write the folder beside its place and move it there whole."""
    import tempfile

    folder = files.own_folder()
    description = plain(source) | {"format": form}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".adding-") as temporary:
            made = Path(temporary) / source.id
            made.mkdir()
            (made / _STORED).write_bytes(raw)
            (made / _DESCRIPTION).write_text(json.dumps(description, ensure_ascii=False, indent=1), "utf-8")
            made.rename(folder / source.id)
    except OSError as error:
        raise DataError(f"{folder} cannot be written: {error.strerror}; nothing was added") from error


def remove(source_id: str) -> None:
    """Remove one of the user's own sources; UsageError for any other id."""
    folder = files.own_folder() / source_id
    if not _ID.fullmatch(source_id) or not folder.is_dir():
        names = [source.id for source, _ in entries()]
        yours = f"yours are: {', '.join(names)}" if names else "you have added none"
        raise UsageError(f"{source_id!r} is no source that you added; {yours}")
    import shutil

    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise DataError(f"{folder} cannot be removed: {error.strerror}") from error
