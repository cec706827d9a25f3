"""A map survives its text form and its JSON; what is wrong in a file is said with its line or place."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import hypothesis.strategies as st
import jsonschema
import pytest
from argue_maps import ABLUTION, ablution
from hypothesis import HealthCheck, given, settings

from takhrij.argue import notation
from takhrij.argue.json import dumps, loads, scenario_from
from takhrij.argue.reading import read
from takhrij.argue.schema import PUBLISHED, Published, make, schema
from takhrij.argue.wellformed import wellformed
from takhrij.argue.written import write
from takhrij.errors import InputError
from takhrij.model import (
    ArgumentMap,
    Cue,
    Edit,
    Node,
    Quote,
    Relation,
    Scenario,
    Span,
    Tie,
    argument,
    node_id,
    relation_id,
    replace,
    sha256,
)


def test_what_a_scholar_writes_is_read_as_meant() -> None:
    given = ablution()
    position = given.get("p1")
    assert position and position.kind == "position"
    assert position.by == "al-Nakhaʿi" and position.speakers == ("the text", "al-Nakhaʿi")
    assert position.status == "confirmed"
    assert position.tied("question") == (given.get("q1").id,)  # type: ignore[union-attr]
    assert position.hukm == Quote(text="لا وضوء عليه")
    undercut = given.relations[-1]
    assert (undercut.kind, undercut.manner, undercut.status) == ("undercuts", "ihtimal", "proposed")
    assert undercut.object == given.relations[0].id


def test_what_is_written_by_hand_keeps_its_meaning_when_written_again() -> None:
    assert read(write(ablution())) == ablution()
    assert loads(dumps(ablution())) == ablution()


def test_a_part_is_proposed_only_where_that_is_said() -> None:
    assert write(ablution()).count(" proposed") == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("takhrij map 1", "takhrij map 9", 1, "first line"),
        ("p1 position", "p1 posiiton", 7, "neither a kind of node"),
        ("p1 position", "q1 position", 7, "the label q1 is taken: line 4"),
        ('hukm "لا وضوء عليه"', 'hukm "لا وضوء عليه', 10, "not closed"),
        ('hukm "لا وضوء عليه"', "hukm لا وضوء عليه", 10, "quotation marks"),
        ('hukm "لا وضوء عليه"', 'hukm 9-4 "لا وضوء عليه"', 10, "the end stands before the start"),
        ("  question: q1", "  qestion: q1", 11, "'qestion': expected one of"),
        ("  question: q1", '  hukm "a"', 11, "hukm stands here twice"),
        ("  by: the text > al-Nakhaʿi", "  by: the text > ", 8, "a value is missing"),
        ("undercuts/ihtimal", "undercuts/ihtimaal", 22, "/ihtimaal: expected one of"),
        ("(f1 supports p1)", "(f1 supports p9)", 22, "no such relation"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in ABLUTION
    with pytest.raises(InputError) as error:
        read(ABLUTION.replace(old, new, 1), "ablution.map")
    assert str(error.value).startswith(f"ablution.map:{line}: ") and said in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nodes": [{"id": "a", "kind": "poem"}]}, r"\$\.nodes\[0\]\.kind: expected one of agent"),
        ({"nodes": [{"id": "a", "kind": "case", "staus": "confirmed"}]}, "staus"),
        ({"nodes": [{"kind": "case"}]}, r"\$\.nodes\[0\]\.id: expected a value"),
        ({"nodes": [{"id": "a", "kind": "case"}] * 2}, "a: 2 parts of the map have this name"),
        ({"nodes": [{"id": "a b", "kind": "case"}]}, "is no name"),
        ({"format": "takhrij report 1"}, 'expected "format": "takhrij map 1"'),
    ],
)
def test_json_of_another_shape_is_refused_with_the_place(change: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        loads({"format": "takhrij map 1"} | change)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"format": 1' + "0" * 5000 + "}", "\x00"]
)
def test_hostile_json_is_refused_as_such(text: str) -> None:
    with pytest.raises(InputError):
        loads(text)


characters = st.text(st.characters(), max_size=20)
names = st.from_regex(r"[a-z][a-z0-9.-]{0,6}", fullmatch=True)
spans = st.builds(lambda start, more: Span(start, start + more), st.integers(0, 10**6), st.integers(0, 500))
quotes = st.builds(
    Quote,
    text=characters,
    span=st.none() | spans,
    source=st.just("") | names,
    sha256=st.none() | st.just(sha256("words")),
)
chains = st.lists(characters, max_size=3).map(tuple)


def one_of(values: object) -> st.SearchStrategy[typing.Any]:
    return st.sampled_from(typing.get_args(values))


@st.composite
def any_map(draw: st.DrawFn) -> ArgumentMap:
    ids = draw(st.lists(names, max_size=5, unique=True))
    named: st.SearchStrategy[str] = st.sampled_from([*ids, "nowhere"])
    nodes: list[Node] = [
        Node(
            id=id,
            kind=draw(one_of(argument.NodeKind)),
            quote=draw(st.none() | quotes),
            name=draw(characters),
            also=draw(chains),
            speakers=draw(chains),
            status=draw(one_of(argument.NodeStatus)),
            cue=draw(st.none() | st.builds(Cue, text=characters, span=spans)),
            ties=draw(
                st.lists(st.builds(Tie, role=one_of(argument.RoleName), to=named), max_size=3).map(tuple)
            ),
            hukm=draw(st.none() | quotes),
            dalil=draw(st.none() | one_of(argument.Dalil)),
            finding=draw(st.none() | characters),
            strict=draw(st.booleans()),
        )
        for id in ids
    ]
    nodes = [
        replace(node, id=node_id(node.kind, node.quote, node.speakers, node.name))
        if draw(st.booleans())
        else node
        for node in nodes
    ]
    links: list[Relation] = []
    for _ in range(draw(st.integers(0, 3))):
        known = [*(node.id for node in nodes), *(link.id for link in links), "nowhere"]
        targets = st.sampled_from(known)
        link = Relation(
            id="",
            kind=draw(one_of(argument.RelationKind)),
            manner=draw(st.none() | one_of(argument.Manner)),
            subject=draw(targets),
            object=draw(targets),
            speakers=draw(chains),
            quote=draw(st.none() | quotes),
            ground=draw(st.none() | quotes),
            status=draw(one_of(argument.NodeStatus)),
        )
        links.append(
            replace(link, id=relation_id(link.kind, link.subject, link.object, link.speakers, link.manner))
        )
    parts: list[Node | Relation] = [*nodes, *links]
    unique = {part.id: part for part in parts}
    return wellformed(
        ArgumentMap(
            document=draw(characters),
            notes=draw(chains),
            nodes=tuple(part for part in unique.values() if isinstance(part, Node)),
            relations=tuple(part for part in unique.values() if isinstance(part, Relation)),
        )
    )


@given(any_map())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
def test_any_map_survives_both_forms(made: ArgumentMap) -> None:
    assert loads(dumps(made).encode().decode()) == made
    assert read(write(made).encode().decode()) == made
    data = json.loads(dumps(made))
    jsonschema.Draft202012Validator(schema("map")).validate(data)
    assert "nothing on whether a conclusion is right" in data["notice"]


def test_a_scenario_survives_its_json() -> None:
    edits = (Edit(kind="reject", target="f3"), Edit(kind="reread", target="f1", other="m2"))
    supposed = Scenario(name="without the report", edits=edits)
    assert scenario_from(dumps(supposed)) == supposed
    jsonschema.Draft202012Validator(schema("scenario")).validate(json.loads(dumps(supposed)))


@pytest.mark.parametrize("of", list(PUBLISHED))
def test_the_published_schema_is_the_one_that_the_values_make(of: Published) -> None:
    assert schema(of) == json.loads(json.dumps(make(of))), "run: python -m takhrij.argue.schema"
    jsonschema.Draft202012Validator.check_schema(schema(of))


PAGE = (Path(__file__).parents[2] / "docs" / "maps.md").read_text(encoding="utf-8")


def test_the_example_of_the_documentation_is_a_map() -> None:
    block = re.search(r"```\n(takhrij map 1\n.*?)```", PAGE, re.DOTALL)
    assert block
    given = read(block[1])
    assert given.get("p1") and read(write(given)) == given
    assert [link.kind for link in given.relations] == ["supports", "undercuts"]


def test_the_documentation_names_every_word_of_the_form() -> None:
    words = (*notation.NODE_KINDS, *notation.RELATION_KINDS, *notation.MANNERS, *notation.DALILS)
    words += (*notation.ROLES, *notation.QUOTES, *notation.TEXTS, *notation.LISTS)
    assert not [word for word in words if not re.search(rf"\b{word}\b", PAGE)]
