"""Findings in English that stand alone, described as what translations and books have in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from takhrij.find.citations import Citations
from takhrij.index.store import Index
from takhrij.model import Claim, Finding, Source, SourceMatch, replace
from takhrij.trace.rank import summed_up
from takhrij.trace.translations import Compared, English, english_changes

LEAST_COVERED = 0.7  # share of the words of a quotation that a translation of the cited verse has at least
_LEAST_NEAR = 0.3  # the same, below which a passage is not called near
_FEWEST_WORDS = 6  # of a quotation that is found by the share of its words that a verse has
_ALIKE = 0.02  # difference in that share within which two translations are as near as each other
_MOST_NEAREST = 3
_SAID = re.compile(r"\b(?:said|says|saying|that|say|narrated|reported|asked|replied)\W{0,6}\Z", re.IGNORECASE)
_ARABIC = re.compile("[ء-ي]")
_LATIN = re.compile("[A-Za-z]")
_REPORTS = "English wording of reports is loaded only for the six books and the Shama'il."


def is_english(finding: Finding) -> bool:
    """Whether a finding is of English words."""
    return bool(_LATIN.search(finding.text)) and not _ARABIC.search(finding.text)


def settled(finding: Finding, index: Index, english: English, cited: Citations) -> Finding:
    """The finding with its sources described as English, or with what could not be checked of it."""
    sources = {source.id: source for source in index.sources}
    finding = replace(
        finding,
        sources=_best(finding, [_described(finding, match, sources) for match in finding.sources]),
        nearest=_near([_described(finding, match, sources) for match in finding.nearest]),
    )
    if finding.kind == "report":
        enough = tuple(match for match in finding.sources if match.covered >= LEAST_COVERED)
        finding = replace(
            finding, sources=enough, nearest=() if enough else _near([*finding.sources, *finding.nearest])
        )
    if not finding.sources and finding.kind == "quran":
        finding = _against_the_cited(finding, english, cited)
        if not finding.sources and len(finding.text.split()) >= _FEWEST_WORDS:  # worded freely, cited wrongly
            best = [match for match in finding.nearest if match.covered >= LEAST_COVERED]
            finding = replace(finding, sources=_best(finding, best), nearest=() if best else finding.nearest)
    if finding.sources:
        return replace(finding, status="matched", match=summed_up(finding.sources[0]))
    notes = finding.notes if finding.kind == "quran" else (*finding.notes, _REPORTS)
    return replace(finding, status="not_checked", match=None, notes=notes)


def with_searched(findings: Sequence[Finding], index: Index) -> tuple[Finding, ...]:
    """The findings, of which those in English name the sources that were searched in English.

    What an English wording is said to be from, and was not found in, could not be checked.
    """
    if not any(is_english(finding) for finding in findings):
        return tuple(findings)
    sources = {source.id: source for source in index.sources}
    held = {index.sources[place].id for place in np.unique(index.streams["english"].sources).tolist()}
    verses = {name for name in held if sources[name].kind == "translation"}
    result = []
    for finding in findings:
        if is_english(finding):
            wanted = verses if finding.kind == "quran" else held - verses
            searched = tuple(one for one in finding.searched if one.source in wanted)
            finding = replace(finding, searched=searched)
            if not any(source.language == "en" for source in finding.sources):
                claims = tuple(_unchecked(claim) for claim in finding.claims)
                finding = replace(finding, status="not_checked", match=None, sources=(), claims=claims)
            elif finding.kind == "report":
                finding = replace(finding, claims=tuple(map(_in_these_words, finding.claims)))
        result.append(finding)
    return tuple(result)


def _unchecked(claim: Claim) -> Claim:
    if claim.check not in ("differs", "agrees_in_substance") or claim.kind == "reference":
        return claim
    return replace(claim, check="not_checked", found=None, why="this English wording is in no loaded source")


def _in_these_words(claim: Claim) -> Claim:
    """That a collection has a report in no such English words does not show that it lacks the report."""
    if claim.check != "differs" or claim.kind not in ("collection", "wording"):
        return claim
    why = "a named collection has no record in this English wording; it may have the report in other words"
    return replace(claim, check="not_checked", found=None, why=why)


def _described(finding: Finding, match: SourceMatch, sources: dict[str, Source]) -> SourceMatch:
    """A match as it is said of English."""
    changes = english_changes(match.changes, match.text, match.source_span.start)
    translation = sources[match.source].kind == "translation"
    complete = match.complete
    if complete == "gaps" and all(
        change.note or change.marked for change in changes if change.kind == "omitted"
    ):
        complete = "part" if match.before or match.after else "whole"
    if not translation and complete == "part" and not match.after and _is_head(match.before):
        complete = "whole"
    differs = any(change.kind in ("replaced", "added", "moved") for change in changes)
    return replace(
        match,
        wording=match.wording if differs else "same",
        complete=complete,
        covered=_in_order(finding, match),
        language="en",
        renders="quran:" + match.ref.split(":", 1)[1] if translation else None,
        changes=changes,
        display=None,
    )


def _in_order(finding: Finding, match: SourceMatch) -> float:
    """The share of a quotation's words that a passage has in order: English has many small ones."""
    words = max(1, len(finding.text.split()))
    other = sum(len(change.text.split()) for change in match.changes if change.kind in ("replaced", "added"))
    return round(max(0.0, 1 - other / words), 4)


def _is_head(before: str) -> bool:
    """Whether no more than a chain and "the Prophet said" stands before a report."""
    return not before or bool(_SAID.search(before))


def _best(finding: Finding, found: list[SourceMatch]) -> tuple[SourceMatch, ...]:
    """The translations that are as near as the nearest; of reports all records, the nearest first."""
    found = sorted(
        found, key=lambda match: (match.role == "derived", -round(match.covered, 1), len(match.changes))
    )
    if not found or finding.kind != "quran":
        return tuple(found)
    first = found[0]
    return tuple(
        match
        for match in found
        if match.covered >= first.covered - _ALIKE and (match.wording == "same") == (first.wording == "same")
    )


def _near(found: list[SourceMatch]) -> tuple[SourceMatch, ...]:
    near = sorted(
        (match for match in found if match.covered >= _LEAST_NEAR), key=lambda match: -match.covered
    )
    return tuple(near[:_MOST_NEAREST])


# ------------------------------------------------------------ a verse that the text names


def _against_the_cited(finding: Finding, english: English, cited: Citations) -> Finding:
    """A verse that was not found by its words, compared with the translations of the verse that is cited."""
    tokens = english.words_of(finding.span)
    named = [says for claim in cited.beside(finding.span) if claim.kind == "reference" for says in claim.says]
    compared = [found for ref in named for found in english.of_verse(tokens, ref)]
    matches = [_match(found) for found in compared if found.covered >= _LEAST_NEAR]
    best = _best(finding, [match for match in matches if match.covered >= LEAST_COVERED])
    if best:
        return replace(finding, sources=best, nearest=())
    return replace(finding, nearest=_near([*matches, *finding.nearest])) if matches else finding


def _match(found: Compared) -> SourceMatch:
    source, changes = found.source, found.changes
    differs = any(change.kind in ("replaced", "added", "moved") for change in changes)
    gaps = any(change.kind == "omitted" and not (change.note or change.marked) for change in changes)
    whole = found.low == 0 and found.high == found.words
    return SourceMatch(
        ref=found.ref,
        source=source.id,
        title=source.title,
        edition=source.edition,
        numbering=source.numbering,
        role=source.role,
        wording="different" if differs else "same",
        complete="gaps" if gaps else "whole" if whole else "part",
        source_span=found.span,
        text=found.stretch,
        before=found.before,
        after=found.after,
        attributed_to="god",
        covered=found.covered,
        language="en",
        renders="quran:" + found.ref.split(":", 1)[1],
        changes=changes,
    )


__all__ = ["is_english", "settled"]
