"""From quotations to findings."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

import numpy as np

from takhrij.find.found import Found
from takhrij.index.store import Index
from takhrij.model import Document, Finding, Place, Searched, SourceMatch, Span, replace
from takhrij.read import page_place
from takhrij.trace.compare import Records, matches
from takhrij.trace.nearest import nearest_verses
from takhrij.trace.rank import ranked, summed_up
from takhrij.trace.versions import UNKNOWN

MOST_SOURCES = 40
MOST_ALSO = 20
MOST_NEAREST = 3
_DERIVED = "a work that excerpts others has these words"
_ALL = 0.99  # share of the words of a quotation that is all of them
_GOES_ON = re.compile(r"(?<![ء-ي])[إا]لى\s(?:قوله|أن قال)[^ء-ي]*(?:تعالى)?[^ء-ي]*$")  # «… إلى قوله: …»
_TO_CUE = 30  # code points
LEAST_SHARED = 0.4  # share of the words of a report, and of their bits, that what is near to it has
_NEAR = 24.0  # bits of a verse's quotation that one near to it has
_GARBLED, _HALF = 80.0, 0.5  # the same, and the share of the words, of the verse that was meant


def trace(
    document: Document,
    found: Iterable[Found],
    records: Records,
    searched: tuple[Searched, ...],
    *,
    most: int = MOST_SOURCES,
    sura: str | None = None,
) -> tuple[Finding, ...]:
    """A finding for each quotation, in the text's order, labelled f1, f2, …

    Quotations that no source explains once they are compared word by word are left out. At most `most`
    passages are compared with each; `sura` ("2") is the one that was cited last before the text.
    """
    index = records.index
    block_starts = [block.span.start for block in document.blocks]
    seen: Counter[str] = Counter()
    findings: list[Finding] = []
    verse = 0
    for item in found:
        onward = (
            verse if _GOES_ON.search(document.text, max(0, item.span.start - _TO_CUE), item.span.start) else 0
        )
        sources = ranked(matches(item, document.text, records, most), index.sources, sura, onward)
        nearest: list[SourceMatch] = []
        if not sources and (item.marked or item.kind == "report"):
            found_near = _nearest(item, document.text, records, most)
            sources = [match for match in found_near if _garbled(match)]
            nearest = [] if sources else found_near[:MOST_NEAREST]
        if not sources and not item.marked and not (nearest and nearest[0].covered >= LEAST_SHARED):
            continue
        if sources and item.kind == "quran":
            sura, verse = sources[0].ref.split(":")[1], int(sources[0].ref.split(":")[2].split("-")[0])
        findings.append(_finding(document, item, sources, nearest, block_starts, seen, searched, index))
    return relabelled(findings)


def _nearest(item: Found, text: str, records: Records, most: int) -> list[SourceMatch]:
    """The passages that come nearest to a quotation that none has in its words, best first.

    What has of it no more than words that many passages have is not near.
    """
    if item.kind == "report":
        found = ranked(matches(item, text, records, most, LEAST_SHARED), records.index.sources)
        return [match for match in found if _tells(item, match, records.index)]
    chains = nearest_verses(item, text, records.index)
    near = dataclasses.replace(item, region=dataclasses.replace(item.region, chains=chains))
    refs = [records.index.ref(int(item.stream.passages[verse])) for verse in chains.passage.tolist()]
    bits = dict(zip(refs, chains.bits.tolist(), strict=True))
    found = matches(near, text, records, MOST_NEAREST, 0.0)
    return [replace(match, bits=round(bits[match.ref], 1)) for match in found if bits[match.ref] >= _NEAR]


def _garbled(match: SourceMatch) -> bool:
    """Whether a verse is near enough to be the one that was quoted, in words that are not its own."""
    return match.bits is not None and match.bits >= _GARBLED and match.covered >= _HALF


def _tells(item: Found, match: SourceMatch, index: Index) -> bool:
    """Whether a report has such words of a quotation as tell it from others: a share of their bits."""
    tokens = slice(item.region.begin, item.region.end)
    ids, starts = item.view.ids[tokens], item.view.starts[tokens]
    bits = np.where(ids >= 0, index.bits[np.maximum(ids, 0)], UNKNOWN)
    kept = np.ones(len(ids), bool)
    for change in match.changes:
        if change.kind in ("replaced", "added") and not change.near:
            kept &= (starts < change.span.start) | (starts >= change.span.end)
    return bool(bits[kept].sum() >= LEAST_SHARED * bits.sum())


def _finding(
    document: Document,
    item: Found,
    sources: list[SourceMatch],
    nearest: list[SourceMatch],
    block_starts: list[int],
    seen: Counter[str],
    searched: tuple[Searched, ...],
    index: Index,
) -> Finding:
    text = document.text[item.span.start : item.span.end]
    digest = hashlib.sha256(f"{item.kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
    seen[digest] += 1
    number = "" if seen[digest] == 1 else f"-{seen[digest]}"
    return Finding(
        id=f"q-{digest}{number}",
        label="",
        kind=item.kind,
        presented=item.presented,
        status="matched" if sources else "not_found" if item.kind == "quran" else "not_checked",
        match=summed_up(sources[0]) if sources else None,
        span=item.span,
        text=text,
        parts=_parts(item, sources[0]) if sources else (item.span,),
        place=_place(document, item.span, block_starts),
        introduced_by=item.cue,
        isnad=item.isnad,
        sources=tuple(sources),
        nearest=tuple(nearest),
        also_in=also_in(item, index),
        searched=searched,
        notes=_word_for_word(sources),
    )


def _word_for_word(sources: list[SourceMatch]) -> tuple[str, ...]:
    """What is to be said where a work that excerpts others has the words, and those before it have not."""
    verbatim = (s for s in sources if s.wording in ("same", "spelling") and s.complete != "gaps")
    exact = next((s for s in verbatim if s.covered >= _ALL), None)
    derived = exact is not None and exact.role == "derived" and exact is not sources[0]
    return (f"{_DERIVED}; {exact.ref}",) if exact is not None and derived else ()


def _parts(item: Found, best: SourceMatch) -> tuple[Span, ...]:
    """The quotation's stretches, split where the text leaves something out and says so."""
    parts: list[Span] = []
    begin = item.span.start
    for change in best.changes:
        if change.kind == "omitted" and change.marked:
            following = item.view.starts[item.region.begin : item.region.end]
            after = following[following >= change.span.end]
            if len(after):
                parts.append(Span(begin, change.span.end))
                begin = int(after[0])
    parts.append(Span(begin, item.span.end))
    return tuple(parts)


def _place(document: Document, span: Span, block_starts: list[int]) -> Place:
    number = bisect_right(block_starts, span.start) - 1
    if number < 0:
        return Place(block=0)
    block = document.blocks[number]
    line = block.line
    if line is not None:
        line += document.text.count("\n", block.span.start, span.start)
    page = str(page_place(document, span.start).page) if document.boxes else block.page
    return Place(block=number, page=page, line=line)


def also_in(item: Found, index: Index) -> tuple[str, ...]:
    """Reports in which a verse stands, by name."""
    if item.also is None:
        return ()
    stream = index.streams["reports"]
    numbers = dict.fromkeys(item.also.passage.tolist())
    return tuple(index.ref(int(stream.passages[number])) for number in list(numbers)[:MOST_ALSO])


def relabelled(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the text's order, labelled f1, f2, …; each names the ones that stand inside it."""
    ordered = sorted(findings, key=lambda finding: (finding.span.start, -finding.span.end))
    labelled = [replace(finding, label=f"f{number}") for number, finding in enumerate(ordered, 1)]
    result = []
    for number, outer in enumerate(labelled):
        inside = []
        for other in labelled[number + 1 :]:
            if other.span.start >= outer.span.end:
                break
            if other.span.end <= outer.span.end:
                inside.append(other.label)
        result.append(replace(outer, inner=tuple(inside)) if inside or outer.inner else outer)
    return tuple(result)
