"""The bar: only on a terminal, only for what takes long, and never in the way."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest

import takhrij
from takhrij.commands.progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Bar(patience=0) as bar:
        bar("reading [Bukhari]", 1, 10)
        bar("reading [Bukhari]", 10, 10)
        bar("listing", 0, 0)
        bar.close()
    assert "reading [Bukhari]" in terminal.getvalue()


@pytest.mark.parametrize(
    ("wanted", "patience", "stream"), [(False, 0, Terminal), (True, 60, Terminal), (True, 0, io.StringIO)]
)
def test_otherwise_nothing_is_drawn(
    wanted: bool, patience: float, stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = stream()
    monkeypatch.setattr("sys.stderr", given)
    with Bar(wanted=wanted, patience=patience) as bar:
        bar("reading", 1, 2)
    assert given.getvalue() == ""


def test_what_is_told_once_and_takes_long_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Bar(patience=0.01) as bar:
        bar("reading", 0, 0)
        for _ in range(200):
            if "reading" in terminal.getvalue():
                break
            time.sleep(0.02)
    assert "reading" in terminal.getvalue()


def test_progress_of_a_text_tells_the_quotations_that_are_done() -> None:
    told: list[tuple[str, int, int]] = []
    text = "قال تعالى: ﴿وأنزلنا من السماء ماء طهورا﴾ [الفرقان: 48].\n" * 40
    takhrij.check(text=text, progress=lambda *one: told.append(one))
    assert [one for one in told if one[0] == "tracing"] == [("tracing", done, 40) for done in (0, 16, 32)]


def test_no_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with Bar(patience=0) as bar:
        bar("reading", 1, 2)


def test_rich_is_imported_only_to_draw() -> None:
    code = "import sys; from takhrij.commands import progress; progress.Bar()('x', 1, 2);"
    code += "sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
