"""Who is named: narrators («عن أنس بن مالك رضي الله عنه»), and whose words a quotation is said to be."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from takhrij.find.claims.atoms import Atom
from takhrij.find.claims.lexicon import Token, arabic_tokens, lexicon, phrase_tokens, token_set
from takhrij.find.claims.tokens import Match, Tokens
from takhrij.find.claims.works import jurists
from takhrij.model import Span
from takhrij.text import Words
from takhrij.text.fold import without_honorifics

_SON = frozenset((*arabic_tokens("بن ابن بنت ابنة"), *phrase_tokens("ibn bint")))
_TWO_WORDS = frozenset((*arabic_tokens("أبي أبو أبا عبد أم ابن آل"), *phrase_tokens("abu abd umm ibn")))
GOES_ON = _SON | _TWO_WORDS  # words with which no name ends, though a line may
_NO_NAME = frozenset(
    (
        *arabic_tokens(
            "كل هذا ذلك هذه من ما النبي رسول الرسول نبينا نبي غير مثل بعض جميع الله أحد رجل أهل أبيه جده عن"
        ),
    )
)
_HONOURED = re.compile(r"[\s*_،,\-–(]{0,4}[﵀-﵏ﷺﷻ﷽]")
_LATIN_HONOUR = re.compile(r"[\s*_]{0,3}[(\[]\s?(?:may\s|r\.?\s?a\b|raa\b|peace\s|رضي)", re.IGNORECASE)
_VOWEL = "[\u0640\u064b-\u0652]{0,3}"
_BLESSING = re.compile(  # upon the Prophet; «عليه السلام» alone is said of others too
    r"[\s*_\-–(]{1,3}(?:ﷺ|ص[)]|"
    + "|".join(
        r"\s".join(_VOWEL.join([*word, ""]) for word in phrase.split())
        for phrase in ("صلى الله عليه", "عليه الصلاة", "عليه أفضل الصلاة")
    )
    + ")"
)
_PLAIN_GAP = re.compile(r"[\s*_\-`'’‘ʿ]{1,3}\Z")
_QUOTED = re.compile(r"[\s*_]{0,3}[:：،,]?[\s*_]{0,3}[:：«\"“﴿]")  # a colon or an opening mark
_SPOKEN = ':«"“﴿'
ON = re.compile("ع\u064e?ل\u064e?ى")  # «على», which is no name
_LONGEST = 9


class People:
    """The names in a text; `kept` is False for the words of formulas of honour."""

    def __init__(self, tokens: Tokens, words: Words) -> None:
        self.tokens = tokens
        self.kept: list[bool] = np.asarray(without_honorifics(words)).tolist()
        self.said = token_set("", "said")
        self.say = token_set("", "say")
        self.of = token_set("", "of_narrator")
        self.tells = token_set("", "tells")
        self.titles = token_set("", "narrator_titles")

    def behind_honour(self, i: int) -> int:
        """The first token from `i` on that is not part of a formula of honour."""
        while i < len(self.tokens) and not self.kept[i]:
            i += 1
        return i

    def honoured(self, last: int) -> bool:
        """Whether a formula of honour follows token `last`."""
        after = last + 1 < len(self.tokens) and not self.kept[last + 1] and len(self.tokens.gap(last)) < 6
        end = self.tokens.ends[last]
        return after or bool(
            _HONOURED.match(self.tokens.text, end) or _LATIN_HONOUR.match(self.tokens.text, end)
        )

    def name_at(self, i: int) -> tuple[int, str | None] | None:
        """A person's name that begins at token `i`: its last token, and who it is where that is known."""
        tokens = self.tokens
        i = tokens.skip_article(i)
        while i < len(tokens) and tokens.ids[i] in self.titles and tokens.close(i):
            i += 1
        if i >= len(tokens) or not self.kept[i]:
            return None
        known = tokens.at(i, "narrator")
        if known and known.start == tokens.starts[known.first]:
            last, name = known.last, known.value("narrator")
            longer = self._lineage(last)
            return (last, name) if longer == last else (longer, None)
        spoken = tokens.ids[i] in self.said and not re.search(
            r"['’ʿʾ]", tokens.text[tokens.starts[i] : tokens.ends[i]]
        )
        if tokens.ids[i] in _NO_NAME or spoken:
            return None
        last = i
        if tokens.ids[i] in _TWO_WORDS and tokens.close(i) and self.kept[i + 1]:
            last = i + 2 if self._compound(i + 1) else i + 1
        named = min(self._lineage(last), len(tokens) - 1)
        return named if named == i or self.honoured(named) else self._up_to_honour(named), None

    def _up_to_honour(self, last: int) -> int:
        """The last word of an unknown name: the one before a formula of honour, where one comes soon."""
        tokens, i = self.tokens, last
        while i - last < _LONGEST and tokens.close(i) and tokens.ids[i + 1] not in self.said | _NO_NAME:
            if not self.kept[i + 1]:
                return i
            i += 1
        return last

    def _compound(self, i: int) -> bool:
        tokens = self.tokens
        return tokens.ids[i] in _TWO_WORDS and tokens.close(i) and self.kept[i + 1]

    def _lineage(self, last: int) -> int:
        """Follow «بن فلان», and a name of place or tribe before a formula of honour or a verb of speech."""
        tokens, start = self.tokens, last
        while (
            last - start < _LONGEST
            and last + 2 < len(tokens)
            and tokens.close(last)
            and tokens.ids[last + 1] in _SON
        ):
            named = tokens.skip_article(last + 2)
            if not (tokens.close(last + 1) and self.kept[last + 2]):
                break
            last = named
            if tokens.ids[last] in _TWO_WORDS and tokens.close(last) and self.kept[last + 1]:
                last += 1
        after = last + 1
        if (
            after < len(tokens)
            and tokens.close(last)
            and self.kept[after]
            and tokens.ids[after] not in self.said
        ):
            word = tokens.text[tokens.starts[after] : tokens.ends[after]]
            if word.startswith("ال") and (self.honoured(after) or self.speaks(after)):
                last = after
        return last

    def speaks(self, last: int) -> bool:
        """Whether a verb of speech follows token `last`, formulas of honour passed over."""
        i = self.behind_honour(last + 1)
        near = i < len(self.tokens) and self.tokens.starts[i] - self.tokens.ends[i - 1] < 5
        return near and self.tokens.ids[i] in self.said

    def with_honour(self, last: int) -> int:
        """The character behind the name's formula of honour, if it has one; else behind the name."""
        tokens = self.tokens
        i = self.behind_honour(last + 1) - 1 if self.honoured(last) else last
        end = tokens.ends[max(i, last)]
        glyph = re.compile(r"[\s*_،,\-–(]{0,4}[﵀-﵏ﷺﷻ]").match(tokens.text, end)
        if glyph:
            return glyph.end()
        latin = re.compile(r"[\s*_]{0,3}[(\[][^()\[\]\n]{1,40}[)\]]").match(tokens.text, end)
        if latin and i == last and _LATIN_HONOUR.match(tokens.text, end):
            return latin.end()
        return end + 1 if i > last and tokens.text[end : end + 1] in ("-", ")") else end

    def narrator(self, hit: Match, among: bool) -> list[Atom]:
        """«عن X»: the narrator after the word `hit`; `among` where it stands inside a citation."""
        found = self.name_at(hit.last + 1)
        tokens = self.tokens
        if found is None or not _PLAIN_GAP.match(tokens.gap(hit.last)):
            return []
        last, name = found
        honoured, first = self.honoured(last), tokens.skip_article(hit.last + 1)
        lineage = any(tokens.ids[i] in _SON or tokens.ids[i] in _TWO_WORDS for i in range(first, last + 1))
        ends = self.speaks(last) or self._stops(last) or self._from_prophet(last)
        if not (honoured or (name and (ends or among)) or (lineage and (self.speaks(last) or among))):
            return []
        if name is None and not honoured and not lineage:
            return []
        text = tokens.text[tokens.starts[first] : tokens.ends[last]]
        if name == "علي بن أبي طالب" and ON.fullmatch(text):
            return []
        atoms = [
            Atom(
                "narrator",
                Span(tokens.starts[first], tokens.ends[last]),
                last,
                (name or " ".join(text.split()),),
                True,
            )
        ]
        return atoms + self._raised(last, name)

    def _from_prophet(self, last: int) -> bool:
        """«عن أنس عن النبي ﷺ»: whether the link to the Prophet follows a name."""
        after = self.tokens.at(self.behind_honour(last + 1), "word:from")
        return after is not None and self.tokens.at(after.last + 1, "word:prophet") is not None

    def named(self, hit: Match) -> Atom | None:
        """«حديث أنس», «رواه أبو هريرة», "the hadith of Anas": a narrator known by name after such a word."""
        tokens, before = self.tokens, hit.first - 1
        while before > 0 and tokens.ids[before] in _OF | {""}:
            before -= 1
        before = max(before, 0)
        name, text = hit.value("narrator"), tokens.text[hit.start : tokens.ends[hit.last]]
        if name is None or ON.fullmatch(text) or hit.particle:
            return None
        between = tokens.before(hit.first)  # «في الحديث: «عمر …»»: he is a word of the report
        apart = len(between) > 4 or any(mark in between for mark in _SPOKEN)
        led = not apart and (tokens.ids[before] in self.of or _led_by(tokens, before, self.of))
        if not led and self._tells(hit, self.tells) is None:
            return None
        return Atom("narrator", Span(hit.start, tokens.ends[hit.last]), hit.last, (name,), True)

    def _tells(self, hit: Match, verbs: frozenset[Token]) -> int | None:
        """The English verb behind a name that hands on to what is told: "Anas told that", "'Ali said:"."""
        tokens, i, end = self.tokens, self.behind_honour(hit.last + 1), self.with_honour(hit.last)
        while i < len(tokens) and tokens.starts[i] < end:
            i += 1
        inner = hit.first and tokens.ids[hit.first - 1] in GOES_ON and tokens.close(hit.first - 1)
        if inner or i >= len(tokens) or tokens.ids[i] not in verbs or not isinstance(tokens.ids[i], str):
            return None
        that = verbs is self.tells and i + 1 < len(tokens) and tokens.ids[i + 1] in _THAT
        return i if tokens.starts[i] - end < 3 and (that or _QUOTED.match(tokens.gap(i))) else None

    def _stops(self, last: int) -> bool:
        gap = self.tokens.gap(last)
        return any(mark in gap for mark in ":،,.)]\n") or last + 1 >= len(self.tokens)

    def _raised(self, last: int, name: str | None) -> list[Atom]:
        """«مرفوعا», «موقوفا» after a narrator's name: whose words they are."""
        i = self.behind_honour(last + 1)
        if i >= len(self.tokens):
            return []
        for words, speaker in (("raised", "prophet"), ("stopped", "companion")):
            if self.tokens.ids[i] in token_set("", words) and len(self.tokens.before(i)) < 5:
                span = Span(self.tokens.starts[i], self.tokens.ends[i])
                says = (speaker,) if speaker == "prophet" or name is None else (speaker, name)
                return [Atom("said_by", span, i, says, True)]
        return []

    def speaker(self, hit: Match) -> Atom | None:
        """«قال رسول الله ﷺ», "the Prophet said", «قوله تعالى», «قال عمر:»."""
        tokens = self.tokens
        if hit.value("word:spoken") is not None:
            return self._blessed(hit)
        who = next((w for w in ("prophet", "god") if hit.value("word:" + w) is not None), None)
        start, last, before = hit.start, hit.last, hit.first - 1
        if who is None and hit.particle not in ("", "و", "ف"):
            return None
        if before > 0 and tokens.ids[before] == "":
            before -= 1
        if before > 0 and tokens.ids[before] in _OF and tokens.ids[before - 1] in self.say:
            before -= 1  # "the words of the Prophet"
        led = before >= 0 and tokens.ids[before] in self.say and bool(_PLAIN_GAP.match(tokens.gap(before)))
        if led:
            start = tokens.starts[before]
        elif who is None and (after := self._tells(hit, self.say)) is not None:
            return self._companion(hit, start, after) or self._compiler(hit, start, after)
        elif (
            (who is None and hit.value("author") is None)
            or (who == "god" and (hit.particle or not self._god_himself(hit)))
            or (after := self._says_after(last)) is None
        ):
            return None
        else:
            last = after
        if who is None:
            return self._companion(hit, start, last) or self._compiler(hit, start, last)
        end = self.with_honour(last) if last == hit.last else tokens.ends[last]
        return Atom("said_by", Span(start, end), last, (who,), True)

    def _blessed(self, hit: Match) -> Atom | None:
        """«قال ﷺ», «بقوله عليه الصلاة والسلام»: his words though he is not named."""
        end = self.with_honour(hit.last)
        if not _BLESSING.match(self.tokens.text, self.tokens.ends[hit.last]):
            return None
        return Atom("said_by", Span(hit.start, end), hit.last, ("prophet",), True)

    def _god_himself(self, hit: Match) -> bool:
        """Whether «الله» stands by itself, not in a formula of honour, «رسول الله», «عبد الله» or an oath."""
        before = hit.first - 1
        if not self.kept[hit.first] or (before >= 0 and self.tokens.ids[before] in _OF_GOD):
            return False
        return self.tokens.ids[hit.first] not in _BY_SPEECH

    def _says_after(self, last: int) -> int | None:
        i, end = self.behind_honour(last + 1), self.with_honour(last)
        while i < len(self.tokens) and self.tokens.starts[i] < end:
            i += 1
        if i < len(self.tokens) and self.tokens.ids[i] in _ITSELF:
            i += 1
        if (
            i < len(self.tokens)
            and self.tokens.ids[i] in self.say
            and self.tokens.starts[i] - self.tokens.ends[last] < 60
        ):
            return i
        return None

    def _compiler(self, hit: Match, start: int, last: int) -> Atom | None:
        """«قال البيهقي:»: a work of his has the report, or the words are his own, as a jurist's are."""
        key = hit.value("author") or ""
        if not key or key in jurists() or not _QUOTED.match(self.tokens.gap(last)):
            return None
        works = lexicon().authors[key].works
        return Atom("said_by", Span(start, self.tokens.ends[last]), last, ("compiler", *works), True)

    def _companion(self, hit: Match, start: int, last: int) -> Atom | None:
        name = hit.value("narrator") or ""
        text = self.tokens.text[hit.start : self.tokens.ends[hit.last]]
        colon = last > hit.last or ":" in self.tokens.gap(last) or self.honoured(last)
        if not name or ON.fullmatch(text) or not colon:
            return None
        heard = any(self.tokens.at(last + near, "word:prophet") for near in (1, 2, 3))
        if last > hit.last and heard:  # "Anas said: I heard the Prophet"
            return Atom("narrator", Span(hit.start, self.tokens.ends[hit.last]), last, (name,), True)
        generation = self.tokens.lexicon.names[name][0]
        return Atom("said_by", Span(start, self.tokens.ends[last]), last, (generation, name), True)


_OF_GOD = frozenset(
    (*arabic_tokens("رسول عبد نبي صلى رضي خلق حبيب بيت عباد إن"), *phrase_tokens("of messenger apostle"))
)
_BY_SPEECH = frozenset(arabic_tokens("قوله"))
_OF = frozenset(phrase_tokens("of by to"))
_THAT = frozenset(phrase_tokens("that"))


def _led_by(tokens: Tokens, i: int, words: frozenset[Token]) -> bool:
    led = tokens.lexicon.first.get(tokens.ids[i])
    return led is not None and led[0] in words


_ITSELF: frozenset[Token] = frozenset(arabic_tokens("أنه كان فقال هو"))


@cache
def narrator_forms(name: str) -> tuple[str, ...]:
    """The forms in which chains write a narrator named in a claim: the full name and the short ones."""
    from takhrij.find.claims.lexicon import lexicon

    known = lexicon().names.get(name)
    return (name, *(form for form in known[1] if form != name)) if known else (name,)
