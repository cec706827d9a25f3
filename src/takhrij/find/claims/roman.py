"""Latin spellings of Arabic names reduced, so that "Al-Mâ'idah", "al-Maida" and "Al Maeda" are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGRAPHS = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("ae", "ai"), ("ph", "f"))
_LETTERS = str.maketrans("eoqyw", "iukiu")
_DOUBLED = re.compile(r"([a-z])\1+")
_WORD = re.compile(r"([^\W\d_]+(?:['’ʼʾʿ‘`]+[^\W\d_]+)*)(['’ʼʾʿ‘`]?-)?")
_NAMES = {
    "bin": "ibn",
    "b": "ibn",
    "bint": "bint",
    "binti": "bint",
    "bt": "bint",
    "aboo": "abu",
    "abee": "abi",
}
ARTICLES = frozenset(
    ("al", "an", "ar", "as", "ash", "at", "az", "ad", "adh", "ath", "el", "ul", "us", "ur", "un")
)


@lru_cache(maxsize=65536)
def reduce_word(word: str) -> str:
    """One Latin word in lower case without accents, apostrophes and the differences between romanisations."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    letters = "".join(char for char in decomposed if "a" <= char <= "z")
    letters = _NAMES.get(letters, letters)
    for written, read in _DIGRAPHS:
        letters = letters.replace(written, read)
    letters = _DOUBLED.sub(r"\1", letters.translate(_LETTERS))
    return letters[:-1] if len(letters) > 3 and letters.endswith("h") and letters[-2] in "aiu" else letters


def reduce_phrase(phrase: str) -> tuple[str, ...]:
    """The reduced words of a phrase; an article joined by a hyphen, and "al" anywhere, is left out."""
    words = _WORD.finditer(phrase)
    kept = [
        match[1]
        for match in words
        if not (match[1].lower() in ARTICLES and (match[2] or match[1].lower() == "al"))
    ]
    return tuple(reduced for word in kept if (reduced := reduce_word(word)))
