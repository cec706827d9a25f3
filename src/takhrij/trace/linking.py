"""Which quotation each claim is about: the nearest on its side, in one paragraph, with no other between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from takhrij.find.claims import RawClaim
from takhrij.model import Kind, Span
from takhrij.sources.words import fold
from takhrij.trace.footnotes import notes

_BEHIND = 60  # code points between a quotation and a citation behind it, what is quoted between not counted
_RENDERED = 1500  # of a rendering or an aside between the two
_AHEAD = 420  # between a citation and the quotation it announces, which a chain may fill
_SPOKEN = 45  # between "the Prophet said" and his words
_NARRATED = 250  # between a narrator's name and his report
_BESIDE = 25  # where it is not said on which side the quotation stands
_INSIDE = 40  # code points of a chain that may have been taken for part of the quotation
_RUN = 14  # between two quotations of a run
_PARAGRAPH = re.compile(r"\n[ \t>*_]*\n|\n[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]")
_QUOTED = re.compile(r"“[^“”]{0,1500}”|\"[^\"]{0,1500}\"|\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
_ARABIC_QUOTED = re.compile(r"[«﴿][^«»﴿﴾]{0,2000}[»﴾]")
_ARABIC = re.compile(r"[ء-ي]{2,}")
_OPENING = re.compile(r"[\s»”\"﴾)\]}.,،*_]{0,8}[“\"]")
_LEADING = re.compile(
    r"(?:[\s>*_\-\"“«﴿{]|<[^<>\n]{1,20}>)+\Z"
)  # what may stand between a colon and a quotation
_ALONE = re.compile(
    r"[\s»”\"﴾}.،*_>]*[(\[]?\Z"
)  # and between a quotation and a citation in brackets on its own
_ALL_OF_THEM = re.compile(
    r"الآيت|الآيات|آيتا|آيتي|رواهما|أخرجهما|خرجهما|رواها|كلاهما|\bverses\b|\bboth\b", re.I
)
_BROKEN = re.compile(r"[؟?»«\"“”!]")
_DIGIT = re.compile(r"\d")
_NOT_GODS = frozenset(("الله قال", "الله قالت"))  # «في كتاب الله. قال: …»: who speaks is somebody else
_SENTENCE = re.compile(r"[.؟?!;؛]\s")
_OF_VERSES = frozenset(("reference",))
_OF_REPORTS = frozenset(("collection", "number", "narrator", "grade", "wording"))


@dataclass(frozen=True, slots=True)
class _Places:
    """Quotations (places in the caller's list) by where they end and by where they start."""

    spans: Sequence[Span]
    ending: list[int]
    ends: list[int]
    starting: list[int]
    starts: list[int]
    cited: Sequence[Span] = ()


def linked(
    spans: Sequence[Span],
    claims: Iterable[RawClaim],
    text: str,
    *,
    kinds: Sequence[Kind] = (),
    isnads: Sequence[Span | None] = (),
    renderings: Sequence[Span | None] = (),
) -> dict[int, tuple[RawClaim, ...]]:
    """Place in `spans` (sorted by start) -> the claims about that quotation, in the text's order.

    `kinds` and `isnads`, of the same length where given, say what each quotation is and where its chain
    stands: a reference is to a verse where both are beside it, what stands in a chain is about its report.
    `renderings`: where each is rendered; what stands right behind a rendering is about what it renders.
    """
    groups: dict[Span, list[RawClaim]] = {}
    for claim in claims:
        if not _mentioned(claim, text):
            groups.setdefault(claim.group, []).append(claim)
    everything = replace(_places(spans, range(len(spans))), cited=sorted(groups))
    by_kind = {
        kind: _places(spans, [i for i, known in enumerate(kinds) if known == kind]) for kind in set(kinds)
    }
    chains = sorted((isnad, at) for at, isnad in enumerate(isnads) if isnad)
    rendered = sorted((span.end, at) for at, span in enumerate(renderings) if span)
    called = notes(text) if groups else None
    found: dict[int, list[RawClaim]] = {}
    for group, members in groups.items():
        wanted = _kind_of(members)
        fitting = by_kind.get(wanted) if wanted else None
        sign = called.sign(group) if called else None
        if sign is not None:
            before = _before(Span(sign.start + 1, sign.end), text, everything, fitting)
            targets = [] if before is None else [before]
        elif (below := _behind_rendering(group, members, rendered, text)) is not None:
            targets = [below]
        else:
            targets = _targets(group, members, text, everything, fitting, chains)
        for at in targets:
            told = kinds and kinds[at] == "quran"  # a verse is from no narrator
            found.setdefault(at, []).extend(m for m in members if not (told and m.kind == "narrator"))
    return {
        at: tuple(sorted(members, key=lambda c: (c.span, c.kind))) for at, members in sorted(found.items())
    }


def _behind_rendering(
    group: Span, members: Sequence[RawClaim], rendered: Sequence[tuple[int, int]], text: str
) -> int | None:
    """The quotation right behind whose rendering a citation stands, in a paragraph of its own or not."""
    at = bisect_right(rendered, (group.start, len(rendered) + group.start)) - 1
    if at < 0 or members[0].direction == "after":
        return None
    end, quotation = rendered[at]
    return quotation if _ALONE.fullmatch(text, end, group.start) else None


def _mentioned(claim: RawClaim, text: str) -> bool:
    """Whether a claim only looks like one: «قدر سورة البقرة» in prose, «أين الله؟» قالت."""
    if claim.kind == "said_by":
        of_god = claim.says[:1] == ("god",) and fold(claim.text) in _NOT_GODS
        return of_god or bool(_BROKEN.search(claim.text))
    if claim.kind != "reference":
        return False
    named = claim.direction == "either" and not _DIGIT.search(claim.text)  # «آية الوضوء» in prose
    if not named and any(says.count(":") > 1 for says in claim.says):
        return False
    return text[max(0, claim.group.start - 1) : claim.group.start] not in ("(", "[", "{")


def _places(spans: Sequence[Span], chosen: Iterable[int]) -> _Places:
    starting = list(chosen)
    ending = sorted(starting, key=lambda at: (spans[at].end, -spans[at].start))
    return _Places(
        spans, ending, [spans[a].end for a in ending], starting, [spans[a].start for a in starting]
    )


def _kind_of(members: Sequence[RawClaim]) -> Kind | None:
    kinds = {claim.kind for claim in members}
    if kinds & _OF_VERSES and not kinds & {"collection", "number"}:
        return "quran"
    if kinds & _OF_REPORTS:
        return "report"
    if any(claim.kind == "said_by" and claim.says[:1] == ("god",) for claim in members):
        return "quran"
    return "report" if "said_by" in kinds else None


def _targets(
    group: Span,
    members: Sequence[RawClaim],
    text: str,
    everything: _Places,
    fitting: _Places | None,
    chains: Sequence[tuple[Span, int]],
) -> list[int]:
    at = bisect_right(chains, (group, len(everything.spans))) - 1
    if at >= 0 and chains[at][0].start <= group.start and group.end <= chains[at][0].end:
        return [chains[at][1]]
    direction = members[0].direction
    ahead = chains[at + 1 : at + 2]
    if ahead and not text[group.end : ahead[0][0].start].strip(' \n\t:*_«"“'):  # «قال البخاري: حدثنا …»
        return [ahead[0][1]]
    judging = all(claim.kind == "grade" for claim in members)  # behind a list of collections, as a rule
    before = _before(group, text, everything, fitting, everything.cited if judging else ())
    after = _after(group, members, text, everything, fitting)
    if direction == "before" and before is not None:
        return _run(before, group, text, everything)
    if direction == "after":
        late = after is None or _apart(text, group, everything.spans[after])
        if late and before is not None and _follows(text, group, everything, before):
            return _run(before, group, text, everything)
        return [after] if after is not None else []
    if direction == "before":
        return [after] if after is not None and _leads_to(text, group, everything.spans[after]) else []
    if after is not None and _on_its_line(text, group, everything.spans, before, after):
        return [after]
    near = [a for a in (before, after) if a is not None]
    near = [a for a in near if _gap(text, group, everything.spans[a]) <= _BESIDE] or near[:1]
    return near[:1]


def _on_its_line(text: str, group: Span, spans: Sequence[Span], before: int | None, after: int) -> bool:
    """Whether a citation stands on the line of the quotation behind it and not on that of the one before."""
    above = before is None or "\n" in text[spans[before].end : group.start]
    return above and "\n" not in text[group.end : spans[after].start]


def _apart(text: str, group: Span, span: Span) -> bool:
    """Whether a sentence ends between a citation and the quotation behind it."""
    return bool(_SENTENCE.search(text, group.end, max(group.end, span.start)))


def _leads_to(text: str, group: Span, span: Span) -> bool:
    """«رواه مسلم، قال النبي: …»: whether a citation with none before it stands in one clause with this."""
    if _apart(text, group, span) or "\n" in text[group.end : span.start]:
        return _gap(text, group, span) < _BESIDE // 2
    return _gap(text, group, span) <= _SPOKEN


def _follows(text: str, group: Span, everything: _Places, before: int) -> bool:
    """«…. رواه مسلم عن أنس.»: whether a citation stands right behind a quotation, or soon in its sentence."""
    span = everything.spans[before]
    own = not _SENTENCE.search(text, span.end, max(span.end, group.start))
    return _gap(text, group, span) <= (_BESIDE if own else _BESIDE // 2)


def _gap(text: str, group: Span, span: Span) -> int:
    between = text[span.end : group.start] if span.end <= group.start + 1 else text[group.end : span.start]
    return len(_QUOTED.sub("", between).strip())


def _fits(nearest: int | None, fitting: int | None, spans: Sequence[Span]) -> int | None:
    """The fitting one where it and the nearest overlap or only a word stands between."""
    if nearest is None or fitting is None or nearest == fitting:
        return nearest
    one, other = spans[nearest], spans[fitting]
    return fitting if one.start < other.end and other.start < one.end else nearest


def _before(
    group: Span, text: str, everything: _Places, fitting: _Places | None, cited: Sequence[Span] = ()
) -> int | None:
    """The quotation that ends last before a group, near enough; `cited`: groups that are no distance."""
    nearest = _ending(group, everything)
    chosen = _fits(nearest, _ending(group, fitting) if fitting else None, everything.spans)
    if nearest is None or chosen is None:
        return None
    if group.start - everything.spans[nearest].end > _RENDERED:
        return None
    between = text[everything.spans[nearest].end : group.start]
    alone = text[group.start - 1 : group.start] in ("(", "[") and _ALONE.match(between)
    if (_PARAGRAPH.search(between) and not alone) or _other_quoted(between):
        return None
    if _OPENING.match(between) and between.count("“") + between.count('"') == 1:
        return chosen  # a rendering whose closing mark is missing
    far = len(_QUOTED.sub("", between).strip()) - sum(
        one.end - one.start for one in _from(cited, everything.spans[nearest].end, group.start)
    )
    return chosen if far <= _BEHIND else None


def _from(groups: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    """Those (sorted) that begin in [low, high)."""
    return groups[bisect_left(groups, Span(low, 0)) : bisect_left(groups, Span(high, 0))]


def _ending(group: Span, places: _Places) -> int | None:
    """The quotation that ends last before a group."""
    at = bisect_right(places.ends, group.start + 1) - 1
    return places.ending[at] if at >= 0 else None


def _starting(group: Span, places: _Places) -> int | None:
    """The quotation that starts first behind a group, the outer one of two that start together."""
    at = bisect_left(places.starts, group.end - 1)
    return places.starting[at] if at < len(places.starting) else None


def _other_quoted(between: str) -> bool:
    """Whether a quotation stands between that no source explains and that is no rendering."""
    return any(len(_ARABIC.findall(match[0])) >= 3 for match in _ARABIC_QUOTED.finditer(between))


def _after(
    group: Span, members: Sequence[RawClaim], text: str, everything: _Places, fitting: _Places | None
) -> int | None:
    inside = _enclosing(group, members, everything)
    if inside is not None:
        within = _starting(group, fitting) if fitting else None  # «… إنما قال الله: ﴿…﴾ …» in a report
        spans = everything.spans
        near = within is not None and 0 <= spans[within].start - group.end <= _BESIDE
        return within if near and within is not None and spans[within].end <= spans[inside].end else inside
    nearest = _starting(group, everything)
    chosen = _fits(nearest, _starting(group, fitting) if fitting else None, everything.spans)
    if nearest is None or chosen is None:
        return None
    if everything.spans[nearest].start - group.end > _AHEAD:
        return None
    between = text[group.end : everything.spans[nearest].start]
    if _PARAGRAPH.search(_LEADING.sub("", between)) or _other_quoted(between):
        return None
    kinds = {claim.kind for claim in members}
    if kinds <= {"said_by"}:
        return chosen if len(between) <= _SPOKEN and not _SENTENCE.search(between) else None
    if kinds <= {"narrator", "said_by"}:
        return chosen if len(between) <= _NARRATED else None
    return chosen


def _enclosing(group: Span, members: Sequence[RawClaim], everything: _Places) -> int | None:
    """The report that a narrator's name stands at the head of, where the chain was found with it."""
    if not {claim.kind for claim in members} <= {"narrator", "said_by"}:
        return None
    at = bisect_right(everything.starts, group.start) - 1
    if at < 0:
        return None
    span = everything.spans[everything.starting[at]]
    near = group.start - span.start <= _INSIDE and group.end < span.end
    return everything.starting[at] if near and span.end - group.end > group.start - span.start else None


def _run(last: int, group: Span, text: str, everything: _Places) -> list[int]:
    """The quotations that «الآيتان» or «رواهما» is about: those that stand together before it."""
    targets = [last]
    if not _ALL_OF_THEM.search(text, max(0, group.start - 12), group.end):
        return targets
    while True:
        first = everything.spans[targets[0]]
        at = bisect_right(everything.ends, first.start) - 1
        if (
            at < 0
            or first.start - everything.ends[at] > _RENDERED
            or len(_QUOTED.sub("", text[everything.ends[at] : first.start]).strip()) > _RUN
        ):
            return targets
        targets.insert(0, everything.ending[at])
