"""Which files are taken, and what their names say."""

from __future__ import annotations

from pathlib import Path

import pytest

from takhrij.corpus.texts import Uri, texts, uri_of
from takhrij.errors import InputError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/one.txt", "a/two.mARkdown", "a/.hidden", "README.md", "c.yml", "0620X.Y.Z1-ara1"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("نص", encoding="utf-8")
    return tmp_path


def test_a_folder_with_those_below_it_without_notes(folder: Path) -> None:
    assert [text.name for text in texts(str(folder))] == ["0620X.Y.Z1-ara1", "a/two.mARkdown", "b/one.txt"]


def test_a_pattern(folder: Path) -> None:
    assert [Path(text.name).name for text in texts(f"{folder}/**/*.txt")] == ["one.txt"]


def test_a_list_in_which_a_missing_file_stays(folder: Path) -> None:
    listed = folder / "list"
    listed.write_text(f"# mine\n{folder}/b/one.txt\n\n{folder}/nowhere.txt\n", encoding="utf-8")
    assert [(Path(text.name).name, text.size) for text in texts(f"@{listed}")] == [
        ("one.txt", 4),
        ("nowhere.txt", 0),
    ]


def test_one_file(folder: Path) -> None:
    assert [text.size for text in texts(f"{folder}/b/one.txt")] == [4]


def test_nothing_there_is_said(folder: Path) -> None:
    with pytest.raises(UsageError, match="no texts there"):
        texts(f"{folder}/nowhere")
    with pytest.raises(UsageError, match="no texts there"):
        texts(f"{folder}/*.docx")
    with pytest.raises(InputError, match="cannot be read"):
        texts(f"@{folder}/nowhere")


def test_openiti_names() -> None:
    name = "data/0620IbnQudamaMaqdisi/0620IbnQudamaMaqdisi.KafiFiFiqh.Shamela0021731-ara1.mARkdown"
    assert uri_of(name) == Uri(620, "IbnQudamaMaqdisi", "KafiFiFiqh", "Shamela0021731-ara1", "mARkdown")
    assert uri_of("0620IbnQudamaMaqdisi.KafiFiFiqh.Shamela0021731-ara1") is not None
    assert uri_of("notes.txt") is None
