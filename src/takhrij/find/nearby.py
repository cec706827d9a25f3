"""What a stream has that comes near to given stretches of words: all stretches looked up at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from takhrij.find.chain import RUN_GAP, Array, Chains, chains
from takhrij.find.select import extend
from takhrij.index import grams
from takhrij.index.store import Stream


class Stretch(NamedTuple):
    """Words that are looked up: their ids (-1 unknown), the bits of each."""

    ids: Array
    bits: Array


def chains_in(
    stretches: Sequence[Stretch], stream: Stream, least_run: float, least_chain: float
) -> list[Chains]:
    """The chains of each stretch, most bits first; `begin` and `end` count its own words."""
    apart = Stretch(np.full(RUN_GAP + 1, -1, np.int64), np.zeros(RUN_GAP + 1))  # so that no run goes on
    ids = np.concatenate([part for one in stretches for part in (one.ids, apart.ids)] or [apart.ids])
    bits = np.concatenate([part for one in stretches for part in (one.bits, apart.bits)] or [apart.bits])
    sizes = [len(one.ids) + RUN_GAP + 1 for one in stretches]
    starts = np.cumsum([0, *sizes])[:-1] if sizes else np.empty(0, np.int64)
    barriers = np.zeros(len(ids), np.bool_)
    barriers[starts] = True
    hits = grams.look_up(stream.levels, ids, np.ones(len(ids), np.bool_))
    found = extend(chains(hits, bits, barriers, stream, least_run, least_chain), ids, bits, stream)
    of = np.searchsorted(starts, found.begin, side="right") - 1
    order = np.lexsort((-found.bits, of))
    found, of = found.take(order), of[order]
    edges = np.searchsorted(of, np.arange(len(stretches) + 1)).tolist()
    return [
        found.take(slice(low, high)).moved(-start)
        for start, low, high in zip(starts.tolist(), edges[:-1], edges[1:], strict=True)
    ]
