"""Whose words a quotation is said to be, and from whom: against the versions it was traced to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from takhrij.find.claims import RawClaim
from takhrij.find.claims.lexicon import lexicon
from takhrij.model import Check, Finding, SourceMatch, Speaker
from takhrij.text import fold_word
from takhrij.trace.narrators import generation, named_in, people, same_person, shown

Result = tuple[Check, str | None, str | None]
_POSSIBLE = "similar wording from another Companion: a possible shāhid"
_MOST_NAMED = 4
_PROPHETS: tuple[Speaker, ...] = ("prophet", "god")
_SPEAKERS: dict[Speaker, str] = {
    "god": "God's words",
    "prophet": "the Prophet's words",
    "companion": "the words of a Companion",
    "successor": "the words of a Successor",
    "other": "the words of a later person",
}
_OF_PROPHET = frozenset(
    map(fold_word, ("النبي", "رسول", "الرسول", "المصطفى", "prophet", "messenger", "apostle"))
)
_LED, _SPOKEN = 24, 30  # code points before and behind a cue in which he may be named
_LEAST_COVERED = 0.5  # share of the quotation's words that a version has
_EXACT, _ALL = ("same", "spelling", "reading"), 0.999  # wordings, and share of the words that is all
_MOST_COVERED = 0.7  # the same, of a verse
_CHAIN_END = 400  # code points of a chain in which its first narrators are named


def narrator_checked(finding: Finding, claim: RawClaim, claims: Sequence[RawClaim]) -> Result:
    """A narrator is confirmed only by a version from him."""
    name = claim.says[0] if claim.says else claim.text
    if finding.kind == "quran":
        return "not_checked", None, "the words are those of a verse"
    if not finding.sources:
        return "not_checked", None, "no loaded source has these words"
    sources = [source for source in finding.sources if source.covered >= _LEAST_COVERED]
    if not sources:
        return "not_checked", None, "no loaded source has most of these words"
    from_him = [source for source in sources if _is_from(name, source)]
    if from_him:
        exact = [one for one in sources if one.wording in _EXACT and one.covered >= _ALL]
        others = [] if any(one in from_him for one in exact) else _companions(exact)
        if others:
            found = f"{', '.join(one.ref for one in from_him[:3])}; these words themselves are from"
            return "agrees_in_substance", f"{found} {', '.join(others[:_MOST_NAMED])} ({exact[0].ref})", None
        named = _collections(claims)
        first = [source for source in from_him if source.source in named] or from_him
        return "agrees", ", ".join(source.ref for source in first[:3]), None
    others = _companions(sources)
    if not others:
        return "not_checked", None, "the records of these words name no Companion"
    if _in_isnad(finding, claim) and not _companion(name):
        return "not_checked", None, "a later link of the chain; the loaded records' chains do not name him"
    found = f"versions from {', '.join(others[:_MOST_NAMED])}"
    if len(others) > _MOST_NAMED:
        found += f" and {len(others) - _MOST_NAMED} more"
    return "differs", f"{found}; {_POSSIBLE}", None


def speaker_checked(finding: Finding, claim: RawClaim) -> Result:
    """Whose words they are said to be; it differs where every version in these words shows another."""
    who = claim.says[0] if claim.says else ""
    if finding.kind == "quran":
        return _of_verse(finding, who)
    if not finding.sources:
        return "not_checked", None, "no loaded source has these words"
    sources = [source for source in finding.sources if source.covered >= _LEAST_COVERED]
    if not sources:
        return "not_checked", None, "no loaded source has most of these words"
    if who == "compiler":
        his = [source.ref for source in sources if source.source in claim.says[1:]]
        if his:
            return "agrees", ", ".join(his[:3]), None
        return "not_checked", None, "no loaded work of his has these words, which may be his own"
    clear = [source for source in sources if source.attributed_to != "unclear"]
    if who in _PROPHETS:
        return _raised(sources, clear, who)
    return _stopped(sources, clear, claim)


def said_by(finding: Finding, claims: Iterable[RawClaim], text: str) -> Speaker | None:
    """Whose words `text` itself says a quotation is: by a claim, else by the words that introduce it."""
    spoken = [claim for claim in claims if claim.kind == "said_by" and claim.says]
    for claim in sorted(spoken, key=lambda one: abs(one.group.end - finding.span.start)):
        if claim.says[0] in ("god", "prophet", "companion", "successor"):
            return claim.says[0]  # type: ignore[return-value]
    cue = finding.introduced_by
    if finding.kind == "report" and cue and 0 <= finding.span.start - cue.span.end <= _SPOKEN:
        before = text[max(0, cue.span.start - _LED) : finding.span.start]
        if any(fold_word(match[0]) in _OF_PROPHET for match in re.finditer(r"[^\W\d_]+", before)):
            return "prophet"
    return None


def _raised(sources: Sequence[SourceMatch], clear: Sequence[SourceMatch], who: str) -> Result:
    if who == "god":
        agreeing = [one for one in sources if one.attributed_to == "god" or _quotes_god(one)]
    else:
        agreeing = [one for one in clear if one.attributed_to in _PROPHETS]
    if not agreeing:
        return _others(sources, clear)
    refs = ", ".join(one.ref for one in agreeing[:3])
    worst = min(map(_worded, agreeing))
    lower = [one for one in clear if one.attributed_to not in _PROPHETS and _worded(one) <= worst]
    if any(_worded(one) < worst for one in lower):
        why = f"versions disagree: {refs}, in other words, as {_SPEAKERS[agreeing[0].attributed_to]}"
        return "not_checked", None, f"{why}; {_has_it_as(lower)}"
    return "agrees", f"{refs}; versions disagree: {_has_it_as(lower)}" if lower else refs, None


def _others(sources: Sequence[SourceMatch], clear: Sequence[SourceMatch]) -> Result:
    """It differs where all that have the words best show another speaker."""
    best = min(map(_worded, sources))
    if any(_worded(one) == best for one in sources if one not in clear):
        return "not_checked", None, "the loaded records do not show whose words they are"
    return "differs", _has_it_as(clear), None


def _worded(source: SourceMatch) -> tuple[float, bool]:
    """How near a version's words are to the quotation's, the nearest first."""
    return -round(source.covered, 1), source.wording in ("different", "by_meaning")


def _stopped(sources: Sequence[SourceMatch], clear: Sequence[SourceMatch], claim: RawClaim) -> Result:
    """A Companion's or Successor's words."""
    name = claim.says[1] if len(claim.says) > 1 else ""
    lower = [one for one in clear if one.attributed_to not in _PROPHETS]
    own = [one for one in lower if not name or _is_from(name, one)]
    if own:
        return "agrees", ", ".join(one.ref for one in own[:3]), None
    told = [one for one in sources if name and _is_from(name, one)]
    if told:
        return "agrees_in_substance", f"{told[0].ref} is told by {shown(told[0].narrator or name)}", None
    return _others(sources, clear)


def _of_verse(finding: Finding, who: str) -> Result:
    if not finding.sources:
        return "not_checked", None, "not found"
    if finding.sources[0].covered < _MOST_COVERED:
        return "not_checked", None, "no verse has most of these words"
    if who == "god":
        return "agrees", finding.sources[0].ref, None
    if finding.also_in:
        return "agrees_in_substance", f"a verse, which {finding.also_in[0]} quotes", None
    return (
        "not_checked",
        None,
        f"the words are those of a verse ({finding.sources[0].ref}), which people recite",
    )


def _has_it_as(sources: Sequence[SourceMatch]) -> str:
    said = []
    for source in sources[:3]:
        speaker = _SPEAKERS.get(source.attributed_to, "unclear")
        if source.narrator and source.attributed_to in ("companion", "successor", "other"):
            speaker = f"the words of {shown(source.narrator, source.chain or '')}"
        said.append(f"{source.ref} as {speaker}")
    return "; ".join(dict.fromkeys(said))


def _quotes_god(source: SourceMatch) -> bool:
    """Whether the words before the match in the record are «قال الله» or the like."""
    before = " ".join(source.before.split()[-5:])
    return any(named_in_words in before for named_in_words in ("اللَّهُ", "الله", "ربكم", "رَبُّكُمْ"))


def _is_from(name: str, source: SourceMatch) -> bool:
    chain = (source.chain or "")[-_CHAIN_END:]
    if source.narrator and same_person(name, source.narrator, source.chain or ""):
        return True
    return named_in(name, chain) or named_in(name, source.before)


def _companions(sources: Sequence[SourceMatch]) -> list[str]:
    """The Companions whom the versions are from, each once; a bare name that one of them has adds none."""
    named: dict[str, frozenset[str]] = {}
    for source in sources:
        persons = people(source.narrator or "", source.chain or "")
        if persons and all(generation(person) == "companion" for person in persons):
            named.setdefault(shown(source.narrator or "", source.chain or ""), persons)
    known = {person for persons in named.values() if len(persons) == 1 for person in persons}
    return [name for name, persons in named.items() if len(persons) == 1 or not persons & known]


def _companion(name: str) -> bool:
    known = lexicon().names.get(name)
    return known is not None and known[0] == "companion"


def _in_isnad(finding: Finding, claim: RawClaim) -> bool:
    return finding.isnad is not None and finding.isnad.start <= claim.span.start < finding.isnad.end


def _collections(claims: Iterable[RawClaim]) -> frozenset[str]:
    return frozenset(work for claim in claims if claim.kind == "collection" for work in claim.says)
