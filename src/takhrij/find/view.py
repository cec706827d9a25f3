"""A text as the finders see it: its words as ids, and what stands around each word, as arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from takhrij.index.store import Index
from takhrij.text import Words, fold
from takhrij.text.fold import without_honorifics

Array = NDArray[Any]
OPENING = '«“"({﴿﴾[‹„❝⟨<'
CLOSING = '»”")}﴾﴿]›”❞⟩>'
QUOTES, UNQUOTES = '«“"„❝', '»”"❞'
COLONS = ":"
STOPS = ".:;؛،,!?؟…\n-–—*"
_MARKS = ((1, OPENING), (2, CLOSING), (4, STOPS), (8, COLONS), (16, QUOTES), (32, UNQUOTES))
_MOST_BITS = 16.0
_BLESSED = 16.0  # bits that a blessing on the Prophet close before adds for a report
_NEAR = 24  # code points that count as close: the rest of the blessing, a verb, a colon
_ENDING = re.compile("[\u200b-\u200f ]{0,4}[.،,؛]")
_SIGN = re.compile("[ﷺ]|\\(ص\\)")
_STRONG, _TO_COLON, _REACH = 16.0, 0.85, 12  # bits of a cue that reaches to a colon, what is left, in words
LEMMA = re.compile(
    r"(?<![ء-ي])(?:[وف]?قوله[ \t]?:|قوله)[ \t]{0,2}\((?!\()"
)  # «قوله: (…)»: words that a commentary explains
_DECAY = (1.0, 0.85, 0.65, 0.5, 0.4, 0.35)
_FILLERS = (
    "تعالى سبحانه وسبحانه وتعالى عز وجل جل وعلا علا ذكره تبارك شانه ثناوه جلاله في كتابه الكريم العزيز ايضا"
)


@dataclass(frozen=True, slots=True)
class View:
    """Tokens of a text: `ids` (-1 unknown), where they stand, and features, one entry a token.

    `cue` is how many bits the words before a token speak for a quotation that begins there; `opens` and
    `closes` whether a quotation mark or bracket stands before and behind it; `stops` whether punctuation or a
    line end stands before it, `colons` whether a colon does, `so_on` whether "to the end of the verse" begins
    there (these three one entry more than tokens: the end of the text); `counted` is false for words of
    praise between a cue and its quotation; `quotes` and `unquotes` are `opens` and `closes` for quotation
    marks alone, without brackets.
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
    quotes: Array
    unquotes: Array
    so_on: Array

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, begin: int, end: int, origin: int) -> View:
        """The tokens [begin, end) alone, their places counted from code point `origin`."""
        own = {field.name: getattr(self, field.name)[begin:end] for field in fields(self)}
        own |= {name: getattr(self, name)[begin : end + 1] for name in ("stops", "colons", "so_on")}
        return View(**own | {"starts": own["starts"] - origin, "ends": own["ends"] - origin})


class Marks(NamedTuple):
    """Which tokens have an opening mark before, a closing one behind, punctuation before, a colon before.

    `quotes` and `unquotes` are those before and behind that are quotation marks, not brackets.
    """

    opens: Array
    closes: Array
    stops: Array
    colons: Array
    quotes: Array
    unquotes: Array


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text folded once for all finders: its tokens with their ids, and the marks around them."""

    text: str
    words: Words
    ids: Array
    bits: Array
    plain: Array  # false inside formulas of honour
    marks: Marks
    rows: Rows


def spell(text: str, index: Index) -> Spelled:
    """Fold a text, number its words, note the marks between them."""
    words = fold(text)
    rows = Rows(words.hashes)
    ids, of = index.word_ids(words.hashes, rows.order)
    if len(of) != len(words):
        words = Words(words.starts[of], words.ends[of], words.hashes[of])
        rows = Rows(words.hashes)
    bits = np.where(ids >= 0, index.bits[np.maximum(ids, 0)], 0).astype(np.float64)
    marks = marks_between(text, words.starts.astype(np.int64), words.ends.astype(np.int64))
    return Spelled(text, words, ids, bits, without_honorifics(words), marks, rows)


def verse_view(spelled: Spelled) -> View:
    """The view for verses: every word counts."""
    words = spelled.words
    rows = spelled.rows
    # behind a blessing on a prophet the words are his, not the Qur'an's
    blessed = np.cumsum(~spelled.plain & np.isin(words.hashes, _blessings()))
    counted = spelled.plain & ~np.isin(words.hashes, _filler_hashes())
    cue, cue_at = cues("quran", rows, counted, spelled.marks)
    cue[(cue_at >= 0) & (blessed[np.maximum(cue_at, 0)] != blessed)] = 0
    cue[_of_lemmata(spelled.text, words.starts, cue_at)] = 0
    bits = damped(spelled.bits, rows, "data/formulas.txt", 2.0)
    so_on = np.zeros(len(rows) + 1, np.bool_)
    _, lengths, places = rows.ends_of("data/cues.tsv", "behind")
    so_on[places - lengths + 1] = True
    starts, ends = words.starts.astype(np.int64), words.ends.astype(np.int64)
    m = spelled.marks
    return View(
        starts,
        ends,
        spelled.ids,
        bits,
        cue,
        cue_at,
        m.opens,
        m.closes,
        m.stops,
        m.colons,
        counted,
        m.quotes,
        m.unquotes,
        so_on,
    )


def report_view(spelled: Spelled) -> View:
    """The view for reports: formulas of honour are passed over, names in chains are no evidence."""
    plain = spelled.plain
    starts, ends = spelled.words.starts[plain], spelled.words.ends[plain]
    rows = spelled.rows.only(plain)
    counted = np.ones(len(rows), np.bool_)
    cue, cue_at = cues("report", rows, counted)
    blessed = _blessed_before(spelled, starts)
    cue, cue_at = np.where(blessed, np.maximum(cue, _BLESSED), cue), cue_at
    bits = damped(spelled.bits[plain], rows, "data/transmission.txt", 1.0)
    bits = damped(bits, rows, "data/formulas.txt", 2.0)
    marks = spelled.marks
    return View(
        starts.astype(np.int64),
        ends.astype(np.int64),
        spelled.ids[plain],
        bits,
        cue,
        cue_at,
        marks.opens[plain],
        marks.closes[plain],
        np.append(marks.stops[:-1][plain], marks.stops[-1:]),
        np.append(marks.colons[:-1][plain], marks.colons[-1:]),
        counted,
        marks.quotes[plain],
        marks.unquotes[plain],
        np.zeros(len(rows) + 1, np.bool_),
    )


def _of_lemmata(text: str, starts: Array, cue_at: Array) -> Array:
    """At which words the cue is the «قوله» before a lemma: not the Qur'an's word but the explained work's."""
    opened = np.array([match.end() for match in LEMMA.finditer(text)], np.int64)
    return (cue_at >= 0) & np.isin(cue_at, np.searchsorted(starts, opened) - 1)


def _blessed_before(spelled: Spelled, starts: Array) -> Array:
    """Which words of a report view a blessing on the Prophet stands close before («قال ﷺ: …»)."""
    words = spelled.words
    spoken = words.ends[~spelled.plain & np.isin(words.hashes, _blessings())].astype(np.int64)
    sign = np.array([match.end() for match in _SIGN.finditer(spelled.text)], np.int64)
    ends = np.sort(np.concatenate((spoken, sign)))
    if len(ends) == 0:
        return np.zeros(len(starts), np.bool_)
    place = np.searchsorted(ends, starts, side="right") - 1
    return (place >= 0) & (starts.astype(np.int64) - ends[np.maximum(place, 0)] <= _NEAR)


class Rows:
    """Where each word of a text stands: looked up many times, sorted once."""

    def __init__(self, hashes: Array, order: Array | None = None) -> None:
        self.hashes = hashes
        self.order = np.argsort(hashes, kind="stable") if order is None else order
        self._ranked = hashes[self.order]

    def __len__(self) -> int:
        return len(self.hashes)

    def only(self, kept: Array) -> Rows:
        """The words for which `kept` is true."""
        place = np.cumsum(kept) - 1
        return Rows(self.hashes[kept], place[self.order[kept[self.order]]])

    def ends_of(self, file: str, kind: str) -> tuple[Array, Array, Array]:
        """Where phrases of a list occur: the value of each, how many words, where its last one stands."""
        values, lengths, words = _phrases(file, kind)
        low = np.searchsorted(self._ranked, words[:, 0], side="left")
        count = np.searchsorted(self._ranked, words[:, 0], side="right") - low
        phrase = np.repeat(np.arange(len(count)), count)
        first = np.cumsum(count) - count
        places = self.order[np.arange(len(phrase)) + (low - first)[phrase]]
        for back in range(1, words.shape[1]):
            fits = lengths[phrase] <= back
            fits |= (places >= back) & (self.hashes[np.maximum(places - back, 0)] == words[phrase, back])
            phrase, places = phrase[fits], places[fits]
        return values[phrase], lengths[phrase], places


def marks_between(text: str, starts: Array, ends: Array) -> Marks:
    """What stands between the words of a text.

    A straight quotation mark opens or closes by its turn on the line, so that what stands between two
    quotations is not taken for one; one that is alone there closes where a full stop or comma follows.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = np.zeros(0x10000, np.uint8)
    for bit, chars in _MARKS:
        for char in chars:
            table[ord(char)] |= bit
    classes = table[np.minimum(points, 0xFFFF)]
    straight = np.flatnonzero(points == ord('"'))
    if len(straight):
        line = np.searchsorted(np.flatnonzero(points == ord("\n")), straight)
        turn = np.arange(len(straight)) - np.searchsorted(line, line)
        ending = [_ENDING.match(text, at + 1) is not None for at in straight.tolist()]
        alone = np.bincount(line)[line] == 1
        closes = (turn % 2 == 1) | (alone & np.array(ending, np.bool_))
        classes[straight] = np.where(closes, 2 | 32, 1 | 16)
    gap_start = np.concatenate((np.zeros(1, np.int64), ends))
    gap_end = np.concatenate((starts, [len(points)]))
    marked = np.flatnonzero(classes)  # few: looked up one by one rather than counted along the text
    gap = np.searchsorted(gap_start, marked, side="right") - 1
    inside = marked < gap_end[gap]
    kinds, gap = classes[marked[inside]], gap[inside]
    found = []
    for bit, _ in _MARKS:
        has = np.zeros(len(gap_start), np.bool_)
        has[gap[(kinds & bit) != 0]] = True
        found.append(has)
    found[2][[0, -1]] = True  # the ends of the text
    return Marks(found[0][:-1], found[1][1:], found[2], found[3], found[4][:-1], found[5][1:])


def cues(kind: str, rows: Rows, counted: Array, marks: Marks | None = None) -> tuple[Array, Array]:
    """Bits for a quotation that begins at each token, and the token at which their cue ends (-1).

    marks: if given, a strong cue reaches further to a colon that ends its clause.
    """
    n = len(rows)
    slots = np.flatnonzero(counted)
    upto = np.cumsum(counted)
    packed = np.zeros(len(_DECAY) + len(slots))
    values, _, places = rows.ends_of("data/cues.tsv", kind)
    # a cue that ends in words of praise counts as ending before them
    np.maximum.at(packed, upto[places] - 1 + len(_DECAY), values)
    before = upto - counted  # counted tokens before each
    best, at = np.zeros(n), np.full(n, -1)
    for distance, decay in enumerate(_DECAY, 1):
        slot = before + len(_DECAY) - distance
        value = packed[slot] * decay
        better = np.flatnonzero(value > best)
        best[better] = value[better]
        at[better] = slots[slot[better] - len(_DECAY)]
    if marks is not None:
        _to_colons(best, at, packed[len(_DECAY) :], slots, marks)
    return best, at


def _to_colons(best: Array, at: Array, values: Array, slots: Array, marks: Marks) -> None:
    """Raise what a strong cue adds behind the colon that ends its clause («يقرأ في صلاة الفجر: …»)."""
    strong = values >= _STRONG
    places, values = slots[strong], values[strong]
    heads = np.flatnonzero(marks.colons[:-1])
    if len(places) == 0 or len(heads) == 0:
        return
    stops = np.flatnonzero(marks.stops)
    clause = stops[np.searchsorted(stops, heads) - 1]  # token 0 counts as behind a stop
    last = np.searchsorted(places, heads) - 1
    said = places[last]
    reached = (
        (last >= 0) & (said >= clause) & (heads - said <= _REACH) & (values[last] * _TO_COLON > best[heads])
    )
    heads, last = heads[reached], last[reached]
    best[heads], at[heads] = values[last] * _TO_COLON, places[last]


def damped(bits: Array, rows: Rows, file: str, most: float) -> Array:
    """Words inside a listed phrase are worth little: everybody writes them; none more than _MOST_BITS."""
    damped = np.minimum(bits, _MOST_BITS)
    _, lengths, places = rows.ends_of(file, "")
    for back in range(int(lengths.max(initial=0))):
        inside = places[lengths > back] - back
        damped[inside] = np.minimum(damped[inside], most)
    return damped


@cache
def _phrases(file: str, kind: str) -> tuple[Array, Array, Array]:
    """Of a list of phrases [P]: values, how many words, and their hashes [P, L], the last word first."""
    values, phrases = [], []
    for line in files("takhrij.find").joinpath(file).read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        of, value, words = line.split("\t") if kind else ("", "0", line)
        if of == kind:
            values.append(float(value))
            phrases.append(fold(words).hashes[::-1])
    lengths = np.array([len(phrase) for phrase in phrases])
    hashes = np.zeros((len(phrases), lengths.max()), np.uint64)
    for row, phrase in zip(hashes, phrases, strict=True):
        row[: len(phrase)] = phrase
    return np.array(values), lengths, hashes


@cache
def _blessings() -> Array:
    return fold("صلى السلام الصلاة صلوات").hashes


@cache
def _filler_hashes() -> Array:
    return fold(_FILLERS).hashes
