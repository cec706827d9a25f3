"""A map comes in; the part of a page that shows it goes out, with a switch for each piece of evidence."""

from __future__ import annotations

import json
from typing import get_args

from takhrij.argue.notice import NOTICE
from takhrij.argue.weigh import switches
from takhrij.model import ArgumentMap, Node, Result, Switches
from takhrij.report.maps.graph import graph, said, shown, sources
from takhrij.report.maps.svg import picture, side, too_large
from takhrij.report.markup import Html, tag, worded
from takhrij.report.page import page
from takhrij.report.words import words

RESULTS: tuple[str, ...] = get_args(Result)
_SHOWN = 90  # code points of words beside a switch


def map_page(given: ArgumentMap) -> str:
    """A page of the map alone."""
    w = words()
    title = w.say("map.title", name=given.document) if given.document else w.say("map.nameless")
    return page(title, [tag("header", worded(title, "h1"), class_="top"), section(given)])


def section(given: ArgumentMap) -> Html | None:
    """The picture, the switches, and each conclusion with what becomes of it; None for a map without links.

    The results are reckoned beforehand, so that the page needs no more than to look them up.
    """
    if not given.relations and not any(node.ties for node in given.nodes if node.kind != "grading"):
        return None
    w = words()
    if reason := too_large(graph(given)):
        return tag("section", tag("h3", w.say("map.heading")), tag("p", reason), class_="after", id="how")
    found = switches(given)
    before = found.results[()]
    nodes = [node for node in given.nodes if node.id in before]
    proposed = any(part.status == "proposed" for part in given.parts)
    return tag(
        "section",
        tag("h3", w.say("map.heading")),
        tag("p", NOTICE, class_="creed"),
        tag("p", w.say("map.all_proposed")) if proposed else None,
        tag("div", picture(given), class_="scroll", dir=side(given)),
        _switches(given, found) if nodes and found.evidence else None,
        tag("ul", *(_conclusion(node, found) for node in nodes), class_="conclusions") if nodes else None,
        class_="after how",
        id="how",
        data_results=_looked_up(found, nodes),
        data_words="|".join(RESULTS),
    )


def _switches(given: ArgumentMap, found: Switches) -> Html:
    w = words()
    nodes = {node.label: node for node in given.nodes}
    labels = []
    for number, names in enumerate(found.evidence):
        first = nodes[names[0]]
        said_in = shown(first) if len(shown(first)) <= _SHOWN else f"{shown(first)[:_SHOWN]} …"
        ids = " ".join(nodes[name].id for name in names)
        about = f" {w.say('join.comma').join(names)} {sources(first)} "
        box = tag(
            "input", type="checkbox", checked=True, autocomplete="off", data_n=str(number), data_ids=ids
        )
        labels.append(tag("label", box, about, worded(said_in)))
    legend = tag("legend", w.say("map.switch"))
    beyond = tag("p", w.say("map.beyond"), class_="beyond")
    return tag("fieldset", legend, *labels, beyond, class_="switches", hidden=True)


def _conclusion(node: Node, found: Switches) -> Html:
    """Whose it is, its words, what it comes to, and what it comes to without each piece of evidence."""
    w = words()
    before = found.results[()][node.id]
    alone = [
        tag("li", w.say("map.without", evidence=w.listed(found.evidence[off[0]]), result=result[node.id]))
        for off, result in found.results.items()
        if len(off) == 1 and result[node.id] != before
    ]
    return tag(
        "li",
        tag("span", f"{node.label} {said(node)} ", class_="soft"),
        worded(shown(node)),
        " – ",
        tag("output", before),
        tag("ul", *alone) if alone else None,
        data_id=node.id,
    )


def _looked_up(found: Switches, nodes: list[Node]) -> str:
    """By the numbers of the evidence that is off: a digit for each conclusion's result."""
    results = {
        ",".join(map(str, off)): "".join(str(RESULTS.index(of[node.id])) for node in nodes)
        for off, of in found.results.items()
    }
    return json.dumps(results, separators=(",", ":"))
