"""A document comes in; its clauses go out, each with what opens it, who speaks in it and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from takhrij.argue.cues import follows, opens, passing, terms
from takhrij.model import (
    PARATEXT,
    Cue,
    Discourse,
    Finding,
    Report,
    Section,
    SectionRole,
    Span,
    Structure,
    Voice,
    VoiceKind,
)
from takhrij.text import Simple

_END = re.compile(
    r"(?:(?<!\bal)(?<!\bno)(?<!\bNo)(?<!\bvs)(?<!\bvol)(?<!\b[bdprsa])[.؟?!؛;]{1,16}|…{1,16}\.{0,16})[\"”»)\]]{0,8}(?=\s|$)"
)
_THAT = re.compile("[وف]?(?:أن|ألا)")
_EVEN = re.compile(r"\w[\s\u00a0](?:وإن|وان|ولو)\Z")
_QUOTED = re.compile(r"“[^“”]{2,3000}[“”]|\"[^\"\n]{2,3000}\"|«[^«»]{2,3000}»")
_EDGE = " \t\r\n\u00a0*_،,؛;:-–—>"
_JOINED = {
    **dict.fromkeys(("conclusion", "topic", "turn"), ("turn",)),
    "ratio": ("turn", "condition", "evidence", "meaning"),
}
_NEXT = 2  # code points between two cues of one clause
_NEAR = 6  # code points between a quotation and its rendering in marks
_STUB = 40  # simple characters of a clause that is only an announcement
_SAID = 16  # simple characters of "if it is said" and "we say"
_SUBJECT = 40  # code points between "if …," and the term of the ruling
_SHORT = 3  # code points: no clause is shorter
_OUTSIDE: tuple[SectionRole, ...] = ("title", "asker", "greeting", "thanks", "closing", "signature", "date")


@dataclass(slots=True)
class Unit:
    """A clause: `part` is what its cue makes it, `term` a ruling's term in it, `findings` its quotations."""

    span: Span
    part: str = ""
    cue: Cue | None = None
    term: Span | None = None
    speakers: tuple[str, ...] = ()
    section: int = 0  # number of the innermost section with a title or label
    sentence: int = 0
    block: int = 0
    findings: list[Finding] = field(default_factory=list)
    plain: str = ""  # its own words, simple, without what it quotes
    asks: bool = False
    voice: VoiceKind | None = None  # what speaks innermost
    ruled: bool = False  # whether it is a ruling by where it stands
    opens: bool = False  # whether it begins its sentence, or a further part of it («وإن», "However, if")
    low: int = 0  # where it begins in simple text


def units(report: Report, built: Structure, discourse: Discourse, plain: Simple) -> list[Unit]:
    """The clauses of a text in its order. What is quoted from scripture, or renders it, is no clause."""
    text = report.document.text
    hidden = _hidden(text, report)
    voices = [voice for voice in discourse.voices if voice.kind not in ("prophet", "god")]
    hits = [hit for hit in _hits(text, plain) if not _inside(hidden, hit[0].start)]
    made = list(_cut(text, plain, _bounds(report, built, plain, hidden, voices, hits)))
    _spoken(made, Discourse(voices=tuple(voices)))
    _placed(made, report, built, plain, hits)
    _quoting(made, report.findings)
    for unit in made:
        unit.plain = _own_words(plain, unit.span, hidden)
        if unit.term is None:
            unit.term = _term(plain, unit, hidden)
    whole = [unit for unit in made if any(char.isalpha() for char in unit.plain) or unit.findings]
    return list(_concluding(text, plain, _announced(whole)))


def _announced(made: list[Unit]) -> Iterator[Unit]:
    """«عمدة الجمهور» and what it is, «فإن قيل» and what is said: one clause with the cue of the first."""
    for unit, following in zip(made, [*made, None][1:], strict=True):
        if following is None or following.sentence != unit.sentence or unit.findings:
            yield unit
            continue
        said = unit.part in ("objection", "answer") and len(unit.plain) <= _SAID
        stub = unit.part in ("evidence", "cause") and len(unit.plain) <= _STUB
        if stub and not following.part and following.span.start - unit.span.end <= _NEXT:
            following.part, following.cue = unit.part, unit.cue
        elif (said and following.part != "objection") or (unit.part == "disputed" and following.asks):
            following.span = Span(unit.span.start, following.span.end)
            following.part, following.cue, following.low = unit.part, unit.cue, unit.low
            following.plain, following.asks = f"{unit.plain} {following.plain}", False
        else:
            yield unit


def _concluding(text: str, plain: Simple, made: Iterator[Unit]) -> Iterator[Unit]:
    """A condition and the ruling that follows on it in one clause: two."""
    for unit in made:
        at = _ruled_at(text, plain, unit) if unit.part == "condition" and unit.term else 0
        if not at:
            yield unit
            continue
        yield from parted(text, plain, unit, at)


def parted(text: str, plain: Simple, unit: Unit, at: int) -> tuple[Unit, Unit]:
    """A clause in two at a place of the text: it ends before, and a plain one begins there."""
    rest = replace(unit, span=Span(at, unit.span.end), part="", cue=None, low=plain.at(at), opens=False)
    end = at
    while text[end - 1] in _EDGE:
        end -= 1
    rest.plain = plain.text[rest.low : plain.at(unit.span.end)]
    rest.findings = [finding for finding in unit.findings if finding.span.start >= at]
    unit.findings = [finding for finding in unit.findings if finding.span.start < at]
    unit.span = Span(unit.span.start, end)
    if unit.term and unit.term.start >= at:
        unit.term = None
    else:
        rest.term = None
    unit.plain = plain.text[unit.low : plain.at(end)]
    return unit, rest


def _ruled_at(text: str, plain: Simple, unit: Unit) -> int:
    """Where the ruling begins that a condition leads to; 0 where its term belongs to the condition."""
    if unit.term is None or unit.cue is None or unit.term.start < unit.cue.span.end + _SHORT:
        return 0
    at = unit.term.start
    if text[at - 1] in "فو":
        return at - 1
    comma = text.rfind(", ", unit.cue.span.end, at)  # "if it is torn, the sock is not"
    if comma >= 0 and at - comma <= _SUBJECT:
        return comma + 2
    behind = text[unit.span.start : at].rstrip()[-1:]
    follows_on = follows().match(plain.text, plain.at(at)) is not None
    return at if behind in ("،", ",") or (follows_on and " " in text[unit.cue.span.end : at].strip()) else 0


def _hidden(text: str, report: Report) -> list[Span]:
    """Quotations with their marks and renderings, in order and joined where they meet."""
    spans = []
    for finding in (*report.findings, *report.echoes):
        end = finding.span.end
        spans.append(Span(finding.span.start, end))
        if finding.rendering:
            spans.append(finding.rendering.span)
        closing = re.compile(r"[»”\"﴾)\s\u00a0]{0,6}").match(text, end)
        quoted = _QUOTED.match(text, closing.end() if closing else end)
        if quoted and finding.presented == "quotation":
            spans.append(Span(*quoted.span()))
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _inside(spans: Sequence[Span], place: int) -> bool:
    at = bisect_right(spans, Span(place, 1 << 60)) - 1
    return at >= 0 and spans[at].end > place


def _hits(text: str, plain: Simple) -> Iterator[tuple[Span, str]]:
    behind, before = -1 - _NEXT, ""  # where the cue before ends, and its part
    for match in opens().finditer(plain.text):
        span, part = plain.span(*match.span()), match.lastgroup or ""
        joined = 0 <= span.start - behind <= _NEXT  # "therefore, it is", «لأنه لو»: one clause
        if joined and part in _JOINED.get(before, ()):
            continue
        behind, before = span.end, part
        if part not in ("condition", "exception") or _is_if(text, span):
            yield span, part


def _is_if(text: str, span: Span) -> bool:
    """«أن» is no «إن», for which simple text has the same letters; «كذا وإن كان كذا» is "even if"."""
    even = _EVEN.search(text, max(0, span.start - 2), span.start + 3)
    return not (_THAT.match(text, span.start, span.end) or even)


def _bounds(
    report: Report,
    built: Structure,
    plain: Simple,
    hidden: list[Span],
    voices: Sequence[Voice],
    hits: list[tuple[Span, str]],
) -> list[int]:
    """Where a clause may begin or end."""
    text = report.document.text
    places = {0, len(text), *(place for block in report.document.blocks for place in block.span)}
    places |= {match.end() for match in _END.finditer(text) if not _inside(hidden, match.start())}
    places |= {span.start for span, _ in hits}
    places |= {place for section in built.root.of_role("question_part") for place in section.span}
    for voice in voices:
        places |= {voice.span.start, voice.span.end}
    return sorted(place for place in places if not _inside(hidden, place))


def _cut(text: str, plain: Simple, bounds: list[int]) -> Iterator[Unit]:
    for start, end in pairwise(bounds):
        while start < end and text[start] in _EDGE + "“”«»\"'":
            start += 1
        while end > start and text[end - 1] in _EDGE + "“«":
            end -= 1
        if end - start >= _SHORT:
            yield Unit(span=Span(start, end), low=plain.at(start))


def _spoken(made: list[Unit], discourse: Discourse) -> None:
    for unit, chain in zip(made, discourse.chains([unit.span for unit in made]), strict=True):
        unit.speakers = tuple(voice.who for voice in chain)
        unit.voice = chain[-1].kind if chain else None


def _placed(
    made: list[Unit], report: Report, built: Structure, plain: Simple, hits: list[tuple[Span, str]]
) -> None:
    """Give each clause its cue, its section, sentence and paragraph, and whether it asks."""
    text = report.document.text
    by_start = {span.start: (span, part) for span, part in hits}
    starts = [block.span.start for block in report.document.blocks]
    sections = list(_sections(built.root))
    section_starts = [start for start, _ in sections]
    titles = [part.title for part in built.root.walk() if part.title]
    outside = sorted([*(part.span for part in built.root.of_role(*_OUTSIDE, *PARATEXT)), *titles])
    asked = sorted(part.span for part in built.root.of_role("question"))
    sentence, last_end, stub = 0, 0, False
    for unit in made:
        stop = _END.search(text, max(0, last_end - 2), unit.span.start)
        new = bool((stop and text[stop.start()] not in "؛;") or "\n" in text[last_end : unit.span.start])
        sentence += new
        last_end = unit.span.end
        hit = by_start.get(unit.span.start)
        if hit:
            span, unit.part = hit
            unit.cue = Cue(text=text[span.start : span.end], span=span)
        unit.sentence = sentence
        unit.opens = new or stub or (unit.cue is not None and unit.cue.text.startswith(("و", "ف")))
        stub = unit.opens and unit.span.end - unit.span.start <= _STUB // 3  # "However,"
        unit.block = max(0, bisect_right(starts, unit.span.start) - 1)
        unit.section = sections[max(0, bisect_right(section_starts, unit.span.start) - 1)][1]
        unit.asks = _inside(asked, unit.span.start) or text[unit.span.end - 1] in "?؟"
        if _inside(outside, unit.span.start):
            unit.part = "outside"


def _sections(root: Section) -> Iterator[tuple[int, int]]:
    """From where on which section is the innermost that holds others; numbered in the text's order."""
    found: list[tuple[int, int]] = []
    count = 0

    def visit(section: Section) -> None:
        nonlocal count
        number, count = count, count + 1
        found.append((section.span.start, number))
        for part in section.sections:
            if part.sections and part.role != "question":
                visit(part)
                found.append((part.span.end, number))

    visit(root)
    last: dict[int, int] = dict(found)
    return iter(sorted(last.items()))


def _quoting(made: list[Unit], findings: Sequence[Finding]) -> None:
    starts = [unit.span.start for unit in made]
    for finding in findings:
        at = bisect_right(starts, finding.span.start) - 1
        if at >= 0 and made[at].span.end >= finding.span.start - _NEAR:
            made[at].findings.append(finding)


def _own_words(plain: Simple, span: Span, hidden: list[Span]) -> str:
    pieces, at = [], span.start
    place = max(0, bisect_left(hidden, span) - 1)
    while place < len(hidden) and hidden[place].start < span.end:
        if hidden[place].end > at:
            pieces.append(plain.text[plain.at(at) : plain.at(max(at, hidden[place].start))])
            at = max(at, hidden[place].end)
        place += 1
    pieces.append(plain.text[plain.at(at) : plain.at(max(at, span.end))])
    return " ".join(pieces)


def _term(plain: Simple, unit: Unit, hidden: list[Span]) -> Span | None:
    """The first term of a ruling in a clause that is not said in passing."""
    for match in terms().finditer(plain.text, unit.low, plain.at(unit.span.end)):
        span = plain.span(*match.span())
        before = plain.text[max(unit.low, match.start() - 40) : match.start()]
        if not _inside(hidden, span.start) and not passing().search(before):
            return span
    return None
