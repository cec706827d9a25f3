"""Align a quotation with one passage, word by word, and say what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from takhrij.model import Change, Span, Wording
from takhrij.trace.words import attached, is_praise, relation

ELLIPSIS = re.compile(r"\.\s?\.|…|الآية|إلى قوله|الى قوله|إلى أن قال|الى ان قال|\[\s*…?\s*\]")
_VOWEL = re.compile("[\u064b-\u0650\u0652]")
_BARE = re.compile("[^\u0621-\u063a\u0641-\u064a\u0671-\u06d3]+")  # all but letters
_BY_MEANING = 0.55  # share of shared words under which a report is the same in meaning at most
_PAIRED = 2  # words that are set against each other one by one where one side has more


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: their ids for matching, where each stands, and the text itself."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    text: str

    def words(self, low: int, high: int) -> str:
        """The text from word `low` to word `high`, exclusive."""
        return self.text[self.starts[low] : self.ends[high - 1]] if high > low else ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What came of comparing: the source words [low, high) that were matched, the changes, and in sum."""

    low: int
    high: int
    shared: int
    changes: tuple[Change, ...]
    wording: Wording
    gaps: bool
    parts: tuple[tuple[int, int], ...]  # stretches of the quotation (tokens) that the source explains


def align(quote: Tokens, source: Tokens, *, verse: bool) -> Alignment | None:
    """Compare all of `quote` with the best stretch of `source`; None where they share no word."""
    operations = Indel.opcodes(quote.ids, source.ids)
    blocks = [
        (op.src_start, op.src_end, op.dest_start, op.dest_end) for op in operations if op.tag == "equal"
    ]
    blocks = _without_strays(_compact(blocks, source.ids))
    if not blocks:
        return None
    low, high = blocks[0][2], blocks[-1][3]
    low, high = _edges(quote, source, blocks, low, high)
    changes = _changes(quote, source, blocks, low, high, verse)
    shared = sum(end - start for start, end, _, _ in blocks) + sum(change.near for change in changes)
    gaps = any(change.kind == "omitted" and not change.marked for change in changes)
    return Alignment(
        low,
        high,
        shared,
        tuple(changes),
        _wording(changes, shared, quote, verse),
        gaps,
        _parts(blocks, quote),
    )


Block = tuple[int, int, int, int]  # text start and end, source start and end, in words


def _compact(blocks: list[Block], ids: Sequence[int]) -> list[Block]:
    """Where the first or last words of a quotation stand next to the rest as well, take that place."""
    if len(blocks) > 1:
        (start, end, low, high), following = blocks[0], blocks[1]
        size = end - start
        near = following[2] - size
        if end == following[0] and near > low and ids[near : following[2]] == ids[low:high]:
            blocks = [(start, following[1], near, following[3]), *blocks[2:]]
    if len(blocks) > 1:
        previous, (start, end, low, high) = blocks[-2], blocks[-1]
        near = previous[3] + end - start
        if start == previous[1] and near < high and ids[previous[3] : near] == ids[low:high]:
            blocks = [*blocks[:-2], (previous[0], end, previous[2], near)]
    return blocks


def _without_strays(blocks: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Leave out single words at the ends that are far from the rest in the source: chance, not quotation."""
    while len(blocks) > 1:
        first, second = blocks[0], blocks[1]
        if (
            first[1] - first[0] <= 2
            and second[2] - first[3] > 12 + 4 * (first[1] - first[0])
            and second[0] - first[1] == 0
        ):
            blocks = blocks[1:]
            continue
        last, previous = blocks[-1], blocks[-2]
        if (
            last[1] - last[0] <= 2
            and last[2] - previous[3] > 12 + 4 * (last[1] - last[0])
            and last[0] - previous[1] == 0
        ):
            blocks = blocks[:-1]
            continue
        break
    return blocks


def _edges(
    quote: Tokens, source: Tokens, blocks: list[tuple[int, int, int, int]], low: int, high: int
) -> tuple[int, int]:
    """Words of the quotation beyond what was matched at an end have as many source words against them."""
    before, after = blocks[0][0], len(quote.ids) - blocks[-1][1]
    return max(0, low - before), min(len(source.ids), high + after)


def _changes(
    quote: Tokens,
    source: Tokens,
    blocks: list[tuple[int, int, int, int]],
    low: int,
    high: int,
    verse: bool,
) -> list[Change]:
    changes: list[Change] = []
    at, place = 0, low
    for start, end, source_start, source_end in [*blocks, (len(quote.ids), len(quote.ids), high, high)]:
        if at < start or place < source_start:
            inside = at > 0 and start < len(quote.ids)
            between = _gap(quote, source, at, start, place, source_start, inside=inside)
            changes += between if verse else [change for change in between if not _of_praise(change)]
        if start < end:
            changes += _spellings(quote, source, start, end, source_start, verse)
        at, place = end, source_end
    return _moved(changes)


def _spellings(
    quote: Tokens, source: Tokens, start: int, end: int, source_start: int, verse: bool
) -> list[Change]:
    """Words that match when folded and are written differently."""
    stretch, other = quote.words(start, end), source.words(source_start, source_start + end - start)
    if stretch == other or (not _VOWEL.search(stretch) and _BARE.sub("", stretch) == _BARE.sub("", other)):
        return []
    found = []
    for word, place in zip(range(start, end), range(source_start, source_start + end - start), strict=True):
        here, there = quote.words(word, word + 1), source.words(place, place + 1)
        how = relation(here, there)
        if how in ("spelling", "vowels"):
            note = "may be another reading; not checked" if how == "vowels" and verse else None
            found.append(
                _change("spelling" if how == "spelling" else "vowels", quote, source, word, place, note)
            )
    return found


def _change(
    kind: str, quote: Tokens, source: Tokens, word: int, place: int, note: str | None = None
) -> Change:
    return Change(
        kind=kind,  # type: ignore[arg-type]
        span=Span(quote.starts[word], quote.ends[word]),
        source_span=Span(source.starts[place], source.ends[place]),
        text=quote.words(word, word + 1),
        source_text=source.words(place, place + 1),
        near=False,
        note=note,
    )


def _gap(
    quote: Tokens, source: Tokens, start: int, end: int, low: int, high: int, *, inside: bool
) -> list[Change]:
    """What stands between two matched stretches: words replaced, added, left out."""
    joined = _joined(quote, source, start, end, low, high)
    if joined is not None:
        return joined
    found = []
    both = min(end - start, high - low)
    if end - start == high - low or both <= _PAIRED:
        for word, place in zip(range(start, start + both), range(low, low + both), strict=True):
            here, there = quote.words(word, word + 1), source.words(place, place + 1)
            how = relation(here, there)
            found.append(
                Change(
                    kind="replaced" if how in ("near", "other") else "spelling",
                    span=Span(quote.starts[word], quote.ends[word]),
                    source_span=Span(source.starts[place], source.ends[place]),
                    text=here,
                    source_text=there,
                    near=how == "near",
                    attached=how == "near" and attached(here, there),
                )
            )
        start, low = start + both, low + both
    if end > start and high > low:
        found.append(_stretch("replaced", quote, source, start, end, low, high))
    elif end > start:
        found.append(_stretch("added", quote, source, start, end, low, low))
    elif high > low and inside:
        found.append(_stretch("omitted", quote, source, start, start, low, high))
    return found


def _of_praise(change: Change) -> bool:
    """Whether no more than «تعالى» or «عز وجل» was added or left out: how God is honoured is not reported."""
    words = change.text if change.kind == "added" else change.source_text
    return change.kind in ("added", "omitted") and is_praise(words)


def _joined(quote: Tokens, source: Tokens, start: int, end: int, low: int, high: int) -> list[Change] | None:
    """One word written as two, or two as one: a matter of spelling."""
    if start == end or low == high or (end - start) + (high - low) > 4 or end - start == high - low:
        return None
    here, there = _run_together(quote.words(start, end)), _run_together(source.words(low, high))
    if relation(here, there) not in ("same", "spelling", "vowels"):
        return None
    return [_stretch("spelling", quote, source, start, end, low, high)]


def _run_together(words: str) -> str:
    """Words without spaces, an alif that is written small (يَـٰقَوْمِ) as a letter."""
    return words.replace(" ", "").replace("\u0670", "ا")


def _stretch(kind: str, quote: Tokens, source: Tokens, start: int, end: int, low: int, high: int) -> Change:
    """A change over several words; an empty side stands where it would be inserted."""
    here = quote.ends[start - 1] if start else quote.starts[0]
    there = source.ends[low - 1] if low else source.starts[0]
    span = Span(quote.starts[start], quote.ends[end - 1]) if end > start else Span(here, here)
    source_span = Span(source.starts[low], source.ends[high - 1]) if high > low else Span(there, there)
    following = quote.starts[end] if end < len(quote.ids) else quote.ends[-1]
    marked = (
        bool(ELLIPSIS.search(quote.text[here if start else 0 : following])) if kind == "omitted" else False
    )
    return Change(
        kind=kind,  # type: ignore[arg-type]
        span=span,
        source_span=source_span,
        text=quote.text[span.start : span.end],
        source_text=source.text[source_span.start : source_span.end],
        marked=marked,
    )


def _moved(changes: list[Change]) -> list[Change]:
    """The same words left out at one place and added at another are moved."""
    added = {change.text: change for change in changes if change.kind == "added"}
    result: list[Change] = []
    gone: set[int] = set()
    for change in changes:
        partner = added.get(change.source_text) if change.kind == "omitted" else None
        if partner is None or id(partner) in gone:
            result.append(change)
            continue
        gone.add(id(partner))
        result.append(
            Change(
                kind="moved",
                span=partner.span,
                source_span=change.source_span,
                text=partner.text,
                source_text=change.source_text,
            )
        )
    return [change for change in result if id(change) not in gone]


def _wording(changes: list[Change], shared: int, quote: Tokens, verse: bool) -> Wording:
    kinds = {change.kind for change in changes}
    if kinds & {"replaced", "added", "moved"}:
        few = shared < _BY_MEANING * len(quote.ids)
        return "by_meaning" if few and not verse else "different"
    if "vowels" in kinds:
        return "reading" if verse else "spelling"
    return "spelling" if "spelling" in kinds else "same"


def _parts(blocks: list[tuple[int, int, int, int]], quote: Tokens) -> tuple[tuple[int, int], ...]:
    """Stretches of the quotation, split where the text itself marks a break or the source leaves a gap."""
    parts: list[tuple[int, int]] = []
    begin = 0
    for (_, end, _, source_end), (start, _, source_start, _) in pairwise(blocks):
        between = quote.text[quote.ends[end - 1] : quote.starts[start]]
        if source_start > source_end and ELLIPSIS.search(between):
            parts.append((begin, end))
            begin = start
    parts.append((begin, len(quote.ids)))
    return tuple(parts)
