"""A negation that a quotation leaves out or adds: what has it otherwise proves nothing that is said of it."""

from __future__ import annotations

import re

import pytest

import takhrij
from takhrij.model import Finding
from takhrij.sources import get, load

_MARKS = re.compile('[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200f"]')


def words(ref: str) -> list[str]:
    """The words of a report or verse, without vowel marks."""
    source, _, number = ref.partition(":")
    one = next(one for one in load(get(source)) if one.number == number)
    span = next(part.span for part in one.parts if part.kind == "matn")
    return _MARKS.sub("", one.text[span.start : span.end]).split()


def traced(text: str) -> Finding:
    (finding,) = takhrij.check(text=text).findings
    return finding


ABLUTION = "bukhari:6954"  # «لا يقبل الله …»


def test_a_negation_cut_off_the_front_is_said_and_proves_nothing() -> None:
    no, *rest = words(ABLUTION)
    assert no == "لا"
    finding = traced(f"قال رسول الله ﷺ: «{' '.join(rest)}» رواه البخاري")
    assert (finding.match, finding.sources[0].changes[0].kind) == ("gaps", "omitted")
    assert "negation" in " ".join(finding.notes)
    assert {claim.check for claim in finding.claims} == {"not_checked"}


@pytest.mark.parametrize("text", ["«لا {}» رواه البخاري", "لا «{}» رواه البخاري", "«... {}» رواه البخاري"])
def test_where_the_text_has_it_or_an_ellipsis_nothing_is_amiss(text: str) -> None:
    finding = traced("قال رسول الله ﷺ: " + text.format(" ".join(words(ABLUTION)[1:])))
    assert finding.match != "gaps" and not finding.notes
    assert [c.check for c in finding.claims if c.kind == "collection"] == ["agrees"]


def test_a_negation_added_is_no_version() -> None:
    first, *rest = words("bukhari:2133")
    finding = traced(f"قال النبي ﷺ: «{first} لا {' '.join(rest)}» رواه البخاري")
    assert [c.check for c in finding.claims if c.kind == "collection"] == ["not_checked"]


def test_a_verse_that_begins_behind_its_negation_has_a_gap() -> None:
    verse = words("quran:4:43")
    begins = verse.index("لا") + 1
    finding = traced(f"قال تعالى: ﴿{' '.join(verse[begins : begins + 4])}﴾ [النساء: 43]")
    assert finding.match == "gaps" and finding.notes
