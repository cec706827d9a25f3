"""Reports made by hand for the command line's tests: nothing is searched."""

from __future__ import annotations

from typing import Any

from takhrij.model import (
    Claim,
    DateClaim,
    Document,
    Finding,
    Place,
    Report,
    SourceMatch,
    Span,
)


def source(**values: Any) -> SourceMatch:
    given: dict[str, Any] = {
        "ref": "quran:5:6",
        "source": "quran",
        "title": "The Qur'an",
        "edition": "Tanzil 1.1",
        "numbering": "kufan",
        "role": "primary",
        "wording": "same",
        "complete": "whole",
        "source_span": Span(0, 3),
        "text": "نص",
    }
    return SourceMatch(**(given | values))


def finding(**values: Any) -> Finding:
    given: dict[str, Any] = {
        "id": "q-1",
        "label": "f1",
        "kind": "quran",
        "presented": "quotation",
        "status": "matched",
        "match": "same",
        "span": Span(0, 2),
        "text": "نص",
        "parts": (Span(0, 2),),
        "place": Place(block=0),
    }
    return Finding(**(given | values))


def matched(**values: Any) -> Finding:
    """A matched finding whose one source has these values."""
    return finding(sources=(source(**values),))


def claim(check: str) -> Claim:
    return Claim(kind="reference", text="5:6", span=Span(0, 3), says="quran:5:6", check=check)  # type: ignore[arg-type]


def date(check: str) -> DateClaim:
    return DateClaim(text="1446 / 2024", span=Span(0, 4), check=check)  # type: ignore[arg-type]


def report(*findings: Finding, **values: Any) -> Report:
    given: dict[str, Any] = {
        "document": Document(text="نص", name="x", encoding="utf-8"),
        "findings": findings,
    }
    return Report(**(given | values))
