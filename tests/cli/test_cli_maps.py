"""`takhrij map` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from takhrij.argue.schema import schema
from takhrij.cli import main
from takhrij.index import open_index

TEXT = "قال الله تعالى: ﴿فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم﴾.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--no-progress"])


def test_a_map_is_proposed_checked_edited_and_kept(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "text.map"
    assert run("map", text, "-o", made) == 0
    assert "f1 evidence proposed" in made.read_text(encoding="utf-8")
    assert run("map", "--check", made, "--text", text) == 0
    made.write_text(made.read_text("utf-8").replace("f1 evidence proposed", "f1 evidence"), encoding="utf-8")
    text.write_text("سطر جديد.\n" + TEXT, encoding="utf-8")
    assert run("map", "--check", made, "--text", text) == 1
    assert "f1: quote:" in capsys.readouterr().out
    again = tmp_path / "again.json"
    assert run("map", text, "--keep", made, "-o", again) == 0
    (node,) = json.loads(again.read_text("utf-8"))["nodes"]
    assert (node["label"], node["status"]) == ("f1", "confirmed")
    assert run("map", "--check", again, "--text", text) == 0


def test_a_map_that_nothing_could_be_compared_in_says_so(text: Path, tmp_path: Path) -> None:
    made = tmp_path / "text.map"
    assert run("map", text, "-o", made) == 0
    assert run("map", "--check", made) == 4


def test_a_map_that_was_compared_in_part_is_not_called_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = open_index()
    verse = index.record(index.rows["quran:112:1"]).text
    span = f"0-{len(verse)}"
    made = tmp_path / "text.map"
    made.write_text(
        f'takhrij map 1\nd1 evidence\n  says {span} @quran:112:1 "{verse}"\n'
        f's1 statement\n  says {span} "{verse}"\n',
        "utf-8",
    )
    assert run("map", "--check", made) == 4
    found = capsys.readouterr().err
    assert "nothing wrong in what could be compared; 1 of 2 quotations compared" in found
    assert "1 quotations of the text itself not compared" in found


def test_an_empty_answer_is_said_to_be_empty(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text.write_text("A page on gardening.", "utf-8")
    made = tmp_path / "text.map"
    assert run("map", text, "-o", made) == 0
    assert "the map is empty" in capsys.readouterr().err
    assert run("conditions", made) == 0
    assert "No position is stated" in capsys.readouterr().out
    assert run("compare-maps", made, made) == 0
    assert "Neither a position nor evidence is stated" in capsys.readouterr().out


def test_a_map_is_converted_without_the_text(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "text.map"
    assert run("map", text, "-o", made, "-q") == 0
    for format in ("svg", "dot", "argdown", "aif", "json"):
        assert run("map", made, "--format", format) == 0
        assert "فاغسلوا" in capsys.readouterr().out


def test_what_cannot_be_meant_is_wrong_usage(text: Path, tmp_path: Path) -> None:
    made = tmp_path / "text.map"
    assert run("map", text, "-o", made, "-q") == 0
    assert run("map", "--check", text) == 2
    assert run("map", made, "--keep", made) == 2


@pytest.mark.parametrize("content", ["takhrij map 1\nx\n", '{"format": "takhrij map 1", "nodes": 3}', "\xff"])
def test_a_damaged_map_is_unreadable_input(content: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.argdown"
    if content != "\xff":
        path = tmp_path / "damaged.map"
    path.write_bytes(content.encode("latin-1"))
    assert run("map", path) == 3


def test_conditions_and_comparisons_are_written_as_text_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "a.map"
    made.write_text('takhrij map 1\np1 position\n  says "a"\nc1 condition\n  says "b"\n  of: p1\n', "utf-8")
    assert run("conditions", made, "--tick", "c1") == 0
    assert "ticked: c1; open: none" in capsys.readouterr().out
    assert run("conditions", made, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("conditions"))
    assert found["positions"][0]["open"] == ["c1"]
    assert run("conditions", made, "--tick", "zayd") == 2
    assert run("compare-maps", made, made) == 0
    assert "the text holds: “a”" in capsys.readouterr().out
    assert run("compare-maps", made, made, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("comparison"))
    assert found["names"] == [str(made), str(made)]
    assert run("compare-maps", made) == 2
