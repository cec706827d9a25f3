"""A text as the finder of English quotations sees it: its Latin-script words, and what stands around each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from takhrij.find.english_marks import curled
from takhrij.find.view import Array, Rows, View, cues, damped, marks_between
from takhrij.index.store import Index
from takhrij.text import fold

_LETTERS_LATIN = ((0x41, 0x250), (0x1E00, 0x1F00))
_FEWEST_LETTERS, _CLOSE = (
    24,
    60,
)  # Latin letters, among so many code points, without which a text is not looked at


class EnglishText(NamedTuple):
    """A text with some English in it; `marked` is the same with the marks of `english_marks.curled`."""

    text: str
    marked: str
    view: EnglishView


@dataclass(frozen=True, slots=True)
class EnglishView(View):
    """`broken` is true where words in another script stand before a token.

    `cue` is the higher of the cues for a verse and for a report.
    """

    broken: Array
    cue_quran: Array
    cue_report: Array


def read_english(text: str, index: Index) -> EnglishText | None:
    """A text as the words of English in it are looked at; None where it has hardly any."""
    if not _has_latin(text):
        return None
    marked = curled(text)
    return EnglishText(text, marked, _view(text, marked, index))


def _has_latin(text: str) -> bool:
    """Whether a text has a few Latin words together: page numbers and names of files are none."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) | 32
    counts = np.cumsum((letters >= ord("a")) & (letters <= ord("z")), dtype=np.int32)
    if len(counts) <= _CLOSE:
        return len(counts) > 0 and int(counts[-1]) >= _FEWEST_LETTERS
    return int((counts[_CLOSE:] - counts[:-_CLOSE]).max()) >= _FEWEST_LETTERS


def _view(text: str, marked: str, index: Index) -> EnglishView:
    words = fold(text)
    starts, ends = words.starts.astype(np.int64), words.ends.astype(np.int64)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[starts]
    latin = np.zeros(len(words), np.bool_)
    for low, high in _LETTERS_LATIN:
        latin |= (points >= low) & (points < high)
    latin &= ~_in_honours(text, starts)
    other = np.cumsum(~latin & (points >= 0x250))[latin]
    broken = np.diff(other, prepend=0) > 0
    starts, ends, hashes = starts[latin], ends[latin], words.hashes[latin]
    place = np.minimum(np.searchsorted(index.hashes, hashes), max(0, len(index.hashes) - 1))
    ids = np.where(index.hashes[place] == hashes, place, -1).astype(np.int64)
    bits = np.where(ids >= 0, index.bits[np.maximum(ids, 0)], 0).astype(np.float64)
    rows, counted = Rows(hashes), np.ones(len(hashes), np.bool_)
    quran, quran_at = cues("quran", rows, counted)
    report, report_at = cues("report", rows, counted)
    for cue, at in ((quran, quran_at), (report, report_at)):
        _cut_off(cue, at, broken)
    marks = marks_between(marked, starts, ends)
    return EnglishView(
        starts,
        ends,
        ids,
        damped(bits, rows, "data/english-formulas.txt", 2.0),
        np.maximum(quran, report),
        np.where(quran >= report, quran_at, report_at),
        marks.opens,
        marks.closes,
        marks.stops,
        marks.colons,
        counted,
        marks.quotes,
        marks.unquotes,
        np.zeros(len(ids) + 1, np.bool_),
        broken,
        quran,
        report,
    )


def _cut_off(cue: Array, at: Array, broken: Array) -> None:
    """A cue before words in another script serves them."""
    passed = np.cumsum(broken)
    cue[(at >= 0) & (passed[np.maximum(at, 0)] != passed)] = 0
    at[cue == 0] = -1


def _in_honours(text: str, starts: Array) -> Array:
    """Which words stand inside an honour in brackets."""
    spans = [match.span() for match in honours().finditer(text)]
    if not spans:
        return np.zeros(len(starts), np.bool_)
    edges = np.array(spans, np.int64)
    at = np.searchsorted(edges[:, 0], starts, side="right") - 1
    inside: Array = (at >= 0) & (starts < edges[np.maximum(at, 0), 1])
    return inside


@cache
def honours() -> re.Pattern[str]:
    """Honours in brackets, with or without points between their letters (data/english-honours.txt)."""
    lines = files("takhrij.find").joinpath("data/english-honours.txt").read_text("utf-8").splitlines()
    phrases = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    spelled = (r"[\s.]{0,2}".join(map(re.escape, phrase.replace(" ", ""))) for phrase in phrases)
    return re.compile(rf"[(\[]\s?(?:{'|'.join(spelled)})[\s.]{{0,2}}[)\]]", re.IGNORECASE)


__all__ = ["EnglishText", "EnglishView", "honours", "read_english"]
