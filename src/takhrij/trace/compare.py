"""Compare a found quotation with the passages that explain it: one SourceMatch each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from takhrij.errors import UsageError
from takhrij.find.chain import none
from takhrij.find.found import Found
from takhrij.find.select import Region
from takhrij.find.view import View, report_view, spell, verse_view
from takhrij.index.store import Index, Stream
from takhrij.model import Completeness, Source, SourceMatch, Span
from takhrij.text import fold_word
from takhrij.trace.align import Alignment, Tokens, align
from takhrij.trace.links import report_id

LEAST_COVERED = 0.7  # share of the quotation's words that a source has at least
LEAST_ORDERED = 0.4  # of that share, what the source has in the quotation's order
_NEAR_WORDS = 0.15  # share that words one letter or ending apart may add to it
AROUND = 12  # words shown before and after a part that is quoted
_INTRODUCTION = frozenset(("قال", "رسول", "الله", "النبي", "يقول", "سمعت", "ان", "عن", "نبي", "فقال"))


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as the index holds it, with the words of its matn: ids, code points in the record's text."""

    row: dict[str, Any]
    source: Source
    tokens: Tokens

    @property
    def ref(self) -> str:
        """The passage's name."""
        return f"{self.row['source']}:{self.row['number']}"

    @property
    def chain(self) -> str | None:
        """The record's chain, verbatim."""
        if self.source.kind != "report":
            return None
        spans = [(start, end) for kind, start, end in self.row["parts"] if kind == "chain"]
        return self.row["text"][spans[0][0] : spans[0][1]] if spans else None


class Records:
    """The records of an index as they are compared with quotations; the last few thousand are kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.get = lru_cache(maxsize=8192)(self._load)
        self.words = lru_cache(maxsize=1 << 15)(self._words)

    def _words(self, name: str, number: int) -> frozenset[int]:
        """The different words of a passage: read without its record."""
        stream = self._index.streams[name]
        return frozenset(stream.ids[stream.first[number] : stream.first[number + 1]].tolist())

    def _load(self, name: str, number: int) -> Record:
        stream = self._index.streams[name]
        row = self._index.raw(int(stream.passages[number]))
        low, high = stream.first[number : number + 2].tolist()
        starts = stream.starts[low:high]
        ends = starts + stream.lengths[low:high]
        source = self._index.sources[int(stream.sources[number])]
        text = row["text"]
        if name == "english" and source.kind != "translation":
            text = row.get("english") or ""
        ids = stream.ids[low:high].tolist()
        return Record(row, source, Tokens(ids, starts.tolist(), ends.tolist(), text))


def tokens_of(view: View, text: str, begin: int, end: int) -> Tokens:
    """The words of a text from token `begin` to `end`, as they are aligned."""
    return Tokens(
        view.ids[begin:end].tolist(), view.starts[begin:end].tolist(), view.ends[begin:end].tolist(), text
    )


def matches(
    found: Found, text: str, index: Index, records: Records, most: int, least: float = LEAST_COVERED
) -> list[SourceMatch]:
    """Every passage that explains at least seven tenths of the quotation, compared word by word."""
    region = found.region
    quote = tokens_of(found.view, text, region.begin, region.end)
    quoted = frozenset(quote.ids)
    result: dict[str, SourceMatch] = {}
    seen: set[int] = set()
    chains = region.chains
    chains = chains.take(slice(0, 3 * most))
    last = found.stream.passage_of(np.maximum(chains.high - 1, chains.low))
    bounds = (chains.low, chains.high, chains.begin, chains.end, chains.passage, last)
    for low, high, begin, end, first_passage, last_passage in zip(*(b.tolist() for b in bounds), strict=True):
        if len(result) >= most:
            break
        if found.kind == "report" and first_passage in seen:  # its best chain comes first
            continue
        seen.add(first_passage)
        slack = 3 + max(0, begin - region.begin) + max(0, region.end - end)
        match = _match(
            found, quote, quoted, (low, high), (first_passage, last_passage), slack, records, least
        )
        if match is not None and (match.ref not in result or result[match.ref].covered < match.covered):
            result[match.ref] = match
    return list(result.values())


def _match(
    found: Found,
    quote: Tokens,
    quoted: frozenset[int],
    bounds: tuple[int, int],
    numbers: tuple[int, int],
    slack: int,
    records: Records,
    least: float = LEAST_COVERED,
) -> SourceMatch | None:
    stream = found.stream
    (low, high), (first, last) = bounds, numbers
    if first != last and stream.groups[first] != stream.groups[last]:
        last = first
    share = 0.0
    if found.kind == "report":  # in whatever order: reports are transmitted so
        share = len(quoted & records.words(stream.name, first)) / max(1, len(quoted))
        if share < least - _NEAR_WORDS:
            return None
    passages = [records.get(stream.name, number) for number in range(first, last + 1)]
    start = int(stream.first[first])
    base = passages[0].tokens if len(passages) == 1 else _joined(passages)
    window = max(0, low - slack - start), min(len(base.ids), high + slack - start)
    ids = _spelled_as(quote, base.ids[window[0] : window[1]], stream, start + window[0])
    aligned = align(
        quote,
        Tokens(ids, base.starts[window[0] : window[1]], base.ends[window[0] : window[1]], base.text),
        verse=found.kind == "quran",
    )
    if aligned is None:
        return None
    touched = _touched(passages, window[0] + aligned.low, window[0] + aligned.high)
    if len(touched) < len(passages):
        numbers = first + touched[0], first + touched[-1]
        return _match(found, quote, quoted, bounds, numbers, slack, records, least)
    covered = aligned.shared / len(quote.ids)
    if found.kind == "report" and covered >= LEAST_ORDERED:
        near = sum(change.near for change in aligned.changes) / len(quote.ids)
        covered = max(covered, min(1.0, share + near))
    if covered < least:
        return None
    return _described(passages, base, aligned, window[0], covered, found)


def _touched(passages: list[Record], low: int, high: int) -> list[int]:
    """Which of the passages, one after the other, have any of the words from `low` to `high`."""
    ends = list(accumulate(len(record.tokens.ids) for record in passages))
    starts = [0, *ends[:-1]]
    return [at for at in range(len(passages)) if starts[at] < high and low < ends[at]]


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
        texts.append(record.tokens.text)
        at += len(record.tokens.text) + 1
    return Tokens(ids, starts, ends, " ".join(texts))


def _spelled_as(quote: Tokens, ids: Sequence[int], stream: Stream, start: int) -> Sequence[int]:
    """The source's words, in their Uthmani spelling where the quotation has it."""
    if stream.name != "quran":
        return ids
    variants = stream.variants[start : start + len(ids)].tolist()
    if variants == list(ids):
        return ids
    quoted = set(quote.ids)
    return [v if v in quoted and i not in quoted else i for i, v in zip(ids, variants, strict=True)]


def _described(
    passages: list[Record], base: Tokens, aligned: Alignment, offset: int, covered: float, found: Found
) -> SourceMatch:
    record = passages[0]
    low, high = aligned.low + offset, aligned.high + offset
    source, row = record.source, record.row
    ref = record.ref
    if len(passages) > 1:
        ref += "-" + passages[-1].row["number"].split(":")[-1]
    complete: Completeness = "part"
    if aligned.gaps:
        complete = "gaps"
    elif _whole(base, low, high, found) and not any(change.kind == "omitted" for change in aligned.changes):
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
        report=report_id(row.get("narrator"), record.chain) if source.kind == "report" else None,
        printed_number=row.get("printed_number"),
        covered=round(covered, 4),
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
    base = records.get(stream.name, number).tokens
    spelled = spell(quote, index)
    view = verse_view(spelled) if stream.name == "quran" else report_view(spelled)
    region = Region(0, len(view), 0.0, 0.0, none())
    found = Found(
        "quran" if stream.name == "quran" else "report",
        "quotation",
        Span(0, len(quote)),
        region,
        view,
        stream,
        None,
    )
    start = int(stream.first[number])
    tokens = tokens_of(view, quote, 0, len(view))
    match = (
        _match(
            found,
            tokens,
            frozenset(tokens.ids),
            (start, start + len(base.ids)),
            (number, number),
            0,
            records,
            0.0,
        )
        if len(view)
        else None
    )
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


__all__ = ["Record", "Records", "compare_with", "matches", "stream_of", "tokens_of"]
