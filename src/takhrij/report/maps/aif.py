"""A map as AIF JSON, the interchange format of AIFdb.

What is said is an I-node, the saying of it an L-node with its speaker, support RA, attack CA. Anchors and
attribution do not survive all tools: the map's own JSON is the form to keep.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from takhrij.argue.notice import NOTICE
from takhrij.model import ArgumentMap, Node
from takhrij.model.plain import as_text
from takhrij.report.maps.graph import graph, said, shown, speaker

_SCHEMES = {"support": ("RA", "Default Inference"), "attack": ("CA", "Default Conflict")}
_STEPS = ("argument", "qiyas")  # nodes that are a step from premises to a conclusion


def to_aif(given: ArgumentMap) -> str:
    """Nodes and edges numbered from 1; each statement has a locution and its speaker is a participant."""
    return as_text(_Made(given).value())


class _Made:
    def __init__(self, given: ArgumentMap) -> None:
        self.drawn = graph(given)
        self.text = given.document
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.locutions: list[dict[str, Any]] = []
        self.people: dict[str, int] = {}
        self.ids: dict[str, str] = {}

    def value(self) -> dict[str, Any]:
        for node in self.drawn.nodes:
            self._statement(node)
        arrows = [arrow for arrow in self.drawn.arrows if arrow.sort in _SCHEMES]
        steps = {node.id for node in self.drawn.nodes if node.kind in _STEPS and node.id in self.ids}
        for arrow in arrows:
            if arrow.sort == "support" and (arrow.head in steps or arrow.tail in steps):
                self.ids[arrow.id] = self.ids[arrow.head if arrow.head in steps else arrow.tail]
            else:
                kind, scheme = _SCHEMES[arrow.sort]
                self.ids[arrow.id] = self._node(kind, arrow.label or scheme)
        for arrow in arrows:
            middle = self.ids[arrow.id]
            self._edges(self.ids[arrow.tail], middle, self.ids[arrow.head])
        people = [
            {"participantID": number, "firstname": name, "surname": ""}
            for name, number in self.people.items()
        ]
        return {
            "AIF": {
                "nodes": self.nodes,
                "edges": self.edges,
                "locutions": self.locutions,
                "participants": people,
                "schemefulfillments": None,
                "descriptorfulfillments": None,
            },
            "text": {"txt": NOTICE},
            "dialog": False,
            "ova": [],
        }

    def _statement(self, node: Node) -> None:
        """A node as what is said and the saying of it; a step from premises to a conclusion has no saying."""
        if node.kind in _STEPS and node.tied("conclusion"):
            self.ids[node.id] = self._node("RA", f"{said(node)} {shown(node)}")
            return
        self.ids[node.id] = self._node("I", shown(node))
        uttered = self._node("L", f"{said(node)} {shown(node)}")
        who = self.people.setdefault(speaker(node), len(self.people) + 1)
        self.locutions.append({"nodeID": uttered, "personID": who})
        self._edges(uttered, self._node("YA", "Asserting"), self.ids[node.id])

    def _node(self, kind: str, text: str) -> str:
        self.nodes.append({"nodeID": str(len(self.nodes) + 1), "text": text, "type": kind})
        return str(len(self.nodes))

    def _edges(self, *path: str) -> None:
        for start, end in pairwise(path):
            edge = {"edgeID": str(len(self.edges) + 1), "fromID": start, "toID": end}
            if start != end:
                self.edges.append(edge)
