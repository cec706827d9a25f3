"""Reports and sheets as JSON, to and fro: one key a dataclass field, spans as [start, end].

Keys come in the order of the fields and nothing depends on the clock or the machine, so that equal values
give equal bytes. What a person reads (first line, summary, sentences) is added and ignored when read back.
"""

from __future__ import annotations

import json
import re
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from takhrij.errors import InputError
from takhrij.model import Finding, Report, Sheet, Span
from takhrij.report import phrases
from takhrij.report.sentence import sentence
from takhrij.report.summary import summary, summary_lines
from takhrij.report.words import words

REPORT_FORMAT = "takhrij report 1"
SHEET_FORMAT = "takhrij sheet 1"
HEADER = ("version", "fingerprint", "searched", "not_searched", "missing", "notes")
_PAIR = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")
_SURROGATE = re.compile("[\ud800-\udfff]")
Value = TypeVar("Value")


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain values: format, header, document, summary, findings, echoes, dates."""
    values = plain(report)
    header = {"first_line": words().say("first_line")} | {key: values[key] for key in HEADER}
    return {
        "format": REPORT_FORMAT,
        "header": header,
        "document": values["document"],
        "summary": plain(summary(report)) | {"lines": summary_lines(report)},
        "findings": [_finding(finding) for finding in report.findings],
        "echoes": [_finding(finding) for finding in report.echoes],
        "dates": values["dates"],
    }


def from_json(data: Any) -> Report:
    """Read back what `to_json` gave, or its text; InputError where the shape is not that of a report."""
    given = _parsed(data, REPORT_FORMAT)
    header = given.get("header")
    if not isinstance(header, dict):
        raise InputError("not a takhrij report: $.header is missing")
    body = {key: given.get(key) for key in ("document", "findings", "echoes", "dates")}
    return _value(Report, body | {key: header.get(key) for key in HEADER}, "$")


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The takhrīj sheet as plain values."""
    values: dict[str, Any] = plain(sheet)
    return {"format": SHEET_FORMAT, "first_line": words().say("first_line")} | values


def sheet_from_json(data: Any) -> Sheet:
    """Read back what `sheet_to_json` gave, or its text; InputError where the shape is not that of a sheet."""
    return _value(Sheet, _parsed(data, SHEET_FORMAT), "$")


def dumps(value: Report | Sheet) -> str:
    """A report or sheet as JSON text: two spaces, spans on one line, a line feed at the end."""
    data = to_json(value) if isinstance(value, Report) else sheet_to_json(value)
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    text = _PAIR.sub(r"[\1, \2]", text)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def plain(value: Any) -> Any:
    """Dataclasses as dicts in the order of their fields, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _finding(finding: Finding) -> dict[str, Any]:
    values: dict[str, Any] = plain(finding)
    return values | {"match_words": phrases.match_words(finding), "sentence": sentence(finding)}


def _parsed(data: Any, expected: str) -> dict[str, Any]:
    if isinstance(data, str | bytes):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InputError(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"not a {expected.rpartition(' ')[0]}: the outermost value is no object")
    if data.get("format") != expected:
        raise InputError(f'expected "format": "{expected}", found {data.get("format")!r:.60}')
    return data


# ---------------------------------------------------------------- plain values to dataclasses


@cache
def field_types(cls: type) -> dict[str, Any]:
    """The types of a dataclass's fields, resolved."""
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def _value(kind: type[Value], data: Any, path: str) -> Value:
    """`data` as a value of the type `kind`; InputError names the place where it does not fit."""
    return typing.cast(Value, _any(kind, data, path))


def _any(kind: Any, data: Any, path: str) -> Any:
    if kind is Span:
        return _span(data, path)
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, data, path)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in get_args(kind) if arg is not type(None)]
        return None if data is None else _any(inner[0], data, path)
    if origin is Literal:
        _expect(data in get_args(kind), path, f"one of {', '.join(map(str, get_args(kind)))}", data)
        return data
    if origin is tuple:
        _expect(isinstance(data, list), path, "a list", data)
        return tuple(_any(get_args(kind)[0], item, f"{path}[{i}]") for i, item in enumerate(data))
    if kind is float:
        _expect(isinstance(data, int | float) and not isinstance(data, bool), path, "a number", data)
        return float(data)
    _expect(
        isinstance(data, kind) and (kind is bool or not isinstance(data, bool)), path, kind.__name__, data
    )
    return data


def _span(data: Any, path: str) -> Span:
    fits = isinstance(data, list) and len(data) == 2 and all(type(item) is int for item in data)
    _expect(fits and 0 <= data[0] <= data[1], path, "[start, end]", data)
    return Span(data[0], data[1])


def _object(kind: type, data: Any, path: str) -> Any:
    _expect(isinstance(data, dict), path, "an object", data)
    given = {}
    for name, inner in field_types(kind).items():
        _expect(name in data, f"{path}.{name}", "a value", None)
        given[name] = _any(inner, data[name], f"{path}.{name}")
    return kind(**given)


def _expect(fits: bool, path: str, wanted: str, found: Any) -> None:
    if not fits:
        raise InputError(f"{path}: expected {wanted}, found {found!r:.60}")
