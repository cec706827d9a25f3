"""What a text presents as a verse or a report, by its marks and words, whether any source has it or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from takhrij.find.claims import Isnad, RawClaim
from takhrij.find.view import View
from takhrij.model import Kind, Span

_LONGEST, _SHORTEST = 700, 10  # code points of an unmarked stretch between a chain and a citation
_FROM_BRACKET = 12  # code points from the bracket to the name of a collection: «(رواه»
# every alternative is one character class between two marks, so a match is linear in its length
_MARKED = re.compile(
    r"﴿(?P<ornate>[^﴿﴾\n]{2,2000})﴾|﴾(?P<turned>[^﴿﴾\n]{2,2000})﴿|<(?P<tag>aya|hadith)[^<>\n]{0,20}>(?P<tagged>[^<>]{2,2000})<"
    r"|«(?P<angle>[^«»]{2,2000})»|“(?P<curly>[^“”]{2,2000})”|\"(?P<straight>[^\"\n]{2,2000})\""
    r"|\{(?P<brace>[^{}\n]{2,2000})\}|\(\((?P<double>[^()]{2,2000})\)\)|‹(?P<single>[^‹›\n]{2,2000})›"
    r"|(?<![^\s\"(«“:])'(?P<apostrophe>[^'\n]{2,2000})'|\((?P<round>[^()\n]{2,2000})\)"
    r"|\"(?P<unclosed>[^\"\n]{2,2000})(?=\n|$)"
)
_TAG = re.compile(r"<[^<>\n]{1,20}>")
_ARABIC = re.compile("[ء-ي]")
_QURAN_MARKS = ("ornate", "turned")
_WEAK_MARKS = ("round", "apostrophe", "unclosed")  # these enclose other things as well
_STRONG_CUE = 16.0
_ANNOUNCED = (":", ": ", ":\n", "- ")
_EDGE = " \t\n\r\"'“”«»﴿﴾{}()*‏‎.،,؛:…_"
_BEHIND, _AHEAD = 25, 60  # code points between a citation and the quotation it stands behind or before
_LEAST_CUE = 12.5  # more than a bare "he said" gives
_LEAST_WORDS = 2
_LETTERS_BETWEEN = 10  # of words such as «رواه» between a quotation and the name of its source


@dataclass(frozen=True, slots=True)
class Presented:
    """A stretch between marks that the text gives as a verse (`quran`) or as a report."""

    span: Span
    kind: Kind
    closed: bool = True  # false where a line ends before the closing mark comes


def presented(
    text: str, verses: View, reports: View, claims: Sequence[RawClaim], isnads: Sequence[Isnad] = ()
) -> list[Presented]:
    """What words, marks and citations present as scripture, in order and not overlapping.

    These are stretches between quotation marks or brackets, and unmarked ones between a chain or "the Prophet
    said" and a citation.
    """
    marked = _between_marks(text, verses, reports, claims)
    starts = [unit.span.start for unit in marked]
    found = list(marked)
    for span in _unmarked(text, claims, isnads):
        place = bisect_left(starts, span.end)
        if place == 0 or marked[place - 1].span.end <= span.start:
            found.append(Presented(span, "report"))
    return sorted(found, key=lambda unit: unit.span)


def _unmarked(text: str, claims: Sequence[RawClaim], isnads: Sequence[Isnad]) -> list[Span]:
    """What stands between a chain, or the Prophet named as speaker, and the citation of a collection."""
    announcing = {isnad.span.end for isnad in isnads}
    announcing |= {
        claim.span.end for claim in claims if claim.kind == "said_by" and claim.says[:1] == ("prophet",)
    }
    cited = sorted({claim.group.start for claim in claims if claim.kind == "collection"})
    found: list[Span] = []
    for start in sorted(announcing):
        place = bisect_left(cited, start + _SHORTEST)
        if place == len(cited) or cited[place] - start > _LONGEST:
            continue
        bracket = max(text.rfind("(", start, cited[place]), text.rfind("[", start, cited[place]))
        if bracket < 0 or cited[place] - bracket > _FROM_BRACKET:
            continue
        span = _trimmed(text, Span(start, bracket))
        if "\n\n" in text[span.start : span.end] or span.end - span.start < _SHORTEST:
            continue
        if any(mark in text[span.start : span.end] for mark in '"«»“”﴿') or (
            found and span.start < found[-1].end
        ):
            continue
        found.append(span)
    return found


def _between_marks(text: str, verses: View, reports: View, claims: Sequence[RawClaim]) -> list[Presented]:
    naming = [claim for claim in claims if claim.kind in ("reference", "collection", "number")]
    behind: list[tuple[int, str]] = sorted((claim.group.start, claim.kind) for claim in naming)
    ahead: list[tuple[int, str]] = sorted((claim.group.end, claim.kind) for claim in naming)
    groups = sorted({claim.group for claim in claims if claim.kind in ("reference", "collection")})
    found = []
    for match in _MARKED.finditer(text):
        name = match.lastgroup or ""
        span, tag = _untagged(text, Span(*match.span(name)), match.group("tag") or "")
        least = 2 if name in _QURAN_MARKS else 3  # «حم», «طه»
        if span.end - span.start < least or not _ARABIC.search(text, span.start, span.end):
            continue
        announced = text.endswith(_ANNOUNCED, max(0, match.start() - 3), match.start())
        cited = _cited(text, span, behind, [] if name == "round" else ahead, name in _WEAK_MARKS)
        if name in _WEAK_MARKS and not (announced or cited):
            continue
        if any(group.start < span.end and span.start < group.end for group in _near(groups, span)):
            continue
        kind = _kind(name, tag, span, verses, reports, cited)
        if kind is not None:
            found.append(Presented(span, kind, closed=name != "unclosed"))
    return found


def _untagged(text: str, span: Span, tag: str) -> tuple[Span, str]:
    """A stretch without the tags that some models put around a verse inside the marks, and the tag."""
    span = _trimmed(text, span)
    opening = _TAG.match(text, span.start, span.end)
    if opening:
        tag = opening.group()[1:-1]
        closing = text.find("<", opening.end(), span.end)
        span = _trimmed(text, Span(opening.end(), closing if closing >= 0 else span.end))
    return span, tag[:4].rstrip("_")


def _near(groups: list[Span], span: Span) -> list[Span]:
    """The citations that may overlap a stretch."""
    place = bisect_left(groups, Span(span.start, 0))
    return [
        group
        for group in groups[max(0, place - 1) : place + 2]
        if group.end - group.start > (span.end - span.start) // 2
    ]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _kind(
    name: str,
    tag: str,
    span: Span,
    verses: View,
    reports: View,
    cited: str | None,
) -> Kind | None:
    words = _token(verses, span.end) - _token(verses, span.start)
    if name in _QURAN_MARKS or tag == "aya":
        return "quran"
    if tag == "hadi":
        return "report"
    if words < _LEAST_WORDS:
        return None
    quran, report = _cue(verses, span), _cue(reports, span)
    quran += 20.0 * (cited == "reference") + 8.0 * (name == "brace")
    report += 20.0 * (cited in ("collection", "number"))
    if max(quran, report) < (_STRONG_CUE if name in _WEAK_MARKS else _LEAST_CUE):
        return None
    return "quran" if quran >= report else "report"


def _token(view: View, offset: int) -> int:
    return int(view.starts.searchsorted(offset))


def _cue(view: View, span: Span) -> float:
    at = _token(view, span.start)
    return float(view.cue[at]) if at < len(view) else 0.0


def _cited(
    text: str, span: Span, behind: list[tuple[int, str]], ahead: list[tuple[int, str]], same_line: bool
) -> str | None:
    """The kind of the citation that stands right behind a stretch, else of the one right before it."""
    place = bisect_left(behind, (span.end, ""))
    if place < len(behind) and behind[place][0] - span.end <= _BEHIND:
        between = text[span.end : behind[place][0]]
        if (
            between.count("\n") < (1 if same_line else 2)
            and len(_ARABIC.findall(between)) <= _LETTERS_BETWEEN
        ):
            return behind[place][1]
    place = bisect_left(ahead, (span.start + 1, "")) - 1
    if place >= 0 and span.start - ahead[place][0] <= _AHEAD:
        return ahead[place][1]
    return None
