"""Compilers and works, what is meant by each, and the numbers and chapters that stand beside them."""

from __future__ import annotations

import re
from functools import cache

from takhrij.find.claims.atoms import BLANK, DIGIT, Atom
from takhrij.find.claims.lexicon import Token, cues, lexicon, phrase_tokens, token_set
from takhrij.find.claims.model import Meaning
from takhrij.find.claims.tokens import Match, Tokens
from takhrij.model import Span

_TITLE_GAP = ' «"“(*_'
IN = frozenset((*phrase_tokens("في"), *phrase_tokens("in")))
_KIN = frozenset((*phrase_tokens("بن"), *phrase_tokens("ابن"), *phrase_tokens("بنت"), *phrase_tokens("ibn")))
_NUMBERS = rf"{DIGIT}{{1,5}}(?:{BLANK}[:/\-–]{BLANK}{DIGIT}{{1,5}}){{0,2}}(?!{DIGIT})"
_NUMBER = re.compile(
    rf"[\s*_]{{0,4}}(?P<sep>[:：،,#\-–]?)\s?(?P<open>[(\[]?){BLANK}(?:(?P<page>ص|p\.){BLANK})?(?P<n>{_NUMBERS})"
    rf"(?P<close>{BLANK}[)\]])?"
)
_AFTER_WORD = re.compile(rf"[\s*_.:#]{{0,4}}(?P<open>\(?){BLANK}(?P<n>{_NUMBERS})(?P<close>{BLANK}\))?")
_VOLUME = re.compile(
    rf"[\s*_،,:]{{0,4}}(?P<open>[(\[]?)\s?(?:ج|جـ|vol\.?|v\.|الجزء|المجلد)\s?\.?(?P<v>{DIGIT}{{1,2}})\s?[،,/:\-–]?\s?"
    rf"(?:ص|صـ|pp?\.?|صفحة)?\s?\.?:?\s?(?P<p>{DIGIT}{{1,4}})(?P<close>\s?[)\]])?"
)
NOTE = re.compile(rf"[(\[]{DIGIT}{{1,2}}[)\]]")  # «أخرجاه(1)»: the sign of a note, no blank before it
_CHAPTER_END = re.compile(r"[)\]}\n\r\"«»“”{﴿؛;.:]|(?:،|,)\s")
_CHAPTER_LONGEST = 90


@cache
def jurists() -> frozenset[str]:
    """Compilers whose bare name in prose is, as a rule, that of a jurist (data/cues.toml)."""
    return frozenset(cues()[""]["jurists"])


@cache
def jurists_works() -> frozenset[str]:
    """The works that the bare names of those jurists stand for."""
    return frozenset(
        work for key in jurists() if key in lexicon().authors for work in lexicon().authors[key].works
    )


@cache
def sure_formulae() -> frozenset[str]:
    """Formulae that are no other words besides (data/cues.toml)."""
    return frozenset(" ".join(map(str, phrase_tokens(form))) for form in cues()[""]["sure_formulae"])


def work(tokens: Tokens, hit: Match) -> Atom:
    """A title that names the work by itself: «صحيح مسلم», «شعب الإيمان»."""
    return Atom(
        "collection", Span(hit.start, tokens.ends[hit.last]), hit.last, (hit.value("work") or "",), True
    )


def formula(tokens: Tokens, hit: Match) -> Atom:
    """«متفق عليه», «الخمسة»: every meaning on record, the general usage first."""
    name = hit.value("formula") or ""
    meanings = lexicon().meanings[name]
    several = tuple(dict.fromkeys(m.collections for m in meanings))
    alternatives = meanings if len(several) > 1 else ()
    return Atom(
        "collection",
        Span(hit.start, tokens.ends[hit.last]),
        hit.last,
        meanings[0].collections,
        name in sure_formulae(),
        alternatives,
    )


def author(tokens: Tokens, hit: Match) -> Atom | None:
    """A compiler's name, with the title of his work where it follows: «البيهقي في شعب الإيمان»."""
    last = hit.last
    if hit.first and tokens.ids[hit.first - 1] in _KIN and tokens.close(hit.first - 1):
        return None
    if last + 1 < len(tokens) and tokens.close(last) and tokens.ids[last + 1] in _KIN:
        return None
    if _is_link(tokens, hit.first, last):
        return None
    one = lexicon().authors[hit.value("author") or ""]
    titled = _title(tokens, last, one.key)
    if titled:
        return Atom(
            "collection",
            Span(hit.start, tokens.ends[titled.last]),
            titled.last,
            (titled.entries[0][1],),
            True,
        )
    meanings = tuple(Meaning(collections=(id_,), usage="*", citation=one.citation) for id_ in one.works)
    return Atom(
        "collection",
        Span(hit.start, tokens.ends[last]),
        last,
        one.works[:1],
        False,
        meanings if len(meanings) > 1 else (),
    )


def _is_link(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a name is a link of a chain: «روى البخاري عن مالك عن نافع» names one collection."""
    links = token_set("", "from")
    if not 0 < first <= last < len(tokens) - 1 or tokens.ids[first - 1] not in links:
        return False
    return tokens.close(first - 1) and tokens.ids[last + 1] in links and tokens.close(last, "،,")


def _title(tokens: Tokens, last: int, key: str) -> Match | None:
    node, i = lexicon().short.get(key), last + 1
    if node is None or not tokens.close(last, "،,"):
        return None
    if tokens.ids[i] in IN and tokens.close(i, _TITLE_GAP):
        i += 1
        if tokens.ids[i] in _BOOK and tokens.close(i, _TITLE_GAP):
            return tokens.walk(i, node) or tokens.walk(i + 1, node)
    elif tokens.gap(last).strip():
        return None
    return tokens.walk(i, node)


_BOOK: frozenset[Token] = frozenset(phrase_tokens("كتاب"))


def work_title(work: str) -> str:
    """The title of a work by its id, loaded or not: "tabarani-kabir" is "al-Muʿjam al-Kabir"."""
    names = lexicon()
    if work in names.titles:
        return names.titles[work]
    return next((a.name for a in names.authors.values() if work in a.works), work)


def number_after(tokens: Tokens, last: int, end: int, limit: int) -> Atom | None:
    """The number, or volume and page, that follows character `end`, before the word at `limit`."""
    text = tokens.text
    if text[end : end + 1].isdigit():
        return None  # the mark of a note
    volume = _VOLUME.match(text, end)
    if volume:
        stop = volume.end() if volume["open"] or not volume["close"] else volume.start("close")
        says = (f"{int(volume['v'])}/{int(volume['p'])}",)
        span = Span(volume.start("v"), volume.end("p"))
        return Atom("number", span, _last_before(tokens, last, stop), says, True, (), "volume/page", stop)
    booked = _BOOK_NUMBER.match(text, end)
    if booked:
        span = Span(booked.start("b"), booked.end("n"))
        says = (f"{int(booked['b'])}/{int(booked['n'])}",)
        return Atom(
            "number", span, _last_before(tokens, last, booked.end()), says, True, (), "book and number"
        )
    match = _NUMBER.match(text, end)
    if match and match.start("page" if match["page"] else "n") <= limit:
        if (
            not match["sep"]
            and not match["open"]
            and not match["page"]
            and "\n" in text[end : match.start("n")]
        ):
            return None
        if NOTE.match(text, end):
            return None
        return _number(tokens, match, last, match["page"] is not None)
    word = tokens.at(last + 1, "word:number")
    if word is None or not _NUMBER_LEAD.match(text[end : tokens.starts[last + 1]]):
        return None
    match = _AFTER_WORD.match(text, tokens.ends[word.last])
    if match is None:
        return None
    atom = _number(tokens, match, word.last, False)
    opened = text[end : tokens.starts[last + 1]].rstrip()[-1:] in ("(", "[")
    if opened and (closing := _CLOSING.match(text, atom.end)):
        atom.stop = closing.end()
    return atom


_CLOSING = re.compile(r"\s?[)\]]")
_BOOK_NUMBER = re.compile(
    rf"[\s,]{{0,3}}\(?(?:Book|Bk\.?|Vol\.?|Volume)\s?(?P<b>{DIGIT}{{1,3}})\s?,?\s?"
    rf"(?:Hadith|Hadeeth|Number|No\.?|#)\s?(?:no\.?\s)?(?P<n>{DIGIT}{{1,5}})",
    re.IGNORECASE,
)


_NUMBER_LEAD = re.compile(r"[\s*_،,؛;:\-–(\[/.]{0,5}\Z")


def _number(tokens: Tokens, match: re.Match[str], last: int, page: bool) -> Atom:
    # half a bracket belongs to the citation only where its other half does
    stop = match.end() if match["open"] or not match["close"] else match.start("close")
    written = re.split(r"[\-–]", match["n"])[0]  # "45-46": the first
    parts = [str(int(digits)) for digits in re.findall(rf"{DIGIT}+", written)]
    numbering = "page" if page else "volume/page" if len(parts) > 1 else None
    written = "/".join(parts) if len(parts) > 1 else parts[0]
    last = _last_before(tokens, last, stop)
    return Atom("number", Span(*match.span("n")), last, (written,), True, (), numbering, stop)


def _last_before(tokens: Tokens, last: int, stop: int) -> int:
    while last + 1 < len(tokens) and tokens.starts[last + 1] < stop:
        last += 1
    return last


def chapter(tokens: Tokens, last: int, end: int) -> Atom | None:
    """«كتاب الطهارة», «باب ما جاء في …», up to the next comma, bracket or end of the sentence."""
    hit = tokens.at(last + 1, "word:book")
    if hit is None or not _CHAPTER_LEAD.match(tokens.text[end : tokens.starts[last + 1]]):
        return None
    start = tokens.ends[hit.last]
    colon = re.compile(r"\s?:\s?").match(tokens.text, start)
    start = colon.end() if colon else start
    stop = _CHAPTER_END.search(tokens.text, start, start + _CHAPTER_LONGEST)
    if stop is None:
        return None
    i, number_words = hit.last, token_set("", "number")
    while i + 1 < len(tokens) and tokens.starts[i + 1] < stop.start():
        if tokens.ids[i + 1] in number_words and re.match(rf"[\s:.]{{0,3}}{DIGIT}", tokens.gap(i + 1)):
            break
        i += 1
    if i == hit.last:
        return None
    return Atom("chapter", Span(hit.start, tokens.ends[i]), i, (), True)


_CHAPTER_LEAD = re.compile(r"[\s*_،,؛;:\-–(\[/]{0,5}\Z")
