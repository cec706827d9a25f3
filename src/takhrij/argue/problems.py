"""A map and the texts that it quotes come in; what is wrong, and what could not be compared, goes out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from takhrij.argue.anchors import Texts, quotes, stands
from takhrij.argue.written import called
from takhrij.errors import UsageError
from takhrij.model import MANNERS_OF, ArgumentMap, Quote, Relation, sha256

_SHOWN = 60  # code points of words in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checking a map found. `compared` counts quotations that were compared with their source."""

    problems: tuple[str, ...]
    compared: int
    missing: int = 0  # quotations that were not compared
    not_compared: tuple[str, ...] = ()  # for a person: how many, of which source, and why
    notes: tuple[str, ...] = ()


def problems(given: ArgumentMap, texts: Texts) -> Checked:
    """Whether every quotation of a map is verbatim in its source, and every link leads somewhere."""
    found: list[str] = []
    missing: Counter[str] = Counter()
    compared = 0
    names = called(given)
    for node in given.nodes:
        ties = (f"{tie.role} {tie.to}" for tie in node.ties if tie.to not in names)
        found += [f"{node.label}: {tie}: the map has no such part" for tie in ties]
    for link in given.relations:
        found += _of_link(link, names)
    for part in given.parts:
        name = names[part.id]
        for field, quote in quotes(part):
            problem = _of_quote(quote, texts)
            if problem is None:
                missing[quote.source.partition(":")[0]] += 1
            else:
                compared += 1
                found += [f"{name}: {field}: {problem}"] if problem else []
    notes = []
    if texts.own is not None and given.text_sha256 and sha256(texts.own) != given.text_sha256:
        notes.append("the text was changed since; takhrij map TEXT --keep MAP brings the map up to date")
    return Checked(
        problems=tuple(found),
        compared=compared,
        missing=missing.total(),
        not_compared=tuple(_why(source, count) for source, count in missing.items()),
        notes=tuple(notes),
    )


def _of_link(link: Relation, names: dict[str, str]) -> list[str]:
    name = names[link.id]
    found = [f"{name}: the map has no part {id}" for id in (link.subject, link.object) if id not in names]
    if link.manner and link.manner not in MANNERS_OF.get(link.kind, ()):
        found.append(f"{name}: {link.manner} is not a way in which something {link.kind}")
    return found


def _of_quote(quote: Quote, texts: Texts) -> str | None:
    """What is wrong with it, "" for nothing, None where its source is not at hand."""
    try:
        text = texts.of(quote.source)
    except UsageError as error:
        return str(error)
    if text is None:
        return None
    if stands(quote, text):
        return ""
    where = quote.source or "the text"
    shown = quote.text if len(quote.text) <= _SHOWN else f"{quote.text[:_SHOWN]}…"
    if not quote.text:
        return f"{where} has other words at {_at(quote)} than the ones whose hash is kept"
    at = text.find(quote.text)
    if at < 0:
        return f"“{shown}” is not verbatim in {where}"
    if quote.span is None:
        return f"“{shown}” has no place; in {where} it stands at {at}-{at + len(quote.text)}"
    return f"“{shown}” stands in {where} at {at}-{at + len(quote.text)}, not at {_at(quote)}"


def _at(quote: Quote) -> str:
    return f"{quote.span.start}-{quote.span.end}" if quote.span else "no place"


def _why(source: str, count: int) -> str:
    if source:
        return f"{count} quotations of {source} not compared: it is not installed"
    return f"{count} quotations of the text itself not compared: give it with --text FILE"
