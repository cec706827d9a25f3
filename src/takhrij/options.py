"""Options that several commands share: what is read, what is searched, where results go."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from takhrij import exit_status

INPUT_FORMATS = ("text", "markdown", "openiti", "docx", "odt", "rtf", "epub", "tei", "html", "pdf")
FIXES = ("wording", "reference", "number")
_SIZE_LIMIT_MB = 256


def add_files(command: argparse.ArgumentParser) -> None:
    """Texts, and how they are read."""
    command.add_argument("files", metavar="FILE", nargs="+", help="a text; - is standard input")
    add_reading(command)


def add_reading(command: argparse.ArgumentParser) -> None:
    """How a file is read."""
    command.add_argument(
        "--input-format",
        choices=INPUT_FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(INPUT_FORMATS)}; told from content and name by default",
    )
    command.add_argument(
        "--max-size",
        type=_megabytes,
        default=_SIZE_LIMIT_MB * 2**20,
        metavar="MB",
        help=f"refuse larger files (default: {_SIZE_LIMIT_MB})",
    )


def add_search(command: argparse.ArgumentParser) -> None:
    """Which sources are searched."""
    command.add_argument(
        "--sources",
        type=_names,
        metavar="LIST",
        help="search only these: ids as `takhrij sources list` has them, or groups such as quran, reports",
    )
    command.add_argument(
        "--without", type=_names, action="extend", default=[], metavar="SOURCE", help="leave a source out"
    )


def add_output(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Where the result goes, and in which format."""
    command.set_defaults(formats=tuple(formats))
    command.add_argument(
        "--format",
        choices=formats,
        metavar="FORMAT",
        help=f"{', '.join(formats)}; told from the name of the output, or text",
    )
    command.add_argument(
        "-o", "--output", metavar="PATH", help="write to this file, or (ending in /) into this folder"
    )
    add_quiet(command)


def add_quiet(command: argparse.ArgumentParser) -> None:
    """What is printed besides."""
    command.add_argument(
        "-q", "--quiet", action="store_true", help="print errors only; the exit status tells"
    )
    command.add_argument("--no-progress", dest="progress", action="store_false", help="draw no progress bar")


def add_fail_on(command: argparse.ArgumentParser, reasons: Sequence[str]) -> None:
    """What makes the exit status 1."""
    default = [why for why in exit_status.DEFAULT_REASONS if why in reasons]

    def chosen(value: str) -> list[str]:
        names = [] if value == "none" else _names(value)
        for name in names:
            if name not in reasons:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(reasons)}, none")
        return names

    command.add_argument(
        "--fail-on",
        type=chosen,
        default=default,
        metavar="LIST",
        help=f"what makes the exit status 1: {', '.join(reasons)}, or none (default: {','.join(default)})",
    )


def add_serving(commands: Any, make: Callable[..., argparse.ArgumentParser]) -> None:
    """`serve` and `mcp`: where a server listens, and its limits."""
    command = make(commands, "serve", "serving:serve", "serve the page and the service on this machine")
    command.add_argument("--mcp", action="store_true", help="serve assistants at /mcp as well")
    command.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (default: 127.0.0.1)"
    )
    command.add_argument("--port", type=int, default=8628, metavar="N", help="the port (default: 8628)")
    command.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name under which the server may be asked for, beside localhost",
    )
    _add_limits(command)
    add_quiet(command)
    mcp = make(commands, "mcp", "serving:mcp", "serve an assistant (MCP) on standard input and output")
    mcp.set_defaults(allow_host=[])
    _add_limits(mcp)


def _add_limits(command: argparse.ArgumentParser) -> None:
    """The limits of a server."""
    command.add_argument(
        "--max-size",
        type=_megabytes,
        default=32 * 2**20,
        metavar="MB",
        help="refuse larger requests (default: 32)",
    )
    command.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="the most a request may take (default: 60)"
    )
    command.add_argument(
        "--workers", type=int, metavar="N", help="processes that do the work (default: one a processor)"
    )
    command.add_argument(
        "--waiting", type=int, default=32, metavar="N", help="requests that may wait for one (default: 32)"
    )


def add_fix(command: argparse.ArgumentParser) -> None:
    """What is proposed to the text's editor."""

    def chosen(value: str) -> list[str]:
        kinds = _names(value)
        for kind in kinds:
            if kind not in FIXES:
                raise argparse.ArgumentTypeError(f"{kind!r} is none of {', '.join(FIXES)}")
        return kinds

    command.add_argument(
        "--fix",
        type=chosen,
        nargs="?",
        const=list(FIXES),
        metavar="KINDS",
        help=f"write proposals instead of a report: {', '.join(FIXES)}, or several (default: all); a patch"
        " for text, tracked changes for .docx, or json",
    )


def _names(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("names nothing")
    return names


def _megabytes(value: str) -> int:
    try:
        size = float(value)
    except ValueError:
        size = 0
    if not 0 < size < 1e6:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of megabytes")
    return int(size * 2**20)
