"""English translations of the Qur'an, from the kaeshur-quran package: one JSON file a sura."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from takhrij.errors import DamagedSource
from takhrij.model import DataFile, Part, Passage, Source, Span
from takhrij.sources import files


@cache
def _data_files() -> dict[str, tuple[DataFile, ...]]:
    """The package's files by the translator's number there, in order of suras."""
    from importlib import resources

    found: dict[str, list[DataFile]] = {}
    listed = (resources.files("takhrij.sources") / "data" / "kaeshur-quran.tsv").read_text("utf-8")
    for line in listed.splitlines():
        if line and not line.startswith("#"):
            path, sha256 = line.split("\t")
            found.setdefault(path.split("/")[2], []).append(
                DataFile(distribution="kaeshur-quran", version="1.0.0", path=path, sha256=sha256)
            )
    return {number: tuple(listing) for number, listing in found.items()}


def source(id: str, number: str, *, title: str, author: str) -> Source:
    """The Source of one translation."""
    return Source(
        id=id,
        kind="translation",
        title=title,
        title_arabic="",
        author=author,
        edition="kaeshur-quran 1.0.0 (printed edition not stated)",
        numbering="kufan",
        licence="package: MIT; the translators' rights are not addressed: show short excerpts with the name",
        provenance=f"the package kaeshur-quran 1.0.0 on PyPI, translation {number}",
        coverage="complete",
        held=6236,
        total=6236,
        total_source="the Kufan verse count of the Cairo edition",
        highest_number="114:6",
        derived_from=("quran",),
        role="derived",
        language="en",
        files=_data_files()[number],
    )


def passages(source: Source) -> Iterator[Passage]:
    """The verses in order, verbatim."""
    for sura, file in enumerate(source.files, 1):
        try:
            verses = json.loads(files.read(source, file))
            rows = [(int(verse["verse_id"]), str(verse["translation"])) for verse in verses]
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedSource(f"{source.title}: {file.path} is no list of verses ({error})") from error
        for verse, text in rows:
            parts = (Part(kind="matn", span=Span(0, len(text))),) if text else ()
            yield Passage(
                source=source.id, number=f"{sura}:{verse}", text=text, parts=parts, attributed_to="god"
            )
