"""Citation phrases: pieces that stand together, gathered from left to right and seen in their brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from takhrij.find.claims import grades, reference, works
from takhrij.find.claims.atoms import Atom
from takhrij.find.claims.lexicon import token_set
from takhrij.find.claims.people import People
from takhrij.find.claims.tokens import Match, Tokens
from takhrij.model import Span

_JOINT = re.compile(r"[\s*_>،,؛;:\-–—(\[/+&]{0,8}\Z")
_PARAGRAPH = re.compile(r"\n\s*\n")
_MOST_JOINTS = 4
_TITLE_QUOTE = '«"'
_OPENERS, _CLOSERS = "([{﴿﴾", ")]}﴾﴿["
_REST = re.compile(r"[^()\[\]{}﴿﴾\n\"«»]{0,80}")
_LEAD_IN = re.compile(r"[(\[{﴿﴾][^()\[\]{}﴿﴾\n\"«»:]{0,30}\Z")
_QUOTE_END = re.compile(r"[\"”»'’}﴾﴿)\]>…\n.؟!]\Z")
_CLOSING = tuple('"”»’﴾}')
_PART_ENDS = tuple("،,:؛;-–(/")
_OPENING = " \t*_([{﴿﴾،,"
_ANNOUNCES = re.compile(r"[\s*_]{0,3}[:：]|[\s*_]{0,3}[«\"“{﴿]")
LEAD_KINDS = ("collection", "reference", "ibid")


@dataclass(slots=True)
class Phrase:
    """A citation phrase: its pieces, its span without brackets, and whether brackets enclose it."""

    atoms: list[Atom] = field(default_factory=list)
    span: Span = field(default_factory=lambda: Span(0, 0))
    bracketed: bool = False
    active: bool = False  # «روى البخاري …»: the quotation follows
    lead: Span | None = None  # the verb that it begins with
    first: int = 0  # its first token
    stop: int = 0  # the first token behind it

    @property
    def last(self) -> Atom:
        """Its last piece."""
        return self.atoms[-1]


class Gatherer:
    """Reads citation phrases from a token on."""

    def __init__(self, tokens: Tokens, people: People) -> None:
        self.tokens = tokens
        self.people = people
        self.rejected = 0  # behind the last phrase that was read and was no citation
        self.join = token_set("", "join")
        self.place = token_set("", "place")
        self.active = token_set("", "active")
        self.excepted = token_set("", "except")
        self.ahead = token_set("", "ascribe_ahead")
        self.trail = token_set("", "trail")
        self.titles = token_set("", "generic_titles")

    def read(self, hit: Match) -> Phrase | None:
        """The phrase that begins with `hit`, if it is a citation."""
        phrase = Phrase(first=hit.first)
        first = self._piece(hit, phrase)
        if not first:
            return None
        phrase.atoms += first
        self._follow(phrase)
        phrase.stop = max(atom.last for atom in phrase.atoms) + 1
        self._trim(phrase)
        while phrase.atoms:
            core = [atom for atom in phrase.atoms if atom.kind in LEAD_KINDS]
            if not core:
                break
            start, end = self._extent(phrase)
            self._bracket(phrase, start, max(end, self._close(phrase, end)))
            if self._holds(phrase, core):
                return phrase
            self._drop_to_lead(phrase)
        self.rejected = phrase.stop
        return None

    def _drop_to_lead(self, phrase: Phrase) -> None:
        """«قال أحمد … ورواه مسلم»: where the whole is no citation, what begins with the next verb may be."""
        at = next((k for k, atom in enumerate(phrase.atoms) if k and atom.kind == "lead"), len(phrase.atoms))
        phrase.atoms = phrase.atoms[at:]
        if phrase.atoms:
            phrase.first = bisect_right(self.tokens.starts, phrase.atoms[0].span.start) - 1

    # ------------------------------------------------------------ pieces

    def _piece(self, hit: Match, phrase: Phrase) -> list[Atom]:
        tokens = self.tokens
        kinds = {kind for kind, _ in hit.entries}
        found: Atom | None = None
        if "word:sura" in kinds:
            found = reference.named_sura(tokens, hit)
        if found is None and "named_verse" in kinds:
            span = Span(hit.start, tokens.ends[hit.last])
            found = Atom("reference", span, hit.last, (f"quran:{hit.value('named_verse')}",), True)
        if found is None and "word:quran" in kinds:
            found = reference.quran_numbers(tokens, hit)
        if found is None and "word:verse" in kinds:
            found = reference.verse_first(tokens, hit)
        if found is None and "work" in kinds:
            found = works.work(tokens, hit)
        if found is None and "formula" in kinds:
            found = works.formula(tokens, hit)
        if found is None and "author" in kinds:
            found = works.author(tokens, hit)
        if found is None and "sura" in kinds:
            found = reference.bare_name(tokens, hit)
        if found is None and "word:ibid" in kinds:
            ibid = Atom("ibid", Span(hit.start, tokens.ends[hit.last]), hit.last, (), True)
            return [ibid, *reference.of_same_sura(tokens, hit)]
        if found is None and "word:ascribe" in kinds:
            return [Atom("lead", Span(hit.start, tokens.ends[hit.last]), hit.last)]
        if found is None and (remark := hit.value("wording")) in ("basis", "own"):
            found = Atom("wording", Span(hit.start, tokens.ends[hit.last]), hit.last, (remark or "",))
        if found is None and phrase.atoms:
            return self._addition(hit, kinds, phrase)
        return [found] if found else []

    def _addition(self, hit: Match, kinds: set[str], phrase: Phrase) -> list[Atom]:
        """What only stands inside a citation: a remark on the wording, a grade, a narrator."""
        tokens = self.tokens
        if "wording" in kinds:
            span = Span(hit.start, tokens.ends[hit.last])
            return [Atom("wording", span, hit.last, (hit.value("wording") or "",))]
        if "grade_verb" in kinds:
            return grades.graded_by(tokens, hit, self.compiler(phrase))
        if "grade_alone" in kinds:
            return [grades.ungraded(tokens, hit)]
        if "word:from" in kinds:
            return self.people.narrator(hit, True)
        named = self.people.named(hit) if "narrator" in kinds else None  # «رواه مسلم من حديث أنس»
        return [named] if named else []

    def compiler(self, phrase: Phrase) -> str | None:
        """The compiler named last before «وصححه»."""
        for atom in reversed(phrase.atoms):
            if atom.kind == "collection":
                for i in range(atom.last, max(-1, atom.last - 5), -1):
                    named = self.tokens.at(i, "author")
                    if named and self.tokens.starts[i] >= atom.span.start - 1:
                        return grades.grader_name(self.tokens.lexicon, named)
        return None

    def _follow(self, phrase: Phrase) -> None:
        tokens = self.tokens
        while len(phrase.atoms) < 40:
            last, end = phrase.last.last, phrase.last.end
            limit = tokens.starts[last + 1] if last + 1 < len(tokens) else len(tokens.text)
            if phrase.last.kind != "lead":
                if any(a.kind in ("collection", "ibid") for a in phrase.atoms):
                    count = works.number_after(tokens, last, end, limit)
                    if count and count.end > end:
                        phrase.atoms.append(count)
                        continue
                section = works.chapter(tokens, last, end)
                if section:
                    phrase.atoms.append(section)
                    continue
            more = self._next(phrase, last + 1, end)
            if not more:
                return
            phrase.atoms += more

    def _next(self, phrase: Phrase, i: int, end: int) -> list[Atom]:
        """The piece that follows, over at most a few joining words."""
        tokens, joints, excepted = self.tokens, 0, False
        while i < len(tokens) and joints <= _MOST_JOINTS:
            gap = tokens.text[max(end, tokens.ends[i - 1]) if i else end : tokens.starts[i]]
            if note := works.NOTE.match(gap):  # «البخاري(2) ومسلم(3)»
                gap = gap[note.end() :]
            quoted = gap.strip()[-1:] in _TITLE_QUOTE if gap.strip() else False
            if not _JOINT.match(gap.rstrip(_TITLE_QUOTE) if quoted else gap) or _PARAGRAPH.search(gap):
                return []
            if "(" in gap and ("\n" in gap or phrase.last.kind in ("lead", "ibid")):
                return []
            hit = tokens.at(i)
            if hit:
                found = self._piece(hit, phrase)
                if found and quoted and found[0].kind != "collection":
                    return []
                if found and (found[0].kind != "lead" or joints or phrase.atoms[0].kind != "lead"):
                    found[0].excepted = excepted
                    return found if found[0].kind != "lead" or self._leads_on(found[0]) else []
            if quoted or not (
                tokens.ids[i] in self.join or tokens.ids[i] == "" or tokens.ids[i] in self.excepted
            ):
                return []
            excepted = excepted or tokens.ids[i] in self.excepted
            i += 1
            joints += 1
        return []

    def _leads_on(self, lead: Atom) -> bool:
        """«… ورواه مسلم»: a second verb goes on with the citation only if a compiler follows."""
        after = self.tokens.at(lead.last + 1, "author", "work", "formula")
        return after is not None and self.tokens.close(lead.last)

    # ------------------------------------------------------------ extent

    def _close(self, phrase: Phrase, end: int) -> int:
        """`end`, past «وغيره», «أيضا» and a title that is none of the compiler's works."""
        tokens, i = self.tokens, phrase.last.last + 1
        if phrase.last.kind != "collection" or i >= len(tokens) or not tokens.close(i - 1):
            return end
        if tokens.ids[i] in self.trail:
            return tokens.ends[i]
        if (
            i + 1 < len(tokens)
            and tokens.ids[i] in works.IN
            and tokens.ids[i + 1] in self.titles
            and tokens.close(i)
        ):
            return tokens.ends[i + 1]
        return end

    def _trim(self, phrase: Phrase) -> None:
        if any(atom.kind == "collection" for atom in phrase.atoms):  # «أبو محمد البغوي» names no sura
            phrase.atoms = [a for a in phrase.atoms if a.sure or a.kind != "reference"]
        elif any(atom.sure and atom.kind == "reference" for atom in phrase.atoms):
            phrase.atoms = [
                a for a in phrase.atoms if a.sure or not reference.may_be_a_person(self.tokens, a)
            ]
        while phrase.atoms and phrase.last.kind == "lead":
            phrase.atoms.pop()

    def _extent(self, phrase: Phrase) -> tuple[int, int]:
        atoms = [atom for atom in phrase.atoms if atom.kind not in ("narrator", "said_by")]
        if phrase.atoms[0].kind == "lead":
            phrase.lead = phrase.atoms[0].span
            phrase.active = self.tokens.ids[phrase.atoms[0].last] in self.ahead or self._is_ahead(phrase)
        return min(a.span.start for a in atoms), max(a.end for a in atoms)

    def _is_ahead(self, phrase: Phrase) -> bool:
        led = self.tokens.lexicon.first.get(self.tokens.ids[phrase.first])
        return led is not None and led[0] in self.ahead

    def _bracket(self, phrase: Phrase, start: int, end: int) -> None:
        """Widen the span to the whole of the brackets that enclose nothing but the citation."""
        text = self.tokens.text
        opened = _LEAD_IN.search(text, max(0, start - 32), start)
        narrators = [a for a in phrase.atoms if a.kind in ("narrator", "said_by")]
        until = max([end, *(self.people.with_honour(a.last) for a in narrators)])
        rest = _REST.match(text, until)
        closed = rest.end() if rest and text[rest.end() : rest.end() + 1] in tuple(_CLOSERS) else -1
        if opened and closed < 0 and _open_inside(text[start:until]):
            closed = _balanced(text, start, until)
        near = opened is not None and self._only_citation(opened.start() + 1, start)
        if near and opened is not None and 0 <= closed - until <= 60:
            phrase.bracketed = True
            left = opened.start() + 1
            phrase.span = _trimmed(text, left, closed)
            return
        phrase.span = Span(start, _with_closing(text, start, end))

    def _only_citation(self, left: int, start: int) -> bool:
        """Whether what stands between the opening bracket and the first piece belongs to a citation."""
        words = self.tokens.text[left:start].split()
        return len(words) <= 3

    def _holds(self, phrase: Phrase, core: list[Atom]) -> bool:
        text, tokens = self.tokens.text, self.tokens
        collections = any(atom.kind == "collection" for atom in core)
        worded = phrase.atoms[0].kind == "wording" and collections
        if worded or any(atom.sure for atom in core) or (phrase.lead is not None and collections):
            return True
        kinds = {atom.kind for atom in phrase.atoms}
        if "collection" in kinds and kinds & {"number", "chapter", "grade"}:
            return True
        if "collection" in kinds and self._is_sentence(phrase):
            return True
        first = core[0]
        if phrase.bracketed:
            behind = text[max(a.end for a in phrase.atoms) : phrase.span.end]
            alone = first.span.start - phrase.span.start < 3 and (
                len(behind) <= 2 or behind.lstrip()[:1] in _PART_ENDS
            )
            quoted = bool(
                _QUOTE_END.search(text[max(0, phrase.span.start - 16) : phrase.span.start].rstrip(_OPENING))
            )
            if first.kind == "reference":
                return alone and quoted and len(behind) <= 2
            return (alone and quoted) or len(core) > 1
        if first.kind == "reference":
            return False
        return self._in_prose(phrase, first, tokens)

    def _is_sentence(self, phrase: Phrase) -> bool:
        """ "“…” Agreed upon.": a sentence of its own right behind a quotation."""
        text, (start, end) = self.tokens.text, phrase.span
        behind = text[max(0, start - 4) : start].rstrip()[-1:] in _CLOSING
        return behind and text[end : end + 1] == "."

    def _in_prose(self, phrase: Phrase, first: Atom, tokens: Tokens) -> bool:
        """A bare name in prose: "in Abu Dawud and Ibn Maja", «عند مسلم», "Ahmad and al-Nasa'i narrated"."""
        i = phrase.last.last + 1
        if i < len(tokens) and tokens.ids[i] in self.active and len(tokens.before(i)) < 4:
            phrase.active = True
            return True
        named = tokens.at(phrase.first, "author")
        if named and named.particle.endswith("ل"):  # «ولمسلم: «…»», «ولابن ماجه معناه», «واللفظ لمسلم»
            worded = any(atom.kind == "wording" for atom in phrase.atoms)
            return worded or bool(_ANNOUNCES.match(tokens.text, phrase.last.span.end))
        j = first.last
        while j >= 0 and tokens.starts[j] >= first.span.start:
            j -= 1
        while j >= 0 and tokens.ids[j] == "":
            j -= 1
        if j < 0 or tokens.ids[j] not in self.place or len(tokens.gap(j)) > 4:
            return False
        named = tokens.at(j + 1, "author")
        key = named.value("author") if named else None
        if key is None and named is None:
            return any(a.says != first.says for a in phrase.atoms if a.kind == "collection")
        return key not in works.jurists() or any(
            a.kind == "collection" and a.says[0] not in works.jurists_works() for a in phrase.atoms
        )


def _open_inside(piece: str) -> bool:
    return piece.count("(") > piece.count(")") or piece.count("[") > piece.count("]")


def _balanced(text: str, start: int, end: int) -> int:
    """The closing bracket behind `end`, past the one that closes a bracket opened inside."""
    window = text[end : end + 80]
    first = window.find(")")
    if first < 0 or "\n" in window[:first]:
        return -1
    rest = _REST.match(text, end + first + 1)
    stop = rest.end() if rest else -1
    return stop if text[stop : stop + 1] in tuple(_CLOSERS) else -1


def _with_closing(text: str, start: int, end: int) -> int:
    """`end`, past the closing bracket or mark of one opened inside."""
    if text[start:end].count("«") > text[start:end].count("»") and text[end : end + 1] == "»":
        end += 1
    if _open_inside(text[start:end]):
        match = re.compile(r"[^()\[\]\n]{0,40}[)\]]").match(text, end)
        if match:
            return match.end()
    return end


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in ' \t\n*_"':
        start += 1
    while end > start and text[end - 1] in ' \t\n*_"،,':
        end -= 1
    return Span(start, end)
