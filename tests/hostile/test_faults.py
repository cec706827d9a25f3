"""What goes wrong around the program: a full disk, a cache that may only be read, a clock that is turned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import takhrij.sources

TEXT = "المسافر يقصر الصلاة إذا جاوز بيوت بلده ونوى سفرا"
LAST = ["مسافة" + "".join("بجدهوزحطيك"[int(digit)] for digit in str(number)) for number in range(300)]
SETUP = "import takhrij.sources as s; own = s.get('rules'); s.known = lambda: (own,)\n"
CHECK = SETUP + "import sys; from takhrij.cli import main; sys.exit(main(['check', '-', *sys.argv[1:]]))"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a source of three hundred passages, which alone is known to the processes started."""
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TAKHRIJ_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    lines = [json.dumps({"text": f"{TEXT} {word}"}) for word in LAST]
    file = tmp_path / "rules.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    takhrij.sources.add(file)
    return tmp_path


def run(
    *options: str, before: str = "", code: str = CHECK, text: str = f"«{TEXT} {LAST[7]}»"
) -> subprocess.CompletedProcess[str]:
    """`takhrij check -` in a process of its own, something done in it before."""
    command = [sys.executable, "-c", before + code, *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)


def full(size: int) -> str:
    """No file of this process can be larger than so many bytes: as on a disk that is full."""
    return (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
@pytest.mark.parametrize("size", [0, 200, 5_000, 40_000])
def test_a_disk_that_is_full_while_the_index_is_built(home: Path, size: int) -> None:
    failed = run(before=full(size))
    assert failed.returncode == 3
    assert "The index cannot be written to" in failed.stderr and "TAKHRIJ_CACHE_DIR" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert [path.name for path in (home / "cache").iterdir()] == ["lock"]
    assert "rules:8" in run("--format", "json").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_a_disk_that_is_full_while_a_report_is_written(home: Path) -> None:
    run()
    report = home / "report.html"
    report.write_text("the report of yesterday")
    failed = run("-o", str(report), before=full(2_000))
    assert failed.returncode != 0 and "Traceback" not in failed.stderr and str(report) in failed.stderr
    assert report.read_text() == "the report of yesterday"
    assert not [path for path in home.iterdir() if path.name.startswith(("report.html.", ".report"))]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_a_disk_that_is_full_while_a_source_is_added(home: Path) -> None:
    code = SETUP + f"s.add({str(home / 'rules.jsonl')!r}, id='more')"
    failed = run(before=full(3_000), code=code)
    assert "DataError" in failed.stderr
    assert [path.name for path in (home / "data").rglob("*") if path.is_dir()].count("more") == 0
    assert run(code=code).returncode == 0


def test_a_cache_that_may_only_be_read_is_used(home: Path) -> None:
    first = run("--format", "json").stdout
    [index] = (home / "cache").glob("index-*")
    (index / "checked.json").unlink()
    stop = (
        "import pathlib\n"
        "def refuse(*a, **k): raise OSError(30, 'Read-only file system')\n"
        "pathlib.Path.write_text = pathlib.Path.mkdir = pathlib.Path.replace = refuse\n"
    )
    done = run("--format", "json", before=stop)
    assert done.stdout == first and "rules:8" in first
    assert not (index / "checked.json").exists()


@pytest.mark.parametrize("year", [1970, 2001, 2100])
def test_a_clock_that_was_turned_changes_no_answer(home: Path, year: int) -> None:
    first = run("--format", "json").stdout
    turned = f"import time, os; real = time.time; time.time = lambda: real() + ({year} - 2026) * 31_557_600\n"
    [index] = (home / "cache").glob("index-*")
    os.utime(index, ((year - 1970) * 31_557_600, (year - 1970) * 31_557_600))
    for file in index.iterdir():
        os.utime(file, ((year - 1970) * 31_557_600 + 1, (year - 1970) * 31_557_600 + 1))
    assert run("--format", "json", before=turned).stdout == first
    assert [*(home / "cache").glob("index-*")] == [index]


def test_a_source_that_is_exchanged_under_a_running_process_is_answered_from_anew(home: Path) -> None:
    """As an upgrade does it: the next look at the sources gives an index of the new one."""
    code = SETUP + (
        "from pathlib import Path; from takhrij import api; from takhrij.index import open_index\n"
        f"text = {TEXT + ' ' + LAST[7]!r}; before = open_index().fingerprint\n"
        "print(api.check(text=f'«{text}»').findings[0].sources[0].ref)\n"
        "s.remove('rules'); s.known = lambda: ()\n"
        "Path('rules.jsonl').write_text('{\"text\": \"' + text + '\"}')\n"
        "own = s.add('rules.jsonl'); s.known = lambda: (own,); print(open_index().fingerprint != before)\n"
        "print(api.check(text=f'«{text}»').findings[0].sources[0].ref)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.split() == ["rules:8", "True", "rules:1"], done.stderr
