"""What every request passes: its host, origin, size and time, how many there are; and safe headers."""

from __future__ import annotations

import asyncio
import sys
import traceback
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from takhrij.serve.problems import Problem
from takhrij.serve.settings import Settings

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types report",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Door:
    """Around the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guest = _Guest(receive, send, self._settings)
        try:
            headers = Headers(scope=scope)
            self._check(headers)
            if scope["method"] != "POST" and not scope["path"].startswith("/api/"):  # files of the page
                await self._app(scope, receive, guest.send)
                return
            if self._inside >= self._settings.workers + self._settings.waiting:
                raise Problem("Busy", f"the server works on {self._inside} requests already")
            self._inside += 1
            try:
                await self._app(scope, guest.receive, guest.send)
            finally:
                self._inside -= 1
        except Problem as problem:
            if not guest.answered:
                await _answer(problem, guest.send)
        except Exception as error:
            _note(error)
            if guest.answered:
                raise Interrupted from None
            await _answer(
                Problem("Mistake", f"this is a mistake in takhrij ({type(error).__name__})"), guest.send
            )

    def _check(self, headers: Headers) -> None:
        """The name asked for, against DNS rebinding; the page that asks; the size that is announced."""
        host = headers.get("host", "")
        if _name(host) not in self._settings.names:
            raise Problem("ForeignHost", f"this server is not known as {host!r}", "Host")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            raise Problem("ForeignOrigin", f"pages of {origin!r} may not use this server", "Origin")
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._settings.size:
            raise _too_large(self._settings)


class Interrupted(Exception):
    """The answer had begun, and cannot be ended."""


class _Guest:
    """A request on its way in, and the answer on its way out."""

    def __init__(self, receive: Receive, send: Send, settings: Settings) -> None:
        self._receive, self._send, self._settings = receive, send, settings
        self._size, self._whole = 0, False
        self._ends = asyncio.get_running_loop().time() + settings.seconds
        self.answered = False

    async def receive(self) -> Message:
        """The next piece of the request, as long as it is in time and in size."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError:
            late = f"the request had not arrived whole after {self._settings.seconds:g} seconds"
            raise Problem("TooLate", late) from None
        self._size += len(message.get("body", b""))
        if self._size > self._settings.size:
            raise _too_large(self._settings)
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """A piece of the answer, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.answered = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _note(error: Exception) -> None:
    """Write down where a mistake is, and nothing that could be of a text: no message of the exception."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"takhrij: {type(error).__name__} in {last.filename}:{last.lineno}", file=sys.stderr, flush=True)


def _name(host: str) -> str:
    """A host without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower().rstrip(".")


def _too_large(settings: Settings) -> Problem:
    return Problem("TooLarge", f"the request is larger than {settings.size / 2**20:g} MB")


async def _answer(problem: Problem, send: Send) -> None:
    from starlette.responses import Response

    response = Response(problem.body(), problem.status, problem.headers, "application/json")
    await send(
        {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )
    await send({"type": "http.response.body", "body": response.body})
