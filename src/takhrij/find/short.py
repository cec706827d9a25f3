"""Quotations of one to three words, straight behind words such as "His word:" and closed by punctuation."""

from __future__ import annotations

import numpy as np

from takhrij.find.chain import Chains
from takhrij.find.select import Region
from takhrij.find.view import Array, View
from takhrij.index.store import Stream

LONGEST = 3
STRONG_CUE, CUE_OF_A_WORD = 16.0, 20.0
MOST_PLACES = 200


def regions(view: View, stream: Stream, taken: Array, least: float) -> list[Region]:
    """One region for each run of up to three words that a strong cue introduces and that stands in a verse.

    taken: [n] tokens that belong to another quotation already.
    """
    starts = np.flatnonzero(
        (view.cue >= STRONG_CUE) & (view.stops[:-1] | view.opens) & ~taken & (view.ids >= 0) & view.counted
    )
    found = []
    for begin in starts.tolist():
        end = begin + 1
        while end < len(view) and end - begin < LONGEST and not (view.stops[end] or view.closes[end - 1]):
            end += 1
        if not (view.stops[end] or view.closes[end - 1]) or taken[begin:end].any():
            continue
        bits = float(view.bits[begin:end].sum())
        if end - begin == 1 and view.cue[begin] < CUE_OF_A_WORD:
            continue
        chains = standing(view, begin, end, stream)
        if bits < least or not 0 < len(chains) <= MOST_PLACES:
            continue
        found.append(Region(begin, end, bits, bits + float(view.cue[begin]), chains))
    return found


def standing(view: View, begin: int, end: int, stream: Stream) -> Chains:
    """The places of the stream where the tokens [begin, end) stand just so, one chain each."""
    places = _places(view.ids[begin:end], stream)
    size = len(places)
    return Chains(
        np.full(size, begin),
        np.full(size, end),
        places,
        places + (end - begin),
        np.full(size, float(view.bits[begin:end].sum())),
        np.full(size, end - begin),
        stream.passage_of(places),
    )


def _places(ids: Array, stream: Stream) -> Array:
    """Where in the stream the words stand, one after the other."""
    if (ids < 0).any():
        return np.empty(0, np.int64)
    first = int(ids[0])
    places = stream.singles[stream.single_starts[first] : stream.single_starts[first + 1]].astype(np.int64)
    for offset in range(1, len(ids)):
        places = places[places + offset < len(stream.ids)]
        places = places[stream.ids[places + offset] == ids[offset]]
    return places
