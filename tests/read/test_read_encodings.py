"""Every encoding that is read comes out as the same characters, and what was guessed is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.errors import InputError
from takhrij.read import read, read_text

ARABIC = "قال الله تعالى في سورة المائدة: «فاغسلوا وجوهكم وأيديكم إلى المرافق»\r\nوالله أعلم بالصواب\n"


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1256", "windows-1256"),
    ],
)
def test_arabic_is_read_in_every_encoding(codec: str, told: str) -> None:
    document = read(ARABIC.encode(codec), name="a.txt")
    assert document.text == ARABIC
    assert document.encoding == told
    assert bool(document.notes) == (codec in ("utf-16-le", "utf-16-be", "cp1256"))


def test_english_with_some_arabic_in_windows_1256() -> None:
    text = "He said: “Woe to the heels” – «ويل للأعقاب من النار» – and “dwelt” on ‘the heel’…\n" * 3
    assert read(text.encode("cp1256")).text == text


def test_utf16_with_a_mark_of_the_other_order() -> None:
    document = read(b"\xfe\xff" + ARABIC.encode("utf-16-be"))
    assert (document.text, document.encoding) == (ARABIC, "utf-16-be")


@pytest.mark.parametrize(
    "text", ["Wudu has four obligations.\n", "الوضوء", "وضوء: wudu, ablution\n", "\u2019\u2018"]
)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(text: str, codec: str) -> None:
    if text == "\u2019\u2018":  # two punctuation marks are no evidence of anything
        with pytest.raises(InputError):
            read(text.encode(codec) + b"\x00\xd8")
        return
    assert read(text.encode(codec)).text == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Où était l'été? Déjà là".encode("latin-1"), id="French in Latin-1"),
        pytest.param(ARABIC.encode("iso8859-6", "ignore"), id="Arabic in ISO 8859-6"),
        pytest.param("Что такое омовение и когда оно обязательно".encode("cp1251"), id="Russian"),
        pytest.param(ARABIC.encode()[:-3] + b"\xff" + ARABIC.encode(), id="UTF-8 with one damaged byte"),
        pytest.param("قال".encode("cp1256"), id="too little to tell"),
    ],
)
def test_what_is_not_plausible_is_refused_with_its_place(data: bytes) -> None:
    with pytest.raises(
        InputError, match=r"f\.txt: is neither UTF-8 \(byte \d+, line \d+: .*save it as UTF-8"
    ):
        read(data, name="f.txt")


def test_damaged_utf8_names_byte_and_line() -> None:
    with pytest.raises(InputError, match=r"byte 9, line 3"):
        read(b"one\ntwo\n.\xff")


def test_lone_surrogates_keep_every_offset() -> None:
    data = b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00\xd8" + "cd".encode("utf-16-le")
    document = read(data)
    assert document.text == "ab\ufffdcd"
    assert "surrogate" in document.notes[0]
    from_string = read_text("قال \udc80 الله")
    assert from_string.text == "قال \ufffd الله"
    assert from_string.text.encode()


def test_half_a_character_at_the_end_of_utf16_is_an_error() -> None:
    with pytest.raises(InputError, match="not valid UTF-16-LE"):
        read(b"\xff\xfea\x00b")


def test_replacement_characters_already_in_the_file_are_noted() -> None:
    assert "U+FFFD" in read("قال \ufffd الله".encode()).notes[0]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf8_text_is_kept_as_decoded(text: str) -> None:
    if text.isspace() or text.startswith("\ufeff") or "\x06" in text:
        return
    document = read(b"\xef\xbb\xbf" + text.encode())
    assert document.text == text
    assert read_text(text).text == text


@settings(deadline=None)  # some bytes are taken for a PDF or the like and read in another process
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_a_document_or_a_message(data: bytes) -> None:
    try:
        document = read(data, name="some file")
    except InputError as error:
        assert str(error).startswith("some file: ")
    else:
        assert document.text
        assert document.text.encode()
