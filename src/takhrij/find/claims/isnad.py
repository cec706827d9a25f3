"""Chains of transmission in the text: «حدثنا … عن … قال:», «عن أبي هريرة رضي الله عنه قال:»."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from takhrij.find.claims.citation import Gatherer
from takhrij.find.claims.lexicon import token_set
from takhrij.find.claims.model import Isnad
from takhrij.find.claims.people import GOES_ON, ON, People
from takhrij.find.claims.reading import Reading, read_for_claims
from takhrij.find.claims.tokens import Tokens
from takhrij.model import Span

# a colon, or nothing before the mark that opens the report
_COLON = re.compile(
    r"[\s*_)\]﵀-﵏ﷺﷻ،,\-–(]{0,6}[:：][*_]{0,2}|(?:[\s*_،,\-–(]{0,3}[﵀-﵏ﷺﷻ)\]])?(?=[\s*_،,\-–]{0,4}[\"“«{﴿])"
)
_STOP = re.compile(r"[.؟?!؛;\"“”«»{}﴿﴾\[\]<]|\n\s*\n|\n[ \t]*[-*\d#]")
_BRIDGE = re.compile(
    r"([)\s،,*]{0,4}(?:في|الذي|التي|حيث|كما|عند|in|which)\s[^.\n\"“”«»{}؛:﴿]{0,100}[:：][*_]{0,2})[\s*_>]{0,8}[\"“«{﴿<']"
)
_TOLD = re.compile(
    r"(\s[^.\n\"“”«»{}؛:﴿]{0,120}\sف?(?:قال|يقول)(?:\s\S{1,6})?\s?[:：][*_]{0,2})[\s*_>]{0,8}[\"“«{﴿<']"
)
_QUOTED_SPEECH = re.compile(r"[\s*_>]{0,6}[\"“«(']{0,2}(?:<\w{1,20}>)?[\s*_>]{0,6}\Z")
_END = re.compile(r"[:،,.()]")
_LONGEST_NAME, _LONGEST = 9, 160  # tokens


def find_isnads(text: str, reading: Reading | None = None) -> tuple[Isnad, ...]:
    """The chains of transmission of `text`, by position; `reading` as for `find_claims`."""
    reading = read_for_claims(text) if reading is None else reading
    return tuple(_Chains(reading.tokens, reading.people).read())


_Found = tuple[Isnad | None, int] | None


@dataclass(slots=True)
class _Walk:
    """How far a chain has been followed: next token, names, and the ends that would do."""

    at: int
    names: list[Span] = field(default_factory=list)
    strong: int = -1  # behind a colon
    weak: int = -1  # behind a name that is honoured
    prophet: bool = False
    links: int = 0


class _Chains:
    def __init__(self, tokens: Tokens, people: People) -> None:
        self.tokens = tokens
        self.people = people
        self.gatherer = Gatherer(tokens, people)
        self.open = token_set("isnad", "open")
        self.link = token_set("isnad", "link")
        self.speech = token_set("isnad", "speech")
        self.whom = token_set("isnad", "whom")
        self.noun = token_set("isnad", "noun")
        self.says = token_set("isnad", "says")
        self.verb = token_set("isnad", "verb")
        self.frame = token_set("isnad", "frame")

    def read(self) -> Iterator[Isnad]:
        done = 0
        for i in self.tokens.hits():
            if i < done:
                continue
            found = self._from(i)
            if found:
                isnad, done = found
                if isnad:
                    yield isnad

    def _from(self, i: int) -> _Found:
        """The chain that begins at token `i`, if one does, and the first token that is still to be read."""
        tokens = self.tokens
        hit = tokens.at(i, "word:from", "word:chain", "word:ascribe", "narrator")
        if hit is None:
            return None
        start = hit.start
        if hit.value("word:chain") is not None:
            return self._follow(start, _Walk(i), True)
        if hit.value("word:from") is not None:
            if not self._person(hit.last + 1):
                return None
            return self._follow(start, _Walk(i), False)
        if hit.value("word:ascribe") is not None:
            return self._ascribed(i, hit.last, start)
        before = tokens.ids[i - 1] if i and tokens.close(i - 1) else None
        if before in self.noun:
            return self._follow(tokens.starts[i - 1], _Walk(i, links=1), False)
        if before in self.says and self._goes_on(hit.last):  # «قال أنس: سمعت رسول الله ﷺ يقول:»
            found = self._follow(tokens.starts[i - 1], _Walk(i, links=1), False)
            return found if found and found[0] and found[0].said_by_prophet else None
        return None

    def _ascribed(self, i: int, last: int, start: int) -> _Found:
        """«روى مسلم عن …» and «رواه أبو هريرة رضي الله عنه … قال:»."""
        tokens = self.tokens
        hit = tokens.at(i)
        phrase = self.gatherer.read(hit) if hit else None
        if phrase is None:
            named = tokens.ids[i] in self.verb and tokens.close(last) and self._person(last + 1)
            return self._follow(start, _Walk(last + 1, links=1), False) if named else None
        after = max(a.last for a in phrase.atoms if a.kind not in ("narrator", "said_by")) + 1
        if not phrase.active or phrase.bracketed or after >= len(tokens):
            return None
        leads = tokens.at(after, "word:from")
        if leads is None or tokens.starts[after] - phrase.span.end > 3 or not self._person(leads.last + 1):
            return None
        return self._follow(start, _Walk(after), False)

    def _person(self, i: int) -> bool:
        """Whether the name at token `i` is a narrator's or the Prophet's."""
        tokens = self.tokens
        if i >= len(tokens) or _STOP.search(tokens.before(i)):
            return False
        if tokens.at(i, "word:prophet"):
            return True
        named = self.people.name_at(i)
        if named is None:
            return False
        last, known = named
        text = tokens.text[tokens.starts[i] : tokens.ends[last]]
        if ON.fullmatch(text):
            return False
        return self.people.honoured(last) or ((known is not None or last > i) and self._goes_on(last))

    def _goes_on(self, last: int) -> bool:
        i = self.people.behind_honour(last + 1)
        if _COLON.match(self.tokens.text, self.tokens.ends[i - 1]):
            return True
        if i >= len(self.tokens) or _STOP.search(self.tokens.before(i)):
            return False
        return self.tokens.ids[i] in self.speech or self.tokens.ids[i] in self.link

    # ------------------------------------------------------------ along the chain

    def _follow(self, start: int, walk: _Walk, opened: bool) -> _Found:
        tokens, first = self.tokens, walk.at
        if walk.links:
            self._name(walk)
        while walk.at < len(tokens) and walk.at - first < _LONGEST:
            if walk.strong >= 0 and not self._beyond_colon(walk):
                break
            if not self._step(walk):
                break
        if walk.strong < 0 and walk.names:
            self._bridge(walk)
        end = (
            walk.strong if walk.strong >= 0 else walk.weak if walk.names and not self._noun_led(start) else -1
        )
        if end < 0 or (opened and walk.links < 2 and walk.strong < 0):
            return None, walk.at  # a chain begun further on would run into the same end
        stop = first
        while stop < len(tokens) and tokens.starts[stop] < end:
            stop += 1
        names = tuple(name for name in walk.names if name.end <= end)
        if not names:  # «عن النبي ﷺ قال:» names whose words they are; it is no chain
            return None, walk.at
        return Isnad(span=Span(start, end), narrators=names, said_by_prophet=walk.prophet), stop

    def _bridge(self, walk: _Walk) -> None:
        """A few words before the colon: «… رضي الله عنه في صحيح مسلم: "…"», «أن النبي رأى رجلا فقال:»."""
        text, end = self.tokens.text, self.tokens.ends[walk.at - 1]
        match = _BRIDGE.match(text, end) or (_TOLD.match(text, end) if walk.prophet else None)
        if match:
            walk.strong = match.end(1)

    def _noun_led(self, start: int) -> bool:
        """Whether the chain begins with «حديث»: then it is one only if a colon ends it."""
        i = bisect_left(self.tokens.starts, start)
        return i < len(self.tokens) and self.tokens.ids[i] in self.noun

    def _beyond_colon(self, walk: _Walk) -> bool:
        """Behind a colon only a further link goes on («قال: سمعت …», «قال: قال رسول الله ﷺ:»)."""
        tokens, i = self.tokens, walk.at
        if walk.strong < tokens.ends[i - 1]:
            return True
        if not _QUOTED_SPEECH.match(tokens.text[walk.strong : tokens.starts[i]]):
            return False
        spoken = tokens.at(i, "word:prophet")  # "… who said: The Prophet said:"
        if spoken and spoken.start == tokens.starts[i]:
            return self._speaks_to_colon(spoken.last)
        if tokens.ids[i] in self.open or (tokens.ids[i] in self.link and tokens.ids[i] not in self.speech):
            return self._person(i + 1) or tokens.ids[i] in self.open
        after = i + 2 if i + 1 < len(tokens) and tokens.ids[i + 1] in self.whom else i + 1
        hit = tokens.at(after, "word:prophet") if tokens.ids[i] in self.speech else None
        return hit is not None and self._speaks_to_colon(hit.last)

    def _speaks_to_colon(self, last: int) -> bool:
        i = self.people.behind_honour(last + 1)
        end = self.tokens.ends[i - 1]
        if i < len(self.tokens) and self.tokens.ids[i] in self.speech and len(self.tokens.before(i)) < 6:
            end = self.tokens.ends[i]
        return bool(_COLON.match(self.tokens.text, end))

    def _step(self, walk: _Walk) -> bool:
        """One link, name, verb of speech or mention of the Prophet; False where the chain ends."""
        tokens, i = self.tokens, walk.at
        if i and walk.links and walk.strong < tokens.ends[i - 1] and _STOP.search(tokens.before(i)):
            return False
        if not self.people.kept[i] or tokens.ids[i] == "":
            walk.at = i + 1
            self._note_colon(walk)
            return True
        prophet = tokens.at(i, "word:prophet")
        if prophet and walk.links:
            walk.at, walk.prophet = self.people.behind_honour(prophet.last + 1), True
            self._note_colon(walk)
            return True
        if tokens.ids[i] in self.link or _led(tokens, i, self.link):
            walk.links += 1
            walk.at = i + 1
            return self._name(walk)
        framed = walk.prophet and tokens.ids[i] in self.frame
        if tokens.ids[i] in self.speech or tokens.ids[i] in self.whom or framed:
            walk.at = i + 1
            self._note_colon(walk)
            return True
        return False

    def _note_colon(self, walk: _Walk) -> None:
        match = _COLON.match(self.tokens.text, self.tokens.ends[walk.at - 1])
        if match:
            walk.strong = match.end()

    def _name(self, walk: _Walk) -> bool:
        """The name behind a link, up to the next link, verb of speech or comma."""
        tokens, begin = self.tokens, walk.at
        if begin >= len(tokens) or tokens.at(begin, "word:prophet"):
            return begin < len(tokens)
        i = begin
        while i < len(tokens) and i - begin < _LONGEST_NAME and self.people.kept[i]:
            if i > begin and (tokens.ids[i] in self.link or tokens.ids[i] in self.speech):
                break
            gap = tokens.before(i)
            if i > begin and (_END.search(gap) or ("\n" in gap and tokens.ids[i - 1] not in GOES_ON)):
                break
            i += 1
        if i == begin:
            return False
        walk.names.append(Span(tokens.starts[begin], tokens.ends[i - 1]))
        honoured = self.people.honoured(i - 1)
        walk.at = self.people.behind_honour(i)
        if honoured and self._goes_on(i - 1):
            walk.weak = self.people.with_honour(i - 1)
            comma = re.compile(r"[،,]").match(tokens.text, walk.weak)
            walk.weak = comma.end() if comma else walk.weak
        self._note_colon(walk)
        return True


def _led(tokens: Tokens, i: int, link: frozenset[int | str]) -> bool:
    """Whether token `i` is a link with «و» or «ف» joined to it."""
    led = tokens.lexicon.first.get(tokens.ids[i])
    return led is not None and led[1] in ("و", "ف") and led[0] in link
