"""The words that let somebody else speak: a verb of speech and a name before a colon or a quotation mark."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takhrij.model import Span, VoiceKind
from takhrij.text import Simple, pattern

_COLON = re.compile(r"[:：]")
_BEFORE = 140  # simple characters before a colon or mark in which the verb and the name stand
_MOST_WORDS = 7  # of a name
_BOUNDARY = re.compile(r"[.؟?!؛;»”﴾﴿\n](?=[\s\"”»)\]]|\Z)(?<!\bal\.)(?<!\bb\.)(?<!\bno\.)(?<!\bvol\.)")
_NAME = re.compile(
    r"(?:(?:(?:[Tt]he )?(?:Imam|Shaykh|Sheikh|Qadi|Hafiz|al-Hafiz|Mufti|Dr\.?|Sh\.) )?"
    r"(?:(?:[Aa]l|[Aa]s|[Aa]sh|[Aa]n|[Aa]t|[Aa]r|[Aa]z|[Aa]d)[\-‑])?[A-ZʿʾĀĪŪḌḤṢṬẒ‘’][\w'’‘ʿʾ\-‑]*"
    r"(?:[ \u00a0]+(?:(?:ibn|bin|b\.|bint|of|al|the|Abu|Umm)[ \u00a0]+)?"
    r"(?:(?:[Aa]l|[Aa]s|[Aa]sh|[Aa]n|[Aa]t|[Aa]r|[Aa]z|[Aa]d)[\-‑])?[A-ZʿʾĀĪŪḌḤṢṬẒ‘’][\w'’‘ʿʾ\-‑]*){0,6}"
    r"|\b(?:the )?(?:majority(?: of (?:the )?(?:scholars|jurists))?|others|"
    r"some (?:of them|scholars|jurists|people)|(?:one|another) group))\Z"
)
_OPENING = '“„«"﴿'
_CLEAN = " \t\n\u00a0-–—*_,،:(){}[]\"“«'"
_MARKS = _CLEAN + _OPENING + "»”\n"


@dataclass(frozen=True, slots=True)
class Opener:
    """`cue` is the stretch from the verb or name to the colon; `end` is where what is said may begin.

    `name` is "" for a pronoun, to be understood of what was named before: `work` if a book is meant.
    `joined` where «و» or the beginning of a sentence sets it beside the speech before it.
    """

    cue: Span
    end: int
    name: str
    kind: VoiceKind
    joined: bool
    work: str = ""


@cache
def words_of_speech() -> dict[str, dict[str, list[str]]]:
    """data/speech.toml as it is."""
    read = tomllib.loads(files("takhrij.find.speech").joinpath("data", "speech.toml").read_text("utf-8"))
    return {
        table: {k: [v] if isinstance(v, str) else v for k, v in rows.items()} for table, rows in read.items()
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = words_of_speech()
    arabic, english, names = words["arabic"], words["english"], words["names"]
    return {
        "arabic": pattern(rf"(?<!\w)(?P<joint>و|ف|ثم )?(?P<verb>{'|'.join(arabic['verbs'])})(?!\w)"),
        "plural": pattern(rf"(?:{'|'.join(arabic['plural'])})\Z"),
        "no_name": pattern(rf"(?:{'|'.join(arabic['no_name'])})(?!\w)"),
        "works_only": pattern(rf"(?:{'|'.join(arabic['works_only'])})\Z"),
        "cut": pattern(*arabic["cut"]),
        "inside": pattern(rf"(?:^|(?<=\s))(?:{'|'.join(arabic['inside'])}) (?=\S)"),
        "english": pattern(rf"\b(?P<verb>{'|'.join(english['verbs'])})\b"),
        "tail": pattern(rf"(?P<tail>{english['tail'][0]})[ ,]*\Z"),
        "pronoun": pattern(
            rf"(?:^|[\s,(])(?P<pronoun>{'|'.join(sorted(english['pronoun'], key=len, reverse=True))})\Z"
        ),
        "prophet": pattern(*names["prophet"]),
        "god": pattern(*names["god"]),
        "honour": pattern(*names["honour"]),
    }


def openers(text: str, plain: Simple, marked: list[int]) -> Iterator[Opener]:
    """The openers before colons, and before the quotation marks at the places `marked`, in order."""
    places = {match.start(): match.end() for match in _COLON.finditer(plain.text)}
    for at in marked:
        place = plain.at(at)
        if not _COLON.search(plain.text, max(0, place - 4), place):
            places.setdefault(place, place)
    for place, end in sorted(places.items()):
        found = _opener(text, plain, place, end)
        if found:
            yield found


def _opener(text: str, plain: Simple, place: int, end: int) -> Opener | None:
    low = max(0, place - _BEFORE)
    if not plain.text[low:place].strip(_MARKS):  # marks upon marks
        return None
    boundary = low
    for match in _BOUNDARY.finditer(plain.text, low, max(low, place - 1)):
        boundary = match.end()
    window = plain.text[boundary:place]
    behind = plain.span(end - 1, end).end if end > place else plain.span(place, place).start
    if found := _arabic(text, plain, boundary, window, behind):
        return found
    verbs = list(_patterns()["english"].finditer(window))
    for verb in reversed(verbs[-2:]):
        tail = _patterns()["tail"].match(window, verb.end())
        if tail and (end > place or not tail["tail"]):  # without a colon the mark follows the verb at once
            return _english(text, plain, boundary, window, behind, verb, tail["tail"])
    return None


# ---------------------------------------------------------------- Arabic: the name follows the verb


def _arabic(text: str, plain: Simple, base: int, window: str, end: int) -> Opener | None:
    verbs = list(_patterns()["arabic"].finditer(window))
    if not verbs:
        return None
    verb = verbs[-1]
    raw = window[verb.end() :]
    first = len(window[: verb.start()].strip(_CLEAN)) == 0
    joined = bool(verb["joint"]) or first
    cue = Span(plain.span(base + verb.start(), base + verb.end()).start, end)
    kind = _holy(raw) or (_honoured(raw) if verb["verb"] == "قوله" else None)
    if kind:
        return Opener(cue, end, "the Prophet" if kind == "prophet" else "God", kind, joined)
    bare = _patterns()["honour"].sub(" ", raw).strip(_CLEAN)
    plural = _patterns()["plural"].search(verb["verb"]) is not None
    if not bare or plural:
        plural = plural and not bare
        return Opener(cue, end, "", "person", joined) if plural else None
    if len(bare.split()) > _MOST_WORDS + 4 or any(char.isdigit() or char in _OPENING for char in raw):
        return None
    name, work = _name_and_work(text, plain, base + verb.end(), raw)
    if not name and not work:
        return None
    if name and _patterns()["works_only"].match(verb["verb"]):
        return None
    if name and (_patterns()["no_name"].match(_first_words(raw)) or len(name.split()) > _MOST_WORDS):
        return None
    return Opener(cue, end, name or work, "person" if name else "book", joined, work)


def _honoured(raw: str) -> VoiceKind | None:
    """Whose word «قوله» is, by the formula of honour behind it."""
    if "صلي الله" in raw or "السلام" in raw or "ﷺ" in raw:
        return "prophet"
    return "god" if re.search("تعالي|سبحانه|عز|جل|تبارك", raw) else None


def _first_words(raw: str) -> str:
    return _patterns()["honour"].sub(" ", raw).strip(_CLEAN)


def _name_and_work(text: str, plain: Simple, start: int, raw: str) -> tuple[str, str]:
    """«ابن قدامة في المغني» -> the name and the work, as the text writes them."""
    inside = _patterns()["inside"].search(raw)
    turn = _patterns()["cut"].search(raw)
    cut = min([len(raw), *(found.start() for found in (inside, turn) if found)])
    name = _as_written(text, plain, start, raw[:cut])
    work = ""
    if inside:
        work = _as_written(text, plain, start + inside.end(), raw[inside.end() :])
    return name, work


def _as_written(text: str, plain: Simple, start: int, raw: str) -> str:
    """The words of the text behind simple ones, without formulas of honour and marks."""
    pieces, at = [], 0
    for honour in (*_patterns()["honour"].finditer(raw), None):
        stop = honour.start() if honour else len(raw)
        if raw[at:stop].strip(_CLEAN):
            span = plain.span(start + at, start + stop)
            pieces.append(text[span.start : span.end].strip(_CLEAN + ".»”؛"))
        at = honour.end() if honour else stop
    return " ".join(" ".join(pieces).split())


def _holy(raw: str) -> VoiceKind | None:
    """Whether the Prophet or God is named, not one who is named after them («عبد الله», "Abdullah")."""
    head = raw.strip(_CLEAN)
    if len(head.split()) > 14 or "عبد" in head:
        return None
    if _patterns()["prophet"].match(head):
        return "prophet"
    return "god" if _patterns()["god"].match(head) else None


# ---------------------------------------------------------------- English: the name stands before the verb


def _english(
    text: str, plain: Simple, base: int, window: str, end: int, verb: re.Match[str], tail: str
) -> Opener | None:
    before = window[: verb.start()]
    bare = _patterns()["honour"].sub(lambda found: " " * len(found[0]), before).rstrip(_CLEAN)
    kind = _english_holy(before, bare, verb["verb"], tail)
    if kind:
        at = plain.span(base + _last_words(bare, 5), base + verb.end()).start
        return Opener(Span(at, end), end, "the Prophet" if kind == "prophet" else "God", kind, False)
    if verb["verb"] in ("words", "word", "statement"):
        return None
    pronoun = _patterns()["pronoun"].search(bare)
    name = ""
    if not pronoun:
        written = plain.span(base, base + max(len(bare), 1))
        named = _NAME.search(text[written.start : written.end].replace("\u00a0", " "))
        name = named[0].strip(_CLEAN) if named and bare else ""
        if not name:
            return None
    cue = Span(plain.span(base + _last_words(bare, max(1, len(name.split()))), base + verb.end()).start, end)
    joined = bool(re.search(r"(?:^|\band |[.;\n])\s*\Z", before[: max(0, len(bare) - len(name))]))
    work = _work_in(text, plain, base + verb.end(), tail)
    if pronoun and pronoun["pronoun"].endswith("who"):
        return None
    personal = pronoun is not None and pronoun["pronoun"].split()[-1] in ("he", "she", "they")
    kind = "person" if name or personal else "book"
    return Opener(cue, end, name or ("" if personal else work), kind, joined, work)


def _last_words(text: str, count: int) -> int:
    """Where the last words begin."""
    at = len(text)
    for _ in range(count):
        at = text.rfind(" ", 0, max(0, at - 1))
        if at < 0:
            return 0
    return at + 1


def _english_holy(before: str, bare: str, verb: str, tail: str) -> VoiceKind | None:
    """The last few words name God or the Prophet; "his words" are the Prophet's, "His (swt) words" God's."""
    last = " ".join(bare.split()[-6:])
    noun = verb in ("words", "word", "statement", "saying")
    if noun and re.search(r"\bhis\Z", last):
        return "god" if "swt" in before[len(bare) :] else "prophet"
    about = f"{last} {tail}" if noun else last
    kinds: tuple[VoiceKind, ...] = ("prophet", "god")
    for kind in kinds:
        named = list(_patterns()[kind].finditer(about))
        if named and len(about[named[-1].end() :].split()) <= 3 and not re.search(r"\babd", about):
            return kind
    return None


def _work_in(text: str, plain: Simple, start: int, tail: str) -> str:
    inside = re.search(r" in (?:his |her |the )?(?:book )?", tail)
    if not inside:
        return ""
    return _as_written(text, plain, start + inside.end(), tail[inside.end() :])
