"""A `Report` comes in; what may be proposed to the editor of the text goes out: a patch, tracked changes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from takhrij.errors import UsageError
from takhrij.model import Document, Report
from takhrij.report.fix.proposals import KINDS, applied, proposals

__all__ = ["FORMATS", "KINDS", "applied", "as_file", "proposals", "refuse"]
FORMATS = ("patch", "docx", "json")


def as_file(
    report: Report,
    format: str = "patch",
    kinds: Collection[str] = KINDS,
    original: str | Path | bytes | None = None,
) -> bytes:
    """What is proposed of a report as one of FORMATS.

    A patch for the text file that was read; a Word file with tracked changes, that which was read or one made
    of the text; or the proposals as JSON. `original` as for `takhrij.report.as_file`. Raises UsageError for
    what `refuse` refuses and for unknown kinds, InputError where the original has another text now.
    """
    from takhrij.report import original_of

    refuse(report.document, format)
    if format == "json":
        from takhrij.model.plain import as_text, plain

        head = {"format": "takhrij fixes 1", "document": report.document.name}
        return as_text(head | plain(proposals(report, kinds))).encode()
    if format == "patch":
        from takhrij.report.fix.patch import to_patch

        return to_patch(report, original_of(report, original), kinds)
    from takhrij.report.word.tracked import to_docx

    data = original_of(report, original) if report.document.format == "docx" else None
    return to_docx(report, data, kinds)


def refuse(document: Document, format: str) -> None:
    """Raise UsageError where what is proposed of a document cannot be written so."""
    from takhrij.report.words import words

    if format not in FORMATS:
        raise UsageError(words().say("fix.no_format", format=format, known=", ".join(FORMATS)))
    if format == "patch":
        from takhrij.report.fix.patch import refuse as refuse_patch

        refuse_patch(document)
