"""OpenITI mARkdown: clean text, and every character traceable to its place in the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import InputError
from takhrij.read import file_offset, read, read_text
from takhrij.read.openiti import metadata

HEADER = """######OpenITI#


#META# 010.AuthorNAME\t:: فلان
#META# 011.AuthorDIED\t:: NODATA

#META#Header#End#
"""
BODY = """
# PageV01P000
### |EDITOR|
# كلمة المحقق ms001
~~وتتمتها
### | كتاب الطهارة
### || باب الوضوء

# الوضوء لغة PageV01P012 النظافة
~~وشرعا ms002

PageV01P013

~~غسل @P12 أعضاءPageV01P014مخصوصة
# صدر البيت %~% عجز البيت
### $BIO_MAN$ فلان بن فلان
# $RWY$ حدثنا فلان
سطر بلا علامة PageV02P001
"""


def test_a_book() -> None:
    document = read((HEADER + BODY).encode(), name="0001Author.Book-ara1")
    assert document.format == "openiti"
    text = document.text
    assert [(b.kind, b.level, b.page, text[b.span.start : b.span.end]) for b in document.blocks] == [
        ("paratext", 0, "V01P012", "كلمة المحقق وتتمتها"),
        ("heading", 1, "V01P012", "كتاب الطهارة"),
        ("heading", 2, "V01P012", "باب الوضوء"),
        ("paragraph", 0, "V01P012", "الوضوء لغة النظافة وشرعا غسل أعضاء مخصوصة"),
        ("verse_line", 0, "V02P001", "صدر البيت عجز البيت"),
        ("paragraph", 0, "V02P001", "فلان بن فلان"),
        ("paragraph", 0, "V02P001", "حدثنا فلان"),
        ("paragraph", 0, "V02P001", "سطر بلا علامة"),
    ]
    file_lines = (HEADER + BODY).split("\n")
    assert all(
        re.findall(r"\w+", text[b.span.start : b.span.end])[0] in file_lines[(b.line or 0) - 1]
        for b in document.blocks
    )


def test_pages_that_are_marked_where_they_begin() -> None:
    document = read_text("######OpenITI#\n# PageBegV01P005 نص\n# آخر", format="openiti")
    assert [block.page for block in document.blocks] == ["V01P005", "V01P005"]


def test_metadata() -> None:
    assert metadata(HEADER) == {"010.AuthorNAME": "فلان"}


def test_a_header_alone_is_no_text() -> None:
    with pytest.raises(InputError, match=r"^book: an OpenITI header and no text"):
        read((HEADER + "\n\n# PageV01P001\n").encode(), name="book")


WORDS = st.sampled_from(["قَالَ", "الله", "(1)", "،", "𐤀ب", "Page", "V01", "5%", "a@b", "ms"])
MARKS = st.sampled_from(
    ["PageV01P012", "PageEndV02P1", "ms001", "msA1-23", "%~%", "@P12", "@MATN@", "YD0150", "Milestone300"]
)
JOINS = st.sampled_from([" ", "", "  ", "\n~~", "\n\n~~ ", "\r\n~~", " \t", "\nPageV01P013\n~~"])
STARTS = st.sampled_from(
    ["# ", "### | ", "### || ", "### |EDITOR|\n", "### $$ ", "", "# % ", "# $RWY$ ", "#"]
)
LINE = st.tuples(STARTS, st.lists(st.tuples(st.one_of(WORDS, WORDS, MARKS), JOINS), max_size=12))


@given(st.lists(LINE, min_size=1), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_every_character_stands_where_the_map_says(
    content: list[tuple[str, list[tuple[str, str]]]], end: str
) -> None:
    file = HEADER + "# أول" + end
    file += "".join(start + "".join(word + join for word, join in words) + end for start, words in content)
    document = read(file.encode())
    text = document.text
    places = [file_offset(document, offset) for offset in range(len(text))]
    assert places == sorted(places)
    for offset, place in enumerate(places):
        if file[place] != text[offset]:  # a space for a line break or for a mark between two words
            assert text[offset] == " "
            rest = file[place:]
            assert re.match(r"\s*(?:[^\s]+\s+)*~~|\s*(?:Page|ms|%~%|@|Y|Milestone)", rest), rest[:40]
    assert document.origins[0].text_start == 0
    starts = [origin.text_start for origin in document.origins]
    assert starts == sorted(set(starts))
    for mark in ("PageV01P012", "PageEndV02P1", "%~%", "~~"):
        assert mark not in text


@given(st.text(st.sampled_from("اب \t\n\r#|~%@PV01ms$EDITOR"), min_size=1))
def test_anything_after_the_magic_line_is_read(text: str) -> None:
    document = read_text("######OpenITI#\nx\n" + text)
    file = "######OpenITI#\nx\n" + text
    for offset, char in enumerate(document.text):
        assert char in (file[file_offset(document, offset)], " ")
