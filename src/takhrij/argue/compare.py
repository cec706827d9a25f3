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
    named: dict[str, str] = {}  # a ref or the words: the name of the evidence
    used: dict[str, dict[int, list[Node]]] = {}
    for number, known in enumerate(theories):
        for node in known.nodes.values():
            if node.kind == "evidence":
                keys = [key for key in (node.report, *node.refs[:1]) if key] or [_words(node)]
                name = next((named[key] for key in keys if key in named), keys[0])
                named.update(dict.fromkeys(keys, name))
                used.setdefault(name, {}).setdefault(number, []).append(node)
    pieces = []
    for name, by_map in used.items():
        uses = tuple(_use(number, nodes, theories[number]) for number, nodes in by_map.items())
        pieces.append(Shared(name=name, uses=uses, opposite=_apart(uses)))
    return pieces


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
