"""The Qur'an in English: Mufti Muhammad Taqi Usmani (2007)."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import translations

SOURCE = translations.source(
    "en-taqi-usmani",
    "84",
    title="The Meanings of the Noble Qur'an",
    author="Mufti Muhammad Taqi Usmani (2007)",
)


def passages() -> Iterator[Passage]:
    """The verses in order."""
    return translations.passages(SOURCE)
