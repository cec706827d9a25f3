"""`serve`: the page and the service, on this machine unless told otherwise; `mcp`: for assistants."""

from __future__ import annotations

import socket
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.progress import Bar
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.serve.settings import Settings


def serve(options: Namespace) -> int:
    """Serve until interrupted."""
    try:
        import uvicorn

        from takhrij.serve.app import make
    except ModuleNotFoundError as error:
        raise UsageError(f"serving needs the extra server: pip install 'takhrij[server]' ({error})") from None
    from takhrij import index

    with Bar(wanted=options.progress and not options.quiet, patience=0) as bar:
        index.open_index(bar)
    listening = _listen(options.host, options.port)
    if not options.quiet:
        print(f"takhrij: {_address(listening)} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    config = uvicorn.Config(
        make(_settings(options), mcp=options.mcp),
        access_log=False,  # nothing of a request is written down
        log_level="error",
        server_header=False,
        timeout_keep_alive=75,  # seconds; after uvicorn's 5 a client's next request may meet a closed line
    )
    uvicorn.Server(config).run(sockets=[listening])
    return exit_status.NOTHING_DIFFERS


def mcp(options: Namespace) -> int:
    """Serve an assistant on standard input and output until it closes them."""
    try:
        import anyio

        from takhrij.serve.mcp import over_standard_streams
    except ModuleNotFoundError as error:
        raise UsageError(f"this needs the extra server: pip install 'takhrij[server]' ({error})") from None
    anyio.run(over_standard_streams, _settings(options))
    return exit_status.NOTHING_DIFFERS


def _settings(options: Namespace) -> Settings:
    from takhrij.serve.settings import LOOPBACK, Settings

    return Settings(
        size=options.max_size,
        seconds=options.seconds,
        workers=options.workers or Settings().workers,
        waiting=options.waiting,
        names=(*LOOPBACK, *(name.lower() for name in options.allow_host)),
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"{host}:{port}: cannot listen there ({error}); choose another --host or --port"
        ) from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
