"""In: the characters of a text. Out: its words folded for matching, each with the span it stands at."""

from takhrij.text.fold import Words, arabic_words, fold, fold_word, folded_words, honorifics, spelled
from takhrij.text.simple import Simple, pattern, simple

__all__ = [
    "Simple",
    "Words",
    "arabic_words",
    "fold",
    "fold_word",
    "folded_words",
    "honorifics",
    "pattern",
    "simple",
    "spelled",
]
