"""The published JSON Schemas of a report and a sheet, and how they are made from the values' types.

`python -m takhrij.report.schema` writes them to `data/` anew after a change of `takhrij.model`; what each
field means stands in `data/fields.en.toml`.
"""

from __future__ import annotations

import json
import tomllib
import types
from dataclasses import is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from takhrij.model import DateClaim, Document, Finding, Report, Searched, Sheet, Span
from takhrij.report.json import HEADER, REPORT_FORMAT, SHEET_FORMAT, field_types
from takhrij.report.summary import CHECKS, LOOKS, Summary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED = {"report": "report.schema.json", "sheet": "sheet.schema.json"}
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema(of: Literal["report", "sheet"] = "report") -> dict[str, Any]:
    """The published schema (draft 2020-12) of `takhrij check --format json`, or of `lookup`."""
    text = files(__package__).joinpath("data", PUBLISHED[of]).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


class _Maker:
    """Collects one definition a dataclass."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        text = files(__package__).joinpath("data", "fields.en.toml").read_text(encoding="utf-8")
        self.meanings: dict[str, dict[str, str]] = tomllib.loads(text)

    def of(self, kind: Any) -> dict[str, Any]:
        if kind is Span:
            self.definitions["Span"] = _span()
            return {"$ref": "#/$defs/Span"}
        if isinstance(kind, type) and is_dataclass(kind):
            self.define(kind)
            return {"$ref": f"#/$defs/{kind.__name__}"}
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = [self.of(arg) for arg in get_args(kind) if arg is not type(None)]
            return {"anyOf": [*inner, {"type": "null"}]}
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        return {"type": "object"} if origin is dict else {"type": _SIMPLE[kind]}

    def define(self, kind: type, extra: dict[str, Any] | None = None) -> None:
        if kind.__name__ in self.definitions:
            return
        self.definitions[kind.__name__] = {}
        meanings = self.meanings[kind.__name__]
        properties = {name: self.of(inner) for name, inner in field_types(kind).items()} | (extra or {})
        for name, value in properties.items():
            if name in meanings:
                properties[name] = {"description": meanings[name]} | value
        self.definitions[kind.__name__] = _object(properties, meanings["_"])


def make(of: str) -> dict[str, Any]:
    """Make a schema from the types of `takhrij.model`."""
    maker = _Maker()
    if of == "sheet":
        maker.define(Sheet, {"format": {"const": SHEET_FORMAT}, "first_line": {"type": "string"}})
        top: dict[str, Any] = maker.definitions.pop("Sheet")
    else:
        top = _report(maker)
    name = PUBLISHED[of]
    return {"$schema": DIALECT, "$id": f"urn:takhrij:{name}"} | top | {"$defs": maker.definitions}


def _report(maker: _Maker) -> dict[str, Any]:
    said = {"match_words": {"type": "string"}, "sentence": {"type": "string"}}
    maker.define(Finding, said)
    types_of = field_types(Report)
    header = {"first_line": {"type": "string"}} | {key: maker.of(types_of[key]) for key in HEADER}
    meanings = maker.meanings["Report"]
    for name, value in header.items():
        header[name] = {"description": meanings[name]} | value
    maker.define(Summary, {"lines": {"type": "array", "items": {"type": "string"}}} | _counts())
    findings = {"type": "array", "items": {"$ref": "#/$defs/Finding"}}
    properties = {
        "format": {"const": REPORT_FORMAT},
        "header": _object(header, meanings["header"]),
        "document": maker.of(Document),
        "summary": {"$ref": "#/$defs/Summary"},
        "findings": findings,
        "echoes": {"description": meanings["echoes"]} | findings,
        "dates": {"type": "array", "items": maker.of(DateClaim)},
    }
    maker.of(Searched)
    return _object(properties, meanings["_"])


def _counts() -> dict[str, Any]:
    def by(keys: tuple[str, ...], value: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "propertyNames": {"enum": list(keys)}, "additionalProperties": value}

    number = {"type": "integer", "minimum": 0}
    return {
        "looks": by(LOOKS, number),
        "labels": by(LOOKS, {"type": "array", "items": {"type": "string"}}),
        "claims": by(CHECKS, number),
        "dates": by(CHECKS, number),
        "claims_differ": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        },
    }


def _object(properties: dict[str, Any], meaning: str) -> dict[str, Any]:
    return {
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _span() -> dict[str, Any]:
    return {
        "description": "[start, end]: code points, end exclusive",
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
        "minItems": 2,
        "maxItems": 2,
        "items": False,
    }


def _main() -> None:
    folder = Path(__file__).parent / "data"
    for of, name in PUBLISHED.items():
        text = json.dumps(make(of), ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
