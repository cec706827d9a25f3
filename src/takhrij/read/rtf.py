"""RTF: paragraphs, table cells, notes; what was deleted or is hidden is left out. Places are bytes.

One pass over the control words (`data/rtf.toml` has those that matter). A word's place is that of its first
character; inside it a character may take several bytes of the file.
"""

from __future__ import annotations

import codecs
import dataclasses
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from takhrij.model import Document, Origin, TreeOrigin, replace
from takhrij.read.markup.walk import Paragraph, Piece, laid_out

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|(.))|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_ENDS = ("par", "sect", "page", "cell", "nestcell", "row", "nestrow")
_DEEPEST = 500  # groups in groups; no document has a tenth


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("takhrij.read").joinpath("data", "rtf.toml").read_text("utf-8"))


@dataclass(slots=True)
class _Group:
    """What holds up to the end of a group."""

    skipped: bool = False
    starred: bool = False
    fallback: int = 1  # characters behind each \\u that stand for it in old programs
    font: int | None = None
    arabic_font: int | None = None
    arabic: bool = False
    hidden: bool = False
    fonts: bool = False  # the table of fonts
    note: bool = False


def read(data: bytes, name: str) -> Document:
    """Read an RTF file; raises InputError. `Document.origins` lead to bytes of the file."""
    document = laid_out(_Pass(data).paragraphs(), name, "rtf")
    origins = tuple(Origin(text_start=node.text_start, file_start=node.start) for node in document.tree)
    return replace(document, origins=origins, tree=())


class _Pass:
    """One pass over the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._now = _Group()
        self._outer: list[_Group] = []
        self._codec = "cp1252"
        self._charsets: dict[int, str] = {}
        self._done: list[Paragraph] = []
        self._open = Paragraph()
        self._around: list[tuple[list[Paragraph], Paragraph]] = []
        self._to_skip = 0
        self._at = 0

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the file, notes with those that call them."""
        at = 0
        while found := _TOKEN.match(self._data, at):
            self._at, at = at, found.end()
            word, number, byte, sign, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word == b"bin":
                at += max(int(number or 0), 0)
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif byte:
                self._bytes(bytes([int(byte, 16)]))
            elif sign:
                self._sign(sign.decode("latin-1"))
            elif text:
                self._bytes(text)
        self._end()
        return self._done

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        if brace == b"{":
            if len(self._outer) < _DEEPEST:
                self._outer.append(self._now)
                self._now = dataclasses.replace(self._now, starred=False, note=False)
        elif self._outer:
            if self._now.note:
                self._end()
                notes, (self._done, self._open) = self._done, self._around.pop()
                self._open.notes += [(self._open.size, note) for note in notes]
            self._now = self._outer.pop()

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._now.starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in _table()["characters"]:
            self._put(_table()["characters"][sign])

    def _word(self, word: str, number: int | None) -> None:
        now = self._now
        if word in _table()["left_out"] or (now.starred and word not in _table()["kept"]):
            now.skipped, now.fonts = True, word == "fonttbl"
        now.starred = False
        if word in ("footnote", "shptxt") and not (now.skipped and word == "footnote"):
            now.skipped, now.note = False, True
            self._around.append((self._done, self._open))
            self._done, self._open = [], Paragraph("footnote" if word == "footnote" else "paragraph")
        elif word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in _table()["characters"]:
            self._put(_table()["characters"][word])
        elif word in _ENDS:
            self._end("table" if "cell" in word else None)
        else:
            self._state(word, number)

    def _state(self, word: str, number: int | None) -> None:
        now = self._now
        if word == "uc":
            now.fallback = number or 0
        elif word == "f":
            now.font = number
        elif word == "af":
            now.arabic_font = number
        elif word in ("rtlch", "ltrch"):
            now.arabic = word == "rtlch"
        elif word in ("deleted", "v"):
            now.hidden = number != 0
        elif word == "plain":
            now.hidden = now.arabic = False
        elif word == "outlinelevel" and not now.skipped and number is not None and number < 9:
            self._open.kind, self._open.level = "heading", number + 1
        elif word == "ansicpg":
            self._codec = _known(f"cp{number}") or self._codec
        elif word == "fcharset" and now.fonts and now.font is not None:
            charset = _table()["charsets"].get(str(number))
            if charset:
                self._charsets[now.font] = charset

    # ------------------------------------------------------------ text

    def _unicode(self, code: int) -> None:
        last = self._open.pieces[-1] if self._open.pieces else None
        if 0xDC00 <= code < 0xE000 and last and "\ud800" <= last.text[-1] < "\udc00":
            whole = chr(0x10000 + ((ord(last.text[-1]) - 0xD800) << 10) + code - 0xDC00)
            self._open.pieces[-1] = last._replace(text=last.text[:-1] + whole)
        else:
            self._put(chr(code))
        self._to_skip = self._now.fallback

    def _bytes(self, text: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            self._at += skipped
            text = text[skipped:]
        if text:
            font = self._now.arabic_font if self._now.arabic else self._now.font
            codec = self._charsets.get(font if font is not None else -1, self._codec)
            self._put(text.decode("ascii" if text.isascii() else codec, "replace"))

    def _put(self, text: str) -> None:
        if self._now.skipped or self._now.hidden:
            return
        pieces = self._open.pieces
        if pieces and len(text) == 1 and not text.isspace() and not pieces[-1].text[-1].isspace():
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + text)
        else:
            pieces.append(Piece(text, TreeOrigin(0, "", 0, False, self._at)))
        self._open.size += len(text)

    def _end(self, kind: str | None = None) -> None:
        if self._now.skipped:
            return
        if self._open.pieces or self._open.notes:
            self._open.kind = kind or self._open.kind
            self._done.append(self._open)
        self._open = Paragraph("footnote" if self._open.kind == "footnote" else "paragraph")


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return ""
