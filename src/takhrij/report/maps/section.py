"""A map comes in; the part of a page that shows it goes out, with a switch for each piece of evidence."""

from __future__ import annotations

import json
from typing import get_args

from takhrij.argue.weigh import switches
from takhrij.argue.written import called, first_lines
from takhrij.model import ArgumentMap, Node, Relation, Result, Switches
from takhrij.report.html_card import phrase
from takhrij.report.maps.graph import bearing, graph, notice, result_words, said, shown, speaker
from takhrij.report.maps.svg import picture, side, too_large
from takhrij.report.markup import Html, tag, worded
from takhrij.report.page import page
from takhrij.report.phrases import cite_ref, quoted
from takhrij.report.words import words

RESULTS: tuple[str, ...] = get_args(Result)
_SHOWN = 90  # code points of words beside a switch
_MOST_REFS = 3


def map_page(given: ArgumentMap) -> str:
    """A page of the map alone."""
    w = words()
    title = w.say("map.title", name=given.document) if given.document else w.say("map.nameless")
    return page(title, [tag("header", tag("h1", worded(title)), class_="top"), section(given)])


def section(given: ArgumentMap) -> Html | None:
    """The picture, the switches, and each conclusion with what becomes of it; None for a map without links.

    The results are reckoned beforehand, so that the page needs no more than to look them up.
    """
    if not given.relations and not any(node.ties for node in given.nodes if node.kind != "grading"):
        return None
    w = words()
    if reason := too_large(graph(given)):
        return tag("section", tag("h2", w.say("map.heading")), tag("p", reason), class_="after", id="how")
    found = switches(given)
    before = found.results[()]
    nodes = [node for node in given.nodes if node.id in before]
    status = {part.status for part in given.parts}
    proposed = "all_proposed" if status == {"proposed"} else "some_proposed" if "proposed" in status else ""
    return tag(
        "section",
        tag("h2", w.say("map.heading")),
        tag("p", notice(), class_="creed"),
        tag("p", w.say(f"map.{proposed}")) if proposed else None,
        tag(
            "div",
            picture(given),
            class_="scroll",
            dir=side(given),
            tabindex="0",
            role="group",
            aria_label=w.say("map.heading"),
        ),
        _switches(given, found) if nodes and found.evidence else None,
        tag("ul", *(_conclusion(node, found) for node in nodes), class_="conclusions") if nodes else None,
        _parts(given),
        class_="after how",
        id="how",
        data_results=_looked_up(found, nodes),
        data_words="|".join(map(result_words, RESULTS)),
        data_keys="|".join(RESULTS),
    )


def _switches(given: ArgumentMap, found: Switches) -> Html:
    w = words()
    nodes = {node.label: node for node in given.nodes}
    labels = []
    for number, names in enumerate(found.evidence):
        first = nodes[names[0]]
        said_in = shown(first) if len(shown(first)) <= _SHOWN else f"{shown(first)[:_SHOWN]} …"
        ids = " ".join(nodes[name].id for name in names)
        stands = w.say("join.semicolon").join(cite_ref(ref) for ref in first.refs[:_MOST_REFS])
        about = [" ", tag("b", w.say("join.comma").join(names)), f" {stands} "]
        box = tag(
            "input", type="checkbox", checked=True, autocomplete="off", data_n=str(number), data_ids=ids
        )
        labels.append(tag("label", box, *about, worded(said_in)))
    legend = tag("legend", w.say("map.switch"))
    beyond = tag("p", w.say("map.beyond"), class_="beyond")
    return tag("fieldset", legend, *labels, beyond, class_="switches", hidden=True)


def _conclusion(node: Node, found: Switches) -> Html:
    """Whose it is, its words, what it comes to, and what it comes to without each piece of evidence."""
    w = words()
    before = found.results[()][node.id]
    alone = [
        tag(
            "li",
            w.say(
                "map.without",
                evidence=w.listed(found.evidence[off[0]]),
                result=result_words(result[node.id]),
            ),
        )
        for off, result in found.results.items()
        if len(off) == 1 and result[node.id] != before
    ]
    return tag(
        "li",
        phrase(f"{node.label} {said(node)} ", "span", class_="soft"),
        worded(shown(node)),
        " – ",
        tag("output", result_words(before)),
        tag("ul", *alone) if alone else None,
        data_id=node.id,
    )


def _parts(given: ArgumentMap) -> Html:
    """Every part that is somebody's, with what it is proposed for and what a reader has said of it."""
    w = words()
    names, lines = called(given), first_lines(given)
    parts = [part for part in given.parts if isinstance(part, Relation) or part.kind != "agent"]
    items = [
        tag(
            "li",
            tag("b", names[part.id] if isinstance(part, Node) else ""),
            " ",
            *(_stated(part, names)),
            tag("span", w.say(f"map.status.{part.status}"), class_="status"),
            data_id=part.id,
            data_span=_span(part),
            data_head=lines[part.id],
            data_status=part.status,
        )
        for part in parts
    ]
    count = tag("summary", f"{w.say('map.parts')}: {len(parts)}")
    return tag("details", count, tag("ul", *items), class_="parts")


def _span(part: Node | Relation) -> str | None:
    """Where its words stand in the map's own text: "24-60", in code points."""
    quote = part.quote
    return f"{quote.span.start}-{quote.span.end}" if quote and quote.span and not quote.source else None


def _stated(part: Node | Relation, names: dict[str, str]) -> list[Html]:
    w = words()
    if isinstance(part, Node):
        stated = [phrase(said(part), "span", class_="soft"), worded(shown(part))]
    else:
        subject, object = (names.get(id, id) for id in (part.subject, part.object))
        line = w.say(
            "map.asserted", speaker=speaker(part), subject=subject, relation=bearing(part), object=object
        )
        stated = [phrase(line, "span")]
    if part.cue:
        stated.append(phrase(w.say("map.cue", cue=quoted(part.cue.text)), "span", class_="soft"))
    return [tag("span", *(child for one in stated for child in (one, " ")))]


def _looked_up(found: Switches, nodes: list[Node]) -> str:
    """By the numbers of the evidence that is off: a digit for each conclusion's result."""
    results = {
        ",".join(map(str, off)): "".join(str(RESULTS.index(of[node.id])) for node in nodes)
        for off, of in found.results.items()
    }
    return json.dumps(results, separators=(",", ":"))
