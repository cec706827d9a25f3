"""The words of a record, folded for reading its structure, each with its place in the verbatim text."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from takhrij.text import arabic_words, fold_word, folded_words

_RUN_INTO_NAMES = ("حدثنا", "حدثني", "اخبرنا", "اخبرني", "انبانا", "سمعت", "عن")
_PLEASED = "رضي"


class Words(NamedTuple):
    """Folded words and, for each, where it starts and ends in the text (code points)."""

    folded: list[str]
    starts: list[int]
    ends: list[int]


def fold(text: str) -> str:
    """The text folded, its words parted by single spaces."""
    return " ".join(folded_words(text))


def words(text: str) -> Words:
    """Every Arabic word of the text. A lone hamza folds to nothing and is no word."""
    folded, spans = arabic_words(text)
    return Words(folded, [start for start, _ in spans], [end for _, end in spans])


def parted(text: str, found: Words, first_names: frozenset[str]) -> Words:
    """The words with those parted that a typist ran together at a name: «عنأبيه», «عليرضي الله عنه»."""
    joined = Words([], [], [])
    for i, (word, start, end) in enumerate(zip(*found, strict=True)):
        letters = _run_together(word, found.folded[i + 1 : i + 2], first_names)
        cut = _after_letters(text, start, letters) if letters else start
        if letters:
            joined.folded.append(word[:letters])
            joined.starts.append(start)
            joined.ends.append(cut)
        joined.folded.append(word[letters:])
        joined.starts.append(cut)
        joined.ends.append(end)
    return joined


def _run_together(word: str, following: list[str], first_names: frozenset[str]) -> int:
    """How many letters of the word are a word of their own; 0 where it is one word."""
    if word[0] in "حاسع":
        for prefix in _RUN_INTO_NAMES:
            if word.startswith(prefix) and word[len(prefix) :] in first_names:
                return len(prefix)
    if following == ["الله"] and word.endswith(_PLEASED) and word[: -len(_PLEASED)] in first_names:
        return len(word) - len(_PLEASED)
    return 0


def _after_letters(text: str, start: int, letters: int) -> int:
    """Where the next letter stands after so many letters from `start` on."""
    place, seen = start, 0
    while seen < letters or not fold_word(text[place]):
        seen += bool(fold_word(text[place]))
        place += 1
    return place


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of `data/chain-words.toml` by name, their words folded."""
    import tomllib
    from importlib.resources import files

    raw = tomllib.loads((files("takhrij.sources") / "data" / "chain-words.toml").read_text("utf-8"))
    lists = {}
    for name, value in raw.items():
        if isinstance(value, str):
            lists[name] = frozenset(map(fold, value.split()))
        else:  # phrases, a space at both ends
            lists[name] = frozenset(f" {fold(phrase)} " for phrase in value)
    return lists
