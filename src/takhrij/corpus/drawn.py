"""Pictures of the page about a corpus, as SVG in which every shape has its number written beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from takhrij.report.markup import Html, join, tag
from takhrij.report.words import Words, number

STEPS = (1, 2, 4, 10, 30)  # times from which on a verse has the next darker colour
_CELL, _ROW, _LEFT, _RIGHT = 3.0, 11, 120, 190  # pixels
_LONGEST = 286
_WIDE, _HIGH = 760, 170


class Part(NamedTuple):
    """A part of a bar: the class that colours it, and its size."""

    look: str
    value: float


class Sura(NamedTuple):
    """A sura's number, verses in the Kufan count, and name."""

    number: int
    verses: int
    name: str


@cache
def suras() -> tuple[Sura, ...]:
    """The 114 suras, from the table by which references are read."""
    lines = files("takhrij.find.claims").joinpath("data/suras.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Sura(int(row[0]), int(row[1]), row[3].split("|")[0]) for row in rows)


def bar(parts: Sequence[Part], whole: float, width: int = 220) -> Html:
    """A horizontal bar, its parts one after the other; the longest bar of a table is `whole`."""
    shapes, at = [], 0.0
    for part in parts:
        size = width * part.value / whole if whole else 0.0
        if size > 0:
            shapes.append(
                tag(
                    "rect", x=f"{at:.1f}", y="0", width=f"{max(size, 0.6):.1f}", height="12", class_=part.look
                )
            )
        at += size
    return tag("svg", *shapes, class_="bar", width=str(width), height="12", aria_hidden="true")


def columns(rows: Sequence[tuple[str, Sequence[Part]]], digits: int = 1) -> Html:
    """Columns side by side, the parts of each one on the other, with their numbers."""
    most = max((sum(part.value for part in parts) for _, parts in rows), default=0) or 1
    step = min(110, (_WIDE - 20) / max(1, len(rows)))
    wide = step * 0.55
    shapes = []
    for place, (name, parts) in enumerate(rows):
        x, y = 10 + place * step + (step - wide) / 2, float(_HIGH)
        for part in parts:
            size = (_HIGH - 24) * part.value / most
            y -= size
            shapes.append(_box(x, y, wide, size, part.look))
            if size >= 14:
                shapes.append(_label(x + wide / 2, y + size / 2 + 4, f"{part.value:.{digits}f}", "inside"))
        total = f"{sum(part.value for part in parts):.{digits}f}"
        shapes.append(_label(x + wide / 2, y - 5, total, "value"))
        shapes.append(_label(x + wide / 2, _HIGH + 16, name, "name"))
    width = 20 + step * len(rows)
    return tag(
        "svg",
        *shapes,
        class_="columns",
        viewBox=f"0 0 {width:.0f} {_HIGH + 24}",
        width=f"{width:.0f}",
        role="img",
    )


def quran_map(quoted: Mapping[tuple[int, int], tuple[int, int]], w: Words) -> Html:
    """Every verse as a cell, coloured by how often it is quoted. quoted: (sura, verse) -> (times, books)."""
    shapes: list[Html] = []
    for sura in suras():
        y = 6 + (sura.number - 1) * _ROW
        own = {
            verse: quoted[sura.number, verse]
            for verse in range(1, sura.verses + 1)
            if (sura.number, verse) in quoted
        }
        shapes.append(_label(_LEFT - 6, y + 8, f"{sura.number} {sura.name}", "sura"))
        shapes.append(_box(_LEFT, y, _CELL * sura.verses, _ROW - 2, "none"))
        for verse, (times, books) in own.items():
            said = w.say(
                "cell.verse", sura=sura.number, verse=verse, times=number(times), books=number(books)
            )
            title = tag("title", said)
            shapes.append(_box(_LEFT + _CELL * (verse - 1), y, _CELL, _ROW - 2, f"s{shade(times)}", title))
        times = sum(count for count, _ in own.values())
        if times:
            said = w.say("cell.sura", times=number(times), verses=len(own), all=sura.verses)
            shapes.append(_label(_LEFT + _CELL * sura.verses + 6, y + 8, said, "total"))
    width, height = _LEFT + _CELL * _LONGEST + _RIGHT, 12 + _ROW * 114
    drawn = tag("svg", *shapes, class_="quran", viewBox=f"0 0 {width:.0f} {height}", role="img")
    return join([legend(w), drawn])


def legend(w: Words) -> Html:
    """What the colours of the map mean."""
    keys = [tag("span", w.say("cell.legend"), class_="key")]
    for place, least in enumerate(STEPS):
        last = place + 1 == len(STEPS)
        most = None if last else STEPS[place + 1] - 1
        said = f"{least}+" if most is None else f"{least}" if most == least else f"{least}–{most}"
        box = tag("svg", _box(0, 0, 12, 12, f"s{place + 1}"), width="12", height="12", aria_hidden="true")
        keys.append(tag("span", box, f" {said}", class_="key"))
    return tag("p", *keys, class_="legend")


def shade(times: int) -> int:
    """The darkness of a cell, 1 to 5."""
    return sum(times >= least for least in STEPS)


def _box(x: float, y: float, width: float, height: float, look: str, *inside: Html) -> Html:
    sizes = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    return tag("rect", *inside, class_=look, **sizes)


def _label(x: float, y: float, said: str, look: str) -> Html:
    return tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", class_=look)
