"""The name of a file, or its bytes, come in; the map in it goes out, whichever form it has."""

from __future__ import annotations

import re
from pathlib import Path

from takhrij.argue.argdown import from_argdown
from takhrij.argue.json import loads
from takhrij.argue.notation import FIRST_LINE
from takhrij.argue.reading import read
from takhrij.errors import InputError
from takhrij.model import ArgumentMap
from takhrij.read.load import load_file, load_standard_input

SIZE_LIMIT = 16 * 2**20  # bytes: more than the largest map that is read
_JSON = re.compile(rb'\s{0,9}\{\s{0,9}"format"\s{0,9}:\s{0,9}"takhrij ')
_ARGDOWN = (".argdown", ".ad")
_BOM = b"\xef\xbb\xbf"


def open_map(path: str | Path) -> ArgumentMap:
    """The map of a file, "-" for standard input; InputError says what it is where it is none."""
    data, name = bytes_of(path, SIZE_LIMIT)
    if not is_map(data, name):
        raise InputError(
            f"{name}: holds no map; the first line of one is {FIRST_LINE!r}, or it is"
            " JSON; takhrij map makes one of a text"
        )
    return map_in(data, name)


def bytes_of(path: str | Path, limit: int) -> tuple[bytes, str]:
    """The bytes of a file, and what to call it; InputError where they cannot be had."""
    name = "standard input" if str(path) == "-" else str(path)
    return (
        load_standard_input(name, limit) if str(path) == "-" else load_file(Path(path), name, limit)
    ), name


def is_map(data: bytes, name: str = "") -> bool:
    """Whether a file holds a map, told from how it begins; Argdown is told by the name's ending."""
    if name.lower().endswith(_ARGDOWN):
        return True
    data = data.removeprefix(_BOM)
    return data.startswith(FIRST_LINE.rpartition(" ")[0].encode()) or bool(_JSON.match(data))


def map_in(data: bytes, name: str) -> ArgumentMap:
    """The map that a file holds; InputError says what is wrong in it, and where."""
    if len(data) > SIZE_LIMIT:
        raise InputError(f"{name}: larger than {SIZE_LIMIT >> 20} MB, the most that is read as a map")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 ({error.reason} at byte {error.start})") from None
    if name.lower().endswith(_ARGDOWN):
        return from_argdown(text, name)
    if text.startswith(FIRST_LINE[0]):
        return read(text, name)
    try:
        return loads(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
