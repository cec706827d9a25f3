"""RTF as Word, LibreOffice and pandoc write it: letters in any encoding, notes, cells, what was deleted."""

from __future__ import annotations

import pytest

import takhrij
from takhrij.errors import InputError
from takhrij.read import file_offset, read

VERSE = "قال الله تعالى: ﴿يا أيها الذين آمنوا إذا قمتم إلى الصلاة فاغسلوا وجوهكم﴾ [المائدة: 6]."
FONTS = r"{\fonttbl{\f0\fnil Arial;}{\f1\fbidi\fcharset178 Arial;}}{\info{\title left out}}"


def escaped(text: str) -> str:
    return "".join(char if char.isascii() else rf"\u{ord(char)}?" for char in text)


def rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\uc1{FONTS}{body}}}".encode("latin-1")


def test_the_findings_are_those_of_the_text() -> None:
    document = read(rtf(rf"\pard {escaped(VERSE)}\par"), name="a")
    assert (document.format, document.text) == ("rtf", VERSE + "\n")
    expected = [(one.text, one.match) for one in takhrij.check(text=VERSE).findings]
    assert [(one.text, one.match) for one in takhrij.check(document=document).findings] == expected


def test_arabic_in_the_encoding_of_its_font() -> None:
    letters = "".join(rf"\'{byte:02x}" for byte in "قال الله".encode("cp1256"))
    assert read(rtf(rf"Said \f0\rtlch\af1 {letters}\par"), name="a").text == "Said قال الله\n"


def test_what_was_deleted_and_what_is_no_text_is_left_out() -> None:
    body = r"{\header x}{\*\generator y;}Water {\deleted unclean }{\v hidden }is pure{\pict 0a0b}\par"
    assert read(rtf(body), name="a").text == "Water is pure\n"


def test_notes_cells_and_headings() -> None:
    body = r"{\outlinelevel0 Chapter\par}One{\super 1}{\footnote\pard a note}, two\par"
    body += r"\trowd a\cell b\cell\row end"
    document = read(rtf(body), name="a")
    assert document.text == "Chapter\nOne1, two\na note\na\nb\nend\n"
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["heading", "paragraph", "footnote", "table", "table", "paragraph"]
    assert document.blocks[2].call == document.text.index(", two")


def test_a_word_knows_its_byte() -> None:
    data = rtf(rf"\pard {escaped('ماء طهور')} pure\par")
    document = read(data, name="a")
    for word in ("pure", "طهور"):
        at = file_offset(document, document.text.index(word))
        assert data[at:].startswith(escaped(word)[:4].encode())


def test_a_character_beyond_the_first_plane() -> None:
    assert read(rtf(r"\u-10179?\u-8703?\par"), name="a").text == "😁\n"


@pytest.mark.parametrize("body", ["", "{" * 5000 + "}" * 5000, r"{\fonttbl{\f0 x;}}"])
def test_without_text(body: str) -> None:
    with pytest.raises(InputError, match="no text"):
        read(rtf(body), name="a")
