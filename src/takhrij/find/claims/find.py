"""All claims of a text, in the order in which they stand in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from takhrij.find.claims import grades, reference
from takhrij.find.claims.atoms import Atom
from takhrij.find.claims.citation import Gatherer, Phrase
from takhrij.find.claims.lexicon import phrase_tokens, token_set
from takhrij.find.claims.model import Direction, Meaning, RawClaim
from takhrij.find.claims.reading import Reading, read_for_claims
from takhrij.find.claims.sayings import sayings
from takhrij.find.claims.tokens import Match
from takhrij.model import ClaimKind, Span

_CITED = frozenset(
    (
        "sura",
        "named_verse",
        "author",
        "work",
        "formula",
        "word:sura",
        "word:verse",
        "word:quran",
        "word:ascribe",
        "word:ibid",
    )
)
_SPOKEN = frozenset(("word:prophet", "word:god", "word:spoken", "narrator", "author"))
_AFTER = re.compile(r"[\s*_)\]}﴾﴿(`>]{0,8}(?:[:：]|[\s،,*_\-]{0,3}[\"“«{﴿<])")
_BEFORE = re.compile(r"[\"”»'’}﴾﴿)>…][\s*_.،,>\-–(\[{\n\]]{0,16}\Z")
_SOME_SURA = "quran:*:"
_VERSE_WORDS = frozenset(phrase_tokens("الآية") + phrase_tokens("السورة") + phrase_tokens("verse"))


def find_claims(text: str, reading: Reading | None = None) -> tuple[RawClaim, ...]:
    """Everything that `text` says about its quotations, by position.

    `reading` is what `read_for_claims` made of the same text, where it is at hand (chains use it too).
    """
    reader = _Reader(read_for_claims(text) if reading is None else reading)
    return tuple(sorted(reader.claims(), key=lambda claim: (claim.span, claim.kind)))


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.text = reading.tokens.text
        self.tokens = reading.tokens
        self.people = reading.people
        self.gatherer = Gatherer(self.tokens, self.people)
        self.spoken = -1  # the last token of the last words of speech
        self.previous: dict[str, RawClaim] = {}

    def claims(self) -> Iterator[RawClaim]:
        tokens, done = self.tokens, 0
        pairs = deque(reference.bracketed_pairs(tokens))
        for i in tokens.hits():
            while pairs and pairs[0].span.start < tokens.starts[i]:
                pair = pairs.popleft()
                if pair.last >= done - 1:
                    yield from self._pair(pair)
            if i < done:
                continue
            hit = tokens.at(i)
            if hit is None:
                continue
            kinds = {kind for kind, _ in hit.entries}
            if i < self.gatherer.rejected:
                pass
            elif kinds & _CITED or hit.value("wording") in ("basis", "own"):
                phrase = self.gatherer.read(hit)
                if phrase:
                    done = phrase.stop
                    while pairs and pairs[0].span.start < phrase.span.end:
                        pairs.popleft()
                    yield from self._emit(phrase)
                    continue
            yield from self._alone(hit, kinds)
        for pair in pairs:
            yield from self._pair(pair)

    def _pair(self, pair: Atom) -> Iterator[RawClaim]:
        if pair.sure or _BEFORE.search(self.text, max(0, pair.span.start - 20), pair.span.start):
            yield from self._emit(Phrase([pair], pair.span, True))

    def _alone(self, hit: Match, kinds: set[str]) -> Iterator[RawClaim]:
        """What stands outside citation phrases: narrators, speakers, judgements."""
        found: list[Atom] = []
        if "word:from" in kinds:
            found = self.people.narrator(hit, False)
        elif "word:qudsi" in kinds:
            found = [Atom("said_by", Span(hit.start, self.tokens.ends[hit.last]), hit.last, ("god",), True)]
        elif "grade_verb" in kinds:
            found = grades.graded_by(self.tokens, hit, None)
        elif kinds & {"author", "grader"}:
            judged = grades.said_of_it(self.tokens, hit)
            found = [judged] if judged else []
        if not found and "narrator" in kinds:
            named = self.people.named(hit)
            found = [named] if named else []
        if not found and kinds & _SPOKEN and hit.first > self.spoken:
            speaker = self.people.speaker(hit)
            if speaker:
                found, self.spoken = [speaker], speaker.last
        for atom in found:
            direction: Direction = "before" if atom.kind == "grade" else "after"
            yield self._claim(atom.kind, atom, atom.span, direction, atom.says)  # type: ignore[arg-type]

    # ------------------------------------------------------------ a phrase's claims

    def _emit(self, phrase: Phrase) -> Iterator[RawClaim]:
        direction = self._direction(phrase)
        earlier = [] if not phrase.atoms else self._looked_back(phrase)
        sura = self._same_sura(phrase)
        for kind, atom, says in sayings(self.text, phrase.atoms, earlier):
            if sura and says[:1] and says[0].startswith(_SOME_SURA):
                says = (f"{sura}:{says[0].removeprefix(_SOME_SURA)}",)
            elif sura and kind == "ibid":
                continue
            if kind == "ibid":
                yield from self._look_back(atom, phrase, direction)
                continue
            claim = self._claim(kind, atom, phrase.span, direction, says)
            if kind in ("reference", "collection"):
                self.previous[kind] = claim
                self.previous["any"] = claim
            yield claim
        compiler = self.gatherer.compiler(phrase)
        judged = grades.said_by_compiler(self.tokens, phrase.stop, compiler) if compiler else None
        if judged:
            yield self._claim("grade", judged, phrase.span, direction, judged.says)

    def _same_sura(self, phrase: Phrase) -> str | None:
        """The sura of an "ibid." with a verse of its own («السورة نفسها، الآية 6»)."""
        before = self.previous.get("any")
        kinds = {atom.kind for atom in phrase.atoms}
        verse = any(atom.says[0].startswith(_SOME_SURA) for atom in phrase.atoms if atom.says)
        if not (verse and "ibid" in kinds and before and before.kind == "reference"):
            return None
        return ":".join(before.says[0].split(":")[:2])

    def _looked_back(self, phrase: Phrase) -> list[str]:
        """The collections that an "ibid." in the phrase stands for."""
        before = self.previous.get("any")
        ibid = any(atom.kind == "ibid" for atom in phrase.atoms)
        return list(before.says) if ibid and before and before.kind == "collection" else []

    def _look_back(self, atom: Atom, phrase: Phrase, direction: Direction) -> Iterator[RawClaim]:
        words = self.tokens.text[atom.span.start : atom.span.end]
        verse = any(token in _VERSE_WORDS for token in phrase_tokens(words))
        earlier = self.previous.get("reference" if verse else "any")
        if earlier:
            claim = self._claim(earlier.kind, atom, phrase.span, direction, earlier.says, earlier.group)
            yield claim

    def _direction(self, phrase: Phrase) -> Direction:
        start, end = phrase.span
        before = bool(_BEFORE.search(self.text, max(0, start - 24), start))
        after = bool(_AFTER.match(self.text, end))
        if phrase.active:
            return "after"
        if after and not (before and phrase.bracketed):
            return "after"
        if before or phrase.bracketed:
            return "before"
        if phrase.lead is not None:
            return "after" if self._announced(phrase) else "before"
        return "either"

    def _announced(self, phrase: Phrase) -> bool:
        """«ما رواه مسلم …», «… رواه مسلم حيث قال»: the report comes after its compiler."""
        tokens = self.tokens
        behind = max(a.last for a in phrase.atoms if a.kind not in ("narrator", "said_by")) + 1
        follows = behind < len(tokens) and tokens.ids[behind] in token_set("", "ahead_after")
        before = tokens.ids[phrase.first - 1] if phrase.first else None
        particle = tokens.lexicon.first.get(before, (before, ""))[0] if before is not None else None
        return follows or particle in token_set("", "ahead_before")

    def _claim(
        self,
        kind: ClaimKind,
        atom: Atom,
        group: Span,
        direction: Direction,
        says: tuple[str, ...],
        looks_back: Span | None = None,
    ) -> RawClaim:
        alternatives: tuple[Meaning, ...] = atom.alternatives
        return RawClaim(
            kind=kind,
            span=atom.span,
            text=self.text[atom.span.start : atom.span.end],
            says=says,
            group=group,
            direction=direction,
            alternatives=alternatives,
            numbering=atom.numbering,
            looks_back=looks_back,
        )
