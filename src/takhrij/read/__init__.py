"""A path, bytes, standard input or a string come in; a `Document` goes out: text, blocks, places."""

from __future__ import annotations

from takhrij.read.document import FORMATS, file_offset, line_of, read, read_text, shown
from takhrij.read.load import SIZE_LIMIT

__all__ = ["FORMATS", "SIZE_LIMIT", "file_offset", "line_of", "read", "read_text", "shown"]
