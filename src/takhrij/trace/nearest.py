"""Which verses come nearest to words that stand in none: a search that lets words differ in letters.

Every word of the quotation is compared with every different word of the Qur'an; in the verses that have most
of them the words are then aligned in order (as Smith and Waterman do), rarer ones counting for more, and the
longest run of equal words counts twice: it is what a reader knows a verse by.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from takhrij.find.chain import Chains
from takhrij.find.found import Found
from takhrij.index.store import Index, Stream
from takhrij.text import fold_word

_NEAR, _NEAR_WORTH = (
    0.7,
    0.4,
)  # likeness of the letters of two near words, and what they are worth of the same
_MISMATCH, _ADDED, _OMITTED = 4.0, 2.0, 1.0  # bits that a word replaced, added, left out costs
_ALIGNED = 400  # verses whose words are aligned
_MOST = 12  # verses given
_APART = 1e6  # more bits than any verse is worth: nothing is carried from one verse to the next

Array = NDArray[Any]


def nearest_verses(item: Found, text: str, index: Index) -> Chains:
    """The verses nearest to a quotation, one chain each over all of both, most bits first."""
    region, stream = item.region, index.streams["quran"]
    likeness, worth = _worth(item, text, index)
    places = index.verse_words.places
    held = np.add.reduceat(worth.max(axis=0)[places], stream.first[:-1])
    verses = np.sort(np.argsort(-held, kind="stable")[:_ALIGNED])
    bits = _aligned(worth, likeness >= 1, verses, places, stream)
    best = np.argsort(-bits, kind="stable")[:_MOST]
    best = best[bits[best] > 0]
    count, words = len(best), region.end - region.begin
    by_chance = 2 * np.log2(words)  # the more words, the more places where a stretch and a run may begin
    return Chains(
        np.full(count, region.begin),
        np.full(count, region.end),
        stream.first[verses[best]],
        stream.first[verses[best] + 1],
        np.maximum(bits[best] - by_chance, 0),
        np.full(count, words),
        verses[best],
    )


def _worth(item: Found, text: str, index: Index) -> tuple[Array, Array]:
    """[words of the quotation, different words of the Qur'an] likeness, and bits in common."""
    known, view = index.verse_words, item.view
    tokens = range(item.region.begin, item.region.end)
    quoted = [
        known.spellings.get(int(view.ids[token])) or fold_word(text[view.starts[token] : view.ends[token]])
        for token in tokens
    ]
    likeness = np.zeros((len(quoted), len(known.spellings)), np.float32)
    for row, word in enumerate(quoted):
        alike, how = _alike(word, index)
        likeness[row, alike] = how
    part = np.where(likeness >= 1, 1.0, np.where(likeness > 0, _NEAR_WORTH, 0.0))
    return likeness, part * known.bits


@lru_cache(maxsize=1 << 12)
def _alike(word: str, index: Index) -> tuple[Array, Array]:
    """The words of the Qur'an whose letters are like those of a word, and how much so."""
    spellings, by_length, lengths = _by_length(index)
    # a word that is much longer or shorter is not like it: most need not be compared
    low, high = lengths.searchsorted(_NEAR * len(word)), lengths.searchsorted(len(word) / _NEAR, "right")
    how = process.cdist(
        [word],
        spellings[low:high],
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=_NEAR,
        dtype=np.float32,
    )[0]
    near = np.flatnonzero(how)
    return by_length[low:high][near], how[near]


@lru_cache(maxsize=1)
def _by_length(index: Index) -> tuple[list[str], Array, Array]:
    """The different words of the Qur'an, the shortest first; which of them each is; their lengths."""
    spellings = list(index.verse_words.spellings.values())
    lengths = np.array(list(map(len, spellings)))
    order = np.argsort(lengths, kind="stable")
    return [spellings[place] for place in order.tolist()], order, lengths[order]


def _aligned(worth: Array, equal: Array, verses: Array, places: Array, stream: Stream) -> Array:
    """[verses] the bits of the best stretch of each, word by word in order, and of its longest equal run."""
    first = stream.first
    sizes = first[verses + 1] - first[verses]
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)[:-1]))
    of = np.repeat(np.arange(len(verses)), sizes)
    words = places[np.arange(len(of)) - starts[of] + first[verses][of]]
    price = _OMITTED * np.arange(len(of)) + _APART * of
    row, best, run, longest = np.zeros((4, len(of)))
    for same, gain in zip(equal, np.where(worth > 0, worth, -_MISMATCH), strict=True):
        row = np.maximum(np.maximum(_before(row, starts) + gain[words], row - _ADDED), 0)
        row = np.maximum.accumulate(row + price) - price
        np.maximum(best, row, out=best)
        run = np.where(same[words], _before(run, starts) + gain[words], 0)
        np.maximum(longest, run, out=longest)
    found: Array = np.maximum.reduceat(best, starts) + np.maximum.reduceat(longest, starts)
    return found


def _before(row: Array, starts: Array) -> Array:
    """Of each word of the verses what the word before it had; none had anything before a verse."""
    shifted = np.concatenate((np.zeros(1), row[:-1]))
    shifted[starts] = 0
    return shifted
