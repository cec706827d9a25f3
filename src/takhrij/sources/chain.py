"""Where a record's chain of narrators ends and what it reports begins: words in, word positions out.

Conservative by intent: words that might belong to the report stay with the report.
"""

from __future__ import annotations

from typing import NamedTuple

from takhrij.sources.words import Words, word_lists

_REACH = 30  # words after which a name without a verb is given up
_QUOTES = frozenset('"«“”„‟＂')


class Chain(NamedTuple):
    """Word positions: the matn begins at `matn`, the last name of the chain stands at `name` (start, end).

    `start` is the first word of the chain; `matn == start` where there is none. `says_prophet`: the chain ends by
    giving the Prophet's words ("I heard the Messenger of God say").
    """

    start: int
    matn: int
    name: tuple[int, int] | None
    says_prophet: bool


class _Reader:
    """One pass over the words of one record."""

    def __init__(self, text: str, words: Words, start: int) -> None:
        self.text = text
        self.w, self.starts, self.ends = words
        self.n = len(self.w)
        self.start = start
        lists = word_lists()
        self.transmit = lists["transmit"]
        self.strong = lists["strong"]
        self.speech = lists["speech"]
        self.that = lists["that"]
        self.tells = lists["tells"]
        self.opens = lists["opens"]
        self.somebody = lists["somebody"]
        self.links = lists["links"]
        self.name: tuple[int, int] | None = None

    # ------------------------------------------------------------ small questions about one place

    def at(self, i: int) -> str:
        return self.w[i] if i < self.n else ""

    def gap(self, i: int) -> str:
        """What stands between word i-1 and word i."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]] if i < self.n else ""

    def quote_before(self, i: int) -> bool:
        gap = self.gap(i)
        return len(gap) > 1 and ("((" in gap or not _QUOTES.isdisjoint(gap))

    def is_transmit(self, i: int) -> bool:
        word = self.at(i)
        if word in self.transmit:
            if word == "انا" or word == "نا":
                return self.text[self.starts[i]] != "إ" and (i == 0 or len(self.gap(i)) > 1 or word == "نا")
            return True
        return len(word) > 2 and word[0] in "وف" and word[1:] in self.strong | {"عن"}

    def is_strong(self, i: int) -> bool:
        word = self.at(i)
        return word in self.strong or (len(word) > 4 and word[0] == "و" and word[1:] in self.strong)

    def prophet(self, i: int) -> int:
        """Where the words for the Prophet and the blessing that begin at i end; i where none do."""
        word = self.at(i)
        if word in ("رسول", "نبي") and self.at(i + 1) == "الله":
            end = i + 2
        elif word in ("النبي", "الرسول", "رسولالله"):
            end = i + 1
        else:
            return i
        if self.at(end) == "صلي":
            for j in range(end + 1, min(end + 9, self.n)):
                if self.w[j] in ("وسلم", "سلم"):
                    return j + 1
            return end
        if self.at(end) == "عليه" and self.at(end + 1) in ("السلام", "الصلاه", "وسلم"):
            return end + (3 if self.at(end + 1) == "الصلاه" else 2)
        return end

    def name_end(self, i: int, limit: int) -> int:
        """Where the name that begins at i ends, at most at `limit`."""
        j = i
        while j < limit:
            if self.w[j] in self.links:  # ibn, abu, abd: the next word belongs to it
                j += 2
            elif j == i or self.w[j].startswith("ال"):
                if j > i and self.w[j] in ("النبي", "الله"):
                    break
                j += 1
            else:
                break
        return min(j, limit)

    # ------------------------------------------------------------ the walk

    def read(self) -> Chain:
        first = self._first()
        if first is None:
            return Chain(self.start, self.start, None, False)
        last = first
        i = first + 1
        while i < self.n and i - last <= _REACH:
            step = self._step(i, last)
            if isinstance(step, Chain):
                return step
            if step < 0:  # a narrator's name follows here
                last = -step - 1
                i = last + 1
            else:
                i = step
        return self._no_verb(last)

    def _first(self) -> int | None:
        """The first transmission word, where the record begins with a chain."""
        for i in range(self.start, min(self.start + 9, self.n)):
            if self.quote_before(i) and i > self.start:
                return None
            if self.is_transmit(i):
                opener = self.at(self.start)
                if i == self.start or self.is_strong(i) or opener in self.speech or opener[1:] in self.speech:
                    return i
                if i == self.start + 1:  # «مالك عن نافع»
                    return i if opener in ("مالك", "وبه", "حديث") else None
                return None
        return self.start if self.at(self.start) in ("حديث", "وحديث") else None

    def _step(self, i: int, last: int) -> Chain | int:
        """What word i says: the chain's end, the next word to look at, or -(i + 1) for a narrator that follows."""
        word = self.w[i]
        if i > last + 1 and self.quote_before(i):
            return self._end(i, last, i)
        if self.is_transmit(i):
            after = self.prophet(i + 1)
            if after > i + 1:
                return self._from_prophet(i, after, last)
            return -(i + 1)
        if word in self.speech or (
            word[0] in "وف" and word[1:] in self.speech and not self.quote_before(i + 1)
        ):
            return self._speech(i, last)
        if word in self.that and i > last + 1:
            return self._that(i, last)
        if word in self.tells:
            return i + 1
        if word in self.opens and i > last + 1:
            return i + 1 if self._aside(i) else self._end(i, last, i)
        return i + 1

    def _speech(self, i: int, last: int) -> Chain | int:
        following = i + 1
        if following >= self.n:
            return self._end(self.n, last, i)
        if self.quote_before(following):
            return self._end(following, last, i)
        if self.is_transmit(following):
            return following
        after = self.prophet(following)
        if after > following:
            return self._end(after, last, i, says=True)
        if self.w[following] in self.speech:  # «قال قال فلان: …»
            return self._inner(following, last, i)
        for j in range(following + 1, min(following + 5, self.n)):
            if self.quote_before(j) or self.w[j] in self.speech:
                break
            if self.is_strong(j) and not (self.w[following].endswith("ت") and len(self.w[following]) > 3):
                return j  # «قال إسحاق أخبرنا»
        return self._end(following, last, i)

    def _inner(self, i: int, last: int, event: int) -> Chain | int:
        after = self.prophet(i + 1)
        if after > i + 1:
            return self._end(after, last, event, says=True)
        if self.is_transmit(i + 1):
            return i + 1
        for j in range(i + 2, min(i + 8, self.n)):
            if self.is_strong(j):
                return j
            if ":" in self.gap(j) or self.quote_before(j):
                self.name = (i + 1, self.name_end(i + 1, j))
                return self._end(j, last, event)
        return self._end(i + 1, last, event)

    def _that(self, i: int, last: int) -> Chain | int:
        following = i + 1
        if following >= self.n:
            return self._end(i, last, i)
        if self.is_transmit(following) or self.w[following] in self.speech or self.w[following] in self.that:
            return following
        after = self.prophet(following)
        if after > following:
            if self.at(after) in self.speech:
                return self._end(after + 1, last, i, says=True)
            return self._end(following, last, i)
        if self.w[following] in self.somebody:
            return self._end(following, last, i)
        name = self.name_end(following, self.n)
        for j in range(following + 1, min(following + 10, self.n)):
            if self.quote_before(j):
                break
            if self.is_strong(j) and self.w[j][-1] in "هيام":  # «أن فلانا حدثه»
                return self._renamed(following, j)
            if self.w[j] in self.speech:
                if j <= name + 6 and j - name <= 3:
                    self.name = (following, min(name, j))
                    return self._speech(j, last)
                break
        return self._end(following, last, i)

    def _renamed(self, name: int, verb: int) -> int:
        self.name = (name, self.name_end(name, verb))
        return -(verb + 1)

    def _from_prophet(self, i: int, after: int, last: int) -> Chain | int:
        """Word i is "I heard" or "from" and the Prophet follows, up to `after`."""
        if self.at(after) in self.that and self.at(after + 1) in self.speech:
            return self._end(after + 2, last, i, says=True)
        if self.at(after) in self.speech:
            return self._end(after + 1, last, i, says=True)
        if self.at(after) == "وهو" and self.at(after + 1) in self.speech:
            return self._end(after + 2, last, i, says=True)
        if self.at(i).endswith("عن"):
            return self._end(after, last, i, says=True)
        return self._end(i, last, i)

    def _aside(self, i: int) -> bool:
        """Whether the chain goes on after a remark about the narrator that begins at i."""
        for j in range(i + 1, min(i + 13, self.n)):
            if self.quote_before(j):
                return False
            if self.w[j] in self.speech and self.is_strong(j + 1):
                return True
        return False

    def _no_verb(self, last: int) -> Chain:
        """No verb came after the last name: the report begins after the name, or there is none."""
        name = self.name_end(last + 1, self.n)
        return Chain(self.start, max(name, last + 1) if name <= self.n else self.n, (last + 1, name), False)

    def _end(self, matn: int, last: int, event: int, says: bool = False) -> Chain:
        name = self.name
        if name is None or name[0] <= last:
            name = (last + 1, self.name_end(last + 1, event)) if last + 1 < event else None
        return Chain(self.start, matn, name, says)


def read_chain(text: str, words: Words, start: int = 0) -> Chain:
    """Tell the chain of a record from its report, looking from word `start` on."""
    if start >= len(words.folded):
        return Chain(start, start, None, False)
    return _Reader(text, words, start).read()
