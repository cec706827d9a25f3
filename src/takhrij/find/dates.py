"""Hijri and common-era dates that stand together in a text, checked against each other.

Days are compared with two days' tolerance (the month began when the crescent was seen), months and years by
whether they overlap. Before October 1582 a day is tried in the Julian and in the Gregorian calendar.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from takhrij.find.calendar import compare
from takhrij.find.claims.lexicon import Node, phrase_tokens
from takhrij.find.claims.reading import Reading, read_for_claims
from takhrij.find.claims.tokens import Tokens
from takhrij.model import DateClaim, Span

Calendar = Literal["hijri", "gregorian", "unknown"]
_D = r"[0-9٠-٩۰-۹]"
_HIJRI = r"(?:هـ|ه(?!\w)|هجرية|هجريا|هجري|للهجرة|A\.?\s?H\.?(?!\w)|H\.?(?!\w))"
_COMMON = r"(?:ميلادية|ميلاديا|ميلادي|للميلاد|م(?!\w)|B?C\.?E\.?(?!\w)|A\.?D\.?(?!\w)|G(?!\w))"
_ERA = re.compile(rf"[\s,،)*_]{{0,3}}\(?(?:(?P<hijri>{_HIJRI})|(?P<gregorian>{_COMMON}))\)?")
_ERA_BEFORE = re.compile(r"(?:(?P<hijri>A\.?H\.?)|(?P<gregorian>A\.?D\.?|C\.?E\.?))\s?\Z")
_NUMBER = re.compile(rf"{_D}+")
_NUMERIC = re.compile(rf"(?<![\d/.\-])({_D}{{1,4}})\s?([/.\-])\s?({_D}{{1,2}})\s?\2\s?({_D}{{1,4}})(?![\d])")
_YEAR = re.compile(
    rf"(?<![\d/.:\-])({_D}{{1,4}})\s{{0,2}}(?={_HIJRI}|{_COMMON})|(?<=[/=–-]\s)({_D}{{3,4}})|(?<=[/=–-])({_D}{{3,4}})"
)
_BEFORE_MONTH = re.compile(
    rf"(?<!{_D})({_D}{{1,2}})\s?(?:st|nd|rd|th|ـ)?[\s,،\-/]{{1,3}}(?:(?:من|شهر|of|the|month)\s{{1,2}}){{0,4}}\Z"
)
_AFTER_MONTH = re.compile(
    rf"[\s,،.]{{0,3}}(?:({_D}{{1,2}})(?:st|nd|rd|th)?[\s,،]{{1,3}})?(?:(?:من|سنة|عام|لسنة|لعام|of|year|the)\s{{1,2}}){{0,3}}"
    rf"[\s/,،\-]{{0,3}}({_D}{{3,4}}(?!{_D})|{_D}{{1,2}}(?=\s?(?:{_HIJRI}|{_COMMON})))"
)
_BETWEEN = re.compile(
    r"[\s/=()،,;؛:|\[\]*_.–—-]*(?:(?:الموافق|الموافقة|موافق|يوافق|ويوافق|وفق|الموافقين|أي|لـ|ل|من|يوم|corresponding|to|"
    r"i\.e\.|equivalent|or|which|is|and|that|of|the|in)[\s/=()،,;:*_.–—-]*){0,4}(?P<weekday>\w{3,12})?[\s/=()،,:*_–—-]*\Z"
)
_DEATH = re.compile(r"(?:\bd\.|died|ت\.?|توفي|المتوفى|المتوفي|سنة|عام|\()\s{0,2}\Z")
_FURTHEST = 70  # characters from the end of one date to the beginning of the other


@dataclass(frozen=True, slots=True)
class Written:
    """A date as the text writes it; month and day None where it gives none, weekday from 1 (Monday)."""

    span: Span
    calendar: Calendar
    year: int
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def find_dates(text: str, reading: Reading | None = None) -> tuple[DateClaim, ...]:
    """Each pair of a Hijri and a common-era date that stand together, with its check; by position.

    `reading` is what `claims.read_for_claims` made of the same text, where it is at hand.
    """
    if not _worth_reading(text):
        return ()
    tokens = (reading or read_for_claims(text)).tokens
    dates = _written(tokens)
    claims = []
    previous: Written | None = None
    for date in dates:
        paired = _pair(tokens, previous, date) if previous else None
        if paired is None:
            previous = date
            continue
        hijri, common, weekday = paired
        start = min(hijri.span.start, common.span.start)
        end = max(hijri.span.end, common.span.end)
        if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
            end += 1
        check, found, why = compare(
            (hijri.year, hijri.month, hijri.day), (common.year, common.month, common.day), weekday
        )
        claims.append(
            DateClaim(text=text[start:end], span=Span(start, end), check=check, found=found, why=why)
        )
        previous = None
    return tuple(claims)


def _worth_reading(text: str) -> bool:
    return bool(re.search(rf"{_D}{{3,4}}", text))


# ---------------------------------------------------------------- dates as written


@cache
def _names() -> tuple[Node, frozenset[int | str]]:
    """The names of months and weekdays as a tree, and the tokens that begin one."""
    root = Node()
    text = files("takhrij.find").joinpath("data/months.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        calendar, number, arabic, latin = line.split("\t")
        for form in f"{arabic}|{latin}".split("|"):
            tokens = phrase_tokens(form)
            if tokens:
                root.add(tokens, (calendar, number))
    return root, frozenset(root.children)


def _written(tokens: Tokens) -> list[Written]:
    found = _named(tokens) + _numeric(tokens.text)
    found += _years(tokens.text)
    found.sort(key=lambda date: (date.span.start, -date.span.end))
    kept: list[Written] = []
    for date in found:
        if not kept or date.span.start >= kept[-1].span.end:
            kept.append(date)
    return [_with_weekday(tokens, date) for date in kept]


def _named(tokens: Tokens) -> list[Written]:
    """«٢٦ رجب ١٤٣٨هـ», "April 23, 2017"."""
    root, first = _names()
    text, dates = tokens.text, []
    for i, token in enumerate(tokens.ids):
        if token not in first:
            continue
        match = tokens.walk(i, root)
        if match is None or match.entries[0][0] == "weekday":
            continue
        calendar, month = match.entries[0]
        start, end = match.start, tokens.ends[match.last]
        if i and tokens.ids[i - 1] == "":
            start = tokens.starts[i - 1]
        before = _BEFORE_MONTH.search(text, max(0, start - 30), start)
        after = _AFTER_MONTH.match(text, end)
        if after is None:
            continue
        day = before[1] if before else after[1]
        if before:
            start = before.start()
        date = Written(
            Span(start, after.end()),
            _CALENDARS[calendar],
            int(after[2]),
            int(month),
            int(day) if day else None,
        )
        dates.append(_with_era(text, date))
    return dates


def _numbers(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where a pattern that begins with a number matches: only numbers are looked at."""
    found = (pattern.match(text, number.start()) for number in _NUMBER.finditer(text))
    return (match for match in found if match)


_CALENDARS: dict[str, Calendar] = {"hijri": "hijri", "gregorian": "gregorian"}


def _numeric(text: str) -> list[Written]:
    """«23/04/2017», «1438-07-26»: day, month and year in either order."""
    dates = []
    for match in _numbers(text, _NUMERIC):
        a, month, b = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) >= 3 or a > 31:
            year, day = a, b
        else:
            year, day = b, a
        if year < 1 or not 1 <= day <= 31 or len(str(year)) < 2:
            continue
        if month > 12 >= day:  # month before day
            month, day = day, month
        if 1 <= month <= 12:
            dates.append(_with_era(text, Written(Span(*match.span()), "unknown", year, month, day)))
    return dates


def _years(text: str) -> list[Written]:
    """«505هـ», «1111م», and the second of two years parted by a stroke: "505/1111"."""
    dates: list[Written] = []
    for match in _numbers(text, _YEAR):
        group = match.lastindex or 1
        date = _with_era(text, Written(Span(*match.span(group)), "unknown", int(match[group])))
        if group > 1:  # the year before the stroke belongs to it
            first = re.search(
                rf"(?<![\d/])({_D}{{1,4}})\s?(?:{_HIJRI})?\s?[/=–-]\s?\Z",
                text[max(0, date.span.start - 14) : date.span.start],
            )
            if first is None or not int(first[1]) < date.year or not 600 <= date.year <= 2200:
                continue
            offset = max(0, date.span.start - 14)
            earlier = _with_era(
                text, Written(Span(offset + first.start(1), offset + first.end(1)), "unknown", int(first[1]))
            )
            known = {earlier.calendar, date.calendar} - {"unknown"}
            if not known and not _DEATH.search(text[max(0, earlier.span.start - 12) : earlier.span.start]):
                continue
            dates.append(replace(earlier, calendar="hijri") if earlier.calendar == "unknown" else earlier)
            date = replace(date, calendar="gregorian") if date.calendar == "unknown" else date
        if date.calendar != "unknown":
            dates.append(date)
    return dates


def _with_era(text: str, date: Written) -> Written:
    match = _ERA.match(text, date.span.end)
    if match:
        calendar: Calendar = "hijri" if match["hijri"] else "gregorian"
        end = match.end()
        if text[end - 1] == ")" and "(" not in text[date.span.end : end]:
            end -= 1
        return replace(date, calendar=calendar, span=Span(date.span.start, end))
    before = _ERA_BEFORE.search(text, max(0, date.span.start - 6), date.span.start)
    if before and date.calendar == "unknown":
        calendar = "hijri" if before["hijri"] else "gregorian"
        return replace(date, calendar=calendar, span=Span(before.start(), date.span.end))
    return date


def _with_weekday(tokens: Tokens, date: Written) -> Written:
    """The weekday named right before the date."""
    root, first = _names()
    i = bisect_left(tokens.starts, date.span.start) - 1
    skipped = 0
    while i >= 0 and skipped < 2 and tokens.ends[i] >= date.span.start - 4 - 8 * skipped:
        token = tokens.ids[i]
        if token in first:
            match = tokens.walk(i, root)
            if match and match.entries[0][0] == "weekday":
                return replace(date, weekday=int(match.entries[0][1]))
        i -= 1
        skipped += 1
    return date


# ---------------------------------------------------------------- dates that stand together


def _pair(tokens: Tokens, first: Written, second: Written) -> tuple[Written, Written, int | None] | None:
    """Hijri and common-era date, and the weekday named with either; None if they do not stand together."""
    between = tokens.text[first.span.end : second.span.start]
    if len(between) > _FURTHEST or not _BETWEEN.match(between):
        return None
    first, second = _told_apart(first, second)
    calendars = {first.calendar, second.calendar}
    if calendars != {"hijri", "gregorian"}:
        return None
    hijri, common = (first, second) if first.calendar == "hijri" else (second, first)
    return hijri, common, hijri.weekday or common.weekday


def _told_apart(first: Written, second: Written) -> tuple[Written, Written]:
    """A date without an era is of the other calendar than its neighbour, where its year can be."""
    other: dict[Calendar, Calendar] = {"hijri": "gregorian", "gregorian": "hijri"}
    if first.calendar == "unknown" and second.calendar != "unknown":
        first = replace(first, calendar=other[second.calendar])
    elif second.calendar == "unknown" and first.calendar != "unknown":
        second = replace(second, calendar=other[first.calendar])
    elif first.calendar == second.calendar == "unknown" and abs(first.year - second.year) > 400:
        earlier = first.year < second.year
        first = replace(first, calendar="hijri" if earlier else "gregorian")
        second = replace(second, calendar="gregorian" if earlier else "hijri")
    return first, second
