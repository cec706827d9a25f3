"""Whether a quotation and its rendering both negate, as far as words show it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from takhrij.model import Kind, SourceMatch
from takhrij.text import fold_word
from takhrij.trace.translations import Compared
from takhrij.trace.words import negates

_ARABIC = re.compile(r"[ء-يٓ-ٰٟٱًٌٍَُِّْۡـ]+")
_ENGLISH = re.compile(r"[A-Za-z]+(?:['’‘][A-Za-z]+)?")
_RELATED = 0.3  # share of the words of a rendering that a translation has at least
_LONGEST = 2  # words of a change that negates
_AGREEING = 2  # translations that must be there for a negation to be missed


def negation_notes(arabic: str, rendering: str, translations: Sequence[Compared], kind: Kind) -> list[str]:
    """One note where the one negates and the other shows no sign of it; none where that is open.

    translations: what the loaded translations have for the verse, set beside the rendering.
    """
    negated = _arabic_negations(arabic)
    shown = _words(rendering) & _english()
    alike = _words(rendering) & _alike()
    related = [found for found in translations if found.covered >= _RELATED]
    around = [_words(f"{found.before} {found.stretch} {found.after}") & _english() for found in related]
    agreed = kind == "report" or (len(around) >= _AGREEING and all(around))
    if negated and agreed and not shown and not alike:
        return [f"The Arabic has a negation («{negated[0]}»); the rendering has none."]
    here = [_words(found.stretch) & _english() for found in related]
    plain = kind == "quran" and len(here) >= _AGREEING and not any(here)
    if plain and shown and not _words(rendering) & _exceptions() and not _may_negate(arabic):
        return [f"The rendering has a negation («{sorted(shown)[0]}»); the Arabic has none."]
    return []


def turned(source: SourceMatch) -> str | None:
    """The negation by which a source's words differ from the quotation's: one has it and the other not.

    It stands before words that both have; what a text leaves out and says so turns nothing round.
    """
    for change in source.changes:
        if change.kind in ("omitted", "added", "replaced") and not (change.near or change.marked):
            here, there = change.text.split(), change.source_text.split()
            if max(len(here), len(there)) > _LONGEST or _negates(here) == _negates(there):
                continue
            last, other = (here[-1], there) if _negates(here) else (there[-1], here)
            if negates(last) and not any(fold_word(word) in _arabic("arabic_alike") for word in other):
                return last
    return None


def differing(ref: str, word: str) -> str:
    """What is said of a source that `turned` gives a negation for."""
    return f"the words differ by a negation; {ref}: «{word}»"


def _negates(words: Sequence[str]) -> bool:
    return any(map(negates, words))


def _arabic_negations(text: str) -> list[str]:
    words = _ARABIC.findall(text)
    folded = [fold_word(word) for word in words]
    found = []
    for place, word in enumerate(folded):
        following = folded[place + 1 : place + 3]
        if word in _arabic("arabic") and not any(other in _arabic("affirmed") for other in following):
            found.append(words[place])
    return found


def _may_negate(text: str) -> bool:
    folded = {fold_word(word) for word in _ARABIC.findall(text)}
    return bool(folded & (_arabic("arabic") | _arabic("arabic_alike")))


def _words(text: str) -> set[str]:
    return {re.sub("['’‘]", "", word).lower() for word in _ENGLISH.findall(text)}


@cache
def lists() -> dict[str, Any]:
    """Words that tell a rendering, and words that negate (data/renderings.toml)."""
    return tomllib.loads(files("takhrij.trace").joinpath("data/renderings.toml").read_text("utf-8"))


def _lists() -> dict[str, list[str]]:
    negations: dict[str, list[str]] = lists()["negations"]
    return negations


@cache
def _arabic(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in _lists()[name])


@cache
def _english() -> frozenset[str]:
    return frozenset(_lists()["english"])


@cache
def _alike() -> frozenset[str]:
    return frozenset(_lists()["english_alike"])


@cache
def _exceptions() -> frozenset[str]:
    return frozenset(_lists()["exceptions"])


__all__ = ["differing", "lists", "negation_notes", "turned"]
