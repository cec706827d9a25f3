"""Readers of other people's formats run apart: what goes wrong there is a message here."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from takhrij.errors import InputError
from takhrij.read import apart, read

PAGE = "<!DOCTYPE html><p>قال الله تعالى</p>".encode()
DOCUMENTS = Path(__file__).parent / "documents"


def test_plain_text_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    assert read("نص".encode()).text == "نص"


def test_the_libraries_are_not_loaded_here() -> None:
    code = "import sys; from takhrij.read import read; read(sys.argv[1]);"
    code += "sys.exit(bool({'lxml', 'pdfminer', 'pypdfium2'} & set(sys.modules)))"
    path = DOCUMENTS / "english-xetex.pdf"
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are as Linux has them")
def test_a_reader_that_takes_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 90 * 2**20)
    with pytest.raises(InputError, match=r"^a: .*memory.*split the file"):
        read(PAGE.replace(b"<p>", b"<p>" + b"x" * 30_000_000), name="a")


def test_a_reader_that_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.0)
    began = time.monotonic()
    with pytest.raises(InputError, match=r"^a: nothing came of reading it"):
        read(PAGE, name="a")
    assert time.monotonic() - began < 10


def test_a_reader_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CHILD", "import os; os.abort()")
    with pytest.raises(InputError, match=r"^a: reading it as html .*failed in a library"):
        read(PAGE, name="a")


def test_an_answer_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in ("print(1)", "print('[1')", "print('{}')"):
        monkeypatch.setattr(apart, "CHILD", answer)
        with pytest.raises(InputError, match=r"^a: "):
            read(PAGE, name="a")


@pytest.mark.skipif(sys.platform != "linux", reason="limits are as Linux has them")
def test_the_process_can_write_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "written"
    monkeypatch.setattr(
        apart,
        "CHILD",
        f"from takhrij.read import apart; apart.limit(1 << 30); open({str(target)!r}, 'w').write('a')",
    )
    with pytest.raises(InputError):
        read(PAGE, name="a")
    assert not target.exists() or target.stat().st_size == 0


def test_progress_tells_page_for_page() -> None:
    said: list[tuple[str, int, int]] = []
    read(DOCUMENTS / "vowelled-libreoffice.pdf", progress=lambda *one: said.append(one))
    assert said == [("reading page", done, 3) for done in range(4)]


def test_names_that_a_command_line_could_misread() -> None:
    for name in ("-c", "--help", "a\nb", "كتاب"):
        assert read(PAGE, name=name).name == read("نص".encode(), name=name).name


def test_it_is_read_with_the_same_program(tmp_path: Path) -> None:
    (tmp_path / "takhrij.py").write_text("raise SystemExit(9)")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert "قال" in read(PAGE, name="a").text
    finally:
        os.chdir(before)
