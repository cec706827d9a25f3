"""In: a report. Out: a map of how its text argues, everything in it proposed; and what a map shows."""

from takhrij.argue.propose import propose

__all__ = ["propose"]
