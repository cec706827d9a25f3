"""A `Report` or a takhrīj `Sheet` comes in; text for a terminal, HTML, JSON, CSV, annotations go out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from takhrij.errors import InputError, UsageError
from takhrij.model import Report, Sheet

SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text"}
SUFFIXES |= {".csv": "csv", ".jsonld": "annotations"}
SUFFIXES |= {".md": "markdown", ".docx": "docx", ".xml": "tei", ".tei": "tei"}
COPIES = {"docx": "docx:annotated", "tei": "tei:annotated"}  # written into a copy of the file that was read
_OF_REPORTS = {"csv": "csv:to_csv", "annotations": "annotations:to_annotations"}
_OF_REPORTS |= {"markdown": "markdown:to_markdown"}


def render(value: Report | Sheet, format: str = "text") -> str:
    """The report or sheet as text in a format: "text", "html", "json"; of reports any of `formats()`.

    UsageError for any other.
    """
    from takhrij.report.words import words

    if format in _FORMATS:
        return _FORMATS[format](value)
    if format not in _OF_REPORTS:
        raise UsageError(words().say("save.unknown", format=format, known=", ".join(formats())))
    if not isinstance(value, Report):
        raise UsageError(words().say("save.reports_only", format=format, known=", ".join(_FORMATS)))
    rendered: str = _function(_OF_REPORTS[format])(value)
    return rendered


def annotated(value: Report | Sheet, format: str, original: str | Path | bytes | None = None) -> bytes:
    """A copy of the file that was read ("docx", "tei") with the report in it.

    `original` is that file, or its bytes; by default it is read again from where it was. UsageError where the
    report is of a text in another format, InputError where the file is not there or has another text now.
    """
    from takhrij.report.words import words

    document = value.document if isinstance(value, Report) else None
    if document is None or document.format != format:
        found = document.format if document else "passage"
        raise UsageError(words().say("save.no_copy", format=format, found=found, known=", ".join(formats())))
    from takhrij.read import SIZE_LIMIT, read
    from takhrij.read.load import load_file

    data = document.name if original is None else original
    if not isinstance(data, bytes):
        data = load_file(Path(data), str(data), SIZE_LIMIT)
    if read(data, name=document.name, format=format).text != document.text:
        raise InputError(words().say("save.changed", name=document.name))
    made: bytes = _function(COPIES[format])(value, data)
    return made


def formats() -> tuple[str, ...]:
    """The names of the formats that `render` knows."""
    return (*_FORMATS, *_OF_REPORTS)


def save(value: Report | Sheet, path: str | Path, original: str | Path | bytes | None = None) -> Path:
    """Write the report or sheet in the format of the name's ending (.json, .html, …), whole or not at all.

    `original` and its errors as for `annotated`.
    UsageError for an ending that is not known; TakhrijError where the file cannot be written.
    """
    from takhrij.report.words import words
    from takhrij.report.write import write

    target = Path(path)
    format = SUFFIXES.get(target.suffix.lower())
    if format is None:
        raise UsageError(words().say("save.no_suffix", path=target, known=", ".join(SUFFIXES)))
    write(target, annotated(value, format, original) if format in COPIES else render(value, format))
    return target


def _function(name: str) -> Callable[..., Any]:
    room, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"takhrij.report.{room}"), function)
    return found


def _text(value: Report | Sheet) -> str:
    from takhrij.report.terminal import to_text

    return to_text(value)


def _html(value: Report | Sheet) -> str:
    if isinstance(value, Report):
        from takhrij.report.html import to_html

        return to_html(value)
    from takhrij.report.sheet_html import sheet_to_html

    return sheet_to_html(value)


def _json(value: Report | Sheet) -> str:
    from takhrij.report.json import dumps

    return dumps(value)


_FORMATS: dict[str, Callable[[Report | Sheet], str]] = {"text": _text, "html": _html, "json": _json}
