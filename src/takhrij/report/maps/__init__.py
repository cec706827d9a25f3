"""An `ArgumentMap` comes in; its text form, JSON, a picture, or what other programs read goes out."""

from __future__ import annotations

from collections.abc import Callable

from takhrij.errors import UsageError
from takhrij.model import ArgumentMap

__all__ = ["map_formats", "render_map"]


def render_map(given: ArgumentMap, format: str = "text") -> str:
    """The map in a format: "text", "json", "svg", "html", …; UsageError for any other."""
    if format not in _FORMATS:
        raise UsageError(f"unknown format of a map {format!r}; known formats: {', '.join(_FORMATS)}")
    return _FORMATS[format](given)


def map_formats() -> tuple[str, ...]:
    """The names of the formats that `render_map` knows."""
    return tuple(_FORMATS)


def _text(given: ArgumentMap) -> str:
    from takhrij.argue.written import write

    return write(given)


def _json(given: ArgumentMap) -> str:
    from takhrij.argue.json import dumps

    return dumps(given)


def _svg(given: ArgumentMap) -> str:
    from takhrij.report.maps.svg import to_svg

    return to_svg(given)


def _html(given: ArgumentMap) -> str:
    from takhrij.report.maps.section import map_page

    return map_page(given)


def _dot(given: ArgumentMap) -> str:
    from takhrij.report.maps.dot import to_dot

    return to_dot(given)


def _argdown(given: ArgumentMap) -> str:
    from takhrij.report.maps.argdown import to_argdown

    return to_argdown(given)


def _aif(given: ArgumentMap) -> str:
    from takhrij.report.maps.aif import to_aif

    return to_aif(given)


_FORMATS: dict[str, Callable[[ArgumentMap], str]] = {
    "text": _text,
    "json": _json,
    "svg": _svg,
    "html": _html,
    "dot": _dot,
    "argdown": _argdown,
    "aif": _aif,
}
