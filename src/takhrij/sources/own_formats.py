"""The bytes of a user's own text in, its passages out: OpenITI mARkdown, TEI, JSON lines or plain text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from takhrij.errors import InputError
from takhrij.model import Part, Passage, Source, Span, Speaker
from takhrij.sources.numbers import lettered

Format = Literal["openiti", "tei", "jsonl", "text"]
_OPENITI = "######OpenITI#"
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


class Row(NamedTuple):
    """One passage to be: number, text, and what a JSON line may say besides."""

    number: str
    text: str
    book: str | None = None
    english: str | None = None
    narrator: str | None = None
    attributed_to: Speaker | None = None


def decode(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8 or, with a byte order mark, UTF-16; InputError for anything else."""
    if not raw.strip():
        raise InputError(f"{name} is empty: there is nothing to add")
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = raw.decode("utf-16")
        else:
            text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 text (byte {error.start}): convert it, for example with "
            "iconv -f WINDOWS-1256 -t UTF-8, and add the result"
        ) from error
    if "\0" in text:
        raise InputError(f"{name} is a binary file, not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def detect(text: str, suffix: str) -> Format:
    """The format of a text, by its first characters and the file's suffix."""
    start = text.lstrip()[:200]
    if start.startswith(_OPENITI):
        return "openiti"
    if suffix in (".jsonl", ".ndjson") or start.startswith('{"'):
        return "jsonl"
    if suffix in (".xml", ".tei") or start.startswith(("<?xml", "<TEI", "<!DOCTYPE", "<!--")):
        return "tei"
    return "text"


def passages(source: Source, text: str, form: Format, name: str) -> Iterator[Passage]:
    """The passages of a text of that format; InputError, with the place, where it cannot be read."""
    rows = [row for row in _rows(text, form, name) if row.text]
    if not rows:
        raise InputError(f"{name} has no passages: no paragraph with text was found in it (read as {form})")
    plain = [row.number for row in rows]
    for row, number in zip(rows, lettered(plain), strict=True):
        yield _passage(source, row, number)


def _passage(source: Source, row: Row, number: str) -> Passage:
    if source.kind == "report":
        from takhrij.sources.record import Layout, split

        item = split(row.text, Layout())
        parts, speaker, narrator, transmitters = item
    else:
        parts, speaker = (Part(kind="matn", span=Span(0, len(row.text))),), "unclear"
        narrator, transmitters = None, ()
    return Passage(
        source=source.id,
        number=number,
        text=row.text,
        parts=parts,
        attributed_to=row.attributed_to or speaker,
        narrator=row.narrator or narrator,
        transmitters=transmitters,
        english=row.english,
        book=row.book,
        printed_number=row.number if number != row.number else None,
    )


def _rows(text: str, form: Format, name: str) -> Iterator[Row]:
    if form == "openiti":
        from takhrij.sources import openiti

        for paragraph in openiti.paragraphs(text):
            yield Row(paragraph.number, paragraph.text, paragraph.heading)
    elif form == "tei":
        from takhrij.sources import tei

        for piece in tei.pieces(text, name):
            yield Row(piece.number, piece.text, piece.heading)
    elif form == "jsonl":
        yield from _json_rows(text, name)
    else:
        found = (paragraph.strip() for paragraph in _BLANK_LINES.split(text))
        for place, paragraph in enumerate(filter(None, found), 1):
            yield Row(str(place), paragraph)


def _json_rows(text: str, name: str) -> Iterator[Row]:
    for place, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{name}, line {place}: not JSON ({error})") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise InputError(
                f'{name}, line {place}: wanted an object with a "text", like {{"number": "1", "text": "…"}}'
            )
        yield _json_row(record, name, place)


def _json_row(record: dict[str, Any], name: str, place: int) -> Row:
    number = record.get("number", place)
    if not isinstance(number, str | int) or isinstance(number, bool) or not str(number).strip():
        raise InputError(f'{name}, line {place}: "number" must be a text or a whole number')
    for key in ("book", "english", "narrator", "attributed_to"):
        if not isinstance(record.get(key), str | None):
            raise InputError(f'{name}, line {place}: "{key}" must be a text')
    speaker = record.get("attributed_to")
    if speaker is not None and speaker not in get_args(Speaker):
        raise InputError(
            f'{name}, line {place}: "attributed_to" must be one of {", ".join(get_args(Speaker))}'
        )
    return Row(
        number=str(number).strip(),
        text=record["text"],
        book=record.get("book"),
        english=record.get("english"),
        narrator=record.get("narrator"),
        attributed_to=speaker,
    )
