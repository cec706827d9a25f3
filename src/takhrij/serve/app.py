"""The application: which address does which job."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager, nullcontext
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette import routing
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from takhrij import __version__
from takhrij.report.forms import FORMATS
from takhrij.serve import asked, openapi
from takhrij.serve.door import Door
from takhrij.serve.problems import Problem
from takhrij.serve.routes import ROUTES, Route
from takhrij.serve.settings import Settings
from takhrij.serve.workers import Answer, Workers

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

LINES = "application/x-ndjson"
PAGE = Path(str(files("takhrij.serve"))) / "page"


def make(settings: Settings, *, mcp: bool = False) -> FastAPI:
    """The application, its workers started with it and ended with it; with `mcp` also for assistants."""
    workers = Workers(settings)
    assistants = _assistants(workers, settings) if mcp else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await workers.start()
        async with assistants.run() if assistants else nullcontext():
            yield
        await workers.close()

    app = FastAPI(
        title="takhrij",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.add_middleware(Door, settings=settings)
    for kind in (Problem, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _say)
    for route in ROUTES:
        _add(app, route, workers)

    @app.get("/api/sources", operation_id="sources", openapi_extra=openapi.answers("sources", asked.Json))
    async def sources() -> Response:
        """Every known source, with what is held of it and whether it is loaded."""
        return _whole(await workers.answer("sources", {}), "sources", "json")

    @app.get("/openapi.json", include_in_schema=False)
    async def described() -> Response:
        return Response(json.dumps(openapi.described(app)), media_type="application/json")

    @app.get("/", include_in_schema=False)
    async def page() -> Response:
        return FileResponse(PAGE / "index.html")

    app.mount("/static", StaticFiles(directory=PAGE, packages=[("takhrij.report", "data")]))

    if assistants:
        methods = ["GET", "POST", "DELETE"]
        app.router.routes.append(routing.Route("/mcp", _Assistants(assistants), methods=methods))
    return app


class _Assistants:
    """Requests of the Model Context Protocol, handed on as they are."""

    def __init__(self, manager: "StreamableHTTPSessionManager") -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._manager.handle_request(scope, receive, send)


def _assistants(workers: Workers, settings: Settings) -> "StreamableHTTPSessionManager":
    """Streamable HTTP, every request by itself; the door has looked at host and origin."""
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from takhrij.serve.mcp import server

    return StreamableHTTPSessionManager(
        server(workers), json_response=True, stateless=True, max_request_body_size=settings.size
    )


def _add(app: FastAPI, route: Route, workers: Workers) -> None:
    async def endpoint(request: Request, format: str = "json", language: asked.Language = "en") -> Response:
        told = format == "ndjson" or LINES in request.headers.get("accept", "")
        named = {"format": format, "language": language, "told": told}
        given = await asked.read_asked(request, route.model) | named
        if told:
            return await _streamed(workers, route.job, given)
        return _whole(await workers.answer(route.job, given), route.job, format)

    endpoint.__annotations__["format"] = route.formats
    app.add_api_route(
        f"/api/{route.job}",
        endpoint,
        methods=["POST"],
        operation_id=route.job,
        summary=route.says,
        openapi_extra=openapi.asks(route.model) | openapi.answers(route.job, route.formats),
    )


def _whole(answer: Answer, job: str, format: str) -> Response:
    headers = {}
    if format != "json":  # to be saved: nothing but the page is shown in the name of this server
        headers["Content-Disposition"] = f'attachment; filename="{job}{_ending(format)}"'
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return Response(answer.body, media_type=answer.media, headers=headers)


def _ending(format: str) -> str:
    """What the name of a file in a format of reports or maps ends in."""
    known = FORMATS.get(format)
    return known.endings[0] if known else f".{format}"


async def _streamed(workers: Workers, job: str, given: dict[str, Any]) -> Response:
    """Lines as they come, the last of them the answer.

    An error before the first is answered as any other, a later one is a line.
    """
    lines = workers.lines(job, given)
    first = await anext(lines)

    async def body() -> AsyncGenerator[bytes]:
        async with aclosing(lines):
            try:
                yield _line(first)
                async for line in lines:
                    yield _line(line)
            except Problem as problem:
                yield problem.body() + b"\n"

    return StreamingResponse(body(), media_type=LINES)


def _line(given: bytes | Answer) -> bytes:
    """What is told on the way is a line already; an answer that is not made of lines is the value of one."""
    if isinstance(given, bytes):
        return given
    if given.media == LINES:
        return given.body
    return json.dumps({"answer": given.body.decode("utf-8", "replace")}, ensure_ascii=False).encode() + b"\n"


async def _say(_: Request, error: Exception) -> Response:
    """Any error in the one shape."""
    more: Mapping[str, str] | None = None
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        error = Problem("BadRequest", f"{where}: {first['msg']}", where)
    elif isinstance(error, HTTPException):
        kind = {404: "NotFound", 405: "MethodNotAllowed"}.get(error.status_code, "BadRequest")
        more = error.headers
        error = Problem(kind, str(error.detail))
    assert isinstance(error, Problem)
    return Response(error.body(), error.status, {**error.headers, **(more or {})}, "application/json")
