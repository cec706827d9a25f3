"""A map comes in; the boxes and arrows that every picture and export of it has go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from takhrij.argue.notice import NOTICE
from takhrij.model import ATTACKS, ArgumentMap, Node, Relation, Shown
from takhrij.report.words import words

Sort = Literal["support", "attack", "other"]
_FORWARD = ("conclusion", "outcome", "question", "about", "of", "member_of")  # the tie's own node is the tail
_SUPPORTING = ("premise", "conclusion", "asl", "illa", "factor_for", "reason", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From the tail to the head: ids of nodes, or of another arrow that the head lies on."""

    id: str
    tail: str
    head: str
    sort: Sort
    kind: str  # of a relation, or the role of a tie
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What is drawn of a map: nothing that was rejected, and agents only as the speakers of boxes."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def graph(given: ArgumentMap) -> Graph:
    """The boxes and arrows of a map; links that lead nowhere are left out."""
    linked = {id for link in given.relations for id in (link.subject, link.object)}
    nodes = [node for node in given.nodes if node.status != "rejected" and _is_drawn(node, linked)]
    known = {node.id for node in nodes}
    links = [link for link in given.relations if link.status != "rejected" and link.subject in known]
    on = known | {link.id for link in links if link.object in known}
    asserted = [_of_link(link) for link in links if link.object in on]
    joined = {(arrow.tail, arrow.head) for arrow in asserted}
    tied = [arrow for node in nodes for arrow in _of_ties(node, known)]
    tied = [arrow for arrow in tied if arrow.sort == "support" or (arrow.tail, arrow.head) not in joined]
    return Graph(nodes=tuple(nodes), arrows=(*tied, *asserted))


def speaker(node: Node | Relation | Shown) -> str:
    """Whose words they are, and in whose they stand: "al-Nakhaʿi (in the text)"."""
    w = words()
    inner, *outer = reversed([w.remark(name) for name in node.speakers] or [w.say("map.text")])
    for name in outer:
        inner = w.say("map.within", speaker=inner, outer=name)
    return inner


def said(node: Node) -> str:
    """What stands before the words: "al-Nakhaʿi (in the text) holds:"."""
    if not node.speakers and not node.quote:
        return words().say("map.unquoted", kind=words().say(f"map.kind.{node.kind}"))
    return words().say(f"map.says.{node.kind}", speaker=speaker(node))


def result_words(result: str) -> str:
    """A result of weighing, as people read it."""
    return words().known("result", result)


def shown(node: Node) -> str:
    """The words of a node; where there are none to show, its name or its place, in brackets."""
    if node.quote and node.quote.text:
        return " ".join(node.quote.text.split())
    if node.name:
        return f"[{node.name}]"
    if not node.quote:
        return f"[{words().say(f'map.kind.{node.kind}')}]"
    return f"[{words().say('map.hidden', place=place(node))}]"


def notice() -> str:
    """The sentence that stands beside every map and result."""
    w = words()
    return w.say("map.notice") if "map.notice" in w else NOTICE


def place(node: Node) -> str:
    """Where the words of a node stand: "tirmidhi:86, 24-60", in code points; "" where that is not known."""
    if not node.quote or not node.quote.span:
        return ""
    span = f"{node.quote.span.start}-{node.quote.span.end}"
    return f"{node.quote.source}, {span}" if node.quote.source else span


def bearing(link: Relation) -> str:
    """What a relation is called: by its manner, where it has one."""
    key = f"manner.{link.manner}" if link.manner else f"relation.{link.kind}"
    return words().say(f"map.{key}")


def sources(node: Node) -> str:
    """Where a piece of evidence stands, or where the words of any other node do."""
    return ", ".join(node.refs[:3]) or (node.quote.source if node.quote else "")


def _is_drawn(node: Node, linked: set[str]) -> bool:
    if node.kind == "agent":
        return False
    return node.kind != "grading" or node.id in linked  # of gradings there are many, and they lead nowhere


def _of_ties(node: Node, known: set[str]) -> Iterator[Arrow]:
    for tie in node.ties:
        if tie.to in known:
            tail, head = (node.id, tie.to) if tie.role in _FORWARD else (tie.to, node.id)
            sort: Sort = "support" if tie.role in _SUPPORTING else "other"
            answers = (node.kind, tie.role) == ("position", "question")
            label = words().say(f"map.role.{'position' if answers else tie.role}")
            id = f"{node.id}.{tie.role}.{tie.to}"
            yield Arrow(id=id, tail=tail, head=head, sort=sort, kind=tie.role, label=label)


def _of_link(link: Relation) -> Arrow:
    sort: Sort = "attack" if link.kind in ATTACKS else "support" if link.kind == "supports" else "other"
    label = bearing(link)
    return Arrow(id=link.id, tail=link.subject, head=link.object, sort=sort, kind=link.kind, label=label)
