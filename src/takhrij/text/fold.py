"""Fold a text once, vectorised, and keep an exact map back to its code points.

Each code point goes through a table to a class: dropped (joiners, directional marks, apostrophes), separator,
mark (vowel signs, elongation), or a letter's code. A word is a run without separators; its hash is a
polynomial modulo 2**64 over the codes of its letters, so it depends on the letters alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Profile = Literal["plain", "loose"]

DROPPED, SEPARATOR, MARK, FIRST_LETTER = 0, 1, 2, 3
_CHUNK = 1 << 18  # code points folded at a time: the working arrays stay in the processor's cache
_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_SILENT = (0x621, 0x674)  # letters that are dropped under `loose`
_SIGNS = "ـۥۦ"  # elongation, the small waw and ya of the mushaf: letters to Unicode, marks to us
_APOSTROPHES = "'’‘ʼʾʿ`´"
_SEATS = {
    "آ": "ا\u0653",
    "أ": "ا\u0654",
    "إ": "ا\u0655",
    "ؤ": "و\u0654",
    "ئ": "ي\u0654 ى\u0654 ی\u0654",
}  # a hamza or madda typed as a sign
_SEATED = {pair: joined for joined, pairs in _SEATS.items() for pair in pairs.split()}
_SIGNS_OF_HAMZA = "\u0653\u0654\u0655"
_SIGNED: dict[Profile, re.Pattern[str]] = {  # `loose` folds alef and its hamza alike
    "plain": re.compile("([اويىی])([\u064b-\u0652\u0670]{0,4})([\u0653-\u0655])"),
    "loose": re.compile("([ويىی])([\u064b-\u0652\u0670]{0,4})(\u0654)"),
}
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگٹڈڑںabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: `starts` and `ends` are code points in it, `hashes` of the folded letters.

    `starts` is the first letter, dropped or not, `ends` past the last letter with its marks. All have one
    entry a word.
    """

    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    hashes: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)


def fold(text: str, profile: Profile = "loose") -> Words:
    """The words of `text`, folded `plain` (letters) or `loose` (spellings of a word become one)."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table(profile)
    pieces = []
    start = 0
    while start < len(points):
        stop = _break(points, start, table)
        pieces.append(_fold_chunk(points[start:stop], start, profile, table))
        start = stop
    if not pieces:
        empty = np.empty(0, np.uint32)
        return Words(empty, empty, np.empty(0, np.uint64))
    starts, ends, hashes = (list(column) for column in zip(*pieces, strict=True))
    return Words(np.concatenate(starts), np.concatenate(ends), np.concatenate(hashes))


@lru_cache(maxsize=1 << 16)
def fold_word(word: str, profile: Profile = "loose") -> str:
    """The folded letters of one word, as a string: for comparing two spellings letter by letter."""
    return spelled(word, profile)


def spelled(text: str, profile: Profile = "loose") -> str:
    """The folded letters of a text, all in a row."""
    return _one_letter(text, profile).translate(_letters(profile))


def _one_letter(text: str, profile: Profile) -> str:
    """The text with each hamza or madda that is a sign joined to its seat, where that changes a thing."""
    if not any(sign in text for sign in _SIGNS_OF_HAMZA):
        return text
    return _SIGNED[profile].sub(lambda m: _SEATED.get(m[1] + m[3], m[1]) + m[2], text)


def folded_words(text: str) -> list[str]:
    """The words of Arabic letters of a short text, folded loosely."""
    return _one_letter(text, "loose").translate(_arabic()[0]).split()


def arabic_words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of Arabic letters of a short text, folded loosely, and their spans: `fold`, at less cost."""
    folded = folded_words(text)
    spans = [match.span() for match in _arabic()[1].finditer(text)]
    if len(folded) != len(spans):  # a lone hamza folds to nothing and is no word
        kept = [(word, span) for span in spans if (word := fold_word(text[slice(*span)]))]
        folded, spans = [word for word, _ in kept], [span for _, span in kept]
    return folded, spans


@cache
def honorifics() -> tuple[tuple[np.uint64, ...], ...]:
    """The formulas of honour as sequences of word hashes, longest first (data/honorifics.txt)."""
    lines = files("takhrij.text").joinpath("data/honorifics.txt").read_text("utf-8").splitlines()
    phrases = [tuple(fold(line).hashes) for line in lines if line and not line.startswith("#")]
    return tuple(sorted(set(phrases), key=len, reverse=True))


@cache
def _by_last_word() -> tuple[list[list[tuple[np.uint64, ...]]], NDArray[np.uint64]]:
    """The formulas of honour by the word that they end in, and those words, sorted."""
    lasts = sorted({phrase[-1] for phrase in honorifics()})
    return [[phrase for phrase in honorifics() if phrase[-1] == last] for last in lasts], np.array(lasts)


def without_honorifics(words: Words) -> NDArray[np.bool_]:
    """True for the words that stay when the formulas of honour are passed over."""
    hashes = words.hashes
    keep = np.ones(len(hashes), np.bool_)
    by_last, lasts = _by_last_word()
    near = np.minimum(lasts.searchsorted(hashes), len(lasts) - 1)
    ending = np.flatnonzero(lasts[near] == hashes)
    for last in set(near[ending].tolist()):
        ends = ending[near[ending] == last]
        for phrase in by_last[last]:
            places = ends[ends >= len(phrase) - 1] - (len(phrase) - 1)
            for offset in range(len(phrase) - 2, -1, -1):  # the last word but one tells these apart best
                places = places[hashes[places + offset] == phrase[offset]]
            for offset in range(len(phrase)):
                keep[places + offset] = False
    return keep


def _break(points: NDArray[np.uint32], start: int, table: NDArray[np.uint8]) -> int:
    """Where the chunk that begins at `start` ends: behind a separator, so that no word is cut."""
    stop = start + _CHUNK
    while stop < len(points):
        window = points[stop : stop + _CHUNK]
        found = np.flatnonzero(table[np.minimum(window, 0xFFFF)] == SEPARATOR)
        if len(found):
            return stop + int(found[0]) + 1
        stop += _CHUNK
    return len(points)


_Piece = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint64]]


def _fold_chunk(points: NDArray[np.uint32], base: int, profile: Profile, table: NDArray[np.uint8]) -> _Piece:
    points = _joined_hamzas(points)
    classes = table[np.minimum(points, 0xFFFF)]
    separators = np.flatnonzero(classes == SEPARATOR)
    letters = np.flatnonzero(classes >= FIRST_LETTER)
    codes = classes[letters].astype(np.uint64)
    if len(letters) == 0:
        return np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint64)
    # a word begins at a letter with a separator between it and the letter before
    run = np.cumsum(classes == SEPARATOR, dtype=np.uint32)[letters]
    first = np.flatnonzero(np.concatenate(([True], run[1:] != run[:-1])))
    last = np.concatenate((first[1:], [len(letters)])) - 1
    ligatures = _ligatures(profile)
    if (points >= 0xFB50).any() and np.isin(points, ligatures).any():
        hashes = _hash_slowly(points, letters, first, last, profile)
    else:
        powers, inverses = _powers(len(codes))
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(codes * powers)))
        hashes = (sums[last + 1] - sums[first]) * inverses[first]
    marks = np.flatnonzero(classes >= MARK)
    # a word ends behind its last letter or mark before the next separator
    next_separator = np.searchsorted(separators, letters[last])
    limit = np.append(separators, len(points))[next_separator]
    ends = marks[np.searchsorted(marks, limit) - 1] + 1
    spelled = hashes != 0
    starts = _with_silent(letters[first], points, classes, marks)[spelled] + base
    return starts.astype(np.uint32), (ends[spelled] + base).astype(np.uint32), hashes[spelled]


def _joined_hamzas(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The code points with each seat of a hamza or madda sign as the letter that both are."""
    signs = np.flatnonzero((points >= 0x653) & (points <= 0x655))
    if len(signs) == 0:
        return points
    at = signs - 1
    for _ in range(4):  # vowel signs between
        point = points[at]
        at -= (at > 0) & ((point >= 0x64B) & (point <= 0x652) | (point == 0x670))
    joined = points.copy()
    for pair, letter in _SEATED.items():
        seat, sign = pair[0], pair[1]
        joined[at[(points[at] == ord(seat)) & (points[signs] == ord(sign))]] = ord(letter)
    return joined


def _with_silent(
    starts: NDArray[np.intp], points: NDArray[np.uint32], classes: NDArray[np.uint8], marks: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Where words begin, a first letter that folding drops (ءامن) included."""
    late = np.flatnonzero((starts > 0) & (classes[starts - 1] != SEPARATOR))
    if len(late) == 0:
        return starts
    separators = np.flatnonzero(classes == SEPARATOR)
    run = np.append(-1, separators)[np.searchsorted(separators, starts[late])] + 1
    head = marks[np.searchsorted(marks, run)]
    begins = np.isin(points[head], _SILENT)
    starts[late[begins]] = head[begins]
    return starts


def _hash_slowly(
    points: NDArray[np.uint32],
    letters: NDArray[np.intp],
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    profile: Profile,
) -> NDArray[np.uint64]:
    """The same hashes, word by word: for the rare chunk with ligatures that stand for several letters."""
    hashes = np.empty(len(first), np.uint64)
    for index, (begin, end) in enumerate(zip(first, last, strict=True)):
        stretch = points[letters[begin] : letters[end] + 1]
        word = "".join(map(chr, stretch.tolist()))
        value, power = 0, 1
        for letter in fold_word(word, profile):
            value = (value + int(_code(letter)) * power) & 0xFFFFFFFFFFFFFFFF
            power = (power * int(_BASE)) & 0xFFFFFFFFFFFFFFFF
        hashes[index] = value
    return hashes


@cache
def _all_powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    ones = np.ones(size, np.uint64)
    powers, inverses = ones.copy(), ones.copy()
    powers[1:] = np.cumprod(ones[1:] * _BASE)
    inverses[1:] = np.cumprod(ones[1:] * _INVERSE)
    return powers, inverses


def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    room = 1 << max(10, (size - 1).bit_length())  # few distinct sizes, so few tables
    powers, inverses = _all_powers(room)
    return powers[:size], inverses[:size]


def _code(letter: str) -> np.uint64:
    return np.uint64(FIRST_LETTER + _LETTERS.index(letter))


@cache
def _rules(profile: Profile) -> dict[str, str]:
    """Letter -> what it becomes (data/folding.tsv); loose includes plain."""
    rules: dict[str, str] = {}
    for line in files("takhrij.text").joinpath("data/folding.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, letters, target = line.split("\t")
        if name == "plain" or profile == "loose":
            rules.update(dict.fromkeys(letters.split(), target))
    return {letter: rules.get(target, target) for letter, target in rules.items()}


class _Letters(dict[int, str]):
    """For `str.translate`: what is no letter is left out."""

    def __missing__(self, point: int) -> str:
        return ""


@cache
def _letters(profile: Profile) -> _Letters:
    """Code point -> its folded letters, for every code point of the plane that has any."""
    rules = _rules(profile)
    return _Letters({point: letters for point in _points() if (letters := _letter(chr(point), rules))})


class _Spelled(dict[int, str]):
    """For `str.translate`: what is neither letter nor mark parts words."""

    def __missing__(self, point: int) -> str:
        return " "


@cache
def _arabic() -> tuple[_Spelled, re.Pattern[str]]:
    """Code point -> its folded letters, and a word: from a letter to the last letter or mark of its run."""
    table, letters = _table("loose"), _letters("loose")
    points = [point for point in _points() if point >= 0x600 or table[point] in (DROPPED, MARK)]
    spelled = _Spelled({p: letters[p] for p in points if p in letters or table[p] != SEPARATOR})
    first, inner = (
        "".join(chr(p) for p in points if p in letters or p in _SILENT or table[p] in classes)
        for classes in ((), (MARK,))
    )
    dropped = re.escape("".join(chr(p) for p in points if table[p] == DROPPED))
    return spelled, re.compile(f"[{first}](?:[{inner}{dropped}]*[{inner}])?")


def _letter(char: str, rules: dict[str, str]) -> str:
    """The letters that a character folds to: "" for none, several for a ligature."""
    if char in rules:
        return rules[char]
    if char in _LETTERS:
        return char
    if not char.isalpha() or unicodedata.category(char) in ("Lm", "Mn"):
        return ""
    latin = ord(char) < 0x600 or 0x1E00 <= ord(char) < 0x1F00
    decomposed = unicodedata.normalize("NFKD", char).lower() if latin else ""
    shape = "".join(c for c in decomposed if c in _LETTERS)
    if shape:
        return shape if len(shape) == len(decomposed.strip()) or decomposed[0] in _LETTERS else ""
    if ord(char) >= 0xFB50:
        composed = unicodedata.normalize("NFKC", char).lower()
        if " " in composed or len(composed) > 4:  # ﷺ, ﷻ, ﷽: formulas of honour, not words
            return ""
        return "".join(rules.get(c, c) for c in composed if c in rules or c in _LETTERS)
    return ""


@cache
def _table(profile: Profile) -> NDArray[np.uint8]:
    """Class of each code point of the basic plane; the last entry serves for all beyond it."""
    rules = _rules(profile)
    table = np.full(0x10000, SEPARATOR, np.uint8)
    for point in _points():
        char = chr(point)
        category = unicodedata.category(char)
        if category in ("Mn", "Me") or char in _SIGNS:
            table[point] = MARK
        elif category == "Cf" or char in _APOSTROPHES:
            table[point] = DROPPED
        elif category[0] == "L" or char in rules:
            letters = _letter(char, rules)
            if letters:
                table[point] = _code(letters[0])
            elif char in rules:
                table[point] = MARK
    return table


@cache
def _points() -> tuple[int, ...]:
    """The code points that may be letters, marks or joiners in Latin or Arabic script; others separate."""
    blocks = [
        (0x20, 0x370),
        (0x600, 0x700),
        (0x750, 0x780),
        (0x8A0, 0x900),
        (0x1AB0, 0x1B00),
        (0x1DC0, 0x1F00),
    ]
    blocks += [(0x2000, 0x2070), (0x20D0, 0x2100), (0xFB50, 0xFF00), (0xFF21, 0xFF5B)]
    return tuple(point for first, last in blocks for point in range(first, last))


@cache
def _ligatures(profile: Profile) -> NDArray[np.uint32]:
    rules = _rules(profile)
    several = [p for p in range(0xF900, 0xFFFF) if len(_letter(chr(p), rules)) > 1]
    return np.array(several, np.uint32)
