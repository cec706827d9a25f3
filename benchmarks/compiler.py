"""The claims of an anthology's compiler, put back behind its reports and checked: share that holds.

    compiler.py EXAM.jsonl [--every N] [--without SOURCE ...]

EXAM.jsonl is what the evaluation's script makes out of the anthology: each row a report whose gold segment
names the collections that the compiler named. The claim is put behind the quotation («متفق عليه»,
«رواه أبو داود»).
Rows are counted from 0, even and odd ones apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import takhrij

NAMES = {
    "bukhari": "البخاري",
    "muslim": "مسلم",
    "abu-dawud": "أبو داود",
    "tirmidhi": "الترمذي",
    "nasai": "النسائي",
    "ibn-majah": "ابن ماجه",
    "darimi": "الدارمي",
    "muwatta": "مالك",
    "ahmad": "أحمد",
    "bayhaqi-kubra": "البيهقي",
    "daraqutni": "الدارقطني",
    "hakim": "الحاكم",
}
HOLDS = ("agrees", "agrees_in_substance")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--every", type=int, default=1, help="every so many rows of each half")
    parser.add_argument("--without", action="append", default=[], help="a source to leave out")
    parser.add_argument("--show", choices=("even", "odd"), help="print the claims that do not hold")
    options = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    for number, line in enumerate(options.rows.open(encoding="utf-8")):
        half = ("even", "odd")[number % 2]
        if number // 2 % options.every:
            continue
        row = json.loads(line)
        segment = row["segments"][0]
        named = [ref.partition(":")[0] for ref in segment["refs"]]
        named = [name for name in named if name in NAMES]
        agreed = {"bukhari", "muslim"} <= set(named)
        claim = "متفق عليه" if agreed else "رواه " + " و".join(NAMES[name] for name in named)
        text = row["text"][: segment["end"] + 1] + f" {claim}."
        report = takhrij.check(text=text, without=options.without)
        checks = {
            what: claim.check
            for finding in report.findings
            if finding.span.end > segment["start"]
            for claim in finding.claims
            if claim.kind == "collection"
            for what in (["agreed upon"] if agreed else claim.says.split(", "))
        }
        for what in ["agreed upon"] if agreed else named:
            check = checks.get(what, "no claim read")
            counts[half, what, check] += 1
            if options.show == half and check not in HOLDS:
                print(row["id"], what, check)
    print("| rows | claim | claims | of those checked | of all | agrees | in substance | differs | rest |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for half in ("even", "odd"):
        kinds = {what for of, what, _ in counts if of == half}
        for what in [*sorted(kinds), "all"]:
            of = {
                check: sum(
                    n for (h, w, c), n in counts.items() if h == half and c == check and what in (w, "all")
                )
                for check in (*HOLDS, "differs", "not_checked", "no claim read")
            }
            total, holds = sum(of.values()), of["agrees"] + of["agrees_in_substance"]
            decided = holds + of["differs"]
            shares = f"{holds / max(1, decided):.3f} | {holds / max(1, total):.3f}"
            said = " | ".join(str(of[check]) for check in (*HOLDS, "differs"))
            print(f"| {half} | {what} | {total} | {shares} | {said} | {total - decided} |")


if __name__ == "__main__":
    main()
