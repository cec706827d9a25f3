"""`compare` and `lookup`: one quotation or one passage of a source, by its ref."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.output import Output
from takhrij.commands.progress import Bar

if TYPE_CHECKING:
    from takhrij.model import SourceMatch

_MOST_CHANGES = 50


def compare(options: Namespace) -> int:
    """Compare a quotation with a passage and say what differs."""
    from takhrij import api
    from takhrij.report.json import match_as_json

    quote = options.quote
    if quote == "-":
        from takhrij.read import read

        quote = read("-").text.strip()
    output = Output(options)
    _open_index(options)
    match = api.compare(quote, options.ref)
    output.put(options.ref, match_as_json(match) if output.format == "json" else _as_text(match))
    output.close()
    return exit_status.of_match(match, options.fail_on)


def lookup(options: Namespace) -> int:
    """Show the takhrīj sheet of a passage: its versions, and what was not searched."""
    from takhrij import api

    output = Output(options)
    _open_index(options)
    output.show(options.ref.replace(":", "-"), api.lookup(options.ref))
    output.close()
    return exit_status.NOTHING_DIFFERS


def _open_index(options: Namespace) -> None:
    """Open the index, built on first use, under a progress bar; it stays open for what follows."""
    from takhrij import index

    with Bar(wanted=options.progress and not options.quiet) as bar:
        index.open_index(bar)


def _as_text(match: SourceMatch) -> str:
    """Where it stands and how it matches, then each difference on a line, then what stands around it."""
    from takhrij.report import phrases
    from takhrij.report.clean import isolated, one_line

    kind = "quran" if phrases.is_verse(match.source) else "report"
    look = phrases.look_of(match)
    said = [
        f"{phrases.sign(look)} {phrases.look_words(look, kind, match)}: {phrases.cite_full(match)}",
        *(f"  {line}" for line in phrases.changes_words(match.changes, _MOST_CHANGES)),
        *(f"  {line}" for line in phrases.around(match, kind)),
        f"  {phrases.quoted(match.text, clipped=False)}",
    ]
    return "\n".join(isolated(one_line(line) if line[0] != " " else "  " + one_line(line)) for line in said)
