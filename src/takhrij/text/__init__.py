"""In: the characters of a text. Out: its words folded for matching, each with the span it stands at."""

from takhrij.text.fold import Words, fold, fold_word, honorifics

__all__ = ["Words", "fold", "fold_word", "honorifics"]
