"""A page that is a picture, read by Tesseract (Arabic and English), its words with their boxes."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache

from takhrij.read.pdf.glyphs import Glyph, Page

LANGUAGES = "ara+eng"
INSTALL = (
    "to have it read, install Tesseract with Arabic and English (Debian: apt-get install tesseract-ocr"
    " tesseract-ocr-ara) and pip install 'takhrij[documents]'"
)
_DPI = 300
_SECONDS = 120  # a page
_LINE, _WORD = "4", "5"  # levels of Tesseract's table
_BODY = 0.75  # of the height of a line's box is the size of its letters
_FOOT = 0.22  # of it is below the line that they stand on
_EDGES = " \u200e\u200f\u202a\u202b\u202c"  # of a word: Tesseract adds signs of direction
_SURE = 60  # of 100, on average: below it a page's text is hardly to be trusted


def recognised(data: bytes, page: Page) -> tuple[list[Glyph], str]:
    """The words of a page that is a picture, each as one glyph; what is to be said of how they were read."""
    if not _languages():
        return [], f"a picture without text, not read; {INSTALL}"
    try:
        table = _tesseract(_picture(data, page.number))
    except ImportError:
        return [], f"a picture without text, not read; {INSTALL}"
    except (OSError, subprocess.SubprocessError) as error:
        return [], f"a picture without text, not read: Tesseract failed ({type(error).__name__})"
    glyphs, confidence = _glyphs(table, page.height)
    if not glyphs:
        return [], "a picture in which Tesseract found no text"
    doubt = f", hardly to be trusted: it was {confidence:.0f}% sure" if confidence < _SURE else ""
    return glyphs, f"a picture, read by Tesseract ({_languages()}){doubt}"


@cache
def _languages() -> str:
    """Which of the languages are installed; empty where Tesseract is not."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        said = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    known = said.stdout.split()
    return "+".join(language for language in LANGUAGES.split("+") if language in known)


def _picture(data: bytes, number: int) -> bytes:
    """The page as a grey picture in the form of a PGM file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        bitmap = document[number - 1].render(scale=_DPI / 72, grayscale=True)
        shown = bitmap.to_numpy()
        head = f"P5\n{bitmap.width} {bitmap.height}\n255\n".encode()
        return head + bytes(shown.reshape(bitmap.height, -1)[:, : bitmap.width].tobytes())
    finally:
        document.close()


def _tesseract(picture: bytes) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", _languages(), "--dpi", str(_DPI), "tsv"]
    done = subprocess.run(command, input=picture, capture_output=True, timeout=_SECONDS, check=True)
    return done.stdout.decode("utf-8", "replace")


def _glyphs(table: str, height: float) -> tuple[list[Glyph], float]:
    """The words as glyphs with a space behind each, and how sure Tesseract was on average, of 100."""
    glyphs: list[Glyph] = []
    sure: list[float] = []
    y = size = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, wide, high = (float(row[key]) * 72 / _DPI for key in ("left", "top", "width", "height"))
        if row["level"] == _LINE:
            y, size = height - top - high * (1 - _FOOT), high * _BODY
        elif row["level"] == _WORD and (text := (row["text"] or "").strip(_EDGES)):
            sure.append(float(row["conf"]))
            glyphs.append(Glyph(text, left, left + wide, y, size))
            glyphs.append(Glyph(" ", left + wide, left + wide, y, size))
    return glyphs, sum(sure) / len(sure) if sure else 0.0
