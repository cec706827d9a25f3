"""What was written is read back: every format that carries the text carries all of it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

import takhrij
from takhrij.model import Report
from takhrij.read import read
from takhrij.report import as_file, formats
from takhrij.report.json import from_json

VERSE = "يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم"
DEEDS = "إنما الأعمال بالنيات، وإنما لكل امرئ ما نوى"
TEXT = (
    "باب الوضوء & <الطهارة> *\n\n"
    f"قال الله تعالى: ﴿{VERSE}﴾ [المائدة: 6].\n"
    f'وقال النبي ﷺ: «{DEEDS}» رواه البخاري. =SUM(1) "x" [^1] \\ _y_ # 3\n\n'
    "The end… 1) one  two — last line"
)


@pytest.fixture(scope="module")
def made() -> Report:
    return takhrij.check(text=TEXT)


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("format", ["docx", "tei"])
def test_a_file_has_the_text(made: Report, format: str) -> None:
    assert words(read(as_file(made, format), name="made").text) == words(TEXT)


def test_a_page_has_the_text_paragraph_by_paragraph(made: Report) -> None:
    page = as_file(made, "html").decode()
    main = re.search(r'<main id="text"[^>]*>(.*)</main>', page, re.S)
    assert main
    shown = re.findall(r'class="left"><(?:div|h2) [^>]*>(.*?)</(?:div|h2)></div>', main[1], re.S)
    assert words(html.unescape(re.sub(r"<[^>]+>", "", "\n".join(shown)))) == words(TEXT)
    document = read(as_file(made, "html"), name="made.html")
    assert VERSE in document.text and DEEDS in document.text


def test_markdown_has_the_text_but_for_its_escapes(made: Report) -> None:
    body = as_file(made, "markdown").decode().partition("\n\n---\n\n")[0]
    plain = re.sub(r"\\([^\s0-9A-Za-z])", r"\1", re.sub(r"\[\^takhrij-f\d+\]", "", body))
    assert words(plain) == words(TEXT)


def test_json_is_the_report(made: Report) -> None:
    assert from_json(as_file(made, "json")) == made


def test_annotations_find_their_words_again(made: Report) -> None:
    items = json.loads(as_file(made, "annotations"))["first"]["items"]
    for item, finding in zip(items, made.findings, strict=True):
        quote = item["target"]["selector"][1]
        assert TEXT.index(quote["prefix"] + quote["exact"]) + len(quote["prefix"]) == finding.span.start


def test_every_format_is_written_and_each_time_the_same(made: Report, tmp_path: Path) -> None:
    for format in formats():
        assert as_file(made, format) == as_file(made, format), format
