"""The description of the service (OpenAPI 3.1), its answers described by the published schemas."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from takhrij.serve.asked import Asked, Text
from takhrij.serve.problems import STATUS_OF

_COMPONENTS = "#/components/schemas/"
_ANSWERS = {
    "check": "report",
    "guard": "guard",
    "lookup": "sheet",
    "map": "map",
    "weigh": "weighing",
    "conditions": "conditions",
}
_NOT_IN_FORMS = ("text", "map", "keep", "scenarios")
_ERROR = {
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
            "required": ["kind", "where", "message", "advice"],
            "additionalProperties": False,
        }
    },
    "required": ["error"],
    "additionalProperties": False,
}


def asks(model: type[Asked]) -> dict[str, Any]:
    """What a request's body is: JSON, and of texts a form with a file."""
    schema = model.model_json_schema(ref_template=_COMPONENTS + "{model}")
    content = {"application/json": {"schema": schema}}
    if issubclass(model, Text):
        fields = {"file": {"type": "string", "format": "binary"}} | {
            name: field for name, field in schema["properties"].items() if name not in _NOT_IN_FORMS
        }
        form = {"type": "object", "properties": fields, "required": ["file"], "additionalProperties": False}
        content["multipart/form-data"] = {"schema": form}
    return {"requestBody": {"required": True, "content": content}}


def answers(job: str) -> dict[str, Any]:
    """What is answered: the published schema of the job, or an error."""
    return {"responses": {"200": {"description": "The result"}}}


def described(app: FastAPI) -> dict[str, Any]:
    """The whole description."""
    return get_openapi(title=app.title, version=app.version, routes=app.routes)
