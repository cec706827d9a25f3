"""The Qur'an in English: M. A. S. Abdel Haleem (2004)."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import translations

SOURCE = translations.source(
    "en-abdul-haleem",
    "85",
    title="The Qur'an: A new translation",
    author="M. A. S. Abdel Haleem (2004)",
)


def passages() -> Iterator[Passage]:
    """The verses in order."""
    return translations.passages(SOURCE)
