"""A stretch of English compared with the translations of a verse, or with the English of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from rapidfuzz.fuzz import partial_ratio_alignment

from takhrij.find.english_view import EnglishText, honours
from takhrij.index.store import Index
from takhrij.model import Change, Source, Span, replace
from takhrij.text import fold_word
from takhrij.trace.align import Alignment, Tokens, align
from takhrij.trace.compare import AROUND, records_of

_SLACK = 4  # words of the translation beside the stretch that is most alike, and half the quotation's length
_WORD = re.compile(r"\w+")
_MOST_COMPARED = 6  # versions of a report whose English is compared word by word
_LEFT_OUT = 0.3  # of a shared word is what each word left out weighs against an alignment


@dataclass(frozen=True, slots=True)
class Compared:
    """English compared with one passage: where in it the matched words are, which, and what differs."""

    ref: str
    source: Source
    words: int  # of the passage
    low: int
    high: int
    span: Span  # of those words in the passage's text
    stretch: str  # that text
    before: str
    after: str
    text: str  # all of the passage
    covered: float  # share of the words of the English that the passage has
    changes: tuple[Change, ...]


class English:
    """The English of a text beside that which an index has for verses and reports.

    allowed: the source ids to compare with (None: all).
    """

    def __init__(self, read: EnglishText, index: Index, allowed: frozenset[str] | None = None) -> None:
        self._text, _, self._view = read
        self._index = index
        self._records = records_of(index)
        self._stream = index.streams["english"]
        self._translations = [
            (place, source)
            for place, source in enumerate(index.sources)
            if source.kind == "translation" and (allowed is None or source.id in allowed)
        ]

    def words_of(self, span: Span, without: re.Pattern[str] | None = None) -> Tokens:
        """The words of a stretch of the text, honours in brackets left out, and what `without` matches."""
        view = self._view
        begin, end = np.searchsorted(view.starts, span).tolist()
        rows = np.arange(begin, end)
        if without is not None:
            for match in without.finditer(self._text, span.start, span.end):
                rows = rows[(view.starts[rows] < match.start()) | (view.starts[rows] >= match.end())]
        ids, starts, ends = (values[rows].tolist() for values in (view.ids, view.starts, view.ends))
        return Tokens(ids, starts, ends, self._text)

    def of_verse(self, quote: Tokens, ref: str) -> list[Compared]:
        """A stretch compared with every translation of a verse or of a run of verses, the nearest first."""
        numbers = self._verses(ref)
        found = []
        for place, source in self._translations:
            first = int(np.searchsorted(self._stream.sources, place))
            passages = [self._records.get("english", first + number) for number in numbers]
            if not passages or any(record.source.id != source.id for record in passages):
                continue
            if passages[0].row["number"] != ref.split(":", 1)[1].split("-")[0]:
                continue  # a translation that is not numbered so
            base = self._records.tokens("english", first + numbers[0], first + numbers[-1])
            name = f"{source.id}:{ref.split(':', 1)[1]}"
            found += _compared(quote, base, name, source)
        return sorted(found, key=lambda item: (-round(item.covered, 2), len(item.changes)))

    def of_reports(self, quote: Tokens, refs: Sequence[str]) -> list[Compared]:
        """A stretch compared with the English of the records that share most words, the nearest first."""
        words = frozenset(quote.ids)
        shared = {
            (number, ref): len(words & self._records.different("english", number))
            for ref in refs
            if (number := self._number(ref)) is not None
        }
        found = []
        for number, ref in sorted(shared, key=lambda one: -shared[one])[:_MOST_COMPARED]:
            source = self._records.get("english", number).source
            found += _compared(quote, self._records.tokens("english", number, number), ref, source)
        return sorted(found, key=lambda item: (-item.covered, len(item.changes)))

    def _verses(self, ref: str) -> list[int]:
        """The places of verses "quran:2:31-33" in the order of the Qur'an."""
        parts = re.fullmatch(r"quran:(\d{1,3}):(\d{1,3})(?:-(\d{1,3}))?", ref)
        stream = self._index.streams["quran"]
        if parts is None or len(stream.groups) == 0:
            return []
        sura, first, last = int(parts[1]), int(parts[2]), int(parts[3] or parts[2])
        begin, end = np.searchsorted(stream.groups, [sura, sura + 1]).tolist()
        if not 1 <= first <= last <= end - begin:
            return []
        return list(range(begin + first - 1, begin + last))

    def _number(self, ref: str) -> int | None:
        row = self._index.rows.get(ref)
        number = int(np.searchsorted(self._stream.passages, row)) if row is not None else -1
        held = 0 <= number < len(self._stream.passages) and int(self._stream.passages[number]) == row
        return number if held and self._stream.first[number] < self._stream.first[number + 1] else None


def _compared(quote: Tokens, base: Tokens, ref: str, source: Source) -> list[Compared]:
    if len(quote.ids) == 0 or len(base.ids) == 0:
        return []
    best: tuple[float, int, Alignment] | None = None
    for low, high in {_most_alike(quote, base), (0, len(base.ids))}:
        window = Tokens(base.ids[low:high], base.starts[low:high], base.ends[low:high], base.text)
        aligned = align(quote, window, verse=True)
        if aligned is not None:
            left_out = sum(len(c.source_text.split()) for c in aligned.changes if c.kind == "omitted")
            score = aligned.shared - _LEFT_OUT * left_out
            if best is None or score > best[0]:
                best = (score, low, aligned)
    if best is None:
        return []
    _, offset, aligned = best
    low, high = aligned.low + offset, aligned.high + offset
    covered = round(aligned.shared / len(quote.ids), 4)
    changes = english_changes(aligned.changes, base.text)
    return [
        Compared(
            ref=ref,
            source=source,
            words=len(base.ids),
            low=low,
            high=high,
            span=Span(base.starts[low], base.ends[high - 1]),
            stretch=base.words(low, high),
            before=base.words(max(0, low - AROUND), low),
            after=base.words(high, min(len(base.ids), high + AROUND)),
            text=base.text,
            covered=covered,
            changes=changes,
        )
    ]


def _most_alike(quote: Tokens, base: Tokens) -> tuple[int, int]:
    """The stretch of a longer passage that has most words of a quotation in order."""
    if len(quote.ids) >= len(base.ids):
        return 0, len(base.ids)
    found = partial_ratio_alignment(list(quote.ids), list(base.ids))
    if found is None:
        return 0, len(base.ids)
    slack = _SLACK + len(quote.ids) // 2
    return max(0, found.dest_start - slack), min(len(base.ids), found.dest_end + slack)


def english_changes(changes: Sequence[Change], source_text: str, offset: int = 0) -> tuple[Change, ...]:
    """Changes as they are said of English: none of honours and none of marks above letters.

    What a source has between brackets, and a text leaves out, is so noted: the brackets are the translator's.
    `source_text` begins `offset` code points into what the changes' source spans count in.
    """
    kept = []
    for change in changes:
        if _only_honours(change.text) and _only_honours(change.source_text):
            continue
        if change.kind in ("spelling", "vowels"):
            continue
        if change.kind == "omitted":
            change = _before_bracket(change)
        if change.kind == "omitted" and _in_brackets(change, source_text, offset):
            change = replace(change, note="in brackets in the source")
        kept.append(change)
    return tuple(kept)


def _before_bracket(change: Change) -> Change:
    """Words left out up to a bracket of the translator's that goes on behind them: "ease [i.e., relief]"."""
    words = change.source_text
    opened = max(words.rfind("["), words.rfind("("))
    if opened <= 0 or any(mark in words[opened:] for mark in "])"):
        return change
    left, start = words[:opened].rstrip(), change.source_span.start
    return replace(change, source_text=left, source_span=Span(start, start + len(left)))


def _only_honours(text: str) -> bool:
    return not text or _spoken(honours().sub(" ", text)) in _spoken_honours()


def _spoken(text: str) -> str:
    return " ".join(fold_word(word) for word in _WORD.findall(text))


@cache
def _spoken_honours() -> frozenset[str]:
    peace = ["peace be upon him", "blessings and peace be upon him", "peace and blessings be upon him"]
    pleased = [f"allah be pleased with {whom}" for whom in ("him", "her", "them")]
    spoken = ["", "صلى الله عليه وسلم", *peace, *pleased, *(f"may {words}" for words in (*peace, *pleased))]
    return frozenset(map(_spoken, spoken))


def _in_brackets(change: Change, source_text: str, offset: int) -> bool:
    """Whether the words left out are a bracket of the source's."""
    start, end = change.source_span.start - offset, change.source_span.end - offset
    before, behind = source_text[max(0, start - 2) : start].rstrip(), source_text[end : end + 2].lstrip(".,;")
    return before[-1:] in ("[", "(") and behind[:1] in ("]", ")")


__all__ = ["Compared", "English", "english_changes"]
