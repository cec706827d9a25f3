"""The reference that a quotation lacks or gives otherwise, and the number in the loaded numbering."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from takhrij.model import RUN_TOGETHER, Citation, Claim, Finding, Proposal, SourceMatch, Span
from takhrij.report import phrases
from takhrij.report.cite.passages import of_finding, work
from takhrij.report.cite.styles import cite, edition, plain_text
from takhrij.report.clean import direction
from takhrij.report.fix.proposals import proposed, rules
from takhrij.report.words import Words, table

_AROUND = 100  # code points before and after a quotation by which its language is told
_DIGITS = re.compile(r"\d+")
_VERSE = re.compile(r"quran:(\d+):(\d+)")
_WITHOUT_WORDS = re.compile(r"[\d\s:/.\-–()\[\]]+")
_AGREE = ("agrees", "agrees_in_substance")


def references(finding: Finding, text: str) -> Iterator[Proposal]:
    """The reference where the text gives none, or that of the source where it gives another one."""
    given = [claim for claim in finding.claims if claim.kind == "reference"]
    if given:
        for claim in given:
            if claim.check == "differs":
                yield from _mended(finding, claim)
        return
    if any(claim.kind in ("collection", "number") for claim in finding.claims):
        return
    if RUN_TOGETHER in finding.notes:  # there is no place for it between the words
        return
    cited = list(of_finding(finding))
    if not cited or len(cited) > rules()["places"] or finding.sources[0].wording == "by_meaning":
        return
    style = "arabic" if _language(finding, text) == "ar" else "chicago"
    said = " ".join(plain_text(cite(one, style, "in_text")) for one in cited)
    at = behind_marks(text, finding.span.end)
    yield proposed("reference", finding, Span(at, at), "", f" {said}", cited[0].ref)


def numbers(finding: Finding, text: str) -> Iterator[Proposal]:
    """Of each collection that the text names rightly the number of the record in the loaded numbering."""
    numbered: set[str] = set()
    said = table(_language(finding, text))
    for claim in (one for one in finding.claims if one.kind == "number"):
        name = claim.says.partition(":")[0]
        numbered.add(name)
        source = next((one for one in finding.sources if one.source == name), None)
        if source is None or claim.check in _AGREE:
            continue
        number, end = phrases.source_number(source), claim.span.end
        if claim.check == "differs":
            yield _number(finding, source, claim.span, claim.text, number)
        else:
            new = said.say("fix.besides", number=number, edition=edition(work(source)))
            yield _number(finding, source, Span(end, end), "", new)
    for claim in (one for one in finding.claims if one.kind == "collection" and one.check in _AGREE):
        names = [name.strip() for name in claim.says.split(",")]
        firsts = [
            next((s for s in finding.sources if s.source == n), None) for n in names if n not in numbered
        ]
        found = [source for source in firsts if source is not None]
        numbered.update(source.source for source in found)
        if found:
            at = claim.span.end
            yield _number(finding, found[0], Span(at, at), "", _counted(found, said, alone=len(names) == 1))


def behind_marks(text: str, at: int) -> int:
    """Behind the marks that close a quotation."""
    while at < len(text) and (text[at] in "\"'" or unicodedata.category(text[at]) in ("Pe", "Pf")):
        at += 1
    return at


def _number(finding: Finding, source: SourceMatch, span: Span, text: str, new: str) -> Proposal:
    counted = phrases.numbering(source.numbering)
    return proposed("number", finding, span, text, new, source.ref, numbering=counted)


def _counted(found: list[SourceMatch], said: Words, *, alone: bool) -> str:
    if alone:
        return said.say("fix.added", number=phrases.source_number(found[0]))
    titles = [work(one).title_arabic if said.language == "ar" else phrases.source_title(one) for one in found]
    each = (f"{title} {phrases.source_number(one)}" for title, one in zip(titles, found, strict=True))
    return f" ({said.say('join.comma').join(each)})"


def _mended(finding: Finding, claim: Claim) -> Iterator[Proposal]:
    """The claim with the verse that the words stand in: its number alone where the sura is right."""
    found, said = _VERSE.fullmatch(claim.found or ""), _VERSE.fullmatch(claim.says)
    if not found:
        return
    new = None
    if said and said[1] == found[1]:
        places = [place for place in _DIGITS.finditer(claim.text) if int(place[0]) == int(said[2])]
        if places:
            start, end = places[-1].span()
            new = claim.text[:start] + _like(found[2], places[-1][0]) + claim.text[end:]
    if new is None:
        citation = Citation(ref=found[0], source=work(finding.sources[0]), number=f"{found[1]}:{found[2]}")
        arabic = direction(claim.text) == "rtl"
        whole = plain_text(cite(citation, "arabic" if arabic else "chicago", "in_text"))[1:-1]
        new = citation.number if _WITHOUT_WORDS.fullmatch(claim.text) else whole
    yield proposed("reference", finding, claim.span, claim.text, new, found[0])


def _like(number: str, digits: str) -> str:
    """A number in the digits of another one: ٤٨ beside ٤٩."""
    zero = ord(digits[0]) - unicodedata.digit(digits[0])
    return "".join(chr(zero + int(digit)) for digit in number)


def _language(finding: Finding, text: str) -> str:
    """The language of what stands around a quotation on its line: that in which a reference is added."""
    start, end = finding.span
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    around = before + text[end : end + _AROUND].partition("\n")[0]
    side = direction(around)
    return "ar" if (direction(finding.text) if side == "auto" else side) == "rtl" else "en"
