"""The command as a shell runs it: start-up, streams, pipes and signals."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ENGINE = """
import sys
from takhrij import api
sys.path.insert(0, {fakes!r})
from cli_fakes import matched, report
api.check = lambda *, document, **_: report(*[matched()] * {findings}, document=document)
from takhrij.cli import main
sys.exit(main())
"""
FAKES = str(Path(__file__).parent)


def takhrij(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "takhrij", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        **options,
    )


def with_fake(*arguments: str, findings: int = 1) -> list[str]:
    return [sys.executable, "-c", ENGINE.format(fakes=FAKES, findings=findings), *arguments]


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["sources", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"""
import sys
from takhrij.cli import main
try:
    main({arguments!r})
except SystemExit as left:
    assert not left.code
heavy = {{"numpy", "rich", "rapidfuzz", "takhrij.sources", "takhrij.index", "takhrij.report", "takhrij.read"}}
sys.exit(", ".join(sorted(heavy & set(sys.modules))) or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "takhrij" in done.stdout


def test_help_is_quick() -> None:
    def seconds() -> float:  # of the processor: others may use the machine
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert takhrij("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.2


def test_wrong_usage_and_missing_file() -> None:
    done = takhrij()
    assert (done.returncode, done.stdout) == (2, "")
    done = takhrij("check", "/nowhere/at all.txt")
    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        "",
        "takhrij: /nowhere/at all.txt: no such file\n",
    )


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "takhrij", "check", os.fsencode(tmp_path) + b"/\xff.txt"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.endswith(b"udcff.txt: no such file\n")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_arabic_goes_through_a_pipe_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    (tmp_path / "a.txt").write_text("قال نص", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        with_fake("check", str(tmp_path / "a.txt"), "--format", "json"),
        capture_output=True,
        env=environment,
        check=True,
    )
    assert json.loads(done.stdout)["document"]["text"] == "قال نص"


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال نص", encoding="utf-8")
    running = subprocess.Popen(
        with_fake("check", str(tmp_path / "a.txt"), "--format", "json", findings=2000),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout and running.stderr
    running.stdout.read(10)
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 141


def test_control_c(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال نص", encoding="utf-8")
    slow = "import signal, time\napi.check = lambda **_: (print('started', flush=True), time.sleep(600))\n"
    slow += (
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
    )
    code = ENGINE.format(fakes=FAKES, findings=1).replace("from takhrij.cli", slow + "from takhrij.cli")
    running = subprocess.Popen(
        [sys.executable, "-c", code, "check", str(tmp_path / "a.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout and running.stdout.readline() == "started\n"
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=120) == ("", "takhrij: interrupted\n")
    assert running.returncode == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال نص", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            with_fake("check", str(tmp_path / "a.txt")),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "takhrij: cannot write the output or use a file: [Errno 28] No space left on device"
    ]
