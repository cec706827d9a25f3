"""How the records of each book are laid out: patterns from `data/layouts.toml`, compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from takhrij.sources.record import Layout


@cache
def _raw() -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads((files("takhrij.sources") / "data" / "layouts.toml").read_text("utf-8"))


@cache
def layout(source_id: str) -> Layout:
    """The layout of a book's records; the plain one where nothing is recorded."""
    from takhrij.sources.record import Layout  # late: to know a source is not to read it

    raw = _raw().get(source_id, {})
    patterns = {name: re.compile(value) for name, value in raw.items() if isinstance(value, str)}
    return Layout(**patterns, joined=bool(raw.get("joined")), doubled=bool(raw.get("doubled")))
