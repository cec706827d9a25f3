"""In: a document and its structure. Out: who speaks where in it; the works that it names."""

from takhrij.find.speech.cited import works_cited
from takhrij.find.speech.voices import speech

__all__ = ["speech", "works_cited"]
