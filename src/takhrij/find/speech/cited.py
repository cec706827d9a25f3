"""The books, articles of a code and pages that a text names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from takhrij.model import Span, WorkCited
from takhrij.text import Simple, pattern, simple

_S = "[ \\u00a0]"
_CAPITAL = r"(?:(?:al|as|ash|an|at|ar|az)-)?[A-ZʿʾĀĪŪḌḤṢṬẒ][\w'’ʿʾ\-]{0,40}"
_JOINT = r"(?:of|the|on|and|in|for|fi|wa|min|bin|ibn|b\.)"
_TITLE = rf"{_CAPITAL}(?:,?{_S}+(?:{_JOINT}{_S}+){{0,2}}(?:{_CAPITAL}|\d{{1,2}}(?!\d))){{0,9}}"
_ENGLISH = re.compile(
    rf"\b[Bb]ook(?:,|:| called| titled| entitled)?{_S}+[\"“«*_]{{0,2}}(?!of{_S}All)(?P<book>{_TITLE})"
    rf"|\b(?P<kind>[Aa]rticle|[Cc]lause)s?{_S}+(?:[Nn]o\.?{_S}?)?(?P<number>\d{{1,4}})"
    rf"(?:{_S}*\(\w{{1,3}}\))?(?:,?{_S}+(?:of|in|from){_S}+(?:the{_S}+|our{_S}+)?(?P<code>{_TITLE}))?"
    rf"|(?P<paged>{_TITLE}),?{_S}\(?"
    rf"(?P<page>(?:[Vv]ol\.?{_S}?\d+[,/]?{_S}?)?pp?\.{_S}?\d+|\d{{1,2}}/\d{{1,4}})"
)
_LATIN = re.compile(
    "[A-Za-z\u00c0-\u02ff\u1e00-\u1eff][^\u0600-\u06ff\n]*"
)  # where _ENGLISH may match: few in an Arabic book
_ARABIC = re.compile(
    r"(?<!\w)[وفبلك]{0,2}(?P<article>(?:ال)?ماده) (?:رقم )?\(?(?P<number>\d{1,4})\)?"
    r"(?: من (?P<code>\w{3,}(?: \w{3,}){0,3}))?"
    r"|(?<!\w)(?:كتاب|كتابه|كتابها|كتابهم|رسالته|رساله) ?[\"«“(](?P<book>[^\"»”)\n]{3,60})[\"»”)]"
    r"|(?<!\w)ص(?:فحه)? ?[.:]? ?(?P<page>\d{1,4})(?!\w)"
)
_AFTER = re.compile(
    r"[»\"”*_]{0,3}(?: ?(?:لابن|لابي|لل\w{2,}|ل\w{3,}) ?\w{0,12})?[\s،,(\[:]{0,4}"
    r"(?P<place>(?:ج ?\d{1,2}[\s،,/]{0,3})?(?:ص ?)?\d{1,4}(?: ?[/:] ?\d{1,4})?"
    r"|(?:vol\.? ?\d{1,2},? ?)?pp?\.? ?\d{1,4})?"
)
_BEFORE = re.compile(r"(?:[«\"“*(]|(?<!\w)(?:في|كتاب|صاحب|انظر|ينظر|راجع|in|see))[ :]{0,2}\Z")
_LEAD = re.compile(r"\A(?:See|Cf|In|From) (?=\S)")
_NOT_TITLES = ("Allah", "God", "Hadith", "Prayer")


def works_cited(text: str, plain: Simple, part: Span | None = None) -> tuple[WorkCited, ...]:
    """The works that a text (or a part of it) names, in its order."""
    start, end = part or Span(0, len(text))
    low, high = plain.at(start), plain.at(end)
    found = [*_english(text, start, end), *_arabic(text, plain, low, high), *_listed(text, plain, low, high)]
    found.sort(key=lambda work: (work.span.start, -work.span.end))
    kept: list[WorkCited] = []
    for work in found:
        if not kept or work.span.start >= kept[-1].span.end:
            kept.append(work)
        elif not kept[-1].title and work.title:
            kept[-1] = work
    return tuple(kept)


def _english(text: str, start: int, end: int) -> list[WorkCited]:
    found = []
    stretches = (stretch.span() for stretch in _LATIN.finditer(text, start, end))
    for match in (match for stretch in stretches for match in _ENGLISH.finditer(text, *stretch)):
        title = match["book"] or match["code"] or match["paged"] or ""
        title = _LEAD.sub("", " ".join(title.split()))
        if title.split(" ")[0] in _NOT_TITLES:
            continue
        place = match["number"] or match["page"] or ""
        if match["kind"]:
            place = f"{match['kind'].lower()} {place}"
        found.append(WorkCited(span=Span(*match.span()), title=title, place=" ".join(place.split())))
    return found


def _arabic(text: str, plain: Simple, low: int, high: int) -> list[WorkCited]:
    found = []
    for match in _ARABIC.finditer(plain.text, low, high):
        name = "code" if match["article"] else "book"
        title = _written(text, plain, *match.span(name)) if match[name] else ""
        number = match["number"] or match["page"] or ""
        place = f"{_written(text, plain, *match.span('article'))} {number}" if match["article"] else number
        found.append(WorkCited(span=plain.span(*match.span()), title=title, place=place))
    return found


def _listed(text: str, plain: Simple, low: int, high: int) -> list[WorkCited]:
    found = []
    for match in _titles().finditer(plain.text, low, high):
        after = _AFTER.match(plain.text, match.end())
        place = (after["place"] or "") if after else ""
        spaced = " " in match["work"] or match["work"].isascii()
        if not (
            spaced or place or _BEFORE.search(plain.text, max(0, match.start() - 12), match.start("work"))
        ):
            continue
        end = after.end() if after and place else match.end()
        span = plain.span(match.start("work"), end)
        title = _written(text, plain, *match.span("work"))
        found.append(WorkCited(span=span, title=title, place=" ".join(place.split())))
    return found


def _written(text: str, plain: Simple, start: int, end: int) -> str:
    span = plain.span(start, end)
    return " ".join(text[span.start : span.end].split())


@cache
def _titles() -> re.Pattern[str]:
    """The works of `data/works.tsv`, in all their forms."""
    forms: list[str] = []
    for line in files("takhrij.find.speech").joinpath("data", "works.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            forms += [simple(form).text for cell in line.split("\t")[1:] for form in cell.split("|")]
    longest = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return pattern(rf"(?<!\w)[وفبلك]{{0,2}}(?P<work>{longest})(?!\w)")
