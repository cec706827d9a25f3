"""Versions of one book are told by their names and by their words; different books are not joined."""

from __future__ import annotations

import numpy as np

from takhrij.corpus.versions import KEPT, Book, Hashes, sketch, works

RANDOM = np.random.default_rng(3)
NOTHING = np.empty(0, np.uint64)


def words(count: int) -> Hashes:
    return RANDOM.integers(0, 1 << 63, count).astype(np.uint64)


def book(name: str, text: Hashes, uri: str | None = None, state: str = "", characters: int = 0) -> Book:
    return Book(name, uri, state, characters or len(text), sketch(text, NOTHING))


def grouped(*books: Book) -> dict[str, str]:
    return {work.document: work.work for work in works(books)}


def test_a_sketch_of_pieces_is_that_of_the_whole() -> None:
    text = words(20_000)
    in_pieces = NOTHING
    for start in range(0, len(text), 3_000):
        in_pieces = sketch(text[start : start + 3_004], in_pieces)
    assert in_pieces.tolist() == sketch(text, NOTHING).tolist()
    assert len(in_pieces) == KEPT


def test_the_same_few_words_over_and_over_make_a_small_sketch() -> None:
    assert len(sketch(np.tile(words(10), 5_000), NOTHING)) == 10


def test_a_text_with_a_tenth_of_its_words_changed_is_the_same_book() -> None:
    text = words(30_000)
    changed = text.copy()
    changed[::20] = words(len(changed[::20]))
    assert grouped(book("a", text), book("b", changed), book("c", words(30_000))) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_a_book_and_a_commentary_that_holds_it_are_two() -> None:
    text = words(10_000)
    assert grouped(book("a", text), book("b", np.concatenate((text, words(25_000))))) == {"a": "a", "b": "b"}


def test_of_versions_the_most_carefully_marked_up_is_counted_then_the_longest() -> None:
    uri = "0620IbnQudamaMaqdisi.KafiFiFiqh"
    found = works(
        [
            book("raw", words(900), uri),
            book("long", words(800), uri, "completed", 9_000),
            book("short", words(800), uri, "completed", 100),
            book("other", words(800), "0620IbnQudamaMaqdisi.Mughni"),
        ]
    )
    assert {work.document for work in found if work.counted} == {"long", "other"}
    assert {work.document: work.why for work in found}["raw"] == "uri"
    assert {work.document: work.why for work in found}["other"] is None
