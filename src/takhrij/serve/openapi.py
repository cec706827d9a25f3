"""The description of the service (OpenAPI 3.1), its answers described by the published schemas."""

from __future__ import annotations

import json
from typing import Any, get_args

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from takhrij.argue.schema import Published
from takhrij.argue.schema import schema as schema_of_maps
from takhrij.read import TEXT_FORMATS
from takhrij.report.schema import PUBLISHED
from takhrij.report.schema import schema as schema_of_reports
from takhrij.serve.asked import Asked, Text
from takhrij.serve.media import MEDIA
from takhrij.serve.problems import STATUS_OF
from takhrij.sources import known

_COMPONENTS = "#/components/schemas/"
_OF_MAPS: tuple[Published, ...] = ("map", "scenario", "weighing", "conditions")
_ANSWER_OF = {
    "check": "report",
    "find": "found",
    "guard": "guard",
    "compare": "match",
    "lookup": "sheet",
    "map": "map",
    "weigh": "weighing",
    "conditions": "conditions",
    "sources": "sources",
}
_NOT_IN_FORMS = ("text", "map", "keep", "scenarios")
_FIELDS = ("kind", "where", "message", "advice")
_PROBLEM = {
    "description": "What was wrong, where, and what to do",
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "kind": {"enum": list(STATUS_OF)},
                "where": {"type": ["string", "null"], "description": "The file or the part of the request"},
                "message": {"type": "string"},
                "advice": {"type": "string"},
            },
            "required": list(_FIELDS),
            "additionalProperties": False,
        }
    },
    "required": ["error"],
    "additionalProperties": False,
}


def asks(model: type[Asked]) -> dict[str, Any]:
    """What a request's body is: JSON, and of texts a form with a file."""
    schema = model.model_json_schema()
    fields = schema["properties"]
    for name in {"map", "keep"} & {*fields}:
        fields[name]["anyOf"][0] = _reference("map")
    if "scenarios" in fields:
        fields["scenarios"]["items"] = _reference("scenario")
    content = {"application/json": {"schema": schema}}
    if issubclass(model, Text):
        form = {name: field for name, field in fields.items() if name not in _NOT_IN_FORMS}
        form = {"file": {"type": "string", "format": "binary", "description": "One file a request"}} | form
        schema["properties"] = fields | {"input_format": _one_of(TEXT_FORMATS, fields["input_format"])}
        whole = {"type": "object", "properties": form, "required": ["file"], "additionalProperties": False}
        content["multipart/form-data"] = {"schema": whole}
    return {"requestBody": {"required": True, "content": content}}


def answers(job: str, formats: Any) -> dict[str, Any]:
    """What is answered: the published schema of the job, the other formats, or an error."""
    content: dict[str, Any] = {MEDIA[name]: {"schema": {}} for name in get_args(formats)}
    content["application/json"] = {"schema": _reference(_ANSWER_OF[job])}
    said = {str(status): {"$ref": "#/components/responses/Problem"} for status in STATUS_OF.values()}
    return {"responses": {"200": {"description": "The result", "content": content}} | said}


def described(app: FastAPI) -> dict[str, Any]:
    """The whole description; the ids of sources are those that are known now."""
    from takhrij.api import GROUPS  # late: it brings numpy

    made = get_openapi(title=app.title, version=app.version, routes=app.routes, summary=app.summary)
    components: dict[str, Any] = {"Problem": _PROBLEM}
    for of_reports in PUBLISHED:
        components |= _components(of_reports, schema_of_reports(of_reports))
    for of_maps in _OF_MAPS:
        components |= _components(of_maps, schema_of_maps(of_maps))
    problem = {"schema": {"$ref": _COMPONENTS + "Problem"}}
    made["components"] = {
        "schemas": components,
        "responses": {
            "Problem": {"description": _PROBLEM["description"], "content": {"application/json": problem}}
        },
    }
    ids = [*(source.id for source in known()), *GROUPS]
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"]["422"] = {"$ref": "#/components/responses/Problem"}
            for content in operation.get("requestBody", {}).get("content", {}).values():
                _name_sources(content["schema"]["properties"], ids)
    return made


def _name_sources(fields: dict[str, Any], ids: list[str]) -> None:
    for name in {"sources", "without"} & {*fields}:
        listed = fields[name]["anyOf"][0] if "anyOf" in fields[name] else fields[name]
        listed["items"] = {"enum": ids}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": _COMPONENTS + name.title()}


def _one_of(names: tuple[str, ...], field: dict[str, Any]) -> dict[str, Any]:
    return {"enum": [*names, None], "description": field["description"], "default": None}


def _components(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A published schema and its definitions as components, named after it: ReportFinding."""
    text = json.dumps({key: value for key, value in schema.items() if key not in ("$schema", "$id")})
    made: dict[str, Any] = json.loads(text.replace("#/$defs/", _COMPONENTS + name.title()))
    definitions = made.pop("$defs", {})
    return {name.title(): made} | {name.title() + inner: value for inner, value in definitions.items()}
