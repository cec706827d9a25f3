"""What the service answers is what the command line and the library give."""

from __future__ import annotations

import json
from typing import Any

import httpx
import jsonschema
import pytest

import takhrij
from takhrij.argue.schema import schema as schema_of_map
from takhrij.read import read
from takhrij.report import as_file, formats, render
from takhrij.report.schema import schema
from takhrij.report.words import in_language

TEXT = "قال رسول الله ﷺ: «إنما الأعمال بالنيات» رواه البخاري. وقال: ﴿الحمد لله رب العالمين﴾ [الفاتحة: 2]."


def post(client: httpx.Client, job: str, body: dict[str, Any], **query: str) -> httpx.Response:
    return client.post(f"/api/{job}", json=body, params=query)


def test_a_report_is_the_published_one(client: httpx.Client) -> None:
    answer = post(client, "check", {"text": TEXT})
    assert answer.status_code == 200
    assert answer.json() == json.loads(render(takhrij.check(text=TEXT), "json"))


@pytest.mark.parametrize("format", [name for name in formats() if name not in ("json", "guard")])
def test_every_format_of_a_report_is_answered(client: httpx.Client, format: str) -> None:
    answer = post(client, "check", {"text": TEXT}, format=format)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    made = as_file(takhrij.check(text=TEXT), format)
    assert answer.content == made or format in ("docx", "pdf")  # which hold the time


def test_a_word_file_comes_back_with_comments(client: httpx.Client) -> None:
    data = as_file(takhrij.check(text=TEXT), "docx")
    answer = client.post("/api/check?format=docx", files={"file": ("a.docx", data)})
    assert answer.status_code == 200
    assert read(answer.content).text.startswith(read(data).text[:40])


def test_a_file_is_read_as_the_command_line_reads_it(client: httpx.Client) -> None:
    data = f"# العنوان\n\n{TEXT}\n".encode("utf-16")
    answer = client.post("/api/check", files={"file": ("a.md", data)})
    document = read(data, name="a.md")
    assert answer.json() == json.loads(render(takhrij.check(document=document), "json"))
    assert answer.json()["document"]["format"] == "markdown"


def test_the_name_of_a_file_has_no_folders(client: httpx.Client) -> None:
    answer = client.post("/api/check", files={"file": ("../../etc/passwd", TEXT.encode())})
    assert answer.json()["document"]["name"] == "passwd"


def test_sources_are_chosen_in_json_and_in_a_form(client: httpx.Client) -> None:
    body = post(client, "check", {"text": TEXT, "sources": ["quran", "muslim"], "without": ["quran"]})
    form = client.post(
        "/api/check",
        files={"file": ("a.txt", TEXT.encode())},
        data={"sources": ["quran", "muslim"], "without": ["quran"]},
    )
    for answer in (body, form):
        assert [source["source"] for source in answer.json()["header"]["searched"]] == ["muslim"]


def test_a_report_comes_in_lines(client: httpx.Client) -> None:
    answer = post(client, "check", {"text": TEXT}, format="ndjson")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    whole = json.loads(render(takhrij.check(text=TEXT), "json"))
    assert "progress" in lines[0]
    assert [line["finding"] for line in lines if "finding" in line] == whole["findings"]
    assert lines[-1] == {"report": whole | {"findings": []}}


def test_an_answer_in_arabic_is_worded_in_arabic(client: httpx.Client) -> None:
    english, arabic = (post(client, "check", {"text": TEXT}, language=one).json() for one in ("en", "ar"))
    assert english["header"]["first_line"].isascii()
    assert not arabic["header"]["first_line"].isascii()


def test_quotations_passages_and_sources(client: httpx.Client) -> None:
    found = post(client, "find", {"text": TEXT}).json()["quotations"]
    assert [one["refs"][0] for one in found] == [one.refs[0] for one in takhrij.find(text=TEXT)]
    match = post(client, "compare", {"quote": "إنما الأعمال بالنية", "ref": "bukhari:1"}).json()
    assert [change["text"] for change in match["changes"]] == ["بالنية"]
    sheet = post(client, "lookup", {"ref": "bukhari:1"}).json()
    jsonschema.validate(sheet, schema("sheet"))
    listed = client.get("/api/sources").json()["sources"]
    assert {"quran", "bukhari"} <= {source["id"] for source in listed if source["loaded"]}


def test_a_map_is_proposed_weighed_and_its_conditions_listed(client: httpx.Client) -> None:
    text = f"السؤال: ما حكم النية في الوضوء؟\nالجواب: تجب النية في الوضوء؛ {TEXT}"
    made = post(client, "map", {"text": text}).json()
    jsonschema.validate(made, schema_of_map("map"))
    piece = next(node["label"] for node in made["nodes"] if node["kind"] == "evidence")
    weighed = post(client, "weigh", {"map": made, "reject": [piece]}).json()
    jsonschema.validate(weighed, schema_of_map("weighing"))
    assert weighed["weighings"][0]["scenario"]["edits"] == []
    assert len(weighed["weighings"]) == 2
    listed = post(client, "conditions", {"map": made}).json()
    jsonschema.validate(listed, schema_of_map("conditions"))
    assert "<svg" in post(client, "map", {"map": made}, format="svg").text


def test_the_guard_says_what_stands_where_and_what_was_searched(client: httpx.Client) -> None:
    text = "قال النبي ﷺ: «إنما الأعمال بالنية» رواه البخاري."
    guard = post(client, "guard", {"text": text}).json()
    jsonschema.validate(guard, schema("guard"))
    citation = guard["citations"][0]
    assert text[slice(*citation["span"])] == citation["text"] == "إنما الأعمال بالنية"
    assert citation["refs"][0].startswith("bukhari:")
    assert citation["stands"][0]["text"] in takhrij.lookup(citation["refs"][0]).passage.text
    assert citation["searched"]
    assert not {"pass", "fail", "passed", "verdict", "ok"} & {*guard, *citation}


def test_the_fingerprint_is_of_text_sources_and_version(client: httpx.Client) -> None:
    def fingerprint(body: dict[str, Any]) -> str:
        made: str = post(client, "guard", body).json()["header"]["fingerprint"]
        return made

    same = {
        fingerprint({"text": TEXT}),
        fingerprint({"text": TEXT, "name": "b"}),
        takhrij.check(text=TEXT).fingerprint,
    }
    assert len(same) == 1
    assert fingerprint({"text": TEXT + "."}) not in same
    assert fingerprint({"text": TEXT, "without": ["muslim"]}) not in same


def test_any_answer_is_told_of_on_the_way_to_who_accepts_lines(client: httpx.Client) -> None:
    query = {"format": "html", "language": "ar"}
    headers = {"Accept": "application/x-ndjson"}
    answer = client.post("/api/check", json={"text": TEXT}, params=query, headers=headers)
    *told, last = map(json.loads, answer.text.splitlines())
    assert {line["progress"]["stage"] for line in told} >= {"finding", "tracing"}
    with in_language("ar"):
        assert last == {"answer": render(takhrij.check(text=TEXT), "html")}
