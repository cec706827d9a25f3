"""A `Report` or a takhrīj `Sheet` comes in; text for a terminal, HTML, JSON, tables, documents go out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from takhrij.errors import InputError, UsageError
from takhrij.model import Report, Sheet


def render(value: Report | Sheet, format: str = "text") -> str:
    """The report or sheet in one of `formats()` that is text.

    UsageError for a format that is not known, not text, not for sheets, or whose package is not installed.
    """
    from takhrij.report import forms
    from takhrij.report.words import words

    form = forms.get(format, sheet=isinstance(value, Sheet))
    if form.binary:
        raise UsageError(words().say("save.no_text", format=format))
    rendered: str = form.function(sheet=isinstance(value, Sheet))(value)
    return rendered


def as_file(value: Report | Sheet, format: str, original: str | Path | bytes | None = None) -> bytes:
    """The bytes of a file with the report or sheet in any of `formats()`; errors as for `render`.

    Of a Word or TEI file that was read, "docx" and "tei" are a copy with the report in it: `original` is that
    file, or its bytes; by default it is read again from where it was. InputError where it is not there or has
    another text now. Of a PDF that is still there, "html" shows strips of its pages.
    """
    from takhrij.report import forms

    form = forms.get(format, sheet=isinstance(value, Sheet))
    if isinstance(value, Report) and value.document.format in form.shows:
        return str(form.function()(value, _at_hand(value, original))).encode("utf-8", "replace")
    if not form.binary:
        return render(value, format).encode("utf-8", "replace")
    copied = isinstance(value, Report) and value.document.format in form.copies
    made: bytes = form.function()(value, original_of(value, original)) if copied else form.function()(value)
    return made


def rows(reports: Iterable[Report | None]) -> list[dict[str, str | int | float | None]]:
    """The findings of reports as rows of a table, one a finding and source, as CSV has them.

    `pandas.DataFrame(rows(takhrij.check_many(frame["answer"])))`; `document` is the label of the text's row.
    """
    from takhrij.report.tables import FINDINGS

    made = (row for report in reports if report is not None for row in FINDINGS.rows(report))
    return [dict(zip(FINDINGS.names, row, strict=True)) for row in made]


def formats() -> tuple[str, ...]:
    """The names of the formats that `as_file` knows."""
    from takhrij.report.forms import FORMATS

    return tuple(FORMATS)


def save(value: Report | Sheet, path: str | Path, original: str | Path | bytes | None = None) -> Path:
    """Write the report or sheet in the format of the name's ending (.json, .html, …), whole or not at all.

    `original` and its errors as for `as_file`.
    UsageError for an ending that is not known; TakhrijError where the file cannot be written.
    """
    from takhrij.report.forms import FORMATS, of_name
    from takhrij.report.words import words
    from takhrij.report.write import write

    target = Path(path)
    format = of_name(target.name)
    if format is None:
        endings = ", ".join(ending for one in FORMATS.values() for ending in one.endings)
        raise UsageError(words().say("save.no_suffix", path=target, known=endings))
    write(target, as_file(value, format.name, original))
    return target


def _at_hand(report: Report, original: str | Path | bytes | None) -> bytes | None:
    """The file that was read, where it is still there."""
    from takhrij.read import SIZE_LIMIT
    from takhrij.read.load import load_file

    data = report.document.name if original is None else original
    try:
        return data if isinstance(data, bytes) else load_file(Path(data), str(data), SIZE_LIMIT)
    except InputError:
        return None


def original_of(report: Report | Sheet, original: str | Path | bytes | None = None) -> bytes | None:
    """The bytes of the file that was read; None for a text that stood in none.

    `original` is the file or its bytes; by default it is read again from where it was. InputError where it is
    not there, or its text is not the one that was checked.
    """
    from takhrij.read import SIZE_LIMIT, TEXT_FORMATS, read
    from takhrij.read.load import load_file
    from takhrij.report.words import words

    assert isinstance(report, Report)
    document = report.document
    if original is None and document.format in TEXT_FORMATS and document.encoding is None:
        return None
    data = document.name if original is None else original
    if not isinstance(data, bytes):
        data = load_file(Path(data), str(data), SIZE_LIMIT)
    if read(data, name=document.name, format=document.format).text != document.text:
        raise InputError(words().say("save.changed", name=document.name))
    return data
