"""The parts of an argument come in, in the text's order; the relations between them go out, all proposed.

Cues mark parts well and links badly, so a link is proposed to the nearest suitable part: in the same section
and of the same speaker first, in the same part of the text otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from takhrij.argue.cues import inner
from takhrij.argue.roles import Played
from takhrij.argue.units import Unit
from takhrij.model import Manner, Node, Relation, RelationKind, RoleName, Tie, node_id, relation_id

_REASONS = ("evidence", "ratio", "meaning", "qiyas")
_CONCLUSIONS = ("position", "statement")
_LIMITS = ("condition", "exception")
_BACK, _AHEAD = 12, 3  # sentences in which the conclusion of a reason is looked for
_MOST_ASKED, _TOGETHER = 8, 1200  # questions looked at; code points within which they are asked together
_PASSING = 300  # code points behind a question that is named in passing
_CONCLUDED = 4  # at most so many conclusions before it support one that begins with "therefore"


@dataclass(slots=True)
class Linked:
    """Nodes by their id, with the ties that linking adds, and relations by theirs."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    def tie(self, node: Node, role: RoleName, to: Node) -> None:
        """Give a node another as its part."""
        known = self.nodes[node.id]
        if Tie(role=role, to=to.id) not in known.ties:
            self.nodes[node.id] = replace(known, ties=(*known.ties, Tie(role=role, to=to.id)))

    def relate(self, kind: RelationKind, subject: Node, object: Node, manner: Manner | None = None) -> None:
        """Add a relation, as the speakers of its subject assert it."""
        if subject.id == object.id:
            return
        name = relation_id(kind, subject.id, object.id, subject.speakers, manner)
        self.relations.setdefault(
            name,
            Relation(
                id=name,
                kind=kind,
                subject=subject.id,
                object=object.id,
                manner=manner,
                speakers=subject.speakers,
                cue=subject.cue,
            ),
        )


def linked(parts: list[Played], questions: list[Node]) -> Linked:
    """Link parts (sorted by place) to the conclusions that they serve, limit or attack."""
    made = Linked({part.node.id: part.node for part in parts} | {node.id: node for node in questions})
    positions = [at for at, part in enumerate(parts) if part.node.kind in _CONCLUSIONS]
    asked = sorted((node.quote.span.start, node) for node in questions if node.quote and node.quote.span)
    first: dict[tuple[str, ...], Played] = {}  # the first conclusion of each speaker
    for at, part in enumerate(parts):
        node, kind = part.node, part.node.kind
        if kind == "question" or part.unit.part == "outside":
            continue
        if kind in _CONCLUSIONS or kind == "meaning":
            _reconciled(made, parts, at)
        if kind in ("disputed", "agreed", "cause"):
            _question(made, node, part.unit, asked)
        elif kind == "position":
            _question(made, node, part.unit, asked)
            _concluded(made, parts, positions, at)
            announced = first.setdefault(part.unit.speakers, part)
            concludes = part.unit.part == "conclusion" and len(part.unit.speakers) == 1
            if (
                concludes and announced.unit.section < part.unit.section
            ):  # "it is not allowed:", then sections
                made.relate("supports", node, announced.node)
        elif kind == "statement":
            ruling = _ruling(parts, positions, at)
            if ruling:
                made.relate("supports", node, ruling)
        elif kind in _LIMITS:
            target = _limited(parts, at)
            if target:
                made.tie(node, "of", target)
        elif kind == "answer":
            objection = _before(parts, at, ("objection",))
            if objection:
                made.relate("answers", node, objection)
        else:
            target = _conclusion(parts, positions, at)
            if target:
                _serve(made, parts, at, target)
    return made


def _serve(made: Linked, parts: list[Played], at: int, target: Node) -> None:
    """A reason supports its conclusion, an objection attacks it, a case is likened to it or told from it."""
    part = parts[at]
    node = part.node
    if node.kind in _REASONS:
        made.relate("supports", node, target)
        if node.kind == "ratio":
            made.tie(target, "illa", node)
        if node.kind == "meaning":
            about = _before(parts, at, ("evidence",))
            if about:
                made.tie(node, "about", about)
    elif node.kind == "objection":
        made.tie(node, "about", target)
        made.relate("rebuts", node, target)
    elif node.kind == "case":
        unlike = inner("unlike").search(part.unit.plain) or part.unit.part in ("objection", "topic")
        made.relate("distinguishes" if unlike else "likens", node, target)


def _reconciled(made: Linked, parts: list[Played], at: int) -> None:
    """What a clause that speaks of jamʿ brings together: the last two pieces of evidence of its section."""
    unit = parts[at].unit
    if not inner("reconcile").search(unit.plain):
        return
    near = [part for part in parts[max(0, at - _BACK) : at] if part.node.kind == "evidence"]
    both = [part.node for part in near if part.unit.section == unit.section][-2:]
    if len(both) == 2:
        for evidence in both:
            made.relate("reconciles", parts[at].node, evidence)


def _conclusion(parts: list[Played], positions: list[int], at: int) -> Node | None:
    """The conclusion nearest to a part: behind it as a rule, ahead where that one fits better.

    An objection is against whatever conclusion stands before it, whoever speaks there.
    """
    unit = parts[at].unit
    here = bisect_left(positions, at)
    if parts[at].node.kind == "objection" and here:
        last = parts[positions[here - 1]]
        if last.unit.section == unit.section and last.unit.speakers[:1] == unit.speakers[:1]:
            return last.node
    behind = _nearest(parts, positions[max(0, here - _BACK) : here][::-1], parts[at], _BACK)
    ahead = _nearest(parts, positions[here : here + _BACK], parts[at], _AHEAD)
    if ahead is not None and (behind is None or not _fits(parts[behind], parts[at])):
        return parts[ahead].node
    return parts[behind].node if behind is not None else None


def _ruling(parts: list[Played], positions: list[int], at: int) -> Node | None:
    """The ruling behind a statement, of the same speaker in the same section, for which it is said."""
    here = bisect_left(positions, at)
    near = [parts[place] for place in positions[max(0, here - _BACK) : here]]
    fitting = [part.node for part in near if part.node.kind == "position" and _fits(part, parts[at])]
    return fitting[-1] if fitting else None


def _fits(one: Played, other: Played) -> bool:
    return one.unit.section == other.unit.section and one.node.speakers == other.node.speakers


def _nearest(parts: list[Played], places: list[int], part: Played, reach: int) -> int | None:
    """Of conclusions (nearest first) within reach, one in its section and of its speaker before any other."""
    unit, speakers = part.unit, part.node.speakers
    near = [place for place in places if abs(parts[place].unit.sentence - unit.sentence) <= reach]
    fitting: tuple[Callable[[Played], bool], ...] = (
        lambda other: _fits(other, part),
        lambda other: other.unit.section == unit.section and other.node.speakers[:1] == speakers[:1],
        lambda other: other.node.speakers[:1] == speakers[:1],
    )
    for fits in fitting:
        found = next((place for place in near if fits(parts[place])), None)
        if found is not None:
            return found
    return None


def _limited(parts: list[Played], at: int) -> Node | None:
    """What a condition limits: the conclusion next to it in its sentence, else the one before it."""
    unit = parts[at].unit
    after = next((p for p in parts[at + 1 : at + 5] if p.node.kind == "position"), None)
    before = next((p for p in parts[max(0, at - 6) : at][::-1] if p.node.kind == "position"), None)
    same = [p for p in (before, after) if p and p.unit.sentence == unit.sentence]
    if same:
        return min(same, key=lambda p: abs(p.unit.span.start - unit.span.start)).node
    chosen = before or after
    return chosen.node if chosen and abs(chosen.unit.sentence - unit.sentence) <= 2 else None


def _before(parts: list[Played], at: int, kinds: tuple[str, ...]) -> Node | None:
    behind = parts[max(0, at - _BACK) : at]
    return next((part.node for part in reversed(behind) if part.node.kind in kinds), None)


def _concluded(made: Linked, parts: list[Played], positions: list[int], at: int) -> None:
    """What "therefore" rests on: the conclusions before it in its section, back to the last that began so."""
    node, unit = parts[at].node, parts[at].unit
    if unit.part != "conclusion":
        return
    here = bisect_left(positions, at)
    for place in positions[max(0, here - _CONCLUDED) : here][::-1]:
        earlier = parts[place]
        if earlier.unit.section != unit.section:
            break
        made.relate("supports", earlier.node, node)
        if earlier.unit.part == "conclusion":
            break


def _question(made: Linked, node: Node, unit: Unit, asked: list[tuple[int, Node]]) -> None:
    """The question that a position answers: of those last asked, the one that shares most words with it."""
    here = bisect_right(asked, unit.span.start, key=lambda one: one[0])
    near = asked[max(0, here - _MOST_ASKED) : here]
    together = [one for start, one in near if near[-1][0] - start <= _TOGETHER]
    if together:
        words = _content(unit.plain)
        shared = [len(words & _content(one.quote.text.lower())) if one.quote else 0 for one in together]
        best = together[shared.index(max(shared))]
        put = best.speakers == ("the question",)  # else the text says in passing what is asked or disputed
        if put or max(shared) or unit.span.start - near[-1][0] <= _PASSING:
            made.tie(node, "question", best)


def _content(text: str) -> set[str]:
    return {word for word in text.replace("\u00a0", " ").split() if len(word) > 4}


def agents(parts: list[Played]) -> Iterator[tuple[Node, Node]]:
    """Each position with the node of the agent who holds it."""
    for part in parts:
        if part.node.kind == "position" and part.node.by:
            name = part.node.by
            yield Node(id=node_id("agent", None, (), name), kind="agent", name=name), part.node
