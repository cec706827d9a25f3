"""What a PDF draws: every glyph with its characters and its place, as the file has them, page by page.

pdfminer.six runs the page's drawing commands; nothing of its analysis of the layout is used. Where the file
says which characters a group of glyphs stands for (ActualText: Chromium and LibreOffice do for vowelled
Arabic), the group is one glyph here.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef

from takhrij.errors import InputError

UNKNOWN = "\ufffd"  # a glyph whose character the file does not tell
_HIDDEN = 3  # the rendering mode of text that is not drawn: what another program recognised in a picture
_LONGEST = 10.0  # seconds of work that the drawing of a page may take; a full one takes one
_ASCENT, _DESCENT = 0.95, 0.3  # of the size, above and below the line, for boxes


class Glyph(NamedTuple):
    """Characters, and where they are drawn, in points from the page's lower left; `y` is the line's."""

    text: str
    left: float
    right: float
    y: float
    size: float

    def box(self, height: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, from the upper left of a page of that height."""
        return (
            self.left,
            height - self.y - _ASCENT * self.size,
            self.right,
            height - self.y + _DESCENT * self.size,
        )


@dataclass(slots=True)
class Page:
    """What is drawn on a page. turned: glyphs written at an angle; picture: the share that pictures cover."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: int = 0
    hidden: int = 0
    picture: float = 0.0
    error: str = ""
    empty: bool = False  # it has no drawing commands


class _Document(PDFDocument):
    """Of a PDF whose objects lead to each other in a ring, which pdfminer.six would follow for good."""

    def getobj(self, objid: int) -> object:
        """An object by its number; PDFObjectNotFound where it leads back to itself."""
        found, seen = super().getobj(objid), {objid}
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                raise PDFObjectNotFound(objid)
            seen.add(found.objid)
            found = super().getobj(found.objid)
        return found


class Pages:
    """The pages of a PDF, opened once. Raises InputError where the file cannot be opened at all."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            document = _Document(PDFParser(BytesIO(data)))
            self._pages = list(PDFPage.create_pages(document))
        except (PDFPasswordIncorrect, PDFEncryptionError):
            raise InputError(f"{name}: is encrypted; save it without a password") from None
        except RecursionError:
            raise InputError(f"{name}: is a damaged PDF file; print it again") from None
        except Exception as error:  # pdfminer raises what its own code trips over
            raise InputError(f"{name}: is a damaged PDF file ({_said(error)}); print it again") from None
        if not self._pages:
            raise InputError(f"{name}: is a PDF file without pages")
        self._device = _Device(PDFResourceManager())
        self._interpreter = PDFPageInterpreter(self._device.rsrcmgr, self._device)

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Page]:
        for number, page in enumerate(self._pages, 1):
            self._device.page = found = Page(number, *_size(page), empty=not page.contents)
            try:
                with _within(_LONGEST):
                    self._interpreter.process_page(page)
            except (Exception, _Late) as error:  # a damaged page costs that page
                found.error = _said(error)
            yield found


class _Late(BaseException):
    """A page took too long; no Exception, which pdfminer.six would pass over here and there."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise `_Late` after so much work, where the system can tell and this is the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise _Late(f"it takes over {seconds:g} seconds")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _size(page: PDFPage) -> tuple[float, float]:
    left, bottom, right, top = page.mediabox
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if (page.rotate or 0) % 180 else (width, height)


class _Group:
    """Glyphs that the file says stand for certain characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.glyphs: list[Glyph] = []

    def glyph(self, before: Glyph | None) -> Glyph | None:
        """The group as one glyph, on the line of the one before; None where it draws nothing."""
        if not self.glyphs or not self.text:
            return None
        wide = [one for one in self.glyphs if one.right > one.left] or self.glyphs
        left, right = min(one.left for one in wide), max(one.right for one in wide)
        y, size = wide[0].y, wide[0].size
        if before is not None and abs(before.y - y) < size and before.size == size:
            y = before.y  # parts of letters are drawn higher
        return Glyph(self.text, left, right, y, size)

    def one_line(self) -> bool:
        ys = [one.y for one in self.glyphs]
        return not ys or max(ys) - min(ys) < self.glyphs[0].size


class _Device(PDFTextDevice):
    """Takes down what the interpreter draws."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = Page(0, 0, 0)
        self._tags: list[_Group | None] = []
        self._group: _Group | None = None
        self._hidden = False

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._tags, self._group = [], None

    def end_page(self, page: PDFPage) -> None:
        while self._tags:
            self.end_tag()

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        text = props.get("ActualText") if isinstance(props, dict) else None
        opened = _Group(_decoded(text)) if isinstance(text, bytes) and self._group is None else None
        self._group = opened or self._group
        self._tags.append(opened)

    def end_tag(self) -> None:
        group = self._tags.pop() if self._tags else None
        if group is None:
            return
        self._group = None
        before = self.page.glyphs[-1] if self.page.glyphs else None
        glyph = group.glyph(before) if group.one_line() else None
        self.page.glyphs += [glyph] if glyph is not None else group.glyphs

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._hidden = textstate.render == _HIDDEN
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        advance = font.char_width(cid) * fontsize * scaling
        a, b, _, d, x, y = matrix
        if abs(b) > abs(a):
            self.page.turned += 1
            return advance
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = UNKNOWN
        text = text.replace("\uffff", UNKNOWN)
        end = x + advance * a
        glyph = Glyph(text, min(x, end), max(x, end), y + rise * d, abs(fontsize * d))
        self.page.hidden += self._hidden
        (self.page.glyphs if self._group is None else self._group.glyphs).append(glyph)
        return advance

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, _, _ = self.ctm or (0, 0, 0, 0, 0, 0)
        area = abs(a * d - b * c) / max(self.page.width * self.page.height, 1)
        self.page.picture = max(self.page.picture, area)


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "ignore")
    return text.decode("utf-8" if text.startswith(b"\xef\xbb\xbf") else "latin-1", "ignore").lstrip("\ufeff")
