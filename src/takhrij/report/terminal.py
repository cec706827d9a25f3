"""A report for a terminal or a plain text file, with rich; signs and words carry what colour shows."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from takhrij.model import Report, Sheet
from takhrij.report.clean import FSI, PDI, rtl_runs

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.segment import Segment

PLAIN_WIDTH = 100
NARROWEST = 30
WIDEST = 120


def show(
    value: Report | Sheet,
    file: TextIO | None = None,
    *,
    width: int | None = None,
    colour: bool | None = None,
    all_sources: bool = False,
) -> None:
    """Write a report or a sheet to a terminal or stream (standard output by default).

    Colour only where the stream is a terminal that takes it, unless `colour` says so; `all_sources` shows
    every source of a finding instead of the first few. Characters that the stream cannot encode become "?".
    """
    file = sys.stdout if file is None else file
    is_terminal = file.isatty()
    if colour is None:
        colour = is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    if width is None:
        width = min(shutil.get_terminal_size().columns, WIDEST) if is_terminal else PLAIN_WIDTH
    text = to_text(value, width=width, colour=colour, all_sources=all_sources)
    try:
        file.write(text)
    except UnicodeEncodeError:
        encoding = file.encoding or "ascii"
        file.write(text.encode(encoding, "replace").decode(encoding))


def to_text(
    value: Report | Sheet, *, width: int = PLAIN_WIDTH, colour: bool = False, all_sources: bool = False
) -> str:
    """The report or sheet as text of at most `width` columns, with ANSI colours if asked for.

    Right-to-left words stand in Unicode isolates, line by line; no control character of the input is left.
    """
    if isinstance(value, Sheet):
        from takhrij.report.sheet import sheet_blocks

        blocks = sheet_blocks(value, max(width, NARROWEST))
    else:
        from takhrij.report.blocks import report_blocks

        blocks = report_blocks(value, all_sources=all_sources)
    return _drawn(blocks, max(width, NARROWEST), colour)


def _drawn(blocks: list[RenderableType], width: int, colour: bool) -> str:
    from rich.console import Console
    from rich.segment import Segment, Segments

    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for block in blocks:
        for line in console.render_lines(block, pad=False):
            segments = [*_isolate(_trimmed(line)), Segment("\n")]
            console.print(Segments(segments), end="", crop=False, soft_wrap=True)
    return out.getvalue()


def _trimmed(line: list[Segment]) -> list[Segment]:
    """The line without white space at its end, so that a file or a copy has none."""
    from rich.segment import Segment

    kept = [segment for segment in line if not segment.control]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(), kept[-1].style)
    return kept


def _isolate(line: list[Segment]) -> list[Segment]:
    """Isolates around right-to-left runs of one drawn line: across styles, and never across lines."""
    from rich.segment import Segment

    runs = rtl_runs("".join(segment.text for segment in line))
    if not runs:
        return line
    inserted = sorted([(start, 1, FSI) for start, _ in runs] + [(end, 0, PDI) for _, end in runs])
    isolated, at = [], 0
    for segment in line:
        text, offset = segment.text, at
        at += len(text)
        last = segment is line[-1]
        pieces, cut = [], 0
        while inserted and (inserted[0][0] < at or last or (inserted[0][0] == at and inserted[0][1] == 0)):
            where, _, mark = inserted.pop(0)
            pieces += [text[cut : where - offset], mark]
            cut = where - offset
        pieces.append(text[cut:])
        isolated.append(Segment("".join(pieces), segment.style))
    return isolated
