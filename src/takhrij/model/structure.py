"""The values of how a text is built and who speaks where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from takhrij.model.findings import Cue
from takhrij.model.reading import Span

Genre = Literal["question_and_answer", "legal_work", "article", "answer"]
SectionRole = Literal[
    "document",
    "title",
    "question",
    "question_part",
    "asker",
    "greeting",
    "thanks",
    "answer",
    "book",
    "chapter",
    "masala",
    "section",
    "paragraph",
    "quote",
    "table",
    "closing",
    "signature",
    "date",
    "introduction",
    "editor_note",
    "footnote",
]
VoiceKind = Literal["part", "book", "person", "companion", "prophet", "god"]  # companion: or successor
VoiceEnd = Literal["mark", "word", "sentence", "paragraph", "section"]
THE_TEXT = "the text"  # who speaks where nothing tells a question from an answer
PARATEXT: tuple[SectionRole, ...] = ("introduction", "editor_note", "footnote")


class Section(Struct, frozen=True, kw_only=True, gc=False):
    """A part of a text by what it does there; its sections lie inside it, in order, and do not overlap.

    `label` is the letter or number it bears ("A", "2"), `title` its heading without the label.
    """

    role: SectionRole
    span: Span
    label: str = ""
    title: Span | None = None
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all inside it, in the text's order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def of_role(self, *roles: SectionRole) -> Iterator[Section]:
        """The sections of some roles, in the text's order."""
        return (section for section in self.walk() if section.role in roles)

    @property
    def paratext(self) -> bool:
        """Whether it is an introduction, an editor's note or a footnote: not the author's argument."""
        return self.role in PARATEXT


class Structure(Struct, frozen=True, kw_only=True, gc=False):
    """How a document is built: what kind of text it is, and the tree of its sections."""

    genre: Genre
    root: Section


class Voice(Struct, frozen=True, kw_only=True, gc=False):
    """A stretch in which somebody else speaks: a quoted book, a jurist, the Prophet.

    `who` is the name as the text writes it, but for "the text", "the question", "the answer", "the Prophet",
    "God". `span` is what is said, without the marks around it; voices nest and never cross. `told` where what
    was said is told ("according to Malik it is …"), not quoted. `ends` says what closes it.
    """

    span: Span
    who: str
    kind: VoiceKind
    cue: Cue | None = None
    told: bool = False
    ends: VoiceEnd = "mark"


class Discourse(Struct, frozen=True, kw_only=True, gc=False):
    """Who speaks where: the voices of a text in its order, outer before inner."""

    voices: tuple[Voice, ...]

    def chains(self, spans: Sequence[Span]) -> list[tuple[Voice, ...]]:
        """For each stretch (sorted by start) the voices in which the whole of it stands, outermost first."""
        found: list[tuple[Voice, ...]] = []
        open_voices: list[Voice] = []
        following = 0
        for span in spans:
            while following < len(self.voices) and self.voices[following].span.start <= span.start:
                open_voices.append(self.voices[following])
                following += 1
            open_voices = [voice for voice in open_voices if voice.span.end > span.start]
            found.append(tuple(voice for voice in open_voices if voice.span.end >= span.end))
        return found
