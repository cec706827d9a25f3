"""The formats in which reports are written: their names, file endings, what makes each, what it needs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from takhrij.errors import UsageError
from takhrij.report.words import words


class Format(NamedTuple):
    """`maker` is "room:function" of this package; `endings` are those of file names, the usual one first.

    sheet: what makes it of a takhrīj sheet, if anything; binary: whether it is bytes, not text; copies: the
    formats of documents whose file it is put into, or made for; shows: those whose file it shows where that
    is at hand; needs: a package, and the extra of takhrij that installs it.
    """

    name: str
    endings: tuple[str, ...]
    maker: str
    sheet: str = ""
    binary: bool = False
    copies: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    needs: tuple[str, str] = ("", "")

    def function(self, *, sheet: bool = False) -> Callable[..., Any]:
        """What makes it of a report, or of a sheet; UsageError where it needs a package that is not there."""
        package, extra = self.needs
        if package and find_spec(package) is None:
            raise UsageError(words().say("save.needs", format=self.name, package=package, extra=extra))
        room, _, name = (self.sheet if sheet else self.maker).partition(":")
        found: Callable[..., Any] = getattr(import_module(f"takhrij.report.{room}"), name)
        return found


_LXML = ("lxml", "documents")
_TEXTS = ("text", "markdown", "openiti")
FORMATS = {
    one.name: one
    for one in (
        Format("text", (".txt",), "terminal:to_text", sheet="terminal:to_text"),
        Format("json", (".json",), "json:dumps", sheet="json:dumps"),
        Format("html", (".html", ".htm"), "html:to_html", sheet="sheet_html:sheet_to_html", shows=("pdf",)),
        Format("pdf", (".pdf",), "pdf:to_pdf", binary=True, needs=("typst", "pdf")),
        Format("csv", (".csv",), "csv:to_csv"),
        Format("parquet", (".parquet",), "parquet:to_parquet", binary=True, needs=("pyarrow", "tables")),
        Format("csl", (".csl.json",), "cite.exchange:to_csl"),
        Format("bibtex", (".bib",), "cite.exchange:to_bibtex"),
        Format("annotations", (".jsonld",), "annotations:to_annotations"),
        Format("markdown", (".md",), "markdown:to_markdown"),
        Format("guard", (".guard.json",), "guard:to_guard"),
        Format("patch", (".patch", ".diff"), "fix.patch:to_patch", binary=True, copies=_TEXTS),
        Format("docx", (".docx",), "word.comments:to_docx", binary=True, copies=("docx",), needs=_LXML),
        Format("tei", (".tei.xml", ".xml", ".tei"), "tei:to_tei", binary=True, copies=("tei",), needs=_LXML),
    )
}


def get(name: str, *, sheet: bool = False) -> Format:
    """The format of that name; UsageError where there is none, or none for a sheet."""
    if name not in FORMATS:
        raise UsageError(words().say("save.unknown", format=name, known=", ".join(FORMATS)))
    if sheet and not FORMATS[name].sheet:
        known = ", ".join(one.name for one in FORMATS.values() if one.sheet)
        raise UsageError(words().say("save.reports_only", format=name, known=known))
    return FORMATS[name]


def of_name(name: str) -> Format | None:
    """The format that the ending of a file's name tells."""
    lowered = name.lower()
    told = [(len(end), one) for one in FORMATS.values() for end in one.endings if lowered.endswith(end)]
    return max(told, default=(0, None), key=lambda pair: pair[0])[1]
