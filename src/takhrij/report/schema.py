"""The published JSON Schemas of a report and a sheet, and how they are made from the values' types.

`python -m takhrij.report.schema` writes them to `data/` anew after a change of `takhrij.model`; what each
field means stands in `data/fields.en.toml`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from takhrij.model import (
    DateClaim,
    Document,
    Finding,
    Quotation,
    Report,
    Searched,
    Sheet,
    Source,
    SourceMatch,
    WorkCited,
)
from takhrij.model.plain import field_types
from takhrij.model.schema import Maker, object_of, published
from takhrij.report.guard import GUARD_FORMAT, Citation
from takhrij.report.json import HEADER, REPORT_FORMAT, SHEET_FORMAT
from takhrij.report.summary import CHECKS, LOOKS, Summary

Published = Literal["report", "sheet", "guard", "found", "match", "sources"]
PUBLISHED: dict[Published, str] = {name: f"{name}.schema.json" for name in get_args(Published)}


def schema(of: Published = "report") -> dict[str, Any]:
    """The published schema (draft 2020-12) of what `check`, `lookup`, `check --format guard`, `find`,

    `compare` or `sources list` give as JSON, in this order.
    """
    text = files(__package__).joinpath("data", PUBLISHED[of]).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def make(of: Published) -> dict[str, Any]:
    """Make a schema from the types of `takhrij.model`."""
    maker = Maker(_meanings())
    top = _MAKERS[of](maker)
    return published(PUBLISHED[of], top, maker.definitions)


def _meanings() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("data", "fields.en.toml").read_text(encoding="utf-8"))


def _report(maker: Maker) -> dict[str, Any]:
    said = {"match_words": {"type": "string"}, "sentence": {"type": "string"}}
    maker.define(Finding, said)
    meanings = maker.meanings["Report"]
    findings = {"type": "array", "items": {"$ref": "#/$defs/Finding"}}
    first = _head(maker)
    properties = {
        "format": {"const": REPORT_FORMAT},
        "header": first["header"],
        "document": maker.of(Document),
        "summary": first["summary"],
        "findings": findings,
        "echoes": {"description": meanings["echoes"]} | findings,
        "dates": {"type": "array", "items": maker.of(DateClaim)},
        "works": {"type": "array", "items": maker.of(WorkCited)},
    }
    maker.of(Searched)
    return object_of(properties, meanings["_"])


def _sheet(maker: Maker) -> dict[str, Any]:
    maker.define(Sheet, {"format": {"const": SHEET_FORMAT}, "first_line": {"type": "string"}})
    top: dict[str, Any] = maker.definitions.pop("Sheet")
    return top


def _match(maker: Maker) -> dict[str, Any]:
    return maker.of(SourceMatch)


def _found(maker: Maker) -> dict[str, Any]:
    notes = {"type": "array", "items": {"type": "string"}}
    document = object_of({"name": {"type": "string"}, "notes": notes}, "The text that was given")
    quotations = {"type": "array", "items": maker.of(Quotation)}
    return object_of(
        {"document": document, "quotations": quotations}, "What is quoted in a text, not compared"
    )


def _sources(maker: Maker) -> dict[str, Any]:
    loaded = {"loaded": {"type": "boolean"}, "missing": {"type": ["string", "null"]}}
    maker.define(Source, loaded)
    listed = {"type": "array", "items": maker.of(Source)}
    return object_of({"sources": listed}, "Every known source, loaded or not")


def _guard(maker: Maker) -> dict[str, Any]:
    citations = {"type": "array", "items": maker.of(Citation)}
    properties = {
        "format": {"const": GUARD_FORMAT},
        "document": {"type": "string"},
        **_head(maker),
        "citations": citations,
    }
    return object_of(properties, maker.meanings["Guard"]["_"])


def _head(maker: Maker) -> dict[str, Any]:
    types_of, meanings = field_types(Report), maker.meanings["Report"]
    header = {"first_line": {"type": "string"}} | {key: maker.of(types_of[key]) for key in HEADER}
    for name, value in header.items():
        header[name] = {"description": meanings[name]} | value
    maker.define(Summary, {"lines": {"type": "array", "items": {"type": "string"}}} | _counts())
    return {"header": object_of(header, meanings["header"]), "summary": {"$ref": "#/$defs/Summary"}}


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


_MAKERS: dict[Published, Callable[[Maker], dict[str, Any]]] = {
    "report": _report,
    "sheet": _sheet,
    "guard": _guard,
    "found": _found,
    "match": _match,
    "sources": _sources,
}


def _main() -> None:
    folder = Path(__file__).parent / "data"
    for of, name in PUBLISHED.items():
        text = json.dumps(make(of), ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
