"""The Qur'an in English: Saheeh International (1997)."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import translations

SOURCE = translations.source(
    "en-saheeh",
    "20",
    title="The Qur'an (Saheeh International)",
    author="Saheeh International (1997)",
)


def passages() -> Iterator[Passage]:
    """The verses in order."""
    return translations.passages(SOURCE)
