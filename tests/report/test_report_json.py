from __future__ import annotations

import json
import typing
from typing import Any

import hypothesis.strategies as st
import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from report_builders import nested, report, sheet

from takhrij import model
from takhrij.errors import InputError
from takhrij.model import Document, Finding, Place, Report, SourceMatch, Span
from takhrij.report.json import dumps, from_json, sheet_from_json, to_json
from takhrij.report.schema import PUBLISHED, make, schema

REACHED = (
    "Report",
    "Finding",
    "SourceMatch",
    "Change",
    "Claim",
    "Rendering",
    "Searched",
    "DateClaim",
    "Document",
)


def validator(of: typing.Literal["report", "sheet"]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema(of))
    return jsonschema.Draft202012Validator(schema(of))


@pytest.mark.parametrize(
    "made", [report(), nested(), Report(document=Document(text="", name=""), findings=())]
)
def test_a_report_follows_the_published_schema_and_reads_back_the_same(made: Report) -> None:
    validator("report").validate(json.loads(dumps(made)))
    assert from_json(dumps(made)) == made
    assert from_json(to_json(made)) == made


def test_a_sheet_follows_the_published_schema_and_reads_back_the_same() -> None:
    validator("sheet").validate(json.loads(dumps(sheet())))
    assert sheet_from_json(dumps(sheet())) == sheet()


@pytest.mark.parametrize("of", list(PUBLISHED))
def test_the_published_schema_is_the_one_that_the_values_make(of: typing.Literal["report", "sheet"]) -> None:
    assert schema(of) == json.loads(json.dumps(make(of))), "run: python -m takhrij.report.schema"


@pytest.mark.parametrize("name", REACHED)
def test_every_field_of_the_values_stands_in_the_schema(name: str) -> None:
    fields = {field.name for field in msgspec.structs.fields(getattr(model, name))}
    published = schema("report")
    if name == "Report":
        properties = set(published["properties"]) | set(published["properties"]["header"]["properties"])
    else:
        properties = set(published["$defs"][name]["properties"])
    assert fields <= properties


def test_equal_reports_give_equal_bytes_and_spans_on_one_line() -> None:
    assert dumps(report()) == dumps(report())
    assert '"span": [' in dumps(report())
    assert not any(line.strip() == '"span": [' for line in dumps(report()).splitlines())


def test_a_finding_has_the_shape_of_the_design() -> None:
    found = to_json(report())["findings"][0]
    assert list(found)[:6] == ["id", "label", "kind", "presented", "status", "match"]
    assert found["span"] == [found["span"][0], found["span"][0] + len(found["text"])]
    assert found["place"] == {"block": 1, "page": None, "line": 2}
    assert found["introduced_by"]["text"] == "قوله تعالى"
    assert found["sources"][0]["ref"] == "quran:5:6"
    assert found["claims"][0] | {"check": "agrees", "says": "quran:5:6"} == found["claims"][0]
    assert {"source": "ahmad", "coverage": "partial"}.items() <= found["searched"][3].items()
    assert found["match_words"] == "part of the verse"


def test_every_span_of_the_json_is_the_text_that_it_names() -> None:
    data = to_json(report())
    text = data["document"]["text"]
    for found in data["findings"]:
        assert text[slice(*found["span"])] == found["text"]
        for source in found["sources"]:
            for change in source["changes"]:
                assert text[slice(*change["span"])] == change["text"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("not json", "not JSON"),
        ("[]", "outermost"),
        ("{}", "takhrij report 1"),
        ('{"format": "takhrij report 1"}', r"\$\.header"),
    ],
)
def test_what_is_no_report_is_said_to_be_none(wrong: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_json(wrong)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("findings", 0, "span"), [3, 1], r"\$\.findings\[0\]\.span: expected \[start, end\]"),
        (("findings", 0, "span"), [True, 2], r"\$\.findings\[0\]\.span"),
        (("findings", 0, "kind"), "poem", r"kind: expected one of quran, report"),
        (("findings", 0, "text"), None, r"text: expected str"),
        (("document", "blocks", 0, "level"), "1", r"blocks\[0\]\.level: expected int"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(path: tuple[Any, ...], value: object, said: str) -> None:
    data: Any = to_json(report())
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(InputError, match=said):
        from_json(data)


anything = st.text(max_size=40)
characters = st.text(st.characters(), max_size=40)  # lone surrogates too


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    text = draw(characters)
    start = draw(st.integers(0, len(text)))
    span = Span(start, draw(st.integers(start, len(text))))
    words = draw(characters)
    source = SourceMatch(
        ref=f"bukhari:{draw(anything)}",
        source=draw(anything),
        title=words,
        edition=words,
        numbering=draw(anything),
        role="primary",
        wording=draw(st.sampled_from(typing.get_args(model.Wording))),
        complete=draw(st.sampled_from(typing.get_args(model.Completeness))),
        source_span=Span(0, len(words)),
        text=words,
        before=draw(characters),
        after=draw(characters),
        narrator=draw(st.none() | characters),
        covered=draw(st.floats(0, 1)),
    )
    found = Finding(
        id=draw(anything),
        label=draw(characters),
        kind=draw(st.sampled_from(typing.get_args(model.Kind))),
        presented=draw(st.sampled_from(typing.get_args(model.Presented))),
        status=draw(st.sampled_from(typing.get_args(model.Status))),
        match=draw(st.sampled_from([None, *typing.get_args(model.Match)])),
        span=span,
        text=text[span.start : span.end],
        parts=(span,),
        place=Place(block=0, page=draw(st.none() | anything)),
        sources=(source,) * draw(st.integers(0, 2)),
        notes=(words,),
    )
    return Report(
        document=Document(text=text, name=draw(characters)), findings=(found,) * draw(st.integers(0, 2))
    )


@given(any_report())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_any_report_survives_json(made: Report) -> None:
    written = dumps(made).encode("utf-8")
    assert from_json(written.decode("utf-8")) == made
    validator("report").validate(json.loads(written))
