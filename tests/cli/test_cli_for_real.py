"""The command line with the real engine and index, on the text that ships with the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from takhrij import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "ablution.txt"


def test_the_main_job(capsys: pytest.CaptureFixture[str]) -> None:
    """The verses and reports of the example, and what is different about four of them."""
    assert cli.main(["check", str(EXAMPLE), "--format", "json", "--no-progress"]) == 1
    report = json.loads(capsys.readouterr().out)
    text = report["document"]["text"]
    assert text == EXAMPLE.read_text(encoding="utf-8")
    of: dict[str, dict[str, object]] = {}
    for finding in report["findings"]:
        start, end = finding["span"]
        assert text[start:end] == finding["text"]
        for source in finding["sources"]:
            of.setdefault(source["ref"], source)
    assert {"quran:5:6", "quran:4:43", "quran:25:48", "quran:8:11"} <= set(of)
    assert {"bukhari:135", "muslim:539", "bukhari:206", "muslim:639"} <= set(of)
    assert of["quran:5:6"]["complete"] == "part"
    assert of["quran:8:11"]["complete"] == "gaps"
    assert of["bukhari:206"]["wording"] == "different"


@pytest.mark.parametrize("format", ["text", "html"])
def test_every_format(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report"
    assert cli.main(["check", str(EXAMPLE), "--format", format, "-o", str(out), "-q"]) == 1
    written = out.read_text(encoding="utf-8")
    assert "Same words does not mean authentic" in written or "same words does not mean authentic" in written
    assert "فَاغْسِلُوا" in written
    assert capsys.readouterr() == ("", "")


def test_a_part_of_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["find", str(EXAMPLE), "--sources", "quran", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["quotations"]
    assert found
    assert all(ref.startswith("quran:") for one in found for ref in one["refs"])
    cli.main(["find", str(EXAMPLE), "--without", "bukhari", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["quotations"]
    assert not any(ref.startswith("bukhari:") for one in found for ref in one["refs"])
    assert cli.main(["check", str(EXAMPLE), "--sources", "qurann"]) == 2
    assert "did you mean quran?" in capsys.readouterr().err


def test_compare_and_lookup(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", "لا تقبل صلاة من أحدث حتى يتوضأ", "bukhari:135"]) == 0
    assert cli.main(["compare", "لا تقبل صلاة من أحدث حتى يتطهر", "bukhari:135"]) == 1
    assert cli.main(["lookup", "bukhari:135"]) == 0
    assert "أَحْدَثَ" in capsys.readouterr().out
    assert cli.main(["lookup", "bukhari:99999"]) == 2
    assert "no number '99999'" in capsys.readouterr().err
