"""Input that cannot be read gives a message that says what, where, and what to do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from takhrij.errors import InputError
from takhrij.read import read, shown


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04....", "a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", r"an old Word or Office document \(.doc\)"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    ],
)
def test_known_binary_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"^f: is {kind}; .*save it as text"):
        read(data, name="f")


@pytest.mark.parametrize("data", [b"text\0text", b"\0" * 5000, "قال\0".encode("utf-16")])
def test_nul_characters_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not a text file"):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"empty\.txt: is empty"):
        read(path)


def test_directory_missing_and_unreadable(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / ("n" * 300))
    with pytest.raises(InputError, match="not a usable file name"):
        read("a\0b")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "no permission to read it"),
        (OSError(5, "Input/output error"), r"cannot be read \(Input/output error\)"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_what_the_system_refuses(
    error: BaseException, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=rf"secret\.txt: {said}"):
        read("secret.txt")


def test_too_large_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 2_000_001)
    with pytest.raises(
        InputError, match=r"large\.txt: 2 MB, over the limit of 1 MB; split the file, or raise"
    ):
        read(path, limit=1_000_000)
    assert len(read(path, limit=2_000_001).text) == 2_000_001


def test_an_endless_device_stops_at_the_limit() -> None:
    with pytest.raises(InputError, match="larger than the limit"):
        read("/dev/zero", limit=1_000_000)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    give("نص".encode("cp1256") * 20)
    with pytest.raises(InputError, match=r"^standard input: "):
        read("-")
    give("قال الله".encode())
    document = read("-")
    assert (document.name, document.text) == ("standard input", "قال الله")
    give(b"aaaa")
    with pytest.raises(InputError, match="larger than the limit"):
        read("-", limit=3)
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="is closed"):
        read("-")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("plain.txt", "plain.txt"),
        ("كتاب الطهارة.txt", "كتاب الطهارة.txt"),
        ("new\nline\x1b[31m.txt", r"new\nline\x1b[31m.txt"),
        ("evil\u202etxt.exe", r"evil\u202etxt.exe"),
        ("bytes\udcff.txt", r"bytes\udcff.txt"),
        ("نیم\u200cفاصله", "نیم\u200cفاصله"),
    ],
)
def test_hostile_names_are_printable(name: str, printed: str) -> None:
    assert shown(name) == printed
    assert read(b"text", name=name).name == printed


def test_a_file_whose_name_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n.txt"
    Path(os.fsdecode(path)).write_text("نص", encoding="utf-8")
    assert read(os.fsdecode(path)).name.endswith(r"\udcff\n.txt")


def test_reading_imports_neither_numpy_nor_rich() -> None:
    code = (
        "import sys, takhrij.read; takhrij.read.read(b'x');"
        "print({'numpy', 'rich', 'rapidfuzz'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
