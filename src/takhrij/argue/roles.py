"""Clauses come in; the parts that they play in an argument go out, as nodes that are proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from takhrij.argue.cues import inner, standing
from takhrij.argue.units import Unit
from takhrij.model import Cue, Dalil, Node, NodeKind, Quote, Span, node_id
from takhrij.text import Simple, pattern

_ANNOUNCED = 60  # simple characters
_BEFORE_QUOTE = 12  # code points between "God says:" and the verse
_LEAST_SAID = 6  # simple characters of a clause that is argued for
_LONGEST = 900  # code points of a clause that is shown as one part
_DALIL: dict[Dalil, str] = {
    "ijma": r"اجماع|اجمع|بلا خلاف|بغير خلاف|باتفاق|consensus|ijma|unanim|agreed|no (?:disagreement|dispute)",
    "istishab": r"الاصل (?:براءه|بقاء|عدم|الاباحه|الطهاره)",
    "sadd_al_dharai": r"سد(?:ا)? (?:ل|ال)?ذر|blocking the means",
    "maslaha": r"مصلحه|المصالح|public interest",
    "urf": r"(?<!\w)(?:ال)?عرف(?!\w)|العاده|custom",
    "maxim": r"القاعده|القواعد|maxim",
    "quran": r"قوله تعالي|قول الله|الايه|ايه|\bverse|qur.?an|allah.{0,8} says",
    "qiyas": r"قياس|analogy",
    "companion": r"قول (?:عمر|علي|ابن عمر|ابن عباس|عايشه)|الصحابه|companions?",
    "report": r"النبي|رسول|حديث|السنه|hadith|sunnah?|prophet|messenger|narrat|treaty",
}


@dataclass(slots=True)
class Played:
    """A node and the clause that it was read from."""

    node: Node
    unit: Unit


def played(text: str, plain: Simple, clauses: list[Unit], legal: bool = False) -> Iterator[Played]:
    """The parts that the clauses play. A clause may be two things: evidence, and the case it tells of.

    In a `legal` work what is argued for is a position, whether or not it has the term of a ruling.
    """
    objected: Unit | None = None
    for place, unit in enumerate(clauses):
        following = clauses[place + 1] if place + 1 < len(clauses) else None
        kind = _kind(unit, following, objected)
        if kind == "statement" and legal and unit.part != "preference":
            kind = "meaning" if _reads(unit, clauses[place - 1]) and place else "position"
        if kind == "objection":
            objected = unit
        elif kind == "answer":
            objected = None
        if kind and not (kind == "evidence" and unit.findings):  # then the finding is the evidence
            yield Played(_node(text, plain, unit, kind), unit)
        other = _case(unit, kind, following)
        if other:
            yield Played(_node(text, plain, unit, other), unit)


def _kind(unit: Unit, following: Unit | None, objected: Unit | None) -> NodeKind | None:
    if unit.part == "outside":
        return None
    if unit.ruled:
        return "position"
    if unit.asks:  # inside an answer; what is asked in a question is read from the structure
        return (
            "question"
            if unit.speakers[:1] != ("the question",) and unit.span.end - unit.span.start > 12
            else None
        )
    if unit.part in ("objection", "attack") or (
        unit.part == "topic" and following and following.part == "answer"
    ):
        return "objection"
    if unit.part in ("preference", "nor"):
        return "statement"
    if unit.part == "answer":
        near = objected is not None and unit.sentence - objected.sentence <= 4
        return "answer" if near else "position" if unit.term else None
    if unit.findings and unit.part in ("ratio", "meaning", "cause", "turn", "topic", ""):
        return "position" if unit.term and unit.term.end <= unit.findings[0].span.start else None
    if unit.part == "ratio" or (unit.part in ("", "turn", "meaning") and inner("illa").search(unit.plain)):
        return "ratio"
    if unit.part == "evidence" and unit.term and _announced(unit):
        return "position"
    if unit.part == "evidence" and following and _announces(unit, following):
        return None
    if unit.part in ("evidence", "exception", "condition", "cause", "disputed", "agreed"):
        return unit.part  # type: ignore[return-value]
    if unit.term:
        return "position"
    if unit.part == "meaning":
        return "meaning"
    if (
        inner("reconcile").search(unit.plain) and not unit.findings
    ):  # jamʿ: "there is no contradiction between"
        return "statement"
    return "statement" if following and _argued_for(unit, following) else None


def _argued_for(unit: Unit, following: Unit) -> bool:
    """A clause for which the next one gives a reason: «والأذنان من الرأس، لقوله …»."""
    said = unit.part in ("", "turn", "topic", "conclusion") and len(unit.plain) >= _LEAST_SAID
    return said and following.part in ("evidence", "ratio") and following.sentence == unit.sentence


def _reads(unit: Unit, before: Unit) -> bool:
    """A clause without a cue behind a quotation: «وهذا قد أطعمهم»."""
    near = unit.sentence == before.sentence or unit.plain.startswith(("وهذا ", "فهذا "))
    return bool(before.findings) and not unit.part and near


def _announced(unit: Unit) -> bool:
    """«والدليل على أنه لا يجوز»: what the evidence is for is said, and the evidence comes after."""
    claim = pattern(
        r"(?:evidence|proof|basis)s? (?:that|of|for) (?!this)", r"(?:دليل|الادله) علي (?!هذا|ذلك)"
    )
    return claim.search(unit.plain[:60]) is not None and not unit.findings


def _announces(unit: Unit, following: Unit) -> bool:
    """«ومن أشهر ما احتج به هؤلاء:» and then the evidence: no more than an announcement."""
    quoted = following.findings and following.findings[0].span.start - unit.span.end <= _BEFORE_QUOTE
    goes_on = quoted or (following.part == "evidence" and following.sentence == unit.sentence)
    return bool(goes_on) and len(unit.plain) <= _ANNOUNCED and dalil(unit.plain) in (None, "report", "quran")


def _case(unit: Unit, kind: NodeKind | None, following: Unit | None) -> NodeKind | None:
    """A reported case, or an analogy, told in a clause that is another part as well or none."""
    if unit.asks or unit.part == "outside" or kind in ("condition", "case"):
        return None
    if inner("analogy").search(unit.plain):
        return "qiyas"
    told = inner("case").search(unit.plain)
    compared = inner("like").search(unit.plain) or inner("unlike").search(unit.plain)
    if told and (compared or kind in ("evidence", "objection")):
        return "case"
    return None


def _node(text: str, plain: Simple, unit: Unit, kind: NodeKind) -> Node:
    span = unit.span
    start = span.start
    hukm = None
    if kind == "position" and unit.term:
        hukm = Quote(text=text[unit.term.start : unit.term.end].strip(), span=_stripped(text, unit.term))
        if unit.part == "evidence":
            start = _claim_start(text, plain, unit)
    end = min(span.end, start + _LONGEST)
    shown = _stripped(text, Span(start, end))
    quote = Quote(text=text[shown.start : shown.end], span=shown)
    cue = unit.cue if kind != "position" or unit.part in ("conclusion", "") else None
    if cue is None and hukm and hukm.span:
        cue = Cue(text=hukm.text, span=hukm.span)
    if kind in ("case", "qiyas") and (found := _marking(unit, plain)):
        cue = Cue(text=text[found.start : found.end], span=found)
    return Node(
        id=node_id(kind, quote, unit.speakers),
        kind=kind,
        quote=quote,
        speakers=unit.speakers,
        cue=cue,
        hukm=hukm,
        standing=_standing(text, plain, unit) if kind == "position" else None,
        dalil=dalil(unit.plain) if kind == "evidence" else None,
    )


def _standing(text: str, plain: Simple, unit: Unit) -> Quote | None:
    found = standing().search(plain.text, unit.low, plain.at(unit.span.end))
    span = plain.span(*found.span()) if found else None
    return Quote(text=text[span.start : span.end], span=span) if span else None


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _claim_start(text: str, plain: Simple, unit: Unit) -> int:
    claim = pattern(r"(?:that|for|of) ", r"علي (?=\w)").search(
        plain.text, plain.at(unit.cue.span.start if unit.cue else 0)
    )
    if claim and unit.term:
        start = plain.span(claim.end(), claim.end() + 1).start
        return start if start <= unit.term.start else unit.span.start
    return unit.span.start


def _marking(unit: Unit, plain: Simple) -> Span | None:
    for name in ("unlike", "like", "analogy", "case"):
        found = inner(name).search(plain.text, unit.low, plain.at(unit.span.end))
        if found:
            return plain.span(*found.span())
    return None


def dalil(words: str) -> Dalil | None:
    """What kind of evidence a clause names; None where it does not say."""
    return next((kind for kind, form in _DALIL.items() if pattern(form).search(words)), None)
