"""The verses: verbatim, the basmala apart, and the two spellings word against word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from takhrij import sources
from takhrij.model import Passage
from takhrij.sources import quran
from takhrij.sources.spellings import align, word_spans


@pytest.fixture(scope="module")
def verses() -> dict[str, Passage]:
    return {passage.number: passage for passage in sources.load(sources.get("quran"))}


def test_every_sura_is_whole(verses: dict[str, Passage]) -> None:
    counts: dict[int, int] = {}
    for number in verses:
        sura, verse = map(int, number.split(":"))
        assert verse == counts.get(sura, 0) + 1
        counts[sura] = verse
    assert len(counts) == 114 and counts[1] == 7 and counts[2] == 286 and counts[114] == 6


def test_the_basmala_before_a_sura_is_a_part_of_its_own(verses: dict[str, Passage]) -> None:
    with_basmala = [p for p in verses.values() if p.parts[0].kind == "basmala"]
    assert len(with_basmala) == 112
    assert not {"1:1", "9:1"} & {p.number for p in with_basmala}
    wordings = {p.text[p.parts[0].span.start : p.parts[0].span.end] for p in with_basmala}
    assert wordings == {verses["1:1"].text}
    opening = verses["112:1"]
    assert opening.text[opening.parts[1].span.start :] == "قُلْ هُوَ اللَّهُ أَحَدٌ"


def test_a_verse_is_verbatim_in_both_spellings(verses: dict[str, Passage]) -> None:
    assert verses["1:2"].text == "الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ"
    assert verses["1:2"].display == "ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَـٰلَمِينَ"


def test_the_words_of_the_two_spellings_are_mapped_in_every_verse(verses: dict[str, Passage]) -> None:
    differing = 0
    for passage in verses.values():
        assert passage.display is not None
        places = quran.word_map(passage)
        ours, theirs = len(word_spans(passage.text)), len(word_spans(passage.display))
        assert len(places) == ours
        assert sorted({place for each in places for place in each}) == list(range(theirs))
        assert all(first[0] <= second[0] for first, second in pairwise(places))
        differing += ours != theirs
    assert differing == 363


def test_ya_ayyuha_is_one_word_in_the_uthmani_spelling(verses: dict[str, Passage]) -> None:
    assert quran.word_map(verses["2:21"])[:3] == ((0,), (0,), (1,))
    assert align("قل هو", "شيء آخر") is None


@pytest.mark.parametrize("source_id", ["en-yusuf-ali", "en-saheeh", "en-taqi-usmani", "en-abdul-haleem"])
def test_a_translation_has_every_verse(source_id: str, verses: dict[str, Passage]) -> None:
    translation = sources.get(source_id)
    assert translation.kind == "translation" and translation.language == "en"
    found = {passage.number: passage.text for passage in sources.load(translation)}
    assert list(found) == list(verses)
    assert all(text.strip() for text in found.values())
