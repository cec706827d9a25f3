"""Conditions of positions, or maps side by side, come in; lines for a person go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from takhrij.argue.notice import NOTICE
from takhrij.argue.written import called
from takhrij.model import ArgumentMap, Comparison, Conditions, Limit, Node, Relation, Shared, Stated
from takhrij.report.clean import isolated, one_line
from takhrij.report.maps.graph import bearing, place, said, shown, speaker
from takhrij.report.words import words

Line = tuple[int, str]  # how far it is set in, and what it says


def conditions_text(given: ArgumentMap, found: Iterable[Conditions]) -> str:
    """Per position its conditions and where they stand, then which are open."""
    lines = [line for of in found for line in (*_conditions(of, given), (0, ""))]
    return _joined(lines or [(0, words().say("map.positions_none"))])


def comparison_text(maps: Sequence[ArgumentMap], found: Comparison) -> str:
    """What the maps share, what one has alone, their ratios, and who reconciles what."""
    ratios = "ratios_differ" if found.ratios_differ else "ratios"
    if not (found.shared or found.alone or any(of.parts for of in found.positions)):
        return _joined([(0, words().say("map.compared_nothing"))])
    return _joined(
        (
            *_section("positions", found.positions, maps, found.names),
            *_evidence("shared", found.shared, found.names),
            *_evidence("alone", found.alone, found.names),
            *_section(ratios, found.ratios, maps, found.names),
            *_section("reconciled", found.reconciled, maps, found.names),
        )
    )


def _joined(lines: Iterable[Line]) -> str:
    shown = ["  " * deep + isolated(one_line(line)) for deep, line in lines]
    return "\n".join([*shown, NOTICE]) + "\n"


def _conditions(of: Conditions, given: ArgumentMap) -> Iterator[Line]:
    w = words()
    yield 0, _line(of.position)
    if not of.limits and not of.distinctions:
        yield 1, w.say("map.conditions_none")
    yield from _limits(of.limits, 1)
    if of.distinctions:
        yield 1, w.say("map.distinctions")
        yield from ((2, _relation(link, given)) for link in of.distinctions)
    if of.ticked or of.open:
        yield (
            1,
            w.say(
                "map.conditions_stated",
                label=of.position.label,
                speaker=speaker(of.position),
                all=w.listed((*of.ticked, *of.open)),
                ticked=w.listed(of.ticked) or w.say("map.nothing"),
                open=w.listed(of.open) or w.say("map.nothing"),
            ),
        )


def _limits(limits: Iterable[Limit], deep: int) -> Iterator[Line]:
    for limit in limits:
        mark = words().say("map.tick_on" if limit.ticked else "map.tick_off")
        yield deep, f"{mark} {_line(limit.node)}"
        yield from _limits(limit.limits, deep + 1)


def _evidence(title: str, pieces: Sequence[Shared], names: Sequence[str]) -> Iterator[Line]:
    w = words()
    if pieces:
        yield 0, w.say(f"map.{title}")
    for piece in pieces:
        yield 1, f"{piece.name}: {w.say('map.opposite')}" if piece.opposite else piece.name
        for use in piece.uses:
            yield 2, w.say("map.in_map", name=names[use.map])
            yield from ((3, _line(node)) for node in (*use.evidence, *use.meanings))
            reached = w.listed(
                w.say("map.held", label=node.label, speaker=speaker(node)) for node in use.positions
            )
            yield 3, w.say("map.leads_to", positions=reached) if reached else w.say("map.leads_nowhere")
    if pieces:
        yield 0, ""


def _section(
    title: str, stated: Sequence[Stated], maps: Sequence[ArgumentMap], names: Sequence[str]
) -> Iterator[Line]:
    w = words()
    if not any(of.parts for of in stated):
        return
    yield 0, w.say(f"map.{title}")
    for of in stated:
        if of.parts:
            yield 1, w.say("map.in_map", name=names[of.map])
        for part in of.parts:
            yield 2, _line(part) if isinstance(part, Node) else _relation(part, maps[of.map])
    yield 0, ""


def _line(node: Node) -> str:
    """`p1 al-Nakhaʿi (in the text) holds: “…” (tirmidhi:86, 24-60)`."""
    key = "map.with_place" if (where := place(node)) else "map.without_place"
    return f"{node.label} " + words().say(key, said=said(node), words=shown(node), place=where)


def _relation(link: Relation, given: ArgumentMap) -> str:
    """`al-Nakhaʿi (in the text): c1 a particular scope (takhṣīṣ) f1 supports p2`."""
    names = called(given)
    subject, object = (names.get(id, id) for id in (link.subject, link.object))
    by = link if link.speakers else given.get(link.subject) or link
    said = words().say(
        "map.asserted", speaker=speaker(by), subject=subject, relation=bearing(link), object=object
    )
    quotes = [quote.text for quote in (link.quote, link.ground) if quote and quote.text]
    return " ".join([said, *(f"“{text}”" for text in quotes)])
