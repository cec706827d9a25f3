"""A map from a file comes in; the same goes out if its names can be relied on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from takhrij.errors import InputError
from takhrij.model import ArgumentMap, Tie, labelled, replace

NAME = re.compile(r"[^\W_][\w.'-]{0,79}")  # of ids and labels: they stand unquoted in the notation
MOST_PARTS = 100_000


def wellformed(given: ArgumentMap) -> ArgumentMap:
    """The map with a label for every node, and links that name parts by their labels led to their ids.

    InputError for a name that is no name, or that several parts have. A link may still lead nowhere: that is
    for `problems` to say.
    """
    if len(given.parts) > MOST_PARTS:
        raise InputError(f"a map of {len(given.parts):,} parts: more than {MOST_PARTS:,} are not read")
    nodes = labelled(given.nodes, (link.id for link in given.relations))
    _each_once((*(part.id for part in given.parts), *(node.label for node in nodes if node.label != node.id)))
    ids = {node.label: node.id for node in nodes}

    def led(name: str) -> str:
        return ids.get(name) or _name(name)

    return replace(
        given,
        nodes=tuple(
            replace(node, ties=tuple(Tie(role=tie.role, to=led(tie.to)) for tie in node.ties))
            for node in nodes
        ),
        relations=tuple(
            replace(link, subject=led(link.subject), object=led(link.object)) for link in given.relations
        ),
    )


def _each_once(names: Iterable[str]) -> None:
    for name, times in Counter(map(_name, names)).items():
        if times > 1:
            raise InputError(f"{name}: {times} parts of the map have this name; each needs one of its own")


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r:.90} is no name: letters and digits, then . - _ ' as well, 80 at most")
    return name
