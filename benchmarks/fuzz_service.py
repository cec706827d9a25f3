"""The service as it is fuzzed: requests and calls of tools, their jobs done in this process."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from fuzz_targets import APART, Target, index, maps, text_of


def _done(job: str, asked: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """The frames that a worker sends for a job."""
    from takhrij.serve import jobs, worker

    out, held = io.BytesIO(), worker._Sources()
    held.index = index  # type: ignore[method-assign]
    worker._do(jobs.JOBS[job], asked, out, held)
    frames, data = [], out.getvalue()
    while data:
        (size,) = worker.LENGTH.unpack(data[1:9])
        frames.append((data[:1], data[9 : 9 + size]))
        data = data[9 + size :]
    return frames


class _Here:
    """Workers that do their jobs in this process."""

    def __init__(self, _: object = None) -> None:
        pass

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def lines(self, job: str, asked: dict[str, Any]) -> Any:
        from takhrij.serve import worker, workers

        for kind, payload in _done(job, asked):
            if kind == worker.LINE:
                yield payload
            elif kind != worker.STARTED:
                yield workers._given(kind, payload)

    async def answer(self, job: str, asked: dict[str, Any]) -> Any:
        given = [one async for one in self.lines(job, asked)]
        return given[-1]


@cache
def _application() -> Any:
    from unittest import mock

    from takhrij.serve import app
    from takhrij.serve.settings import Settings

    with mock.patch.object(app, "Workers", _Here):
        return app.make(Settings())


def rest(data: bytes) -> None:
    """A request: the address, its query, the type of its body, the body. No answer is a server error."""
    import httpx

    path, query, media, *rest = [*data.split(APART, 3), b"", b"", b""]
    url = httpx.URL("http://localhost").copy_with(raw_path=b"/api/" + _quoted(path) + b"?" + _quoted(query))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(_application())
        async with httpx.AsyncClient(transport=transport) as client:
            headers = {b"content-type": media.replace(b"\n", b"").replace(b"\r", b"")}
            return await client.post(url, content=rest[0], headers=headers)

    answer = asyncio.run(ask())
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.json()["error"], answer.text


def _quoted(data: bytes) -> bytes:
    from urllib.parse import quote

    return quote(data, safe="/=&").encode()


def requests() -> Iterator[bytes]:
    text = {"text": "قال تعالى: «وأقيموا الصلاة وآتوا الزكاة» [البقرة: 43]"}
    compared = {"quote": "إنما الأعمال بالنية", "ref": "bukhari:1"}
    shown = {"map": json.loads(next(one for one in maps() if one.startswith(b"{")))}
    asked: dict[str, Any] = {"find": text, "guard": text, "compare": compared, "lookup": {"ref": "quran:5:6"}}
    asked |= {"check": text | {"sources": ["quran"]}, "map": shown, "weigh": shown | {"reject": ["f1"]}}
    asked |= {"conditions": shown | {"ticked": []}}
    for job, body in asked.items():
        for query in (b"", b"format=text&language=ar", b"format=ndjson"):
            yield APART.join([job.encode(), query, b"application/json", json.dumps(body).encode()])
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="../a.txt"\r\n\r\nabc\r\n--x--\r\n'
    yield APART.join([b"check", b"", b"multipart/form-data; boundary=x", form])


def mcp(data: bytes) -> None:
    """A tool called by its name with arguments, or a resource asked for."""
    from mcp_types import CallToolRequestParams

    from takhrij.serve.mcp import _called, _resource
    from takhrij.serve.problems import Problem
    from takhrij.serve.routes import ROUTES

    name, _, body = data.partition(APART)
    here: Any = _Here()
    with suppress(ValueError, RecursionError):
        arguments = json.loads(body)
        if not isinstance(arguments, dict):
            return
        params = CallToolRequestParams(name=text_of(name), arguments=arguments)
        route = next((one for one in ROUTES if one.job == params.name), None)
        _without_mistake(Problem, _called(here, route, params))
    _without_mistake(Problem, _resource(here, "takhrij://" + text_of(body)[:200]))


def _without_mistake(problem: Any, asked: Any) -> None:
    try:
        asyncio.run(asked)
    except problem as said:
        assert said.kind != "Mistake", said.message


def calls() -> Iterator[bytes]:
    for request in requests():
        job, _, media, body = request.split(APART, 3)
        if media == b"application/json":
            yield job + APART + body
    yield from (APART + b"passage/quran:5:6", APART + b"schema/report", APART + b"sources")


TARGETS = {"rest": Target(rest, requests), "mcp": Target(mcp, calls)}
