"""Which words of graders a proposed map ties to a report."""

from __future__ import annotations

from takhrij.argue.propose import gradings
from takhrij.model import Finding, Grade, Place, SourceMatch, Span


def graded(words: str, about: str) -> Grade:
    return Grade(
        grader="al-Tirmidhi", words=words, about=about, ref="tirmidhi:1", source_span=Span(0, len(words))
    )


def test_words_about_another_report_or_about_nobody_knows_what_are_left_out() -> None:
    grades = (
        graded("حديث غريب", "this report"),
        graded("حديث حسن", "the report of Anas, which the passage names"),
        graded("وهو ضعيف", "a report or chain in this passage"),
    )
    source = SourceMatch(
        ref="tirmidhi:1",
        source="tirmidhi",
        title="",
        edition="",
        numbering="",
        role="primary",
        wording="same",
        complete="whole",
        source_span=Span(0, 3),
        text="نص",
        grades=grades,
    )
    finding = Finding(
        id="q-1",
        label="f1",
        kind="report",
        presented="quotation",
        status="matched",
        match="same",
        span=Span(0, 2),
        text="نص",
        parts=(Span(0, 2),),
        place=Place(block=0),
        sources=(source,),
    )
    assert [node.quote.text for node in gradings(finding, "d-1") if node.quote] == ["حديث غريب"]
