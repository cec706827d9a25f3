"""What a text presents as scripture without marks: written with vowel signs, or announced with a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from takhrij.find.claims import RawClaim
from takhrij.find.evidence import ARABIC, LEAST_CUE, LONGEST, SHORTEST, Evidence, Presented, within_marks
from takhrij.find.view import View
from takhrij.model import Kind, Span

_LEAST_WRITTEN = 4  # words with vowel signs between which and the quotation before there are others
_ANNOUNCING, _SAID = 16.0, 22.0  # bits of a cue before a colon, and of one that is a verb of speech
_LONGEST_OPEN, _FEWEST = 300, 6  # code points and words of a stretch that ends with its sentence
_FROM_BRACKET = 12  # code points from the bracket to the name of a collection: «(رواه»
Cited = tuple[Span, str]  # where a citation stands, and of what kind it is
_SHOWN_BY: dict[Kind, str] = {"quran": "reference", "report": "collection"}
_NUMBER = re.compile(r"\d")
_QUOTED = re.compile('["«»“”﴿﴾{}]')
_ANNOUNCES = re.compile(r"[\s،,]{0,3}:")
_HEADS = re.compile(r"[)\]*_ ]{0,6}:[\s*_>]{0,8}(?=[ء-ي])")  # a reference as the heading of its verse
_STOP = re.compile(r"[.؟!](?=[\s*])|\n")
_SENTENCE = re.compile(_STOP.pattern + r"|\Z")


def written_out(
    text: str, evidence: Evidence, marked: Sequence[Presented], written: Sequence[Span]
) -> list[Presented]:
    """Stretches with vowel signs: what they are their cue says, or the one before that they go on with."""
    found: list[Presented] = []
    for span in written:
        place = bisect_left(marked, span, key=lambda other: other.span)
        before = max([*marked[max(0, place - 1) : place], *found[-1:]], key=_end, default=None)
        if before is not None and ARABIC.search(text, before.span.end, span.start) is None:
            found.append(Presented(span, before.kind))
        elif evidence.words(span) >= _LEAST_WRITTEN and not _ANNOUNCES.match(text, span.end):
            quran, report = evidence.of(span, evidence.cited(span, False, ahead=True))
            if max(quran, report) >= LEAST_CUE:
                found.append(Presented(span, "quran" if quran >= report else "report"))
    return found


def _end(unit: Presented) -> int:
    return unit.span.end


def announced(text: str, evidence: Evidence, claims: Sequence[RawClaim]) -> Iterator[Presented]:
    """What stands between a cue with its colon, or a chain, and a citation, else the end of the sentence."""
    behind = [c for c in claims if c.direction != "after" or text[c.group.start - 1] in "(["]
    cited = sorted({(c.group, c.kind) for c in behind if c.kind in _SHOWN_BY.values()})
    spoken = {c.span.end for c in claims if c.kind == "said_by" and c.says[:1] == ("prophet",)}
    cues = _behind_cues(text, evidence.reports)
    for start, bits in _behind_cues(text, evidence.verses).items():
        cues[start] = max(bits, cues.get(start, 0.0))
    cues |= dict.fromkeys(_behind_headings(text, claims), _SAID)
    starts, reach = sorted({*evidence.told_before, *spoken, *cues}), 0
    for start, following in pairwise([*starts, len(text)]):
        if start < reach:
            continue
        unit = _up_to_citation(text, start, cited, evidence)
        if unit is None and (cues.get(start, 0.0) >= _SAID or text[start - 1] == ":"):
            unit = _up_to_stop(text, start, cited, evidence)
        if unit is not None and unit.kind == "quran" and following < unit.span.end:
            continue  # two verses, each announced
        if unit is not None and not _QUOTED.search(text, start, unit.span.end):
            reach = unit.span.end
            yield unit


def _behind_cues(text: str, view: View) -> dict[int, float]:
    """Where the words begin that a strong cue and a colon announce, with the bits of the cue."""
    at = np.flatnonzero((view.cue >= _ANNOUNCING) & view.colons[:-1])
    at = at[at > 0]
    found = zip(view.ends[at - 1].tolist(), view.starts[at].tolist(), view.cue[at].tolist(), strict=True)
    return {start: cue for end, start, cue in found if not _NUMBER.search(text, end, start)}


def _behind_headings(text: str, claims: Sequence[RawClaim]) -> Iterator[int]:
    """Where the words begin behind a verse's reference and a colon."""
    for claim in claims:
        numbered = claim.kind == "reference" and claim.says[0].count(":") > 1
        headed = _HEADS.match(text, claim.group.end) if numbered else None
        if headed:
            yield headed.end()


def _up_to_citation(text: str, start: int, cited: Sequence[Cited], evidence: Evidence) -> Presented | None:
    place = bisect_left(cited, (Span(start + SHORTEST, 0), ""))
    if place == len(cited) or cited[place][0].start - start > LONGEST:
        return None
    end = cited[place][0].start
    bracket = max(text.rfind("(", start, end), text.rfind("[", start, end))
    bracketed = end - bracket <= _FROM_BRACKET
    span = within_marks(text, Span(start, bracket if bracketed else end))
    if span.end - span.start < SHORTEST or "\n\n" in text[span.start : span.end]:
        return None
    if not bracketed and (span.end - start > _LONGEST_OPEN or _STOP.search(text, span.start, span.end)):
        return None
    kind = _kind(evidence, span)
    if kind is None or _SHOWN_BY[kind] != cited[place][1] or (kind == "quran" and not bracketed):
        return None  # «… رواه مسلم» follows its report, but a sura named without brackets may be a mention
    return Presented(span, kind)


def _up_to_stop(text: str, start: int, cited: Sequence[Cited], evidence: Evidence) -> Presented | None:
    last = start + _LONGEST_OPEN + SHORTEST
    first = ARABIC.search(text, start, last)
    ending = _SENTENCE.search(text, first.start(), last) if first else None
    if ending is None:
        return None
    span = within_marks(text, Span(start, ending.start()))
    if span.end - span.start > _LONGEST_OPEN or evidence.words(span) < _FEWEST or evidence.about(span):
        return None
    place = bisect_left(cited, (span, ""))
    near = cited[max(0, place - 1) : place + 1]
    if any(group.start < span.end and span.start < group.end for group, _ in near):
        return None
    kind = _kind(evidence, span)
    if kind is None:
        return None
    return Presented(span, kind, closed=False)


def _kind(evidence: Evidence, span: Span) -> Kind | None:
    quran, report = evidence.of(span, evidence.cited(span, False, ahead=True))
    if max(quran, report) < _ANNOUNCING:
        return None
    return "quran" if quran >= report else "report"
