"""The media type of each format that is answered."""

from __future__ import annotations

_TEXT = "text/plain; charset=utf-8"
MEDIA = {
    "text": _TEXT,
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "csl": "application/vnd.citationstyles.csl+json",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "annotations": "application/ld+json",
    "markdown": "text/markdown; charset=utf-8",
    "guard": "application/json",
    "patch": "text/x-diff; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "tei": "application/tei+xml",
    "svg": "image/svg+xml",
    "dot": "text/vnd.graphviz; charset=utf-8",
    "argdown": _TEXT,
    "aif": "application/vnd.aif+json",
}
