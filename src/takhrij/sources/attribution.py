"""Whose words a record's report is, as far as the record itself shows it."""

from __future__ import annotations

from takhrij.model import Speaker
from takhrij.sources.chain import Chain
from takhrij.sources.names import person
from takhrij.sources.words import Words, word_lists


def attribute(folded: Words, chain: Chain, end: int) -> tuple[Speaker, tuple[int, int] | None]:
    """Whose words they are, and where the last narrator's name stands; the report ends before word `end`."""
    words = folded.folded
    name = chain.name if chain.name and chain.name[0] < min(chain.name[1], len(words)) else None
    narrator = person(words, *name) if name else None
    if narrator != "companion" and chain.before and person(words, *chain.before) == "companion":
        name, narrator = chain.before, "companion"
    return _speaker(words, chain, end, narrator), name


def _speaker(words: list[str], chain: Chain, end: int, narrator: Speaker | None) -> Speaker:
    if chain.says_prophet or chain.raised:
        return "god" if chain.from_god or _quotes_god(words, chain.matn) else "prophet"
    if chain.matn >= end:
        return "unclear"
    if _mentions_prophet(words, chain.matn, end):
        return "prophet"
    return _actor(words, chain, end) or narrator or "unclear"


def _quotes_god(words: list[str], matn: int) -> bool:
    """Whether the Prophet's words open by quoting God: «قال الله عز وجل»."""
    opening = " ".join(words[matn : matn + 5])
    return any(phrase in f" {opening} " for phrase in word_lists()["quotes_god"])


def _mentions_prophet(words: list[str], start: int, end: int) -> bool:
    """Whether the report speaks of the Prophet himself, not only of his Companions, family or age."""
    prophet, others = word_lists()["of_prophet"], word_lists()["his"]
    for i in range(start, end):
        word = words[i]
        if word == "رسول" or word == "نبي":
            if i + 1 >= end or words[i + 1] != "الله":
                continue
        elif word == "محمد":
            if i + 1 >= end or words[i + 1] != "صلي":
                continue
        elif word not in prophet:
            continue
        if i == start or words[i - 1] not in others:
            return True
    return False


def _actor(words: list[str], chain: Chain, end: int) -> Speaker | None:
    """The class of the one who acts or speaks in the report, where it opens with him."""
    i = chain.matn
    if not chain.that:
        acts = word_lists()["acts"]
        if words[i] not in acts:
            return None
        i += 1
        while i < end and words[i] in acts:
            i += 1
    if i < end and words[i] in ("علي", "الي", "عن", "خلف", "مع", "عند"):
        i += 1
    return person(words, i, end) if i < end else None
