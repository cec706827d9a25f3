"""One copyable sentence a finding: source, number and numbering, edition, what differs."""

from __future__ import annotations

from takhrij.model import Finding, SourceMatch
from takhrij.report import phrases
from takhrij.report.words import words

MOST_CHANGES = 4
MOST_PLACES = 8


def sentence(finding: Finding) -> str:
    """The finding in one sentence that stands by itself when copied."""
    w = words()
    if finding.status != "matched" or not finding.sources:
        what = phrases.unmatched(finding)
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
    said = phrases.look_words(key, kind)
    if source.changes:
        changes = w.say("join.semicolon").join(phrases.changes_words(source.changes, MOST_CHANGES))
        return w.say("sentence.differs", look=said, changes=changes)
    if key == "part" and source.after.strip():
        tail = phrases.quoted(source.after)
        return w.say(
            "sentence.goes_on" if kind == "quran" else "sentence.goes_on_report", look=said, text=tail
        )
    if key == "part" and source.before.strip():
        return w.say("sentence.begins", look=said, text=phrases.quoted(source.before))
    return said


def _also(finding: Finding) -> str | None:
    """The other places: verses with the same wording are "stands in n places", the rest "also in"."""
    w = words()
    first, *rest = finding.sources
    if not rest:
        return None
    key = phrases.look_of(first)
    if finding.kind == "quran" and all(phrases.look_of(other) == key for other in rest):
        places = w.count("place", len(finding.sources))
        return w.say("sentence.places", places=places, list=_listed(list(finding.sources)))
    return w.say("sentence.also", list=_listed(rest))


def _listed(sources: list[SourceMatch]) -> str:
    w = words()
    shown = [phrases.cite(source) for source in sources[:MOST_PLACES]]
    if len(sources) > MOST_PLACES:
        shown.append(w.say("sentence.more", count=len(sources) - MOST_PLACES))
    return w.listed(shown)
