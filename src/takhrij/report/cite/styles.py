"""A citation in a style: its templates in `data/cite.toml` filled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from takhrij.errors import UsageError
from takhrij.model import Citation, Source
from takhrij.report import phrases
from takhrij.report.words import words

Form = Literal["note", "in_text", "bibliography"]
_OPTIONAL = re.compile(r"<([^<>]*)>")
_PLACE = re.compile(r"\{(\w+)\}")
_DIED = re.compile(r"\s{0,9}\((?:d\. )?[^()]{0,60}\d[^()]{0,60}\)")
_ASIDE = re.compile(r"; | \(")  # what is said of an edition besides its name
_ADDRESS = re.compile(r"https?://[^\s,;]+")


def styles() -> tuple[str, ...]:
    """The names of the styles."""
    return tuple(name for name in _tables() if name != "authors")


def cite(citation: Citation, style: str = "chicago", form: Form = "note") -> str:
    """A citation in a style, *…* for italics; empty where the style wants none in that form.

    UsageError for an unknown style.
    """
    if style not in styles():
        raise UsageError(words().say("cite.no_style", style=style, known=", ".join(styles())))
    table = _tables()[style]
    template: str = table[citation.source.kind][form]
    values = _values(citation, table["language"])

    def filled(text: str) -> str:
        return _PLACE.sub(lambda place: values[place[1]], text)

    def kept(part: re.Match[str]) -> str:
        return filled(part[1]) if all(values[name] for name in _PLACE.findall(part[1])) else ""

    return filled(_OPTIONAL.sub(kept, template)) if template else ""


def bibliography(given: Iterable[Citation], style: str = "chicago") -> list[str]:
    """The entries of the list at the end, each work once, sorted."""
    entries = dict.fromkeys(cite(one, style, "bibliography") for one in given)
    return sorted(filter(None, entries), key=lambda entry: entry.strip("*").removeprefix("al-").casefold())


def plain_text(marked: str) -> str:
    """A citation without the marks of italics."""
    return marked.replace("*", "")


def author(source: Source) -> tuple[str, str]:
    """The name by which an author is known, and what stands before it: ("al-Bukhari", "Muhammad …")."""
    known = _tables()["authors"].get(source.id)
    return (known[0], known[1]) if known else (_DIED.sub("", source.author), "")


def edition(source: Source) -> str:
    """The name of a source's edition, without what is said besides."""
    return _ASIDE.split(source.edition)[0]


def address(source: Source) -> str:
    """The address that the licence or provenance of a source names."""
    found = _ADDRESS.search(f"{source.licence} {source.provenance}")
    return found[0] if found else ""


def _values(citation: Citation, language: str) -> dict[str, str]:
    source = citation.source
    sura, _, verse = citation.number.partition(":")
    arabic = _tables()["authors"].get(source.id, ("", "", ""))[2] if language == "ar" else ""
    known, before = author(source)
    return {
        "number": re.sub("^row-", "row ", citation.number),
        "sura": sura,
        "verse": verse,
        "sura_name": _sura(sura, language) if verse else "",
        "book": citation.book or "",
        "author": arabic or f"{before} {known}".strip(),
        "short": arabic or known,
        "inverted": arabic or ", ".join(filter(None, (known, before))),
        "title": (language == "ar" and source.title_arabic) or source.title,
        "edition": edition(source),
        "numbering": _ASIDE.split(phrases.numbering(source.numbering))[0],
        "address": address(source),
    }


def _sura(number: str, language: str) -> str:
    from takhrij.find.claims import sura_names  # late: only verses have one

    return sura_names().get(number, (number, number))[0 if language == "ar" else 1]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("takhrij.report").joinpath("data", "cite.toml").read_text(encoding="utf-8"))
