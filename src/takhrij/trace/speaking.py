"""Who is speaking where a quotation stands: the answer, a book quoted there, a jurist quoted in the book."""

from __future__ import annotations

from takhrij.model import Discourse, Finding, Voice, replace

_EDGE = 12  # code points by which a voice and the quotation that is all it says may differ
_HOLY = ("prophet", "god")


def with_speakers(findings: tuple[Finding, ...], discourse: Discourse) -> tuple[Finding, ...]:
    """The findings, each with the names of those in whose words it is quoted, outermost first.

    Whose words the quotation itself is, is not among them: that is `attributed_to`. The Prophet is where he
    recites a verse inside a report.
    """
    chains = discourse.chains([finding.span for finding in findings])
    return tuple(
        replace(finding, speakers=tuple(voice.who for voice in chain if _quotes(voice, finding)))
        for finding, chain in zip(findings, chains, strict=True)
    )


def _quotes(voice: Voice, finding: Finding) -> bool:
    """Whether the voice says more than the quotation, and is no narrator of it."""
    if voice.kind == "part":
        return True
    same_start = abs(voice.span.start - finding.span.start) <= _EDGE
    if voice.kind in _HOLY:
        return voice.ends == "mark" and not same_start
    if voice.kind == "companion" and finding.kind == "report":
        return False
    return not (same_start and voice.span.end - finding.span.end <= _EDGE)
