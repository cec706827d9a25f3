"""One copyable sentence a finding: source, number and numbering, edition, what differs."""

from __future__ import annotations

from collections.abc import Sequence

from takhrij.model import Finding, SourceMatch
from takhrij.report import phrases
from takhrij.report.coverage import unmatched
from takhrij.report.words import words

MOST_CHANGES = 4
MOST_PLACES = 8


def sentence(finding: Finding) -> str:
    """The finding in one sentence that stands by itself when copied."""
    w = words()
    if finding.status != "matched" or not finding.sources:
        what = unmatched(finding)
        return w.say("sentence.unmatched", text=phrases.quoted(finding.text), what=what)
    first = finding.sources[0]
    parts = [_what(first, finding.kind)]
    if differing := phrases.attribution(finding):
        parts.append(differing.rstrip("."))
    if also := _also(finding):
        parts.append(also)
    what = w.say("join.semicolon").join(parts)
    return w.say("sentence.line", source=phrases.cite_full(first), what=what)


def _what(source: SourceMatch, kind: str) -> str:
    """What the sentence says of the first-ranked source: match words, and what differs or goes on."""
    w = words()
    key = phrases.look_of(source)
    said = phrases.look_words(key, kind, source)
    if source.changes:
        listed = phrases.changes_words(source.changes, MOST_CHANGES)
        changes = w.say("join.semicolon").join(change.removeprefix(f"{said}: ") for change in listed)
        return w.say("sentence.differs", look=said, changes=changes)
    if key == "part" and source.after.strip():
        tail = phrases.goes_on(source)
        return w.say(
            "sentence.goes_on" if kind == "quran" else "sentence.goes_on_report", look=said, text=tail
        )
    if key == "part" and source.before.strip():
        return w.say("sentence.begins", look=said, text=phrases.quoted(source.before))
    return said


def _also(finding: Finding) -> str | None:
    """The other places: verses with the same wording are "stands in n places", the rest "also in"."""
    w = words()
    rest = finding.sources[1:]
    if not rest:
        return None
    if finding.kind != "quran":
        return w.say("sentence.also", list=_listed(rest))
    same = phrases.identical(finding.sources)
    others = [source for source in rest if source not in same]
    said = []
    if len(same) > 1:
        said.append(w.say("sentence.places", places=w.count("place", len(same)), list=_listed(same)))
    if others:
        said.append(w.say("sentence.others", list=_listed(others)))
    return w.say("join.semicolon").join(said)


def _listed(sources: Sequence[SourceMatch]) -> str:
    w = words()
    shown = [phrases.cite(source) for source in sources[:MOST_PLACES]]
    if len(sources) > MOST_PLACES:
        shown.append(w.say("sentence.more", count=len(sources) - MOST_PLACES))
    return w.listed(shown)
