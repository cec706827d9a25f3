"""The bridge to the evaluation sets: what it may see of a row, and what it writes of a finding."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import takhrij
from takhrij.model import Change, Finding, Place, SourceMatch, Span, replace

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import openiti
import predict

TEXT = "قال الله تعالى: ﴿قل هو الله أحد الله الصمد لم يلد ولم يولد﴾ فدل على ذلك."
SECRETS = ("a label", "a correction", "quran:112:4", "a citation", "gold-only")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    segment = {
        "type": "Ayah",
        "start": 17,
        "end": 58,
        "citation": SECRETS[3],
        "label": SECRETS[0],
        "refs": [SECRETS[2]],
    }
    row = {
        "id": "1",
        "text": TEXT,
        "segments": [segment],
        "corrections": {SECRETS[3]: [SECRETS[1]]},
        "x": SECRETS[4],
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n\n" + json.dumps({**row, "id": "2"}) + "\n", encoding="utf-8")
    return path


def source(ref: str, covered: float = 1.0) -> SourceMatch:
    return SourceMatch(
        ref=ref,
        source=ref.partition(":")[0],
        title="",
        edition="",
        numbering="",
        role="primary",
        wording="same",
        complete="whole",
        source_span=Span(0, 1),
        text="",
        covered=covered,
    )


def finding(kind: str, *sources: SourceMatch) -> Finding:
    return Finding(
        id="q-1",
        label="f1",
        kind="quran" if kind == "quran" else "report",
        presented="quotation",
        status="matched",
        match="same",
        span=Span(0, 1),
        text="",
        parts=(Span(0, 1),),
        place=Place(block=0),
        sources=sources,
    )


def test_labels_corrections_and_refs_are_dropped_first(rows: Path) -> None:
    read = list(predict.rows(rows))
    assert [row["id"] for row in read] == ["1", "2"]
    for row in read:
        assert set(row) == {"id", "text", "segments"}
        assert row["segments"] == [{"type": "Ayah", "start": 17, "end": 58}]
        assert not any(secret in repr(row) for secret in SECRETS)


@pytest.mark.parametrize("arguments", [[], ["--given-spans"], ["--echoes"]])
def test_nothing_but_text_and_spans_reaches_the_program(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    handed: list[dict[str, Any]] = []
    check = takhrij.check

    def listening(**given: Any) -> takhrij.Report:
        handed.append(given)
        return check(**given)

    monkeypatch.setattr(takhrij, "check", listening)
    monkeypatch.setattr(sys, "argv", ["predict.py", str(rows), str(tmp_path / "out.jsonl"), *arguments])
    predict.main()
    assert [given["text"] for given in handed] == [TEXT, TEXT]
    assert not any(secret in repr(given) for given in handed for secret in SECRETS)
    assert all(set(given) <= {"text", "without", "given"} for given in handed)


def test_a_range_is_given_as_single_verses() -> None:
    assert predict.refs(finding("quran", source("quran:112:1-3"), source("quran:112:2"))) == [
        "quran:112:1",
        "quran:112:2",
        "quran:112:3",
    ]


def test_at_most_ten_best_first() -> None:
    many = [source(f"quran:55:{verse}") for verse in range(13, 30)]
    assert predict.refs(finding("quran", *many)) == [f"quran:55:{verse}" for verse in range(13, 23)]
    assert predict.refs(finding("quran", source("quran:2:1-286"))) == [f"quran:2:{n}" for n in range(1, 11)]
    records = [source(f"muslim:{number}") for number in range(1, 20)]
    assert predict.refs(finding("report", *records)) == [f"muslim:{number}" for number in range(1, 11)]


@pytest.mark.parametrize("kind", ["quran", "report"])
def test_a_ref_covers_seven_tenths_of_the_words(kind: str) -> None:
    sources = [source(f"{kind}:1:1", 0.69), source(f"{kind}:1:2", 0.7), source(f"{kind}:1:3", 1.0)]
    assert predict.refs(finding(kind, *sources)) == [f"{kind}:1:2", f"{kind}:1:3"]


def test_of_reports_each_collection_comes_before_second_versions() -> None:
    found = finding("report", source("muslim:1"), source("muslim:2"), source("bukhari:3"))
    assert predict.refs(found) == ["muslim:1", "bukhari:3", "muslim:2"]


def reported(words: int, *changes: Change) -> Finding:
    matched = replace(source("muslim:1"), wording="different", changes=changes)
    return replace(finding("report", matched), text=" ".join(["كلمة"] * words))


def test_of_a_report_a_word_in_sixteen_may_differ() -> None:
    word = Change(kind="replaced", span=Span(20, 24), source_span=Span(20, 24), text="شيء", source_text="أمر")
    assert predict.holds(reported(16, word))
    assert not predict.holds(reported(15, word))
    assert not predict.holds(reported(16, word, word))
    assert not predict.holds(replace(reported(16, word), kind="quran"))


def test_the_attached_letter_of_its_first_word_is_free() -> None:
    first = Change(
        kind="replaced",
        span=Span(0, 3),
        source_span=Span(0, 4),
        text="قال",
        source_text="وقال",
        near=True,
        attached=True,
    )
    assert predict.holds(reported(4, first))
    assert not predict.holds(reported(4, replace(first, span=Span(5, 8))))


def test_an_anthology_alone_does_not_make_a_report_right() -> None:
    found = finding("report", source("mishkat:1"))
    assert predict.holds(found)
    derived = tuple(replace(one, role="derived") for one in found.sources)
    assert not predict.holds(replace(found, sources=derived))


def near(ref: str, bits: float | None, covered: float) -> Finding:
    matched = replace(source(ref, covered), wording="different", bits=bits)
    return replace(finding("quran", matched), text="ولم يكن له أحد مثله")


def test_a_verse_that_is_near_enough_is_the_correction() -> None:
    fourth = "وَلَمْ يَكُنْ لَهُ كُفُوًا أَحَدٌ"
    assert predict.corrected(near("quran:112:4", None, 0.8)) == fourth
    assert predict.corrected(near("quran:112:4", 60.0, 0.5)) == fourth
    assert predict.corrected(near("quran:112:4", 20.0, 0.5)) == predict.WRONG
    assert predict.corrected(near("quran:112:3-4", None, 0.8)) == fourth
    assert predict.corrected(finding("quran", source("quran:112:4"))) == predict.WRONG


def test_a_verse_as_tanzil_has_it() -> None:
    assert predict.verse_text("quran:2:26").startswith("۞ ")
    assert len(predict.verse_text("quran:112:1").split()) == 4


def test_openiti_scores_the_verses_that_predict_writes() -> None:
    predicted = [s for s in predict.predicted(TEXT, [], echoes=False) if s["type"] == "Ayah"]
    assert predicted == openiti.verses(takhrij.check(text=TEXT), echoes=False)
    assert predicted[0]["refs"] == ["quran:112:1", "quran:112:2", "quran:112:3"]
