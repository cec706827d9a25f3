"""How one word of a text stands to one of a source: same, spelled or vowelled otherwise, near, other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Literal

from rapidfuzz.distance import Levenshtein

from takhrij.read.decode import OVERRIDES
from takhrij.text import fold_word

Relation = Literal["same", "spelling", "vowels", "near", "other"]

_SHORT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0652"  # tanwins, fatha, damma, kasra, sukun
MARKS = dict.fromkeys([*range(0x64B, 0x660), 0x640, *range(0x6D6, 0x6EE)])
TYPED = frozenset("کیہۃھ")  # letters of Urdu typing: what such an edition spells is no orthography
_SUKUN = "\u0652"
_ATTACHED = "و ف ب ل ك س ا ال وال فال بال لل كال ول وب فل فب"
_PREFIXES = frozenset(_ATTACHED.split())
_NEAR = 0.7
_APOSTROPHE = re.compile("['’‘]")


@lru_cache(maxsize=1 << 16)
def relation(word: str, source: str) -> Relation:
    """How `word` of the text stands to `source`, both verbatim."""
    bare = word.translate(MARKS)
    if bare == source.translate(MARKS):
        return "vowels" if bare != word and contradicts(word, source) else "same"
    here, there = fold_word(word), fold_word(source)
    if here != there:
        if _spelled(here) == _spelled(there):
            return "spelling"
        return "near" if near(here, there) else "other"
    if not OVERRIDES.isdisjoint(word):
        return "spelling"
    letters, others = fold_word(word, "plain"), fold_word(source, "plain")
    if letters != others:
        if {letters[:1], others[:1]} == {"أ", "إ"}:  # إن and أن are two words
            return "vowels"
        return "same" if TYPED & set(source) else "spelling"
    return "vowels" if contradicts(word, source) else "same"


def attached(word: str, source: str) -> bool:
    """Whether two words differ by an attached letter alone («و», «ف», «ال», …), both verbatim."""
    return _prefixed(fold_word(word), fold_word(source))


def _prefixed(word: str, source: str) -> bool:
    longer, shorter = (word, source) if len(word) >= len(source) else (source, word)
    return longer.endswith(shorter) and longer[: len(longer) - len(shorter)] in _PREFIXES


@cache
def _spellings() -> dict[str, str]:
    lines = files("takhrij.trace").joinpath("data/spellings.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {form: row[0] for row in rows for form in row}


def _spelled(word: str) -> str:
    """A folded word in the first of its spellings in data/spellings.txt, attached letters or none."""
    for length in range(3):
        if length == 0 or word[:length] in _PREFIXES:
            found = _spellings().get(word[length:])
            if found:
                return word[:length] + found
    return word


@cache
def _praise() -> frozenset[tuple[str, ...]]:
    lines = files("takhrij.trace").joinpath("data/praise.txt").read_text("utf-8").splitlines()
    return frozenset(tuple(map(fold_word, line.split())) for line in lines if not line.startswith("#"))


@cache
def _openings() -> dict[str, int]:
    """The words with which formulas of praise begin, and how many words the longest of each has."""
    return {praise[0]: len(praise) for praise in sorted(_praise(), key=len)}


def praise_at(folded: Sequence[str], at: int) -> int:
    """How many of the folded words from `at` on honour God behind His name (data/praise.txt), at most."""
    longest = _openings().get(folded[at], 0)
    return next((n for n in range(longest, 0, -1) if tuple(folded[at : at + n]) in _praise()), 0)


def is_praise(words: str) -> bool:
    """Whether words are such as stand behind God's name in His honour and nothing else (data/praise.txt)."""
    folded = filter(None, map(fold_word, words.split()))
    first = next(folded, "")
    longest = _openings().get(first, 0)  # of a long stretch no more is folded
    return longest > 0 and (first, *islice(folded, longest)) in _praise()


@cache
def _negations() -> frozenset[str]:
    lists = tomllib.loads(files("takhrij.trace").joinpath("data/renderings.toml").read_text("utf-8"))[
        "negations"
    ]
    return frozenset((*map(fold_word, lists["arabic"]), *lists["english"]))


@lru_cache(maxsize=1 << 14)
def negates(word: str) -> bool:
    """Whether a word, Arabic or English, verbatim, says «not» (data/renderings.toml)."""
    return fold_word(word) in _negations() or _APOSTROPHE.sub("", word).lower() in _negations()


def near(word: str, source: str) -> bool:
    """Whether two folded words are one attached letter, inflection or letter apart."""
    if not word or not source:
        return False
    if _prefixed(word, source):
        return True
    if min(len(word), len(source)) < 3:
        return False
    return bool(Levenshtein.normalized_similarity(word, source) >= _NEAR)


def contradicts(word: str, source: str) -> bool:
    """Whether a vowel written in `word` is another than the one written at the same letter of `source`.

    A vowel left out contradicts nothing, nor does a last letter without its ending (the pausal form).
    """
    letters, others = _vowelled(word), _vowelled(source)
    if len(letters) != len(others):
        return False
    last = len(letters) - 1
    for place, ((letter, vowel), (other, expected)) in enumerate(zip(letters, others, strict=True)):
        if letter != other:
            return False
        if vowel and expected and vowel != expected and not (place == last and _SUKUN in (vowel, expected)):
            return True
    return False


def _vowelled(word: str) -> list[tuple[str, str]]:
    """Letters, each with its short vowel; the tanwin of an accusative sits on its alif or before it."""
    letters: list[tuple[str, str]] = []
    for char in word:
        if char in _SHORT:
            if letters and not letters[-1][1]:
                letters[-1] = (letters[-1][0], char)
        elif (folded := fold_word(char, "plain")) or char == "ئ":
            letters.append((folded or char, ""))
    if len(letters) > 1 and letters[-1] == ("ا", "\u064b"):
        letters[-2:] = [(letters[-2][0], "\u064b"), ("ا", "")]
    return [(letter, "" if letter in "اى" else vowel) for letter, vowel in letters]
