"""Sura and verse, in every usual form: «البقرة: 31», «الآية 187 من سورة البقرة», "Al-Anfal 8:39"."""

from __future__ import annotations

import re
from typing import NamedTuple

from takhrij.find.claims.atoms import BLANK, DIGIT, RANGE, Atom
from takhrij.find.claims.lexicon import arabic_tokens, phrase_tokens
from takhrij.find.claims.tokens import Match, Tokens
from takhrij.model import Span

_HAMZA = "['’‘`ʼʾ]?"  # the end of a name: «al-Isra' 17:32»
_TAIL = re.compile(
    rf"{_HAMZA}{BLANK}(?P<sep>[:：،,؛;/|\-–—.]?){BLANK}(?P<open>[(\[{{]?){BLANK}"
    rf"(?:(?P<sura>{DIGIT}{{1,3}}){BLANK}[:：/]{BLANK})?{RANGE}(?P<close>{BLANK}[)\]}}])?"
)
_TO_WORD = re.compile(rf"{_HAMZA}{BLANK}[:：،,؛;/|\-–—.]?{BLANK}[(\[{{]?{BLANK}\Z")
_NUMBER = re.compile(
    rf"{_HAMZA}{BLANK}[:：#]?{BLANK}(?P<open>[(\[{{﴿]?){BLANK}{RANGE}(?P<close>{BLANK}[)\]}}﴾])?"
)
_PAIR = re.compile(
    rf"{_HAMZA}{BLANK}[:：،,.]?{BLANK}(?P<open>[(\[{{]?){BLANK}(?P<n>({DIGIT}{{1,3}}){BLANK}[:：/.]{BLANK}{RANGE})"
)
_BARE_PAIR = re.compile(
    rf"[(\[{{﴿]{BLANK}(({DIGIT}{{1,3}}){BLANK}[:：/]{BLANK}{RANGE}){BLANK}"
    rf"(?:[)\]}}﴾\[(]|[,;–—-][ \t]?[A-Z][A-Za-z .'’-]{{2,30}}[)\]])"  # or a translator behind them
)
_ORDINALS = (
    "الأولى",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
)
_ORDINAL = {arabic_tokens(word)[0]: place for place, word in enumerate(_ORDINALS, 1)}

_JOINED_LISTS = frozenset(("و", ",", "،", "and"))
_OF = frozenset((*arabic_tokens("من في"), *phrase_tokens("of in from")))
_NUMBER_WORD = frozenset((*arabic_tokens("رقم أرقام برقم"), *phrase_tokens("no number")))


class Tail(NamedTuple):
    """The verse or verses behind the name of a sura: up to character `end`, token `last`."""

    end: int
    last: int
    first_verse: int
    last_verse: int
    sura: int | None
    plain: bool  # nothing but blanks between the name and the number


def _bounds(match: re.Match[str], group: int) -> tuple[int, int]:
    """First and last verse; "31 and 32" is a range, "31, 45" is read as its first."""
    first, final = int(match[group]), int(match[group + 1] or match[group])
    between = match.string[match.end(group) : max(match.start(group + 1), match.end(group))].strip(" *_\n")
    if final < first or (between in _JOINED_LISTS and final != first + 1):
        return first, first
    return first, final


def _closing(text: str, match: re.Match[str]) -> int:
    """The end of `match`, with its closing bracket only where it has the opening one."""
    if match["close"] and not match["open"]:
        return match.start("close")
    return match.end()


def _tail(tokens: Tokens, last: int, sura: int | None) -> Tail | None:
    text, end = tokens.text, tokens.ends[last]
    match = _TAIL.match(text, end)
    if match:
        first, final = _bounds(match, 4)
        named = int(match["sura"]) if match["sura"] else None
        stop = _closing(text, match)
        tail = Tail(stop, last, first, final, named, not match["sep"] and not match["open"])
        if named is None and first == sura == final:  # «سورة النور (24)، آية 158»
            return _worded(tokens, last, stop) or tail
        return tail
    return _worded(tokens, last, end)


def _worded(tokens: Tokens, last: int, end: int) -> Tail | None:
    """«، الآية رقم 31», ", verses 3 and 4", «الآية الأولى»."""
    word = tokens.at(last + 1, "word:verse")
    if word is None or not _TO_WORD.match(tokens.text[end : tokens.starts[last + 1]]):
        return None
    i = word.last
    if i + 1 < len(tokens) and tokens.ids[i + 1] in _NUMBER_WORD and tokens.close(i):
        i += 1
    match = _NUMBER.match(tokens.text, tokens.ends[i])
    if match:
        return Tail(_closing(tokens.text, match), i, *_bounds(match, 2), None, False)
    if i + 1 < len(tokens) and tokens.ids[i + 1] in _ORDINAL and tokens.close(i):
        place = _ORDINAL[tokens.ids[i + 1]]
        return Tail(tokens.ends[i + 1], i + 1, place, place, None, False)
    return None


def _says(tokens: Tokens, sura: int | None, tail: Tail | None) -> tuple[str, ...]:
    if tail is None:
        return (f"quran:{sura}",) if sura else ()
    verses = (
        f"{tail.first_verse}"
        if tail.first_verse == tail.last_verse
        else f"{tail.first_verse}-{tail.last_verse}"
    )
    named = [n for n in dict.fromkeys((sura, tail.sura)) if n is not None]
    return tuple(f"quran:{n}:{verses}" for n in named) or (f"quran:?:{verses}",)


def named_sura(tokens: Tokens, hit: Match) -> Atom | None:
    """«سورة» and what follows it: a name (known or not), or a number."""
    i = hit.last + 1
    if i >= len(tokens):
        return None
    count = _NUMBER.match(tokens.text, tokens.ends[hit.last])
    if count and not count[3]:
        tail = _worded(tokens, hit.last, _closing(tokens.text, count)) or _after_number(
            tokens, hit.last, count
        )
        end = tail.end if tail else _closing(tokens.text, count)
        last = tail.last if tail else hit.last
        return Atom("reference", Span(hit.start, end), last, _says(tokens, int(count[2]), tail), True)
    if not tokens.close(hit.last, ':"«(“'):
        return None
    name = tokens.at(i, "sura", "sura_english")
    if name is None and tokens.ids[i] in _DEMONSTRATIVE:
        return None
    sura = int(name.value("sura") or name.value("sura_english") or 0) if name else None
    last = name.last if name else i
    tail = _tail(tokens, last, sura)
    if sura is None and tail is None:
        return None
    inner = _inner_pair(tokens, last) if tail is None else None
    tail = tail or inner
    end = tail.end if tail else tokens.ends[last]
    return Atom(
        "reference", Span(hit.start, end), tail.last if tail else last, _says(tokens, sura, tail), True
    )


def of_same_sura(tokens: Tokens, hit: Match) -> list[Atom]:
    """«نفس السورة: 46»: the verse behind an "ibid." that names the sura before."""
    tail = _tail(tokens, hit.last, None) if _SURA_WORD & set(tokens.ids[hit.first : hit.last + 1]) else None
    if tail is None or tail.plain:
        return []
    span = Span(tokens.ends[hit.last], tail.end)
    digits = re.search(DIGIT, tokens.text[slice(*span)])
    start = span.start + (digits.start() if digits else 0)
    says = tuple(one.replace("?", "*") for one in _says(tokens, None, tail))
    return [Atom("reference", Span(start, tail.end), tail.last, says, True)]


_SURA_WORD = frozenset(arabic_tokens("السورة سورة"))
_DEMONSTRATIVE = frozenset(arabic_tokens("من في أو أخرى كاملة قصيرة طويلة التي الذي هذه"))


def _after_number(tokens: Tokens, last: int, count: re.Match[str]) -> Tail | None:
    match = re.compile(rf"{BLANK}[:：/]{BLANK}{RANGE}").match(
        tokens.text, count.end(3) if count[3] else count.end(2)
    )
    if match is None:
        return None
    return Tail(match.end(), last, *_bounds(match, 1), None, False)


def _inner_pair(tokens: Tokens, last: int) -> Tail | None:
    """«سورة الأنفال (آل عمران، 2:78)»: a bracket with a name and numbers of its own."""
    match = re.compile(rf"{BLANK}\([^()\n]{{1,30}}?({DIGIT}{{1,3}}):{RANGE}\)").match(
        tokens.text, tokens.ends[last]
    )
    if match is None:
        return None
    end, i = match.end(), last
    while i + 1 < len(tokens) and tokens.starts[i + 1] < end:
        i += 1
    return Tail(end, i, *_bounds(match, 2), int(match[1]), False)


_COUNTED = re.compile(r"[ \t\u00a0*_]{1,3}[^\W\d_]")  # «محمد: 5 سنوات»


def bare_name(tokens: Tokens, hit: Match) -> Atom | None:
    """A sura's name with a verse («البقرة: 31»); the name alone is left to whoever sees its brackets."""
    sura = int(hit.value("sura") or 0)
    tail = _tail(tokens, hit.last, sura)
    span = Span(hit.start, tail.end if tail else tokens.ends[hit.last])
    if tail is None and (led := _led(tokens, hit, sura)):
        return led
    known = tail is not None and (not tail.plain or tail.sura is not None)
    known = known and (tail is None or tail.first_verse <= 286 or _alone_in_brackets(tokens.text, span))
    if tokens.ends[hit.last] - hit.start == 1 and ":" not in tokens.gap(hit.last)[:3]:
        return None  # «ص 12» is a page
    if tail and not known and tokens.text[hit.start] < "\u0250":  # "(al-Baqara 183)"
        known = _alone_in_brackets(tokens.text, span) and tail.first_verse <= tokens.lexicon.verses[sura]
    if known and tail and tail.end == span.end and _COUNTED.match(tokens.text, tail.end):
        known = tokens.text[max(0, hit.start - 8) : hit.start].rstrip(" *_")[-1:] in ("(", "[", "{", "﴿", "﴾")
    return Atom("reference", span, tail.last if tail else hit.last, _says(tokens, sura, tail), known)


_LEADING = re.compile(rf"[(\[]{BLANK}{RANGE}{BLANK}[:：]{BLANK}\Z")


def _led(tokens: Tokens, hit: Match, sura: int) -> Atom | None:
    """«[185: البقرة]»: the number before the name, alone in brackets."""
    text, start, end = tokens.text, hit.start, tokens.ends[hit.last]
    match = _LEADING.search(text, max(0, start - 16), start)
    if match is None or text[end : end + 1] not in (")", "]"):
        return None
    tail = Tail(end, hit.last, *_bounds(match, 1), None, False)
    return Atom("reference", Span(match.start(1), end), hit.last, _says(tokens, sura, tail), True)


def may_be_a_person(tokens: Tokens, atom: Atom) -> bool:
    """In "(Quran 2:275, Yusuf Ali)": a bare sura name beside a reference has to be a part of the brackets."""
    if atom.kind != "reference" or atom.says[0].count(":") > 1:
        return False
    before = tokens.text[max(0, atom.span.start - 8) : atom.span.start].rstrip(" *_")[-1:]
    around = {before, tokens.gap(atom.last).strip(" *_")[:1]}
    return not (around <= _PART_EDGES and around & _BRACKETS)


_BRACKETS = frozenset("([{﴿﴾)]}")
_PART_EDGES = _BRACKETS | frozenset("،,;؛:")


def _alone_in_brackets(text: str, span: Span) -> bool:
    return text[max(0, span.start - 1) : span.start] in ("(", "[") and text[span.end : span.end + 1] in (
        ")",
        "]",
    )


def verse_first(tokens: Tokens, hit: Match) -> Atom | None:
    """«الآية 187 من سورة البقرة», "verse 31 of al-Baqara", «آية 4:19», «الآية 25» (no sura named)."""
    text, i = tokens.text, hit.last
    if i + 1 < len(tokens) and tokens.ids[i + 1] in _NUMBER_WORD and tokens.close(i):
        i += 1
    pair = _PAIR.match(text, tokens.ends[i])
    match = pair or _NUMBER.match(text, tokens.ends[i])
    if match is None:
        return _ordinal_first(tokens, hit)
    end = match.end() if pair else _closing(text, match)
    tail = Tail(end, i, *_bounds(match, 4 if pair else 2), int(pair[3]) if pair else None, False)
    return _with_sura(tokens, hit, tail) or Atom(
        "reference",
        Span(hit.start, tail.end),
        i,
        _says(tokens, None, tail) if pair else (f"quran:*:{tail.first_verse}",),
        bool(pair),
    )


def _ordinal_first(tokens: Tokens, hit: Match) -> Atom | None:
    i = hit.last + 1
    place = _ORDINAL.get(tokens.ids[i]) if i < len(tokens) and tokens.close(hit.last) else None
    return _with_sura(tokens, hit, Tail(tokens.ends[i], i, place, place, None, False)) if place else None


def _with_sura(tokens: Tokens, hit: Match, tail: Tail) -> Atom | None:
    """The sura that a verse named first belongs to: "of sura X", «من سورة X»."""
    i = tail.last + 1
    while i < len(tokens) and tokens.starts[i] < tail.end:
        i += 1
    if (
        i >= len(tokens)
        or tokens.ids[i] not in _OF
        or not _SHORT.match(tokens.text[tail.end : tokens.starts[i]])
    ):
        return None
    word = tokens.at(i + 1, "word:sura")
    j = word.last + 1 if word else i + 1
    name = tokens.at(j, "sura")
    if name is None:
        return None
    sura = int(name.value("sura") or 0)
    end = tokens.ends[name.last]
    return Atom("reference", Span(hit.start, end), name.last, _says(tokens, sura, tail), True)


_SHORT = re.compile(r"[\s*_)\]،,]{0,4}\Z")


def quran_numbers(tokens: Tokens, hit: Match) -> Atom | None:
    """ "Qur'an 2:255", "Q 5:6", «القرآن 2/255»; in «القرآن الكريم (5:4)» the numbers alone."""
    match = _PAIR.match(tokens.text, tokens.ends[hit.last])
    if match is None or not 1 <= int(match[3]) <= 114:
        return None
    tail = Tail(match.end(), hit.last, *_bounds(match, 4), int(match[3]), False)
    start = match.start("n") if match["open"] else hit.start
    return Atom("reference", Span(start, match.end()), hit.last, _says(tokens, None, tail), True)


def bracketed_pairs(tokens: Tokens) -> list[Atom]:
    """ "[2:235]", "{57:2}", "(5/4)": two numbers alone in brackets that can be a sura and a verse of it."""
    atoms = []
    i, size, verses = 0, len(tokens), tokens.lexicon.verses
    for match in _BARE_PAIR.finditer(tokens.text):
        sura, first = int(match[2]), int(match[3])
        if not 1 <= sura <= 114 or first < 1 or ("/" in match[1] and first > verses[sura]) or first > 286:
            continue
        while i < size and tokens.starts[i] < match.start(1):
            i += 1
        tail = Tail(match.end(1), i - 1, *_bounds(match, 3), sura, False)
        atoms.append(
            Atom("reference", Span(*match.span(1)), i - 1, _says(tokens, None, tail), "/" not in match[1])
        )
    return atoms
