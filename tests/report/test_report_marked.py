"""TEI with the quotations marked, Markdown with footnotes: the same text, every finding at its words."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from report_builders import report

import takhrij
from takhrij.model import Report, Span, replace
from takhrij.read import read, read_text
from takhrij.report import as_file, render

VERSE = "يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم"
DEEDS = "إنما الأعمال بالنيات، وإنما لكل امرئ ما نوى"
PRAYER = "لا يقبل الله صلاة أحدكم إذا أحدث حتى يتوضأ"
T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
FILE = (
    '<?xml version="1.0"?>\n<!-- an edition --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
    f"<p>قال الله تعالى: ﴿{VERSE[:20]}<pb n='2'/>{VERSE[20:]}﴾ [المائدة: 6]. وقال النبي ﷺ: «{DEEDS}».</p>"
    f"<p>وقال <hi>النبي ﷺ: «{PRAYER[:12]}</hi>{PRAYER[12:]}».</p></body></text></TEI>"
).encode()


@pytest.fixture(scope="module")
def made() -> Report:
    return takhrij.check(document=read(FILE, name="a.xml"))


def test_quotations_of_a_tei_file_are_marked_and_its_text_stays(made: Report) -> None:
    data = as_file(made, "tei", FILE)
    assert read(data, name="a.xml").text == made.document.text
    root = etree.fromstring(data)
    quotes = {quote.get(ID): "".join(map(str, quote.itertext())) for quote in root.iter(f"{T}quote")}
    assert quotes == {"takhrij-f1": VERSE, "takhrij-f2": DEEDS}
    assert b"<!-- an edition -->" in data and root.find(f".//{T}quote/{T}pb") is not None
    assert [len(cit) for cit in root.iter(f"{T}cit")] == [2, 2]
    refs = [bibl.get("n") for bibl in root.iter(f"{T}bibl") if bibl.get("n")]
    assert refs == [source.ref for finding in made.findings for source in finding.sources]
    ids = {one.get(ID) for one in root.iter() if one.get(ID)}
    assert len(ids) == len(refs) + len(quotes) + len(made.findings)


def test_a_quotation_across_elements_is_pointed_at(made: Report) -> None:
    root = etree.fromstring(as_file(made, "tei", FILE))
    targets = [one.get("target") or "" for one in root.iter(f"{T}annotation")]
    assert targets[:2] == ["#takhrij-f1", "#takhrij-f2"]
    found = re.fullmatch(r"#string-range\(xpath\((.+)\),(\d+),(\d+)\)", targets[2])
    assert found
    begins = str(root.xpath(f"string({found[1]})"))[int(found[2]) :]
    assert PRAYER.startswith(begins) and begins and int(found[3]) == len(PRAYER)


def test_of_two_quotations_that_meet_one_is_pointed_at(made: Report) -> None:
    first, second, third = made.findings
    text, span = made.document.text, Span(first.span.start + 5, second.span.start + 5)
    crossing = replace(second, span=span, text=text[span.start : span.end])
    root = etree.fromstring(as_file(replace(made, findings=(first, crossing, third)), "tei", FILE))
    assert ["".join(map(str, one.itertext())) for one in root.iter(f"{T}quote")] == [crossing.text]
    target = next(root.iter(f"{T}annotation")).get("target") or ""
    assert target.endswith(f",{len('قال الله تعالى: ﴿')},{len(VERSE)})")


def test_a_second_run_has_ids_of_its_own(made: Report) -> None:
    once = as_file(made, "tei", FILE)
    root = etree.fromstring(as_file(made, "tei", once))
    ids = [one.get(ID) for one in root.iter() if one.get(ID)]
    assert len(set(ids)) == len(ids)


def test_a_footnote_for_every_finding_and_the_text_stays() -> None:
    text = f"# باب\n\nقال الله تعالى: ﴿{VERSE}﴾ [المائدة: 6].\n\n* قال النبي ﷺ: «{DEEDS}».\n"
    made = takhrij.check(document=read_text(text, name="a.md", format="markdown"))
    body, _, notes = render(made, "markdown").partition("\n\n---\n\n")
    assert f"﴿{VERSE}﴾[^takhrij-f1] [" in body and f"«{DEEDS}»[^takhrij-f2]." in body
    assert re.sub(r"\[\^takhrij-f\d+\]", "", body) == text.rstrip("\n")
    assert re.findall(r"(?m)^\[\^takhrij-(f\d+)\]: ", notes) == [finding.label for finding in made.findings]
    assert "same words does not mean authentic" in notes and "quran:5:6" in notes


def test_marks_of_a_plain_text_are_no_markdown() -> None:
    text = f"# not *a* heading [x](y)\n- 1 < 2\n\n    قال تعالى: ﴿{VERSE}﴾ [المائدة: 6]\n"
    body = render(takhrij.check(text=text), "markdown").partition("\n\n---\n\n")[0]
    assert r"\# not \*a\* heading \[x\](y)" in body and r"\- 1 \< 2" in body
    assert body.endswith(f"\n\nقال تعالى: ﴿{VERSE}﴾[^takhrij-f1] \\[المائدة: 6\\]")


def test_any_report_makes_markdown() -> None:
    made = render(report(), "markdown")
    assert all(made.count(f"[^takhrij-{finding.label}]") == 2 for finding in report().findings)
