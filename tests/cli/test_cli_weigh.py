"""`takhrij weigh` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from takhrij.argue.json import dumps
from takhrij.argue.notice import NOTICE
from takhrij.cli import main
from takhrij.model import Edit, Scenario

MAP = """\
takhrij map 1
p1 position
  by: one school
  name: it voids ablution
p2 position
  by: another school
  name: it does not
f1 evidence
  dalil: quran
  refs: quran:5:6
f2 evidence
  refs: bukhari:382
g1 grading
  by: al-Tirmidhi
  says "حديث غريب"
  about: f2
f1 supports p1
f2 supports p2
p1 rebuts p2
"""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "touching.map"
    path.write_text(MAP, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return main(["weigh", *map(str, arguments), "--no-progress"])


def test_every_conclusion_has_its_speaker_its_result_and_the_notice(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(given) == 0
    said = capsys.readouterr().out
    assert said.startswith(NOTICE)
    assert "one school: p1 «it voids ablution»" in said
    assert "another school: contested, unresolved in this map" in said
    assert not any(word in said.lower() for word in ("stands", "valid", "applies"))


def test_scenarios_stand_side_by_side(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = given.read_bytes()
    supposed = tmp_path / "without.json"
    edits = (Edit(kind="reject", target="al-Tirmidhi: غريب"),)
    supposed.write_text(dumps(Scenario(name="without the gharib", edits=edits)), encoding="utf-8")
    assert run(given, "--scenario", supposed, "--prefer", "p2>p1", "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["notice"] == NOTICE
    results = [[one["result"] for one in weighing["conclusions"]] for weighing in shown["weighings"]]
    contested, kept = "contested, unresolved in this map", "not contested in this map"
    assert results == [[contested, contested], [kept, "loses its stated support"], [contested, kept]]
    (aside,) = shown["weighings"][1]["set_aside"]
    assert (aside["node"]["label"], aside["grade"]["text"]) == ("f2", "حديث غريب")
    assert given.read_bytes() == before
    assert run(given, "--scenario", supposed, "--prefer", "p2>p1") == 0
    said = capsys.readouterr().out
    assert "without the gharib: another school: loses its stated support" in said
    assert "p2 is preferred to p1: another school: not contested in this map" in said


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--without", "f9"], 2),
        (["--prefer", "p1"], 2),
        (["--reread", "f1=p1"], 2),
        (["--speaker", "nobody"], 2),
        (["--scenario", "missing.json"], 3),
        (["--semantics", "preferred"], 0),
        (["--semantics", "preferred", "--seconds", "-1"], 4),
    ],
)
def test_exit_statuses(given: Path, options: list[str], status: int) -> None:
    assert run(given, *options) == status


def test_a_text_is_mapped_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("قال الله تعالى: ﴿فاغسلوا وجوهكم وأيديكم إلى المرافق﴾.\n", encoding="utf-8")
    assert run(text) == 0
    assert "proposed, and confirmed by nobody" in capsys.readouterr().out
