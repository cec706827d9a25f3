"""A map in Argdown: statements and arguments with their titles, and what supports or attacks what."""

from __future__ import annotations

import re

from takhrij.argue.notice import NOTICE
from takhrij.model import ArgumentMap, Node
from takhrij.model.plain import as_text
from takhrij.report.clean import one_line
from takhrij.report.maps.graph import graph, said, shown, sources

ARGUMENTS = ("argument", "qiyas", "objection", "answer")  # the others are statements
_SIGNS = {"support": "+>", "attack": "->"}
_MARKED = re.compile(r"[\\\[\]<>{}#@*_/]|[:.](?=\S{0,200}[:.])")


def to_argdown(given: ArgumentMap) -> str:
    """The map's statements, each followed by what it supports (+>), attacks (->) or undercuts (_>).

    Kind and speakers stand in the data of each, in braces, so that nothing is said by nobody. Argdown has no
    attack on a support itself: such a support becomes an argument of its own.
    """
    drawn = graph(given)
    titles = {node.id: _title(node) for node in drawn.nodes}
    arrows = {arrow.id: arrow for arrow in drawn.arrows}
    struck = [arrows[id] for id in dict.fromkeys(arrow.head for arrow in drawn.arrows) if id in arrows]
    titles |= {arrow.id: f"<{titles[arrow.tail][1:-1]} to {titles[arrow.head][1:-1]}>" for arrow in struck}
    lines = ["===", f"title: {_flat(given.document or 'map')}", "===", "", f"// {NOTICE}", ""]
    for node in drawn.nodes:
        lines.append(_definition(node, titles[node.id]))
        for arrow in drawn.arrows:
            if arrow.tail == node.id and arrow.sort in _SIGNS:
                to, sort = (arrow.id, "support") if arrow in struck else (arrow.head, arrow.sort)
                sign = "_>" if arrow.kind == "undercuts" else _SIGNS[sort]
                lines.append(f"  {sign} {titles[to]}")
        lines.append("")
    for arrow in struck:
        lines += [titles[arrow.id], f"  {_SIGNS.get(arrow.sort, '+>')} {titles[arrow.head]}", ""]
    return "\n".join(lines)


def _title(node: Node) -> str:
    return f"<{node.label}>" if node.kind in ARGUMENTS else f"[{node.label}]"


def _definition(node: Node, title: str) -> str:
    data: dict[str, object] = {"kind": node.kind, "speakers": list(node.speakers), "status": node.status}
    if place := sources(node):
        data["source"] = place
    flat = ", ".join(f"{key}: {_flat(value)}" for key, value in data.items())
    return f"{title}: {_escaped(f'{said(node)} {shown(node)}')} {{{flat}}}"


def _flat(value: object) -> str:
    return " ".join(as_text(value).split())


def _escaped(text: str) -> str:
    return _MARKED.sub(r"\\\g<0>", one_line(text))
