"""What stands against what: objections by what they are against, contrary rulings, preferences.

Against an inference (undercuts), against the evidence (undermines), or for the contrary (rebuts): told by the
words of the objection, `[against]` of data/cues.toml.
"""

from __future__ import annotations

from takhrij.argue.cues import Ruling, against, inner, ruling
from takhrij.argue.roles import Played
from takhrij.argue.weave import Linked, Parts
from takhrij.model import Node, NodeKind, Relation

_NEAR = 6  # sentences in which what is attacked, or preferred, is looked for
_RIVALS = 4  # positions among which a contrary one is looked for


def object_to(made: Linked, parts: Parts, at: int, target: Node | None) -> None:
    """Link an objection to what it is against; `target` is the conclusion that it stands behind."""
    part = parts.all[at]
    kind, manner = against(part.unit.plain)
    cited = _cited(parts, at)
    object: Node | Relation | None = target
    if kind == "undermines" or manner == "naskh":
        object = cited.node if cited else None
    if kind == "undercuts" and object:
        by = cited.node if cited and (manner == "naskh" or _speaks_of(part)) else None
        object = (by and made.support_by(by)) or (target and made.support(target)) or object
    if object is None:
        return
    if isinstance(object, Node):  # what is against a step is not against what the step leads to
        made.tie(part.node, "about", object)
    made.relate(kind, part.node, object, manner)


def _cited(parts: Parts, at: int) -> Played | None:
    """The evidence that an objection is about: the last verse, or the last that is none, if it says which."""
    kind = _speaks_of(parts.all[at])
    near = parts.behind(at, "evidence", reach=_NEAR)
    return next((one for one in near if not kind or (one.node.dalil == "quran") == (kind == "verse")), None)


def _speaks_of(part: Played) -> str:
    if inner("of_verse").search(part.unit.plain):
        return "verse"
    return "report" if inner("of_reports").search(part.unit.plain) else ""


def contrary(made: Linked, parts: Parts, at: int) -> None:
    """A ruling that somebody else holds against one before it: one denies what the other says."""
    part = parts.all[at]
    if part.unit.voice != "person":
        return
    said = _ruling(part)
    rivals = [
        one for one in parts.behind(at, "position", reach=_NEAR) if one.unit.section == part.unit.section
    ]
    if rivals and rivals[0].node.by == part.node.by:  # only the first thing that one is said to hold
        return
    for other in rivals[:_RIVALS]:
        elliptic = other.unit.part == "nor" and not said.denies
        if elliptic or said.against(_ruling(other)):
            made.relate("rebuts", part.node, other.node)
            return


def preferred(made: Linked, parts: Parts, at: int) -> None:
    """«والأول أصح»: of the last two views (or reports) the one over the other, as the clause says."""
    part = parts.all[at]
    of_reports = inner("of_reports").search(part.unit.plain)
    kind: NodeKind = "evidence" if of_reports else "position"
    near = list(parts.behind(at, kind, reach=_NEAR))
    if len(near) < 2:
        return
    last = near[0]
    other = near[1]
    if other.unit.part != "nor":
        other = next((one for one in near[1:] if _ruling(one).against(_ruling(last))), other)
    first = inner("first_of_two").search(part.unit.plain)
    over, under = (other, last) if first else (last, other)
    made.relate("prefers", over.node, under.node, said=part.node)
    if kind == "position":
        made.relate("supports", part.node, over.node)


def agrees(one: Played, other: Played) -> bool:
    """Whether two rulings do not stand against each other."""
    return not _ruling(one).against(_ruling(other))


def _ruling(part: Played) -> Ruling:
    return ruling(part.node.hukm.text if part.node.hukm else "", part.unit.plain)
