"""Folding: each word of a text stands where the fold says; two words fold together exactly if they should."""

from __future__ import annotations

import importlib
import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.text import Words, arabic_words, fold, fold_word
from takhrij.text.fold import Profile, without_honorifics

# What each character folds to, written out by hand: (plain, loose); None parts words.
LETTERS: dict[str, tuple[str, str] | None] = {
    **{char: (char, char) for char in "ابتجكلمنهويپچگabz"},
    **dict.fromkeys("ٱ\ufe8d\ufe8e", ("ا", "ا")),  # wasla, presentation forms
    **{char: (char, "ا") for char in "أإآ"},
    "\ufe83": ("أ", "ا"),
    "ة": ("ة", "ه"),
    "ء": ("ء", ""),
    **{char: (char, "") for char in "ؤئ"},
    **dict.fromkeys("ىی", ("ي", "ي")),
    **dict.fromkeys("کڪ", ("ك", "ك")),
    **dict.fromkeys("ہھ", ("ه", "ه")),
    "\ufefb": ("لا", "لا"),  # ligatures
    "\ufef5": ("لآ", "لا"),
    "\ufdf2": ("الله", "الله"),
    **dict.fromkeys("Aāá\uff21", ("a", "a")),
    **dict.fromkeys("ًَُِّْٰۖـۥۦ\u0301", ("", "")),  # vowel signs, pausal signs, elongation
    **dict.fromkeys("\u200c\u200d\u200e\u200f\u202b\u2067\u2069\ufeff'’ʿ", ("", "")),  # joiners, directions
    **dict.fromkeys(" \n.,،«»﴾:-0٣\ufdfa\ufdfb\ufdfd\u2028"),
    **dict.fromkeys("\U0001ee00\U0001f600\U00010380\ud800\udfff"),  # beyond the plane, lone surrogates
}
TEXTS = st.text(alphabet=sorted(LETTERS), max_size=60)
FOLD = importlib.import_module("takhrij.text.fold")


def plainly(text: str, profile: Profile) -> list[str]:
    """The folded words of a text, character by character."""
    words, word = [], ""
    for char in text + " ":
        folded = LETTERS[char]
        if folded is not None:
            word += folded[profile == "loose"]
            continue
        words.append(word)
        word = ""
    return [word for word in words if word]


def spans(words: Words) -> list[tuple[int, int]]:
    return list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))


@pytest.mark.parametrize("profile", ["plain", "loose"])
@given(text=TEXTS)
def test_words_are_those_of_a_plain_reading(profile: Profile, text: str) -> None:
    words = fold(text, profile)
    expected = plainly(text, profile)
    assert [fold_word(text[start:end], profile) for start, end in spans(words)] == expected
    assert [fold(word, profile).hashes.tolist() for word in expected] == [[h] for h in words.hashes.tolist()]


@pytest.mark.parametrize("profile", ["plain", "loose"])
@given(text=TEXTS)
def test_one_hash_is_one_spelling(profile: Profile, text: str) -> None:
    pairs = set(zip(fold(text, profile).hashes.tolist(), plainly(text, profile), strict=True))
    assert len({number for number, _ in pairs}) == len(pairs) == len({word for _, word in pairs})


@given(text=st.text(max_size=80) | TEXTS)
def test_spans_hold_letters_and_marks_alone(text: str) -> None:
    words = fold(text)
    before = 0
    for start, end in spans(words):
        assert before <= start < end
        before = end
        for char in text[start:end]:
            assert (
                char.isalpha()
                or unicodedata.category(char) in ("Mn", "Me", "Cf")
                or char in FOLD._APOSTROPHES
            )
        assert text[start].isalpha()
        assert unicodedata.category(text[end - 1]) != "Cf"
        assert end == len(text) or unicodedata.category(text[end]) not in ("Mn", "Me")


@given(text=TEXTS, size=st.integers(1, 20))
def test_long_texts_are_folded_in_pieces_without_a_trace(text: str, size: int) -> None:
    whole = fold(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FOLD, "_CHUNK", size)
        pieces = fold(text)
    for name in ("starts", "ends", "hashes"):
        assert getattr(whole, name).tolist() == getattr(pieces, name).tolist()


def test_a_text_longer_than_a_piece() -> None:
    line = "بَابُ ٱلْوُضُوءِ مِنَ النَّوْمِ، و\u200cهو ثلاثة\n"
    times = 2 * FOLD._CHUNK // len(line) + 3
    one, many = fold(line), fold(line * times)
    assert len(many) == len(one) * times
    assert np.array_equal(many.hashes, np.tile(one.hashes, times))
    offsets = np.repeat(np.arange(times) * len(line), len(one))
    assert np.array_equal(many.starts, np.tile(one.starts, times) + offsets)
    assert np.array_equal(many.ends, np.tile(one.ends, times) + offsets)
    # one ligature in a piece takes the slow way there, which must give the same hashes
    assert np.array_equal(fold(line * times + "\ufdf2").hashes[:-1], many.hashes)


def test_one_word_longer_than_a_piece() -> None:
    word = "ب" * (FOLD._CHUNK + 5)
    assert spans(fold(f"{word} ا")) == [(0, len(word)), (len(word) + 1, len(word) + 2)]


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("الصلوٰة", "الصلوة"),
        ("شيئ", "شيء"),
        ("مسئول", "مسؤول"),
        ("هيأة", "هياه"),
        ("کتاب", "كتاب"),
        ("ﷲ", "الله"),
        ("ﻻ", "لا"),
        ("الـلّـه", "الله"),
        ("مى\u200cرود", "مي\u200cرود"),
        ("Qurʾān", "quran"),
    ],
)
def test_spellings_that_are_one_word(written: str, compared: str) -> None:
    assert fold(written).hashes.tolist() == fold(compared).hashes.tolist()
    assert len(fold(written)) == 1


@pytest.mark.parametrize(("one", "other"), [("عليه", "علية"), ("أن", "ان"), ("شيئ", "شيء")])
def test_the_plain_profile_keeps_letters_apart(one: str, other: str) -> None:
    assert fold(one, "plain").hashes.tolist() != fold(other, "plain").hashes.tolist()
    assert fold(one).hashes.tolist() == fold(other).hashes.tolist()


def test_a_word_that_begins_with_a_bare_hamza_begins_there() -> None:
    text = "قال: ءَامَنَ ٱلرَّسُولُ"
    start, end = spans(fold(text))[1]
    assert text[start:end] == "ءَامَنَ"


@pytest.mark.parametrize("text", ["", " ", "،.:\n", "ّ", "ء", "ئ", "\ud800", "\U0001f600", "\ufdfa", "123"])
def test_texts_without_a_word(text: str) -> None:
    assert len(fold(text)) == 0


def test_formulas_of_honour_are_passed_over() -> None:
    text = "قال رسول الله صلى الله عليه وسلم لعائشة رضي الله عنها: نعم، رحمك الله"
    words = fold(text)
    kept = [
        text[start:end]
        for (start, end), keep in zip(spans(words), without_honorifics(words), strict=True)
        if keep
    ]
    assert kept == ["قال", "رسول", "الله", "لعائشة", "نعم", "رحمك", "الله"]
    assert without_honorifics(fold("")).tolist() == []
    assert without_honorifics(fold("صلى الله")).all()
    assert not without_honorifics(fold("صَلَّى اللهُ عَلَيهِ وَسَلَّم")).any()


_SIGNED_LETTER = st.tuples(st.sampled_from("اآأإؤئيولمهۀ ،"), st.text("ًُّٰ", max_size=4)).map("".join)
COMPOSED = st.lists(_SIGNED_LETTER, max_size=30).map(
    "".join
)  # a sign of hamza is looked for behind four others


@pytest.mark.parametrize("profile", ["plain", "loose"])
@given(text=COMPOSED)
def test_a_hamza_typed_as_a_sign_folds_as_the_letter(profile: Profile, text: str) -> None:
    typed = unicodedata.normalize("NFD", text)
    one, other = fold(text, profile), fold(typed, profile)
    assert one.hashes.tolist() == other.hashes.tolist()
    assert [fold_word(text[start:end], profile) for start, end in spans(one)] == [
        fold_word(typed[start:end], profile) for start, end in spans(other)
    ]


@given(
    text=st.text(alphabet=[char for char in sorted(LETTERS) if not char.isascii()], max_size=60) | COMPOSED
)
def test_arabic_words_are_the_folded_ones(text: str) -> None:
    arabic = "".join(" " if "\u0080" <= char < "\u0600" or char >= "\uff00" else char for char in text)
    arabic = re.sub(
        r"(^|[\s\W])[\u0640\u064b-\u0670\u06d6\u06e5\u06e6\u0301]+", r"\1", arabic
    )  # signs of no letter
    words = fold(arabic)
    folded, places = arabic_words(arabic)
    assert places == spans(words)
    assert folded == [fold_word(arabic[start:end]) for start, end in places]
