"""The page shows the text exactly, runs nothing of the text's, and marks every quotation."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from report_builders import PRAYER, WASH, bare, finding, nested, report, sheet
from test_report_json import any_report, characters

from takhrij.model import (
    Block,
    Change,
    Claim,
    Cue,
    Document,
    Grade,
    Rendering,
    Report,
    Searched,
    Span,
    replace,
)
from takhrij.report.clean import for_page
from takhrij.report.html import to_html
from takhrij.report.sheet_html import sheet_to_html
from takhrij.report.terminal import to_text

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;]]></style>\x1b[31m\x00\u202e{0}%s"


class Page(HTMLParser):
    """The page as a browser would hold it: elements, attributes, and the text of each element of a class."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, str]] = []
        self.rows: list[tuple[int, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: dict[str, str] = {}
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert not self.stack, self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), attrs
        self.tags.append((tag, given))
        if tag in ("meta", "input"):
            return
        classes = given.get("class") or ""
        if "data-from" in given:
            self.rows.append((int(given["data-from"] or 0), ""))
            classes = "document"
        self.stack.append((tag, f"{classes} key:{given.get('data-f', '')}"))
        self.texts.setdefault(classes, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack and self.stack[-1][0] == tag, (tag, self.stack[-3:])
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if any(classes.startswith("document") for _, classes in self.stack):
            at, so_far = self.rows[-1]
            self.rows[-1] = at, so_far + data
            for _, classes in self.stack:
                key = classes.rpartition("key:")[2]
                if key:
                    self.marks[key] = self.marks.get(key, "") + data
        for classes in {classes.rpartition(" key:")[0] for _, classes in self.stack}:
            self.texts[classes][-1] += data


def shown(page: Page, text: str) -> str:
    """The document as the page shows it, with the white space that stands between blocks put back."""
    whole, at = "", 0
    for start, row in page.rows:
        assert not text[at:start].strip()
        whole += for_page(text[at:start]) + row
        at = start + len(row)
    return whole + for_page(text[at:])


def test_the_page_shows_the_text_and_marks_every_quotation() -> None:
    page = Page(to_html(report()))
    assert shown(page, report().document.text) == report().document.text
    assert page.marks["q1"] == WASH
    assert page.marks["q2"] == PRAYER
    assert len(page.marks) == 5


def test_nested_overlapping_and_divided_quotations_are_all_marked() -> None:
    made = nested()
    page = Page(to_html(made))
    assert shown(page, made.document.text) == made.document.text
    assert page.marks["q1"] == made.findings[0].text
    assert page.marks["q2"] == made.findings[1].text
    assert page.marks["q3"] == "".join(made.document.text[a:b] for a, b in made.findings[2].parts)
    assert page.marks["e1"] == "وجوهكم"


def test_a_quotation_over_two_blocks_is_marked_in_both() -> None:
    text = "قفا نبك\nمن ذكرى"
    blocks = (Block(span=Span(0, 7), kind="verse_line"), Block(span=Span(8, len(text)), kind="verse_line"))
    made = Report(
        document=Document(text=text, name="x", blocks=blocks),
        findings=(finding("f1", text, text, []),),
    )
    page = Page(to_html(made))
    assert page.marks["q1"] == "قفا نبكمن ذكرى"
    assert shown(page, text) == text


@given(characters.map(lambda text: text + "ا\n\nب"), st.data())
@settings(deadline=None, max_examples=60)
def test_any_text_stands_on_the_page_as_it_is(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    blocks = tuple(Block(span=Span(a, b)) for a, b in itertools.pairwise(starts))
    found = []
    for n in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        made = finding(f"f{n}", text, text[start:end], [], parts=(Span(start, end),))
        found.append(replace(made, span=Span(start, end)))
    made_report = Report(document=Document(text=text, name=text, blocks=blocks), findings=tuple(found))
    page = Page(to_html(made_report))
    assert shown(page, text) == for_page(text)
    for n, one in enumerate(found, 1):
        # white space between blocks is in no block
        assert page.marks.get(f"q{n}", "").split() == for_page(one.text).split() or blocks


@given(any_report())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_any_report_makes_a_page_and_a_text(made: Report) -> None:
    Page(to_html(made)).rows.sort()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", to_text(made, width=60))


def hostile() -> Report:
    """A report with markup, a terminal's escapes and bidi controls in every field that is anybody's."""
    base = report().findings[1]
    change = Change(
        kind="replaced",
        span=Span(0, 3),
        source_span=Span(0, 3),
        text=HOSTILE,
        source_text=HOSTILE,
        note=HOSTILE,
    )
    source = replace(
        base.sources[0],
        ref=f"x:{HOSTILE}",
        source=HOSTILE,
        title=HOSTILE,
        edition=HOSTILE,
        numbering=HOSTILE,
        text=HOSTILE,
        before=HOSTILE,
        after=HOSTILE,
        display=HOSTILE,
        narrator=HOSTILE,
        attributed_to="companion",
        chain=HOSTILE,
        report=HOSTILE,
        printed_number=HOSTILE,
        complete="part",
        source_span=Span(0, len(HOSTILE)),
        changes=(change,),
        grades=(Grade(grader=HOSTILE, words=HOSTILE, about=HOSTILE, ref=HOSTILE, source_span=Span(0, 1)),),
    )
    text = HOSTILE * 2
    span = Span(0, len(HOSTILE))
    found = replace(
        base,
        id=HOSTILE,
        label=HOSTILE,
        span=span,
        parts=(span,),
        text=HOSTILE,
        speakers=(HOSTILE,),
        introduced_by=Cue(text=HOSTILE, span=span),
        isnad=span,
        claims=(
            Claim(
                kind="number",
                text=HOSTILE,
                span=span,
                says=HOSTILE,
                check="differs",
                found=HOSTILE,
                why=HOSTILE,
            ),
        ),
        sources=(source,) * 15,
        also_in=(HOSTILE,),
        inner=(HOSTILE,),
        rendering=Rendering(language=HOSTILE, span=span, text=HOSTILE, translation=HOSTILE, notes=(HOSTILE,)),
        notes=(HOSTILE,),
        searched=(Searched(source=HOSTILE, coverage="partial", held=1, title=HOSTILE, tradition=HOSTILE),),
        not_searched=(HOSTILE,),
    )
    return Report(
        document=Document(
            text=text,
            name=HOSTILE,
            format=HOSTILE,
            encoding=HOSTILE,
            notes=(HOSTILE,),
            blocks=(Block(span=span, kind=HOSTILE),),
        ),
        findings=(found, replace(found, status="not_checked", sources=(), nearest=(source,))),
        echoes=(replace(found, presented="echo"),),
        searched=found.searched,
        not_searched=(HOSTILE,),
        missing=(HOSTILE,),
        notes=(HOSTILE,),
        fingerprint=HOSTILE,
        version=HOSTILE,
    )


def test_nothing_of_the_texts_becomes_markup() -> None:
    page = Page(to_html(hostile()))
    assert [tag for tag, _ in page.tags if tag in ("script", "img", "style", "iframe", "object")] == [
        "style",
        "style",
        "script",
    ]
    assert not [key for _, given in page.tags for key in given if key.startswith("on") or key == "style"]
    assert all((given.get("href") or "#").startswith("#") for _, given in page.tags)
    assert shown(page, hostile().document.text) == for_page(hostile().document.text)


def test_bidi_controls_of_the_text_stay_in_its_own_paragraphs() -> None:
    html = to_html(hostile())
    inside = re.findall(r"<(?:div|h2) class=\"text.*?</(?:div|h2)>", html, re.DOTALL)
    assert "\u202e" in "".join(inside)
    for paragraph in inside:
        html = html.replace(paragraph, "")
    assert "\u202e" not in html


def test_nothing_of_the_texts_reaches_the_terminal_as_a_command() -> None:
    for colour in (False, True):
        text = to_text(hostile(), width=80, colour=colour)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text) if colour else text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", plain)
        assert not colour or "\x1b[31mstray" not in text
    assert "␛[31m" in to_text(hostile(), width=300)


@pytest.mark.parametrize("html", [to_html(report()), to_html(hostile()), sheet_to_html(sheet())])
def test_the_policy_lets_in_only_the_pages_own_style_and_script(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy.group(1).startswith("default-src 'none'; ")
    assert "unsafe" not in policy.group(1)
    for name in ("style", "script"):
        contents = re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in contents]
        allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
        assert f"{name}-src {allowed};" in policy.group(1)
    assert not re.search(r"(?:src|href)\s*=\s*\"?(?:https?:)?//|@import|url\(", html)


def test_a_match_is_never_told_by_colour_alone() -> None:
    page = Page(to_html(report()))
    cards = [given for tag, given in page.tags if tag == "details" and "card" in (given.get("class") or "")]
    assert [card["data-m"] for card in cards] == ["part", "same", "different", "part", "not_checked"]
    assert page.texts["look"] == [
        "part of the verse",
        "same words",
        "other wording",
        "part of the verse",
        "could not be checked here",
    ]
    assert page.texts["sign"][:5] == ["✓", "…", "≈", "?", "…"]


def test_what_could_not_be_checked_is_never_green() -> None:
    style = re.search(r"<style>(.*?)</style>", to_html(report()), re.DOTALL)
    assert style is not None
    assert re.search(r"\.m-not_checked[^{]*\{--tone:var\(--grey\)\}", style.group(1))
    assert not re.search(r"not_checked[^{}]*\{[^}]*green", style.group(1))


def test_changes_are_marked_on_both_sides_with_words_for_those_who_do_not_see_them() -> None:
    html = to_html(report())
    assert re.search(r'<del class="x-replaced"[^>]*><span class="vh">\[the text has: </span>تقبل', html)
    assert re.search(r'<ins class="x-replaced"[^>]*><span class="vh">\[the source has: </span>يَقْبَلُ', html)


def test_every_finding_has_its_sentence_and_the_page_says_what_was_not_searched() -> None:
    page = Page(to_html(report()))
    assert len(page.texts["sentence"]) == 10  # in its card and in the list to copy
    html = to_html(report())
    assert "al-Kafi" in html
    assert "https://tanzil.net" in html
    assert "same words does not mean authentic" in html


def test_the_same_report_gives_the_same_page() -> None:
    assert to_html(report()) == to_html(report())


def test_a_sheet_has_one_column_a_word_and_marks_what_differs() -> None:
    page = Page(sheet_to_html(sheet()))
    assert [bare(words) for words in page.texts["differs"]] == ["يقبلالله", "من"]
    assert all(words.startswith("≈ ") for words in page.texts["differs"])
    assert len(page.texts["same"]) == 8 + 7 + 6
    assert len(page.texts["absent"]) == 1


def test_an_edition_is_given_once_a_finding() -> None:
    made = report()
    at, one = next((at, one) for at, one in enumerate(made.findings) if one.sources)
    doubled = replace(one, sources=(one.sources[0], one.sources[0]))
    html = to_html(replace(made, findings=(doubled,)))
    assert at == 0 and html.count("numbering and edition as above") == 1
