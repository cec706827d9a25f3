"""A `Report` or a takhrīj `Sheet` comes in; text for a terminal, HTML or JSON goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from takhrij.errors import UsageError
from takhrij.model import Report, Sheet

SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text"}


def render(value: Report | Sheet, format: str = "text") -> str:
    """The report or sheet as text in a format: "text", "html", "json"; UsageError for any other."""
    from takhrij.report.words import words

    if format not in _FORMATS:
        raise UsageError(words().say("save.unknown", format=format, known=", ".join(formats())))
    return _FORMATS[format](value)


def formats() -> tuple[str, ...]:
    """The names of the formats that `render` knows."""
    return tuple(_FORMATS)


def save(value: Report | Sheet, path: str | Path) -> Path:
    """Write the report or sheet in the format of the name's ending (.json, .html, .txt), whole or not at all.

    UsageError for an ending that is not known; TakhrijError where the file cannot be written.
    """
    from takhrij.report.words import words
    from takhrij.report.write import write

    target = Path(path)
    format = SUFFIXES.get(target.suffix.lower())
    if format is None:
        raise UsageError(words().say("save.no_suffix", path=target, known=", ".join(SUFFIXES)))
    write(target, render(value, format))
    return target


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
