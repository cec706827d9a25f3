"""Blocks of plain text and Markdown: the characters stay, the layout is told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import UsageError
from takhrij.model import Document
from takhrij.read import TEXT_FORMATS, read, read_text


def parts(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.span.start : block.span.end]) for block in document.blocks]


def test_a_line_is_a_paragraph() -> None:
    document = read_text("السؤال\n\nما حكم الوضوء؟\r\n  \r\nالجواب: هو شرط للصلاة\rوالله أعلم")
    assert parts(document) == [
        ("paragraph", "السؤال"),
        ("paragraph", "ما حكم الوضوء؟"),
        ("paragraph", "الجواب: هو شرط للصلاة"),
        ("paragraph", "والله أعلم"),
    ]
    assert [block.line for block in document.blocks] == [1, 3, 5, 6]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    line = "the four obligations of ablution that the verse names are the washing of"
    document = read_text(f"{line}\n{line}\n{line}\nthe face.\n\n{line}\n{line}\nthe end")
    assert [block.line for block in document.blocks] == [1, 6]


MARKDOWN = """# باب الوضوء

فروض الوضوء أربعة
كما في الآية

> يا أيها الذين آمنوا
> إذا قمتم إلى الصلاة
وهذه بقية الاقتباس

Title
-----

- one
- two

| a | b |
|---|---|

```
# not a heading
```

***
[^1]: المائدة: 6
"""


def test_markdown_blocks() -> None:
    document = read_text(MARKDOWN, format="markdown")
    assert document.text == MARKDOWN
    assert [(block.kind, block.level, block.line) for block in document.blocks] == [
        ("heading", 1, 1),
        ("paragraph", 0, 3),
        ("quote", 0, 6),
        ("heading", 2, 10),
        ("paragraph", 0, 13),
        ("paragraph", 0, 14),
        ("table", 0, 16),
        ("code", 0, 19),
        ("footnote", 0, 24),
    ]


@pytest.mark.parametrize(
    ("name", "format"), [("a.md", "markdown"), ("A.MARKDOWN", "markdown"), ("a.txt", "text"), ("a", "text")]
)
def test_the_format_is_told_from_the_name(name: str, format: str) -> None:
    assert read("# نص".encode(), name=name).format == format


def test_the_format_is_told_from_the_content_first() -> None:
    assert read("######OpenITI#\n\n# نص\n".encode(), name="book.md").format == "openiti"


def test_markup_read_as_text_says_so() -> None:
    assert "tags" in read(b"<p>text</p>", name="page.xml").notes[0]


def test_unknown_formats_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="known: text, markdown, openiti"):
        read(b"x", format="pages")
    with pytest.raises(UsageError, match="known: text, markdown, openiti"):
        read_text("x", format="pages")


@pytest.mark.parametrize("format", TEXT_FORMATS)
@given(text=st.text(st.sampled_from("اب \t\n\r#>|-=`~*[^]:1.%@PV\u2028\x0b𐤀"), min_size=1))
def test_blocks_are_sorted_disjoint_filled_and_numbered(format: str, text: str) -> None:
    text = "x" + text
    document = read_text(text, format=format)
    if format != "openiti":
        assert document.text == text
    before = 0
    for block in document.blocks:
        start, end = block.span
        assert before <= start < end <= len(document.text)
        assert document.text[start:end].strip("\r\n \t")
        before = end
    numbers = [block.line or 0 for block in document.blocks]
    assert numbers == sorted(numbers)
    covered = sum(end - start for start, end in (block.span for block in document.blocks))
    if format == "text":
        assert covered >= len("".join(text.split()))


@pytest.mark.parametrize("format", TEXT_FORMATS)
@pytest.mark.parametrize(
    "unit",
    [
        "قال الله ",
        "«",
        ") (",
        " ",
        "\n",
        "\r\n\r\n",
        "> ",
        "#",
        "# ا\n~~ب\n",
        "@A",
        "PageV01P001",
        "~~\n",
        "ms",
        "[^",
    ],
)
def test_a_large_text_of_one_kind_is_read_in_time(format: str, unit: str) -> None:
    text = "x" + unit * (500_000 // len(unit))
    began = time.perf_counter()
    read_text(text, format=format)
    assert time.perf_counter() - began < 6  # seconds; what grows with the square takes minutes
