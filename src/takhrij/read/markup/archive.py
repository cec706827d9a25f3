"""A zipped document, opened with limits: how many parts, how large each, how large together."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from takhrij.errors import InputError
from takhrij.read.load import SIZE_LIMIT

MOST_PARTS = 20_000


class Archive:
    """The parts of a zipped document by name. Never unpacked to disk; all that is read counts as one size."""

    def __init__(self, data: bytes, name: str, limit: int = SIZE_LIMIT) -> None:
        self._name, self._left = name, limit
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError) as error:
            raise InputError(f"{name}: is a damaged archive ({error}); save it again") from None
        if len(self._zip.infolist()) > MOST_PARTS:
            raise InputError(f"{name}: holds more than {MOST_PARTS:,} parts; no document does")

    def names(self) -> list[str]:
        """The names of the parts, in the archive's order."""
        return self._zip.namelist()

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises InputError where it is missing, damaged, encrypted or too large."""
        try:
            with self._zip.open(part) as file:
                data = file.read(self._left + 1)
        except KeyError:
            raise InputError(f"{self._name}: has no part {part}; save it again") from None
        except RuntimeError:
            raise InputError(f"{self._name}: is encrypted; save it without a password") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise InputError(f"{self._name}: its part {part} is damaged ({error})") from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"{self._name}: unpacks to more than {SIZE_LIMIT / 2**20:,.0f} MB; split the file"
            )
        return data
