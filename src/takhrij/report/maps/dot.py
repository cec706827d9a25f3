"""A map as a graph in Graphviz's language, with the notice and every speaker."""

from __future__ import annotations

from takhrij.argue.notice import NOTICE
from takhrij.model import ArgumentMap
from takhrij.report.clean import one_line
from takhrij.report.maps.graph import Arrow, graph, said, shown, sources

_EDGES = {
    "support": "style=solid, arrowhead=normal, color=darkgreen",
    "attack": "style=dashed, arrowhead=tee, color=firebrick",
    "other": "style=dotted, arrowhead=none, color=gray40",
}
_WIDTH = 40  # code points of a line in a box


def to_dot(given: ArgumentMap) -> str:
    """The graph; an attack on an arrow leads to a point in the middle of it."""
    drawn = graph(given)
    struck = {arrow.head for arrow in drawn.arrows} & {arrow.id for arrow in drawn.arrows}
    lines = [
        "digraph map {",
        "  rankdir=RL; labelloc=b; fontsize=10;",
        f"  label={_quoted(NOTICE, 100)};",
        "  node [shape=box, fontsize=11]; edge [fontsize=9];",
    ]
    for node in drawn.nodes:
        text = "\n".join(filter(None, (f"{node.label} {said(node)}", shown(node), sources(node))))
        style = "rounded" if node.kind == "evidence" else "solid"
        lines.append(f"  {_name(node.id)} [style={style}, label={_quoted(text, _WIDTH)}];")
    lines += [f"  {_name(id)} [shape=point];" for id in sorted(struck)]
    for arrow in drawn.arrows:
        lines += _edges(arrow, arrow.id in struck)
    return "\n".join([*lines, "}"]) + "\n"


def _edges(arrow: Arrow, struck: bool) -> list[str]:
    style = f"[{_EDGES[arrow.sort]}, label={_quoted(arrow.label, _WIDTH)}]"
    if not struck:
        return [f"  {_name(arrow.tail)} -> {_name(arrow.head)} {style};"]
    plain = f"[{_EDGES[arrow.sort]}, arrowhead=none]"
    middle = _name(arrow.id)
    return [f"  {_name(arrow.tail)} -> {middle} {plain};", f"  {middle} -> {_name(arrow.head)} {style};"]


def _name(id: str) -> str:
    return f'"{id}"'


def _quoted(text: str, width: int) -> str:
    """A string of the language, with a line break after every so many code points."""
    lines: list[str] = []
    for given in text.split("\n"):
        line = ""
        for word in one_line(given).split(" "):
            if line and len(line) + len(word) >= width:
                lines.append(line)
                line = ""
            line = f"{line} {word}" if line else word
        lines.append(line)
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
