from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from report_builders import nested, passage, report, sheet
from rich.cells import cell_len

from takhrij.errors import TakhrijError, UsageError
from takhrij.model import Document, Report, Span, replace
from takhrij.report import as_file, formats, render, save
from takhrij.report.clean import FSI, PDI, direction, isolated, one_line
from takhrij.report.columns import columns
from takhrij.report.forms import FORMATS
from takhrij.report.json import from_json
from takhrij.report.terminal import show, to_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("name", "made"), [("report", report()), ("nested", nested()), ("sheet", sheet())])
def test_the_text_is_the_golden_one(name: str, made: Report) -> None:
    """After a wanted change: TAKHRIJ_GOLDEN=write pytest tests/report, then read the difference."""
    file = GOLDEN / f"{name}.txt"
    text = to_text(made, width=90)
    if os.environ.get("TAKHRIJ_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [30, 48, 80, 140])
def test_no_line_is_wider_than_asked_and_every_isolate_is_closed_on_its_line(width: int) -> None:
    for made in (report(), nested(), sheet()):
        for line in to_text(made, width=width).splitlines():
            assert cell_len(line) <= width, line
            assert line.count(FSI) == line.count(PDI)
            assert line == line.rstrip()


def test_right_to_left_words_stand_in_isolates_with_their_quotes_and_numbers() -> None:
    assert isolated("says «قال: 6» here") == f"says {FSI}«قال: 6»{PDI} here"
    assert isolated("«ا» the source «ب»") == f"{FSI}«ا»{PDI} the source {FSI}«ب»{PDI}"
    assert isolated("no such words") == "no such words"


def test_long_runs_of_anything_are_isolated_in_linear_time() -> None:
    for hard in ("ا " * 200_000, "(" * 400_000, "ا" + " " * 400_000, "ا: " * 200_000, "«" * 400_000):
        isolated(hard)


@pytest.mark.parametrize(
    ("text", "side"), [("قال abcd", "ltr"), ("قال النبي abc", "rtl"), ("123", "auto"), ("", "auto")]
)
def test_direction_goes_by_the_larger_part(text: str, side: str) -> None:
    assert direction(text) == side


def test_controls_are_made_visible() -> None:
    assert one_line("a\x1b[2Jb\x07\x9b\u202ec\r\nd") == "a␛[2Jb␇\ufffdc d"


def test_few_sources_unless_all_are_asked_for() -> None:
    found = report().findings[1]
    many = tuple(replace(found.sources[0], ref=f"muslim:{n}") for n in range(9))
    made = replace(report(), findings=(replace(found, sources=many),))
    assert "+ 6 more (--all)" in to_text(made)
    assert "Muslim no. 8" in to_text(made, all_sources=True)


def test_no_colour_in_a_pipe_and_colour_when_asked() -> None:
    pipe = io.StringIO()
    show(report(), pipe)
    assert "\x1b" not in pipe.getvalue()
    assert "\x1b[" in to_text(report(), colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", to_text(report(), colour=True)) == to_text(report())


def test_a_stream_that_cannot_encode_arabic_still_gets_the_report() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show(report(), stream)
    stream.flush()
    assert b"same words does not mean authentic" in raw.getvalue()


@pytest.mark.parametrize(("ending", "reads"), [(".json", "json"), (".HTML", "html"), (".txt", "text")])
def test_saving_goes_by_the_ending(tmp_path: Path, ending: str, reads: str) -> None:
    path = save(report(), tmp_path / f"out{ending}")
    assert path.read_text(encoding="utf-8") == render(report(), reads)
    assert list(tmp_path.iterdir()) == [path]


def test_a_saved_report_reads_back(tmp_path: Path) -> None:
    assert from_json(save(report(), tmp_path / "a.json").read_bytes()) == report()


def test_unknown_formats_are_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"docm.*text, json, html"):
        render(report(), "docm")
    for name in ("out.docm", "out"):
        with pytest.raises(UsageError, match=r"\.json, \.html"):
            save(report(), tmp_path / name)
    assert formats()[:3] == ("text", "json", "html")
    with pytest.raises(UsageError, match="bytes"):
        render(report(), "parquet")


def test_a_file_that_was_there_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_text("before", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        TakhrijError, match=r"out\.json: No space left on device\. The disk is full: free some space"
    ):
        save(report(), path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_and_one_in_place_of_a_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(TakhrijError, match="The folder does not exist"):
        save(report(), tmp_path / "none" / "out.txt")
    (tmp_path / "is.txt").mkdir()
    with pytest.raises(TakhrijError, match="That is a folder"):
        save(report(), tmp_path / "is.txt")


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("x", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    save(report(), link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_text(encoding="utf-8").startswith("takhrij")


def test_a_special_file_is_written_to_and_not_replaced() -> None:
    if not Path("/dev/stdout").exists():
        pytest.skip("no /dev/stdout here")
    from takhrij.report.write import write

    write(Path("/dev/null"), "text")
    assert not Path("/dev/null").is_file()


def test_the_room_imports_neither_rich_nor_numpy_before_it_is_asked_to_draw() -> None:
    code = (
        "import sys, json; import takhrij.report, takhrij.report.json, takhrij.report.html_text;"
        "print(json.dumps([m for m in ('rich', 'numpy', 'rapidfuzz') if m in sys.modules]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == []


def test_columns_follow_the_changes() -> None:
    own, first, second = columns(sheet()).wordings
    assert [cell.text for cell in own.cells][:2] == ["لاَ", "تُقْبَلُ"]
    assert [cell.kind for cell in first.cells] == ["same", "differs", *["same"] * 6]
    assert [cell.kind for cell in second.cells] == [
        "same",
        "same",
        "same",
        "differs",
        "absent",
        *["same"] * 3,
    ]


def test_columns_without_changes_go_by_the_letters() -> None:
    made = sheet()
    bare = [replace(v, match=replace(v.match, changes=())) for v in made.versions]
    _, first, second = columns(replace(made, versions=tuple(bare))).wordings
    assert [cell.kind for cell in first.cells] == ["same", "differs", *["same"] * 6]
    assert [cell.kind for cell in second.cells] == [
        "same",
        "same",
        "same",
        "differs",
        "absent",
        *["same"] * 3,
    ]


def test_changes_may_count_in_the_matn_or_in_the_record() -> None:
    made = sheet()
    start = made.passage.parts[1].span.start
    moved = []
    for version in made.versions:
        changes = tuple(
            replace(c, span=Span(c.span.start - start, c.span.end - start)) for c in version.match.changes
        )
        moved.append(replace(version, match=replace(version.match, changes=changes)))
    assert columns(replace(made, versions=tuple(moved))).wordings[1].cells == columns(made).wordings[1].cells


def test_words_that_only_a_version_has_stand_in_columns_of_their_own() -> None:
    made = sheet()
    version = made.versions[0]
    text = passage("bukhari:2079", "البيعان", "يتفرقا").text
    longer = replace(version.match, text=f"{version.match.text} {text}", changes=())
    cells = columns(replace(made, versions=(replace(version, match=longer),))).wordings[1].cells
    assert cells[-1].kind == "extra"
    assert "…" in cells[-1].text


def test_a_sheet_without_versions_says_so() -> None:
    alone = replace(sheet(), versions=())
    assert "No other version was found in the collections searched." in to_text(alone)
    assert "No other version was found" in render(alone, "html")


def test_a_verse_and_a_translation_are_not_spoken_of_as_reports() -> None:
    verse = replace(sheet().passage, source="quran", number="5:6", narrator=None)
    own = replace(sheet().source, id="quran")
    for kind, says in (
        ("quran", "No report that has 40% of its words"),
        ("translation", "not in a translation"),
    ):
        source = replace(own, kind="quran" if kind == "quran" else "translation")
        alone = replace(sheet(), passage=verse, source=source, versions=())
        for text in (to_text(alone, width=200), render(alone, "html")):
            assert says in text and "Companion" not in text


def test_what_is_only_near_is_given_no_match_words() -> None:
    found = next(f for f in report().findings if f.label == "f3")
    assert "≈ other wording" in to_text(replace(report(), findings=(found,)))
    near = replace(found, status="not_checked", sources=(), nearest=found.sources)
    for text in (
        to_text(replace(report(), findings=(near,))),
        render(replace(report(), findings=(near,)), "html"),
    ):
        assert (
            "Nearest passages" in text
            and "≈ other wording" not in text
            and "</span> other wording" not in text
        )


def test_a_closed_card_says_which_statement_differs() -> None:
    opener = render(report(), "html").split('<span class="label">f3</span>')[1].split("</summary>")[0]
    assert "number: differs" in opener


def test_an_empty_document_makes_every_format() -> None:
    empty = Report(document=Document(text="", name="empty.txt"), findings=())
    for format in formats():
        made = as_file(empty, format)
        said = {"csv": "label", "csl": "[]", "bibtex": ""}.get(format, "empty.txt")
        assert FORMATS[format].binary or said in made.decode()
