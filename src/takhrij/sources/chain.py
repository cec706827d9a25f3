"""Where a record's chain of narrators ends and what it reports begins: words in, word positions out.

Conservative by intent: words that might belong to the report stay with the report.
"""

from __future__ import annotations

from typing import NamedTuple

from takhrij.sources.places import Places
from takhrij.sources.words import Words, word_lists

_REACH = 30  # words after which a name without a verb is given up


class Chain(NamedTuple):
    """Word positions: the matn begins at `matn`, the last name of the chain stands at `name` (start, end).

    `start` is the first word of the chain; `matn == start` where there is none. `says_prophet`: the chain
    ends by giving the Prophet's words ("I heard the Messenger of God say"); `raised`: it says that the last
    narrator raises it to him; `that`: the report begins with the one who acts in it ("that Ibn 'Umar used
    to"); `before`: the narrator of whom one «قال» only tells that somebody else said this; `from_god`: the
    Prophet gives it as God's words.
    """

    start: int
    matn: int
    name: tuple[int, int] | None
    says_prophet: bool
    raised: bool = False
    that: bool = False
    before: tuple[int, int] | None = None
    from_god: bool = False


class _Reader(Places):
    """One pass over the words of one record."""

    def __init__(self, text: str, words: Words, start: int) -> None:
        super().__init__(text, words)
        self.start = start
        lists = word_lists()
        self.tells = lists["tells"]
        self.from_words = lists["from"]
        self.refers = lists["refers"]
        self.raises = lists["raises"]
        self.to_me = lists["to_me"]
        self.heads = lists["heads"]
        self.nameless_heads = lists["nameless_heads"]
        self.addressed = lists["addressed"]
        self.name: tuple[int, int] | None = None
        self.named_at = -1  # the transmission word after which `name` holds
        self.nameless = -1  # the word after which no name stands though one could be expected
        self.last_name: tuple[int, int] | None = None
        self.before: tuple[int, int] | None = None
        self.from_god = False
        self.raised = False

    def read(self) -> Chain:
        first = self._first()
        if first is None:
            said = self.start + (self.at(self.start) in self.speech or self.at(self.start)[1:] in self.speech)
            after = self.prophet(said)
            if said > self.start and after > said:  # «فقال رسول الله ﷺ: …»
                return Chain(self.start, after, None, True)
            return Chain(self.start, self.start, self._speaker(), False)
        last, i = (first - 1, first) if self.is_transmit(first) else (first, first + 1)
        while i < self.n and i - last <= _REACH:
            step = self._step(i, last)
            if isinstance(step, Chain):
                return step
            if step < 0:  # a narrator's name follows here
                if self.named_at != last and last + 1 < i:
                    self.last_name = (last + 1, self.name_end(last + 1, i))
                last = -step - 1
                i = last + 1
            else:
                i = step
        return self._no_verb(last)

    def _first(self) -> int | None:
        """The first transmission word, or the word before the first name, if there is a chain."""
        opener = self.at(self.start)
        if opener in self.heads:  # «حديث أنس», «وعنه قال»
            self.nameless = self.start if opener in self.nameless_heads else -1
            return self.start
        if opener == "ومن" and self.at(self.start + 1) == "طريق":
            self.nameless = self.start + 2
            return self.start + 2
        if opener in ("فاما", "واما") and self.at(self.start + 1) in ("حديث", "روايه", "الحديث"):
            return next(
                (i for i in range(self.start, min(self.start + 14, self.n)) if self.is_transmit(i)), None
            )
        for i in range(self.start, min(self.start + 9, self.n)):
            if self.quote_before(i) and i > self.start:
                return None
            if self.is_transmit(i):
                if i == self.start or (i == self.start + 1 and opener in ("مالك", "وبه")):
                    return i
                spoken = opener in self.speech or opener[1:] in self.speech
                return i if self._only_names(self.start + spoken, i, 2 if spoken else 1) else None
        return None

    def _only_names(self, i: int, end: int, most: int) -> bool:
        """Whether the words from i up to `end` are at most so many names, and words for speech."""
        while i < end:
            if self.w[i] in self.speech:
                i += 1
            elif most == 0 or self.w[i] in self.opens or not (most == 2 or self.is_strong(end)):
                return False
            else:
                i, most = self.name_end(i, end), most - 1
        return True

    def _speaker(self) -> tuple[int, int] | None:
        """The name in «قال مالك» at the start of a record that has no chain."""
        i = self.start
        while i < self.n and (self.w[i] in self.speech or self.w[i][1:] in self.speech):
            i += 1
        if i == self.start or i >= self.n:
            return None
        end = self.name_end(i, self.n)
        return (i, end) if self.like_a_name(i, end) else None

    def _step(self, i: int, last: int) -> Chain | int:
        """What word i says: the chain's end, the next word to look at, or -(i + 1): a narrator follows."""
        word = self.w[i]
        if i > last + 1 and self.quote_before(i):
            return self._end(i, last, i)
        told = self.w[last] not in self.from_words  # «أخبرته أن», where no name follows
        if word == "ا" and self.at(i + 1) in ("نه", "نها", "ن", "نهم"):  # «أ نه», a typist's space
            return self._that(i + 1, last)
        after = self.prophet(i)
        if after > i:
            return after
        if self.is_transmit(i):
            if self.at(i + 1) in ("منه", "منها"):
                return i + 2
            after = self.prophet(i + 1)
            if after > i + 1:
                return self._from_prophet(i, after, last)
            return -(i + 1)
        if word in self.speech or (word[0] == "و" and word[1:] in self.speech):
            return self._speech(i, last)
        if word[0] == "ف" and word[1:] in self.speech:  # a story has begun without a verb that is known
            return self._no_verb(last)
        if word in self.that and (told or i > last + 1):
            return self._that(i, last)
        if word in self.tells:
            if word.startswith("بلغ") and self.at(i + 1) not in self.that:  # «بلغنا مخرج النبي»
                return self._end(i, last, i)
            self.raised = self.raised or word in self.raises
            if word in self.raises and self.at(i + 1) == "الي" and self.prophet(i + 2) == i + 2:
                return -(i + 2)  # «رفعه إلى حكيم بن حزام»
            return i + 1 + (self.at(i + 1) == "به")
        if word in ("رفع", "يرفع") and self.at(i + 1) == "الحديث":
            self.raised = True
            return i + 2
        if i == last + 1 or self.w[i - 1] in self.links:  # «قيس بن طلق»: a name, whatever else it may mean
            return i + 1
        if self._several(i):
            begins = i + 3
            while self.at(begins).removeprefix("و") in self.speech:
                begins += 1
            return self._end(self.prophet(begins), last, i, says=True)
        if word in self.refers:
            return self._end(i, last, i)
        if word in self.opens:
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
        after = self.prophet(following + (self.w[following] in self.to_me))
        if after > following + 1 or self.prophet(following) > following:
            return self._end(after, last, i, says=True)
        if self.w[following] in self.tells:
            return following
        if self.w[following] in self.speech:  # «قال قال فلان: …»
            return self._named_speaker(following, last, i, twice=True)
        if self.w[following] in self.that and self.prophet(following + 1) > following + 1:
            return self._that(following, last)
        if self.w[following] not in self.opens and not self.w[following].endswith("ت"):
            for j in range(following + 1, min(following + 5, self.n)):
                if self.quote_before(j) or self.w[j] in self.speech:
                    break
                if self.is_strong(j):
                    return j  # «قال إسحاق أخبرنا»
            if ":" not in self.gap(following):
                return self._named_speaker(i, last, i)
        return self._end(following, last, i)

    def _named_speaker(self, i: int, last: int, event: int, twice: bool = False) -> Chain | int:
        """Word i is "said"; after it comes the Prophet, a further narrator or the report."""
        name = i + 1 + (self.at(i + 1) in self.to_me)
        after = self.prophet(name)
        if after > name:
            return self._end(after, last, event, says=True)
        if self.is_transmit(name):
            return name
        if name < self.n and not self.begins_no_name(name):
            end = self.name_end(name, self.n)
            told = self.honoured_end(end)
            if self.at(told) == "عن" and ("عن" in self.w[told + 1 : told + 7] or self.like_a_name(name, end)):
                return told  # «قال الزهري عن سعيد»
            if told < self.n and (
                ":" in self.gap(told)
                or self.quote_before(told)
                or ((twice or self.w[told] in self.opens) and self.like_a_name(name, end))
            ):
                if self.is_strong(told):
                    return told
                if not twice and last + 1 < event:
                    self.before = (last + 1, self.name_end(last + 1, event))
                self.name, self.named_at = (name, end), last
                return self._end(told, last, event)
        return self._end(name, last, event)

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
        if self.w[following] in self.tells or (
            self.w[following] == "قد" and self.at(following + 1) in self.tells
        ):
            return following + (self.w[following] == "قد")
        if self.w[following] in ("كان", "كانت") and self.at(following + 1) in self.speech:
            return self._speech(following + 1, last)
        if self.begins_no_name(following):
            return self._end(following, last, i)
        name = self.honoured_end(self.name_end(following, self.n))
        for j in range(following + 1, min(following + 10, self.n)):
            if self.quote_before(j):
                break
            if self.is_strong(j) and self.w[j][-1] in "هيام":  # «أن فلانا حدثه»
                return self._renamed(following, j)
            if self.w[j] in self.speech:
                if j <= name + 1 and not (
                    self.at(j + 1).startswith("لل") or self.at(j + 1) in self.addressed
                ):
                    self.name, self.named_at = (following, self.name_end(following, j)), last
                    return self._speech(j, last)
                break
        return self._end(following, last, i)

    def _renamed(self, name: int, verb: int) -> int:
        self.name, self.named_at = (name, self.name_end(name, verb)), verb
        return -(verb + 1)

    def _from_prophet(self, i: int, after: int, last: int) -> Chain | int:
        """Word i is "I heard" or "from" and the Prophet follows, up to `after`."""
        if self.is_strong(after):  # another chain begins
            return -(after + 1)
        if self._several(after):
            return after
        if self.at(after) == "فيما":  # «فيما يروي عن ربه قال»
            for j in range(after + 1, min(after + 12, self.n)):
                if self.w[j] in self.speech:
                    self.from_god = True
                    return self._end(j + 1, last, i, says=True)
        if self.at(after) in self.that and self.at(after + 1) in self.speech:
            return self._end(after + 2, last, i, says=True)
        if self.at(after) in self.speech:
            return self._end(after + 1, last, i, says=True)
        if self.at(after) == "وهو" and self.at(after + 1) in self.speech:
            return self._end(after + 2, last, i, says=True)
        if self.at(i).endswith("عن"):
            return self._end(after, last, i, says=True)
        return self._end(i, last, i)

    def _several(self, i: int) -> bool:
        """«فذكر أحاديث منها»: of the Prophet's words under one chain (Hammam's notebook) this is one."""
        return self.w[i : i + 3] == ["فذكر", "احاديث", "منها"]

    def _aside(self, i: int) -> bool:
        """Whether the chain goes on after a remark about the narrator that begins at i."""
        said = False
        for j in range(i + 1, min(i + 13, self.n)):
            if self.quote_before(j):
                return False
            if self.w[j] in self.speech and self.is_strong(j + 1):
                return True
            if j < i + 6 and self.is_strong(j) and not said:
                return True
            said = said or self.w[j] in self.speech
            if self.w[i] == "في" and j < i + 8 and self.w[j] == "عن" and "،" in self.gap(j):
                return True
        return False

    def _no_verb(self, last: int) -> Chain:
        """No verb came after the last name: the report begins after the name, or there is none."""
        name = self.name_end(last + 1, self.n)
        return Chain(self.start, max(name, last + 1), (last + 1, name), False, self.raised)

    def _end(self, matn: int, last: int, event: int, says: bool = False) -> Chain:
        name = self.name
        if name is None or self.named_at != last:
            name = None
            if last + 1 < event and last != self.nameless:
                begins = last + 1 + (self.w[last + 1] == "من")
                name = None if self.begins_no_name(begins) else (begins, self.name_end(begins, event))
        that = self.w[event] in self.that or self.w[event] in ("نه", "نها", "ن", "نهم")
        return Chain(
            self.start, matn, name or self.last_name, says, self.raised, that, self.before, self.from_god
        )


def read_chain(text: str, words: Words, start: int = 0) -> Chain:
    """Tell the chain of a record from its report, looking from word `start` on."""
    if start >= len(words.folded):
        return Chain(start, start, None, False)
    return _Reader(text, words, start).read()
