"""`check` and `find`: every text on its own, so that one that cannot be read stops none of the others."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.output import Output, unexpected
from takhrij.commands.progress import Bar
from takhrij.errors import DataError, TakhrijError, UsageError

if TYPE_CHECKING:
    from takhrij.model import Document, Quotation


def check(options: Namespace) -> int:
    """Check every text and write a report of each."""

    def one(document: Document, original: str | bytes, bar: Bar, output: Output) -> int:
        from takhrij import api
        from takhrij.report import fix

        if options.fix:
            fix.refuse(document, output.format)
        report = api.check(document=document, sources=options.sources, without=options.without, progress=bar)
        if output.path is None:
            bar.close()
        else:
            bar("writing", 0, 0)
        if options.fix:
            output.put(document.name, fix.as_file(report, output.format, options.fix, original))
        else:
            output.show(document.name, report, all_sources=options.all, original=original)
        bar.close()
        return exit_status.of_report(report, options.fail_on)

    return _each(options, one)


def find(options: Namespace) -> int:
    """Find the quotations of every text and list them, with where they stand."""

    def one(document: Document, original: str | bytes, bar: Bar, output: Output) -> int:
        from takhrij import api
        from takhrij.report.json import found_as_json

        found = api.find(document=document, sources=options.sources, without=options.without, progress=bar)
        bar.close()
        rendered = found_as_json(document, found) if output.format == "json" else _as_lines(document, found)
        output.put(document.name, rendered)
        return exit_status.NOTHING_DIFFERS

    return _each(options, one)


_One = Callable[["Document", "str | bytes", Bar, Output], int]


def _each(options: Namespace, one: _One) -> int:
    """Do one text after the other; an error of one is said and the others are still done."""
    output = Output(options, len(options.files))
    statuses: list[int] = []
    try:
        for path in options.files:
            with Bar(wanted=options.progress and not options.quiet) as bar:
                try:
                    statuses.append(_read_and_do(path, options, one, bar, output))
                except Exception as error:
                    bar.close()
                    output.fail(path, _for_a_person(error, path))
                    statuses.append(exit_status.UNREADABLE)
                    if isinstance(error, DataError):  # it would be the same for every text
                        break
    finally:
        output.close()
    return exit_status.overall(statuses)


def _read_and_do(path: str, options: Namespace, one: _One, bar: Bar, output: Output) -> int:
    from takhrij.read import read
    from takhrij.read.load import load_standard_input

    bar("reading", 0, 0)
    name = "standard input" if path == "-" else path
    original = load_standard_input(name, options.max_size) if path == "-" else path
    document = read(original, name=name, format=options.input_format, limit=options.max_size, progress=bar)
    return one(document, original, bar, output)


def _for_a_person(error: Exception, path: str) -> TakhrijError:
    """The error as it is to be said of one text; raised again where it is not about one text."""
    if isinstance(error, UsageError | OSError):
        raise error
    if isinstance(error, TakhrijError):
        return error
    if os.environ.get("TAKHRIJ_DEBUG"):
        raise error
    if isinstance(error, MemoryError):
        return TakhrijError(f"{path}: not enough memory; split the file")
    return TakhrijError(f"{path}: {unexpected(error)}")


def _as_lines(document: Document, found: tuple[Quotation, ...]) -> str:
    """Two lines for each: where it stands and what explains it; its words."""
    from takhrij.read import line_of
    from takhrij.report.clean import isolated, one_line

    said = []
    for quotation in found:
        line = line_of(document, quotation.span.start)
        kind = "" if quotation.presented == "quotation" else f" ({quotation.presented})"
        refs = ", ".join(quotation.refs) or "no passage"
        said.append(f"{document.name}:{line}: {refs}{kind}\n    {isolated(one_line(quotation.text))}")
    return "\n".join(said) or f"{document.name}: no quotation found"
