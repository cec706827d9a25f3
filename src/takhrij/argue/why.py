"""Labels come in; the facts behind a conclusion's result go out: what it rests on, what stands against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from takhrij.argue.frame import Edge, Frame, View
from takhrij.argue.semantics import IN, OUT
from takhrij.argue.theory import Attack
from takhrij.model import Node, Reason, ReasonKind, Shown

_ORDER: tuple[ReasonKind, ...] = (
    "no extension",
    "in a circle",
    "set aside",
    "holds otherwise",
    "speaks against",
    "answered",
    "yields",
    "rests on",
)
_JOINED = ("set aside", "rests on")  # said once of all the nodes


def shown(node: Node) -> Shown:
    """A node as a result names it."""
    quote = node.quote
    return Shown(
        id=node.id,
        label=node.label,
        kind=node.kind,
        speakers=node.speakers,
        text=(quote.text if quote else "") or node.name,
        source=quote.source if quote else "",
        span=quote.span if quote else None,
        report=node.report or "".join(node.refs[:1]),
    )


@dataclass(frozen=True, slots=True)
class Labelled:
    """A view and the labels of its arguments."""

    view: View
    labels: Sequence[int]

    def of(self, argument: int) -> int:
        """The label of an argument as the frame numbers it."""
        return self.labels[self.view.place[argument]]


def why(
    frame: Frame,
    node: Node,
    map: Labelled,
    own: Labelled,
    off: frozenset[int],
    lost: Callable[[str], bool],
) -> tuple[Reason, ...]:
    """The facts about everything that a conclusion rests on, as all see it and as its speaker does.

    `off`: the arguments that a scenario rejects; `lost`: whether what its speaker asserts leaves a position
    without support.
    """
    found = dict.fromkeys(_Reasons(frame, map, own, off, lost).of(node))
    joined = []
    for kind in _ORDER:
        same = [reason for reason in found if reason.kind == kind]
        if kind in _JOINED and same:
            nodes = dict.fromkeys(one for reason in same for one in reason.nodes)
            same = [Reason(kind=kind, nodes=tuple(nodes))]
        joined += same
    return tuple(joined)


class _Reasons:
    def __init__(
        self, frame: Frame, map: Labelled, own: Labelled, off: frozenset[int], lost: Callable[[str], bool]
    ) -> None:
        self._frame = frame
        self._inside = map.view.place
        self._label = map.of
        self._own_label = own.of
        self._off = off
        self._lost = lost
        self._preferring = frame.preferring(None)
        self._weighed = ""  # what rests on itself is no answer to an objection

    def of(self, node: Node) -> Iterator[Reason]:
        """Of all that speaks for a node, and for what it rests on in turn."""
        self._weighed = node.id
        seen, queue = {(node.id, True)}, [(node.id, True)]
        for unit, live in queue:  # grows while it is read
            for argument in self._frame.of[unit]:
                if argument not in self._inside:
                    continue
                if argument in self._off:
                    yield Reason(kind="set aside", nodes=(shown(self._frame.theory.nodes[unit]),))
                    continue
                yield from self._against(argument)
                alive = live and self._own_label(argument) != OUT
                step = self._frame.step.get(argument)
                if alive and not step:
                    yield Reason(kind="rests on", nodes=(shown(self._frame.theory.nodes[unit]),))
                more = [(one, alive) for one in step.premises if (one, alive) not in seen] if step else []
                seen.update(more)
                queue += more

    def _against(self, argument: int) -> Iterator[Reason]:
        """What is said to be against an argument: each speaker's attack once."""
        edges: dict[Attack, list[Edge]] = defaultdict(list)
        for edge in self._frame.against(argument):
            if edge.attack is not None:
                edges[edge.attack].append(edge)
        for attack, own in edges.items():
            source = (shown(self._frame.theory.nodes[attack.source]),)
            said_by = attack.said_by or attack.by
            living = [edge for edge in own if not self._frame.yields(edge, self._preferring)]
            if not living:
                by = tuple(dict.fromkeys(one for edge in own for one in self._preference(edge)))
                yield Reason(kind="yields", nodes=source, by=by, speaker=said_by)
            elif attack.rival and not self._lost(attack.source):
                yield Reason(kind="holds otherwise", nodes=source, speaker=said_by)
            elif attack.rival or all(self._label(edge.source) == OUT for edge in living):
                by = tuple(dict.fromkeys(one for edge in living for one in self._met_by(edge.source)))
                yield Reason(kind="answered", nodes=source, by=by, speaker=said_by)
            else:
                yield Reason(kind="speaks against", nodes=source, speaker=said_by)

    def _met_by(self, argument: int) -> Iterator[Shown]:
        """What accepted arguments, said to be against it, say."""
        for edge in self._frame.against(argument):
            if edge.attack is None or self._label(edge.source) != IN or edge.attack.source == self._weighed:
                continue
            if not self._frame.yields(edge, self._preferring):
                yield shown(self._frame.theory.nodes[edge.attack.source])

    def _preference(self, edge: Edge) -> tuple[Shown, ...]:
        """What is preferred to the attacker."""
        nodes = self._frame.theory.nodes
        names = self._frame.keys[edge.target] & self._preferring.keys()
        return tuple(
            shown(nodes[name])
            for name in sorted(names)
            if name in nodes and not self._preferring[name].isdisjoint(self._frame.keys[edge.source])
        )
