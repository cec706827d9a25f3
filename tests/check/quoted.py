"""What the tests quote: verses and reports as the installed packages have them, none of it typed here."""

from __future__ import annotations

import re
from functools import cache

from takhrij import sources
from takhrij.model import Finding, Passage, Report

_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
INTRODUCED = "قال الله تعالى: ﴿{}﴾ فدل على ذلك."


@cache
def passages(source: str) -> dict[str, Passage]:
    """The records of a source by number."""
    return {passage.number: passage for passage in sources.load(sources.get(source))}


def verse(number: str) -> str:
    """A verse in the plain spelling, vowelled, without the basmala before the first one of a sura."""
    return matn(f"quran:{number}")


def shown(number: str) -> str:
    """A verse in the Uthmani spelling."""
    return passages("quran")[number].display or ""


def words(number: str) -> list[str]:
    return verse(number).split()


def passage(ref: str) -> Passage:
    source, _, number = ref.partition(":")
    return passages(source)[number]


def matn(ref: str) -> str:
    """What a record reports, verbatim."""
    found = passage(ref)
    spans = [part.span for part in found.parts if part.kind == "matn"]
    return found.text[spans[0].start : spans[-1].end]


def bare(text: str) -> str:
    """Letters alone, as most people type them."""
    return _MARKS.sub("", text)


def refs(finding: Finding) -> list[str]:
    return [match.ref for match in finding.sources]


def only(report: Report) -> Finding:
    """The one finding of a report; its span is what its text says it is."""
    [finding] = [finding for finding in report.findings if finding not in inner(report)]
    assert report.document.text[finding.span.start : finding.span.end] == finding.text
    return finding


def inner(report: Report) -> list[Finding]:
    """The findings that stand inside others."""
    labels = {label for finding in report.findings for label in finding.inner}
    return [finding for finding in report.findings if finding.label in labels]
