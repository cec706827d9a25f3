"""What was and was not searched, in words: coverage, and what is said of a quotation without a source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from takhrij.model import Finding, Searched
from takhrij.report import phrases
from takhrij.report.words import number, words

_NAMES = re.compile(r"[^\s,;|+]+")


def searched_title(searched: Searched) -> str:
    """The short name of a source that was searched, its own title where the table does not have it."""
    short = phrases.title(searched.source)
    return short if short != searched.source else searched.title or short


def records_held(searched: Searched) -> str:
    """ "6,830 records held", with the edition's total where it is known."""
    w = words()
    held = w.count("record", searched.held)
    if searched.total is None:
        return w.say("coverage.records", records=held)
    return w.say("coverage.records_of", records=held, total=number(searched.total))


def coverage(searched: Searched) -> str:
    """ "Ahmad: partial, 6,830 records held"."""
    w = words()
    kind = w.say(f"coverage.{searched.coverage}")
    return w.say(
        "coverage.entry", title=searched_title(searched), coverage=kind, records=records_held(searched)
    )


def coverage_lines(searched: Iterable[Searched], *, held: bool = False) -> list[str]:
    """One line a kind of coverage: the titles, with the records held if asked for."""
    w = words()
    groups: dict[str, list[str]] = {"complete": [], "partial": [], "sample": []}
    for one in searched:
        name = searched_title(one)
        groups[one.coverage].append(f"{name} ({records_held(one)})" if held else name)
    return [
        f"{w.say(f'coverage.{kind}')}: {w.say('join.comma').join(names)}"
        for kind, names in groups.items()
        if names
    ]


def credits(searched: Iterable[Searched]) -> list[str]:
    """The notices that the licences of the sources searched ask for."""
    w = words()
    return [w.say(f"credits.{s.source}") for s in searched if f"credits.{s.source}" in w]


def traditions(searched: Iterable[Searched]) -> str | None:
    """Which traditions the sources searched belong to, where they say so."""
    w = words()
    named = dict.fromkeys(w.known("tradition", one.tradition) for one in searched if one.tradition)
    return w.say("coverage.traditions", traditions=w.listed(named)) if named else None


def named_collections(finding: Finding) -> list[str]:
    """Ids of the collections that the text names for a finding, each once, in their order."""
    named: dict[str, None] = {}
    for claim in finding.claims:
        if claim.kind in ("collection", "number"):
            for name in _NAMES.findall(claim.says):
                named[name.partition(":")[0]] = None
    return list(named)


def unmatched(finding: Finding) -> str:
    """What is said of a quotation that no source matched: `not_found` is not `not_checked`."""
    w = words()
    named = named_collections(finding)
    collections = [s for s in finding.searched if finding.kind == "quran" or not phrases.is_verse(s.source)]
    if not collections and not finding.not_searched:
        return w.say("status.none_searched")
    if finding.status == "not_found" and finding.kind == "quran":
        return w.say("status.not_found_quran")
    if finding.kind == "quran":  # in a translation that is not loaded, perhaps
        lines = w.say("join.semicolon").join(coverage_lines(collections))
        return w.say("status.not_checked_quran", coverage=lines)
    held = {s.source: s for s in collections}
    if finding.status == "not_found" and named:
        entries = [coverage(held[n]) if n in held else phrases.title(n) for n in named]
        return w.say("status.not_found_named", sources=w.say("join.semicolon").join(entries))
    why = [w.say("status.not_loaded", title=phrases.title(n)) for n in finding.not_searched]
    why += [coverage(held[n]) for n in named if n in held and held[n].coverage != "complete"]
    if why:
        return w.say("status.not_checked_named", sources=w.say("join.semicolon").join(why))
    if not collections:
        return w.say("status.not_checked")
    lines = w.say("join.semicolon").join(coverage_lines(collections))
    count = w.count("collection", len(collections))
    return w.say("status.not_found_report", collections=count, coverage=lines)
