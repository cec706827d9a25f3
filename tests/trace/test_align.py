"""Word-by-word comparison against a slow plain one, and what each kind of difference is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.model import Span
from takhrij.text import fold, fold_word
from takhrij.trace.align import Alignment, Tokens, align
from takhrij.trace.words import relation

VOCABULARY = ["ماء", "بيع", "سفر", "وقف", "شهر", "صوم"]  # no two of them are one letter apart
WORDS = st.lists(st.integers(0, len(VOCABULARY) - 1), min_size=1, max_size=12)
GLUE = st.sampled_from([" ", "، ", " … ", " [...] "])


def tokens(words: list[str], glue: str = " ") -> Tokens:
    starts, ends, text = [], [], ""
    for word in words:
        text += glue if text else ""
        starts.append(len(text))
        text += word
        ends.append(len(text))
    numbers = {word: number for number, word in enumerate(VOCABULARY)}
    return Tokens([numbers.setdefault(word, len(numbers)) for word in words], starts, ends, text)


def common(one: list[int], other: list[int]) -> int:
    """The length of the longest common subsequence, by dynamic programming."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for place, against in enumerate(other, 1):
            before, row[place] = (
                row[place],
                before + 1 if word == against else max(row[place], row[place - 1]),
            )
    return row[-1]


def left(words: Tokens, low: int, high: int, spans: list[Span]) -> list[int]:
    """The words from low to high that no change speaks of."""
    return [
        words.ids[word]
        for word in range(low, high)
        if not any(start <= words.starts[word] and words.ends[word] <= end for start, end in spans)
    ]


@given(quote=WORDS, source=WORDS, glue=GLUE, verse=st.booleans())
def test_as_many_words_are_shared_as_can_be_and_the_changes_explain_the_rest(
    quote: list[int], source: list[int], glue: str, verse: bool
) -> None:
    here, there = tokens([VOCABULARY[n] for n in quote], glue), tokens([VOCABULARY[n] for n in source])
    found = align(here, there, verse=verse)
    if found is None:
        assert not set(quote) & set(source)
        return
    assert found.shared == common(quote, source)
    assert 0 <= found.low < found.high <= len(source)
    for change in found.changes:
        assert change.text == here.text[change.span.start : change.span.end]
        assert change.source_text == there.text[change.source_span.start : change.source_span.end]
        assert change.text != change.source_text or change.kind == "moved"
        assert bool(change.text) == (change.kind != "omitted")
        assert bool(change.source_text) == (change.kind != "added")
    changed = [change.span for change in found.changes]
    against = [change.source_span for change in found.changes]
    assert left(here, 0, len(quote), changed) == left(there, found.low, found.high, against)
    assert (found.wording == "same") == (not {c.kind for c in found.changes} - {"omitted"})
    assert found.gaps == any(c.kind == "omitted" and not c.marked for c in found.changes)


def compared(quote: str, source: str, *, verse: bool = False) -> tuple[Alignment, list[tuple[str, str, str]]]:
    numbers: dict[str, int] = {}

    def of(text: str) -> Tokens:
        words = fold(text)
        starts, ends = words.starts.tolist(), words.ends.tolist()
        folded = [fold_word(text[start:end]) for start, end in zip(starts, ends, strict=True)]
        return Tokens([numbers.setdefault(word, len(numbers)) for word in folded], starts, ends, text)

    found = align(of(quote), of(source), verse=verse)
    assert found is not None
    return found, [(change.kind, change.text, change.source_text) for change in found.changes]


SOURCE = "الماء طهور لا ينجسه شيء إلا ما غلب على ريحه وطعمه ولونه"


@pytest.mark.parametrize(
    ("quote", "changes", "wording"),
    [
        (SOURCE, [], "same"),
        ("لا ينجسه شيء إلا ما غلب", [], "same"),
        ("الماء لا ينجسه شيء", [("omitted", "", "طهور")], "same"),
        ("الماء طاهر طهور لا ينجسه شيء", [("added", "طاهر", "")], "different"),
        ("الماء طهور لا يفسده شيء", [("replaced", "يفسده", "ينجسه")], "different"),
        ("المآء طهور لا ينجسه شيئ", [("spelling", "المآء", "الماء"), ("spelling", "شيئ", "شيء")], "spelling"),
        ("المَاءُ طَهُورٌ لا ينجّسه شيء", [], "same"),
        ("الماء طهور … إلا ما غلب", [("omitted", "", "لا ينجسه شيء")], "same"),
    ],
)
def test_what_differences_are_called(quote: str, changes: list[tuple[str, str, str]], wording: str) -> None:
    found, seen = compared(quote, SOURCE)
    assert (seen, found.wording) == (changes, wording)


def test_an_omission_that_the_text_marks_is_no_gap() -> None:
    for marker in (" … ", " ... ", " .. ", " [...] ", "... "):
        found, _ = compared(f"الماء طهور{marker}إلا ما غلب", SOURCE)
        assert not found.gaps
        assert [change.marked for change in found.changes] == [True]
    found, _ = compared("الماء طهور إلا ما غلب", SOURCE)
    assert found.gaps


def test_a_word_that_stands_elsewhere_is_moved() -> None:
    found, changes = compared("الماء طهور لا شيء ينجسه إلا ما غلب", SOURCE)
    assert [kind for kind, _, _ in changes] == ["moved"]
    assert found.wording == "different"


@pytest.mark.parametrize("praise", ["تعالى", "عزَّ وجلَّ", "تبارك وتعالى"])
def test_how_god_is_honoured_is_no_difference_of_a_report(praise: str) -> None:
    with_it, without = f"فرض الله {praise} الصلاة على عباده", "فرض الله الصلاة على عباده"
    for quote, source in ((with_it, without), (without, with_it)):
        found, changes = compared(quote, source)
        assert (changes, found.wording, found.gaps) == ([], "same", False)
        assert compared(quote, source, verse=True)[1] != []


def test_a_word_that_an_attached_letter_alone_makes_another() -> None:
    for quote, attached in (("الماء طهور ولا ينجسه", True), ("الماء طهور لم ينجسه", False)):
        found, _ = compared(quote, SOURCE)
        (change,) = found.changes
        assert (change.kind, change.attached) == ("replaced", attached)


def test_one_word_written_as_two_is_a_matter_of_spelling() -> None:
    assert compared("إن ما الأعمال", "إنما الأعمال")[1] == [("spelling", "إن ما", "إنما")]
    assert compared("قال إنما الأعمال", "قال إن ما الأعمال")[1] == [("spelling", "إنما", "إن ما")]


def test_a_vowel_that_contradicts_is_another_reading_of_a_verse_only() -> None:
    quote, source = "وَأَرْجُلِكُمْ إلى الكعبين", "وَأَرْجُلَكُمْ إلى الكعبين"
    verse, changes = compared(quote, source, verse=True)
    assert verse.wording == "reading"
    assert [kind for kind, _, _ in changes] == ["vowels"]
    assert "not checked" in (verse.changes[0].note or "")
    assert compared(quote, source)[0].wording == "spelling"


@pytest.mark.parametrize(
    ("word", "source", "how"),
    [
        ("قال", "قَالَ", "same"),
        ("قَالَ", "قال", "same"),
        ("الرحمٰن", "الرحمن", "same"),
        ("الـرحمن", "الرحمن", "same"),
        ("نَعْبُدُ", "نَعبُد", "same"),  # without its ending, as in pause
        ("كِتَابًا", "كِتَاباً", "same"),
        ("مُلْك", "مَلْك", "vowels"),
        ("إمام", "امام", "spelling"),
        ("رحمه", "رحمة", "spelling"),
        ("السماوات", "السَّمَوَاتِ", "spelling"),
        ("والحارث", "الحرث", "near"),
        ("وقال", "قال", "near"),
        ("يعلمون", "تعلمون", "near"),
        ("ماء", "بيع", "other"),
    ],
)
def test_how_one_word_stands_to_another(word: str, source: str, how: str) -> None:
    assert relation(word, source) == how


@given(
    word=st.text(alphabet="ابتوهيأإةىئء" + "ًَُِّْـ\u200c", max_size=8),
    other=st.text(alphabet="ابتوهيأإةىئء" + "ًَُِّْـ\u200c", max_size=8),
)
def test_relations_do_not_depend_on_which_side_is_the_source(word: str, other: str) -> None:
    assert relation(word, word) == "same"
    assert relation(word, other) == relation(other, word)


def test_a_word_that_both_have_between_what_was_matched_is_no_other_spelling() -> None:
    one = tokens(["ماء", "بيع", "سفر"])
    found = align(one, one, verse=False, blocks=[(0, 1, 0, 1)])
    assert found is not None
    assert found.changes == ()
