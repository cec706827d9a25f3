"""A record of a collection in, its parts out: printed number, chain, matn, remarks, an editor's notes."""

from __future__ import annotations

import re
from typing import NamedTuple

from takhrij.model import Part, PartKind, Span, Speaker
from takhrij.sources.attribution import attribute
from takhrij.sources.chain import Chain, read_chain
from takhrij.sources.names import first_names
from takhrij.sources.places import Places
from takhrij.sources.words import Words, parted, words

_EDGE = ' \t\r\n\xa0"«»“”()،,.:;؛۔-ـ–—\u200c\u200d\u200e\u200f\\{﴿['


_QUOTED = re.compile(r"«[^«»]{9,2000}»|\(\([^()]{9,2000}\)\)")
_FEWEST_QUOTED = 4  # words


class Layout(NamedTuple):
    """How the records of one book are laid out; every pattern is linear in the text's length."""

    head: re.Pattern[str] | None = None  # at the start: groups `number` and `note`
    tail: re.Pattern[str] | None = None  # an editor's notes: group `note`, up to the end
    remark: re.Pattern[str] | None = None  # in the folded words joined by spaces: where group `remark` begins
    closed: re.Pattern[str] | None = None  # after the end of the quoted report: group `rest` is a remark
    joined: bool = False  # words before a name are often run into it
    doubled: bool = False  # the report is given twice; the first is a digitiser's copy


class Split(NamedTuple):
    """The parts of one record and what its chain says."""

    parts: tuple[Part, ...]
    attributed_to: Speaker
    narrator: str | None
    transmitters: tuple[Span, ...]


def split(text: str, layout: Layout) -> Split:
    """Tell the parts of a record apart."""
    parts: list[Part] = []
    body = _head(text, layout, parts)
    end = _tail(text, layout, body, parts)
    folded = words(text[:end] if end < len(text) else text)
    if layout.joined:
        folded = parted(text, folded, first_names())
    start, count = 0, len(folded.folded)
    while start < count and folded.starts[start] < body:
        start += 1
    if layout.doubled and (count - start) % 2 == 0:
        middle = (start + count) // 2
        if folded.folded[start:middle] == folded.folded[middle:]:
            _add(parts, "edition_note", text, folded, start, middle, end)
            start = middle
    chain = read_chain(text, folded, start)
    remark = _remark(text, folded, chain, layout, end)
    _add(parts, "chain", text, folded, chain.start, min(chain.matn, remark), end)
    _add(parts, "matn", text, folded, chain.matn, remark, end)
    _add_remark(parts, text, folded, remark, count, end)
    parts.sort(key=lambda part: part.span)
    speaker, name = attribute(folded, chain, remark)
    narrator = text[folded.starts[name[0]] : folded.ends[name[1] - 1]] if name else None
    names = Places(text, folded).names(chain.start, min(chain.matn, remark))
    transmitters = tuple(Span(folded.starts[begin], folded.ends[stop - 1]) for begin, stop in names)
    return Split(tuple(parts), speaker, narrator, transmitters)


def printed_number(text: str, layout: Layout) -> str | None:
    """The number printed at the start of a record, as it is printed."""
    match = layout.head.match(text) if layout.head else None
    return match.groupdict().get("number") if match else None


def _head(text: str, layout: Layout, parts: list[Part]) -> int:
    """Add what is printed before the record; returns where the record begins."""
    match = layout.head.match(text) if layout.head else None
    if match is None:
        return 0
    found = match.groupdict()
    kinds: tuple[tuple[str, PartKind], ...] = (("number", "number"), ("note", "edition_note"))
    for name, kind in kinds:
        if found.get(name):
            parts.append(Part(kind=kind, span=Span(*match.span(name))))
    return match.end()


def _tail(text: str, layout: Layout, body: int, parts: list[Part]) -> int:
    match = layout.tail.search(text, body) if layout.tail else None
    if match is None:
        return len(text)
    parts.append(Part(kind="edition_note", span=Span(*match.span("note"))))
    return match.start("note")


def _remark(text: str, folded: Words, chain: Chain, layout: Layout, end: int) -> int:
    """The word at which the compiler's remarks begin; the number of words where there are none."""
    found = len(folded.folded)
    if layout.remark is not None:
        rest = " ".join(folded.folded[chain.matn :])
        match = layout.remark.search(rest)
        if match:
            found = chain.matn + rest.count(" ", 0, match.start("remark"))
    if layout.closed is not None and chain.matn < found:
        match = layout.closed.search(text, folded.starts[chain.matn], end)
        if match:
            while found > chain.matn and folded.starts[found - 1] >= match.start("rest"):
                found -= 1
    return found


def _add_remark(parts: list[Part], text: str, folded: Words, first: int, last: int, end: int) -> None:
    """Add a remark; a wording of the report that it quotes («وفي رواية: …») is matn again."""
    if first >= last:
        return
    for match in _QUOTED.finditer(text, folded.starts[first], end):
        inside = [i for i in range(first, last) if match.start() < folded.starts[i] < match.end()]
        if len(inside) >= _FEWEST_QUOTED:
            _add(parts, "remark", text, folded, first, inside[0], end)
            _add(parts, "matn", text, folded, inside[0], inside[-1] + 1, match.end())
            first = inside[-1] + 1
    _add(parts, "remark", text, folded, first, last, end)


def _add(
    parts: list[Part], kind: PartKind, text: str, folded: Words, first: int, last: int, end: int
) -> None:
    """Add the words `first` to `last` as a part, without the marks at its edges."""
    if first >= last:
        return
    start = folded.starts[first]
    stop = min(folded.starts[last], end) if last < len(folded.starts) else end
    piece = text[start:stop].rstrip(_EDGE)
    while piece.endswith("\\n"):  # the two characters, which the Mishkat's digitisers left in the text
        piece = piece[:-2].rstrip(_EDGE)
    stop = start + len(piece)
    if stop > start:
        parts.append(Part(kind=kind, span=Span(start, stop)))
