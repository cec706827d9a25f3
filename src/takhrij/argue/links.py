"""The parts of an argument come in, in the text's order; the relations between them go out, all proposed.

Cues mark parts well and links badly, so a link is proposed to the nearest suitable part: in the same sentence
first, then in the same section and of the same speaker, then in the same part of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from takhrij.argue.attacks import agrees, contrary, object_to, preferred
from takhrij.argue.cues import inner
from takhrij.argue.roles import Played
from takhrij.argue.units import Unit
from takhrij.argue.weave import Linked, Parts, fits
from takhrij.model import Node, NodeKind

_CONCLUSIONS: tuple[NodeKind, ...] = ("position", "statement", "answer", "objection", "cause")
_REASONS: tuple[NodeKind, ...] = ("evidence", "ratio", "meaning", "qiyas")
_BACK, _AHEAD = 20, 6  # sentences in which the conclusion of a reason is looked for
_BESIDE = 2  # sentences between a ruling and its condition, a meaning and what it is the meaning of
_MOST_ASKED, _TOGETHER = 8, 1200  # questions looked at; code points within which they are asked together
_PASSING = 300  # code points behind a question that is named in passing
_CONCLUDED = 4  # at most so many conclusions before it support one that begins with "therefore"
_FAR = 200  # parts among which the ruling is looked for that a case is told apart from
_TURNS = ("و", "but ", "and ", "or ", "however", "rather")  # a ruling of its own, not what a reason leads to
_LONG = 4  # letters of a word that may tell which ruling is meant


def linked(given: list[Played], questions: list[Node]) -> Linked:
    """Link parts (sorted by place) to the conclusions that they serve, limit or attack."""
    made = Linked({part.node.id: part.node for part in given} | {node.id: node for node in questions})
    parts = Parts(given)
    asked = sorted((node.quote.span.start, node) for node in questions if node.quote and node.quote.span)
    first: dict[tuple[str, ...], Played] = {}  # the first conclusion of each speaker
    for at, part in enumerate(given):
        kind = part.node.kind
        if kind == "question" or part.unit.part == "outside":
            continue
        if kind in ("position", "statement", "meaning"):
            _reconciled(made, parts, at)
        if kind in ("disputed", "agreed", "cause", "position"):
            _question(made, part.node, part.unit, asked)
        if kind == "position":
            _conclude(made, parts, at, first.setdefault(part.unit.speakers, part))
        else:
            _serve(made, parts, at)
    return made


def _serve(made: Linked, parts: Parts, at: int) -> None:
    """A reason supports its conclusion, a condition limits it, an objection attacks it."""
    part = parts.all[at]
    node, kind = part.node, part.node.kind
    if kind == "statement" and part.unit.part == "preference":
        preferred(made, parts, at)
    elif kind == "statement":
        ruling = next((one for one in parts.behind(at, "position", reach=_BACK) if fits(one, part)), None)
        if ruling:
            made.relate("supports", node, ruling.node)
    elif kind in ("condition", "exception"):
        if limited := _limited(parts, at):
            made.tie(node, "of", limited.node)
    elif kind == "answer":
        if objection := next(parts.behind(at, "objection", reach=_BACK), None):
            made.relate("answers", node, objection.node)
    elif kind == "objection":
        target = _objected(parts, at) or _conclusion(parts, at)
        object_to(made, parts, at, target.node if target else None)
    elif kind == "case":
        _compare(made, parts, at)
    elif kind in _REASONS:
        _support(made, parts, at)


def _support(made: Linked, parts: Parts, at: int) -> None:
    part = parts.all[at]
    if part.node.kind == "meaning":
        near = (one for one in parts.behind(at, "evidence", reach=_BESIDE))
        about = next((one for one in near if one.unit.section == part.unit.section), None)
        if about is None:
            return
        made.tie(part.node, "about", about.node)
    quoting = parts.quoting(at)
    if quoting and part.unit.part == "topic":  # «فأما قوله تعالى …»: named, not argued from
        return
    target = quoting or _conclusion(parts, at)
    if target:
        made.relate("supports", part.node, target.node)
        if part.node.kind == "ratio":
            made.tie(target.node, "illa", part.node)


def _conclude(made: Linked, parts: Parts, at: int, announced: Played) -> None:
    """What a ruling rests on that begins with "therefore", and what it stands against."""
    part = parts.all[at]
    contrary(made, parts, at)
    if part.unit.part not in ("conclusion", "meaning"):
        return
    for reason in parts.behind(at, *_REASONS, "position", reach=0):
        if reason.node.kind == "position":
            break
        made.relate("supports", reason.node, part.node)
    if part.unit.part == "meaning":  # «فدل ذلك على أن»
        return
    for earlier in list(parts.behind(at, "position", reach=_BACK))[:_CONCLUDED]:
        if earlier.unit.section != part.unit.section or not agrees(earlier, part):
            break
        if earlier.node.speakers == part.node.speakers or earlier.unit.voice == "book":
            made.relate("supports", earlier.node, part.node)
        if earlier.unit.part == "conclusion":
            break
    alone = len(part.unit.speakers) == 1  # "it is not allowed:", then sections
    if alone and announced.unit.section < part.unit.section and agrees(announced, part):
        made.relate("supports", part.node, announced.node)


def _compare(made: Linked, parts: Parts, at: int) -> None:
    """A case is likened to a ruling's, or told apart from it: from one that has its words, if any has."""
    part = parts.all[at]
    told_apart = inner("unlike").search(part.unit.plain) or part.unit.part in ("objection", "topic")
    if told_apart:
        said = part.unit.plain[told_apart.end() :] if not isinstance(told_apart, bool) else ""
        words = _content(said or part.unit.plain)
        rulings = [
            one
            for one in reversed(parts.all[max(0, at - _FAR) : at])
            if one.node.kind == "position" and one.node.speakers[:1] == part.node.speakers[:1]
        ]
        named = (one for one in rulings if words & _content(one.unit.plain))
        if ruling := next(named, rulings[0] if rulings else None):
            made.relate("distinguishes", part.node, ruling.node)
    elif target := _conclusion(parts, at):
        near = 0 <= part.unit.sentence - target.unit.sentence <= 1
        if target.node.kind == "position" and (near or inner("like").search(part.unit.plain)):
            made.relate("likens", part.node, target.node)


def _reconciled(made: Linked, parts: Parts, at: int) -> None:
    """What a clause that speaks of jamʿ brings together: the last two pieces of evidence of its section."""
    part = parts.all[at]
    if not inner("reconcile").search(part.unit.plain):
        return
    near = parts.behind(at, "evidence", reach=_BACK)
    both = [one.node for one in near if one.unit.section == part.unit.section][:2]
    if len(both) == 2:
        for evidence in reversed(both):
            made.relate("reconciles", part.node, evidence)


def _objected(parts: Parts, at: int) -> Played | None:
    """The conclusion before an objection, whoever speaks there."""
    part = parts.all[at]
    last = next(parts.behind(at, "position", "statement", reach=_BACK), None)
    same = (
        last and last.unit.section == part.unit.section and last.unit.speakers[:1] == part.unit.speakers[:1]
    )
    return last if same else None


def _conclusion(parts: Parts, at: int) -> Played | None:
    """What a reason is given for: in its own sentence, rather before it than ahead; else in others."""
    part = parts.all[at]
    same = list(parts.of_case(at, -1, *_CONCLUSIONS))
    if same:
        return next((one for one in same if one.node.speakers == part.node.speakers), same[0])
    ahead = next(parts.of_case(at, 1, "position"), None)
    if ahead and not ahead.unit.plain.startswith(_TURNS):
        return ahead
    before = parts.behind(at, "position", "answer", reach=_BACK)
    behind = _nearest(
        [one for one in before if one.node.kind == "position" or one.unit.block == part.unit.block], part
    )
    if behind is None or not fits(behind, part):
        return _nearest(parts.ahead(at, "position", reach=_AHEAD), part) or behind
    return behind


def _nearest(near: Iterable[Played], part: Played) -> Played | None:
    """Of conclusions (nearest first) one in its section and of its speakers before any other."""
    given = list(near)
    outer = [one for one in given if one.node.speakers[:1] == part.node.speakers[:1]]
    within = [one for one in outer if one.unit.section == part.unit.section]
    return next(iter([*(one for one in within if fits(one, part)), *within, *outer]), None)


def _limited(parts: Parts, at: int) -> Played | None:
    """What a condition limits: the ruling that follows on it in its sentence, or stands before it."""
    part = parts.all[at]
    leads = part.node.kind == "condition" and not inner("behind_ruling").match(part.unit.plain)
    near = next(parts.of_case(at, -1, "position", *_REASONS, *_CONCLUSIONS), None)
    before = near if near and near.node.kind == "position" else None  # else it limits what stands between
    after = next(parts.of_case(at, 1, "position"), None) if leads else None
    if leads and parts.begins_case(at):
        return after
    if before is None and after is None and near is None:
        before = next(parts.behind(at, "position", reach=_BESIDE), None)
    near = before or after
    return near if near and near.unit.block == part.unit.block else None


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
    return {word for word in text.replace("\u00a0", " ").split() if len(word) > _LONG}
