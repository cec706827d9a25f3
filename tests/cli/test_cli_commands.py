"""The command line with a fake engine: what is asked for is passed on, what comes back is written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_fakes import finding, matched, report, source

from takhrij import api, cli
from takhrij.errors import DataError, MissingSource, UsageError
from takhrij.model import Document, Passage, Quotation, Report, Sheet, Source, Span

PICTURE = "bad.png: is a PNG picture; it is not read, so save it as text (UTF-8)"
TEXT = "قال الله تعالى: نص"
Run = Callable[..., tuple[int, str, str]]


class Engine:
    """Stands for `takhrij.check` and its like; remembers what it was given."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.answer: Callable[[Document], Report] = lambda document: report(matched(), document=document)

    def check(self, **given: Any) -> Report:
        self.calls.append(given)
        return self.answer(given["document"])

    def find(self, **given: Any) -> tuple[Quotation, ...]:
        self.calls.append(given)
        span = Span(0, 8)
        text = given["document"].text[:8]
        one = Quotation(
            kind="quran",
            presented="quotation",
            span=span,
            parts=(span,),
            text=text,
            refs=("quran:5:6", "quran:4:43"),
        )
        return (one,)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(api, "check", made.check)
    monkeypatch.setattr(api, "find", made.find)
    monkeypatch.setattr("takhrij.index.open_index", lambda progress=None: None)
    return made


@pytest.fixture
def run(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT * 2, encoding="utf-8")
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    def ran(*arguments: str) -> tuple[int, str, str]:
        try:
            status = cli.main(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return ran


def test_check_passes_on_what_is_asked_for(run: Run, engine: Engine) -> None:
    status, out, err = run(
        "check", "a.txt", "--sources", "quran, bukhari", "--without", "muslim", "--without", "ahmad"
    )
    assert status == 0, err
    call = engine.calls[0]
    assert (call["sources"], call["without"]) == (["quran", "bukhari"], ["muslim", "ahmad"])
    assert call["document"].text == TEXT
    assert out.strip()


def test_the_other_files_are_still_done(run: Run, engine: Engine) -> None:
    status, out, err = run("check", "absent.txt", "a.txt", "bad.png", ".", "b.txt")
    assert status == 3
    assert [call["document"].name for call in engine.calls] == ["a.txt", "b.txt"]
    assert out.strip()
    assert err.splitlines() == [
        "takhrij: absent.txt: no such file",
        f"takhrij: {PICTURE}",
        "takhrij: .: is a directory; name the files in it",
    ]


def test_several_files_as_json_are_one_array(run: Run) -> None:
    status, out, _ = run("check", "a.txt", "bad.png", "b.txt", "--format", "json")
    assert status == 3
    first, error, second = json.loads(out)
    assert first["document"]["name"] == "a.txt"
    assert error == {
        "error": {
            "kind": "InputError",
            "file": "bad.png",
            "message": PICTURE,
        }
    }
    assert second["document"]["name"] == "b.txt"


def test_one_file_as_json_is_an_object(run: Run) -> None:
    assert json.loads(run("check", "a.txt", "--format", "json")[1])["document"]["name"] == "a.txt"
    status, out, err = run("check", "bad.png", "--format", "json")
    assert (status, list(json.loads(out))) == (3, ["error"])
    assert err.startswith("takhrij: bad.png: ")


def test_the_name_of_the_output_tells_the_format(run: Run, tmp_path: Path) -> None:
    status, out, err = run("check", "a.txt", "-o", "out.json")
    assert (status, out, err) == (0, "", "takhrij: wrote out.json\n")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["findings"]
    assert run("check", "a.txt", "-o", "out.json", "--quiet")[1:] == ("", "")
    for ending in ("docm", "map", "svg"):  # a report is no map
        status, _, err = run("check", "a.txt", "-o", f"out.{ending}")
        assert status == 2 and "ending in .txt, .json, .html" in err and ".aif" not in err


def test_a_folder_gets_a_file_for_each_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(TEXT, encoding="utf-8")
    status, _, err = run("check", "a.txt", "deep/a.txt", "b.txt", "bad.png", "--format", "json", "-o", "out/")
    assert status == 3
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a-2.json", "a.json", "b.json"]
    assert "bad.png" in err


def test_several_pages_need_a_folder(run: Run) -> None:
    status, _, err = run("check", "a.txt", "b.txt", "--format", "html")
    assert status == 2
    assert "-o FOLDER/" in err


def test_quiet_tells_by_its_status_alone(run: Run, engine: Engine) -> None:
    engine.answer = lambda document: report(matched(wording="different"), document=document)
    assert run("check", "a.txt", "--quiet") == (1, "", "")
    assert run("check", "a.txt", "-q", "--fail-on", "gaps,claims") == (0, "", "")
    assert run("check", "a.txt", "-q", "--fail-on", "none")[0] == 0


def test_nothing_could_be_checked(run: Run, engine: Engine) -> None:
    engine.answer = lambda document: report(finding(status="not_checked", match=None), document=document)
    assert run("check", "a.txt")[0] == 4


def test_standard_input(run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    assert run("check", "-", "-q")[0] == 0
    assert (engine.calls[0]["document"].name, engine.calls[0]["document"].text) == ("standard input", TEXT)


def test_size_limit_and_input_format(run: Run, engine: Engine) -> None:
    status, _, err = run("check", "a.txt", "--max-size", "0.00001")
    assert status == 3
    assert "--max-size" in err
    assert run("check", "a.txt", "--input-format", "markdown")[0] == 0
    assert engine.calls[-1]["document"].format == "markdown"


def test_find_lists_place_refs_and_words(run: Run) -> None:
    status, out, _ = run("find", "a.txt")
    assert status == 0
    assert out.startswith("a.txt:1: quran:5:6, quran:4:43\n")
    assert TEXT[:8] in out
    value = json.loads(run("find", "a.txt", "--format", "json")[1])
    assert value["quotations"][0]["refs"] == ["quran:5:6", "quran:4:43"]
    assert value["quotations"][0]["span"] == [0, 8]


def test_compare(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, str]] = []

    def compare(quote: str, ref: str) -> Any:
        given.append((quote, ref))
        return source(wording="different")

    monkeypatch.setattr(api, "compare", compare)
    status, out, _ = run("compare", "نص", "quran:5:6")
    assert (status, given) == (1, [("نص", "quran:5:6")])
    assert "5:6" in out
    assert json.loads(run("compare", "نص", "quran:5:6", "--format", "json")[1])["wording"] == "different"
    assert run("compare", "نص", "quran:5:6", "--fail-on", "claims")[0] == 2
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(" نص\n".encode())))
    run("compare", "-", "quran:5:6")
    assert given[-1] == ("نص", "quran:5:6")


def test_lookup(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = Passage(source="quran", number="5:6", text="نص", parts=())
    of = Source(
        id="quran",
        kind="quran",
        title="The Qur'an",
        title_arabic="القرآن",
        author="",
        edition="Tanzil 1.1",
        numbering="kufan",
        licence="CC BY 3.0",
        provenance="",
        coverage="complete",
        held=6236,
    )
    monkeypatch.setattr(api, "lookup", lambda ref: Sheet(passage=passage, source=of))
    status, out, _ = run("lookup", "quran:5:6", "--format", "json")
    assert (status, json.loads(out)["passage"]["number"]) == (0, "5:6")


@pytest.mark.parametrize("error", [MissingSource("install it with: pip install x"), DataError("damaged")])
def test_missing_data_ends_the_run(error: DataError, run: Run, engine: Engine) -> None:
    def fail(document: Document) -> Report:
        raise error

    engine.answer = fail
    status, _, err = run("check", "a.txt", "b.txt")
    assert (status, len(engine.calls)) == (3, 1)
    assert err == f"takhrij: {error}\n"


def test_wrong_usage_of_the_engine(run: Run, engine: Engine) -> None:
    def fail(document: Document) -> Report:
        raise UsageError("no source is called tirmizi; did you mean tirmidhi?")

    engine.answer = fail
    status, out, err = run("check", "a.txt", "b.txt", "--format", "json")
    assert (status, len(engine.calls)) == (2, 1)
    assert "tirmidhi" in err
    assert json.loads(out)["error"]["kind"] == "UsageError"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("check",),
        ("chek", "a.txt"),
        ("check", "a.txt", "--format", "docm"),
        ("check", "a.txt", "--fail-on", "everything"),
        ("check", "a.txt", "--sources", ","),
        ("check", "a.txt", "--max-size", "-1"),
        ("lookup",),
        ("sources",),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: takhrij")


def test_a_mistake_of_the_program_is_one_line_and_stops_no_other_file(
    run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document) -> Report:
        if document.name == "a.txt":
            raise ZeroDivisionError("oh")
        return report(matched(), document=document)

    engine.answer = fail
    monkeypatch.delenv("TAKHRIJ_DEBUG", raising=False)
    status, out, err = run("check", "a.txt", "b.txt")
    assert status == 3
    assert out.strip()
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError: oh" in err
    assert "TAKHRIJ_DEBUG=1" in err
    monkeypatch.setenv("TAKHRIJ_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", "a.txt", "b.txt")


def test_interrupt(run: Run, engine: Engine) -> None:
    def stop(document: Document) -> Report:
        raise KeyboardInterrupt

    engine.answer = stop
    assert run("check", "a.txt", "b.txt") == (130, "", "takhrij: interrupted\n")


def test_hostile_names_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    name = "x\x1b[31m\n\u202e.txt"
    status, _, err = run("check", name)
    assert status == 3
    assert len(err.splitlines()) == 1
    assert not {"\x1b", "\u202e"} & set(err)
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert run("check", name, "--format", "json", "-o", "out/")[0] == 0
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_sources_and_index_commands(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TAKHRIJ_CACHE_DIR", str(tmp_path / "cache"))
    assert run("index", "path") == (0, f"{tmp_path / 'cache'}\n", "")
    (tmp_path / "cache" / "index-0").mkdir(parents=True)
    assert run("index", "remove")[0] == 0
    assert not list((tmp_path / "cache").iterdir())
    assert run("sources", "path")[1].startswith(str(tmp_path / "data"))
    out = run("sources", "list", "--format", "json")[1]
    rows = {row["id"]: row for row in json.loads(out)["sources"]}
    assert rows["quran"]["held"] == 6236
    out = run("sources", "list")[1]
    listed = {line.split()[0] for line in out.splitlines() if line[:1].strip() and not line.startswith("Not")}
    assert listed == set(rows)


def test_a_source_of_ones_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "mine.txt").write_text("باب الوضوء\n\nنص طويل في الوضوء\n", encoding="utf-8")
    status, out, err = run("sources", "add", "mine.txt", "--id", "mine", "--title", "Mine")
    assert status == 0, err
    assert out.startswith("mine: Mine, ")
    assert "mine" in run("sources", "list")[1]
    assert run("sources", "verify", "mine")[:2] == (0, "mine: as recorded\n")
    assert run("sources", "remove", "mine")[:2] == (0, "mine: removed\n")
    assert run("sources", "remove", "quran")[0] == 2
    assert run("sources", "verify", "mine")[0] == 2
    assert run("sources", "add", "absent.txt")[0] == 3
