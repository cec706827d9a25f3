"""Proposals for a text file as a unified patch, which `patch` and `git apply` take."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator, Sequence

from takhrij.errors import UsageError
from takhrij.model import Document, Proposal, Report, Span, replace
from takhrij.read import TEXT_FORMATS, file_offset
from takhrij.read.decode import Decoded, decode
from takhrij.report.coverage import credits
from takhrij.report.fix.proposals import KINDS, applied, proposals
from takhrij.report.words import words

_CONTEXT = 3  # lines around what changes
_BYTEWISE = {"utf-8": "utf-8", "windows-1256": "cp1256"}  # encodings in which a line end is one byte
_NO_END = b"\n\\ No newline at end of file\n"


def to_patch(report: Report, data: bytes | None = None, kinds: Collection[str] = KINDS) -> bytes:
    """What is proposed of a text file, whose bytes are `data`, as a patch in its encoding.

    What a proposal is and why stands in lines before it, which `patch` passes over. UsageError for a document
    whose text does not stand in a file of lines.
    """
    document = report.document
    refuse(document)
    decoded = decode(data, document.name) if data else Decoded(document.text, "utf-8")
    data = document.text.encode() if data is None else data
    if decoded.encoding not in _BYTEWISE:
        raise UsageError(words().say("fix.no_encoding", name=document.name, encoding=decoded.encoding))
    encoding = _BYTEWISE[decoded.encoding]
    fixes = proposals(report, kinds)
    placed = [(one, _in_file(document, one, decoded.text, encoding)) for one in fixes.proposals]
    taken = [there for _, there in placed if there]
    unsure = dict.fromkeys(one.finding for one, there in placed if not there)
    notes = [*fixes.notes, *([words().say("fix.unsure", labels=", ".join(unsure))] if unsure else [])]
    head = "".join(f"# {line}\n" for line in _head(report, taken, notes)).encode()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    changed = mark + applied(decoded.text, taken).encode(encoding)
    return head + b"".join(_hunks(document.name, data.split(b"\n"), changed.split(b"\n")))


def refuse(document: Document) -> None:
    """Raise UsageError where a patch cannot be made of a document."""
    if document.format not in TEXT_FORMATS:
        raise UsageError(words().say("fix.no_patch", name=document.name, format=document.format))


def _in_file(document: Document, one: Proposal, text: str, encoding: str) -> Proposal | None:
    """The proposal with its place in the file; None where that is not sure, or not on one line of it."""
    start, end = one.span
    if start == end:  # behind the character before
        begin = file_offset(document, start - 1) + 1 if start else 0
        span = Span(begin, begin)
    else:
        span = Span(file_offset(document, start), file_offset(document, end - 1) + 1)
    try:
        one.proposed.encode(encoding)
    except UnicodeEncodeError:
        return None
    sure = text[span.start : span.end] == one.text and "\n" not in one.text
    return replace(one, span=span) if sure else None


def _head(report: Report, taken: Sequence[Proposal], notes: Sequence[str]) -> Iterator[str]:
    w = words()
    yield w.say("fix.heading", n=len(taken))
    yield w.say("first_line")
    yield from credits(report.searched)
    yield from notes
    yield from dict.fromkeys(f"{one.finding}: {one.why}" for one in taken)


def _hunks(name: str, old: list[bytes], new: list[bytes]) -> Iterator[bytes]:
    """A patch between files that have as many lines: the lines that change, with those around them."""
    count = len(old) - (old[-1] == b"")
    changed = [number for number in range(count) if old[number] != new[number]]
    if not changed:
        return
    tab = "\t" if " " in name else ""  # without it `patch` takes what follows a blank for the time
    yield f"--- {name}{tab}\n+++ {name}{tab}\n".encode("utf-8", "replace")
    cuts = [at for at in range(1, len(changed)) if changed[at] - changed[at - 1] > 2 * _CONTEXT]
    for first, last in zip([0, *cuts], [*cuts, len(changed)], strict=True):
        begin = max(0, changed[first] - _CONTEXT)
        end = min(count, changed[last - 1] + 1 + _CONTEXT)
        yield f"@@ -{begin + 1},{end - begin} +{begin + 1},{end - begin} @@\n".encode()
        for number in range(begin, end):
            ended = b"\n" if number + 1 < len(old) else _NO_END
            if old[number] == new[number]:
                yield b" " + old[number] + ended
            else:
                yield b"-" + old[number] + ended + b"+" + new[number] + ended
