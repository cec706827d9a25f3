"""In comes the name of a reference work; out come its description and its passages, verbatim, hash checked."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage, Source

RULES = 1
"""Version of the parsing rules: raised with every change to what `load` yields."""


def known() -> tuple[Source, ...]:
    """Every known source, loaded or not: primary works in the customary order, derived works, translations."""
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
