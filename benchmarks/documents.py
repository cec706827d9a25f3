"""How many findings of a text are found alike in the PDFs that were made of it.

    documents.py [FOLDER]

FOLDER (tests/read/documents by default) holds texts (`name.txt`) and PDFs made of them (`name-producer.pdf`,
`make_documents.sh`). A finding counts as found alike where the PDF has one with the same words, of the same
kind and match, with the same first source and the same checks of what is said about it; the share is of the
text's findings or, if those are more, of the PDF's.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from timed import table

import takhrij
from takhrij.model import Report
from takhrij.text import simple

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "read" / "documents"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    rows = []
    for text in sorted(folder.glob("*.txt")):
        wanted = told(takhrij.check(text))
        for made in sorted(folder.glob(f"{text.stem}-*.pdf")):
            found = told(takhrij.check(made))
            rows.append([made.name, str(wanted.total()), str(found.total()), f"{alike(wanted, found):.3f}"])
    table(["file", "findings of the text", "of the PDF", "alike"], rows)


def told(report: Report) -> Counter[tuple[object, ...]]:
    """What is said of each quotation: kind, letters, match, source, claims with their checks."""
    return Counter(
        (
            one.kind,
            tuple(re.findall(r"\w+", simple(one.text).text)),
            one.status,
            one.match,
            one.sources[0].ref if one.sources else None,
            tuple(sorted((claim.kind, claim.check or "") for claim in one.claims)),
        )
        for one in (*report.findings, *report.echoes)
    )


def alike(wanted: Counter[tuple[object, ...]], found: Counter[tuple[object, ...]]) -> float:
    """The share of findings that both have."""
    return (wanted & found).total() / max(wanted.total(), found.total(), 1)


if __name__ == "__main__":
    main()
