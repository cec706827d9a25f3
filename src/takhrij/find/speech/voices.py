"""From openers, marks and sections to voices: where what somebody says begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from takhrij.find.claims.lexicon import lexicon
from takhrij.find.speech.cited import works_cited
from takhrij.find.speech.marks import Marks, Pair, quotation_marks
from takhrij.find.speech.openers import Opener, openers, words_of_speech
from takhrij.find.speech.told import camp_before, told_voices
from takhrij.model import (
    THE_TEXT,
    Cue,
    Discourse,
    Document,
    Section,
    SectionRole,
    Span,
    Structure,
    Voice,
    VoiceEnd,
    WorkCited,
    replace,
)
from takhrij.text import Simple, pattern, simple

_PARTS: dict[SectionRole, str] = {
    "question": "the question",
    "answer": "the answer",
    "editor_note": "an editor",
    "footnote": "a note",
}
_LEAVES = ("paragraph", "quote", "footnote", "greeting", "closing", "signature", "date", "table", "title")
_UNNAMED = "a quoted text"
_OPENING = '“„«"'
_BLANK = re.compile(r"[ \t\u00a0*_]*(?:\n[\s>*_]*)?")
_SENTENCE = re.compile(  # or where the one who tells it says which of two is better
    r"[.؟?!](?=[\s\"”»)]|\Z)|\n|[،,](?= [وف]?ال[أا]ول (?:[أا]ول[ىي]|[أا]صح|[أا]رجح|[أا]جود|[أا]قوى|[أا]ظهر))"
)
_REACH = 6000  # code points in which the word that closes a quotation is looked for
_NAMED_BEFORE = 700  # code points between a work and "it says"
_BLOCKS = 6  # paragraphs that a quotation without marks may take up
_DEEPEST = 12  # voices inside each other; what is told further inside is of the twelfth
_SECOND = 2


def speech(
    document: Document,
    built: Structure,
    plain: Simple | None = None,
    works: Sequence[WorkCited] | None = None,
    told: bool = False,
) -> Discourse:
    """Who speaks where in a document. `told` adds what is told of others unquoted.

    plain, works: what `simple` and `works_cited` give for it, where they are at hand.
    """
    plain = plain or simple(document.text)
    teller = _Teller(document, built, plain, works_cited(document.text, plain) if works is None else works)
    voices = [*_parts(document, built), *teller.voices()]
    if told:
        voices += told_voices(document.text, plain)
    return Discourse(voices=tuple(_nested(voices)))


def _parts(document: Document, built: Structure) -> Iterator[Voice]:
    """The outermost voices: the question, the answer, a note; "the text" for all that lies between them."""
    at = 0
    for section in built.root.walk():
        who = _PARTS.get(section.role)
        if who is None or section.span.start < at:
            continue
        if section.span.start > at:
            yield Voice(span=Span(at, section.span.start), who=THE_TEXT, kind="part", ends="section")
        yield Voice(span=section.span, who=who, kind="part", ends="section")
        at = section.span.end
    if at < len(document.text):
        yield Voice(span=Span(at, len(document.text)), who=THE_TEXT, kind="part", ends="section")


def _nested(voices: list[Voice]) -> Iterator[Voice]:
    """The voices in order; one that reaches out of another is cut, one that is there twice left out."""
    stack: list[Voice] = []
    for voice in sorted(voices, key=lambda one: (one.span.start, -one.span.end)):
        while stack and stack[-1].span.end <= voice.span.start:
            stack.pop()
        if stack and voice.span.end > stack[-1].span.end:
            voice = replace(voice, span=Span(voice.span.start, stack[-1].span.end))
        if stack and stack[-1].who == voice.who and stack[-1].span == voice.span:
            continue
        if voice.span.end > voice.span.start:
            stack.append(voice)
            yield voice


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {name: pattern(*forms) for name, forms in words_of_speech()["ends"].items()}


@lru_cache(maxsize=1 << 12)
def _form(name: str) -> str:
    return simple(name).text


@cache
def _companions() -> frozenset[str]:
    """Narrators by their Arabic and Latin names, simple."""
    known = [form for name, (_, forms) in lexicon().names.items() for form in (name, *forms)]
    return frozenset(simple(form).text for form in known)


class _Teller:
    """Follows the openers of one text in order."""

    def __init__(
        self, document: Document, built: Structure, plain: Simple, works: Sequence[WorkCited]
    ) -> None:
        self.text = document.text
        self.plain = plain
        self.marks: Marks = quotation_marks(self.text)
        self.pairs: dict[int, Pair] = {pair.start: pair for pair in (*self.marks.pairs, *self.marks.unclosed)}
        self.blocks: list[Span] = [block.span for block in document.blocks] or [Span(0, len(self.text))]
        self.block_starts = [span.start for span in self.blocks]
        self.leaf_starts, self.limits = _limits(built.root)
        self.enclosing: list[Pair] = []
        self.open_voices: list[Voice] = []
        self.named = ""  # who was named last
        self.works = works
        self.work_ends = [work.span.end for work in works]
        self.words: dict[str, list[int]] = {}  # where the words that close speech stand, by their kind

    def voices(self) -> Iterator[Voice]:
        found = list(openers(self.text, self.plain, [pair - 1 for pair in sorted(self.pairs)]))
        following = _siblings(found, sorted(self.pairs.values(), key=lambda pair: pair.start), len(self.text))
        pairs, at_pair = sorted(self.pairs.values(), key=lambda pair: pair.start), 0
        after = [*(opener.cue.start for opener in found), len(self.text)][1:]
        for opener, sibling, next_cue in zip(found, following, after, strict=True):
            at = opener.cue.start
            while at_pair < len(pairs) and pairs[at_pair].start <= at:
                self.enclosing.append(pairs[at_pair])
                at_pair += 1
            self.enclosing = [pair for pair in self.enclosing if pair.end > at]
            self.open_voices = [voice for voice in self.open_voices if voice.span.end > at]
            voice = self._voice(opener, sibling, next_cue) if len(self.open_voices) < _DEEPEST else None
            if voice:
                self.open_voices.append(voice)
                yield voice

    def _voice(self, opener: Opener, sibling: int, next_cue: int) -> Voice | None:
        blank = _BLANK.match(self.text, opener.end)
        start = blank.end() if blank else opener.end
        new_block = "\n" in self.text[opener.end : start]
        marked = self.text[start : start + 1] in _OPENING and self.text[start : start + 1] != ""
        if opener.kind == "person" and not marked and self._in_matter():
            return None
        who = self._who(opener, marked or new_block)
        if not who:
            return None
        if opener.kind == "person" and opener.name:
            self.named = opener.name
        pair = self.pairs.get(start + 1) if marked else None
        ends: VoiceEnd = "mark"
        if pair:
            start = pair.start
            end, ends = (pair.end, ends) if pair.end >= 0 else self._unclosed(start)
        elif opener.kind in ("prophet", "god"):
            end, ends = self._sentence(start)
            end = min(end, next_cue)
        elif new_block:
            end, ends = self._blocks(start)
        else:
            end, ends = self._unmarked(opener, start, sibling)
        kind = opener.kind
        if kind == "person" and _form(who) in _companions():
            kind = "companion"
        cue = Cue(text=self.text[opener.cue.start : opener.cue.end], span=opener.cue)
        return Voice(span=Span(start, end), who=who, kind=kind, cue=cue, ends=ends) if end > start else None

    def _who(self, opener: Opener, marked: bool) -> str:
        """The name, with the book where both are given; of a pronoun the last one that was named."""
        if opener.name:
            return f"{opener.name}, {opener.work}" if opener.work and opener.kind == "person" else opener.name
        if opener.kind == "person":
            return camp_before(self.text, self.plain, opener.cue.start) or self.named
        return self._last_work(opener.cue.start) or (_UNNAMED if marked else "")

    def _last_work(self, before: int) -> str:
        """The work that was named last; an article alone is one of the code that was named last with one."""
        named = self.works[: bisect_right(self.work_ends, before)]
        if not named or before - named[-1].span.end > _NAMED_BEFORE:
            return ""
        last = named[-1]
        article = last.place if last.place and not last.place[0].isdigit() else ""
        titles = (one.title for one in reversed(named) if one.title and bool(article) == (" " in one.place))
        title = last.title or next(titles, "")
        return ", ".join(part for part in (title, article) if part)

    def _in_matter(self) -> bool:
        """Whether one stands inside marks that let nobody speak, or scripture: who speaks there is told."""
        if not self.enclosing:
            return False
        inner = max(self.enclosing, key=lambda pair: pair.start)
        spoken = [voice for voice in self.open_voices if voice.span.start == inner.start]
        return not spoken or spoken[-1].kind in ("prophet", "god") or spoken[-1].who == _UNNAMED

    # ------------------------------------------------------------ ends

    def _bound(self, start: int) -> int:
        """The end of the section and of the marks in which a place stands."""
        at = bisect_right(self.leaf_starts, start) - 1
        bound = self.limits[at] if at >= 0 else len(self.text)
        closed = [pair.end for pair in self.enclosing if pair.end > start]
        return min([bound, *closed, *(voice.span.end for voice in self.open_voices if voice.ends == "mark")])

    def _search(self, name: str, start: int, end: int) -> int | None:
        """Where a word of that kind begins between two places."""
        if name not in self.words:
            found = _words()[name].finditer(self.plain.text)
            self.words[name] = [self.plain.span(*match.span()).start for match in found]
        place = bisect_left(self.words[name], start)
        stop = min(end, start + _REACH)
        known = self.words[name][place : place + 1]
        return known[0] if known and known[0] < stop else None

    def _paragraph(self, start: int) -> int:
        """The number of the paragraph in which a place stands."""
        return max(0, bisect_right(self.block_starts, start) - 1)

    def _sentence(self, start: int) -> tuple[int, VoiceEnd]:
        bound = self._bound(start)
        found = _SENTENCE.search(self.text, start, bound)
        return (found.start() if found else bound), "sentence"

    def _unclosed(self, start: int) -> tuple[int, VoiceEnd]:
        """A quotation that no mark closes: up to a closing word, or the section's concluding paragraph."""
        bound = self._bound(start)
        word = self._search("end", start, bound)
        if word is not None:
            return word, "word"
        first, last = self._paragraph(start), self._paragraph(max(start, bound - 1))
        for number in range(last, first, -1):
            at = self.plain.at(self.blocks[number].start)
            if _words()["concludes"].match(self.plain.text, at):
                return self.blocks[number - 1].end, "section"
        return (bound, "section") if last > first else (self.blocks[first].end, "paragraph")

    def _blocks(self, start: int) -> tuple[int, VoiceEnd]:
        """What follows on new lines: up to a stray closing mark or a closing word, else one paragraph."""
        bound = self._bound(start)
        first = self._paragraph(start)
        reach = self.blocks[min(first + _BLOCKS, len(self.blocks)) - 1].end
        bound = min(bound, reach)
        place = bisect_left(self.marks.strays, start)
        stray = self.marks.strays[place] if place < len(self.marks.strays) else len(self.text)
        word = self._search("end", start, bound)
        end = min(stray, word if word is not None else len(self.text))
        if end < bound:
            return end, "mark" if end == stray else "word"
        return min(bound, self.blocks[first].end), "paragraph"

    def _unmarked(self, opener: Opener, start: int, following: int) -> tuple[int, VoiceEnd]:
        """Speech without marks: to a closing word, the next speaker, the author's return, the paragraph."""
        bound = self._bound(start)
        number = self._paragraph(start)
        last = self.blocks[min(number + _BLOCKS, len(self.blocks)) - 1].end
        word = self._search("end", start, min(bound, last))
        taken = any(voice.ends == "word" for voice in self.open_voices)  # the word closes an outer voice
        if word is not None and not taken and (word < following or opener.work or opener.kind == "book"):
            return word, "word"
        paragraph = min(bound, self._quoted_on(number))
        inside = any(voice.ends in ("word", "paragraph") for voice in self.open_voices)
        if taken or (not opener.joined and inside):
            end, ends = self._sentence(start)
            return min(end, following if following > start else end), ends
        begins = self.blocks[number].start
        if not self.text[begins : opener.cue.start].strip(" \t\u00a0*_-وف") or opener.work:
            resumed = self._search("resumes", start, paragraph)
        elif self._quoted_on(number) == self.blocks[number].end:
            resumed = self._sentence(start)[0]
        else:
            resumed = None
        end = min(paragraph, following if following > start else paragraph, resumed or paragraph)
        return end, "paragraph" if end == paragraph else "sentence"

    def _quoted_on(self, number: int) -> int:
        """The end of a paragraph; where it ends with a colon, of the quoted paragraphs that it announces."""
        end = self.blocks[number].end
        if self.text[max(0, end - 20) : end].rstrip(" \t\u00a0*_\r")[-1:] not in (":", "："):
            return end
        for block in self.blocks[number + 1 :]:
            pair = self.pairs.get(block.start + 1) if self.text[block.start] in _OPENING else None
            if pair is None or pair.end < 0 or block.end - pair.end > 4:
                break
            end = block.end
        return end


def _siblings(found: list[Opener], pairs: list[Pair], end: int) -> list[int]:
    """For each opener where the next one stands that speaks after it: joined, inside the same marks."""
    inner: list[int] = []
    stack: list[Pair] = []
    at_pair = 0
    for opener in found:
        while at_pair < len(pairs) and pairs[at_pair].start <= opener.cue.start:
            stack.append(pairs[at_pair])
            at_pair += 1
        while stack and stack[-1].end <= opener.cue.start:
            stack.pop()
        inner.append(stack[-1].start if stack else -1)
    last: dict[int, int] = {}
    result = [end] * len(found)
    for place in range(len(found) - 1, -1, -1):
        result[place] = last.get(inner[place], end)
        if found[place].joined:
            last[inner[place]] = found[place].cue.start
    return result


def _limits(root: Section) -> tuple[list[int], list[int]]:
    """For each paragraph, by its start, the end of the section that it stands in."""
    found: list[tuple[int, int]] = []

    def visit(section: Section) -> None:
        found.append((section.span.start, section.span.end))
        for part in section.sections:
            if part.role in _LEAVES or not part.sections:
                found.append((part.span.start, section.span.end))
            else:
                visit(part)

    visit(root)
    found.sort()
    return [start for start, _ in found], [end for _, end in found]
