"""A text made ready for its claims and chains: tokens, and which of them honour somebody."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.find.claims.people import People
from takhrij.find.claims.tokens import Tokens
from takhrij.text import Words, fold


@dataclass(frozen=True, slots=True)
class Reading:
    """What `find_claims` and `find_isnads` share of one text."""

    tokens: Tokens
    people: People


def read_for_claims(text: str, words: Words | None = None) -> Reading:
    """Make `text` ready; `words` is the text folded (loose), where that is at hand."""
    words = fold(text) if words is None else words
    tokens = Tokens(text, words)
    return Reading(tokens, People(tokens, words))
