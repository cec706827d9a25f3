"""Whatever a text is made of, offsets are those of the text, and the same text gives the same report."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from quoted import bare, matn, passages, shown, verse

import takhrij
from takhrij.model import Finding, Report

NUMBERS = ["2:183", "5:6", "55:13", "112:1", "2:255", "78:1", "4:43"]
RECORDS = ["bukhari:8", "bukhari:135", "muslim:534", "bukhari:160"]
GLUE = [
    " ",
    "\n",
    "\n\n",
    " قال تعالى: ﴿",
    "﴾ ",
    " قوله تعالى: ",
    "«",
    "»",
    '"',
    " (",
    ") ",
    " … ",
    " [المائدة: 6] ",
]
GLUE += [
    " قال رسول الله صلى الله عليه وسلم: ",
    " رواه البخاري ",
    " وهو دليل ظاهر ",
    "\U0001f600",
    "\ud800",
    " The verse ",
]
GLUE += ["\u200f", "\ufeff", "\u2067", "\ufdfa", "\ufdf2", "\U0001ee00", "a\u0301", "<", ">", "{", "}"]
INSIDE = ["\u200c", "\u200d", "\u200f", "\u202b", "ـ", "ّ", "\u0670"]


def presentation(text: str) -> str:
    """Letters as the shapes that old files have for them."""
    shapes: dict[str, str] = {}
    for point in range(0xFE80, 0xFEF5):
        shapes.setdefault(unicodedata.normalize("NFKC", chr(point)), chr(point))
    return "".join(shapes.get(char, char) for char in text)


@st.composite
def quotations(draw: st.DrawFn) -> str:
    number, ref = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(RECORDS))
    text = draw(
        st.sampled_from([verse(number), shown(number), matn(ref), bare(verse(number)), bare(matn(ref))])
    )
    words = text.split(" ")
    low = draw(st.integers(0, max(0, len(words) - 4)))
    words = words[low : low + draw(st.integers(1, 20))]
    at = draw(st.integers(0, len(words) - 1))
    word = draw(st.sampled_from([words[at], "", "والبيع", presentation(words[at])]))
    middle = draw(st.integers(0, len(word)))
    words[at] = word[:middle] + draw(st.sampled_from(["", *INSIDE])) + word[middle:]
    return " ".join(words)


TEXTS = st.lists(st.one_of(quotations(), st.sampled_from(GLUE)), min_size=1, max_size=14).map("".join)


def all_findings(report: Report) -> list[Finding]:
    return [*report.findings, *report.echoes]


def within(inside: tuple[int, int], outside: tuple[int, int]) -> bool:
    return outside[0] <= inside[0] <= inside[1] <= outside[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
@example(text="\ud800" + "قال تعالى: ﴿" + verse("112:1") + "﴾")
def test_spans_are_those_of_the_text(text: str) -> None:
    if not text.strip(" \n\u200f\ufeff\u2067"):
        return
    report = takhrij.check(text=text)
    size = len(text)
    assert len(report.document.text) == size
    text = report.document.text  # a lone surrogate is a replacement character there
    for finding in all_findings(report):
        start, end = finding.span
        assert 0 <= start < end <= size
        assert text[start:end] == finding.text
        assert not finding.text[0].isspace() and not finding.text[-1].isspace()
        assert all(within(part, finding.span) and part.start < part.end for part in finding.parts)
        if finding.isnad:
            assert within(finding.isnad, (0, size))
        if finding.introduced_by:
            start, end = finding.introduced_by.span
            assert text[start:end] == finding.introduced_by.text
        for claim in finding.claims:
            assert text[claim.span.start : claim.span.end] == claim.text
        for match in finding.sources:
            assert 0 < match.covered <= 1
            assert match.text
            for change in match.changes:
                assert within(change.span, finding.span)
                assert text[change.span.start : change.span.end] == change.text
            if match.source == "quran" and "-" not in match.ref:
                record = passages("quran")[match.ref.partition(":")[2]].text
                assert record[match.source_span.start : match.source_span.end] == match.text
                for change in match.changes:
                    assert record[change.source_span.start : change.source_span.end] == change.source_text
    labels = [finding.label for finding in all_findings(report)]
    assert len(labels) == len(set(labels))
    assert len({finding.id for finding in all_findings(report)}) == len(labels)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS.filter(lambda text: text.strip(" \n\u200f\ufeff\u2067") != ""))
def test_the_same_text_gives_the_same_report(text: str) -> None:
    assert takhrij.check(text=text) == takhrij.check(text=text)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.integers(0, 40), number=st.sampled_from(NUMBERS))
def test_a_quotation_is_found_wherever_in_a_long_text_it_stands(before: int, number: str) -> None:
    prose = "هذا كلام في البيوع والسفر والوضوء لا ينقل فيه شيء عن أحد. "
    text = prose * before + f"قال الله تعالى: ﴿{verse(number)}﴾. " + prose * 20
    report = takhrij.check(text=text)
    [finding] = [finding for finding in report.findings if finding.kind == "quran"]
    assert finding.text == verse(number)
