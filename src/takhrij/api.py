"""The four things that takhrij does with a text or a reference; the command line and service call these."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from takhrij import __version__
from takhrij import sources as library
from takhrij.errors import UsageError
from takhrij.find.claims import find_claims, find_isnads, read_for_claims
from takhrij.find.dates import find_dates
from takhrij.find.english import english_quotations
from takhrij.find.english_view import read_english
from takhrij.find.found import Found
from takhrij.find.quotations import quotations
from takhrij.find.speech import speech, works_cited
from takhrij.index import held, open_index
from takhrij.index.store import Index, searched
from takhrij.model import (
    Citation,
    Document,
    Finding,
    Kind,
    Quotation,
    Report,
    Sheet,
    Source,
    SourceMatch,
    Span,
)
from takhrij.read.structure import structure
from takhrij.text import simple
from takhrij.trace import lookup_sheet, records_of, trace
from takhrij.trace.claims import not_searched, with_claims
from takhrij.trace.compare import compare_with
from takhrij.trace.english import with_searched
from takhrij.trace.renderings import with_renderings
from takhrij.trace.speaking import with_speakers
from takhrij.trace.together import with_joined
from takhrij.trace.verses import without_verse

Progress = Callable[[str, int, int], None]
GROUPS = {"quran": ("quran",), "reports": ("report",), "translations": ("translation",)}
MOST_REFS = 40
_OFTEN = 16  # quotations between two words about progress
_NO_TEXT = ("None", "nan", "<NA>", "NaT")  # what data frames have for an empty cell


def check(
    path: str | Path | None = None,
    *,
    text: str | None = None,
    document: Document | None = None,
    sources: Sequence[str] | None = None,
    without: Sequence[str] = (),
    given: Sequence[tuple[Kind, Span]] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Find every quotation in a text and trace it to all its sources.

    Give one of `path` (a file, "-" for standard input), `text`, `document`. `sources` are ids or groups
    ("quran", "reports"), None for all installed ones; `without` takes some away. `given`: the quotations,
    where somebody has marked them already ("quran" or "report", and the code points); then these and no
    others are traced. `progress` is called with a stage, how much is done, of how much. Raises UsageError,
    InputError, DataError.
    """
    document = _document(path, text, document, progress or _silent)
    index = open_index(progress)
    with without_collector():  # the values are acyclic: looking for cycles while they are made costs a fifth
        return _checked(document, index, chosen_sources(index, sources, without), given, progress or _silent)


def _checked(
    document: Document,
    index: Index,
    chosen: tuple[Source, ...],
    given: Sequence[tuple[Kind, Span]] | None,
    progress: Progress,
) -> Report:
    progress("finding", 0, 0)
    reading = read_for_claims(document.text)
    claims, isnads = find_claims(document.text, reading), find_isnads(document.text, reading)
    allowed, english = _allowed(index, chosen), read_english(document.text, index)
    found = quotations(document.text, index, allowed, claims, isnads, given)
    if given is None:
        found += english_quotations(english, index, allowed, claims)
    records = records_of(index)
    told = _told(found, progress)
    findings = trace(document, told, records, tuple(searched(source) for source in chosen))
    findings = with_joined(findings, document.text)
    progress("checking what the text says", 0, 0)
    findings = with_renderings(english, findings, claims, index, allowed)
    findings = with_claims(findings, claims, document, records)
    findings = with_searched(findings, index)
    plain = simple(document.text)
    works = works_cited(document.text, plain)
    if findings:
        findings = with_speakers(findings, speech(document, structure(document, plain), plain, works))
    return Report(
        document=document,
        findings=tuple(finding for finding in findings if finding.presented == "quotation"),
        echoes=tuple(finding for finding in findings if finding.presented == "echo"),
        searched=tuple(searched(source) for source in chosen),
        not_searched=tuple(dict.fromkeys((*not_searched(findings), *_not_chosen(chosen)))),
        dates=find_dates(document.text, reading),
        works=works,
        missing=_missing(index),
        notes=tuple(without_verse(claims, findings, index)),
        fingerprint=_fingerprint(document.text, index, chosen),
        version=__version__,
    )


def compared(
    document: Document, index: Index, chosen: tuple[Source, ...], most: int, sura: str | None = None
) -> tuple[Finding, ...]:
    """The quotations of a text, each compared with at most `most` passages; what is said of them is not read.

    Between `find` and `check`, for many texts. `sura` ("2") is the one that was cited last before the text.
    """
    allowed = _allowed(index, chosen)
    with without_collector():
        found = _found(document.text, index, allowed)
        held = tuple(searched(source) for source in chosen)
        return trace(document, found, records_of(index), held, most=most, sura=sura)


def _found(text: str, index: Index, allowed: frozenset[str] | None) -> list[Found]:
    """The quotations of a text, Arabic and English, in its order; what is said of them is not read."""
    found = quotations(text, index, allowed)
    found += english_quotations(read_english(text, index), index, allowed)
    return sorted(found, key=lambda item: (item.span.start, -item.span.end))


def _told(found: Sequence[Found], progress: Progress) -> Iterator[Found]:
    """The quotations one after the other, with how many are done told from time to time."""
    for count, item in enumerate(found):
        if count % _OFTEN == 0:
            progress("tracing", count, len(found))
        yield item


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody asked for."""


@contextmanager
def without_collector() -> Iterator[None]:
    """No collection of cycles inside the block."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # what was made counts as old: enabling would look through all of it at once
            gc.unfreeze()
            gc.enable()


def find(
    path: str | Path | None = None,
    *,
    text: str | None = None,
    document: Document | None = None,
    sources: Sequence[str] | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> tuple[Quotation, ...]:
    """The quotations in a text and the names of what explains them, not compared word by word: the quick way.

    Parameters and errors as for `check`.
    """
    if text is None or path is not None or document is not None:  # a plain text needs no reading
        text = _document(path, text, document, progress or _silent).text
    index = open_index(progress)
    allowed = _allowed(index, chosen_sources(index, sources, without))
    with without_collector():
        return tuple(_quotation(item, text, index) for item in _found(text, index, allowed))


def check_many(
    texts: Iterable[str | None],
    *,
    sources: Sequence[str] | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> tuple[Report | None, ...]:
    """Check a column of a data frame (pandas, Polars), or any texts: a report for each, in their order.

    None for a cell that is empty. The document of a report is called by the label of its row, or its number
    from 0. `takhrij.report.rows` makes a table of them. UsageError for a cell that is no text; errors of
    `check`.
    """
    from takhrij.read import read_text

    if isinstance(texts, str | bytes):
        raise UsageError("give several texts: a column of a data frame or a list; for one there is check")
    labels = getattr(texts, "index", None)  # of a pandas series; of a list it is a method
    cells = list(texts)
    names = range(len(cells)) if labels is None or callable(labels) else labels
    reports: list[Report | None] = []
    with held(open_index(progress)):
        for number, (name, cell) in enumerate(zip(names, cells, strict=True)):
            (progress or _silent)("checking", number, len(cells))
            if str(cell).isspace() or str(cell) in ("", *(() if isinstance(cell, str) else _NO_TEXT)):
                reports.append(None)
            elif isinstance(cell, str):
                document = read_text(cell, name=str(name), format="text")
                reports.append(check(document=document, sources=sources, without=without))
            else:
                raise UsageError(f"row {name}: {type(cell).__name__} and no text; leave it out or empty")
    return tuple(reports)


def compare(quote: str, ref: str) -> SourceMatch:
    """Compare a wording with one passage, word by word.

    Raises UsageError where the wording is empty, the passage is not there or the two share no word.
    """
    if not quote.strip():
        raise UsageError("the quotation is empty, so there is nothing to compare")
    index = open_index()
    return compare_with(quote, row_of(index, ref), index)


def lookup(ref: str) -> Sheet:
    """The takhrīj sheet of a passage: its text, and its versions. Raises UsageError for an unknown ref."""
    index = open_index()
    return lookup_sheet(row_of(index, ref), index)


def cite(what: str) -> tuple[Citation, ...]:
    """The passages that a reference ("quran:5:6") or a claim ("المائدة: 6", "Bukhari 135") names, for citing.

    A number is taken in the loaded numbering. Raises UsageError where nothing is named, or what is not there.
    """
    from takhrij.report.cite.claims import named

    index = open_index()

    def cited(ref: str) -> Citation:
        first, dash, last = ref.partition("-")
        passage = index.record(row_of(index, ref if ref in index.rows else first))
        number = passage.printed_number or passage.number
        if ref not in index.rows and dash:
            row_of(index, first.rpartition(":")[0] + ":" + last)
            number = f"{number}-{last}"
        source = library.get(passage.source)
        return Citation(ref=ref, source=source, number=number, book=passage.book, claim=what)

    return tuple(map(cited, named(what)))


def row_of(index: Index, ref: str) -> int:
    """The row of a passage by its name ("quran:2:255", "bukhari:1"); UsageError says what is near."""
    row = index.rows.get(ref.strip())
    if row is not None and ref.strip():
        return row
    name, colon, number = ref.strip().partition(":")
    if not colon or not name or name.isdigit():
        raise UsageError(
            f"{ref!r} names no passage: write source:number, such as quran:5:6 or bukhari:135; "
            "`takhrij cite` reads a reference in words"
        )
    source = library.get(name)
    reason = library.missing(source)
    if reason:
        raise UsageError(f"{ref}: {source.title} is not installed. {reason}")
    alone = "; look its passages up one by one" if "-" in number else ""
    raise UsageError(
        f"{ref}: {source.title} has no number {number!r} in the loaded numbering ({source.numbering}){alone}."
    )


def _document(
    path: str | Path | None, text: str | None, document: Document | None, progress: Progress
) -> Document:
    given = [value for value in (path, text, document) if value is not None]
    if len(given) != 1:
        raise UsageError("Give one of path, text and document.")
    if not isinstance(text, str | None):
        raise UsageError(f"text is to be a string, not {type(text).__name__}")
    if document is not None:
        return document
    from takhrij.read import read, read_text

    return read(str(path), progress=progress) if path is not None else read_text(text or "", format="text")


def chosen_sources(index: Index, wanted: Sequence[str] | None, without: Sequence[str]) -> tuple[Source, ...]:
    """The indexed sources to be searched, in the stated order."""
    ids = _expanded(wanted) if wanted is not None else {source.id for source in index.sources}
    return tuple(source for source in index.sources if source.id in ids - _expanded(without))


def _expanded(names: Sequence[str]) -> set[str]:
    if isinstance(names, str):
        raise UsageError(f"name sources as a list: [{names!r}]")
    ids: set[str] = set()
    for name in names:
        if name in GROUPS:
            ids |= {source.id for source in library.known() if source.kind in GROUPS[name]}
        else:
            ids.add(library.get(name).id)
    return ids


def _allowed(index: Index, chosen: tuple[Source, ...]) -> frozenset[str] | None:
    return None if len(chosen) == len(index.sources) else frozenset(source.id for source in chosen)


def _not_chosen(chosen: tuple[Source, ...]) -> list[str]:
    ids = {source.id for source in chosen}
    return [source.id for source in library.known() if source.id not in ids]


def _missing(index: Index) -> tuple[str, ...]:
    ids = {source.id for source in index.sources}
    reasons = (library.missing(source) for source in library.known() if source.id not in ids)
    return tuple(dict.fromkeys(reason for reason in reasons if reason))


def _fingerprint(text: str, index: Index, chosen: tuple[Source, ...]) -> str:
    """Of the text, the sources and the program: the same three give the same report."""
    parts = [__version__, index.fingerprint, *(source.id for source in chosen), text]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _quotation(item: Found, text: str, index: Index) -> Quotation:
    return Quotation(
        kind=item.kind,
        presented=item.presented,
        span=item.span,
        parts=(item.span,),
        text=text[item.span.start : item.span.end],
        refs=tuple(_refs(item, index)),
        introduced_by=item.cue,
    )


def _refs(item: Found, index: Index) -> list[str]:
    chains, stream = item.region.chains, item.stream
    enough = chains.bits >= 0.6 * item.region.bits
    first, last = chains.passage[enough], stream.passage_of(chains.high[enough] - 1)
    numbers: dict[int, None] = {}
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        numbers.update(dict.fromkeys(range(begin, min(end, begin + MOST_REFS) + 1)))
        if len(numbers) >= MOST_REFS:
            break
    return [index.refs[row] for row in stream.passages[list(numbers)].tolist()]
