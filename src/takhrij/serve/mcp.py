"""The same jobs as tools of the Model Context Protocol, and what is known as resources."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, get_args
from urllib.parse import unquote

import mcp_types as types
from mcp import MCPError
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.server.stdio import stdio_server

from takhrij import __version__
from takhrij.argue.schema import PUBLISHED as OF_MAPS
from takhrij.argue.schema import schema as schema_of_maps
from takhrij.report.forms import FORMATS
from takhrij.report.schema import PUBLISHED as OF_REPORTS
from takhrij.report.schema import schema as schema_of_reports
from takhrij.serve.asked import refused
from takhrij.serve.problems import Problem
from takhrij.serve.routes import ROUTES, Route
from takhrij.serve.settings import Settings
from takhrij.serve.workers import Answer, Workers

_SOURCES = "takhrij://sources"
_SCHEMA = "takhrij://schema/"
_PASSAGE = "takhrij://passage/"
_JSON = "application/json"
_NOT_FOR_MODELS = ("ndjson", *(one.name for one in FORMATS.values() if one.binary))
_INSTRUCTIONS = (
    "takhrij traces quotations of the Qur'an and of hadith to their sources, word by word. Before giving an"
    " answer that quotes scripture, call guard with the whole answer. It reports and never rules: same words"
    " does not mean authentic, rightly understood, or that the conclusion follows; not_checked is not"
    " not_found, and what is not loaded is not wrong."
)
Context = ServerRequestContext[Any]


def server(workers: Workers) -> Server[Any]:
    """A server whose tools are done by these workers."""
    by_name = {route.job: route for route in ROUTES}
    log = logging.getLogger("mcp")  # which writes down what was asked where something fails
    log.addHandler(logging.NullHandler())
    log.propagate = False

    async def tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(route) for route in ROUTES])

    async def call(_: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            answer = await _called(workers, by_name.get(params.name), params)
        except Problem as problem:
            said = types.TextContent(text=problem.body().decode())
            return types.CallToolResult(content=[said], is_error=True)
        text = answer.body.decode()
        value = json.loads(text) if answer.media == _JSON else None
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=value)

    async def resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=_resources())

    async def templates(
        _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        passage = types.ResourceTemplate(
            name="passage",
            uri_template=_PASSAGE + "{ref}",
            description="A passage by its ref (quran:2:255, bukhari:1) and, of a report, its versions",
            mime_type=_JSON,
        )
        return types.ListResourceTemplatesResult(resource_templates=[passage])

    async def read(_: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        try:
            text = await _resource(workers, params.uri)
        except Problem as problem:
            raise MCPError(types.INVALID_PARAMS, problem.message, problem.value()) from None
        contents = types.TextResourceContents(uri=params.uri, mime_type=_JSON, text=text)
        return types.ReadResourceResult(contents=[contents])

    return Server(
        "takhrij",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=tools,
        on_call_tool=call,
        on_list_resources=resources,
        on_list_resource_templates=templates,
        on_read_resource=read,
    )


async def over_standard_streams(settings: Settings) -> None:
    """Serve one client on standard input and output, until it closes them."""
    async with working(settings) as workers, stdio_server() as (read_stream, write_stream):
        made = server(workers)
        await made.run(read_stream, write_stream, made.create_initialization_options())


@asynccontextmanager
async def working(settings: Settings) -> AsyncGenerator[Workers]:
    """Workers, started and at the end ended."""
    workers = Workers(settings)
    await workers.start()
    try:
        yield workers
    finally:
        await workers.close()


def _tool(route: Route) -> types.Tool:
    schema = route.model.model_json_schema()
    schema["properties"] |= {
        "format": {"enum": _formats(route), "default": "json", "description": "The form of the answer"},
        "language": {"enum": ["en", "ar"], "default": "en", "description": "In which it is worded"},
    }
    hints = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return types.Tool(name=route.job, description=route.says, input_schema=schema, annotations=hints)


def _formats(route: Route) -> list[str]:
    return [name for name in get_args(route.formats) if name not in _NOT_FOR_MODELS]


async def _called(workers: Workers, route: Route | None, params: types.CallToolRequestParams) -> Answer:
    if route is None:
        raise Problem("NotFound", f"there is no tool {params.name!r}", "name")
    given = dict(params.arguments or {})
    format, language = given.pop("format", "json"), given.pop("language", "en")
    if format not in _formats(route) or language not in ("en", "ar"):
        raise Problem(
            "BadRequest", f"format: one of {', '.join(_formats(route))}; language: en or ar", "format"
        )
    with refused():
        asked = route.model.model_validate(given).model_dump()
    return await workers.answer(route.job, asked | {"format": format, "language": language})


def _resources() -> list[types.Resource]:
    sources = "Every known source, with what is held of it and whether it is loaded"
    schemas = [
        types.Resource(
            name=f"schema of {name}",
            uri=_SCHEMA + name,
            mime_type="application/schema+json",
            description=f"The published JSON Schema of {name}",
        )
        for name in (*OF_REPORTS, *OF_MAPS)
    ]
    return [types.Resource(name="sources", uri=_SOURCES, mime_type=_JSON, description=sources), *schemas]


async def _resource(workers: Workers, uri: str) -> str:
    """The text of a resource."""
    if uri == _SOURCES:
        return (await workers.answer("sources", {})).body.decode()
    if uri.startswith(_PASSAGE):
        asked = {"ref": unquote(uri.removeprefix(_PASSAGE)), "format": "json", "language": "en"}
        return (await workers.answer("lookup", asked)).body.decode()
    name: Any = uri.removeprefix(_SCHEMA)
    if name in OF_REPORTS:
        return json.dumps(schema_of_reports(name))
    if name in OF_MAPS:
        return json.dumps(schema_of_maps(name))
    raise Problem("NotFound", f"there is no resource {uri!r}", "uri")
