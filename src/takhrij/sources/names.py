"""Well-known narrators by name: a name in, the generation of the one who is meant out."""

from __future__ import annotations

from functools import cache
from typing import cast

from takhrij.model import Speaker
from takhrij.sources.words import fold, word_lists

_LONGEST = 6  # words


@cache
def _names() -> dict[tuple[str, ...], Speaker]:
    """Names by their folded words, from `data/names.toml`; «ابا» and «ابي» stand as «ابو»."""
    import tomllib
    from importlib.resources import files

    raw = tomllib.loads((files("takhrij.sources") / "data" / "names.toml").read_text("utf-8"))
    return {
        tuple(_plain(fold(name).split())): cast("Speaker", speaker)
        for speaker, names in raw.items()
        for name in names.split("،")
        if name.strip()
    }


@cache
def first_names() -> frozenset[str]:
    """The first words of well-known names, and of any narrator's, folded."""
    return frozenset(name[0] for name in _names()) | word_lists()["first_names"]


def _plain(words: list[str]) -> list[str]:
    return ["ابو" if word in ("ابا", "ابي") else word for word in words]


def person(words: list[str], start: int, end: int) -> Speaker | None:
    """The class of the person named from `start` on: the longest known name that is not part of another."""
    known = _names()
    name = _plain(words[start : min(end + 1, start + _LONGEST)])
    for length in range(min(end - start, _LONGEST), 0, -1):
        speaker = known.get(tuple(name[:length]))
        if speaker is None and len(name[length - 1]) > 2 and name[length - 1].endswith("ا"):
            speaker = known.get((*name[: length - 1], name[length - 1][:-1]))  # accusative: «أنسا»
        if speaker:
            return None if name[length : length + 1] in (["بن"], ["ابن"], ["بنت"]) else speaker
    return None
