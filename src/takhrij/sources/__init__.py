"""In comes the name of a reference work; out come its description and its passages, verbatim, hashed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from takhrij.model import Coverage, Passage, Role, Source

if TYPE_CHECKING:
    import os

    from takhrij.sources.own_formats import Format

RULES = 9
"""Version of the parsing rules: raised with every change to what `load` yields."""


def known() -> tuple[Source, ...]:
    """Every known source, loaded or not: primary works in the customary order, then derived, translations."""
    from takhrij.sources import catalogue

    return tuple(entry.source for entry in catalogue.entries())


def get(source_id: str) -> Source:
    """The source of that id; raises UsageError with near names where there is none."""
    from takhrij.sources import catalogue

    return catalogue.entry(source_id).source


def missing(source: Source) -> str | None:
    """None when its files are there; else a sentence with the command that adds them."""
    from takhrij.sources import files

    return files.missing(source)


def fingerprint(source: Source) -> str:
    """A key of the source's content and of the parsing rules; reads no file."""
    from takhrij.sources import files

    return files.fingerprint(source, RULES)


def verify(source: Source) -> None:
    """Hash the source's files; raises MissingSource or DamagedSource with path, hashes and what to do."""
    from takhrij.sources import files

    files.verify(source)


def load(source: Source) -> Iterator[Passage]:
    """The source's passages in order; hashes its files on the way and raises as `verify` does."""
    from takhrij.sources import catalogue

    return catalogue.entry(source.id).passages()


def add(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,
    title: str | None = None,
    author: str | None = None,
    kind: Literal["report", "translation"] = "report",
    format: Format | None = None,
    edition: str | None = None,
    licence: str | None = None,
    coverage: Coverage = "partial",
    role: Role = "primary",
    language: str = "ar",
    tradition: str = "",
) -> Source:
    """Copy a text (OpenITI mARkdown, TEI, JSON lines, plain text) into the user's data folder as a source.

    The id is made from the file's name where none is given, the format told from the content. Raises
    InputError for the file, UsageError for an option, DataError where the folder cannot be written; then
    nothing was added.
    """
    from takhrij.sources import own

    return own.add(
        path,
        id=id,
        title=title,
        author=author,
        kind=kind,
        format=format,
        edition=edition,
        licence=licence,
        coverage=coverage,
        role=role,
        language=language,
        tradition=tradition,
        taken=frozenset(source.id for source in known()),
    )


def remove(source_id: str) -> None:
    """Remove one of the user's own sources; raises UsageError for any other id."""
    from takhrij.sources import own

    own.remove(source_id)
