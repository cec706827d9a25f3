"""What named graders say of a report, in their own words, where a loaded work has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from takhrij.model import Grade, Span
from takhrij.sources.words import fold
from takhrij.trace.narrators import named_in, same_person

_CLAUSE = re.compile(r"[^،.؛:\n()«»\"\[\]]{2,600}")
_LEAD = 8  # words that may lead to a judgement inside its clause
_MOST = 3  # judgements of one record that are given
_LINK = re.compile(r"حدثن|اخبرن|حدثه|انبا|سمعت")
_TOLD = 400  # code points at the end of a chain in which the narrator of a report is named
_OTHER_CHAIN = re.compile(r"(?<!\S)و?(?:قد )?(?:روي|رواه|يروي) (?:.{0,200} )?عن ")  # «وروى هذا الحديث … عن …»
_SOMETHING = "a report or chain in this passage"
_FULL_CHAIN = 1  # verbs of transmission, at least


@cache
def tables() -> dict[str, Any]:
    """data/grades.toml."""
    return tomllib.loads(files("takhrij.trace").joinpath("data/grades.toml").read_text("utf-8"))


def grades_of(row: Mapping[str, Any], source: str) -> tuple[Grade, ...]:
    """The grades in a record as the index holds it (`Index.raw`): each a named person's words, verbatim.

    Only works whose author judges in his own words give any; an editor's tags give none.
    """
    table = tables()
    if source in table["works"]:
        return tuple(_judgements(row, source, **table["works"][source]))[:_MOST]
    if source in table["stands"]:
        grader, words, about = table["stands"][source]
        return (Grade(grader=grader, words=words, about=about, ref=_ref(row), source_span=_matn(row)),)
    if source in table["sahih"]:
        name = table["sahih"][source]
        words = f"stands in {_standing(row, name)}"
        return (Grade(grader=name, words=words, about="this report", ref=_ref(row), source_span=_matn(row)),)
    return ()


def judges(words: str) -> frozenset[str]:
    """The words of a judgement that say what it is, folded; of «صححه» the word that it is made from."""
    folded = fold(words).split()
    made = _made_from()
    known = frozenset(tables()["judge"])
    found = {word for word in folded if word in known and word not in made}
    found |= {made[word] for word in folded if word in made}
    found |= {made[word] for word in words.lower().replace("’", "").replace("'", "").split() if word in made}
    phrase = " ".join(folded)
    return frozenset(found | {one for form, one in made.items() if " " in form and form in phrase})


@cache
def _made_from() -> dict[str, str]:
    return {fold(form) or form: fold(word) for form, word in tables()["made_from"].items()}


def _ref(row: Mapping[str, Any]) -> str:
    return f"{row['source']}:{row['number']}"


def _matn(row: Mapping[str, Any]) -> Span:
    spans = [Span(start, end) for kind, start, end in row["parts"] if kind == "matn"]
    return spans[0] if spans else Span(0, len(row["text"]))


def _standing(row: Mapping[str, Any], name: str) -> str:
    """ "the body of Muslim's Ṣaḥīḥ with a chain", and the like."""
    chain = " ".join(fold(row["text"][start:end]) for kind, start, end in row["parts"] if kind == "chain")
    if row.get("book") == "introduction":
        return f"the introduction to {name}'s Ṣaḥīḥ"
    if len(_LINK.findall(chain)) < _FULL_CHAIN:
        return f"{name}'s Ṣaḥīḥ, without full chain in this record"
    return f"the body of {name}'s Ṣaḥīḥ with a chain"


def _judgements(row: Mapping[str, Any], source: str, grader: str, about: str) -> Iterator[Grade]:
    text = row["text"]
    for kind, start, end in row["parts"]:
        if kind != "remark":
            continue
        for clause in _CLAUSE.finditer(text, start, end):
            span = _judgement(text, clause.start(), clause.end())
            if span is None:
                continue
            words = " ".join(text[span.start : span.end].replace("\u200f", "").split())
            yield Grade(
                grader=grader,
                words=words,
                about=_about(words, row, fold(text[start : span.start]).rpartition("عيسي")[2], about),
                ref=_ref(row),
                source_span=span,
            )


def _judgement(text: str, start: int, end: int) -> Span | None:
    """The part of a clause that judges, from the word with which it begins; None where nothing does."""
    table = tables()
    words = [(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
    words = [word for word in words if word[0]]
    judged = [i for i, (word, _, _) in enumerate(words) if word in _judge()]
    if not judged:
        return None
    opened = [
        i for i, (word, _, _) in enumerate(words[: _LEAD + 1]) if word in table["opens"] and i <= judged[0]
    ]
    if not opened:
        return None
    return Span(words[opened[0]][1], words[-1][2])


_WORD = re.compile(r"[^\s\u200e\u200f]+")


@cache
def _judge() -> frozenset[str]:
    words = tables()["judge"]
    return frozenset([*words, *("و" + word for word in words)])


def _about(words: str, row: Mapping[str, Any], before: str, about: str) -> str:
    """What a judgement is about: of a report named by another narrator, that report.

    before: what the remark has before it, from the grader's name on, folded.
    """
    folded = fold(words).split()
    if about != "this report":
        return about
    if "اصح" in folded or "احسن" in folded:
        return _SOMETHING
    if _OTHER_CHAIN.search(before):
        return "another chain, which the passage names"
    head = folded[0].removeprefix("و")
    if head in ("هذا", "صحيح", "حسن", "غريب"):
        return "this chain" if folded[1:2] == ["اسناد"] else about
    if head == "حديث":
        name = []
        for word in folded[1:7]:
            if word == "حديث" or word in _judge() or word in ("في", "هذا"):
                break
            name.append(word)
        narrator = row.get("narrator")
        if not name:
            return about
        told = " ".join(
            row["text"][start:end][-_TOLD:] for kind, start, end in row["parts"] if kind == "chain"
        )
        own = narrator is not None and same_person(" ".join(name), narrator, told)
        return (
            about
            if own or named_in(" ".join(name), told)
            else f"the report of {' '.join(name)}, which the passage names"
        )
    return _SOMETHING
