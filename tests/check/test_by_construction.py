"""True by construction: the same is proved again, what is shown is verbatim, one text has one report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from plain_values import strings
from quoted import INTRODUCED, only, verse

import takhrij
from takhrij import sources
from takhrij.model import Passage, Report
from takhrij.sources import files
from takhrij.trace import align, compare
from takhrij.trace.proof import stands

EXAMPLE = Path(__file__).parents[2] / "examples" / "ablution.txt"


@cache
def example() -> Report:
    return takhrij.check(EXAMPLE)


@pytest.mark.parametrize("form", ["json", "html"])
def test_the_same_text_gives_the_same_bytes(form: str) -> None:
    def run(seed: str) -> bytes:
        command = [
            sys.executable,
            "-m",
            "takhrij",
            "check",
            str(EXAMPLE),
            "--format",
            form,
            "--fail-on",
            "none",
        ]
        return subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, check=True
        ).stdout

    first = run("1")
    assert example().fingerprint.encode() in first
    assert run("2") == first


def test_another_text_or_choice_of_sources_has_another_fingerprint() -> None:
    text = INTRODUCED.format(verse("2:43"))
    prints = {
        takhrij.check(text=text).fingerprint,
        takhrij.check(text=text + " ").fingerprint,
        takhrij.check(text=text, sources=["quran"]).fingerprint,
    }
    assert len(prints) == 3


@cache
def file_strings(source: str) -> str:
    """Everything that the files of a source's package say, as the files themselves are written."""
    told = []
    for file in (found := sources.get(source)).files + found.optional_files:
        path = files.locate(file)
        assert path is not None
        raw = path.read_text("utf-8-sig")
        if path.suffix == ".jsonl":
            told += [text for line in raw.splitlines() for text in strings(json.loads(line))]
        else:
            told += strings(json.loads(raw)) if path.suffix == ".json" else [raw]
    return "\n\n".join(told)


def test_every_source_text_that_is_shown_is_in_the_files_of_its_package() -> None:
    shown = [
        (match.source, text)
        for finding in (*example().findings, *example().echoes)
        for match in (*finding.sources, *finding.nearest)
        for text in (match.text, match.before, match.after, match.display, match.chain)
        if text and not (match.source == "quran" and "-" in match.ref)
    ]
    assert len(shown) > 100
    for source, text in shown:
        for piece in text.split("\n"):
            assert piece in file_strings(source), (source, piece)


@pytest.mark.parametrize("source", [source.id for source in sources.known() if source.kind != "translation"])
def test_records_are_verbatim(source: str) -> None:
    if sources.missing(sources.get(source)):
        pytest.skip(f"{source} is not installed")
    whole = file_strings(source)
    records: list[Passage] = list(sources.load(sources.get(source)))
    for record in records[:: max(1, len(records) // 50)]:
        assert record.text in whole, record.ref


def test_what_is_the_same_is_proved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An alignment that lies is not believed."""
    held = verse("2:43").split(" ")
    changed = " ".join([*held[:3], "الماء", *held[4:]])

    def lies(*arguments: Any, **options: Any) -> Any:
        told = align.align(*arguments, **options)
        return told and replace(told, wording="same", changes=())

    assert only(takhrij.check(text=INTRODUCED.format(changed))).match == "different"
    monkeypatch.setattr(compare, "align", lies)
    assert only(takhrij.check(text=INTRODUCED.format(changed))).match == "different"
    assert only(takhrij.check(text=INTRODUCED.format(verse("2:43")))).match == "same"


@pytest.mark.parametrize(
    ("quoted", "gaps", "holds"),
    [
        ("وأقيموا الصلاة", False, True),
        ("أقيموا الصلاة", False, True),
        ("وأقيموا الزكاة", False, False),
        ("وأقيموا الزكاة", True, True),
        ("الزكاة وأقيموا", True, False),
        ("وأقيموا الصلوة وآتوا الزكاة", False, True),  # one word as the mushaf writes it
        ("وأقيموا الصلوت وآتوا الزكاة", False, False),
        ("", False, True),
    ],
)
def test_the_proof(quoted: str, gaps: bool, holds: bool) -> None:
    spellings = ["وَأَقِيمُوا الصَّلَاةَ وَآتُوا الزَّكَاةَ", "وَأَقِيمُوا۟ ٱلصَّلَوٰةَ وَءَاتُوا۟ ٱلزَّكَوٰةَ"]
    assert stands(quoted, spellings, gaps=gaps) is holds
