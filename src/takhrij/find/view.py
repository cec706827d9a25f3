"""A text as the finders see it: its words as ids, and what stands around each word, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from takhrij.index.store import Index
from takhrij.text import Words, fold
from takhrij.text.fold import without_honorifics

Array = NDArray[Any]
OPENING = "«“\"({﴿﴾[‹„❝⟨<"
CLOSING = "»”\")}﴾﴿]›”❞⟩>"
COLONS = ":"
STOPS = ".:;؛،,!?؟…\n-–—*"
_DECAY = (1.0, 0.85, 0.65, 0.5)
_FILLERS = "تعالى سبحانه وسبحانه وتعالى عز وجل جل وعلا علا ذكره تبارك شانه ثناوه جلاله في كتابه الكريم العزيز ايضا"


@dataclass(frozen=True, slots=True)
class View:
    """Tokens of a text: `ids` (-1 unknown), where they stand, and features, one entry a token.

    `cue` is how many bits the words before a token speak for a quotation that begins there; `opens` and `closes`
    whether a quotation mark or bracket stands before and behind it; `stops` whether punctuation or a line end
    stands before it, `colons` whether a colon does (both one entry more than tokens: the end of the text);
    `counted` is false for words of praise between a cue and its quotation.
    """

    starts: Array
    ends: Array
    ids: Array
    bits: Array
    cue: Array
    cue_at: Array
    opens: Array
    closes: Array
    stops: Array
    colons: Array
    counted: Array

    def __len__(self) -> int:
        return len(self.ids)


def views(text: str, index: Index) -> tuple[View, View]:
    """The view for verses, and the one for reports, in which formulas of honour are passed over."""
    words = fold(text)
    ids, of = index.word_ids(words)
    starts, ends = words.starts[of].astype(np.int64), words.ends[of].astype(np.int64)
    marks = _marks(text, starts, ends)
    bits = np.where(ids >= 0, index.bits[np.maximum(ids, 0)], 0).astype(np.float64)
    spelled = Words(words.starts[of], words.ends[of], words.hashes[of])
    plain = without_honorifics(spelled)
    # behind a blessing on a prophet the words are his, not the Qur'an's
    blessed = np.cumsum(~plain & np.isin(spelled.hashes, _blessings()))
    counted = plain & ~np.isin(spelled.hashes, _filler_hashes())
    cue, cue_at = _cues("quran", spelled, counted)
    cue[(cue_at >= 0) & (blessed[np.maximum(cue_at, 0)] != blessed)] = 0
    quran = View(starts, ends, ids, _damped(bits, spelled), cue, cue_at, *marks, counted)
    kept = Words(spelled.starts[plain], spelled.ends[plain], spelled.hashes[plain])
    cue, cue_at = _cues("report", kept, np.ones(len(kept), np.bool_))
    opens, closes, stops, colons = marks
    ends_of_text = [np.append(values[:-1][plain], values[-1:]) for values in (stops, colons)]
    reports = View(
        starts[plain],
        ends[plain],
        ids[plain],
        _damped(bits[plain], kept),
        cue,
        cue_at,
        opens[plain],
        closes[plain],
        *ends_of_text,
        np.ones(len(kept), np.bool_),
    )
    return quran, reports


def _marks(text: str, starts: Array, ends: Array) -> tuple[Array, Array, Array, Array]:
    """Which tokens have an opening mark before, a closing mark behind, punctuation before, a colon before."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = np.zeros(0x10000, np.uint8)
    for bit, chars in ((1, OPENING), (2, CLOSING), (4, STOPS), (8, COLONS)):
        for char in chars:
            table[ord(char)] |= bit
    classes = table[np.minimum(points, 0xFFFF)]
    gap_start = np.concatenate((np.zeros(1, np.int64), ends))
    gap_end = np.concatenate((starts, [len(points)]))
    found = []
    for bit in (1, 2, 4, 8):
        counts = np.concatenate((np.zeros(1, np.int32), np.cumsum((classes & bit) != 0, dtype=np.int32)))
        found.append(counts[np.maximum(gap_start, gap_end)] > counts[gap_start])
    return found[0][:-1], found[1][1:], found[2], found[3]


def _cues(kind: str, words: Words, counted: Array) -> tuple[Array, Array]:
    """Bits for a quotation that begins at each token, and the token at which the cue that gives them ends (-1)."""
    n = len(words)
    weight = np.zeros(n)
    for value, phrase in _phrases("data/cues.tsv", kind):
        places = _places(words.hashes, phrase)
        weight[places] = np.maximum(weight[places], value)
    slots = np.flatnonzero(counted)
    packed = weight.copy()
    packed = np.concatenate((np.zeros(len(_DECAY)), packed[slots]))
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(counted)))[:-1]  # counted tokens before each
    best, at = np.zeros(n), np.full(n, -1)
    for distance, decay in enumerate(_DECAY, 1):
        slot = before + len(_DECAY) - distance
        value = packed[slot] * decay
        better = value > best
        best[better] = value[better]
        at[better] = slots[np.maximum(slot - len(_DECAY), 0)][better]
    return best, at


def _places(hashes: Array, phrase: tuple[int, ...]) -> Array:
    """Where a phrase ends: positions of its last word."""
    places = np.flatnonzero(hashes == np.uint64(phrase[-1]))
    for back in range(1, len(phrase)):
        places = places[places >= back]
        places = places[hashes[places - back] == np.uint64(phrase[-1 - back])]
    return places


def _damped(bits: Array, words: Words) -> Array:
    """Words inside a formula of piety are worth little: everybody writes them."""
    damped = np.minimum(bits, 16.0)
    for _, phrase in _phrases("data/formulas.txt", ""):
        places = _places(words.hashes, phrase)
        for back in range(len(phrase)):
            damped[places - back] = np.minimum(damped[places - back], 2.0)
    return damped


@cache
def _phrases(file: str, kind: str) -> tuple[tuple[float, tuple[int, ...]], ...]:
    lines = files("takhrij.find").joinpath(file).read_text("utf-8").splitlines()
    phrases = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        of, value, words = line.split("\t") if kind else ("", "0", line)
        if of == kind:
            phrases.append((float(value), tuple(fold(words).hashes.tolist())))
    return tuple(phrases)


@cache
def _blessings() -> Array:
    return fold("صلى السلام الصلاة صلوات").hashes


@cache
def _filler_hashes() -> Array:
    return fold(_FILLERS).hashes
