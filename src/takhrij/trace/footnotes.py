"""Notes of a plain text: what stands in note 3 is said where its sign, "(3)", stands in the text above."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from takhrij.model import Span

_NOTE = re.compile(r"^[ \t]*([(\[]\^?(\d{1,3})[)\]])(?=[ \t:.\-–]*\S)", re.M)
_SIGN = re.compile(r"(?<=[^\s(\[])[ \t]{0,2}([(\[]\^?(\d{1,3})[)\]])")
_LONGEST = 2000  # code points of a note


class Notes(NamedTuple):
    """The notes of a text in its order: where each starts and ends, and the sign that calls it."""

    starts: list[int]
    ends: list[int]
    signs: list[Span]

    def sign(self, place: Span) -> Span | None:
        """The sign of the note in which a place stands."""
        at = bisect_right(self.starts, place.start) - 1
        return self.signs[at] if at >= 0 and place.end <= self.ends[at] else None


def notes(text: str) -> Notes:
    """The lines that begin with a number in brackets which the text has before them, behind a word.

    A number counts as called where it stood last before the first note of the run of notes that it is in,
    each beginning with the number after the one before.
    """
    found = Notes([], [], [])
    heads = list(_NOTE.finditer(text))
    if not heads:
        return found
    own = {head.start(1) for head in heads}
    signs = [sign for sign in _SIGN.finditer(text) if sign.start(1) not in own]
    places = [sign.start(1) for sign in signs]
    run, before = 0, -1
    for at, head in enumerate(heads):
        number = int(head[2])
        if number != before + 1:
            run = head.start()
        before = number
        last = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        blank = text.find("\n\n", head.end(), last)
        end = min(blank if blank >= 0 else last, head.end() + _LONGEST)
        for sign in reversed(signs[: bisect_right(places, run)]):
            if int(sign[2]) == number:
                found.starts.append(head.start(1))
                found.ends.append(end)
                found.signs.append(Span(*sign.span(1)))
                break
    return found
