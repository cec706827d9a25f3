"""`cite`: what a claim, a reference or the quotations of a text are cited as."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.output import Output, complain
from takhrij.commands.progress import Bar

if TYPE_CHECKING:
    from takhrij.model import Citation
    from takhrij.report.cite.styles import Form


def cite(options: Namespace) -> int:
    """Cite passages in a style, or as data for a reference manager."""
    output = Output(options)
    with Bar(wanted=options.progress and not options.quiet) as bar:
        cited = [one for what in options.what for one in _named(what, options, bar)]
    if not options.quiet:
        _say_numberings(cited)
    output.put("citations", _rendered(cited, output.format, options.style, options.form.replace("-", "_")))
    output.close()
    return exit_status.NOTHING_DIFFERS


def _named(what: str, options: Namespace, bar: Bar) -> tuple[Citation, ...]:
    from takhrij import api

    if what != "-" and not _is_file(what):
        return api.cite(what)
    from takhrij.read import read
    from takhrij.report.cite.passages import citations

    document = read(what, format=options.input_format, limit=options.max_size)
    report = api.check(document=document, sources=options.sources, without=options.without, progress=bar)
    return citations(report)


def _is_file(what: str) -> bool:
    try:
        return Path(what).is_file()
    except (OSError, ValueError):
        return False


def _say_numberings(cited: Sequence[Citation]) -> None:
    """Of a number that somebody gave, in which numbering it was taken, and how the record begins."""
    from takhrij.index import open_index
    from takhrij.report.phrases import numbering, quoted
    from takhrij.report.words import words

    index = open_index()
    for one in cited:
        if one.claim and one.claim != one.ref and one.source.kind == "report":
            passage = index.record(index.rows[one.ref])
            begin = next((part.span.start for part in passage.parts if part.kind == "matn"), 0)
            said = {"text": one.claim, "numbering": numbering(one.source.numbering)}
            complain(words().say("cite.taken", **said, begins=quoted(passage.text[begin:])))


def _rendered(cited: Sequence[Citation], format: str, style: str, form: Form) -> str:
    from takhrij.report.cite import exchange, styles

    if format in ("csl", "bibtex"):
        return (exchange.csl if format == "csl" else exchange.bibtex)(cited)
    if format == "json":
        return json.dumps([_value(one, style) for one in cited], ensure_ascii=False, indent=2)
    if form == "bibliography":
        lines = styles.bibliography(cited, style)
    else:
        labels = (f"{one.finding}  " if one.finding else "" for one in cited)
        lines = [label + styles.cite(one, style, form) for label, one in zip(labels, cited, strict=True)]
    return "\n".join(lines if format == "markdown" else map(styles.plain_text, lines))


def _value(one: Citation, style: str) -> dict[str, str | None]:
    from takhrij.report.cite.styles import cite

    return {
        "ref": one.ref,
        "finding": one.finding,
        "claim": one.claim,
        "number": one.number,
        "numbering": one.source.numbering,
        "book": one.book,
        "title": one.source.title,
        "edition": one.source.edition,
        "note": cite(one, style, "note"),
        "in_text": cite(one, style, "in_text"),
        "bibliography": cite(one, style, "bibliography") or None,
    }
