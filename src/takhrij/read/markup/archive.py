"""A zipped document, opened with limits: how many parts, how large each, how large together.

A reader may have what is damaged mended as far as it goes: parts whose packed bytes end early or are wrong
somewhere, files that were cut off before the list of their parts, which stands at their end.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from itertools import islice, pairwise
from typing import NamedTuple

from takhrij.errors import InputError
from takhrij.read.load import SIZE_LIMIT

MOST_PARTS = 20_000
_HEAD, _HEAD_SIZE = b"PK\x03\x04", 30
_SIGN = re.compile(rb"PK(?:\x03\x04|\x01\x02)")  # a part begins, or the list of the parts
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_STEP = 256  # bytes that are unpacked at a time: so many at most are lost before the damage


class _Found(NamedTuple):
    """Where the packed bytes of a part stand in the file."""

    start: int
    end: int
    packed: bool


class Archive:
    """The parts of a zipped document by name. Never unpacked to disk; all that is read counts as one size.

    lost: takes what was damaged, and the rest is given; without it damage raises InputError.
    """

    def __init__(
        self, data: bytes, name: str, limit: int = SIZE_LIMIT, lost: list[str] | None = None
    ) -> None:
        self._name, self._left, self._data, self._lost = name, limit, data, lost
        self._zip: zipfile.ZipFile | None = None
        self._found: dict[str, _Found] | None = None
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            if lost is None or not self._parts():
                raise InputError(f"{name}: is a damaged archive ({error}); save it again") from None
            lost.append("the file is cut off or damaged: what could be unpacked of it was read")
        if len(self.names()) > MOST_PARTS:
            raise InputError(f"{name}: holds more than {MOST_PARTS:,} parts; no document does")

    def names(self) -> list[str]:
        """The names of the parts, in the archive's order."""
        return self._zip.namelist() if self._zip else list(self._parts())

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises InputError where it is missing, damaged, encrypted or too large."""
        try:
            data = self._unpacked(part)
        except KeyError:
            raise InputError(f"{self._name}: has no part {part}; save it again") from None
        except RuntimeError:
            raise InputError(f"{self._name}: is encrypted; save it without a password") from None
        except _DAMAGE as error:
            data = self._rest(part) if self._lost is not None else b""
            if self._lost is None or not data:
                raise InputError(f"{self._name}: its part {part} is damaged ({error})") from None
            self._lost.append(f"{part} is damaged ({error}): what could be unpacked of it was read")
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"{self._name}: unpacks to more than {SIZE_LIMIT / 2**20:,.0f} MB; split the file"
            )
        return data

    def _unpacked(self, part: str) -> bytes:
        if self._zip is None:
            return self._rest(part)
        with self._zip.open(part) as file:
            return file.read(self._left + 1)

    def _rest(self, part: str) -> bytes:
        """A part up to where it is damaged."""
        found = self._parts()[part]
        packed = self._data[found.start : found.end]
        if not found.packed:
            return packed
        unpacking, done, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
        try:
            for at in range(0, len(packed), _STEP):
                done.append(unpacking.decompress(packed[at : at + _STEP], self._left + 1 - size))
                size += len(done[-1])
                if size > self._left or unpacking.eof:
                    break
        except zlib.error:
            pass  # what came before it is kept
        return b"".join(done)

    def _parts(self) -> dict[str, _Found]:
        """The parts as their own heads name them."""
        if self._found is None:
            self._found = {}
            signs = [sign.span() for sign in islice(_SIGN.finditer(self._data), 2 * MOST_PARTS + 2)]
            for (at, _), (after, _) in pairwise([*signs, (len(self._data), 0)]):
                if self._data.startswith(_HEAD, at) and len(self._data) >= at + _HEAD_SIZE:
                    self._add(at, after)
        return self._found

    def _add(self, at: int, after: int) -> None:
        """Take down the part whose head stands at a place, before the next one."""
        flags, method, size, name, extra = struct.unpack_from("<6xHH8xI4xHH", self._data, at)
        start = at + _HEAD_SIZE + name + extra
        if flags & 1 or method not in (0, 8) or self._found is None:  # encrypted, or packed in another way
            return
        called = self._data[at + _HEAD_SIZE : at + _HEAD_SIZE + name].decode("utf-8", "replace")
        end = start + size if size and start + size <= len(self._data) else max(after, start)
        self._found[called] = _Found(start, end, method == 8)
