"""Tanzil's text files: lines of `sura|verse|text`, then a notice in `#` comments."""

from __future__ import annotations

from collections.abc import Iterator


def verses(raw: bytes) -> Iterator[tuple[str, str]]:
    """("2:31", the verse) in the file's order, the verse verbatim."""
    for line in raw.decode("utf-8").split("\n"):
        sura, _, rest = line.partition("|")
        verse, bar, text = rest.partition("|")
        if bar and sura.isdigit() and verse.isdigit():
            yield f"{sura}:{verse}", text
