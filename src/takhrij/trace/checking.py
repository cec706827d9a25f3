"""Is what the text says of a quotation true? Each claim against the sources it was traced to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from takhrij.find.claims import Meaning, RawClaim
from takhrij.find.claims.lexicon import lexicon
from takhrij.index.store import Index
from takhrij.model import Check, Claim, Finding, Searched, Source, SourceMatch, Span, replace
from takhrij.trace.grading import grade_checked
from takhrij.trace.negations import differing, turned
from takhrij.trace.speakers import narrator_checked, speaker_checked
from takhrij.trace.verses import reference_checked
from takhrij.trace.versions import Versions

_ORDER: dict[Check, int] = {"differs": 0, "not_checked": 1, "agrees_in_substance": 2, "agrees": 3}
_SAME = ("same", "spelling", "reading")
_VERBATIM = 0.999  # share of the quotation's words that a source has which stands for all of it
_FEWEST_WORDS = 4  # of a report, for a claim about it to be said to differ
_MOST_NAMED = 3  # refs named in what was found


class Outcome(NamedTuple):
    """What came of a check: what was found, why it was not checked, versions that came up on the way."""

    check: Check
    found: str | None = None
    why: str | None = None
    versions: tuple[SourceMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What can be compared with: the index, the sources searched by id, titles by id, further versions."""

    index: Index
    searched: Mapping[str, Searched]
    titles: Mapping[str, str]
    witnesses: Mapping[str, tuple[Source, ...]]  # collection -> derived works all of which stands in it
    versions: Versions


def checked(
    finding: Finding, claims: Sequence[RawClaim], known: Known, listed: Sequence[SourceMatch] = ()
) -> tuple[tuple[Claim, ...], tuple[SourceMatch, ...], tuple[str, ...]]:
    """The claims about a finding, each with its check; further versions found; works named and not loaded.

    listed: its sources, those as well whose words are too far from the quotation's to prove anything.
    """
    far = [one for one in listed if one not in finding.sources]
    finding, opposed = _without_opposed(finding)
    done: list[Claim] = []
    more: dict[str, SourceMatch] = {}
    absent: dict[str, None] = {}
    for claim in claims:
        outcome = _of_enough(finding, _outcome(finding, claim, claims, known), claim)
        outcome = _of_record(finding, outcome, claim, claims)
        outcome = _of_opposed(finding, _of_far(outcome, claim, far), claim, opposed)
        for version in outcome.versions:
            more.setdefault(version.ref, version)
        absent.update(dict.fromkeys(_absent(claim, known) if outcome.check == "not_checked" else ()))
        done.append(
            Claim(
                kind=claim.kind,
                text=claim.text,
                span=claim.span,
                says=_says(claim),
                check=outcome.check,
                found=outcome.found,
                why=outcome.why,
            )
        )
    present = {source.ref for source in finding.sources}
    done = _one_narrator(done)
    return tuple(done), tuple(one for ref, one in more.items() if ref not in present), tuple(absent)


def _of_enough(finding: Finding, outcome: Outcome, claim: RawClaim) -> Outcome:
    """A few words of a report stand in many: that those found are not the ones meant shows nothing."""
    few = finding.kind == "report" and len(finding.text.split()) < _FEWEST_WORDS
    if few and outcome.check == "differs" and claim.kind != "reference":
        return Outcome("not_checked", None, "too few words to tell one report from another")
    return outcome


def _of_record(finding: Finding, outcome: Outcome, claim: RawClaim, claims: Sequence[RawClaim]) -> Outcome:
    """A narrator of other versions is not the one of the record whose number the text gives."""
    if claim.kind != "narrator" or outcome.check not in ("agrees", "agrees_in_substance"):
        return outcome
    numbers = {says for one in claims if one.kind == "number" and not one.numbering for says in one.says}
    cited = tuple(source for source in finding.sources if numbers & _names_of(source))
    own = narrator_checked(replace(finding, sources=cited), claim, claims) if cited else None
    if own is None or own[0] != "differs":
        return outcome
    found = f"{_refs(one.ref for one in cited)}: {(own[1] or '').partition(';')[0]}"
    return Outcome("differs", f"{found}; other versions are from him ({outcome.found})")


def _of_far(outcome: Outcome, claim: RawClaim, far: Sequence[SourceMatch]) -> Outcome:
    """What is listed with the finding and too far to prove a claim is not said to be missing."""
    if claim.kind not in ("collection", "number", "wording") or outcome.check != "not_checked":
        return outcome
    here = [one.ref for one in far if one.source in {says.partition(":")[0] for says in claim.says}]
    why = f"similar words in {_refs(here)}, too different to tell if they are meant"
    return outcome._replace(why=why) if here else outcome


def _without_opposed(finding: Finding) -> tuple[Finding, dict[str, str]]:
    """The finding without reports that differ by a negation, which prove nothing; the negation by ref."""
    if finding.kind != "report":
        return finding, {}
    opposed = {source.ref: word for source in finding.sources if (word := turned(source))}
    if not opposed:
        return finding, opposed
    nearest = finding.sources[0].ref in opposed  # what has it in other words is then no better
    sources = tuple(
        source
        for source in finding.sources
        if source.ref not in opposed and (source.wording in _SAME or not nearest)
    )
    return replace(finding, sources=sources), opposed


def _of_opposed(finding: Finding, outcome: Outcome, claim: RawClaim, opposed: Mapping[str, str]) -> Outcome:
    """Where nothing else is found, what differs by a negation is named, and the claim left open."""
    if claim.kind == "reference" or outcome.check not in ("differs", "not_checked") or not opposed:
        return outcome
    named = {work.partition(":")[0] for work in claim.says}
    here = [ref for ref in opposed if ref.partition(":")[0] in named]
    if not here and finding.sources:
        return outcome
    ref = (here or list(opposed))[0]
    return outcome._replace(check="not_checked", found=None, why=differing(ref, opposed[ref]))


def _one_narrator(claims: list[Claim]) -> list[Claim]:
    """Of two narrators named beside a report the one whom no version has may be named for something else."""
    if not any(claim.kind == "narrator" and claim.check == "agrees" for claim in claims):
        return claims
    why = "the text names another narrator as well, whom the loaded versions have"
    return [
        replace(claim, check="not_checked", found=None, why=why)
        if claim.kind == "narrator" and claim.check == "differs"
        else claim
        for claim in claims
    ]


def _says(claim: RawClaim) -> str:
    if claim.kind in ("reference", "number"):
        return claim.says[0] if claim.says else ""
    return ", ".join(part for part in claim.says if part)


def _absent(claim: RawClaim, known: Known) -> list[str]:
    if claim.kind != "collection":
        return []
    return [work for work in claim.says if work not in known.searched]


def _outcome(finding: Finding, claim: RawClaim, claims: Sequence[RawClaim], known: Known) -> Outcome:
    if claim.kind == "reference":
        return Outcome(*reference_checked(finding, claim, known.index))
    if claim.kind == "grade":
        return Outcome(*grade_checked(finding, claim))
    if claim.kind == "narrator":
        return Outcome(*narrator_checked(finding, claim, claims))
    if claim.kind == "said_by":
        return Outcome(*speaker_checked(finding, claim))
    if claim.kind == "collection":
        names = [one.says[0] for one in claims if one.kind == "narrator" and one.says]
        return _of_basis(_meanings(finding, claim, known, names), claim, claims)
    if claim.kind == "number":
        return _number(finding, claim, known)
    if claim.kind == "wording":
        return _wording(finding, claim, known)
    return Outcome("not_checked", None, "claims of this kind are not checked")


def _of_basis(outcome: Outcome, claim: RawClaim, claims: Sequence[RawClaim]) -> Outcome:
    """«وأصله في البخاري»: that no wording of it is found there shows nothing."""
    bases = (one for one in claims if one.kind == "wording" and one.says[:1] == ("basis",))
    named = any(one.group == claim.group and set(claim.says) <= set(one.says[1:]) for one in bases)
    return _BASIS if named and outcome.check == "differs" else outcome


_BASIS = Outcome("not_checked", None, "its basis may stand there in words too different to tell")


# ---------------------------------------------------------------- collections


def _meanings(finding: Finding, claim: RawClaim, known: Known, names: Sequence[str]) -> Outcome:
    """Every meaning that a formula or bare name may have: it differs only if all fail."""
    meanings = claim.alternatives or (Meaning(collections=claim.says, usage="*", citation=""),)
    outcomes = [_all_of(finding, meaning.collections, known, names) for meaning in meanings]
    best = max(outcomes, key=lambda outcome: _ORDER[outcome.check])
    if best.check == "not_checked" and len(meanings) > 1:
        titles = [_title(work, known) for meaning in meanings for work in meaning.collections[:1]]
        if all(len(meaning.collections) == 1 for meaning in meanings):
            return best._replace(why=f"{outcomes[0].why}; the name may mean {_listed(titles, 'or')}")
    return best


def _all_of(finding: Finding, collections: Sequence[str], known: Known, names: Sequence[str]) -> Outcome:
    """All collections of one meaning together: the least that any of them gives."""
    outcomes = [_collection(finding, one, known, names) for one in collections]
    if not outcomes:
        return Outcome("not_checked", None, "no collection is named")
    worst = min(outcomes, key=lambda outcome: _ORDER[outcome.check])
    versions = tuple(one for outcome in outcomes for one in outcome.versions)
    same = [outcome for outcome in outcomes if outcome.check == worst.check]
    if worst.check in ("differs", "not_checked"):
        found = "; ".join(dict.fromkeys(outcome.found for outcome in same if outcome.found))
        why = "; ".join(dict.fromkeys(outcome.why for outcome in same if outcome.why))
        return Outcome(worst.check, found or None, why or None, versions)
    found = "; ".join(outcome.found for outcome in outcomes if outcome.found)
    return Outcome(worst.check, found or None, None, versions)


def _collection(finding: Finding, collection: str, known: Known, names: Sequence[str] = ()) -> Outcome:
    title = _title(collection, known)
    if finding.kind == "quran":
        inside = [ref for ref in finding.also_in if ref.startswith(collection + ":")]
        if inside:
            return Outcome("agrees", _refs(inside))
        return Outcome("not_checked", None, "the words are those of a verse")
    if collection not in known.searched:
        return _by_witness(finding, collection, known) or Outcome(
            "not_checked", None, f"{title} is not loaded"
        )
    own = [source for source in finding.sources if source.source == collection]
    exact = [source for source in own if source.wording in _SAME and source.covered >= _VERBATIM]
    if exact:
        return Outcome("agrees", _refs(source.ref for source in exact))
    witness = _by_witness(finding, collection, known, common=not own)
    if own and witness and witness.check == "agrees":
        return witness._replace(found=f"{witness.found}; {_refs(s.ref for s in own)}, in other words")
    if own:
        return Outcome("agrees_in_substance", _refs(source.ref for source in own))
    versions = known.versions.in_collection(finding, collection, names)
    if not versions and known.searched[collection].coverage == "complete":
        if others := known.versions.of_report(finding, collection, names):  # compared with other words
            return Outcome("agrees_in_substance", _refs(other.ref for other in others))
        versions = known.versions.by_words(finding, collection, names)
    if versions:
        exact = [one for one in versions if one.wording in _SAME and one.covered >= _VERBATIM]
        full = tuple(_in_place(one, finding) for one in versions if one.covered >= 0.7)
        if exact:
            return Outcome("agrees", _refs(one.ref for one in exact), None, full)
        return Outcome("agrees_in_substance", _refs(o.ref for o in versions), None, full)
    if witness:
        return witness
    return _lacking(finding, known.searched[collection], title, known, names)


def _in_place(version: SourceMatch, finding: Finding) -> SourceMatch:
    """A version compared with the words of the quotation alone, its changes where they stand in the text."""
    start = finding.span.start
    moved = (replace(c, span=Span(c.span.start + start, c.span.end + start)) for c in version.changes)
    return replace(version, changes=tuple(moved))


def _by_witness(finding: Finding, collection: str, known: Known, *, common: bool = True) -> Outcome | None:
    """«الفتح الرباني» is Ahmad's Musnad arranged anew: what stands there stands in Ahmad.

    common: also by works that gather what several collections have in common.
    """
    for witness in known.witnesses.get(collection, ()):
        if witness.common and not common:
            continue
        own = [source for source in finding.sources if source.source == witness.id]
        own = own or known.versions.in_collection(finding, witness.id)
        if not own:
            continue
        where = _refs(one.ref for one in own)
        if witness.common:  # whose wording it has is not said
            both = " and ".join(_title(one, known) for one in witness.derived_from)
            return Outcome("agrees_in_substance", f"{where}, which gathers what {both} have in common")
        exact = any(one.wording in _SAME and one.covered >= _VERBATIM for one in own)
        where = f"{where}, a rearrangement of {_title(collection, known)}"
        return Outcome("agrees" if exact else "agrees_in_substance", where)
    return None


def _lacking(finding: Finding, held: Searched, title: str, known: Known, names: Sequence[str]) -> Outcome:
    if held.coverage != "complete":
        how = "in part" if held.coverage == "partial" else "as a sample"
        of = f" of {held.total:,}" if held.total else ""
        why = f"{title} is loaded {how} ({held.held:,}{of} records), and these have no such wording"
        return Outcome("not_checked", None, why)
    others = [source.ref for source in finding.sources if source.role == "primary"]
    others = others or [source.ref for source in finding.sources]
    found = f"no record with such wording in {title}"
    if nearest := known.versions.nearest(finding, held.source, names):
        ref, of_same = nearest
        if of_same:
            why = f"{title} has {ref} from the same narrator, in words too different to tell if it is meant"
            return Outcome("not_checked", None, why)
        found += f" (the nearest is {ref})"
    return Outcome("differs", f"{found}; it stands in {_refs(others)}" if others else found)


# ---------------------------------------------------------------- numbers, wording


def _number(finding: Finding, claim: RawClaim, known: Known) -> Outcome:
    """A number is tried in every numbering loaded; that it is another's is never excluded."""
    if claim.numbering:
        return Outcome("not_checked", None, f"{claim.numbering} of an edition; that numbering is not loaded")
    loaded = [says for says in claim.says if says.partition(":")[0] in known.searched]
    if not loaded:
        works = [_title(says.partition(":")[0], known) for says in claim.says]
        return Outcome(
            "not_checked", None, f"{_listed(works, 'or')} not loaded" if works else "no work is named"
        )
    for says in loaded:
        hit = [source for source in finding.sources if says in _names_of(source)]
        if hit:
            return Outcome("agrees", _refs(source.ref for source in hit))
    for says in loaded:
        near = [
            one
            for one in known.versions.in_collection(finding, says.partition(":")[0])
            if says in _names_of(one)
        ]
        if near or known.versions.at(finding, says):
            return Outcome("agrees_in_substance", near[0].ref if near else says)
    collections = {says.partition(":")[0] for says in loaded}
    here = [source.ref for source in finding.sources if source.source in collections]
    known_as = f"; in the numbering loaded it is {_refs(here)}" if here else ""
    return Outcome("not_checked", None, f"the number may be of a numbering that is not loaded{known_as}")


def _names_of(source: SourceMatch) -> set[str]:
    """Its number in the loaded numbering, whole and without its subdivision, and the printed one."""
    number = source.ref.partition(":")[2]
    numbers = {number, number.partition(".")[0], number.partition("/")[0]}
    if source.printed_number:
        numbers |= {source.printed_number.strip("()[]"), source.printed_number}
    return {f"{source.source}:{one}" for one in numbers}


def _wording(finding: Finding, claim: RawClaim, known: Known) -> Outcome:
    how, collections = claim.says[0], claim.says[1:]
    if not collections:
        return Outcome("not_checked", None, "no collection is named")
    outcomes = [_collection(finding, one, known) for one in collections]
    best = max(outcomes, key=lambda outcome: _ORDER[outcome.check])
    if best.check == "agrees_in_substance" and how in (
        "similar",
        "by_meaning",
        "abridged",
        "extended",
        "basis",
    ):
        return best._replace(check="agrees")
    return _BASIS if how == "basis" and best.check == "differs" else best


# ---------------------------------------------------------------- words


def _title(work: str, known: Known) -> str:
    return known.titles.get(work) or lexicon().titles.get(work) or work


def _refs(refs: Iterable[str]) -> str:
    names = list(dict.fromkeys(refs))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _listed(names: Sequence[str], word: str) -> str:
    once = list(dict.fromkeys(names))
    return once[0] if len(once) == 1 else f"{', '.join(once[:-1])} {word} {once[-1]}"
