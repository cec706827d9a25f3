"""The functions that all else calls: which sources are searched, what is refused, what is repeatable."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import takhrij
from takhrij import sources
from takhrij.errors import InputError, UsageError
from takhrij.model import Document, Report

BOTH = "قال تعالى: ﴿{}﴾، وقال رسول الله صلى الله عليه وسلم: «{}»."


def verse(number: str) -> str:
    return takhrij.lookup(f"quran:{number}").passage.text


def matn(ref: str) -> str:
    passage = takhrij.lookup(ref).passage
    [span] = [part.span for part in passage.parts if part.kind == "matn"]
    return passage.text[span.start : span.end]


@pytest.fixture(scope="module")
def text() -> str:
    """A verse and a report that several collections have."""
    return BOTH.format(verse("5:6"), matn("bukhari:8"))


def names(report: Report) -> set[str]:
    return {match.source for finding in report.findings for match in finding.sources}


def test_all_installed_sources_are_searched(text: str) -> None:
    report = takhrij.check(text=text)
    assert {finding.kind for finding in report.findings} == {"quran", "report"}
    assert {"quran", "bukhari", "muslim"} <= names(report)
    installed = {source.id for source in sources.known() if sources.missing(source) is None}
    assert {searched.source for searched in report.searched} == installed
    assert all(searched.coverage and searched.held for searched in report.searched)


def test_only_the_wanted_sources_are_searched(text: str) -> None:
    report = takhrij.check(text=text, sources=["quran", "muslim"])
    assert names(report) == {"quran", "muslim"}
    assert [searched.source for searched in report.searched] == ["quran", "muslim"]
    assert "bukhari" in report.not_searched and "muslim" not in report.not_searched


def test_a_group_names_all_of_its_kind(text: str) -> None:
    report = takhrij.check(text=text, sources=["quran"])
    assert names(report) == {"quran"}
    report = takhrij.check(text=text, sources=["reports"])
    assert "quran" not in names(report) and "bukhari" in names(report)
    assert all(sources.get(searched.source).kind == "report" for searched in report.searched)


def test_a_source_can_be_left_out(text: str) -> None:
    report = takhrij.check(text=text, without=["bukhari"])
    assert "bukhari" not in names(report) and "muslim" in names(report)
    assert "bukhari" in report.not_searched
    assert "quran" not in names(takhrij.check(text=text, without=["quran"]))


@pytest.mark.parametrize("option", ["sources", "without"])
def test_an_unknown_source_is_refused(option: str) -> None:
    with pytest.raises(UsageError, match="bukhari"):
        takhrij.check(text="نص", **{option: ["bukari"]})  # type: ignore[arg-type]


def test_one_thing_is_checked_at_a_time(tmp_path: Path, text: str) -> None:
    for given in (
        {},
        {"text": "نص", "path": "a.txt"},
        {"text": "نص", "document": Document(text="", name="")},
    ):
        with pytest.raises(UsageError, match="path, text and document"):
            takhrij.check(**given)
    file = tmp_path / "fatwa.txt"
    file.write_text(text, "utf-8")
    from_file, from_text = takhrij.check(file), takhrij.check(text=text)
    assert from_file.findings == from_text.findings
    assert takhrij.check(document=from_file.document).findings == from_text.findings
    with pytest.raises(InputError):
        takhrij.check(tmp_path / "not-there.txt")


def test_progress_is_told(text: str) -> None:
    told: list[tuple[str, int, int]] = []
    takhrij.check(text=text, progress=lambda *step: told.append(step))
    assert told
    assert all(name and 0 <= done <= total for name, done, total in told)
    assert told[-1][1] == told[-1][2]


def test_the_same_input_gives_the_same_report_and_another_one_another_fingerprint(text: str) -> None:
    report = takhrij.check(text=text)
    assert takhrij.check(text=text) == report
    assert len(report.fingerprint) >= 16
    others = [
        takhrij.check(text=text + " "),
        takhrij.check(text=text, sources=["quran"]),
        takhrij.check(text=text, without=["bukhari"]),
    ]
    assert len({report.fingerprint, *(other.fingerprint for other in others)}) == 4
    again = (
        "import sys, takhrij; print(takhrij.check(text=sys.stdin.buffer.read().decode('utf-8')).fingerprint)"
    )
    said = subprocess.run(
        [sys.executable, "-c", again], input=text.encode(), capture_output=True, check=True, timeout=60
    )
    assert said.stdout.decode().strip() == report.fingerprint


def test_find_gives_what_check_compares(text: str) -> None:
    found, findings = takhrij.find(text=text), takhrij.check(text=text).findings
    assert [quotation.span for quotation in found] == [finding.span for finding in findings]
    for quotation, finding in zip(found, findings, strict=True):
        assert quotation.text == finding.text == text[quotation.span.start : quotation.span.end]
        assert finding.sources[0].ref in quotation.refs


def test_compare_with_one_passage() -> None:
    words = verse("2:183").split()
    same = takhrij.compare(" ".join(words), "quran:2:183")
    assert (same.wording, same.complete, same.changes) == ("same", "whole", ())
    other = takhrij.compare(" ".join([*words[:6], "والبيع", *words[7:]]), "quran:2:183")
    assert other.wording == "different"
    assert [(change.kind, change.text, change.source_text) for change in other.changes] == [
        ("replaced", "والبيع", words[6])
    ]
    assert takhrij.compare(matn("bukhari:8"), "bukhari:8").wording == "same"


def test_compare_refuses_what_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="share no word"):
        takhrij.compare("كمبيوتر", "quran:112:1")
    with pytest.raises(UsageError, match="the quotation is empty"):
        takhrij.compare(" ", "quran:112:1")


@pytest.mark.parametrize("ref", ["bukhari 1", "5:6", "quran"])
def test_how_a_passage_is_named_is_told(ref: str) -> None:
    with pytest.raises(UsageError, match="such as quran:5:6"):
        takhrij.lookup(ref)


def test_one_name_is_no_list_of_sources() -> None:
    with pytest.raises(UsageError, match=r"as a list: \['quran'\]"):
        takhrij.check(text="نص", sources="quran")


@pytest.mark.parametrize("ref", ["quran:2:999", "bukhari:0", "quran", "", "nobody:1", "quran:", ":"])
def test_a_passage_that_is_not_there(ref: str) -> None:
    for call in (lambda: takhrij.lookup(ref), lambda: takhrij.compare("قال", ref)):
        with pytest.raises(UsageError) as caught:
            call()
        assert str(caught.value)


def test_look_up_a_verse() -> None:
    sheet = takhrij.lookup("quran:2:159")
    assert sheet.passage.ref == "quran:2:159" and sheet.source.id == "quran"
    assert "bukhari:118" in {version.passage.ref for version in sheet.versions}


def test_the_chain_of_a_notebook_makes_no_versions() -> None:
    """Hammam's reports share «فذكر أحاديث منها», and nothing else."""
    sheet = takhrij.lookup("muslim:537")
    assert "bukhari:6954" in {version.passage.ref for version in sheet.versions}
    assert "muslim:657" not in {version.passage.ref for version in sheet.versions}


def test_look_up_a_report_with_its_versions() -> None:
    sheet = takhrij.lookup("bukhari:8")
    refs = [version.passage.ref for version in sheet.versions]
    assert "bukhari:8" not in refs and {"muslim:113", "tirmidhi:2609"} <= set(refs)
    assert len(refs) == len(set(refs))
    assert all(0 < version.shared <= 1 and version.title for version in sheet.versions)
    assert sheet.searched and sheet.notes


def test_take_find_from_the_package_whatever_was_imported_before() -> None:
    """A room of the program has the name of the function."""
    for name in ("takhrij.find", "takhrij.find.quotations", "takhrij.find.claims", "takhrij.api"):
        import_module(name)
        assert callable(takhrij.find)
        assert takhrij.find(text="لا شيء هنا") == ()
    import takhrij.find.view as view
    from takhrij.find import quotations

    assert view.__name__ == "takhrij.find.view"
    assert quotations.__name__ == "takhrij.find.quotations"


@pytest.mark.parametrize("first", ["takhrij", "takhrij.find.quotations", "takhrij.find", "takhrij.api"])
def test_take_find_in_a_new_process(first: str) -> None:
    script = f"import {first}, takhrij; from takhrij import find; assert find is takhrij.find; find.__call__"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_the_package_is_light_to_import() -> None:
    script = (
        "import sys, takhrij; print(sorted({'numpy', 'rich', 'rapidfuzz', 'takhrij.api'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert said.stdout.decode().strip() == "[]"


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        takhrij.no_such_thing  # noqa: B018
    for name in takhrij.__all__:
        assert getattr(takhrij, name) is not None
