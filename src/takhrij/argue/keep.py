"""A map that a person worked on and a new proposal come in; a map with what both have goes out."""

from __future__ import annotations

from collections.abc import Iterable

from takhrij.argue.anchors import Part, Texts, filled, placed, with_quotes
from takhrij.argue.written import called
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Quote, labelled, replace, sha256


def kept(old: ArgumentMap, new: ArgumentMap, text: str) -> ArgumentMap:
    """The new proposal, with every part of the old map that a person confirmed or rejected.

    Parts are known by their ids. What the person kept and the text says no longer stays, without a place,
    and a note says so. Labels stay as they were.
    """
    texts = Texts(text)
    nodes = _kept(old.nodes, new.nodes, texts)
    relations = _kept(old.relations, new.relations, texts)
    needed = {tie.to for node in nodes.values() for tie in node.ties}
    needed |= {id for link in relations.values() for id in (link.subject, link.object)}
    for node in old.nodes:  # what something kept refers to stays as well
        if node.id in needed and node.id not in nodes:
            nodes[node.id] = at_home(node, texts)
    labels = {node.id: node.label for node in old.nodes}
    used = {labels[id] for id in nodes if id in labels}
    named = [
        replace(node, label=labels.get(node.id) or ("" if node.label in used else node.label))
        for node in nodes.values()
    ]
    made = replace(new, nodes=labelled(named), relations=tuple(relations.values()))
    return replace(made, notes=tuple(dict.fromkeys((*new.notes, *_lost(made, old)))))


def brought_home(given: ArgumentMap, texts: Texts) -> ArgumentMap:
    """The map with every quote where its words stand now, in the text and in the sources."""
    return replace(
        given,
        text_sha256=given.text_sha256 if texts.own is None else sha256(texts.own),
        nodes=tuple(at_home(node, texts) for node in given.nodes),
        relations=tuple(at_home(link, texts) for link in given.relations),
    )


def at_home(part: Part, texts: Texts, moved: int = 0) -> Part:
    """A part with its quotes where their words stand now, those nearest to where they stood, `moved` on."""

    def home(quote: Quote) -> Quote:
        if quote.source and quote.span and quote.text:  # a source's text does not change under a map
            return quote
        try:
            text = texts.of(quote.source)
        except UsageError:
            return quote
        if text is None or not quote.text:
            return filled(quote, texts)
        return placed(quote, text, (quote.span.start if quote.span else 0) + moved)

    return with_quotes(part, home)


def _kept(old: Iterable[Part], new: Iterable[Part], texts: Texts) -> dict[str, Part]:
    """By id: the new parts, in their order, then the old ones; a person's word goes before a proposal."""
    made: dict[str, Part] = {part.id: part for part in new}
    for part in old:
        if part.status != "proposed":
            made[part.id] = at_home(part, texts, _moved(part, made.get(part.id, part)))
    return made


def _moved(old: Part, new: Part) -> int:
    if old.quote and new.quote and old.quote.span and new.quote.span:
        return new.quote.span.start - old.quote.span.start
    return 0


def _lost(made: ArgumentMap, old: ArgumentMap) -> list[str]:
    names = called(made)
    before = {part.id for part in old.parts}
    return [
        f"{names[part.id]}: its words stand in the text no longer"
        for part in made.parts
        if part.id in before and part.quote and part.quote.span is None and part.quote.text
    ]
