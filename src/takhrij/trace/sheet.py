"""The takhrīj sheet of one passage: which other records are versions of it, in the loaded sources."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from takhrij import sources as library
from takhrij.find.found import Found
from takhrij.find.nearby import Stretch, chains_in
from takhrij.find.select import Region
from takhrij.find.view import report_view, spell
from takhrij.index.store import Index, searched
from takhrij.model import Sheet, SourceMatch, Span, Version
from takhrij.trace.compare import Records, matches, records_of, stream_of
from takhrij.trace.rank import ranked

MOST_VERSIONS = 120
_SHARED = 0.4  # share of the looked-up words that a version has at least
_SIMILAR = "Versions are records with similar wording; that they are one report is for a reader to judge."
_RUN_BITS, _CHAIN_BITS = 16.0, 30.0


def lookup_sheet(row: int, index: Index) -> Sheet:
    """The sheet of the passage in a row: of a verse, the reports that quote it; of a report, its versions."""
    passage = index.record(row)
    source = library.get(passage.source)
    stream_of(row, index)  # raises where the passage has no words
    records = records_of(index)
    versions: list[Version] = []
    if source.kind != "translation":
        versions = _versions(
            passage.ref,
            _matn(passage.text, [p.span for p in passage.parts if p.kind == "matn"]),
            index,
            records,
        )
    return Sheet(
        passage=passage,
        source=source,
        versions=tuple(versions),
        searched=tuple(searched(s) for s in index.sources),
        not_searched=tuple(s.id for s in library.known() if s not in index.sources),
        notes=(_SIMILAR,) if versions else (),
    )


def _matn(text: str, spans: list[Span]) -> str:
    return text[spans[0].start : spans[-1].end] if spans else text


def _versions(own: str, text: str, index: Index, records: Records) -> list[Version]:
    view = report_view(spell(text, index))
    stream = index.streams["reports"]
    if len(view) == 0:
        return []
    (best,) = chains_in([Stretch(view.ids, view.bits)], stream, _RUN_BITS, _CHAIN_BITS)
    _, once = np.unique(best.passage, return_index=True)
    best = best.take(np.sort(once)[:MOST_VERSIONS])
    region = Region(0, len(view), float(best.bits[0]) if len(best) else 0.0, 0.0, best)
    item = Found("report", "quotation", Span(0, len(text)), region, view, stream, None)
    compared = matches(item, text, records, MOST_VERSIONS, least=_SHARED)
    kept = [match for match in ranked(compared, index.sources) if match.ref != own]
    return list(_as_versions(kept, index))


def _as_versions(found: Iterable[SourceMatch], index: Index) -> Iterable[Version]:
    for match in found:
        passage = index.record(index.rows[match.ref])
        yield Version(
            passage=passage,
            title=match.title,
            numbering=match.numbering,
            role=match.role,
            report=match.report or match.ref,
            shared=match.covered,
            match=match,
        )
