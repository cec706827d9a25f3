"""What a person reads in ten seconds: how much is quoted, what agrees, what differs, what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from takhrij.model import Check, Finding, Report, SourceMatch
from takhrij.report import phrases
from takhrij.report.words import words

LOOKS = ("same", "part", "spelling", "reading", "by_meaning", "different", "gaps", "not_found", "not_checked")
CHECKS: tuple[Check, ...] = ("agrees", "agrees_in_substance", "differs", "not_checked")
MOST_LABELS = 12
MOST_VERSES = 300  # no sura has more


class Summary(Struct, frozen=True, kw_only=True, gc=False):
    """Counts over a report. Occurrences, and the reports and verses that they are, are counted apart.

    `looks` and `labels` go by the keys of LOOKS, `claims` and `dates` by those of CHECKS; keys that do not
    occur are left out. `claims_differ` are (label of the finding, kind of the claim).
    """

    occurrences: int
    of_verses: int
    verses: int
    of_reports: int
    reports: int
    versions: int
    echoes: int
    looks: dict[str, int]
    labels: dict[str, tuple[str, ...]]
    claims: dict[str, int]
    claims_differ: tuple[tuple[str, str], ...]
    dates: dict[str, int]


def summary(report: Report) -> Summary:
    """Count a report."""
    looks: dict[str, list[str]] = {}
    for finding in report.findings:
        looks.setdefault(phrases.look(finding), []).append(finding.label)
    of_verses = [f for f in report.findings if f.kind == "quran"]
    of_reports = [f for f in report.findings if f.kind == "report"]
    quoted = _reports_quoted(f for f in of_reports if f.status == "matched" and f.sources)
    claims = Counter(claim.check for f in report.findings for claim in f.claims)
    dates = Counter(date.check for date in report.dates)
    return Summary(
        occurrences=len(report.findings),
        of_verses=len(of_verses),
        verses=len({verse for f in of_verses if f.status == "matched" for verse in _verses(f.sources[:1])}),
        of_reports=len(of_reports),
        reports=len(quoted),
        versions=len({ref for _, refs in quoted for ref in refs}),
        echoes=len(report.echoes),
        looks={key: len(looks[key]) for key in LOOKS if key in looks},
        labels={key: tuple(looks[key]) for key in LOOKS if key in looks},
        claims={key: claims[key] for key in CHECKS if claims[key]},
        claims_differ=tuple(
            (f.label, c.kind) for f in report.findings for c in f.claims if c.check == "differs"
        ),
        dates={key: dates[key] for key in CHECKS if dates[key]},
    )


def _reports_quoted(findings: Iterable[Finding]) -> list[tuple[str, set[str]]]:
    """The reports that are quoted, each once, with the refs of their versions.

    A finding quotes the report of its first-ranked source; two findings quote the same report where it is of
    the same Companion and they have a version in common. Similar reports of others are not counted.
    """
    found: list[tuple[str, set[str]]] = []
    for finding in findings:
        first = finding.sources[0]
        name = first.report or first.ref
        own = [s for s in finding.sources if (s.report or s.ref) == name]
        refs = {s.ref for s in own if s.role == "primary"} or {s.ref for s in own}
        for other in [pair for pair in found if pair[0] == name and pair[1] & refs]:
            found.remove(other)
            refs |= other[1]
        found.append((name, refs))
    return found


def _verses(sources: Iterable[SourceMatch]) -> Iterator[str]:
    """The verses of a ref, one by one: "quran:5:6-7" is two."""
    for source in sources:
        sura, _, numbers = source.ref.rpartition(":")
        first, _, last = numbers.partition("-")
        if first.isdigit() and last.isdigit() and int(last) - int(first) < MOST_VERSES:
            yield from (f"{sura}:{number}" for number in range(int(first), int(last) + 1))
        else:
            yield source.ref


def summary_lines(report: Report) -> list[str]:
    """The summary in a few lines for people."""
    w = words()
    counted = summary(report)
    if not counted.occurrences:
        lines = [w.say("summary.none")]
    else:
        lines = [_occurrences(counted), f"{w.say('summary.words')}: {_looks(report)}."]
    if counted.claims:
        lines.append(f"{w.say('summary.claims')}: {_checks(counted.claims, _differing(counted))}.")
    if counted.dates:
        lines.append(f"{w.say('summary.dates')}: {_checks(counted.dates)}.")
    if counted.echoes:
        lines.append(w.say("summary.echoes", echoes=w.count("echo", counted.echoes)))
    return lines


def look_phrase(key: str, counted: Summary, report: Report) -> str:
    """Match words for a look over a whole report, where verses and reports may both have it."""
    kinds = dict.fromkeys(f.kind for f in report.findings if phrases.look(f) == key)
    said = dict.fromkeys(phrases.look_words(key, kind) for kind in kinds)
    return " / ".join(said) or phrases.look_words(key, "report")


def _occurrences(counted: Summary) -> str:
    w = words()
    kinds = []
    if counted.of_verses:
        verses = w.count("verse", counted.verses)
        kinds.append(w.say("summary.of_verses", n=counted.of_verses, verses=verses))
    if counted.of_reports and counted.reports:
        kinds.append(
            w.say(
                "summary.of_reports",
                n=counted.of_reports,
                reports=w.count("report", counted.reports),
                versions=w.count("version", counted.versions),
            )
        )
    elif counted.of_reports:
        kinds.append(w.say("summary.of_reports_bare", n=counted.of_reports))
    total = w.count("quotation", counted.occurrences)
    return w.say("summary.occurrences", quotations=total, list=w.say("join.comma").join(kinds))


def _looks(report: Report) -> str:
    """Signs, counts and match words; the labels where a reader will want to look."""
    w = words()
    said: dict[tuple[str, str], list[str]] = {}
    for finding in sorted(report.findings, key=lambda f: LOOKS.index(phrases.look(f))):
        key = (phrases.look(finding), phrases.match_words(finding))
        said.setdefault(key, []).append(finding.label)
    items = []
    for (look, what), labels in said.items():
        item = f"{phrases.sign(look)} {len(labels)} {what}"
        items.append(item if look in ("same", "part") else f"{item} ({_labels(labels)})")
    return w.say("join.semicolon").join(items)


def _labels(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:MOST_LABELS])
    return shown if len(labels) <= MOST_LABELS else f"{shown}, …"


def _checks(counts: dict[str, int], differing: str = "") -> str:
    """The counts, with what differs named beside its own."""
    w = words()
    said = (f"{w.count(key, n)}{differing if key == 'differs' else ''}" for key, n in counts.items())
    return w.say("join.comma").join(said)


def _differing(counted: Summary) -> str:
    if not counted.claims_differ:
        return ""
    w = words()
    items = [f"{label} {w.say(f'claim.{kind}')}" for label, kind in counted.claims_differ[:MOST_LABELS]]
    more = ", …" if len(counted.claims_differ) > MOST_LABELS else ""
    return f" ({', '.join(items)}{more})"
