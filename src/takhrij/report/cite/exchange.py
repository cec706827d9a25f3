"""The works that are cited, each once with the places in it, as CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from takhrij.model import Citation, Report, Source
from takhrij.report.cite.passages import citations
from takhrij.report.cite.styles import address, author
from takhrij.report.phrases import numbering
from takhrij.report.words import words

_TEX = re.compile(r"[\\{}$&#%_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def to_csl(report: Report) -> str:
    """CSL-JSON of what a report cites."""
    return csl(citations(report))


def to_bibtex(report: Report) -> str:
    """BibTeX of what a report cites."""
    return bibtex(citations(report))


def csl(given: Iterable[Citation]) -> str:
    """CSL-JSON (1.0.2): an item a work; `custom.takhrij` lists the places, with a locator to cite each by."""
    items = [_item(source, cited) for source, cited in _works(given)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def bibtex(given: Iterable[Citation]) -> str:
    """BibTeX in UTF-8: a @book a work; `annotation` lists the places."""
    return "\n".join(_entry(source, cited) for source, cited in _works(given))


def _works(given: Iterable[Citation]) -> list[tuple[Source, list[Citation]]]:
    works: dict[str, tuple[Source, list[Citation]]] = {}
    for one in given:
        cited = works.setdefault(one.source.id, (one.source, []))[1]
        if all(one.ref != other.ref for other in cited):
            cited.append(one)
    return list(works.values())


def _item(source: Source, cited: list[Citation]) -> dict[str, Any]:
    known, before = author(source)
    name = {"family": known, "given": before} if before else {"literal": known}
    item: dict[str, Any] = {
        "id": source.id,
        "type": "book",  # of "classic" Chicago in pandoc gives no edition
        "title": source.title,
        "original-title": source.title_arabic,
        ("translator" if source.kind == "translation" else "author"): [name] if known else None,
        "language": source.language,
        "edition": source.edition,
        "URL": address(source),
        "note": _note(source),
        "custom": {
            "takhrij": [
                {"ref": one.ref, "locator": one.number, "label": "section" if _numbered(one) else "verse"}
                | ({"book": one.book} if one.book else {})
                for one in cited
            ]
        },
    }
    return {key: value for key, value in item.items() if value}


def _entry(source: Source, cited: list[Citation]) -> str:
    known, before = author(source)
    people = "translator" if source.kind == "translation" else "author"
    fields = {
        people: f"{_tex(known)}, {_tex(before)}" if before else f"{{{_tex(known)}}}" if known else "",
        "title": _tex(source.title),
        "titleaddon": _tex(source.title_arabic),
        "edition": _tex(source.edition),
        "url": address(source),
        "langid": {"ar": "arabic", "en": "english"}.get(source.language, ""),
        "note": _tex(_note(source)),
        "annotation": _tex(words().say("cite.places", list=", ".join(one.number for one in cited))),
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@book{{{source.id},\n{lines}}}\n"


def _note(source: Source) -> str:
    said = [
        words().say("cite.numbering", numbering=numbering(source.numbering)),
        source.provenance,
        source.licence,
    ]
    return words().say("join.semicolon").join(filter(None, said))


def _numbered(citation: Citation) -> bool:
    return citation.source.kind == "report"


def _tex(text: str) -> str:
    return _TEX.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), text)
