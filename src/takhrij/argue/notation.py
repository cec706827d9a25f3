"""The compact text form of a map, which a scholar writes and edits by hand: the words of the form itself.

    takhrij map 1
    document: ablution.txt

    p1 position proposed
      by: the text > al-Nakhaʿi
      says 24-60 "…"
      question: q1

    f1 supports p1 proposed

A part's status is left out where a person has confirmed it. docs/maps.md explains the form.
"""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from takhrij.model import Cue, Quote, RelationKind, RoleName, Span
from takhrij.model.argument import Dalil, Manner, NodeKind

FIRST_LINE = "takhrij map 1"
HEADER = {  # word of the form: field of ArgumentMap
    "document": "document",
    "text": "text_sha256",
    "fingerprint": "fingerprint",
    "version": "version",
}
# fields with one value each, and what they are where it is not given
TEXTS: dict[str, str | None] = {"name": "", "dalil": None, "finding": None, "report": None, "scheme": ""}
LISTS = ("also", "answers", "refs", "first")
QUOTES = {"says": "quote", "hukm": "hukm", "standing": "standing", "known_by": "known_by", "ground": "ground"}
ROLES: tuple[str, ...] = get_args(RoleName)
NODE_KINDS: tuple[str, ...] = get_args(NodeKind)
RELATION_KINDS: tuple[str, ...] = get_args(RelationKind)
MANNERS: tuple[str, ...] = get_args(Manner)
DALILS: tuple[str, ...] = get_args(Dalil)
CHAIN, LIST = ">", "|"

_MISREAD = re.compile(r'["|>\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACE = re.compile(r"(\d{1,12})-(\d{1,12})(?=\s|$)")
_SOURCE = re.compile(r'@([^\s"#]+)(?=\s|$)')
_HASH = re.compile(r"#([0-9a-f]{64})(?=\s|$)")
_DECODER = json.JSONDecoder()


def value(text: str) -> str:
    """A text as it stands in the form: as it is, or in quotation marks where it could be misread."""
    bare = text and text == text.strip() and text[0] != "#" and not _MISREAD.search(text)
    return text if bare else quoted(text)


def values(items: tuple[str, ...], between: str) -> str:
    """Several texts on one line."""
    return f" {between} ".join(map(value, items))


def quoted(text: str) -> str:
    """A text in quotation marks, on one line."""
    written = json.dumps(text, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", written)


def quote(given: Quote) -> str:
    """`24-60 @muslim:362 #hash "words"`: what there is of them, in this order."""
    said = []
    if given.span:
        said.append(f"{given.span.start}-{given.span.end}")
    if given.source:
        said.append(f"@{given.source}")
    if given.sha256:
        said.append(f"#{given.sha256}")
    if given.text or not given.sha256:
        said.append(quoted(given.text))
    return " ".join(said)


def cue(given: Cue) -> str:
    """`11-21 "words"`."""
    return f"{given.span.start}-{given.span.end} {quoted(given.text)}"


def read_values(line: str, between: str) -> tuple[str, ...]:
    """The texts of a line; ValueError says what cannot be read."""
    found, at = [], 0
    while True:
        text, at = _one(line, at, between)
        found.append(text)
        if at >= len(line):
            return tuple(found)
        at += 1  # what stands between


def read_value(line: str) -> str:
    """The one text of a line; ValueError says what cannot be read."""
    text, at = _one(line, 0, "")
    if at < len(line):
        raise ValueError(f"nothing may follow the closing quotation mark, found {line[at:]!r:.40}")
    return text


def read_quote(line: str) -> Quote:
    """What `quote` wrote; ValueError says what cannot be read."""
    rest, given = line, dict[str, Any]()
    for name, pattern in (("span", _PLACE), ("source", _SOURCE), ("sha256", _HASH)):
        if found := pattern.match(rest):
            given[name] = _span(found) if name == "span" else found[1]
            rest = rest[found.end() :].lstrip()
    if not rest and "sha256" in given:
        return Quote(text="", **given)
    if not rest.startswith('"'):
        raise ValueError(f'expected words in "quotation marks", found {rest!r:.40}')
    return Quote(text=read_value(rest), **given)


def read_cue(line: str) -> Cue:
    """What `cue` wrote; ValueError says what cannot be read."""
    given = read_quote(line)
    if given.span is None or given.source or given.sha256:
        raise ValueError('a cue has a place and words: 11-21 "words"')
    return Cue(text=given.text, span=given.span)


def _one(line: str, at: int, between: str) -> tuple[str, int]:
    """The text that begins at `at` and where it ends, white space left behind."""
    while at < len(line) and line[at].isspace():
        at += 1
    if line.startswith('"', at):
        try:
            text, at = _DECODER.raw_decode(line, at)
        except ValueError as error:
            raise ValueError(
                f"a quotation mark is not closed, or \\ stands where \\\\ is meant: {error}"
            ) from None
        while at < len(line) and line[at].isspace():
            at += 1
        if at < len(line) and not (between and line.startswith(between, at)):
            raise ValueError(f"nothing may follow the closing quotation mark, found {line[at:]!r:.40}")
        return text, at
    end = line.find(between, at) if between else -1
    end = len(line) if end < 0 else end
    text = line[at:end].rstrip()
    if not text:
        raise ValueError('a value is missing (write "" for an empty one)')
    return text, end


def _span(found: re.Match[str]) -> Span:
    start, end = int(found[1]), int(found[2])
    if start > end:
        raise ValueError(f"{found[0]}: the end stands before the start")
    return Span(start, end)
