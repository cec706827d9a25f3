"""Predictions for the evaluation sets: the public API over each row's text, and nothing else of the row.

    predict.py IN.jsonl OUT.jsonl [--given-spans] [--without SOURCE ...]

With --given-spans the verses and reports are those of the row's segments (type, start and end, nothing else),
and what is written is a label for each segment and a correction for each that differs.

A report is predicted unless the text gives it as a Companion's or Successor's own words («قال عمر: …»): a
matn is what is handed down from the Prophet.

Reads {"id", "text", …} a line, writes {"id", "segments": [{"type", "start", "end", "refs"}]}.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, partial
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import takhrij
from takhrij.find.claims import citation_segments, find_claims, find_isnads, read_for_claims
from takhrij.model import Change, Claim, Finding, Kind, SourceMatch, Span
from takhrij.text import fold_word

MOST_REFS = 10
# What comes near enough to be the correction. Of a verse the bits that nearest_verses gives: right on the
# even rows of 2026 with 34 bits .91, 36 .93, 38 .94, 40 .90 (of those that have a correction .92, .92, .92,
# .82). Of a report the share of the words, and how many.
LEAST_BITS = 38.0
LEAST_NEAR, LEAST_SHARED = 0.6, 3.5
HIZB = "۞"
# «correct» of a report: what the sets' readers let pass. Right on the even rows of 2026 and 2025:
# no word .94 and .91, one in 20 .94 and .93, in 16 .94 and .93, in 8 .95 and .93, in 6 .95 and .92
A_WORD_IN = 16
WRONG = "خطأ"
UNCHECKED: Counter[str] = Counter()
LEAST_COVERED = 0.7


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--without", action="append", default=[], help="a source to leave out")
    parser.add_argument("--given-spans", action="store_true", help="label the row's own segments")
    parser.add_argument("--echoes", action="store_true", help="count echoes as quotations as well")
    options = parser.parse_args()
    begin, size = time.perf_counter(), 0
    with options.predictions.open("w", encoding="utf-8") as out:
        for row in rows(options.rows):
            size += len(row["text"])
            if options.given_spans:
                segments = list(labelled(row["text"], row["segments"], options.without))
            else:
                segments = list(predicted(row["text"], options.without, echoes=options.echoes))
            out.write(json.dumps({"id": row["id"], "segments": segments}, ensure_ascii=False) + "\n")
    seconds = time.perf_counter() - begin
    if UNCHECKED:
        print(
            "could not be checked: " + ", ".join(f"{n} {kind}" for kind, n in UNCHECKED.items()),
            file=sys.stderr,
        )
    print(f"{size} characters in {seconds:.1f} s", file=sys.stderr)


def rows(path: Path) -> Iterable[dict[str, Any]]:
    """Each row's id, text and segments' ends; labels, corrections and refs are dropped first of all."""
    with path.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            row = json.loads(line)
            segments = [
                {name: segment[name] for name in ("type", "start", "end")} for segment in row["segments"]
            ]
            yield {"id": row["id"], "text": row["text"], "segments": segments}


def predicted(text: str, without: list[str], *, echoes: bool) -> Iterable[dict[str, Any]]:
    """Segments in the order that the scorer wants: a later one overwrites an earlier one."""
    report = takhrij.check(text=text, without=without)
    reading = read_for_claims(text)
    for isnad in find_isnads(text, reading):
        yield {"type": "isnad", "start": isnad.span.start, "end": isnad.span.end}
    for finding in report.findings:
        if finding.isnad is not None:
            yield {"type": "isnad", "start": finding.isnad.start, "end": finding.isnad.end}
    claims = find_claims(text, reading)
    quoted = sorted(finding.span for finding in report.findings)
    for start, end in citation_segments(text, claims, quoted):
        yield {"type": "claimed_source", "start": start, "end": end}
    findings = [*report.findings, *(report.echoes if echoes else ())]
    for kind, name in (("report", "matn"), ("quran", "Ayah")):
        for finding in findings:
            told = kind == "report" and finding.attributed_to in ("companion", "successor")
            if finding.kind == kind and not told:
                start, end = finding.span
                yield {"type": name, "start": start, "end": end, "refs": refs(finding)}


def labelled(text: str, segments: list[dict[str, Any]], without: list[str]) -> Iterable[dict[str, Any]]:
    """The row's segments with a label each."""
    kinds: dict[str, Kind] = {"Ayah": "quran", "matn": "report"}
    given = [(kinds[s["type"]], Span(s["start"], s["end"])) for s in segments if s["type"] in kinds]
    report = takhrij.check(text=text, without=without, given=given)
    found = {(finding.kind, finding.span): finding for finding in report.findings}
    claims = [claim for finding in report.findings for claim in finding.claims]
    for segment in segments:
        span = Span(segment["start"], segment["end"])
        if segment["type"] in kinds:
            finding = found.get((kinds[segment["type"]], span))
            right = finding is not None and holds(finding)
            correction = WRONG if finding is None or right else corrected(finding)
            yield {**segment, "label": label(right), "correction": correction}
        else:
            yield {**segment, "label": label(claimed(span, segment["type"], claims))}


def label(right: bool) -> str:
    return "correct" if right else "incorrect"


def holds(finding: Finding) -> bool:
    """The same words, nothing left out inside without a mark; of a report a word in sixteen may differ."""
    if finding.kind == "report":
        return any(transmitted(finding, s) for s in finding.sources if s.role == "primary")
    best = finding.sources[:1]
    return any(s.wording in ("same", "spelling", "reading") and s.complete != "gaps" for s in best)


def transmitted(finding: Finding, source: SourceMatch) -> bool:
    """Whether a source has a report so; the attached letter of its first word («و») is free."""
    inside = [c for c in source.changes if not (c.attached and c.span.start <= finding.span.start)]
    return A_WORD_IN * sum(map(changed_words, inside)) <= len(finding.text.split())


def changed_words(change: Change) -> int:
    """How many words another wording is, spellings and vowels not counted."""
    if change.kind in ("spelling", "vowels") or change.marked:
        return 0
    return max(len(change.text.split()), len(change.source_text.split()))


def claimed(span: Span, kind: str, claims: Sequence[Claim]) -> bool:
    """Whether what a segment says of its quotation holds; what was not checked is the set's majority."""
    kinds = ("narrator", "said_by") if kind == "isnad" else ("reference", "collection", "number")
    inside = [c for c in claims if c.kind in kinds and c.span.start < span.end and span.start < c.span.end]
    checks = {claim.check for claim in inside}
    if "differs" in checks:
        return False
    UNCHECKED[kind] += not checks - {"not_checked"}
    return True


def corrected(finding: Finding) -> str:
    """The whole verse or report that comes nearest, or the word for "wrong" where none is near enough."""
    near = next(iter([*finding.sources, *finding.nearest]), None)
    if near is None or (near.wording == "same" and near.complete != "gaps"):  # nothing in it differs
        return WRONG
    if finding.kind == "quran":
        enough = near.bits is None or near.bits >= LEAST_BITS
        return max(map(verse_text, verses(near)), key=partial(shared, finding.text)) if enough else WRONG
    words = near.covered * len(finding.text.split())
    return near.text if words >= LEAST_SHARED and near.covered >= LEAST_NEAR else WRONG


def shared(text: str, verse: str) -> int:
    """How many different words a verse has of a text; the sets restore one verse of those run together."""
    return len(set(map(fold_word, text.split())) & set(map(fold_word, verse.split())))


def verse_text(ref: str) -> str:
    """A verse in Tanzil's simple-plain without the basmala before the first verse of a sura."""
    passage = takhrij.lookup(ref).passage
    start = next(part.span.start for part in passage.parts if part.kind == "matn")
    return (HIZB + " " if ref in quarters() else "") + passage.text[start:]


@cache
def quarters() -> frozenset[str]:
    """The verses before which Tanzil has the sign of a quarter, which the file that is loaded leaves out."""
    folder = Path(str(distribution("kaeshur-quran").locate_file("kaeshur_quran/verses")))
    rows = [row for path in folder.glob("*.json") for row in json.loads(path.read_text("utf-8"))]
    return frozenset("quran:" + row["verse_key"] for row in rows if row["verse_content"].startswith(HIZB))


def refs(finding: Finding) -> list[str]:
    """Single verses or records, best first: of reports the best of each collection before second versions."""
    enough = [source for source in finding.sources if source.covered >= LEAST_COVERED]
    if finding.kind == "quran":
        return list(dict.fromkeys(ref for source in enough for ref in verses(source)))[:MOST_REFS]
    seen: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for source in enough:
        (rest if source.source in seen else first).append(source.ref)
        seen.add(source.source)
    return (first + rest)[:MOST_REFS]


def verses(source: SourceMatch) -> list[str]:
    """The single verses of a reference such as "quran:3:190-191"."""
    match = re.fullmatch(r"quran:(\d+):(\d+)-(\d+)", source.ref)
    if not match:
        return [source.ref]
    sura, first, last = match.groups()
    return [f"quran:{sura}:{verse}" for verse in range(int(first), int(last) + 1)]


if __name__ == "__main__":
    main()
