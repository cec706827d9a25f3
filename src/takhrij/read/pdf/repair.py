"""What extraction does to Arabic, undone where it can be, and how far a page's text can be trusted.

Undone: presentation forms, ligatures whose letters are stored as they look (brackets: `order`), words whose
letters are stored from left to right. Trust is told from what is left: glyphs without a character, and too
few of the words that any running text is full of (`data/frequent.toml`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from takhrij.read.pdf.glyphs import UNKNOWN, Glyph
from takhrij.text import simple

_FORMS = re.compile(
    "[\ufb50-\ufd3d\ufd50-\ufdf9\ufdfc\ufe70-\ufefc]+"
)  # not ﷲ's neighbours ﷺ ﷻ ﷽: texts have those
_LIGATURES = frozenset(("لا", "لأ", "لإ", "لآ", "الله", "لله", "محمد", "صلى", "لل"))
_SPACED_MARK = re.compile(
    "[ ـ](?=[\u064b-\u0655\u0670])"
)  # NFKC of a lone mark: a space or a tatweel under it
_LEAST_WORDS = 40  # to judge a page's text by its words
_LEAST_FREQUENT = 0.06  # of the words; running Arabic has a fifth, English two fifths
_MOST_UNKNOWN = 0.05  # of the characters
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def mended(glyph: Glyph) -> Glyph:
    """A glyph with letters for presentation forms, in the order in which they are read."""
    text = glyph.text
    if text.isascii():
        return glyph
    if _FORMS.search(text):
        text = _SPACED_MARK.sub("", _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))
    elif text[::-1] in _LIGATURES and text not in _LIGATURES:
        text = text[::-1]
    return glyph if text == glyph.text else glyph._replace(text=text)


@cache
def _frequent() -> frozenset[str]:
    data = files("takhrij.read").joinpath("data", "frequent.toml").read_text("utf-8")
    return frozenset(word for words in tomllib.loads(data).values() for word in words)


def frequent_share(text: str) -> float | None:
    """The share of the words that are among the most frequent; None for a text too short to tell."""
    words = re.findall(r"[^\W\d_]+", simple(text).text)
    if len(words) < _LEAST_WORDS:
        return None
    return sum(word in _frequent() for word in words) / len(words)


def stored_backwards(text: str) -> bool:
    """Whether the words of a text are words only when they are read from their end."""
    share, turned = frequent_share(text), frequent_share(text[::-1])
    return (
        share is not None and turned is not None and share < _LEAST_FREQUENT <= turned and turned > 2 * share
    )


def doubts(text: str) -> str:
    """Why a page's text is hardly to be trusted; empty where nothing speaks against it."""
    letters = sum(not char.isspace() for char in text)
    unknown = text.count(UNKNOWN) + len(_PRIVATE.findall(text))
    if letters and unknown > _MOST_UNKNOWN * letters:
        return f"{unknown / letters:.0%} of its characters are not told by the file"
    share = frequent_share(text)
    if share is not None and share < _LEAST_FREQUENT:
        return f"only {share:.0%} of its words are among the most frequent of Arabic or English"
    return ""
