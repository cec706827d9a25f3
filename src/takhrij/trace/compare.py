"""Compare a found quotation with the passages that explain it: one SourceMatch each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from takhrij.errors import UsageError
from takhrij.find import basmala
from takhrij.find.chain import none
from takhrij.find.found import Found
from takhrij.find.select import Region
from takhrij.find.view import View, report_view, spell, verse_view
from takhrij.index.store import Index, Stream
from takhrij.model import Completeness, Source, SourceMatch, Span
from takhrij.text import fold_word
from takhrij.trace.align import ELLIPSIS, PAGE, Alignment, Tokens, align, shared_blocks, shared_words
from takhrij.trace.links import report_id
from takhrij.trace.printed import as_printed
from takhrij.trace.proof import stands

LEAST_COVERED = 0.7  # share of the quotation's words that a source has at least
LEAST_ORDERED = 0.4  # of that share, what the source has in the quotation's order
_KEPT = 1 << 13  # records, of a few thousand bytes each
_NEAR_WORDS = 0.15  # share that words one letter or ending apart may add to it
AROUND = 12  # words shown before and after a part that is quoted
_LONGEST_HEAD = 8  # words that may introduce the speech of a matn
_INTRODUCTION = frozenset(("قال", "رسول", "الله", "النبي", "يقول", "سمعت", "ان", "عن", "نبي", "فقال"))


class Record(NamedTuple):
    """A passage as the index holds it, and the text of it that a stream has the words of.

    The chain is the record's, verbatim, transmitters the names in it; report the id of the report of which it
    is a version.
    """

    row: dict[str, Any]
    source: Source
    text: str
    ref: str
    chain: str | None
    transmitters: tuple[str, ...]
    report: str | None


@lru_cache(maxsize=1)
def records_of(index: Index) -> Records:
    """The records of an index, those read for other texts with them."""
    return Records(index)


class Records:
    """The records of an index as they are compared with quotations; the last few thousand are kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.row = lru_cache(maxsize=_KEPT)(index.raw)
        self.get = lru_cache(maxsize=_KEPT)(self._load)
        self.different = lru_cache(maxsize=_KEPT)(self._different)

    def _different(self, name: str, number: int) -> frozenset[int]:
        """The different words of a passage: read without its record."""
        stream = self.index.streams[name]
        return frozenset(stream.ids[stream.first[number] : stream.first[number + 1]].tolist())

    def _load(self, name: str, number: int) -> Record:
        stream = self.index.streams[name]
        row = self.row(int(stream.passages[number]))
        source = self.index.sources[int(stream.sources[number])]
        english = name == "english" and source.kind != "translation"
        text = (row.get("english") or "") if english else row["text"]
        ref = f"{row['source']}:{row['number']}"
        if source.kind != "report":
            return Record(row, source, text, ref, None, (), None)
        spans = [(start, end) for kind, start, end in row["parts"] if kind == "chain"]
        chain = row["text"][slice(*spans[0])] if spans else None
        transmitters = tuple(row["text"][begin:end] for begin, end in row["transmitters"])
        return Record(row, source, text, ref, chain, transmitters, report_id(row.get("narrator"), chain))

    def tokens(self, name: str, first: int, last: int, low: int = 0, high: int | None = None) -> Tokens:
        """Words [low, high) of a stream, or all, of its passages `first` to `last`, their texts in a row."""
        stream = self.index.streams[name]
        texts = [self.get(name, number).text for number in range(first, last + 1)]
        edges = stream.first[first : last + 2]
        low, high = max(low, int(edges[0])), int(edges[-1] if high is None else min(high, edges[-1]))
        starts = stream.starts[low:high].astype(np.int64)
        if len(texts) > 1:
            behind = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
            starts += np.repeat(behind, np.diff(np.clip(edges, low, high)).astype(np.int64))
        ends = starts + stream.lengths[low:high]
        return Tokens(stream.ids[low:high].tolist(), starts.tolist(), ends.tolist(), " ".join(texts))


def tokens_of(view: View, text: str, begin: int, end: int) -> Tokens:
    """The words of a text from token `begin` to `end`, as they are aligned."""
    return Tokens(
        view.ids[begin:end].tolist(), view.starts[begin:end].tolist(), view.ends[begin:end].tolist(), text
    )


class _Quote(NamedTuple):
    """A quotation as it is compared: its words, and which different ones they are."""

    found: Found
    tokens: Tokens
    words: frozenset[int]


class _Candidate(NamedTuple):
    """Words [low, high) of a stream in which a quotation may stand, in its passages `first` to `last`."""

    low: int
    high: int
    first: int
    last: int


def matches(
    found: Found, text: str, records: Records, most: int, least: float = LEAST_COVERED
) -> list[SourceMatch]:
    """Every passage that explains at least seven tenths of the quotation, compared word by word."""
    quote = _quote(found, text)
    result: dict[str, SourceMatch] = {}
    for candidate in _candidates(found, 3 * most):
        if len(result) >= most:
            break
        match = _match(quote, candidate, records, least)
        if match is not None and (match.ref not in result or result[match.ref].covered < match.covered):
            result[match.ref] = match
    return list(result.values())


def _quote(found: Found, text: str) -> _Quote:
    tokens = tokens_of(found.view, text, found.region.begin, found.region.end)
    return _Quote(found, tokens, frozenset(tokens.ids))


def _candidates(found: Found, most: int) -> Iterator[_Candidate]:
    """Where the chains of a quotation lead, each with room for the words of it that they leave out."""
    region, stream = found.region, found.stream
    chains = region.chains.take(slice(0, most))
    ends = chains.passage
    if found.kind == "quran":  # no other passages run on into each other
        ends = stream.passage_of(np.maximum(chains.high - 1, chains.low))
        ends = np.where(stream.groups[ends] == stream.groups[chains.passage], ends, chains.passage)
    seen: set[int] = set()
    columns = (chains.begin, chains.end, chains.low, chains.high, chains.passage, ends)
    for begin, end, low, high, first, last in zip(*(one.tolist() for one in columns), strict=True):
        if found.kind == "quran" or first not in seen:  # a report's best chain comes first
            seen.add(first)
            slack = 3 + max(0, begin - region.begin) + max(0, region.end - end)
            yield _Candidate(low - slack, high + slack, first, last)


def _match(quote: _Quote, candidate: _Candidate, records: Records, least: float) -> SourceMatch | None:
    """One passage compared with a quotation; None where it has less than a share `least` of the words.

    Words are counted first: what has too few of them is neither read nor described.
    """
    found, tokens = quote.found, quote.tokens
    stream, count = found.stream, len(tokens.ids)
    first, last = candidate.first, candidate.last
    start, end = int(stream.first[first]), int(stream.first[last + 1])
    low, high = max(candidate.low, start), min(candidate.high, end)
    share = 0.0
    if found.kind == "report":  # in whatever order: reports are transmitted so
        share = len(quote.words & records.different(stream.name, first)) / max(1, len(quote.words))
        if share < least - _NEAR_WORDS:
            return None
    ids = _spelled_as(quote, stream, low, high)
    blocks = shared_blocks(tokens.ids, ids)
    if not blocks:
        return None
    wide = max(start, low - AROUND)
    base = records.tokens(stream.name, first, last, wide, min(end, high + AROUND))
    window = slice(low - wide, high - wide)
    source = Tokens(ids, base.starts[window], base.ends[window], base.text)
    if _covered(*shared_words(tokens, source, blocks, least * count), count, share) < least:
        return None
    aligned = align(tokens, source, verse=found.kind == "quran", blocks=blocks)
    if aligned is None:
        return None
    if last > first:  # verses that the chain leads to and of which nothing is quoted
        ends = np.array([aligned.low + low, aligned.high + low - 1])
        first, last = stream.passage_of(ends).tolist()
        if (first, last) != candidate[2:]:
            return _match(quote, candidate._replace(first=first, last=last), records, least)
    covered = _covered(aligned.exact, aligned.shared - aligned.exact, count, share)
    if covered < least:
        return None
    passages = [records.get(stream.name, number) for number in range(first, last + 1)]
    if found.kind == "quran" and aligned.changes:
        aligned = as_printed(aligned, [(one.row["text"], one.row.get("display") or "") for one in passages])
    matched = aligned.low + window.start, aligned.high + window.start
    is_whole = wide == start and wide + matched[1] == end and _opens(base, matched[0], found)
    shown = base.words(*matched)
    if aligned.wording == "same" and not _proved(tokens, shown, passages, aligned.gaps):
        aligned = replace(aligned, wording="different")
    return _described(passages, base, aligned, matched, covered, is_whole)


def _proved(quote: Tokens, shown: str, passages: list[Record], gaps: bool) -> bool:
    """Whether the words of a quotation stand in the records, read anew; first in what is `shown` of them."""
    quoted = PAGE.sub(" ", quote.words(0, len(quote.ids)))
    spellings = ["text", "display"] if passages[0].row.get("display") else ["text"]
    texts = [" ".join(one.row[name] for one in passages) for name in spellings]
    if texts[0] != (own := " ".join(one.text for one in passages)):
        texts = [own]  # the English of a record
    gaps = gaps or ELLIPSIS.search(quoted) is not None
    return (shown in texts[0] and stands(quoted, [shown], gaps=gaps)) or stands(quoted, texts, gaps=gaps)


def _covered(exact: int, near: int, count: int, share: float) -> float:
    """The share of a quotation's `count` words that a source has: in order, and of a report out of order."""
    covered = (exact + near) / count
    return max(covered, min(1.0, share + near / count)) if share and covered >= LEAST_ORDERED else covered


def _spelled_as(quote: _Quote, stream: Stream, low: int, high: int) -> list[int]:
    """Words [low, high) of a stream, in their Uthmani spelling where the quotation has it."""
    ids: list[int] = stream.ids[low:high].tolist()
    if stream.name != "quran":
        return ids
    variants = stream.variants[low:high].tolist()
    if variants == ids:
        return ids
    quoted = quote.words
    return [v if v in quoted and i not in quoted else i for i, v in zip(ids, variants, strict=True)]


def _described(
    passages: list[Record],
    base: Tokens,
    aligned: Alignment,
    matched: tuple[int, int],
    covered: float,
    is_whole: bool,
) -> SourceMatch:
    record, (low, high) = passages[0], matched
    source, row = record.source, record.row
    ref = record.ref
    if len(passages) > 1:
        ref += "-" + passages[-1].row["number"].split(":")[-1]
    complete: Completeness = "part"
    if aligned.gaps:
        complete = "gaps"
    elif is_whole and not any(change.kind == "omitted" for change in aligned.changes):
        complete = "whole"
    return SourceMatch(
        ref=ref,
        source=source.id,
        title=source.title,
        edition=source.edition,
        numbering=source.numbering,
        role=source.role,
        wording=aligned.wording,
        complete=complete,
        source_span=Span(base.starts[low], base.ends[high - 1]),
        text=base.words(low, high),
        before=base.words(max(0, low - AROUND), low),
        after=base.words(high, min(len(base.ids), high + AROUND)),
        display=row.get("display") if len(passages) == 1 else None,
        attributed_to=row["attributed_to"],
        narrator=row.get("narrator"),
        chain=record.chain,
        transmitters=record.transmitters,
        report=record.report,
        printed_number=row.get("printed_number"),
        book=row.get("book"),
        covered=round(covered, 4),
        changes=aligned.changes,
    )


def _opens(base: Tokens, low: int, found: Found) -> bool:
    """Whether the matched words are a matn's first, but for those that introduce the speech in it."""
    if low == 0 or found.kind == "quran":
        return low == 0
    return low <= _LONGEST_HEAD and all(
        fold_word(base.words(word, word + 1)) in _INTRODUCTION for word in range(low)
    )


def compare_with(quote: str, row: int, index: Index) -> SourceMatch:
    """A wording compared with one passage; UsageError where they share no word."""
    stream, number = stream_of(row, index)
    records = records_of(index)
    spelled = spell(quote, index)
    view = verse_view(spelled) if stream.name == "quran" else report_view(spelled)
    opened = basmala.opening(view, 0, len(view), stream) if stream.name == "quran" else None
    begin = opened.begin if opened is not None and number in opened.chains.passage else 0
    region = Region(begin, len(view), 0.0, 0.0, none())
    found = Found(
        "quran" if stream.name == "quran" else "report",
        "quotation",
        Span(0, len(quote)),
        region,
        view,
        stream,
        None,
    )
    low, high = stream.first[number : number + 2].tolist()
    whole = _Candidate(low, high, number, number)
    match = _match(_quote(found, quote), whole, records, 0.0) if len(view) else None
    if match is None:
        raise UsageError(
            f"The wording and {index.ref(row)} share no word, so there is nothing to compare; a passage is "
            f"compared in its own language ({index.sources[int(stream.sources[number])].language})."
        )
    return match


def stream_of(row: int, index: Index) -> tuple[Stream, int]:
    """The stream that has a row's passage, and the passage's place in it."""
    for name in ("quran", "reports", "english"):
        stream = index.streams[name]
        number = int(np.searchsorted(stream.passages, row))
        if number < len(stream.passages) and stream.passages[number] == row:
            return stream, number
    raise UsageError(f"{index.ref(row)} has no words that can be compared.")


__all__ = ["Record", "Records", "compare_with", "matches", "records_of", "stream_of", "tokens_of"]
