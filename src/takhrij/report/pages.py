"""Pictures of a PDF's pages beside the findings: of each the strip of the page with its words marked.

The pages are drawn in a process of their own, with the limits that reading has: the file is somebody else's.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from takhrij.model import Document, Finding, PageOrigin

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 500  # findings that get a picture: a page of the report with more would be too large
_SCALE = 1.6  # dots a point: 115 an inch
_AROUND = 26.0  # points of the page around the words
_HIGHEST = 330.0  # points that a strip is high at most
_SECONDS = 300
_MEMORY = 2 * 2**30
_CHILD = "from takhrij.report import pages; pages.answer()"
Boxes = Sequence[tuple[float, float, float, float]]


def strips(document: Document, data: bytes, found: Mapping[str, Finding]) -> dict[str, str]:
    """For findings by their keys the strip of the page on which each begins, as a data: URL of a PNG.

    `data` is the PDF that was read. Empty where the pages cannot be drawn: pictures are an addition.
    """
    wanted = [(key, _boxes(document, finding)) for key, finding in list(found.items())[:MOST]]
    asked = [(key, boxes[0].page, [box[2:] for box in boxes]) for key, boxes in wanted if boxes]
    if not asked:
        return {}
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([home, os.environ.get("PYTHONPATH", "")])
    head = json.dumps([[page, boxes] for _, page, boxes in asked]).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD],
            input=head + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            timeout=_SECONDS,
            check=True,
        )
        drawn = [base64.b64decode(line, validate=True) for line in done.stdout.split()]
        pairs = zip((key for key, *_ in asked), drawn, strict=True)
    except (subprocess.SubprocessError, OSError, ValueError):
        return {}
    return {
        key: f"data:image/png;base64,{base64.b64encode(png).decode()}"
        for key, png in pairs
        if png[:4] == b"\x89PNG"
    }


def answer() -> None:
    """Draw the strips that the first line of standard input asks for, of the PDF behind it: the process."""
    from takhrij.read.apart import limit

    limit(_MEMORY)
    asked = json.loads(sys.stdin.buffer.readline())
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    pictures: dict[int, NDArray[np.uint8]] = {}
    for number, boxes in asked:
        if number not in pictures:
            pictures = {
                number: document[number - 1].render(scale=_SCALE, rev_byteorder=True).to_numpy()[:, :, :3]
            }
        print(base64.b64encode(_png(_strip(pictures[number], boxes))).decode())


def _boxes(document: Document, finding: Finding) -> list[PageOrigin]:
    """The boxes of the finding's words on the page on which it begins."""
    starts = [box.text_start for box in document.boxes]
    first = max(bisect_right(starts, finding.span.start) - 1, 0)
    boxes = document.boxes[first : bisect_left(starts, finding.span.end)]
    return [box for box in boxes if box.page == boxes[0].page]


def _strip(picture: NDArray[np.uint8], boxes: Boxes) -> NDArray[np.uint8]:
    """The stretch of a page's picture around words, these tinted."""
    shown = picture.copy()
    for left, top, right, bottom in boxes:
        rows, columns = (
            slice(max(0, int(a * _SCALE)), max(0, int(b * _SCALE) + 1))
            for a, b in ((top, bottom), (left, right))
        )
        shown[rows, columns, 2] = (shown[rows, columns, 2] * 0.62).astype("uint8")
    left, top = (max(0.0, min(box[side] for box in boxes) - _AROUND) for side in (0, 1))
    right, bottom = (max(box[side] for box in boxes) + _AROUND for side in (2, 3))
    bottom = min(bottom, top + _HIGHEST)
    return shown[int(top * _SCALE) : int(bottom * _SCALE) + 1, int(left * _SCALE) : int(right * _SCALE) + 1]


def _png(shown: NDArray[np.uint8]) -> bytes:
    """A picture of eight bits a colour as PNG."""
    height, width, _ = shown.shape

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    lines = b"".join(b"\0" + row.tobytes() for row in shown)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )
