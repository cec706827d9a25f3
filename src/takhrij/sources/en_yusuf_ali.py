"""The Qur'an in English: Abdullah Yusuf Ali (d. 1953)."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import translations

SOURCE = translations.source(
    "en-yusuf-ali",
    "22",
    title="The Holy Qur'an: Text, Translation and Commentary",
    author="Abdullah Yusuf Ali (d. 1953)",
)


def passages() -> Iterator[Passage]:
    """The verses in order."""
    return translations.passages(SOURCE)
