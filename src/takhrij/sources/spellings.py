"""Two spellings of one verse, word against word: «يا أيها» is in the Uthmani one «يَـٰٓأَيُّهَا»."""

from __future__ import annotations

import re

from takhrij.model import Span

_LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u0671]")
_TOKEN = re.compile(r"\S+")
# what the two spellings write differently, or one of them as a mark: weak letters, hamzas, ta marbuta
_DIFFERING = re.compile("[^\u0628\u062a-\u063a\u0641-\u0647]")
_ALIKE = str.maketrans("ةص", "تس")
_REPEATED = re.compile(r"(.)\1+")  # «الليل», «ٱلَّيْلِ»
_MOST = 3  # words of one spelling that one word of the other may stand for


def word_spans(text: str) -> tuple[Span, ...]:
    """Where the words of a verse stand: runs without white space with a letter, so no lone pause marks."""
    return tuple(Span(*match.span()) for match in _TOKEN.finditer(text) if _LETTER.search(match.group()))


def align(plain: str, uthmani: str) -> tuple[tuple[int, ...], ...] | None:
    """For each word of the plain spelling the places of its words in the Uthmani; None if they do not fit."""
    ours = [_skeleton(plain[start:end]) for start, end in word_spans(plain)]
    theirs = [_skeleton(uthmani[start:end]) for start, end in word_spans(uthmani)]
    if ours == theirs:
        return tuple((place,) for place in range(len(ours)))
    steps = [(1, 1), *((n, 1) for n in range(2, _MOST + 1)), *((1, n) for n in range(2, _MOST + 1))]
    fits: list[list[tuple[int, int] | None]] = [[None] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    reached = {(len(ours), len(theirs))}
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            for a, b in steps:
                if (i + a, j + b) in reached and _same(ours[i : i + a], theirs[j : j + b]):
                    fits[i][j] = (a, b)
                    reached.add((i, j))
                    break
    return _follow(fits, len(ours), len(theirs))


def _follow(
    fits: list[list[tuple[int, int] | None]], ours: int, theirs: int
) -> tuple[tuple[int, ...], ...] | None:
    found: list[tuple[int, ...]] = []
    i = j = 0
    while i < ours or j < theirs:
        step = fits[i][j]
        if step is None:
            return None
        found.extend([tuple(range(j, j + step[1]))] * step[0])
        i, j = i + step[0], j + step[1]
    return tuple(found)


def _skeleton(word: str) -> str:
    return _DIFFERING.sub("", word.translate(_ALIKE))


def _same(ours: list[str], theirs: list[str]) -> bool:
    return _joined(ours) == _joined(theirs)


def _joined(words: list[str]) -> str:
    return _REPEATED.sub(r"\1", "".join(words).replace("نل", "ل"))  # «أن لو» is «وَأَلَّوِ» in 72:16
