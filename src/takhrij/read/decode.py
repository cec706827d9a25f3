"""Bytes to characters: which encoding a text is in, told from its bytes alone, and what is no text at all.

The order of the rules is the order of certainty: a byte order mark; known binary formats; UTF-16 without a
mark; valid UTF-8; Windows-1256 where the bytes make plausible Arabic. Anything else is an error, not a guess.
"""

from __future__ import annotations

import codecs
import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from takhrij.errors import InputError

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OVERRIDES = frozenset("\u202d\u202e")  # with these, letters are seen in another order than they stand in
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH = bytes(range(0x80, 0x100))
_ARABIC_1256 = bytes(code for code in _HIGH if "\u0600" <= bytes([code]).decode("cp1256") <= "\u06ff")
_MARKS_1256 = "…‘’“”•–—«»\u00a0\u200c\u200d\u200e\u200f".encode("cp1256")  # in texts of any language
_ARTICLE_1256 = "ال".encode("cp1256")
_LEAST_LETTERS = 12  # fewer Arabic letters are no evidence for Windows-1256
_LEAST_SHARE = 0.9  # of the bytes over 127, quotation marks and the like left out, that must be Arabic
_LEAST_ARTICLES = 0.01  # "ال" per Arabic letter: about 0.04 in prose; ISO 8859-6 has other bytes for it
# The upper bytes of UTF-16 text in Arabic or Latin script: 00 Latin, 06 Arabic, 20 punctuation, FB-FE forms.
_UTF16_UPPER = bytes([0x00, 0x06, 0x07, 0x20, 0xFB, 0xFC, 0xFD, 0xFE])
_UTF16_SAMPLE = 1 << 16
_MAGIC_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding that gave them, and what a reader must know about it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Decode the bytes of a text file; a byte order mark is not part of the text.

    Raises `InputError` for an empty or binary file and for one in no encoding that is recognised.
    """
    if not data:
        raise InputError(f"{name}: is empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _finish(_decode_as(data, len(mark), encoding, name), encoding, (), name)
    _refuse_binary(data, name)
    if wide := _utf16_without_mark(data):
        note = f"read as {wide.upper()}, although it has no byte order mark"
        return _finish(_decode_as(data, 0, wide, name), wide, (note,), name)
    _refuse_nul(data.find(b"\0"), name)
    try:
        return _finish(data.decode("utf-8"), "utf-8", (), name)
    except UnicodeDecodeError as error:
        return _windows_1256(data, error, name)


def mend_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Put U+FFFD for every lone surrogate, one for one, and note it: they cannot be saved or printed."""
    if not _SURROGATE.search(text):
        return text, ()
    mended, count = _SURROGATE.subn("\ufffd", text)
    return mended, (f"{count} lone surrogate(s), which are no characters, read as U+FFFD",)


def _decode_as(data: bytes, start: int, encoding: str, name: str) -> str:
    try:
        return data[start:].decode(encoding, "strict" if encoding == "utf-8" else "surrogatepass")
    except UnicodeDecodeError as error:
        at = error.start + start
        line = data[start:at].decode(encoding, "ignore").count("\n") + 1
        raise InputError(
            f"{name}: is not valid {encoding.upper()}: byte {at:,} (line {line:,}): {error.reason};"
            " save it again as UTF-8"
        ) from None


def _finish(text: str, encoding: str, notes: tuple[str, ...], name: str) -> Decoded:
    _refuse_nul(text.find("\0"), name)
    text, mended = mend_surrogates(text)
    if not text or text.isspace():
        raise InputError(f"{name}: is empty (it holds only white space)")
    return Decoded(text, encoding, notes + mended)


@functools.cache
def _binary_kinds() -> tuple[tuple[bytes, bytes, str], ...]:
    with (Path(__file__).parent / "data" / "binary.toml").open("rb") as file:
        kinds = tomllib.load(file)["kind"]
    return tuple(
        (bytes.fromhex(kind["starts"]), kind.get("inside", "").encode(), kind["name"]) for kind in kinds
    )


def _refuse_binary(data: bytes, name: str) -> None:
    for starts, inside, kind in _binary_kinds():
        if data.startswith(starts) and inside in data[:_MAGIC_WINDOW]:
            raise InputError(f"{name}: is {kind}; it is not read, so save it as text (UTF-8)")


def _refuse_nul(at: int, name: str) -> None:
    if at >= 0:
        raise InputError(
            f"{name}: is not a text file (a NUL character at offset {at:,}); save it as text (UTF-8)"
        )


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its upper bytes: nearly all the same few, and control characters in UTF-8."""
    sample = data[:_UTF16_SAMPLE]
    half = len(sample) // 2
    if len(data) % 2 or half < 2:
        return None
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        upper = sample[first::2]
        controls = upper.count(0x00) + upper.count(0x06)
        lower_controls = sample[1 - first :: 2].count(0x00)
        others = len(upper.translate(None, _UTF16_UPPER))
        if controls > half * 0.6 and others <= half * 0.1 and lower_controls <= half * 0.1:
            return encoding
    return None


def _windows_1256(data: bytes, error: UnicodeDecodeError, name: str) -> Decoded:
    high = _count(data, _HIGH) - _count(data, _MARKS_1256)
    arabic = _count(data, _ARABIC_1256)
    line = data.count(b"\n", 0, error.start) + 1
    plausible = (
        arabic >= _LEAST_LETTERS
        and arabic >= high * _LEAST_SHARE
        and data.count(_ARTICLE_1256) >= arabic * _LEAST_ARTICLES
    )
    if not plausible:
        raise InputError(
            f"{name}: is neither UTF-8 (byte {error.start:,}, line {line:,}: {error.reason}) nor plausible"
            " Windows-1256; save it as UTF-8"
        ) from None
    note = (
        f"not valid UTF-8 (byte {error.start:,}, line {line:,}); read as Windows-1256, in which"
        f" {arabic / high:.0%} of its letters over 127 are Arabic"
    )
    return _finish(data.decode("cp1256"), "windows-1256", (note,), name)


def _count(data: bytes, codes: bytes) -> int:
    return len(data) - len(data.translate(None, codes))
