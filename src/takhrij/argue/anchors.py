"""Words with their places, and the texts that they are from: whether they stand there, or where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from takhrij.model import ArgumentMap, Cue, Node, Quote, Relation, Span, replace, sha256

FIELDS = ("quote", "hukm", "standing", "known_by", "ground")  # of a node or relation: the words in it
_MOST_PLACES = 1000
Part = TypeVar("Part", Node, Relation)


class Texts:
    """The texts that a map quotes: its own, if given, and the records of the installed sources."""

    def __init__(self, own: str | None = None) -> None:
        self.own = own
        self._record = cache(_record)

    def of(self, source: str) -> str | None:
        """The text of a source of quotes; None where it is not at hand, UsageError where there is no such."""
        return self._record(source) if source else self.own


def _record(ref: str) -> str | None:
    from takhrij import sources as library
    from takhrij.errors import UsageError
    from takhrij.index import open_index

    source = library.get(ref.partition(":")[0])
    if library.missing(source):
        return None
    index = open_index()
    if ref not in index.rows:
        raise UsageError(f"{ref}: {source.title} has no such number in the loaded numbering")
    return index.record(index.rows[ref]).text


def quotes(part: Node | Relation) -> Iterator[tuple[str, Quote]]:
    """The words in a part, each with the field that they stand in; those of the cue last."""
    for name in FIELDS:
        if given := getattr(part, name, None):
            yield name, given
    if part.cue:
        yield "cue", _of_cue(part, part.cue)


def with_quotes(part: Part, change: Callable[[Quote], Quote]) -> Part:
    """The part with every quote changed; a cue that stands nowhere any more is left out."""
    changed = {name: change(quote) for name, quote in quotes(part)}
    cue = changed.pop("cue", None)
    given: dict[str, Quote | Cue | None] = dict(changed)
    if cue:
        given["cue"] = Cue(text=cue.text, span=cue.span) if cue.span else None
    return replace(part, **given)  # type: ignore[arg-type]


def stands(quote: Quote, text: str) -> bool:
    """Whether the words stand in the text where the quote says."""
    span = quote.span
    if span is None or span.end > len(text):
        return False
    words = text[span.start : span.end]
    if quote.sha256 and sha256(words) != quote.sha256:
        return False
    return words == quote.text if quote.text or not quote.sha256 else True


def placed(quote: Quote, text: str, near: int) -> Quote:
    """The quote where its words stand in the text nearest to `near`; without a place if they do not."""
    places: list[int] = []
    at = text.find(quote.text)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(quote.text, at + 1)
    if not places:
        return replace(quote, span=None)
    best = min(places, key=lambda place: abs(place - near))
    return replace(quote, span=Span(best, best + len(quote.text)))


def filled(quote: Quote, texts: Texts) -> Quote:
    """A quote of which only the hash is kept, with its words from the source where that is at hand."""
    if quote.text or not quote.sha256 or quote.span is None:
        return quote
    text = texts.of(quote.source)
    words = text[quote.span.start : quote.span.end] if text is not None else ""
    return replace(quote, text=words) if sha256(words) == quote.sha256 else quote


def without_words(given: ArgumentMap) -> tuple[str, ...]:
    """For a person: which quotes of a map have only a hash still, and why; after they have been filled."""
    from takhrij import sources as library

    empty: dict[str, list[str]] = {}
    for part in given.parts:
        for _, quote in quotes(part):
            if quote.sha256 and not quote.text:
                empty.setdefault(quote.source.partition(":")[0], []).append(quote.source)
    said = []
    for name, refs in empty.items():
        absent = library.missing(library.get(name)) if name else "the text of the map is not given"
        why = absent or f"other words stand there than those whose hash is kept ({refs[0]})"
        said.append(f"{len(refs)} quotations of {name or 'the text'} are shown without their words: {why}")
    return tuple(said)


def _of_cue(part: Node | Relation, cue: Cue) -> Quote:
    return Quote(text=cue.text, span=cue.span, source=part.quote.source if part.quote else "")
