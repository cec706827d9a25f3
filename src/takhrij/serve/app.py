"""The application: which address does which job."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles

from takhrij import __version__
from takhrij.report.forms import FORMATS
from takhrij.serve import asked, openapi
from takhrij.serve.door import Door
from takhrij.serve.problems import Problem
from takhrij.serve.settings import Settings
from takhrij.serve.workers import Answer, Workers

PAGE = Path(str(files("takhrij.serve"))) / "page"


class _Route(NamedTuple):
    job: str
    model: type[asked.Asked]
    formats: Any
    says: str


ROUTES = (
    _Route("check", asked.Text, asked.ReportFormat, "Find the quotations of a text and trace them"),
    _Route("find", asked.Text, asked.Json, "List the quotations of a text, not compared word by word"),
    _Route("guard", asked.Text, asked.Json, "Check a model's answer: per citation what the sources have"),
    _Route("compare", asked.Comparison, asked.Json, "Compare a wording with one passage, word by word"),
    _Route("lookup", asked.Passage, asked.SheetFormat, "A passage and, of a report, its versions"),
    _Route("map", asked.Map, asked.MapFormat, "Propose a map of how a text argues, or convert a map"),
    _Route("weigh", asked.Weigh, asked.PlainFormat, "How conclusions depend on the map's other parts"),
    _Route("conditions", asked.Conditions, asked.PlainFormat, "What each position is made to depend on"),
)


def make(settings: Settings) -> FastAPI:
    """The application, its workers started with it and ended with it."""
    workers = Workers(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await workers.start()
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

    if PAGE.is_dir():

        @app.get("/static/report.{kind}", include_in_schema=False)
        async def of_reports(kind: Literal["css", "js"]) -> Response:  # as pages of reports have them
            return FileResponse(PAGE.parents[1] / "report" / "data" / f"report.{kind}")

        app.mount("/static", StaticFiles(directory=PAGE))

        @app.get("/", include_in_schema=False)
        async def page() -> Response:
            return FileResponse(PAGE / "index.html")

    return app


def _add(app: FastAPI, route: _Route, workers: Workers) -> None:
    async def endpoint(request: Request, format: str = "json", language: asked.Language = "en") -> Response:
        given = await asked.read_asked(request, route.model) | {"format": format, "language": language}
        if format == "ndjson":
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
    """Lines as they come; an error before the first is answered as any other, a later one is a line."""
    lines = workers.lines(job, given)
    first = await anext(lines)

    async def body() -> AsyncGenerator[bytes]:
        async with aclosing(lines):
            try:
                yield first.body if isinstance(first, Answer) else first
                async for line in lines:
                    yield line.body if isinstance(line, Answer) else line
            except Problem as problem:
                yield problem.body() + b"\n"

    return StreamingResponse(body(), media_type="application/x-ndjson")


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
