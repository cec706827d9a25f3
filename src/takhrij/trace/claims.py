"""Findings with what the text says of them: claims linked, checked and used to rank; grades on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from takhrij import sources as library
from takhrij.find.claims import RawClaim
from takhrij.model import Document, Finding, Grade, Source, SourceMatch, replace
from takhrij.trace.checking import Known, checked
from takhrij.trace.compare import Records
from takhrij.trace.grades import grades_of, tables
from takhrij.trace.linking import linked
from takhrij.trace.negations import differing, turned
from takhrij.trace.rank import summed_up
from takhrij.trace.speakers import said_by
from takhrij.trace.versions import LONGEST, Versions
from takhrij.trace.whose import whose

_MOST_GRADED = 16  # sources of one finding whose grades are read
_LEAST_COVERED = 0.7  # share of the quotation's words that a source has from which its grades are given
_BETWEEN = re.compile(r"[,;]\s")
_REFS = ("reference", "collection", "number", "narrator")


def with_claims(
    findings: Sequence[Finding], claims: Sequence[RawClaim], document: Document, records: Records
) -> tuple[Finding, ...]:
    """The findings with claims, grades, whose words the text says they are, works named and not loaded."""
    places = [place for place, finding in enumerate(findings) if finding.presented == "quotation"]
    places.sort(key=lambda place: findings[place].span)
    chosen = [findings[place] for place in places]
    about = linked(
        [finding.span for finding in chosen],
        claims,
        document.text,
        kinds=[finding.kind for finding in chosen],
        isnads=[finding.isnad for finding in chosen],
        renderings=[finding.rendering.span if finding.rendering else None for finding in chosen],
    )
    known = _known(chosen, records)
    known.versions.weigh([chosen[at].text for at in about])
    known.versions.look_for(_to_look_for(chosen, about, known.versions))
    result = list(findings)
    for at, place in enumerate(places):
        result[place] = _with(chosen[at], about.get(at, ()), known, records, document.text)
    return tuple(result)


def _to_look_for(
    findings: Sequence[Finding], about: Mapping[int, Sequence[RawClaim]], versions: Versions
) -> list[str]:
    """Quotations of which a claim names a collection that they were not traced to; their whole reports."""
    texts: dict[str, None] = {}
    for at, claims in about.items():
        finding = findings[at]
        meanings = [m.collections for claim in claims for m in claim.alternatives]
        says = [claim.says for claim in claims if claim.kind in ("collection", "number", "wording")]
        named = {name.partition(":")[0] for names in (*says, *meanings) for name in names}
        if finding.kind == "report" and named - {source.source for source in finding.sources}:
            texts[finding.text[:LONGEST]] = None
            texts |= dict.fromkeys(map(versions.whole, versions.among(finding)[:1]))
    return list(texts)


def claimed_first(finding: Finding) -> Finding:
    """The finding with the sources first that an agreeing claim names; no verse before one with its words."""
    named = _named(finding)
    if not named or not finding.sources:
        return finding
    verse = finding.kind == "quran"
    sources = tuple(
        sorted(
            finding.sources,
            key=lambda source: (verse and source.wording == "different", -_named_by(source, named)),
        )
    )
    return replace(finding, sources=sources, match=summed_up(sources[0]))


def not_searched(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Works that claims name and that are not loaded, each once."""
    return tuple(dict.fromkeys(work for finding in findings for work in finding.not_searched))


def _graded(match: SourceMatch, records: Records) -> SourceMatch:
    """The match with the grades that its record holds."""
    table = tables()
    judging = any(match.source in table[kind] for kind in ("works", "stands", "sahih"))
    grades = _grades(records, match.ref, match.source) if judging and match.covered >= _LEAST_COVERED else ()
    return replace(match, grades=grades) if grades else match


@lru_cache(maxsize=1 << 12)
def _grades(records: Records, ref: str, source: str) -> tuple[Grade, ...]:
    row = records.index.rows.get(ref)
    return grades_of(records.row(row), source) if row is not None else ()


def _spoken(match: SourceMatch, records: Records, quoted: str) -> SourceMatch:
    """The match with the speaker of the words that were matched, who may not be the whole report's."""
    row = records.index.rows.get(match.ref)
    speaker = whose(match, records.row(row), quoted) if row is not None else match.attributed_to
    return match if speaker == match.attributed_to else replace(match, attributed_to=speaker)


def _with(finding: Finding, claims: Sequence[RawClaim], known: Known, records: Records, text: str) -> Finding:
    finding = replace(finding, attributed_to=said_by(finding, claims, text) or finding.attributed_to)
    sources = finding.sources
    if finding.kind == "report" and sources:
        if finding.attributed_to is not None:
            sources = tuple(_spoken(source, records, finding.text) for source in sources)
        head = tuple(_graded(source, records) for source in sources[:_MOST_GRADED])
        finding = replace(finding, sources=head + sources[_MOST_GRADED:])
    first = finding.sources[0] if finding.sources else None
    if first is not None and (word := turned(first)):
        finding = replace(finding, notes=(*finding.notes, differing(first.ref, word)))
    if not claims:
        return finding
    versions = finding
    if finding.kind == "report":
        versions = replace(finding, sources=known.versions.among(finding))
    done, more, absent = checked(versions, claims, known, finding.sources)
    present = {source.ref for source in finding.sources}
    more = tuple(source for source in more if source.ref not in present)
    spoken = (_spoken(source, records, finding.text) for source in more)
    finding = replace(
        finding,
        claims=done,
        sources=finding.sources + tuple(_graded(source, records) for source in spoken),
        not_searched=tuple(dict.fromkeys((*finding.not_searched, *absent))),
    )
    return claimed_first(_status(finding))


def _status(finding: Finding) -> Finding:
    """`not_found` is said of a report only where every collection that the text names is complete."""
    if finding.sources and finding.status != "matched":
        return replace(finding, status="matched", match=summed_up(finding.sources[0]))
    named = [claim for claim in finding.claims if claim.kind == "collection"]
    if finding.kind == "report" and not finding.sources and named:
        lacking = all(claim.check == "differs" for claim in named)
        return replace(finding, status="not_found" if lacking else "not_checked")
    return finding


def _known(findings: Sequence[Finding], records: Records) -> Known:
    index = records.index
    searched = {one.source: one for finding in findings[:1] for one in finding.searched}
    titles = {source.id: source.title for source in index.sources}
    witnesses: dict[str, tuple[Source, ...]] = {}
    for source in library.known():
        alone = len(source.derived_from) == 1 or source.common
        if source.id in searched and alone and source.kind == "report":
            for of in source.derived_from:
                witnesses[of] = (*witnesses.get(of, ()), source)
    return Known(index, searched, titles, witnesses, Versions(records))


def _named(finding: Finding) -> list[frozenset[str]]:
    """Refs that agreeing claims were found at, one entry a claim; a narrator's only in the quoted words."""
    return [
        frozenset(_BETWEEN.split(claim.found or ""))
        for claim in finding.claims
        if claim.kind in _REFS
        and (claim.check == "agrees" or (claim.check == "agrees_in_substance" and claim.kind != "narrator"))
    ]


def _named_by(source: SourceMatch, named: Sequence[frozenset[str]]) -> int:
    """How many claims a source bears out; derived works stay behind what they excerpt."""
    return 0 if source.role == "derived" else sum(source.ref in refs for refs in named)
