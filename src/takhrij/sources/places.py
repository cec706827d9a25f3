"""Small questions about one place in a record: is this a transmission word, the Prophet, a name, how far?"""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.sources.names import person
from takhrij.sources.words import Words, word_lists

_QUOTES = frozenset('"«“”„‟＂{﴿')


class Places:
    """The words of one record, and what stands at each."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.w, self.starts, self.ends = words
        self.n = len(self.w)
        lists = word_lists()
        self.transmit = lists["transmit"]
        self.strong = lists["strong"]
        self.speech = lists["speech"]
        self.that = lists["that"]
        self.opens = lists["opens"]
        self.somebody = lists["somebody"]
        self.links = lists["links"]
        self.no_name = lists["no_name"]

    def at(self, i: int) -> str:
        """The folded word i; empty past the end."""
        return self.w[i] if i < self.n else ""

    def gap(self, i: int) -> str:
        """What stands between word i-1 and word i."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]] if i < self.n else ""

    def quote_before(self, i: int) -> bool:
        """Whether a quotation mark or bracket opens right before word i."""
        gap = self.gap(i)
        return len(gap) > 1 and ("((" in gap or not _QUOTES.isdisjoint(gap))

    def is_transmit(self, i: int) -> bool:
        """Whether word i says that somebody transmits: a name follows."""
        word = self.at(i)
        if word == "ثناه" and self.at(i - 1) == "جل":  # «جل ثناؤه»
            return False
        if word in self.transmit:
            if word == "انا" or word == "نا":
                return self.text[self.starts[i]] != "إ" and (i == 0 or len(self.gap(i)) > 1 or word == "نا")
            return True
        return len(word) > 2 and word[0] in "وف" and (word[1:] in self.strong or word[1:] in ("عن", "نا"))

    def is_strong(self, i: int) -> bool:
        """Whether word i is one of those that hardly ever say anything else."""
        word = self.at(i)
        return (word in self.strong and self.is_transmit(i)) or (
            len(word) > 4 and word[0] == "و" and word[1:] in self.strong
        )

    def prophet(self, i: int) -> int:
        """Where the words for the Prophet and the blessing that begin at i end; i where none do."""
        word = self.at(i)
        if word == "محمد" and self.at(i + 1) in ("رسول", "النبي") and self.prophet(i + 1) > i + 2:
            return self.prophet(i + 1)  # «عن محمد رسول الله», and no narrator of that name
        if word in ("رسول", "نبي") and self.at(i + 1) == "الله":
            end = i + 2
        elif word in ("النبي", "الرسول", "رسولالله"):
            end = i + 1
        elif (word in ("ابو", "ابا", "ابي") and self.at(i + 1) == "القاسم" and self.at(i + 2) == "صلي") or (
            word == "الصادق" and self.at(i + 1) == "المصدوق"
        ):
            end = i + 2
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
        linked = True
        while j < limit:
            word = self.w[j]
            if j > i and (word in self.that or word in self.speech or self.is_transmit(j)):
                break
            if word in self.links:  # ibn, abu, abd: the next word belongs to it
                linked = True
            elif linked:
                linked = False
            elif not word.startswith("ال") or word in ("النبي", "الله") or len(self.gap(j)) > 3:
                break
            j += 1
        return j

    def begins_no_name(self, i: int) -> bool:
        """Whether word i can begin no narrator's name."""
        word = self.w[i]
        return word in self.somebody or word in self.opens or word in self.no_name or word in self.that

    def names(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The names that words of transmission introduce in [first, last), and not the Prophet."""
        for i in range(first, last - 1):
            begin = i + 1
            leads = self.is_transmit(i) or self.w[i] in self.speech
            if not leads or self.begins_no_name(begin) or self.prophet(begin) > begin:
                continue
            if not self.is_transmit(begin) and self.w[begin] not in self.speech:
                yield begin, self.name_end(begin, last)

    def like_a_name(self, start: int, end: int) -> bool:
        """Whether the words are a well-known name or have the form of one («ابن المبارك»)."""
        return bool(person(self.w, start, end)) or not self.links.isdisjoint(self.w[start:end])

    def honoured_end(self, i: int) -> int:
        """Where what honours or describes the one just named ends: «رضي الله عنه», «زوج النبي ﷺ»."""
        if self.at(i) == "رضي" and self.at(i + 1) in ("الله", "اللهم", "تعالي"):
            for j in range(i + 2, min(i + 6, self.n)):
                if self.w[j].startswith("عن"):
                    return self.honoured_end(j + 1)
        if self.at(i) in ("رحمه", "عليه", "عليها", "عليهما"):
            return i + 2
        if self.at(i) in ("زوج", "مولي", "مولاه", "صاحب", "خادم") and self.prophet(i + 1) > i + 1:
            return self.prophet(i + 1)
        if self.at(i) == "ام" and self.at(i + 1) == "المومنين":
            return self.honoured_end(i + 2)
        return i
