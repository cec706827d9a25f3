"""Checking a map against its sources, and keeping a person's work through an edit and a new proposal."""

from __future__ import annotations

import pytest

from takhrij.argue.anchors import Texts
from takhrij.argue.keep import brought_home, kept
from takhrij.argue.problems import Checked, problems
from takhrij.argue.reading import read
from takhrij.index import open_index
from takhrij.model import ArgumentMap, Node, Quote, Relation, Span, node_id, replace, sha256

TEXT = "He said: water cleans. They said: and sand, where there is none. He said: water cleans.\n"


def statement(words: str, near: int = 0, status: str = "proposed", text: str = TEXT) -> Node:
    at = text.index(words, near)
    quote = Quote(text=words, span=Span(at, at + len(words)))
    id = node_id("statement", quote, ("he",)) + ("-2" if near else "")
    return Node(id=id, kind="statement", label=f"s{at}", quote=quote, speakers=("he",), status=status)  # type: ignore[arg-type]


def proposed(text: str = TEXT) -> ArgumentMap:
    nodes = (statement("water cleans", text=text), statement("and sand", text=text))
    return ArgumentMap(document="water.txt", text_sha256=sha256(text), nodes=nodes)


def checked(given: str, text: str | None = TEXT) -> Checked:
    return problems(read("takhrij map 1\n" + given), Texts(text))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('s1 statement\n  says 9-21 "water cleans"\n', ()),
        (
            's1 statement\n  says 9-21 "Water cleans"\n',
            ("s1: quote: “Water cleans” is not verbatim in the text",),
        ),
        (
            's1 statement\n  says 8-20 "water cleans"\n',
            ("s1: quote: “water cleans” stands in the text at 9-21, not at 8-20",),
        ),
        (
            's1 statement\n  says "water cleans"\n',
            ("s1: quote: “water cleans” has no place; in the text it stands at 9-21",),
        ),
        ('s1 statement\n  cue 0-7 "He said"\n', ()),
        ("p1 position\n  question: q1\n", ("p1: question q1: the map has no such part",)),
        ("s1 statement\n\ns1 supports s9\n", ("s1 supports s9: the map has no part s9",)),
        (
            "s1 statement\ns2 statement\n\ns1 rebuts/naskh s2\n",
            ("s1 rebuts/naskh s2: naskh is not a way in which something rebuts",),
        ),
    ],
)
def test_what_is_not_verbatim_and_what_leads_nowhere_is_said(given: str, said: tuple[str, ...]) -> None:
    assert checked(given).problems == said


def test_without_the_text_its_quotations_are_not_compared_and_that_is_said() -> None:
    found = checked('s1 statement\n  says 9-21 "nothing like it"\n', text=None)
    assert not found.problems and found.compared == 0
    assert found.not_compared == ("1 quotations of the text itself not compared: give it with --text FILE",)


def test_words_of_a_source_are_compared_with_the_record() -> None:
    index = open_index()
    verse = index.record(index.rows["quran:112:1"]).text
    given = f'd1 evidence\n  says 0-{len(verse)} @quran:112:1 "{verse}"\n'
    assert checked(given).problems == ()
    assert "is not verbatim in quran:112:1" in checked(given.replace(verse[0], "س", 1)).problems[0]
    assert "has no such number" in checked(given.replace("112:1", "112:9")).problems[0]


def test_words_kept_as_a_hash_are_checked_and_filled_in_from_the_source() -> None:
    index = open_index()
    verse = index.record(index.rows["quran:112:1"]).text
    given = f"d1 evidence\n  says 0-{len(verse)} @quran:112:1 #{sha256(verse)}\n"
    assert checked(given).problems == () and checked(given).compared == 1
    assert "has other words" in checked(given.replace("0-", "1-", 1)).problems[0]
    (node,) = brought_home(read("takhrij map 1\n" + given), Texts()).nodes
    assert node.quote and node.quote.text == verse


def test_quotes_written_without_a_place_get_one() -> None:
    given = read('takhrij map 1\ns1 statement\n  says "and sand"\n')
    (node,) = brought_home(given, Texts(TEXT)).nodes
    assert node.quote and node.quote.span == Span(34, 42)


def test_what_a_person_said_survives_a_new_proposal_of_an_edited_text() -> None:
    confirmed = replace(proposed().nodes[0], status="confirmed", name="cleaning", label="s1")
    rejected = replace(proposed().nodes[1], status="rejected", label="s2")
    link = Relation(id="l-1", kind="supports", subject=rejected.id, object=confirmed.id, status="confirmed")
    old = replace(proposed(), nodes=(confirmed, rejected), relations=(link,))
    edited = "A line in front.\n" + TEXT
    made = kept(old, proposed(edited), edited)
    assert [(node.label, node.status, node.name) for node in made.nodes] == [
        ("s1", "confirmed", "cleaning"),
        ("s2", "rejected", ""),
    ]
    assert made.relations == (link,) and not made.notes
    assert not problems(made, Texts(edited)).problems


def test_a_second_occurrence_keeps_its_own_place() -> None:
    second = statement("water cleans", near=20, status="confirmed")
    old = replace(proposed(), nodes=(*proposed().nodes, second))
    edited = "Short. " + TEXT
    made = kept(old, proposed(edited), edited)
    node = made.get(second.id)
    assert node and node.quote and node.quote.span == Span(81, 93)


def test_what_the_text_says_no_longer_stays_without_a_place_and_is_noted() -> None:
    old = replace(proposed(), nodes=(replace(proposed().nodes[1], status="confirmed"),))
    edited = "He said: water cleans.\n"
    made = kept(old, ArgumentMap(text_sha256=sha256(edited)), edited)
    (node,) = made.nodes
    assert node.quote and (node.quote.text, node.quote.span) == ("and sand", None)
    assert made.notes == (f"{node.label}: its words stand in the text no longer",)


def test_what_nobody_confirmed_and_the_proposal_has_no_longer_is_left_out() -> None:
    assert kept(proposed(), ArgumentMap(), "nothing of it").nodes == ()


def test_what_something_kept_refers_to_stays() -> None:
    nodes = proposed().nodes
    link = Relation(id="l-1", kind="supports", subject=nodes[0].id, object=nodes[1].id, status="confirmed")
    made = kept(replace(proposed(), relations=(link,)), ArgumentMap(), TEXT)
    assert {node.id for node in made.nodes} == {node.id for node in nodes}
