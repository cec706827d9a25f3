"""What a text says about its quotations, read but not yet checked or linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from takhrij.model import ClaimKind, Span

Direction = Literal["before", "after", "either"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a formula or a bare name stands for: a set of collections, in whose usage, and where that is said.

    `usage` is the id of the work whose author uses it so, or "*". For a formula («متفق عليه») all of
    `collections` are meant together; where a name may be any of several works there is one meaning for each.
    """

    collections: tuple[str, ...]
    usage: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClaim:
    """One thing that the text says of a quotation.

    `says` holds canonical readings, best first:
    reference — "quran:5:6", "quran:2:31-33", "quran:113", "quran:*:25" (no sura named), "quran:?:34" (a sura
    name that is not known);
    collection — ids of works, all of them claimed together («رواه البخاري ومسلم»: one claim for each name);
    number — "bukhari:402", one for each collection that the number may belong to;
    narrator — the name; said_by — "god", "prophet" or "companion" and the name;
    grade — the grader ("" where none is named) and the verbatim words;
    wording — "own", "similar", "by_meaning", "abridged", "extended", "same" or "basis", then the collections.

    `group` is the citation phrase that the claim belongs to, without brackets; `direction` says on which side
    of it its quotation is to be looked for. `numbering` is "volume/page", "page" or "book and chapter" where
    the text counts so. `looks_back` is the group that an "ibid." stands for. Spans are code points.
    """

    kind: ClaimKind
    span: Span
    text: str
    says: tuple[str, ...]
    group: Span
    direction: Direction
    alternatives: tuple[Meaning, ...] = ()
    numbering: str | None = None
    looks_back: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Isnad:
    """A chain of transmission in the text: up to and with the colon or verb before the matn.

    `narrators` are the names in it, in the order of the text; `said_by_prophet` where it ends in his words.
    """

    span: Span
    narrators: tuple[Span, ...]
    said_by_prophet: bool = False
