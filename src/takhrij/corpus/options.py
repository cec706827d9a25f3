"""The options of `takhrij corpus`; nothing heavy is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from takhrij.options import add_quiet, add_search

VERBS = ("run", "report", "query")
DEPTHS = ("wording", "claims")
FORMATS = ("text", "json", "csv")
QUESTIONS = (
    *("summary", "passages", "books", "authors", "centuries", "wordings", "sources", "suras", "verses"),
    *("places", "variants", "claims", "duplicates", "failed"),
)
_Add = Callable[[Any, str, str, str], argparse.ArgumentParser]


def with_verb(arguments: Sequence[str]) -> list[str]:
    """`corpus TEXTS OUT` as `corpus run TEXTS OUT`: the verb that may be left out."""
    given = list(arguments)
    if given[:1] == ["corpus"] and len(given) > 1 and given[1] not in (*VERBS, "-h", "--help"):
        given.insert(1, "run")
    return given


def add_corpus(commands: Any, command: _Add) -> None:
    """The verbs of `corpus` with their options."""
    corpus = commands.add_parser(
        "corpus",
        help="check a library of books, resumable and in parallel; ask what it quotes",
        description="Check a library of books, resumable and in parallel; then ask what it quotes. `takhrij "
        "corpus TEXTS OUT` is short for `takhrij corpus run TEXTS OUT`.",
    )
    verbs = corpus.add_subparsers(metavar="VERB", required=True)
    _add_run(command(verbs, "run", "corpus:run", "check every text and write the findings as Parquet"))
    report = command(verbs, "report", "corpus:report", "make one page of the results, with pictures")
    report.add_argument("results", metavar="OUT", help="the folder of the results")
    report.add_argument(
        "-o", "--output", metavar="FILE", help="the page (default: report.html in the folder of the results)"
    )
    _add_choice(report)
    query = command(verbs, "query", "corpus:query", "answer one of the usual questions about the results")
    query.add_argument("results", metavar="OUT", help="the folder of the results")
    query.add_argument("question", metavar="QUESTION", help=", ".join(QUESTIONS))
    query.add_argument("--ref", metavar="REF", help="the passage that is asked about: bukhari:1, quran:5:6")
    query.add_argument("--top", type=_count, default=20, metavar="N", help="rows at most (default: 20)")
    query.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0], metavar="FORMAT", help=f"{', '.join(FORMATS)}"
    )
    _add_choice(query)


def _add_choice(asked: argparse.ArgumentParser) -> None:
    asked.add_argument("--author", metavar="NAME", help="only authors whose name or OpenITI name has this")
    asked.add_argument("--book", metavar="TITLE", help="only books whose title or OpenITI name has this")
    asked.add_argument(
        "--centuries", type=_centuries, metavar="A-B", help="only authors who died in these centuries AH: 5-7"
    )
    asked.add_argument("--kind", choices=("quran", "report"), metavar="KIND", help="quran or report")
    for name, what in (
        ("versions", "count every version of a book, not one"),
        ("paratext", "count editors' introductions and footnotes too"),
        ("echoes", "count wording of verses and reports that is woven into the prose too"),
    ):
        asked.add_argument(f"--{name}", action="store_true", help=what)


def _add_run(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "texts",
        metavar="TEXTS",
        help="a folder, a pattern in quotation marks, or @LIST, a file with a path a line",
    )
    run.add_argument(
        "output", metavar="OUT", help="the folder of the results; one that was begun is gone on with"
    )
    run.add_argument(
        "--depth",
        choices=DEPTHS,
        default=DEPTHS[0],
        metavar="DEPTH",
        help="wording (default): where each quotation stands and how it differs; claims: also what the text "
        "says of it, as `check` does (several times slower)",
    )
    run.add_argument(
        "--most-sources",
        type=_count,
        default=4,
        metavar="N",
        help="sources that are compared and recorded of each quotation (default: 4)",
    )
    add_search(run)
    run.add_argument(
        "--workers", type=_count, metavar="N", help="processes on this machine (default: one a core)"
    )
    run.add_argument(
        "--dask", metavar="ADDRESS", help="have the workers of this Dask scheduler do it (tcp://host:8786)"
    )
    run.add_argument(
        "--commit-every",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="write results so often: what a kill can lose (default: 60)",
    )
    add_quiet(run)


def _count(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of at least 1")
    return number


def _centuries(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} names no centuries: write 5 or 5-7")
    return int(first), int(last or first)
