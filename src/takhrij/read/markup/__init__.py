"""In: the bytes of a Word, OpenDocument, EPUB, TEI or HTML file. Out: its text, every run with its node."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from takhrij.errors import InputError
from takhrij.model import Document

Reader = Callable[[bytes, str], Document]
FORMATS = ("docx", "odt", "epub", "tei", "html")


def reader(format: str, name: str) -> Reader:
    """The function that reads a format; InputError where the libraries for it are not installed."""
    try:
        import lxml.etree  # noqa: F401
    except ImportError:
        raise InputError(
            f"{name}: reading {format} needs the extra documents: pip install 'takhrij[documents]'"
        ) from None
    found: Reader = import_module(f"takhrij.read.markup.{format}").read
    return found


__all__ = ["FORMATS", "Reader", "reader"]
