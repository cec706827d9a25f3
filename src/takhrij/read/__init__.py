"""A path, bytes, standard input or a string come in; a `Document` goes out: text, blocks, places."""

from __future__ import annotations

from takhrij.read.document import (
    FORMATS,
    TEXT_FORMATS,
    file_offset,
    line_of,
    page_place,
    read,
    read_text,
    shown,
    tree_place,
)
from takhrij.read.load import SIZE_LIMIT

__all__ = [
    "FORMATS",
    "SIZE_LIMIT",
    "TEXT_FORMATS",
    "file_offset",
    "line_of",
    "page_place",
    "read",
    "read_text",
    "shown",
    "tree_place",
]
