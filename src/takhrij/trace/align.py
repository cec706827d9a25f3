"""Align a quotation with one passage, word by word, and say what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

from takhrij.model import Change, ChangeKind, Span, Wording
from takhrij.trace.words import Relation, attached, is_praise, negates, relation

ELLIPSIS = re.compile(r"\.\s?\.|…|الآية|إلى قوله|الى قوله|إلى أن قال|الى ان قال|\[\s{0,9}…?\s{0,9}\]")
_VOWEL = re.compile("[\u064b-\u0650\u0652]")
_BARE = re.compile(
    "[^\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u202d\u202e]+"
)  # all but letters, and overrides
PAGE = re.compile(r"[\[(]\s?(?:ص|صفحة|p\.?|page)\s?:?\s?[\d/]{1,8}\s?[\])]")
_BEFORE = re.compile(r"([^\W\d_]+)[^\w\n]*\Z")  # the word before a quotation
_SPACE = " \n\t\u200f\u200e\u200c"
_LED, _MARKED = 24, 6  # code points before a quotation in which a word is looked for, and an ellipsis
_SAYING = 3  # words of a quotation that say something
_BY_MEANING = 0.55  # share of shared words under which a report is the same in meaning at most
_PAIRS = ("replaced", "spelling")  # changes with words on both sides
_NEARLY = ("near", "spelling")  # of a word that folding does not make the same
_PAIRED = 2  # words that are set against each other one by one where one side has more


@dataclass(frozen=True)
class Tokens:
    """Words of a text: their ids for matching, where each stands, and the text itself."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    text: str

    def words(self, low: int, high: int) -> str:
        """The text from word `low` to word `high`, exclusive."""
        return self.text[self.starts[low] : self.ends[high - 1]] if high > low else ""

    @cached_property
    def bare(self) -> list[str]:
        """Each word's letters, without vowel signs."""
        return [_BARE.sub("", self.text[s:e]) for s, e in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def vowelled(self) -> bool:
        """Whether any vowel sign is written between the first word and the last."""
        return _VOWEL.search(self.text, self.starts[0], self.ends[-1]) is not None


@dataclass(frozen=True, slots=True)
class Alignment:
    """What came of comparing: the source words [low, high) that were matched, the changes, and in sum."""

    low: int
    high: int
    exact: int  # words of the quotation that the source has,
    shared: int  # near ones with them
    changes: tuple[Change, ...]
    wording: Wording
    gaps: bool


Block = tuple[int, int, int, int]  # text start and end, source start and end, in words


def shared_blocks(quote: Sequence[int], source: Sequence[int]) -> list[Block]:
    """The stretches of words (ids) that a quotation shares with a source, in the order of both."""
    found = Indel.editops(quote, source).as_matching_blocks()
    blocks = [(start, start + size, low, low + size) for start, low, size in found if size]
    return _without_strays(_compact(blocks, source))


def shared_words(quote: Tokens, source: Tokens, blocks: list[Block], least: float) -> tuple[int, int]:
    """How many words of a quotation are in the blocks, and how many more a source has nearly.

    The near ones are only counted where they decide whether there are `least` words in all.
    """
    shared = sum(end - start for start, end, _, _ in blocks)
    if shared >= least:
        return shared, 0
    low, high = _edges(quote, source, blocks)
    near = [pair for gap in _gaps(len(quote.ids), blocks, low, high) for pair in _pairs(*gap)]
    if shared + len(near) < least:
        return shared, len(near)
    return shared, sum(_how(quote, source, word, place) in _NEARLY for word, place in near)


def align(
    quote: Tokens, source: Tokens, *, verse: bool, blocks: list[Block] | None = None
) -> Alignment | None:
    """Compare all of `quote` with the best stretch of `source`; None where they share no word.

    blocks: what `shared_blocks` gives for the two, where it is known.
    """
    if blocks is None:
        blocks = shared_blocks(quote.ids, source.ids)
    if not blocks:
        return None
    low, high = _edges(quote, source, blocks)
    low -= _negated(quote, source, blocks[0])
    changes = _changes(quote, source, blocks, low, high, verse)
    exact = sum(end - start for start, end, _, _ in blocks)
    shared = exact + sum(change.near for change in changes)
    gaps = any(change.kind == "omitted" and not change.marked for change in changes)
    return Alignment(
        low,
        high,
        exact,
        shared,
        tuple(changes),
        _wording(changes, shared, quote, verse),
        gaps,
    )


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


def _without_strays(blocks: list[Block]) -> list[Block]:
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


def _edges(quote: Tokens, source: Tokens, blocks: list[Block]) -> tuple[int, int]:
    """Words of the quotation beyond what was matched at an end have as many source words against them."""
    before, after = blocks[0][0], len(quote.ids) - blocks[-1][1]
    low = max(0, blocks[0][2] - before)
    if before and low and _joined(quote, source, 0, before, low - 1, blocks[0][2]) is not None:
        low -= 1  # «يَـٰقَوْمِ»: two words written as one
    return low, min(len(source.ids), blocks[-1][3] + after)


def _negated(quote: Tokens, source: Tokens, first: Block) -> bool:
    """Whether the quotation begins behind a negation of the source: what it says is then turned round."""
    start, _, low, _ = first
    if start or not low or len(quote.ids) < _SAYING or not negates(source.words(low - 1, low)):
        return False
    if source.text[source.ends[low - 1] : source.starts[low]].strip(_SPACE):
        return False  # «قال: لا، …»
    before = _BEFORE.search(quote.text, max(0, quote.starts[0] - _LED), quote.starts[0])
    return before is None or not negates(before[1])


def _gaps(quoted: int, blocks: list[Block], low: int, high: int) -> Iterator[Block]:
    """What stands before, between and behind the blocks, where either side has words there."""
    at, place = 0, low
    for start, end, source_start, source_end in blocks:
        if at < start or place < source_start:
            yield at, start, place, source_start
        at, place = end, source_end
    if at < quoted or place < high:
        yield at, quoted, place, high


def _pairs(start: int, end: int, low: int, high: int) -> Iterable[tuple[int, int]]:
    """The words of a gap that are set against each other one by one."""
    both = min(end - start, high - low)
    return (
        zip(range(start, end), range(low, high), strict=False)
        if end - start == high - low or both <= _PAIRED
        else ()
    )


def _how(quote: Tokens, source: Tokens, word: int, place: int) -> Relation:
    here = quote.text[quote.starts[word] : quote.ends[word]]
    return relation(here, source.text[source.starts[place] : source.ends[place]])


def _changes(
    quote: Tokens, source: Tokens, blocks: list[Block], low: int, high: int, verse: bool
) -> list[Change]:
    changes: list[Change] = []
    gaps = _gaps(len(quote.ids), blocks, low, high)
    for start, end, source_start, source_end in gaps:
        inside = end < len(quote.ids) and (start > 0 or end == 0)
        between = _gap(quote, source, start, end, source_start, source_end, inside=inside)
        changes += [c for c in between if c.kind in _PAIRS or not _said_of(c, quote.text, verse)]
    for start, end, source_start, _ in blocks:
        changes += _spellings(quote, source, start, end, source_start, verse)
    if len(changes) > 1:
        changes.sort(key=lambda change: (change.span.start, change.source_span.start))
    return _moved(changes)


def _spellings(
    quote: Tokens, source: Tokens, start: int, end: int, source_start: int, verse: bool
) -> list[Change]:
    """Words that match when folded and are written differently."""
    other = source.words(source_start, source_start + end - start)
    if quote.words(start, end) == other:
        return []
    if not quote.vowelled and "".join(quote.bare[start:end]) == _BARE.sub("", other):
        return []
    found = []
    for word, place in enumerate(range(source_start, source_start + end - start), start):
        how = _how(quote, source, word, place)
        if how == "vowels":
            note = "may be another reading; not checked" if verse else None
            found.append(_change("vowels", quote, source, word, place, note))
        elif how == "spelling":
            found.append(_change("spelling", quote, source, word, place))
    return found


def _change(
    kind: ChangeKind,
    quote: Tokens,
    source: Tokens,
    word: int,
    place: int,
    note: str | None = None,
    near: bool = False,
) -> Change:
    span = Span(quote.starts[word], quote.ends[word])
    source_span = Span(source.starts[place], source.ends[place])
    here, there = quote.text[span.start : span.end], source.text[source_span.start : source_span.end]
    return Change(
        kind=kind,
        span=span,
        source_span=source_span,
        text=here,
        source_text=there,
        near=near,
        attached=near and attached(here, there),
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
    for word, place in _pairs(start, end, low, high):
        how = _how(quote, source, word, place)
        if how != "same":  # the same word beside others that are not, which no block joins
            kind: ChangeKind = "replaced" if how in ("near", "other") else "spelling"
            found.append(_change(kind, quote, source, word, place, near=how in _NEARLY))
        start, low = word + 1, place + 1
    if end > start and high > low:
        found.append(_stretch("replaced", quote, source, start, end, low, high))
    elif end > start:
        found.append(_stretch("added", quote, source, start, end, low, low))
    elif high > low and inside:
        found.append(_stretch("omitted", quote, source, start, start, low, high))
    return found


def _said_of(change: Change, text: str, verse: bool) -> bool:
    """Whether what was added or left out is no part of a wording: a mark of the page, praise («عز وجل»)."""
    added = change.kind == "added"
    if added and _of_page(change, text):
        return True
    return not verse and is_praise(change.text if added else change.source_text)


def _of_page(change: Change, text: str) -> bool:
    """Whether what was added is the mark of a page that begins there («[ص: 12]»)."""
    if change.span.start == 0:
        return False
    opening = change.span.start - (2 if text[change.span.start - 1].isspace() else 1)
    page = PAGE.match(text, max(0, opening))
    return page is not None and change.span.end <= page.end()


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


def _stretch(
    kind: ChangeKind, quote: Tokens, source: Tokens, start: int, end: int, low: int, high: int
) -> Change:
    """A change over several words; an empty side stands where it would be inserted."""
    here = quote.ends[start - 1] if start else quote.starts[0]
    there = source.ends[low - 1] if low else source.starts[0]
    span = Span(quote.starts[start], quote.ends[end - 1]) if end > start else Span(here, here)
    source_span = Span(source.starts[low], source.ends[high - 1]) if high > low else Span(there, there)
    following = quote.starts[end] if end < len(quote.ids) else quote.ends[-1]
    begins = here if start else max(0, here - _MARKED)
    marked = kind == "omitted" and ELLIPSIS.search(quote.text, begins, following) is not None
    return Change(
        kind=kind,
        span=span,
        source_span=source_span,
        text=quote.text[span.start : span.end],
        source_text=source.text[source_span.start : source_span.end],
        marked=marked,
    )


def _moved(changes: list[Change]) -> list[Change]:
    """The same words left out at one place and added at another are moved."""
    added = {change.text: change for change in changes if change.kind == "added"}
    if not added:
        return changes
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
