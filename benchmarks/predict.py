"""Predictions for the evaluation sets: the public API over each row's text, and nothing else of the row.

    predict.py IN.jsonl OUT.jsonl [--given-spans] [--without SOURCE ...]

Reads {"id", "text", …} a line, writes {"id", "segments": [{"type", "start", "end", "refs"}]}.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import takhrij
from takhrij.find.claims import RawClaim, citation_segments, find_claims, find_isnads, read_for_claims
from takhrij.model import Finding, SourceMatch, Span

MOST_REFS = 10
LEAST_COVERED = 0.7


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--without", action="append", default=[], help="a source to leave out")
    parser.add_argument("--echoes", action="store_true", help="count echoes as quotations as well")
    options = parser.parse_args()
    begin, size = time.perf_counter(), 0
    with options.predictions.open("w", encoding="utf-8") as out:
        for row in rows(options.rows):
            size += len(row["text"])
            segments = list(predicted(row["text"], options.without, echoes=options.echoes))
            out.write(json.dumps({"id": row["id"], "segments": segments}, ensure_ascii=False) + "\n")
    seconds = time.perf_counter() - begin
    print(f"{size} characters in {seconds:.1f} s", file=sys.stderr)


def rows(path: Path) -> Iterable[dict[str, Any]]:
    """Each row's id and text; labels, corrections and refs are dropped before anything sees them."""
    with path.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            row = json.loads(line)
            yield {"id": row["id"], "text": row["text"]}


def predicted(text: str, without: list[str], *, echoes: bool) -> Iterable[dict[str, Any]]:
    """Segments in the order that the scorer wants: a later one overwrites an earlier one."""
    report = takhrij.check(text=text, without=without)
    reading = read_for_claims(text)
    for isnad in find_isnads(text, reading):
        yield {"type": "isnad", "start": isnad.span.start, "end": isnad.span.end}
    reports = [finding for finding in report.findings if finding.kind == "report"]
    for finding in reports:
        if finding.isnad is not None:
            yield {"type": "isnad", "start": finding.isnad.start, "end": finding.isnad.end}
    claims = find_claims(text, reading)
    yield from announcements(text, claims, [finding.span for finding in reports])
    quoted = sorted(finding.span for finding in report.findings)
    for start, end in citation_segments(text, claims, quoted):
        yield {"type": "claimed_source", "start": start, "end": end}
    findings = [*report.findings, *(report.echoes if echoes else ())]
    for kind, name in (("report", "matn"), ("quran", "Ayah")):
        for finding in findings:
            if finding.kind == kind:
                start, end = finding.span
                yield {"type": name, "start": start, "end": end, "refs": refs(finding)}


def announcements(text: str, claims: Sequence[RawClaim], reports: Sequence[Span]) -> Iterable[dict[str, Any]]:
    """«that the Prophet said:» straight before a report: the sets count it as a chain."""
    starts = sorted(span.start for span in reports)
    for claim in claims:
        if claim.kind != "said_by" or not claim.text.startswith(("عن", "أن", "ان", "أنّ")):
            continue
        place = bisect_left(starts, claim.span.end)
        if place < len(starts) and not any(map(str.isalpha, text[claim.span.end : starts[place]])):
            yield {"type": "isnad", "start": claim.span.start, "end": claim.span.end}


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
