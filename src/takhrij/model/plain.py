"""Values as plain data and back: one key a field, tuples as lists, spans as [start, end].

Nothing depends on the clock or the machine, so that equal values give equal bytes. `brief` leaves out fields
that have their default, and then refuses keys that no field has: such data are also written by hand.
"""

from __future__ import annotations

import json
import re
import types
import typing
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from takhrij.errors import InputError
from takhrij.model.reading import Span

_NUMBERS = re.compile(r"\[\n\s+(-?\d[\d.]*(?:,\n\s+-?\d[\d.]*)+)\n\s+\]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_AS_IT_IS = frozenset((str, int, float, bool, type(None)))
Value = TypeVar("Value")


def plain(value: Any, brief: bool = False) -> Any:
    """Values of the model as dicts in the order of their fields, tuples as lists."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind in (tuple, list, Span):
        return [plain(item, brief) for item in value]
    if issubclass(kind, Struct):
        if brief:
            shown = (field.name for field in fields(kind) if not _is_default(field, value))
            return {name: plain(getattr(value, name), brief) for name in shown}
        return {name: plain(item) for name, item in fields_of(value).items()}
    if isinstance(value, dict):
        return {key: plain(item, brief) for key, item in value.items()}
    return [plain(item, brief) for item in value] if isinstance(value, tuple) else value


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a value in their order, what is in them as it is."""
    kind: type = type(value)
    return {name: getattr(value, name) for name in _names(kind)}


def as_text(data: Any) -> str:
    """Plain data as JSON text: two spaces, spans and boxes on one line, a line feed at the end."""
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(_NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text)) + "\n"


def escaped(text: str) -> str:
    """JSON text with halves of surrogate pairs, which no encoding has, as escapes."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def parsed(data: Any, expected: str) -> dict[str, Any]:
    """JSON text or an object, as an object of this `format`; InputError where it is none."""
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


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def field_types(cls: type) -> dict[str, Any]:
    """The types of a value's fields, resolved."""
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def is_named_tuple(kind: Any) -> bool:
    """Whether a type is a NamedTuple, which is written as a list."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def value_of(kind: type[Value], data: Any, brief: bool = False) -> Value:
    """`data` as a value of the type `kind`; InputError names the place where it does not fit."""
    return typing.cast(Value, _any(kind, data, "$", brief))


def _any(kind: Any, data: Any, path: str, brief: bool) -> Any:
    if kind is Span:
        return _span(data, path)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _object(kind, data, path, brief)
    if is_named_tuple(kind):
        hints = typing.get_type_hints(kind)
        _expect(isinstance(data, list) and len(data) == len(hints), path, f"[{', '.join(hints)}]", data)
        pairs = zip(hints.items(), data, strict=True)
        return kind(*(_any(inner, item, f"{path}.{name}", brief) for (name, inner), item in pairs))
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in get_args(kind) if arg is not type(None)]
        return None if data is None else _any(inner[0], data, path, brief)
    if origin is Literal:
        _expect(data in get_args(kind), path, f"one of {', '.join(map(str, get_args(kind)))}", data)
        return data
    if origin is tuple:
        _expect(isinstance(data, list), path, "a list", data)
        return tuple(_any(get_args(kind)[0], item, f"{path}[{i}]", brief) for i, item in enumerate(data))
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


def _object(kind: Any, data: Any, path: str, brief: bool) -> Any:
    _expect(isinstance(data, dict), path, "an object", data)
    types_of = field_types(kind)
    if brief:
        unknown = next((key for key in data if key not in types_of), None)
        _expect(unknown is None, path, f"only {', '.join(types_of)}", unknown)
    given = {}
    for field in fields(kind):
        if brief and field.name not in data and field.default is not NODEFAULT:
            continue
        _expect(field.name in data, f"{path}.{field.name}", "a value", None)
        given[field.name] = _any(types_of[field.name], data[field.name], f"{path}.{field.name}", brief)
    return kind(**given)


def _is_default(field: FieldInfo, value: Any) -> bool:
    return field.default is not NODEFAULT and bool(getattr(value, field.name) == field.default)


def _expect(fits: bool, path: str, wanted: str, found: Any) -> None:
    if not fits:
        raise InputError(f"{path}: expected {wanted}, found {found!r:.60}")
