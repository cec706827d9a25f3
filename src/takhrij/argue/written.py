"""A map comes in; the compact text form of it goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from takhrij.argue import notation as form
from takhrij.argue.notice import NOTICE
from takhrij.model import ArgumentMap, Node, Relation, node_id, relation_id


def write(given: ArgumentMap) -> str:
    """The map in the text form; `read` gives the same map back."""
    labels = {node.id: node.label for node in given.nodes}
    heads = first_lines(given)
    header = ((word, getattr(given, name)) for word, name in form.HEADER.items())
    lines = [form.FIRST_LINE, f"# {NOTICE}"]
    lines += [f"{word}: {form.value(text)}" for word, text in header if text]
    lines += [f"note: {form.value(note)}" for note in given.notes]
    for node in given.nodes:
        lines += ["", f"{heads[node.id]}{_status(node)}"]
        lines += [f"  {line}" for line in _node(node, labels)]
    for at, relation in enumerate(given.relations):
        inside = [f"  {line}" for line in _relation(relation)]
        lines += [] if at and not inside else [""]
        lines += [f"{heads[relation.id]}{_status(relation)}", *inside]
    return "\n".join(lines) + "\n"


def first_lines(given: ArgumentMap) -> dict[str, str]:
    """By id the line that begins a part in the text form, without its status."""
    labels = {node.id: node.label for node in given.nodes}
    objects = labels | _heads(given, labels)
    nodes = {node.id: f"{node.label} {node.kind}" for node in given.nodes}
    return nodes | {link.id: _head(link, labels, objects) for link in given.relations}


def called(given: ArgumentMap) -> dict[str, str]:
    """By id what a part is called in messages: a node's label, a relation's `f1 supports p1`."""
    labels = {node.id: node.label for node in given.nodes}
    return labels | {link.id: _head(link, labels, labels) for link in given.relations}


def _heads(given: ArgumentMap, labels: dict[str, str]) -> dict[str, str]:
    """By id what names a relation between nodes: its head in brackets, where no other has the same."""
    between = [link for link in given.relations if link.subject in labels and link.object in labels]
    heads = {link.id: f"({_head(link, labels, labels)})" for link in between}
    times = Counter(heads.values())
    return {id: head for id, head in heads.items() if times[head] == 1}


def _head(relation: Relation, subjects: dict[str, str], objects: dict[str, str]) -> str:
    manner = f"/{relation.manner}" if relation.manner else ""
    subject = subjects.get(relation.subject, relation.subject)
    return f"{subject} {relation.kind}{manner} {objects.get(relation.object, relation.object)}"


def _status(part: Node | Relation) -> str:
    return "" if part.status == "confirmed" else f" {part.status}"


def _node(node: Node, labels: dict[str, str]) -> Iterator[str]:
    if node.id != node_id(node.kind, node.quote, node.speakers, node.name):
        yield f"id: {node.id}"
    yield from _common(node)
    for name, default in form.TEXTS.items():
        if (text := getattr(node, name)) != default:
            yield f"{name}: {form.value(text)}"
    for name in form.LISTS:
        if texts := getattr(node, name):
            yield f"{name}: {form.values(texts, form.LIST)}"
    if node.strict:
        yield "strict"
    for role, ties in groupby(node.ties, key=lambda tie: tie.role):
        yield f"{role}: {' '.join(labels.get(tie.to, tie.to) for tie in ties)}"


def _relation(relation: Relation) -> Iterator[str]:
    own = relation_id(relation.kind, relation.subject, relation.object, relation.speakers, relation.manner)
    if relation.id != own:
        yield f"id: {relation.id}"
    yield from _common(relation)


def _common(part: Node | Relation) -> Iterator[str]:
    if part.speakers:
        yield f"by: {form.values(part.speakers, form.CHAIN)}"
    if part.cue:
        yield f"cue {form.cue(part.cue)}"
    for word, name in form.QUOTES.items():
        if given := getattr(part, name, None):
            yield f"{word} {form.quote(given)}"
