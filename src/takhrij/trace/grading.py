"""A judgement that a text reports, against the grader's own words where a loaded source has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from takhrij.find.claims import RawClaim
from takhrij.model import Check, Finding, Grade
from takhrij.trace.grades import judges
from takhrij.trace.narrators import people, skeleton

Result = tuple[Check, str | None, str | None]
_ELSEWHERE = ("another chain, which the passage names",)
_REPORT_OF = re.compile("the report of (.+), which the passage names")
OWN = ("this report", "this chain", "this wording")
_EDITIONS = "copies of the work differ in such words"
_PLAIN = re.compile(r"[^\w\s]")


def grade_checked(finding: Finding, claim: RawClaim) -> Result:
    """It agrees where the grader's own words, or an author's report of them, stand with the quotation."""
    grader, words = (*claim.says, "", "")[:2]
    if not grader:
        return "not_checked", None, "no grader is named"
    on_record = [grade for source in finding.sources for grade in source.grades]
    own = list(_on_this(finding, grader))
    claimed = judges(words)
    same = [grade for grade in own if claimed and (claimed <= judges(grade.words))]
    if same:
        return "agrees", _quoted(same[0]), None
    told = _told(on_record, grader, claimed)
    if told:
        return "agrees_in_substance", f"{told.grader} reports it: {_quoted(told)}", None
    standing = [
        grade for grade in on_record if grade.grader == grader and grade.words.startswith("stands in")
    ]
    if standing and "صحيح" in claimed:
        return "agrees_in_substance", f"{standing[0].ref} {standing[0].words}", None
    about_it = [grade for grade in own if grade.about in OWN]
    if about_it and claimed:
        return "differs", _quoted(about_it[0]), _EDITIONS
    return "not_checked", None, f"no loaded source has {grader}'s words on this report"


def _on_this(finding: Finding, grader: str) -> Iterator[Grade]:
    """The grader's own words on the report that his work has first of all the sources, by its Companion."""
    own = [
        (source, grade)
        for source in finding.sources
        for grade in source.grades
        if grade.grader == grader
        and not grade.words.startswith("stands in")
        and grade.about not in _ELSEWHERE
    ]
    work = own[0][0].source if own else ""
    first = next((source for source in finding.sources if source.source == work), None)
    meant = people(first.narrator or "", first.chain or "") if first else frozenset()
    for source, grade in own:
        named = _REPORT_OF.match(grade.about)
        persons = people(named[1]) if named else people(source.narrator or "", source.chain or "")
        if not meant or meant & persons or (source is first and not named):
            yield grade


def _told(grades: Sequence[Grade], grader: str, claimed: frozenset[str]) -> Grade | None:
    """Another author's words that the grader judged so: «وصححه ابن حبان» in Bulugh al-Maram."""
    name = skeleton(_PLAIN.sub("", grader)).removeprefix("l").strip()
    for grade in grades:
        if (
            grade.grader != grader
            and len(name) > 2
            and name in skeleton(grade.words)
            and claimed & judges(grade.words)
        ):
            return grade
    return None


def _quoted(grade: Grade) -> str:
    return f"{grade.ref}: «{grade.words}»"
