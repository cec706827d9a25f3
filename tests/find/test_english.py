"""English quotations are found through translations and the English of the books; prose gives none."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.find.claims import find_claims
from takhrij.find.english import english_quotations
from takhrij.find.english_marks import curled, stretches
from takhrij.find.english_view import read_english
from takhrij.find.found import Found
from takhrij.index import open_index

TRANSLATIONS = ["en-saheeh", "en-yusuf-ali", "en-taqi-usmani", "en-abdul-haleem"]
VERSES = ["5:6", "4:101", "2:282", "62:9", "2:184"]  # ablution, a journey, sales, the Friday prayer, the fast


@cache
def wording(ref: str) -> str:
    """The English of a passage, straight from the installed package."""
    index = open_index()
    passage = index.record(index.rows[ref])
    return (passage.english or passage.text).replace('"', "").replace("“", "").replace("”", "")


def words(ref: str, first: int, last: int) -> str:
    return " ".join(wording(ref).split()[first:last])


def found(text: str) -> list[Found]:
    return english_quotations(read_english(text, open_index()), open_index(), None, find_claims(text))


def refs(item: Found) -> set[str]:
    return {open_index().ref(int(item.stream.passages[place])) for place in item.region.chains.passage}


@pytest.mark.parametrize("translation", TRANSLATIONS)
@pytest.mark.parametrize("verse", VERSES)
def test_a_verse_is_found_in_each_translation(translation: str, verse: str) -> None:
    quoted = words(f"{translation}:{verse}", 0, 18)
    text = (
        f"The jurists begin with the verse. Allah says: “{quoted}” ({verse}). Then they turn to the details."
    )
    (item,) = found(text)
    assert item.kind == "quran" and item.presented == "quotation"
    assert text[item.span.start : item.span.end] == quoted
    assert f"{translation}:{verse}" in refs(item)


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "«{}»"])
def test_every_kind_of_quotation_mark_is_one(marks: str) -> None:
    quoted = words("en-saheeh:5:6", 0, 16).rstrip(" .,;")
    text = f"It isn't in doubt, the jurists' view rests on it: {marks.format(quoted)} and they don't differ."
    (item,) = found(text)
    assert text[item.span.start : item.span.end] == quoted


def test_an_altered_word_does_not_hide_a_verse() -> None:
    quoted = words("en-yusuf-ali:4:101", 0, 14).split()
    quoted[5] = "certainly"
    (item,) = found(f'Allah says: "{" ".join(quoted)}" (4:101).')
    assert item.explained and "en-yusuf-ali:4:101" in refs(item)


def test_two_verses_one_after_the_other_are_one_quotation() -> None:
    both = f"{wording('en-abdul-haleem:2:183')} {wording('en-abdul-haleem:2:184')}"
    (item,) = found(f"On the fast: “{both}”")
    assert item.region.chains.passage[0] + 1 == item.stream.passage_of(item.region.chains.high - 1)[0]


def test_honours_in_brackets_are_no_words_of_a_quotation() -> None:
    quoted = words("en-saheeh:62:9", 0, 16).replace("Allāh", "Allah (swt)")
    (item,) = found(f"Allah (swt) says: “{quoted}”")
    assert item.region.end - item.region.begin == len(quoted.replace(" (swt)", "").replace("[", "").split())


def test_a_report_is_found_in_the_english_of_its_book() -> None:
    quoted = " ".join(wording("bukhari:135").split()[-14:])
    items = found(f"The Prophet (peace be upon him) said: “{quoted}” Narrated by al-Bukhari.")
    assert [item.kind for item in items] == ["report"]
    assert "bukhari:135" in refs(items[0])


def test_what_no_source_has_is_handed_on_where_it_is_presented() -> None:
    text = (
        "Allah says: “Whoever repairs the bridge before the rains shall find his boat upon dry land.” "
        "The Prophet (saw) said: “Count the lamps of the market and then count the empty benches.” "
        "The mayor said: “Count the lamps of the market and then count the empty benches again.”"
    )
    assert [(item.kind, item.explained) for item in found(text)] == [("quran", False), ("report", False)]


def test_a_few_common_words_between_marks_are_no_quotation_of_a_part() -> None:
    quoted = "Fill the jars, for I emptied them while I was in a state of purity."
    (item,) = found(f'Sahih al-Bukhari 40: The Prophet (ﷺ) said, "{quoted}"')
    assert item.kind == "report" and not item.explained
    assert item.span.end - item.span.start == len(quoted)


@pytest.mark.parametrize(
    "chain",
    [
        "Imam al-Bukhari narrated from Malik, from Nafi', from Ibn 'Umar, that the Prophet said:",
        "Narrated from 'Amr bin Shu'aib, from his father, from his grandfather, that the Prophet said:",
    ],
)
def test_a_chain_of_narrators_before_a_mark_is_no_part_of_what_is_quoted(chain: str) -> None:
    quoted = "Whoever washes the jars of the market before sunrise finds a lamp lit upon his roof."
    text = f'{chain} "{quoted}"'
    assert [(text[slice(*item.span)], item.explained) for item in found(text)] == [(quoted, False)]


@pytest.mark.parametrize(
    "led", ["'Ali said:", "From 'Amr b. Shu'ayb, from his father, from his grandfather:"]
)
def test_what_a_narrator_is_named_for_is_a_report_that_no_source_explains(led: str) -> None:
    quoted = "Count the lamps of the market and then count the empty benches"
    text = f'{led} "{quoted}"'
    assert [(text[slice(*item.span)], item.kind, item.explained) for item in found(text)] == [
        (quoted, "report", False)
    ]


def test_no_quotation_goes_on_across_one_in_another_script() -> None:
    head, tail = words("en-saheeh:2:282", 0, 16), words("en-saheeh:2:282", 16, 34)
    items = found(f"“{head}” «يا أيها الذين آمنوا» {tail}")
    assert items and all(item.span.end <= len(head) + 1 or item.span.start > len(head) for item in items)


def test_the_next_item_of_a_list_cites_its_own_quotation() -> None:
    text = (
        '1. Sahih Muslim 9999: "The traveller may leave the lamp unlit for ten days."\n'
        f'2. Surah al-Baqarah (2:184): "{words("en-saheeh:2:184", 0, 12)}"'
    )
    assert [(item.kind, item.explained) for item in found(text)] == [("report", False), ("quran", True)]


def test_a_long_stretch_between_marks_is_taken_whole() -> None:
    quoted = "Count the lamps of the market and then count the empty benches of the square " * 5
    quoted += "and say that Allah made the night a rest for you and the day for seeing"
    (item,) = found(f'Sahih al-Bukhari 40: The Prophet (ﷺ) said, "{quoted}"')
    assert item.span.end - item.span.start == len(quoted)


def test_single_marks_inside_single_marks_are_pairs_of_their_own() -> None:
    text = "‘Say: ‘the One’, alone’ and then ‘the rest’"
    assert [text[slice(*span)] for span in stretches(curled(text))] == [
        "Say: ‘the One’, alone",
        "the One",
        "the rest",
    ]


@pytest.mark.parametrize("between", ["The author adds", "This rule is called"])
def test_a_citation_in_brackets_is_not_that_of_the_author_s_next_words(between: str) -> None:
    lamps = "Count the lamps of the market and then count the empty benches"
    text = f'The Prophet said: "{lamps}" (Agreed upon.) {between} "a third of the whole law of the land".'
    assert [text[slice(*item.span)] for item in found(text)] == [lamps]


@pytest.mark.parametrize(
    "prose",
    [
        "The court held that a sale concluded by an agent binds the principal, “unless he was deceived”.",
        "“What is the matter with you?” he said. “I do not know,” she said, “what to say to you about that.”",
        "Ablution is required before prayer according to all of the schools, and water must be clean.",
        "In the name of Allah, the Most Gracious, the Most Merciful. All praise is due to Allah, our Lord.",
        "It was narrated from Abu Hurairah that the Messenger of Allah, peace be upon him, prayed thus.",
        "He who travels shortens the prayer; this is the view of the majority, and Allah knows best.",
    ],
)
def test_prose_gives_nothing(prose: str) -> None:
    assert found(prose) == []


def test_arabic_text_is_not_looked_at() -> None:
    assert found("﴿يا أيها الذين آمنوا إذا قمتم إلى الصلاة﴾ " * 3 + "(p. 12)") == []


def test_a_source_that_is_left_out_is_not_searched() -> None:
    quoted = words("en-saheeh:5:6", 0, 16)
    text = f"Allah says: “{quoted}”"
    only = english_quotations(
        read_english(text, open_index()), open_index(), frozenset({"en-yusuf-ali", "quran"})
    )
    assert all("en-saheeh" not in ref for item in only for ref in refs(item))
    assert english_quotations(read_english(text, open_index()), open_index(), frozenset({"quran"})) == []


@given(st.text(alphabet="ab \n\"'‘’“”«»(swt)", max_size=120))
def test_marks_keep_every_code_point_in_its_place(text: str) -> None:
    marked = curled(text)
    assert len(marked) == len(text)
    for span in stretches(marked):
        assert 0 <= span.start < span.end <= len(text)
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60))
def test_offsets_are_those_of_the_text_whatever_stands_around(before: str, after: str) -> None:
    quoted = words("en-saheeh:4:101", 0, 20)
    text = f"{before}\nAllah says: “{quoted}”\n{after}"
    inside = [text[item.span.start : item.span.end] for item in found(text) if item.kind == "quran"]
    assert any(quoted in part or part in quoted for part in inside)
