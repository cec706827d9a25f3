"""What somebody writes of a passage comes in («المائدة: 6», "Bukhari 135"); the refs that it names go out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from takhrij import sources
from takhrij.errors import UsageError
from takhrij.find.claims import RawClaim, find_claims
from takhrij.find.claims.lexicon import lexicon
from takhrij.report.phrases import numbering
from takhrij.report.words import words

_REF = re.compile(r"[a-z][a-z0-9-]{0,60}:\S+")
_BARE = re.compile(r"\d{1,3}:\d{1,3}(?:-\d{1,3})?")


def named(what: str) -> list[str]:
    """The refs of the verses and records that a claim names, in its order; a ref is its own.

    Raises UsageError where it names none, or counts in a way that no loaded edition does.
    """
    what = what.strip()
    if _REF.fullmatch(what):
        return [what]
    if _BARE.fullmatch(what):
        return [f"quran:{what}"]
    found = list(dict.fromkeys(ref for claim in find_claims(what) for ref in _refs(claim)))
    if not found:
        raise UsageError(words().say("cite.no_claim", text=what))
    return found


def _refs(claim: RawClaim) -> Iterator[str]:
    if claim.kind == "reference" and not set("*?") & set(claim.says[0]):
        source, _, number = claim.says[0].partition(":")
        yield claim.says[0] if ":" in number else f"{source}:{number}:1-{lexicon().verses[int(number)]}"
    elif claim.kind == "number":
        source, _, number = claim.says[0].partition(":")
        if claim.numbering:
            work = sources.get(source)
            said = {"text": claim.text, "numbering": claim.numbering, "title": work.title}
            raise UsageError(words().say("cite.no_numbering", **said, loaded=numbering(work.numbering)))
        yield claim.says[0]
