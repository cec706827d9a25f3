"""What a text tells of others without quoting them: «ذهب مالك إلى …», "according to the Hanafis, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from takhrij.find.speech.openers import words_of_speech
from takhrij.model import Cue, Voice
from takhrij.text import Simple, pattern

_SENTENCE = re.compile(r"[.؟?!؛](?=[\s\"”»)]|\Z)|\n|(?=[،,] [وف]?الاول (?:اولي|اصح|ارجح|اجود|اقوي|اظهر))")
_NOBODY = re.compile(
    "احتجاج|جهه|التي|الطريق|الاستدلال|قوله|حديث|الايه|القياس|(?<!عبد )(?<!عبيد )الله|الامر|النهي"
)
_CLEAN = " \t\n\u00a0-–—*_،,:(){}[]\"“«'"


def told_voices(text: str, plain: Simple) -> Iterator[Voice]:
    """Each view that is told, from behind the words that name its holder to the end of the sentence."""
    found = list(_told().finditer(plain.text))
    for place, match in enumerate(found):
        low, high = match.span(next(name for name, value in match.groupdict().items() if value))
        name = text[plain.span(low, high).start : plain.span(low, high).end].strip(_CLEAN)
        if _NOBODY.search(plain.text, low, high):
            continue
        end = _SENTENCE.search(plain.text, match.end())
        stop = end.start() if end else len(plain.text)
        if place + 1 < len(found):
            stop = min(stop, found[place + 1].start())
        span = plain.span(match.end(), stop)
        cue = plain.span(*match.span())
        if name and span.end > span.start:
            yield Voice(
                span=span,
                who=" ".join(name.split()),
                kind="person",
                cue=Cue(text=text[cue.start : cue.end], span=cue),
                told=True,
                ends="sentence",
            )


def camp_before(text: str, plain: Simple, place: int, reach: int = 600) -> str:
    """The group of people whose argument was told last before a place of the text."""
    name = ""
    for match in _camps().finditer(plain.text, plain.at(max(0, place - reach)), plain.at(place)):
        low, high = match.span(next(group for group, value in match.groupdict().items() if value))
        if _NOBODY.search(plain.text, low, high):
            continue
        span = plain.span(low, high)
        name = " ".join(text[span.start : span.end].strip(_CLEAN).split())
    return name


@cache
def _camps() -> re.Pattern[str]:
    forms = words_of_speech()["told"]["camps"]
    return pattern(
        *(form.replace("NAME", f"(?P<n{number}>{_name(form)})") for number, form in enumerate(forms))
    )


@cache
def _told() -> re.Pattern[str]:
    forms = words_of_speech()["told"]["forms"]
    return pattern(
        *(form.replace("NAME", f"(?P<n{number}>{_name(form)})") for number, form in enumerate(forms))
    )


def _name(form: str) -> str:
    if form.isascii():
        word, joint = r"[a-z][\w'\-]*", r"(?: (?:ibn|bin|b\.|of|the|and|al|abu))*"
        return rf"(?:(?:the|some|most|abu|ibn|al|imam|umm) )*{word}(?:{joint} {word}){{0,3}}"
    return r"\w+(?:،? \w+){0,5}?"
