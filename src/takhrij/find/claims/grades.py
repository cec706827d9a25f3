"""Grades: who judged a report, in which words, verbatim. The words are never read for what they mean."""

from __future__ import annotations

import re

from takhrij.find.claims.atoms import Atom
from takhrij.find.claims.lexicon import Lexicon, arabic_tokens, phrase_tokens, token_set
from takhrij.find.claims.tokens import Match, Tokens
from takhrij.model import Span

_TITLES = frozenset(
    token
    for title in (
        "الشيخ",
        "الإمام",
        "الحافظ",
        "العلامة",
        "المحدث",
        "محدث",
        "الألباني",
        "shaykh",
        "sheikh",
        "imam",
        "hafiz",
    )
    for token in phrase_tokens(title)
    if title != "الألباني"
)
_BETWEEN = re.compile(r"[\s*_،,()\[\]-]{0,4}\Z")
_SPEECH = re.compile(r"[\s*_:：\"“«'()،,.-]{0,6}\Z")
_INSIDE = re.compile(r"[\s*_،,\"“”'()]{1,3}\Z|-\Z")
_MOST_WORDS = 14


def grader_name(lexicon: Lexicon, hit: Match) -> str | None:
    """Who a critic's name stands for."""
    key = hit.value("author")
    return lexicon.authors[key].name if key else hit.value("grader")


def graded_by(tokens: Tokens, hit: Match, compiler: str | None) -> list[Atom]:
    """«صححه الألباني وابن حبان»: one grade for each critic named; `compiler` is meant where none follows."""
    words = " ".join(tokens.text[hit.start : tokens.ends[hit.last]].split())
    atoms: list[Atom] = []
    i = hit.last + 1
    while i < len(tokens) and _BETWEEN.match(tokens.before(i)):
        if tokens.ids[i] in _TITLES or tokens.ids[i] == "":
            i += 1
            continue
        name = tokens.at(i, "author", "grader")
        if name is None or (atoms and name.start == tokens.starts[i] and "،" not in tokens.before(i)):
            break
        start = hit.start if not atoms else name.start
        says = (grader_name(tokens.lexicon, name) or "", words)
        atoms.append(Atom("grade", Span(start, tokens.ends[name.last]), name.last, says, True))
        i = name.last + 1
    if not atoms and compiler and _nobody_follows(tokens, hit.last):
        atoms.append(Atom("grade", Span(hit.start, tokens.ends[hit.last]), hit.last, (compiler, words), True))
    return atoms


def _nobody_follows(tokens: Tokens, last: int) -> bool:
    """Whether «وصححه» ends its clause, so that the compiler is its subject and no name after it."""
    gap = tokens.gap(last)
    if last + 1 >= len(tokens) or any(mark in gap for mark in '.،؛,;:)]\n»"'):
        return True
    after = tokens.text[tokens.starts[last + 1] : tokens.ends[last + 1]]
    return after.startswith("و") or tokens.ids[last + 1] in token_set("", "join")


def ungraded(tokens: Tokens, hit: Match) -> Atom:
    """«بإسناد صحيح»: the text's own words, no critic named."""
    span = Span(hit.start, tokens.ends[hit.last])
    return Atom("grade", span, hit.last, ("", " ".join(tokens.text[span.start : span.end].split())), False)


def said_of_it(tokens: Tokens, hit: Match) -> Atom | None:
    """«قال الترمذي: حديث حسن صحيح», "al-Tirmidhi said: hasan": the critic's words as they stand."""
    name = grader_name(tokens.lexicon, hit)
    say = token_set("", "say")
    before = hit.first - 1
    while before > 0 and tokens.ids[before] in _TITLES | {""}:
        before -= 1
    led = before >= 0 and _led(tokens, before)
    start = tokens.starts[before] if led else hit.start
    i = hit.last + 1
    if not led and i < len(tokens) and tokens.ids[i] in say:
        i += 1
    elif not led:
        return None
    if name is None or i >= len(tokens) or not _SPEECH.match(tokens.before(i)):
        return None
    last = _judgement(tokens, i)
    return _verbatim(tokens, start, i, last, name) if last is not None else None


def said_by_compiler(tokens: Tokens, i: int, compiler: str) -> Atom | None:
    """«رواه الترمذي وقال: حديث حسن»: the compiler's words, from the verb at token `i` on."""
    if i + 1 >= len(tokens) or not _led(tokens, i) or len(tokens.before(i)) > 4:
        return None
    if not _SPEECH.match(tokens.before(i + 1)):
        return None
    last = _judgement(tokens, i + 1)
    return _verbatim(tokens, tokens.starts[i], i + 1, last, compiler) if last is not None else None


def _led(tokens: Tokens, i: int) -> bool:
    say = token_set("", "say")
    known = tokens.lexicon.first.get(tokens.ids[i])
    return tokens.ids[i] in say or tokens.ids[i] in _AND_SAID or (known is not None and known[0] in say)


_OPEN_ENDED = frozenset(
    (*arabic_tokens("هذا في من على هو وهو إلا لا ليس لم حديث"), *phrase_tokens("and is a it this its an"))
)
_AND_SAID = frozenset(phrase_tokens("وقال") + phrase_tokens("فقال"))


def _judgement(tokens: Tokens, i: int) -> int | None:
    """The last token of a judgement that begins at token `i`; None if none does."""
    words, judge = token_set("grade", "words"), token_set("grade", "judge")
    last, judged = i - 1, -1
    while last + 1 < len(tokens) and last + 1 - i < _MOST_WORDS and tokens.ids[last + 1] in words:
        if last >= i and not _INSIDE.match(tokens.gap(last)):
            break
        last += 1
        if tokens.ids[last] in judge:
            judged = last
    while last > judged and tokens.ids[last] in _OPEN_ENDED:
        last -= 1
    return last if judged >= 0 else None


def _verbatim(tokens: Tokens, start: int, first: int, last: int, name: str) -> Atom:
    words = " ".join(tokens.text[tokens.starts[first] : tokens.ends[last]].split())
    return Atom("grade", Span(start, tokens.ends[last]), last, (name, words), True)
