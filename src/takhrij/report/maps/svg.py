"""A map as one SVG picture: every statement with its speaker, attack and support told apart by line."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining

from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Node
from takhrij.report.clean import direction
from takhrij.report.maps.graph import Arrow, Graph, graph, notice, said, shown, sources
from takhrij.report.maps.layout import GUTTER, Box, Placed, Point, layout, spread
from takhrij.report.markup import Html, tag
from takhrij.report.words import words

WIDTH, MARGIN, PAD = 256.0, 24.0, 12.0
_HEAD, _BODY = 12.0, 15.0  # sizes of type
_LINE = 1.5  # of the type's size
MOST_BOXES = 1000
_MOST_LINES = 8
_MOST_FOOT = 620.0
_WIDE = 0.54  # of the type's size: a letter, on average
_FONT = "'Noto Serif',Georgia,Amiri,'Scheherazade New','Noto Naskh Arabic',serif"
_LABEL, _CLOSE = 11.0, 1.2  # size of type on arrows, and of its lines
_SWING = 64.0  # of an arrow within a column
Lines = tuple[list[str], list[str], list[str]]
_INK, _SOFT, _PAPER, _CARD = "#22201d", "#6a655d", "#faf8f4", "#fffefb"
_STROKES = {
    "support": {"stroke": "#1d6a4b", "stroke_width": "1.8", "marker_end": "url(#to-support)"},
    "attack": {
        "stroke": "#8a2f3f",
        "stroke_width": "2.2",
        "stroke_dasharray": "8 5",
        "marker_end": "url(#to-attack)",
    },
    "other": {
        "stroke": "#77726a",
        "stroke_width": "1.1",
        "stroke_dasharray": "1.5 4",
        "marker_end": "url(#to-other)",
    },
}
_LEVEL = ("rebuts", "prefers", "dissents", "likens", "distinguishes", "same_masala")  # between equals
_FRAMES = {"position": "2.6", "question": "2.6"}  # the others are thin


def to_svg(given: ArgumentMap) -> str:
    """The picture as a file of its own."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture(given)}\n'


def picture(given: ArgumentMap) -> Html:
    """The picture as markup, to stand in a page or alone; UsageError for a map that nobody could look at."""
    drawn = graph(given)
    if reason := too_large(drawn):
        raise UsageError(reason)
    struck = {arrow.head for arrow in drawn.arrows} & {arrow.id for arrow in drawn.arrows}
    lines = {node.id: _lines(node) for node in drawn.nodes}
    sizes = {id: (WIDTH, _height(of)) for id, of in lines.items()} | dict.fromkeys(struck, (0.0, 8.0))
    kinds = {node.id: node.kind for node in drawn.nodes}
    equal = (one for one in drawn.arrows if kinds.get(one.tail) == kinds.get(one.head))
    level = {arrow.id for arrow in equal if arrow.kind in _LEVEL} - struck
    mirrored = side(given) == "rtl"
    placed = layout(sizes, _legs(drawn, struck), level, mirrored)
    title = words().say("map.title", name=given.document) if given.document else words().say("map.nameless")
    labels = _labels(drawn, placed, struck, mirrored)
    low = max((placed.height + MARGIN, *(top + high for _, top, _, high in labels.values()))) + MARGIN
    width, height = max(placed.width, 2 * WIDTH) + 2 * MARGIN, low + 76
    shapes = [
        tag("title", title),
        tag("desc", notice()),
        _markers(),
        tag("rect", width=_n(width), height=_n(height), fill=_PAPER, class_="paper"),
        *(_arrow(arrow, placed, struck, mirrored) for arrow in drawn.arrows),
        *(_dot(placed.boxes[id], mirrored) for id in sorted(struck)),
        *(_on_arrow(arrow, labels[arrow.id]) for arrow in drawn.arrows if arrow.id in labels),
        *(_box(node, lines[node.id], placed) for node in drawn.nodes),
        _foot(low, width, mirrored),
    ]
    return tag(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        width=_n(width),
        height=_n(height),
        role="img",
        font_family=_FONT,
        class_="map",
    )


def too_large(drawn: Graph) -> str | None:
    """Why a map is not drawn, for a person; None where it is."""
    count = len(drawn.nodes)
    if count <= MOST_BOXES:
        return None
    return words().say("map.too_large", count=f"{count:,}", most=f"{MOST_BOXES:,}")


def side(given: ArgumentMap) -> str:
    """The side that a map is read from: "rtl" begins at the right."""
    return direction(" ".join(shown(node) for node in given.nodes if node.status != "rejected"))


def _legs(drawn: Graph, struck: set[str]) -> dict[str, tuple[str, str]]:
    """Arrows for the layout: one that another arrow strikes has a point in its middle."""
    legs = {}
    for arrow in drawn.arrows:
        if arrow.id in struck:
            legs[f"{arrow.id}:1"], legs[f"{arrow.id}:2"] = (arrow.tail, arrow.id), (arrow.id, arrow.head)
        else:
            legs[arrow.id] = (arrow.tail, arrow.head)
    return legs


def _lines(node: Node) -> Lines:
    """The lines of a box: who says it, the words, where they stand."""
    w = words()
    kind = w.say(f"map.kind.{node.kind}")
    mark = f", {w.say('map.proposed')}" if node.status == "proposed" else ""
    body = _wrapped(shown(node), _BODY)
    if len(body) > _MOST_LINES:
        body = [*body[: _MOST_LINES - 1], f"{body[_MOST_LINES - 1]} …"]
    return (
        [f"{node.label} · {kind}{mark}", *_wrapped(said(node), _HEAD)],
        body,
        _wrapped(sources(node), _HEAD),
    )


def _height(lines: Lines) -> float:
    head, body, source = lines
    return 2 * PAD + _LINE * (_HEAD * (len(head) + len(source)) + _BODY * len(body))


def _box(node: Node, lines: Lines, placed: Placed) -> Html:
    left, top, wide, high = placed.boxes[node.id]
    left, top = left + MARGIN, top + MARGIN
    frame = tag(
        "rect",
        x=_n(left),
        y=_n(top),
        width=_n(wide),
        height=_n(high),
        rx="14" if node.kind == "evidence" else "3",
        fill=_CARD,
        stroke=_INK,
        stroke_width=_FRAMES.get(node.kind, "1"),
        class_="frame",
    )
    head, body, source = lines
    rows = [(line, _HEAD, _SOFT) for line in head] + [(line, _BODY, _INK) for line in body]
    rows += [(line, _HEAD, _SOFT) for line in source]
    written, at = [], top + PAD
    run = direction(shown(node))
    for number, (line, size, colour) in enumerate(rows):
        at += size * _LINE
        own = "rtl" if run == "rtl" and len(head) <= number < len(head) + len(body) else "ltr"
        written.append(
            _row(line, (left + (wide - PAD if own == "rtl" else PAD), at - size * 0.4), size, colour, own)
        )
    whole = tag("title", f"{node.label} {said(node)} {shown(node)}")
    return tag("g", whole, frame, *written, class_=f"node k-{node.kind}", data_id=node.id)


def _row(line: str, at: Point, size: float, colour: str, side: str) -> Html:
    return tag(
        "text",
        line,
        x=_n(at[0]),
        y=_n(at[1]),
        font_size=_n(size),
        fill=colour,
        direction=side,
        unicode_bidi="embed",
        class_="soft" if colour == _SOFT else "ink",
    )


def _arrow(arrow: Arrow, placed: Placed, struck: set[str], mirrored: bool) -> Html:
    legs = [f"{arrow.id}:1", f"{arrow.id}:2"] if arrow.id in struck else [arrow.id]
    points = [point for leg in legs for point in placed.paths[leg]]
    points = [(x + MARGIN, y + MARGIN) for x, y in points]
    path = tag("path", d=_curve(points, mirrored), fill="none", **_STROKES[arrow.sort])
    return tag("g", tag("title", arrow.label), path, class_=f"arrow a-{arrow.sort}", data_id=arrow.id)


def _labels(drawn: Graph, placed: Placed, struck: set[str], mirrored: bool) -> dict[str, Box]:
    """Where the labels of arrows stand: in the gaps between columns, none on another."""
    boxes = {}
    for arrow in (one for one in drawn.arrows if _label_rows(one)):
        leg = f"{arrow.id}:2" if arrow.id in struck else arrow.id
        x, y = _middle(placed.paths[leg], mirrored)
        high = len(_label_rows(arrow)) * _LABEL * _CLOSE
        boxes[arrow.id] = (x - GUTTER / 2, y - high / 2, GUTTER, high)
    tops = spread(boxes)
    return {id: (left, tops[id], wide, high) for id, (left, _, wide, high) in boxes.items()}


def _label_rows(arrow: Arrow) -> list[str]:
    return [] if arrow.sort == "support" else _wrapped(arrow.label, _LABEL, GUTTER - PAD)


def _on_arrow(arrow: Arrow, label: Box) -> Html:
    """Words on an arrow, above all lines and with paper behind them."""
    left, top, wide, _ = label
    rows = [
        tag(
            "text",
            row,
            x=_n(left + wide / 2),
            y=_n(top + (number - 0.25) * _LABEL * _CLOSE),
            font_size=_n(_LABEL),
            text_anchor="middle",
            fill=_STROKES[arrow.sort]["stroke"],
            stroke=_PAPER,
            stroke_width="5",
            paint_order="stroke",
            class_="on-arrow",
        )
        for number, row in enumerate(_label_rows(arrow), 1)
    ]
    return tag("g", *rows, class_=f"label a-{arrow.sort}", data_id=arrow.id)


def _curve(points: Sequence[Point], mirrored: bool) -> str:
    """Straight through the columns, an even swing between them."""
    out = _SWING if mirrored else -_SWING  # towards the first column
    (x, y), *rest = points
    said = [f"M{_n(x)} {_n(y)}"]
    for to_x, to_y in rest:
        if (to_x, to_y) == (x, y):  # past a column without boxes
            continue
        if abs(to_x - x) < 1:  # within a column: out to the side and back
            said.append(f"C{_n(x + out)} {_n(y)} {_n(to_x + out)} {_n(to_y)} {_n(to_x)} {_n(to_y)}")
        else:
            half = (x + to_x) / 2
            said.append(f"C{_n(half)} {_n(y)} {_n(half)} {_n(to_y)} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    return "".join(said)


def _middle(points: Sequence[Point], mirrored: bool) -> Point:
    """The middle of the last swing, where its label stands."""
    (x, y), (to_x, to_y) = points[-2:]
    out = (GUTTER / 2 if mirrored else -GUTTER / 2) if abs(to_x - x) < 1 else 0
    return (x + to_x) / 2 + out + MARGIN, (y + to_y) / 2 + MARGIN


def _dot(box: Box, mirrored: bool) -> Html:
    """The point where an arrow is struck: where it enters the column."""
    left, top, wide, high = box
    x, y = left + (0 if mirrored else wide) + MARGIN, top + high / 2 + MARGIN
    return tag("circle", cx=_n(x), cy=_n(y), r="4.5", fill=_STROKES["support"]["stroke"])


def _markers() -> Html:
    """A filled head for support, a bar across the end for attack, an open head for the rest."""
    head = tag("path", d="M0 0L10 5L0 10Z", fill=_STROKES["support"]["stroke"])
    bar = tag("path", d="M8 0V12", stroke=_STROKES["attack"]["stroke"], stroke_width="3.4")
    open_head = tag("path", d="M2 1L9 5L2 9", fill="none", stroke=_STROKES["other"]["stroke"])
    shared = {"orient": "auto", "markerUnits": "userSpaceOnUse", "markerWidth": "14", "markerHeight": "14"}
    return tag(
        "defs",
        tag("marker", head, id="to-support", refX="9", refY="5", **shared),
        tag("marker", bar, id="to-attack", refX="8", refY="6", **shared),
        tag("marker", open_head, id="to-other", refX="9", refY="5", **shared),
    )


def _foot(top: float, width: float, mirrored: bool) -> Html:
    """What the lines mean, and the notice, on the side from which the picture is read."""
    w = words()
    wide = min(width - 2 * MARGIN, _MOST_FOOT)
    drawn, left = [], width - MARGIN - wide if mirrored else MARGIN
    at = left
    for sort in ("support", "attack", "other"):
        label = w.say(f"map.legend_{sort}")
        line = tag("path", d=f"M{_n(at)} {_n(top)}H{_n(at + 44)}", fill="none", **_STROKES[sort])
        drawn += [line, _row(label, (at + 54, top + 4), _HEAD, _SOFT, "ltr")]
        at += 74 + len(label) * _HEAD * _WIDE
    for number, line_of in enumerate(_wrapped(notice(), _HEAD, wide), 1):
        drawn.append(_row(line_of, (left, top + 6 + number * _HEAD * _LINE), _HEAD, _SOFT, "ltr"))
    return tag("g", *drawn, class_="foot")


def _wrapped(line: str, size: float, width: float = WIDTH - 2 * PAD) -> list[str]:
    """The text in lines that a box holds; a word longer than a line is cut."""
    most = int(width / (size * _WIDE))
    lines, last, used = [], "", 0
    for word in line.split():
        for piece in (word[at : at + most * 2] for at in range(0, len(word), most * 2)):
            long = sum(not combining(letter) for letter in piece)
            if last and used + 1 + long > most:
                lines.append(last)
                last, used = "", 0
            last, used = (f"{last} {piece}", used + 1 + long) if last else (piece, long)
    return [*lines, last] if last else lines


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
