"""Compare a found quotation with the passages that explain it: one SourceMatch each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from takhrij.errors import UsageError
from takhrij.find.chain import Chains
from takhrij.find.quotations import Found
from takhrij.find.select import Region
from takhrij.find.view import View, views
from takhrij.index.store import Index, Stream
from takhrij.model import Change, Completeness, Passage, Source, SourceMatch, Span
from takhrij.text import fold_word
from takhrij.trace.align import Alignment, Tokens, align

AROUND = 12  # words shown before and after a part that is quoted
_INTRODUCTION = frozenset(("قال", "رسول", "الله", "النبي", "يقول", "سمعت", "ان", "عن", "نبي", "فقال"))


@dataclass(frozen=True, slots=True)
class Record:
    """A passage with the words of its matn: ids, and code points in the record's text."""

    passage: Passage
    source: Source
    tokens: Tokens
    number: int  # of the passage in its stream


class Records:
    """The records of an index as they are compared with quotations; the last few thousand are kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read = lru_cache(maxsize=4096)(self._load)

    def get(self, stream: Stream, number: int) -> Record:
        """The record of passage `number` of a stream."""
        return self._read(stream.name, number)

    def _load(self, name: str, number: int) -> Record:
        stream = self._index.streams[name]
        passage = self._index.record(int(stream.passages[number]))
        low, high = int(stream.first[number]), int(stream.first[number + 1])
        starts = stream.starts[low:high].tolist()
        ends = [start + size for start, size in zip(starts, stream.lengths[low:high].tolist(), strict=True)]
        text = passage.text
        if name == "english" and self._index.sources[int(stream.sources[number])].kind != "translation":
            text = passage.english or ""
        tokens = Tokens(stream.ids[low:high].tolist(), starts, ends, text)
        return Record(passage, self._index.sources[int(stream.sources[number])], tokens, number)


def tokens_of(view: View, text: str, begin: int, end: int) -> Tokens:
    """The words of a text from token `begin` to `end`, as they are aligned."""
    return Tokens(view.ids[begin:end].tolist(), view.starts[begin:end].tolist(), view.ends[begin:end].tolist(), text)


def matches(
    found: Found, text: str, index: Index, records: Records, most: int, least: float = 0.5
) -> list[SourceMatch]:
    """Every passage that explains at least seven tenths of the quotation, compared word by word."""
    region = found.region
    quote = tokens_of(found.view, text, region.begin, region.end)
    result: dict[str, SourceMatch] = {}
    chains = region.chains
    rows = zip(chains.low.tolist(), chains.high.tolist(), chains.begin.tolist(), chains.end.tolist(), strict=True)
    for low, high, begin, end in rows:
        if len(result) >= most:
            break
        slack = 3 + max(0, begin - region.begin) + max(0, region.end - end)
        match = _match(found, quote, low, high, slack, records, least)
        if match is not None and (match.ref not in result or result[match.ref].covered < match.covered):
            result[match.ref] = match
    return list(result.values())


def _match(
    found: Found, quote: Tokens, low: int, high: int, slack: int, records: Records, least: float = 0.5
) -> SourceMatch | None:
    stream = found.stream
    first, last = stream.passage_of(np.array([low, max(low, high - 1)])).tolist()
    if stream.groups[first] != stream.groups[last]:
        last = first
    passages = [records.get(stream, number) for number in range(first, last + 1)]
    start = int(stream.first[first])
    base = passages[0].tokens if len(passages) == 1 else _joined(passages)
    window = max(0, low - slack - start), min(len(base.ids), high + slack - start)
    ids = _spelled_as(quote, base.ids[window[0] : window[1]], stream, start + window[0])
    aligned = align(
        quote,
        Tokens(ids, base.starts[window[0] : window[1]], base.ends[window[0] : window[1]], base.text),
        verse=found.kind == "quran",
    )
    if aligned is None or aligned.shared < least * len(quote.ids):
        return None
    return _described(passages, base, aligned, window[0], quote, found)


def _joined(passages: list[Record]) -> Tokens:
    """Verses one after the other, a space between them."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    at = 0
    for record in passages:
        ids += record.tokens.ids
        starts += [start + at for start in record.tokens.starts]
        ends += [end + at for end in record.tokens.ends]
        texts.append(record.passage.text)
        at += len(record.passage.text) + 1
    return Tokens(ids, starts, ends, " ".join(texts))


def _spelled_as(quote: Tokens, ids: list[int], stream: Stream, start: int) -> list[int]:
    """The source's words, in their Uthmani spelling where the quotation has it."""
    if stream.name != "quran":
        return ids
    variants = stream.variants[start : start + len(ids)].tolist()
    if variants == ids:
        return ids
    quoted = set(quote.ids)
    return [v if v in quoted and i not in quoted else i for i, v in zip(ids, variants, strict=True)]


def _described(
    passages: list[Record], base: Tokens, aligned: Alignment, offset: int, quote: Tokens, found: Found
) -> SourceMatch:
    record = passages[0]
    low, high = aligned.low + offset, aligned.high + offset
    source, passage = record.source, record.passage
    ref = passage.ref
    if len(passages) > 1:
        ref += "-" + passages[-1].passage.number.split(":")[-1]
    complete: Completeness = "part"
    if aligned.gaps:
        complete = "gaps"
    elif _whole(base, low, high, found) and not any(change.kind == "omitted" for change in aligned.changes):
        complete = "whole"
    chain = next((part.span for part in passage.parts if part.kind == "chain"), None)
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
        display=passage.display if len(passages) == 1 else None,
        attributed_to=passage.attributed_to,
        narrator=passage.narrator,
        chain=passage.text[chain.start : chain.end] if chain and source.kind == "report" else None,
        printed_number=passage.printed_number,
        covered=round(aligned.shared / max(1, len(quote.ids)), 4),
        changes=aligned.changes,
    )


def _whole(base: Tokens, low: int, high: int, found: Found) -> bool:
    """Whether the matched stretch is all of the matn, but for the words that introduce the speech in it."""
    if high < len(base.ids):
        return False
    if low == 0 or found.kind == "quran":
        return low == 0
    head = [fold_word(base.words(word, word + 1)) for word in range(min(low, 8))]
    return low <= 8 and all(word in _INTRODUCTION for word in head)


def compare_with(quote: str, row: int, index: Index) -> SourceMatch:
    """A wording compared with one passage; UsageError where they share no word."""
    stream, number = stream_of(row, index)
    records = Records(index)
    base = records.get(stream, number).tokens
    quran_view, report_view = views(quote, index)
    view = quran_view if stream.name == "quran" else report_view
    region = Region(0, len(view), 0.0, 0.0, _no_chains())
    found = Found(
        "quran" if stream.name == "quran" else "report", "quotation", Span(0, len(quote)), region, view, stream, None
    )
    start = int(stream.first[number])
    tokens = tokens_of(view, quote, 0, len(view))
    match = _match(found, tokens, start, start + len(base.ids), 0, records, least=0.0) if len(view) else None
    if match is None:
        raise UsageError(f"The wording and {index.ref(row)} share no word, so there is nothing to compare.")
    return match


def stream_of(row: int, index: Index) -> tuple[Stream, int]:
    """The stream that has a row's passage, and the passage's place in it."""
    for name in ("quran", "reports", "english"):
        stream = index.streams[name]
        number = int(np.searchsorted(stream.passages, row))
        if number < len(stream.passages) and stream.passages[number] == row:
            return stream, number
    raise UsageError(f"{index.ref(row)} has no words that can be compared.")


def _no_chains() -> Chains:
    return Chains(*(np.empty(0, np.int64) for _ in range(7)))


__all__ = ["Change", "Record", "Records", "compare_with", "matches", "stream_of", "tokens_of"]
