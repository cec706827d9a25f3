"""Whose words the matched words of a record are: a match and its record in, the speaker out.

A record says whose its report is as a whole. One that only speaks of the Prophet («رأيت رسول الله …») holds
a Companion's words as well: which of them were matched is told from what stands before them in the report.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from takhrij.model import SourceMatch, Speaker
from takhrij.sources.names import person
from takhrij.sources.words import fold, word_lists
from takhrij.text import folded_words

_NEAR = 14  # words behind a mention of the Prophet, who acts, that tell what he did or said
_LAST = 6  # words before the match in which it is said who speaks next
_FIRST = 3  # words of a match that tells of him from the start
_CHAIN_END = 10  # words of a chain in which the Prophet is named where it goes back to him
_LONG = 24  # code points of a word at most, with its vowel signs and what stands before it
_HE = re.compile(r"\b(?:prophet(?!['’]s)|messenger of|apostle of)", re.IGNORECASE)


class _Report(NamedTuple):
    """Where the chain of a record ends (code points), and whether it goes back to the Prophet itself."""

    begins: int
    raised: bool


def whose(match: SourceMatch, row: Mapping[str, Any], quoted: str) -> Speaker:
    """Whose words the match is; what the record as a whole shows where nothing in it says otherwise.

    row: the match's record as the index holds it; quoted: the quotation that was matched.
    """
    if match.attributed_to != "prophet" or match.source == "quran":
        return match.attributed_to
    own = _report(row["text"], tuple(end for kind, _, end in row["parts"] if kind == "chain")[:1])
    narrator = tuple(folded_words(match.narrator)) if match.narrator and not own.raised else ()
    teller = person(list(narrator), 0, len(narrator)) if narrator else None
    if match.text not in row["text"]:  # the English of the record: whom it names, up to the match's end
        told = own.raised or _HE.search(row.get("english") or "", 0, match.source_span.end)
        return "prophet" if told else teller or "unclear"
    begins = max(own.begins, match.source_span.start - _LAST * _LONG) if own.raised else own.begins
    before = folded_words(row["text"][begins : match.source_span.start])
    if speaker := _speaks_now(before, match.text):
        return speaker
    if own.raised or _about_him(before, folded_words(match.text), quoted):
        return "prophet"
    return _in_arabic(before, teller)


@lru_cache(maxsize=1 << 12)
def _report(text: str, ends: tuple[int, ...]) -> _Report:
    if not ends:
        return _Report(0, False)
    chain = folded_words(text[max(0, ends[0] - _CHAIN_END * _LONG) : ends[0]])[-_CHAIN_END:]
    raised = bool(_mentions(chain)) or not word_lists()["raises"].isdisjoint(chain)
    return _Report(ends[0], raised)


def _speaks_now(before: Sequence[str], matched: str) -> Speaker | None:
    """Who is said to speak next in the last words before the match, where it is not the Prophet."""
    before = before[-_LAST:]
    spoken = _spoken(before)
    if not spoken or spoken[-1] < max((at + 1 for at in _mentions(before)), default=0):
        return None
    opens = folded_words(matched.partition(" ")[0])
    if opens and _bare(opens[0]) in _speech():
        return None
    word = _bare(before[spoken[-1]])
    if word in _lists()["own"]:
        return "companion"
    named = word in _lists()["said"] and person(list(before), spoken[-1] + 1, len(before)) == "companion"
    return "unclear" if named else None  # a Companion, who may not be the one who tells it


def _about_him(before: Sequence[str], matched: Sequence[str], quoted: str) -> bool:
    """Whether the match tells of the Prophet, as what was quoted does, or answers who spoke to him."""
    named = _mentions([*before[-1:], *matched])
    if named and (named[0] <= _FIRST or _mentions(folded_words(quoted))):
        return True
    return any(not _speech().isdisjoint(matched[at:]) for at in _called(matched))


def _in_arabic(before: Sequence[str], teller: Speaker | None) -> Speaker:
    """By the report's words up to the match: the Prophet, who acts or is spoken to, else he who tells it."""
    named, spoken = _mentions(before), _spoken(before)
    if first := sorted([*named, *_called(before)])[:1]:
        acting = [at for at in named if at == 0 or _bare(before[at - 1]) in _lists()["acting"]]
        near = bool(acting) and len(before) - acting[-1] <= _NEAR
        return "prophet" if near or (spoken and spoken[-1] >= first[0] - 2) else "unclear"
    return "unclear" if spoken else teller or "unclear"


def _spoken(report: Sequence[str]) -> list[int]:
    """Where somebody speaks, orders or prays."""
    speech = _speech()
    return [at for at, word in enumerate(report) if word in speech or _bare(word) in speech]


def _bare(word: str) -> str:
    """The word without «and» or «so» before it, where it is longer than these."""
    return word[1:] if len(word) > 3 and word[0] in "فو" else word


def _called(report: Sequence[str]) -> list[int]:
    """Where he is spoken to: «يا رسول الله»."""
    return [at for at, word in enumerate(report[:-1]) if word == "يا" and report[at + 1] in ("رسول", "نبي")]


def _mentions(report: Sequence[str]) -> list[int]:
    """Where the Prophet himself is named: not somebody or something of his, nor called («يا رسول الله»)."""
    prophet, others, opens = word_lists()["of_prophet"], _his(), _lists()["he_opens"]
    found = []
    for place, word in enumerate(report):
        is_he = word in prophet or (word in opens and " ".join(report[place : place + 2]) in _lists()["he"])
        if is_he and not (place and report[place - 1] in others):
            found.append(place)
    return found


@cache
def _his() -> frozenset[str]:
    return word_lists()["his"] | _lists()["his"]


@cache
def _speech() -> frozenset[str]:
    return word_lists()["speech"] | word_lists()["tells"] | _lists()["speaks"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The lists of `data/whose.toml`, folded; what is in several lines is one phrase each."""
    lists = tomllib.loads(files("takhrij.trace").joinpath("data/whose.toml").read_text("utf-8"))
    own = {name: frozenset(map(fold, phrases)) for name, phrases in lists.items()}
    books = word_lists()
    before = ("opens", "acts", "that", "speech", "transmit", "tells")
    opens = frozenset(phrase.partition(" ")[0] for phrase in own["he"])
    return own | {"acting": own["acting"].union(*(books[name] for name in before)), "he_opens": opens}
