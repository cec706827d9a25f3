"""What is called the same is proved again from the record's letters alone: no step that led to it is used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from takhrij.text import fold, fold_word, spelled
from takhrij.text.fold import Profile, without_honorifics
from takhrij.trace.words import MARKS, TYPED, praise_at

_WEAK = dict.fromkeys(map(ord, "اأإآوؤيئىء"))  # what the mushaf and plain spelling write differently


def stands(quoted: str, spellings: Sequence[str], *, gaps: bool) -> bool:
    """Whether the words of `quoted` stand in a record in a row, but for formulas of honour and praise.

    spellings: the record, and the same words as the mushaf writes them; a quotation may mix the two. gaps:
    something may be left out between the words. Vowel signs do not count; in an edition with the letters of
    Urdu typing, the seats of hamza neither.
    """
    profile: Profile = "loose" if TYPED & set(spellings[0]) else "plain"
    if any(_has_letters(quoted, record, profile) for record in spellings):
        return True
    words = _words(quoted, profile)
    held = [_words(record, profile) for record in spellings]
    if any(_in_order(words, record, gaps) for record in held):
        return True
    frames = [word.translate(_WEAK) for word in words]
    return set(words) <= set().union(*held) and any(
        _in_order(frames, [word.translate(_WEAK) for word in record], gaps) for record in held
    )


def _has_letters(quoted: str, record: str, profile: Profile = "plain") -> bool:
    """Whether a record has the letters of `quoted` in a row, vowel signs left out or not."""
    if spelled(quoted, profile) in spelled(record, profile):
        return True
    return spelled(quoted.translate(MARKS), profile) in spelled(record.translate(MARKS), profile)


def _in_order(words: Sequence[str], record: Sequence[str], gaps: bool) -> bool:
    if not gaps:
        return "".join(words) in "".join(record)
    rest = iter(record)
    return all(word in rest for word in words)


@lru_cache(maxsize=1 << 9)  # a quotation is proved in many records, a record for many quotations
def _words(text: str, profile: Profile) -> tuple[str, ...]:
    """The words of a text without formulas of honour and praise."""
    found = fold(text)
    kept = without_honorifics(found)
    words = [text[s:e] for s, e in zip(found.starts[kept].tolist(), found.ends[kept].tolist(), strict=True)]
    folded = tuple(map(fold_word, words))
    left: list[str] = []
    at = 0
    while at < len(words):
        length = praise_at(folded, at)
        if not length:
            left.append(fold_word(words[at], profile))
        at += length or 1
    return tuple(left)
