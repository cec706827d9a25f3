"""A report as W3C Web Annotations (JSON-LD): every finding an annotation on the words that it is about."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from takhrij.model import Finding, Report
from takhrij.report import comment, phrases
from takhrij.report.coverage import unmatched
from takhrij.report.summary import summary_lines
from takhrij.report.words import words

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"takhrij": "urn:takhrij:terms:"}]
_BESIDE = 32  # code points before and after the words, by which they are found in an edited text


def to_annotations(report: Report) -> str:
    """An AnnotationCollection with one page. Positions are code points in the text as takhrij reads it."""
    name = f"urn:takhrij:{report.fingerprint}"
    page = {
        "id": f"{name}:page",
        "type": "AnnotationPage",
        "partOf": name,
        "startIndex": 0,
        "items": [_annotation(finding, report, name) for finding in (*report.findings, *report.echoes)],
    }
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": [report.document.name, words().say("first_line"), *summary_lines(report)],
        "total": len(report.findings) + len(report.echoes),
        "first": page,
    }
    return json.dumps(collection, ensure_ascii=False, indent=2) + "\n"


def _annotation(finding: Finding, report: Report, name: str) -> dict[str, Any]:
    text, (start, end) = report.document.text, finding.span
    return {
        "id": f"{name}:{finding.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(finding),
        "target": {
            "source": quote(report.document.name),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _BESIDE) : start],
                    "suffix": text[end : end + _BESIDE],
                },
            ],
        },
    }


def _bodies(finding: Finding) -> list[dict[str, Any]]:
    """The match, then each source with what differs from it, then what the text claims."""
    bodies = [_body("describing", comment.match_line(finding)) | {"takhrij:match": phrases.look(finding)}]
    said = [phrases.attribution(finding), *finding.notes, *comment.claim_lines(finding)]
    if finding.status != "matched":
        said.insert(0, unmatched(finding))
    for source in finding.sources:
        lines = [comment.source_line(source, finding.kind), *comment.differences(source, finding.kind)]
        bodies.append(_body("identifying", "\n".join(lines)) | {"takhrij:ref": source.ref})
    return bodies + [_body("commenting", line) for line in said if line]


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "format": "text/plain",
        "language": words().language,
        "value": value,
    }
