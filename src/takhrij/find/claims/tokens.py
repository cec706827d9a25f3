"""The words of a text as tokens, and what of the lexicon begins at each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import NamedTuple

import numpy as np

from takhrij.find.claims.lexicon import Entry, Lexicon, Node, Token, lexicon
from takhrij.find.claims.roman import ARTICLES, reduce_word
from takhrij.text import Words, fold

_NAME_GAP = frozenset(" \t\n\r\u00a0*_-‑–'’‘`ʼ")


class Match(NamedTuple):
    """A phrase of the lexicon: tokens `first` to `last` (inclusive), from character `start` on."""

    first: int
    last: int
    start: int
    entries: list[Entry]
    particle: str = ""  # «و», «ل», … joined to the first word; a conjunction is left out of `start`

    def value(self, kind: str) -> str | None:
        """Which one it is of that kind; None if the phrase is not of the kind."""
        return next((value for entry, value in self.entries if entry == kind), None)


class Tokens:
    """A text's words with their places. Gaps between words hold digits, brackets and punctuation."""

    def __init__(self, text: str, words: Words | None = None) -> None:
        words = fold(text) if words is None else words
        self.text = text
        self.lexicon: Lexicon = lexicon()
        self.starts: list[int] = words.starts.tolist()
        self.ends: list[int] = words.ends.tolist()
        self.ids: list[Token] = words.hashes.tolist()
        self._read_latin(words)

    def __len__(self) -> int:
        return len(self.ids)

    def _read_latin(self, words: Words) -> None:
        """Replace the hashes of Latin words by their reduced spelling, "" for a joined article."""
        text, ids = self.text, self.ids
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        where = np.flatnonzero((points[words.starts] < 0x370) | (points[words.starts] // 0x100 == 0x1E))
        if not len(where):
            return
        known: dict[Token, str] = {}
        for i in where.tolist():
            spelled = known.get(ids[i])
            if spelled is None:
                word = text[self.starts[i] : self.ends[i]]
                spelled = known[ids[i]] = "-" if word.lower() in ARTICLES else reduce_word(word)
            if spelled == "-":
                word = text[self.starts[i] : self.ends[i]].lower()
                joined = text[self.ends[i] : self.ends[i] + 1] in ("-", "‑", "–")
                spelled = "" if joined or word == "al" else reduce_word(word)
            ids[i] = spelled

    def gap(self, i: int) -> str:
        """What stands between token `i` and the next."""
        return self.text[self.ends[i] : self.starts[i + 1] if i + 1 < len(self.ids) else len(self.text)]

    def before(self, i: int) -> str:
        """What stands between token `i` and the one before."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]]

    def close(self, i: int, extra: str = "") -> bool:
        """Whether token `i` and the next may belong to one name: nothing but space or a hyphen between."""
        gap = self.gap(i)
        if gap[:1] == "." and self.ids[i] == "ibn":  # "Sa'id b. al-Mundhir"
            gap = gap[1:]
        return i + 1 < len(self.ids) and len(gap) < 4 and all(c in _NAME_GAP or c in extra for c in gap)

    def skip_article(self, i: int) -> int:
        """The token at `i`, or the next where that one is a Latin article."""
        return i + 1 if i + 1 < len(self.ids) and self.ids[i] == "" else i

    def walk(self, i: int, node: Node, extra: str = "") -> Match | None:
        """The longest phrase below `node` whose first token is `i`."""
        found, j, ids, size = None, self.skip_article(i), self.ids, len(self.ids)
        child = node.children.get(ids[j])
        while child is not None:
            if child.entries:
                found = Match(i, j, self.starts[i], child.entries)
            if not child.children or j + 1 >= size or not self.close(j, extra):
                break
            j = self.skip_article(j + 1)
            child = child.children.get(ids[j])
        return found

    def at(self, i: int, *kinds: str) -> Match | None:
        """The longest phrase that begins at token `i` — of one of `kinds`, if given."""
        if i >= len(self.ids):
            return None
        j = self.skip_article(i)
        led = self.lexicon.first.get(self.ids[j])
        if led is None:
            return None
        token, particle = led
        start = self.starts[i] if particle[:1] not in ("و", "ف") else self._behind_letter(self.starts[i])
        if i and self.ids[i - 1] == "":
            start = self.starts[i - 1]
        node: Node | None = self.lexicon.root.children.get(token)
        found, size = None, len(self.ids)
        if node and not node.entries and (j + 1 >= size or not self._may_go_on(node, j + 1)):
            return None
        while node is not None:
            if node.entries and (not kinds or any(kind in kinds for kind, _ in node.entries)):
                found = Match(i, j, start, node.entries, particle)
            if not node.children or j + 1 >= size or not self.close(j):
                break
            j = self.skip_article(j + 1)
            node = node.children.get(self.ids[j])
        return found

    def _may_go_on(self, node: Node, i: int) -> bool:
        return self.ids[i] in node.children or self.ids[i] == ""

    def _behind_letter(self, at: int) -> int:
        """Behind the conjunction at `at` and its vowel sign."""
        at += 1
        while at < len(self.text) and ("\u064b" <= self.text[at] <= "\u065f" or self.text[at] in "ـٰ"):
            at += 1
        return at

    def hits(self) -> Iterator[int]:
        """The tokens at which a phrase of the lexicon may begin."""
        begins = self.lexicon.first.__contains__
        return compress(range(len(self.ids)), map(begins, self.ids))
