"""The words of a record, folded for reading its structure, each with its place in the verbatim text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_MARK_RANGES = (
    (0x0610, 0x061A),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x200C, 0x200F),
    (0x202A, 0x202E),
    (0xFEFF, 0xFEFF),
)
_LETTER_RANGES = (
    (0x0620, 0x063F),
    (0x0641, 0x064A),
    (0x066E, 0x066F),
    (0x0671, 0x06D3),
    (0x06D5, 0x06D5),
    (0x06EE, 0x06EF),
    (0x06FA, 0x06FC),
    (0xFB50, 0xFBB1),
    (0xFBD3, 0xFD3D),
    (0xFDF0, 0xFDF9),
    (0xFE70, 0xFEFC),
)
_ONE_FOR_ANOTHER = str.maketrans("أإآٱؤىیےۓېکڪةۃہھۂە", "ااااويييييككهههههه", "ءئ")


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


_WORD = re.compile(f"[{_class(_LETTER_RANGES)}][{_class(_LETTER_RANGES)}{_class(_MARK_RANGES)}]*")


class _Table(dict[int, str]):
    """A translation table that grows: marks vanish, letters fold, everything else becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if any(first <= code <= last for first, last in _MARK_RANGES):
            value = ""
        elif any(first <= code <= last for first, last in _LETTER_RANGES):
            value = unicodedata.normalize("NFKC", char).translate(_ONE_FOR_ANOTHER)
        else:
            value = " "
        self[code] = value
        return value


_TABLE = _Table()
_RUN_INTO_NAMES = ("حدثنا", "حدثني", "اخبرنا", "اخبرني", "انبانا", "سمعت", "عن")


class Words(NamedTuple):
    """Folded words and, for each, where it starts and ends in the text (code points)."""

    folded: list[str]
    starts: list[int]
    ends: list[int]


def fold(text: str) -> str:
    """The text folded, its words parted by single spaces."""
    return " ".join(text.translate(_TABLE).split())


def words(text: str) -> Words:
    """Every word of the text. A lone hamza folds to nothing and is no word."""
    folded = text.translate(_TABLE).split()
    spans = [match.span() for match in _WORD.finditer(text)]
    if len(folded) != len(spans):
        pairs = [(fold(text[start:end]), (start, end)) for start, end in spans]
        folded = [word for word, _ in pairs if word]
        spans = [span for word, span in pairs if word]
    return Words(folded, [start for start, _ in spans], [end for _, end in spans])


def parted(text: str, found: Words, first_names: frozenset[str]) -> Words:
    """The words with those parted that a typist ran together at a narrator's name: «عنأبيه», «حدثناشعبة»."""
    joined = Words([], [], [])
    for word, start, end in zip(*found, strict=True):
        for prefix in _RUN_INTO_NAMES if word[0] in "حاسع" else ():
            if word.startswith(prefix) and word[len(prefix) :] in first_names:
                cut = _after_letters(text, start, len(prefix))
                joined.folded.extend((prefix, word[len(prefix) :]))
                joined.starts.extend((start, cut))
                joined.ends.extend((cut, end))
                break
        else:
            joined.folded.append(word)
            joined.starts.append(start)
            joined.ends.append(end)
    return joined


def _after_letters(text: str, start: int, letters: int) -> int:
    """Where the next letter stands after so many letters from `start` on."""
    place, seen = start, 0
    while seen < letters or not _TABLE[ord(text[place])].strip():
        seen += bool(_TABLE[ord(text[place])].strip())
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
