"""JSON Schemas (draft 2020-12) made from the values' types, and from words on what each field means."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from takhrij.model.plain import field_types, is_named_tuple
from takhrij.model.reading import Span

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean"}


class Maker:
    """Collects one definition a type of value. `brief`: fields with a default need not be there."""

    def __init__(self, meanings: Mapping[str, Mapping[str, str]], brief: bool = False) -> None:
        self.definitions: dict[str, Any] = {}
        self.meanings = meanings
        self.brief = brief

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type; that of a value of the model is a reference to its definition."""
        if kind is Span:
            self.definitions["Span"] = _span()
            return {"$ref": "#/$defs/Span"}
        if isinstance(kind, type) and issubclass(kind, Struct):
            self.define(kind)
            return {"$ref": f"#/$defs/{kind.__name__}"}
        if is_named_tuple(kind):
            items = [{"title": name} | self.of(inner) for name, inner in get_type_hints(kind).items()]
            return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = [self.of(arg) for arg in get_args(kind) if arg is not type(None)]
            return {"anyOf": [*inner, {"type": "null"}]}
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        return {"type": "object"} if origin is dict else {"type": _SIMPLE[kind]}

    def define(self, kind: Any, extra: dict[str, Any] | None = None) -> None:
        """Add the definition of a type of value, with `extra` properties behind its own."""
        if kind.__name__ in self.definitions:
            return
        self.definitions[kind.__name__] = {}
        meanings = self.meanings[kind.__name__]
        properties = {name: self.of(inner) for name, inner in field_types(kind).items()} | (extra or {})
        for name, value in properties.items():
            if name in meanings:
                properties[name] = {"description": meanings[name]} | value
        defined = object_of(properties, meanings["_"])
        if self.brief:
            optional = {field.name for field in fields(kind) if field.default is not NODEFAULT}
            defined["required"] = [name for name in properties if name not in optional]
        self.definitions[kind.__name__] = defined


def object_of(properties: dict[str, Any], meaning: str) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def published(name: str, top: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A schema as it is published under a file's name."""
    return {"$schema": DIALECT, "$id": f"urn:takhrij:{name}"} | top | {"$defs": definitions}


def _span() -> dict[str, Any]:
    return {
        "description": "[start, end]: code points, end exclusive",
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
        "minItems": 2,
        "maxItems": 2,
        "items": False,
    }
