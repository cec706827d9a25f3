"""Two or more maps on one question come in; what they share, and where they differ, goes out.

Evidence is the same where it is the same verse or report, whoever quotes it and in whichever wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from takhrij.argue.theory import Theory, theory
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Comparison, Node, Relation, Shared, Stated, Use
from takhrij.sources.words import fold


def compare(maps: Sequence[ArgumentMap], names: Sequence[str]) -> Comparison:
    """The maps side by side, in their order, under their names; UsageError for fewer than two."""
    if len(maps) < 2:
        raise UsageError("name two maps or more to compare")
    pieces = _evidence([theory(given) for given in maps])
    ratios = [_stated(n, given.of_kind("ratio")) for n, given in enumerate(maps)]
    links = [_stated(n, [one for one in given.relations if _reconciles(one)]) for n, given in enumerate(maps)]
    return Comparison(
        names=tuple(names),
        positions=tuple(_stated(n, given.of_kind("position")) for n, given in enumerate(maps)),
        shared=tuple(piece for piece in pieces if len(piece.uses) > 1),
        alone=tuple(piece for piece in pieces if len(piece.uses) == 1),
        ratios=tuple(ratios),
        ratios_differ=len({frozenset(_words(part) for part in of.parts) for of in ratios}) > 1,
        reconciled=tuple(links),
    )


def _stated(number: int, parts: Iterable[Node | Relation]) -> Stated:
    return Stated(map=number, parts=tuple(part for part in parts if part.status != "rejected"))


def _reconciles(link: Relation) -> bool:
    return link.kind in ("reconciles", "prefers") or link.manner == "naskh"


def _evidence(theories: Sequence[Theory]) -> list[Shared]:
    """Each verse, report or other evidence once, with every map's use of it, in the order of the maps."""
    given = [(number, node) for number, known in enumerate(theories) for node in known.nodes.values()]
    pieces = []
    for cited in _together([one for one in given if one[1].kind == "evidence"]):
        by_map: dict[int, list[Node]] = {}
        for number, node in cited:
            by_map.setdefault(number, []).append(node)
        uses = tuple(_use(number, nodes, theories[number]) for number, nodes in by_map.items())
        pieces.append(Shared(name=_names(cited[0][1])[0], uses=uses, opposite=_apart(uses)))
    return pieces


def _together(given: Sequence[tuple[int, Node]]) -> list[list[tuple[int, Node]]]:
    """Pieces of evidence (each with its map) that are one verse or report, in the order of the first."""
    of: dict[str, dict[tuple[str, ...], int]] = {}  # a name: all names of those that bear it, and a place
    group = list(range(len(given)))  # by place: the place of the first that is the same
    for place, (_, node) in enumerate(given):
        names = _names(node)
        near = (pair for name in names for pair in of.get(name, {}).items())
        joined = {group[at] for other, at in near if _same(names, other)}
        group[place] = first = min(joined, default=place)
        if len(joined) > 1:  # it shows that those are one
            group = [first if one in joined else one for one in group]
        for name in names:
            of.setdefault(name, {}).setdefault(names, place)
    found: dict[int, list[tuple[int, Node]]] = {}
    for place, one in enumerate(given):
        found.setdefault(group[place], []).append(one)
    return [found[first] for first in sorted(found)]


def _names(node: Node) -> tuple[str, ...]:
    """The verse or report that a piece of evidence is, then the other places where it stands."""
    return tuple(dict.fromkeys(name for name in (node.report, *node.refs) if name)) or (_words(node),)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two that share a name are one verse or report: the first of each is among those of the other.

    Where somebody has named one place only, it is enough that the other stands there as well.
    """
    return (one[0] in other or len(other) == 1) and (other[0] in one or len(one) == 1)


def _use(number: int, nodes: Sequence[Node], known: Theory) -> Use:
    ids = {node.id for node in nodes} | {known.units[node.id] for node in nodes}
    meanings = [
        node for node in known.nodes.values() if node.kind == "meaning" and ids & {*node.tied("about")}
    ]
    reached, queue = set(ids), [*ids]
    for unit in queue:  # grows while it is read
        for step in known.steps:
            if unit in step.premises and step.conclusion not in reached:
                reached.add(step.conclusion)
                queue.append(step.conclusion)
    positions = [node for node in known.nodes.values() if node.kind == "position" and node.id in reached]
    return Use(map=number, evidence=tuple(nodes), meanings=tuple(meanings), positions=tuple(positions))


def _apart(uses: Sequence[Use]) -> bool:
    """Whether evidence leads to different answers, or is taken in different meanings."""
    answers = {position.answers for use in uses for position in use.positions if position.answers}
    meanings = {_words(meaning) for use in uses for meaning in use.meanings}
    return len(answers) > 1 or len(meanings) > 1


def _words(part: Node | Relation) -> str:
    """What a part says, so that the same words compare as the same."""
    text = (part.quote.text or part.quote.sha256 or "") if part.quote else ""
    text = text or (part.name if isinstance(part, Node) else "")
    return fold(text) or " ".join(text.casefold().split())
