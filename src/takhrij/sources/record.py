"""A record of a collection in, its parts out: printed number, chain, matn, remarks, an editor's notes."""

from __future__ import annotations

import re
from typing import NamedTuple

from takhrij.model import Part, PartKind, Span, Speaker
from takhrij.sources.chain import Chain, read_chain
from takhrij.sources.words import Words, words

_EDGE = ' \t\r\n\xa0"«»“”()،,.:;؛۔-ـ–—\u200c\u200d\u200e\u200f\\'


class Layout(NamedTuple):
    """How the records of one book are laid out; every pattern is linear in the text's length."""

    head: re.Pattern[str] | None = None  # at the start: groups `number` and `note`
    tail: re.Pattern[str] | None = None  # an editor's notes at the end: one match, up to the end
    remark: re.Pattern[str] | None = None  # in the folded words joined by spaces: where remarks begin


class Split(NamedTuple):
    """The parts of one record and what its chain says."""

    parts: tuple[Part, ...]
    attributed_to: Speaker
    narrator: str | None
    printed: str | None


def split(text: str, layout: Layout) -> Split:
    """Tell the parts of a record apart."""
    parts: list[Part] = []
    printed, body = _head(text, layout, parts)
    end = _tail(text, layout, body, parts)
    folded = words(text[:end] if end < len(text) else text)
    start = 0
    while start < len(folded.starts) and folded.starts[start] < body:
        start += 1
    chain = read_chain(text, folded, start)
    remark = _remark(folded, chain, layout)
    count = len(folded.folded)
    _add(parts, "chain", text, folded, chain.start, chain.matn, end)
    _add(parts, "matn", text, folded, chain.matn, remark, end)
    _add(parts, "remark", text, folded, remark, count, end)
    parts.sort(key=lambda part: part.span)
    name = chain.name
    narrator = text[folded.starts[name[0]] : folded.ends[name[1] - 1]] if name and name[1] > name[0] else None
    return Split(tuple(parts), "prophet" if chain.says_prophet else "unclear", narrator, printed)


def _head(text: str, layout: Layout, parts: list[Part]) -> tuple[str | None, int]:
    match = layout.head.match(text) if layout.head else None
    if match is None:
        return None, 0
    printed = None
    for name, kind in (("number", "number"), ("note", "edition_note")):
        if name in match.re.groupindex and match[name]:
            parts.append(Part(kind=kind, span=Span(*match.span(name))))  # type: ignore[arg-type]
            if name == "number":
                printed = match[name]
    return printed, match.end()


def _tail(text: str, layout: Layout, body: int, parts: list[Part]) -> int:
    match = layout.tail.search(text, body) if layout.tail else None
    if match is None:
        return len(text)
    start, end = match.span("note")
    parts.append(Part(kind="edition_note", span=Span(start, end)))
    return match.start()


def _remark(folded: Words, chain: Chain, layout: Layout) -> int:
    """The word at which the compiler's remarks begin; the number of words where there are none."""
    count = len(folded.folded)
    if layout.remark is None:
        return count
    rest = " ".join(folded.folded[chain.matn :])
    match = layout.remark.search(rest)
    return chain.matn + rest.count(" ", 0, match.start("remark")) if match else count


def _add(
    parts: list[Part], kind: PartKind, text: str, folded: Words, first: int, last: int, end: int
) -> None:
    """Add the words `first` to `last` as a part, without the marks at its edges."""
    if first >= last:
        return
    start = folded.starts[first]
    stop = folded.starts[last] if last < len(folded.starts) else end
    stop = start + len(text[start:stop].rstrip(_EDGE))
    if stop > start:
        parts.append(Part(kind=kind, span=Span(start, stop)))
