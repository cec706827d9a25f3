"""The values of finding and tracing: quotations, findings, reports, sheets.

Offsets are code points, end exclusive, in the document's text (`span`) or in the source record's text
(`source_span`). Nothing in this package imports another room of takhrij.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from takhrij.model.reading import Document, Span
from takhrij.model.works import Coverage, Passage, Role, Source, Speaker

if TYPE_CHECKING:
    from pathlib import Path

    from takhrij.model.argument import ArgumentMap

Kind = Literal["quran", "report"]
Wording = Literal["same", "spelling", "reading", "different", "by_meaning"]
Completeness = Literal["whole", "part", "gaps"]
Match = Literal["same", "part", "gaps", "spelling", "reading", "different", "by_meaning"]
Status = Literal["matched", "not_found", "not_checked"]
Presented = Literal["quotation", "echo", "formula"]
ChangeKind = Literal["omitted", "added", "replaced", "moved", "spelling", "vowels"]
ClaimKind = Literal["reference", "collection", "number", "narrator", "said_by", "grade", "date", "wording"]
RUN_TOGETHER = "one pair of marks holds verses that do not follow each other in the mushaf"  # a note
Check = Literal["agrees", "agrees_in_substance", "differs", "not_checked"]


class Cue(Struct, frozen=True, kw_only=True, gc=False):
    """The words that introduce a quotation: «قوله تعالى», "the Prophet said"."""

    text: str
    span: Span


class Quotation(Struct, frozen=True, kw_only=True, gc=False):
    """What `find` gives: a stretch of text that stands in the sources, not yet compared word by word.

    `refs` are every passage that explains it, best first.
    """

    kind: Kind
    presented: Presented
    span: Span
    parts: tuple[Span, ...]
    text: str
    refs: tuple[str, ...]
    introduced_by: Cue | None = None


class Change(Struct, frozen=True, kw_only=True, gc=False):
    """One difference between a quotation and a source.

    omitted: the source has `source_text` where the text has nothing (`span` is empty) — `marked` where the
    text shows it by an ellipsis; added: the reverse; replaced: both; moved: the same words elsewhere;
    spelling: one word in two spellings; vowels: a written vowel that the source's contradicts.
    """

    kind: ChangeKind
    span: Span
    source_span: Span
    text: str = ""
    source_text: str = ""
    marked: bool = False
    near: bool = False  # a replaced word that is one clitic, inflection or letter apart
    attached: bool = False  # near, and apart by an attached letter alone: «و», «ف», «ال», …
    note: str | None = None  # "may be another reading; not checked"


class Grade(Struct, frozen=True, kw_only=True, gc=False):
    """Words on record of a named grader, verbatim, about a report; never mapped to a scale."""

    grader: str
    words: str
    about: str  # "this report", "a report or chain in this passage", …
    ref: str  # where the words stand
    source_span: Span


class SourceMatch(Struct, frozen=True, kw_only=True, gc=False):
    """One passage that a quotation matches, compared word by word.

    `text` is the source's wording of the matched stretch, verbatim; `before` and `after` what stands
    immediately around it in the same record (empty where it begins or ends there).
    `report` is the id of the group of versions (same Companion or common link) it belongs to; `common_link`
    the transmitter by whom a version that names no Companion belongs to it, as its chain writes him.
    """

    ref: str
    source: str
    title: str
    edition: str
    numbering: str
    role: Role
    wording: Wording
    complete: Completeness
    source_span: Span
    text: str
    before: str = ""
    after: str = ""
    display: str | None = None
    attributed_to: Speaker = "unclear"
    narrator: str | None = None
    chain: str | None = None
    transmitters: tuple[str, ...] = ()  # the names in the chain as it writes them
    report: str | None = None
    common_link: str | None = None
    printed_number: str | None = None
    book: str | None = None  # the chapter or book in which the record stands, as it says
    covered: float = 1.0  # share of the quotation's words that this passage has
    bits: float | None = (
        None  # of a verse near to words that stand in none: those it has in order, rarer more, less chance
    )
    language: str = "ar"  # of `text`, `before` and `after`
    renders: str | None = None  # what a passage of a translation translates: "quran:2:31"
    changes: tuple[Change, ...] = ()
    grades: tuple[Grade, ...] = ()


class Claim(Struct, frozen=True, kw_only=True, gc=False):
    """What the text says about a quotation, and what was found of it.

    `says` is the claim in canonical form ("quran:5:6", "bukhari", "bukhari:1", a narrator's name);
    `found` is where it stands, or what the sources have where it differs; `why` the reason where it was not
    checked.
    """

    kind: ClaimKind
    text: str
    span: Span
    says: str
    check: Check
    found: str | None = None
    why: str | None = None


class Rendering(Struct, frozen=True, kw_only=True, gc=False):
    """A translation that stands beside a quotation in the text."""

    language: str
    span: Span
    text: str
    translation: str | None = None  # the loaded translation that it follows, with the translator
    ref: str | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


class Searched(Struct, frozen=True, kw_only=True, gc=False):
    """A source that was searched, with its coverage."""

    source: str
    coverage: Coverage
    held: int
    total: int | None = None
    title: str = ""  # Source.title; where it is empty the report's own table of short names is used
    tradition: str = ""  # Source.tradition


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Where in the document something stands: block number from 0, page and line as the file has them."""

    block: int
    page: str | None = None
    line: int | None = None


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """A quotation, where it comes from and what the text says of it. `span` leaves out marks and brackets."""

    id: str
    label: str
    kind: Kind
    presented: Presented
    status: Status
    match: Match | None
    span: Span
    text: str
    parts: tuple[Span, ...]
    place: Place
    speakers: tuple[str, ...] = ()
    introduced_by: Cue | None = None
    isnad: Span | None = None
    attributed_to: Speaker | None = None  # whose words the text says they are
    claims: tuple[Claim, ...] = ()
    sources: tuple[SourceMatch, ...] = ()
    nearest: tuple[SourceMatch, ...] = ()  # for a presented quotation that was not matched
    also_in: tuple[str, ...] = ()  # refs: reports that contain the verse; derived works
    inner: tuple[str, ...] = ()  # labels of findings that stand inside this one
    rendering: Rendering | None = None
    searched: tuple[Searched, ...] = ()
    not_searched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class DateClaim(Struct, frozen=True, kw_only=True, gc=False):
    """Two dates that stand together in the text, checked against each other."""

    text: str
    span: Span
    check: Check
    found: str | None = None
    why: str | None = None


class WorkCited(Struct, frozen=True, kw_only=True, gc=False):
    """A work that the text names, with the place in it, as the text writes them.

    `place` is an article, page, or volume and page: "article 190", "12", "3/45".
    """

    span: Span
    title: str  # "" where only the place is named
    place: str = ""


class Report(Struct, frozen=True, kw_only=True, gc=False):
    """Everything that was found in one document.

    `echoes` are findings too (wording of a verse or report woven into the prose), kept apart from quotations.
    `not_searched` names works that the text or the request names and that are not loaded.
    """

    document: Document
    findings: tuple[Finding, ...]
    echoes: tuple[Finding, ...] = ()
    dates: tuple[DateClaim, ...] = ()
    works: tuple[WorkCited, ...] = ()  # books, articles of a code and pages that the text names
    searched: tuple[Searched, ...] = ()
    not_searched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # sources whose package is not installed, with the command that adds it
    notes: tuple[str, ...] = ()
    fingerprint: str = ""  # of the text, the sources and the program's version
    version: str = ""

    @property
    def argument(self) -> ArgumentMap:
        """How the text argues, everything in it proposed: made anew each time that it is asked for."""
        from takhrij.argue import propose  # the one way back into a room: what a report is asked for itself

        return propose(self)

    def save(self, path: str | Path, original: str | Path | bytes | None = None) -> Path:
        """Write the report in the format of the name's ending, as `takhrij.report.save` does."""
        from takhrij.report import save  # the like

        return save(self, path, original)

    def _repr_html_(self) -> str:
        """What a notebook shows: the page of the report, in a frame of its own."""
        from takhrij.report.html import to_html
        from takhrij.report.page import framed  # the like

        return framed(to_html(self))


class Version(Struct, frozen=True, kw_only=True, gc=False):
    """One version of a report on a takhrīj sheet: a record, aligned with the one that was looked up."""

    passage: Passage
    title: str
    numbering: str
    role: Role
    report: str  # id of the group of versions it belongs to
    shared: float  # share of the looked-up matn's words that it has
    match: SourceMatch


class Sheet(Struct, frozen=True, kw_only=True, gc=False):
    """What `lookup` gives: a passage, its versions by Companion, and what was not searched."""

    passage: Passage
    source: Source
    versions: tuple[Version, ...] = ()
    searched: tuple[Searched, ...] = ()
    not_searched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows: the page of the sheet, in a frame of its own."""
        from takhrij.report.page import framed  # a way back, as of a report
        from takhrij.report.sheet_html import sheet_to_html

        return framed(sheet_to_html(self))
