"""How much the words of a stretch that nothing announces say for its being quoted.

Legal prose is full of turns of phrase that reports have too («رمي جمرة العقبة يوم النحر»), of words that are
rare one by one. So a word counts for what it adds to the one before it: how seldom it follows that one in
reports other than those that are quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from takhrij.find.select import Region
from takhrij.find.view import Array, View
from takhrij.index import grams
from takhrij.index.store import Index

_VERSIONS = 3  # times as many records may have two words of a report as explain all that is quoted of it
_EVERYWHERE = (
    100  # records that have all of a stretch, from which on it is a formula («لا حول ولا قوة إلا بالله»)
)
_WHOLE = 0.8  # share of a stretch's bits from which on a chain explains all of it
_PRIOR = 200.0  # places at which a pair would have to be looked for before it says more than its words do
_FIRST, _BROKEN = 14.0, 8.0  # bits at most of the first word, and of one behind a word that differs


def telling(regions: Sequence[Region], view: View, index: Index) -> Array:
    """[regions] bits of each: how seldom other reports have its words one after the other."""
    if not regions:
        return np.empty(0)
    stream = index.streams["reports"]
    begin = np.array([region.begin for region in regions])
    size = np.array([region.end for region in regions]) - begin
    whole = np.array([(one.chains.bits >= _WHOLE * one.bits).sum() for one in regions])
    own = whole * float(_VERSIONS)
    first, of = np.cumsum(size) - size, np.repeat(np.arange(len(size)), size)
    word = np.arange(len(of)) - first[of] + begin[of]
    before = np.maximum(word - 1, 0)
    pairs = grams.pairs(stream.levels[0], view.ids[before], view.ids[word])
    share, alone = (np.exp2(-index.bits[np.maximum(view.ids[at], 0)]) for at in (word, before))
    others = np.maximum(pairs - own[of], 0) + _PRIOR * share
    added = -np.log2(others / (np.maximum(len(stream.ids) * alone - own[of], 0) + _PRIOR))
    added = np.where(pairs > 0, added, _BROKEN)
    added[first] = _FIRST
    bits: Array = np.add.reduceat(np.minimum(view.bits[word], added), first)
    return np.where(whole < _EVERYWHERE, bits, 0)
