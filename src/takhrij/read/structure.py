"""How a document is built: a question and answer, a legal work, an article; a tree of sections with roles.

What tells a part is in `data/structure.toml`. Paragraphs that tell nothing belong to the section before them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from takhrij.model import PARATEXT, Block, Document, Genre, Section, SectionRole, Span, Structure
from takhrij.text import Simple, pattern, simple

_HEAD = 160  # simple characters of a paragraph that are looked at to tell what it is
_SHORT, _HEADING, _LINE = 90, 70, 60  # code points: of an asker or closing; of a heading; of a name or date
_HEADED = 20  # of a line that holds little more than «فصل»
_LAST = 6  # lines at the end of a text among which a signature and a date are looked for
_MARKS = re.compile(r"[\s>#*_\"“«\[(]*(?:\*\*)?")
_SENTENCE_END = re.compile(r"[.؟?!:؛،,][\s*_\"”»]*\Z")
_SENTENCE = re.compile(r"[^.؟?!\n]{3,}[.؟?!]*[\"”»)]{0,2}")
_BROKEN = re.compile(r"[،؛,;.؟?]\s")  # inside a line that is therefore no heading
_BOLD = re.compile(r"\s{0,3}(?:\d{1,2}[.)] )?\*\*[^*\n]{2,90}\*\*:?\s*\Z")
_LEVELS: dict[SectionRole, int] = {
    **dict.fromkeys(("title", "introduction", "editor_note"), 1),
    "book": 1,
    "chapter": 2,
    "masala": 3,
    **dict.fromkeys(("question", "answer", "closing", "signature", "date"), 5),
}
_SECTIONS = 6  # level of the outermost lettered or headed section; the rest lie deeper
_LEAF = 99


@dataclass(slots=True)
class _Row:
    """A paragraph: where it is, how it begins in simple text, and what it was found to be."""

    block: Block
    head: str
    skipped: int  # marks before the head's first letter
    text: str
    role: SectionRole = "paragraph"
    label: str = ""
    style: str = ""  # of its label: "letter", "number", …
    label_end: int = 0  # in simple characters behind `skipped`
    level: int = _LEAF
    asks: bool = False  # it is part of a question

    @property
    def short(self) -> bool:
        return len(self.text) <= _SHORT


@dataclass(slots=True)
class _Open:
    """A section in the making."""

    role: SectionRole
    start: int
    end: int
    level: int
    label: str = ""
    style: str = ""
    title: Span | None = None
    inner: list[_Open] = field(default_factory=list)

    def frozen(self) -> Section:
        return Section(
            role=self.role,
            span=Span(self.start, max([self.end, *(part.end for part in self.inner)])),
            label=self.label,
            title=self.title,
            sections=tuple(part.frozen() for part in self.inner),
        )


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    read = tomllib.loads(files("takhrij.read").joinpath("data", "structure.toml").read_text("utf-8"))
    return {table: {name: pattern(*forms) for name, forms in rows.items()} for table, rows in read.items()}


def structure(document: Document, plain: Simple | None = None) -> Structure:
    """Tell the parts of a document; `plain` is its text made simple, where that is at hand."""
    plain = plain or simple(document.text)
    rows = [_row(document, block, plain) for block in document.blocks]
    genre = _genre(document, rows)
    _tell(rows, genre)
    root = _Open("document", 0, len(document.text), 0)
    stack = [root]
    for row in rows:
        _place(row, stack, document.text)
    return Structure(genre=genre, root=root.frozen())


def is_editors(heading: str) -> bool:
    """Whether a heading opens words of an editor, translator or publisher, or a table of contents."""
    marks = _MARKS.match(heading)
    plain = simple(heading[marks.end() if marks else 0 :]).text
    begins = _patterns()["begins"]
    return bool(begins["editor_note"].match(plain)) and not begins["author_note"].match(plain)


def _row(document: Document, block: Block, plain: Simple) -> _Row:
    text = document.text[block.span.start : block.span.end]
    marks = _MARKS.match(text)
    skipped = marks.end() if marks else 0
    at = plain.at(block.span.start + skipped)
    if text.lstrip()[:1] in "*[(" and not text.lstrip().startswith("**"):  # a bullet, a bracketed number
        skipped = len(text) - len(text.lstrip())
        at = plain.at(block.span.start + skipped)
    end = min(plain.at(block.span.end), at + _HEAD)
    return _Row(block, plain.text[at:end], skipped, text.strip())


def _begins(row: _Row, table: str, name: str) -> re.Match[str] | None:
    return _patterns()[table][name].match(row.head)


def _genre(document: Document, rows: list[_Row]) -> Genre:
    titled = any(_begins(row, "genre", "question_and_answer") for row in rows[:2] if row.short)
    asked = [at for at, row in enumerate(rows) if _begins(row, "begins", "question")]
    answered = [at for at, row in enumerate(rows) if _begins(row, "begins", "answer")]
    replied = [at for at, row in enumerate(rows[1:], 1) if _begins(row, "begins", "greeting") and row.short]
    before = any("?" in row.text or "؟" in row.text for row in rows[: replied[0]]) if replied else False
    numbered = any(char.isdigit() for at in asked for char in rows[at].head[:12])
    if titled or numbered or (asked and answered and asked[0] < answered[-1]) or before:
        return "question_and_answer"
    headed = [len(row.text) for row in rows if _legal(row)]
    if len(headed) >= 2 or (headed and (document.format == "openiti" or headed[0] < _HEADED)):
        return "legal_work"
    if any(row.block.kind == "heading" for row in rows) or (rows and _is_heading(rows, 0)):
        return "article"
    listed = sum(_label(row) is not None for row in rows)
    closed = any(_begins(row, "begins", "closing") for row in rows[-2:])
    opened = bool(rows) and _begins(rows[0], "begins", "greeting") is not None
    return "answer" if listed >= 2 or closed or opened else "article"


def _legal(row: _Row) -> SectionRole | None:
    """«كتاب الطهارة», «فصل:», «مسألة»: what it heads; a running paragraph may begin with the last two."""
    for role in ("book", "chapter", "masala"):
        found = _begins(row, "headings", role)
        alone = row.short and not _SENTENCE_END.search(row.text.rstrip(":"))
        if found and (alone or (role == "masala" and found[0].rstrip(" ").endswith((":", "]")))):
            return role
    return None


def _is_heading(rows: list[_Row], at: int) -> bool:
    """A heading by mark, or a short unbroken line between the end of a sentence and a longer line."""
    row = rows[at]
    if row.block.kind == "heading" or _BOLD.match(row.text):
        return True
    following = rows[at + 1 : at + 2] if at else rows[1:5]
    longer = any(len(one.text) > len(row.text) + 40 for one in following)
    whole = not _SENTENCE_END.search(row.text) and not _BROKEN.search(row.text)
    behind = (
        at == 0
        or _SENTENCE_END.search(rows[at - 1].text)
        or rows[at - 1].role not in ("paragraph", "section")
    )
    return len(row.text) <= _HEADING and longer and whole and bool(behind)


def _label(row: _Row) -> re.Match[str] | None:
    return _patterns()["labels"]["label"].match(row.head)


# ---------------------------------------------------------------- what each paragraph is


def _tell(rows: list[_Row], genre: Genre) -> None:
    asking = answering = False
    marked = any(_begins(row, "begins", "question") for row in rows)
    for at, row in enumerate(rows):
        role = _by_kind(row) or _legal_role(row, genre)
        if role is None and at == 0 and _is_heading(rows, 0) and not _begins(row, "begins", "question"):
            role = "title"
        if role is None and genre == "question_and_answer":
            if _begins(row, "begins", "question") and (not asking or answering):
                role, asking, answering = "question", True, False
            elif _begins(row, "begins", "answer"):
                role, asking, answering = "answer", False, True
            elif asking and not answering:
                role = _in_question(row)
                if role == "greeting":  # the reply begins with a greeting
                    asking, answering = False, True
            elif not (asking or answering or marked) and at <= 2:
                role, asking = "question", True
        if role is None and at in (1, 2) and row.short and _begins(row, "ends", "signatory"):
            role = "signature"
        row.role = role or _loose(row, rows, at)
        row.asks = asking and not answering and row.role in ("question", "paragraph")
        _levelled(row)
    _sign(rows)


def _by_kind(row: _Row) -> SectionRole | None:
    if row.block.kind == "footnote" or _begins(row, "begins", "footnote"):
        return "footnote"
    if row.block.kind == "paratext":
        return "editor_note"
    if row.block.kind == "table":
        return "table"
    return "quote" if row.block.kind == "quote" or row.text.startswith("> ") else None


def _legal_role(row: _Row, genre: Genre) -> SectionRole | None:
    if row.short and _begins(row, "begins", "editor_note"):
        return "editor_note"
    if row.short and _begins(row, "begins", "introduction"):
        return "introduction"
    return _legal(row) if genre == "legal_work" else None


def _in_question(row: _Row) -> SectionRole | None:
    for role in ("greeting", "thanks", "asker"):
        found = _begins(row, "begins", role)
        if found and row.short:
            return role
    return None


def _loose(row: _Row, rows: list[_Row], at: int) -> SectionRole:
    label = _label(row)
    if label:
        row.style = label.lastgroup or ""
        row.label, row.label_end = label[row.style].strip(), label.end()
        return "section"
    if row.short and _begins(row, "begins", "closing") and at:
        return "closing"
    if row.short and _begins(row, "begins", "greeting"):
        return "greeting"
    if _is_heading(rows, at):
        return "section"
    return "paragraph"


def _levelled(row: _Row) -> None:
    if row.role == "section" and not row.style:
        row.style = f"heading {row.block.level}" if row.block.level else "heading"
    row.level = _LEVELS.get(row.role, _SECTIONS if row.role == "section" else _LEAF)


def _sign(rows: list[_Row]) -> None:
    """The name and the date at the end of a text, behind its closing words or before the date."""
    tail = rows[max(1, len(rows) - _LAST) :]
    for row in tail:
        dated = (_ends(row, "month") or _ends(row, "unit")) and any(char.isdigit() for char in row.text)
        if len(row.text) <= _LINE and dated:
            row.role = "date"
    closed = next((at for at, row in enumerate(tail) if row.role == "closing"), len(tail))
    if any(len(row.text) > _LINE or row.role == "question" for row in tail[closed + 1 :]):
        closed = len(tail)
    for at, row in enumerate(tail):
        named = (
            len(row.text) <= _LINE
            and not _SENTENCE_END.search(row.text)
            and row.role in ("paragraph", "section")
        )
        before_date = at + 1 < len(tail) and tail[at + 1].role == "date"
        if named and (at > closed or before_date or _begins(row, "ends", "signatory")):
            row.role, row.label, row.style = "signature", "", ""
    for row in tail:
        _levelled(row)


def _ends(row: _Row, name: str) -> bool:
    return _patterns()["ends"][name].search(row.head) is not None


# ---------------------------------------------------------------- the tree


def _place(row: _Row, stack: list[_Open], text: str) -> None:
    level = row.level
    if row.role in ("section", "question", "answer"):  # a preface ends where the first section begins
        before = next((part.level for part in stack if part.role in PARATEXT), None)
        if before is not None:
            _close(stack, before)
    if row.role == "section":
        level = _depth(row, stack)
    elif row.level == _LEAF:
        level = max(stack[-1].level + 1, _LEAF)
    if row.role == "greeting" and stack[-1].role == "question":
        level = _LEVELS["answer"]
        _close(stack, level)
        _opened(stack, _Open("answer", row.block.span.start, row.block.span.end, level))
        level = _LEAF
    if row.style == "bullet" or level == _LEAF:
        _close(stack, _LEAF)
    else:
        _close(stack, level)
    if row.role == "closing" and len(stack) > 1 and stack[-1].role == "answer":
        level = _LEAF
    part = _Open(row.role, *row.block.span, level, row.label, row.style)
    part.title = _title(row)
    part.inner += _parts_of_question(row, text)
    _opened(stack, part)
    told = bool(row.style) and part.title is None and len([one for one in stack if one.style]) > 1
    if (
        level == _LEAF
        or told
        or row.style == "bullet"
        or row.role in ("title", "closing", "signature", "date")
    ):
        stack.pop()


def _depth(row: _Row, stack: list[_Open]) -> int:
    """A label of a kind that is open goes on with it; another one lies deeper."""
    for part in stack:
        if part.style == row.style and part.role == "section":
            return part.level
    if row.style.startswith("heading"):  # a heading by mark: by its own level
        level = row.block.level
        for part in stack:
            if part.role == "section" and (
                not part.style.startswith("heading") or int(part.style[8:] or 0) >= level
            ):
                return part.level
    return max(_SECTIONS, stack[-1].level + 1)


def _close(stack: list[_Open], level: int) -> None:
    while len(stack) > 1 and stack[-1].level >= level:
        stack.pop()


def _opened(stack: list[_Open], part: _Open) -> None:
    stack[-1].inner.append(part)
    for outer in stack:
        outer.end = max(outer.end, part.end)
    stack.append(part)


def _title(row: _Row) -> Span | None:
    if row.role not in ("title", "book", "chapter", "masala", "section", "introduction", "editor_note"):
        return None
    long = len(row.text) > _HEADING and row.text.endswith(":")
    if not row.short or long or (row.style and _SENTENCE_END.search(row.text.rstrip("*:"))):
        return None
    start, end = row.block.span
    return Span(min(end, start + row.skipped + row.label_end), end)


def _parts_of_question(row: _Row, text: str) -> list[_Open]:
    if not row.asks:
        return []
    start, end = row.block.span
    start += row.skipped
    if row.role == "question" and (marker := _begins(row, "begins", "question")):
        start += marker.end() if row.head[marker.end() - 1] in ":-–)./" else 0
    parts = []
    for found in _SENTENCE.finditer(text, start, end):
        words = found[0].strip(" \t\n\xa0")
        begin = found.start() + found[0].index(words)
        asks = _patterns()["sentences"]["asks"].match(simple(words[:_HEAD]).text)
        if asks or "?" in words[-3:] or "؟" in words[-3:]:
            parts.append(_Open("question_part", begin, begin + len(words), _LEAF))
    return parts
