"""The clauses of a legal work come in; they go out with cases, rulings and reasons apart.

Such a work says most rulings without a term: «فإن مات أحدهما، أقيم مقامه غيره؛ لأنه …، ولا يضمن؛ لأنه …».
The first clause behind a condition is the ruling; so is what stands before «؛ لأن».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from takhrij.argue.units import Unit, parted
from takhrij.model import Cue, Span
from takhrij.text import Simple

_CASE = re.compile(r"(?<!\w)[فو][إا]ن(?=\s\S)")
_PAUSE = tuple("،,؛;.:")
_RULED = re.compile(r"[،,]\s+(?=\w)(?!و|ل[أا]ن|[أا]و\s|كما\s|ل[تي]\w)")
_LAST = re.compile(r"[،,]\s+(?=[وف]\w)")
_REASONS = ("ratio", "evidence")
_SHORT = 4  # code points: no ruling is shorter


def apart(text: str, plain: Simple, given: list[Unit]) -> list[Unit]:
    """The clauses, in the text's order, more of them than before."""
    cases = [clause for unit in given for clause in _cases(text, plain, unit)]
    return list(_tails(text, plain, list(_ruled(text, plain, cases))))


def _cases(text: str, plain: Simple, unit: Unit) -> Iterator[Unit]:
    """A clause and the conditions in it with which a new case begins, whichever verb they have."""
    if unit.part == "outside" or unit.asks:
        yield unit
        return
    for found in _CASE.finditer(text, unit.span.start, unit.span.end):
        inside = found.start() > unit.span.start
        if inside and (
            _quoted(unit, found.start())
            or not text[found.start() - _SHORT : found.start()].rstrip().endswith(_PAUSE)
        ):
            continue
        if inside:
            before, unit = parted(text, plain, unit, found.start())
            yield before
        if not unit.part or unit.part in _REASONS:
            unit.part, unit.opens, unit.term = "condition", True, None
            unit.cue = Cue(text=found.group(), span=Span(*found.span()))
    yield unit


def _ruled(text: str, plain: Simple, given: list[Unit]) -> Iterator[Unit]:
    """A condition and the clause behind it, which is the ruling: unless that has been told by its term."""
    for unit, following in zip(given, [*given[1:], None], strict=True):
        found = None
        told = following and not following.part and following.term and following.sentence == unit.sentence
        if unit.part == "condition" and unit.opens and unit.cue and not told:
            found = _RULED.search(text, unit.cue.span.end, unit.span.end)
        if found and unit.span.end - found.end() >= _SHORT and not _quoted(unit, found.end()):
            condition, ruling = parted(text, plain, unit, found.end())
            ruling.ruled = True
            yield from (condition, ruling)
        else:
            yield unit


def _tails(text: str, plain: Simple, given: list[Unit]) -> Iterator[Unit]:
    """A reason, and behind it the ruling that the next reason is for: «لأنه …، ولا يدفع إليه؛ لأنه …»."""
    for unit, following, further in zip(given, [*given[1:], None], [*given[2:], None, None], strict=False):
        reason = following
        if following and following.part == "condition" and not following.opens:  # «ويأخذ إن كان كذا؛ لأن»
            reason = further
        starts = reason is not None and reason.part in _REASONS and text[reason.span.start] != "و"
        if starts and reason and unit.part in _REASONS and _semicolon(text, reason):
            last = [*_LAST.finditer(text, unit.span.start, unit.span.end)][-1:]
            if last and unit.span.end - last[0].end() >= _SHORT and not _quoted(unit, last[0].end()):
                before, ruling = parted(text, plain, unit, last[0].end())
                ruling.ruled = True
                yield from (before, ruling)
                continue
        yield unit


def _semicolon(text: str, reason: Unit) -> bool:
    return text[max(0, reason.span.start - _SHORT) : reason.span.start].rstrip().endswith(("؛", ";"))


def _quoted(unit: Unit, at: int) -> bool:
    return any(finding.span.start <= at < finding.span.end for finding in unit.findings)
