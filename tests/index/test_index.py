"""The index of a user's own source: made whole or not at all, and made again where it is damaged."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import takhrij.sources
from takhrij import api, index
from takhrij.errors import IndexUnusable, MissingSource, TakhrijError
from takhrij.index import build, open_index
from takhrij.model import Passage, Source

SENTENCES = [
    "الماء طاهر في نفسه مطهر لغيره ما لم يتغير لونه أو طعمه",
    "يجوز بيع الثمر بعد بدو صلاحه ولا يجوز بيعه قبل ذلك",
    "المسافر يقصر الصلاة إذا جاوز بيوت بلده ونوى سفرا طويلا",
]
QUOTED = "وجاء في الكتاب: «المسافر يقصر الصلاة إذا جاوز بيوت بلده ونوى سفرا طويلا»."


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A source of three sentences, the only one that is known, and an empty cache."""
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TAKHRIJ_CACHE_DIR", str(tmp_path / "cache"))
    rows = [json.dumps({"number": n, "text": text}) for n, text in enumerate(SENTENCES, 1)]
    file = tmp_path / "rules.jsonl"
    file.write_text("\n".join(rows), "utf-8")
    source = takhrij.sources.add(file)
    monkeypatch.setattr(takhrij.sources, "known", lambda: (source,))
    monkeypatch.setattr(index, "_opened", {})
    return source


@pytest.fixture
def cache(own: Source, tmp_path: Path) -> Path:
    return tmp_path / "cache"


def again() -> index.store.Index:
    """The index as another process would open it."""
    index._opened.clear()
    return open_index()


def folder_of(cache: Path) -> Path:
    [folder] = cache.glob("index-*")
    return folder


def test_a_source_of_ones_own_is_searched(own: Source) -> None:
    report = api.check(text=QUOTED)
    [finding] = report.findings
    assert finding.text == SENTENCES[2]
    assert [(match.ref, match.wording, match.complete) for match in finding.sources] == [
        ("rules:3", "same", "whole")
    ]
    assert [searched.source for searched in report.searched] == ["rules"]
    assert open_index().record(0).text == SENTENCES[0]


def test_the_same_sources_give_the_same_bytes(cache: Path) -> None:
    open_index()
    first = {file.name: file.read_bytes() for file in folder_of(cache).iterdir()}
    build.remove(folder_of(cache))
    again()
    assert {file.name: file.read_bytes() for file in folder_of(cache).iterdir()} == first
    for file in folder_of(cache).glob("*.npy"):
        np.load(file, allow_pickle=False)


def with_source(own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> index.store.Index:
    """The index of the first source and one more."""
    file = cache.parent / f"more{number}.txt"
    file.write_text(f"فقرة رقمها {number} في الوقف وشروطه عند الفقهاء", "utf-8")
    more = takhrij.sources.add(file)
    monkeypatch.setattr(takhrij.sources, "known", lambda: (own, more))
    return again()


def test_another_source_gives_another_index_and_the_old_one_is_kept(
    own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_index()
    after = with_source(own, cache, monkeypatch, 1)
    assert after.fingerprint != before.fingerprint
    assert [source.id for source in after.sources] == ["rules", "more1"]
    monkeypatch.setattr(takhrij.sources, "known", lambda: (own,))
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built anew"))
    assert again().fingerprint == before.fingerprint
    assert {folder.name for folder in cache.glob("index-*")} == {
        f"index-{one.fingerprint}" for one in (before, after)
    }


def test_the_indexes_used_least_lately_go_but_none_that_is_open(
    own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_hold", lambda path: None)  # else this process has all of them open
    made = [open_index().path, *(with_source(own, cache, monkeypatch, number).path for number in range(3))]
    for age, path in enumerate(made):
        os.utime(path, (age, age))
    held = os.open(made[0], os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_SH)
    made.append(with_source(own, cache, monkeypatch, 4).path)
    assert all(path.exists() for path in made)
    os.close(held)
    made.append(with_source(own, cache, monkeypatch, 5).path)
    assert [path.exists() for path in made] == [False, False, True, True, True, True]
    assert not list(cache.glob("building-*"))


def test_a_build_that_breaks_off_leaves_nothing(
    own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(source: Source) -> Iterator[Passage]:
        yield from list(real(source))[:1]
        raise KeyboardInterrupt

    real = takhrij.sources.load
    monkeypatch.setattr(takhrij.sources, "load", load)
    with pytest.raises(KeyboardInterrupt):
        open_index()
    assert [file.name for file in cache.iterdir()] == ["lock"]
    monkeypatch.setattr(takhrij.sources, "load", real)
    assert len(open_index().refs) >= len(SENTENCES)


def test_what_a_killed_build_left_is_cleared_away(cache: Path) -> None:
    (cache / "building-left").mkdir(parents=True)
    (cache / "building-left" / "records.jsonl").write_bytes(b"{")
    open_index()
    assert not list(cache.glob("building-*"))


@pytest.mark.parametrize("name", ["records.jsonl", "hashes.npy", "reports.ids.npy", "meta.json", "refs.txt"])
def test_a_file_that_is_cut_short_is_noticed_and_the_index_made_again(cache: Path, name: str) -> None:
    open_index()
    file = folder_of(cache) / name
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert again().record(2).text == SENTENCES[2]
    assert file.read_bytes() == whole


def test_a_file_that_is_gone_is_noticed_and_the_index_made_again(cache: Path) -> None:
    open_index()
    (folder_of(cache) / "bits.npy").unlink()
    assert again().record(2).text == SENTENCES[2]


def test_an_index_of_another_format_is_made_again(cache: Path) -> None:
    open_index()
    file = folder_of(cache) / "meta.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"format": 0}), "utf-8")
    assert again().record(0).text == SENTENCES[0]


def test_who_waited_while_a_damaged_index_was_made_again_keeps_it(cache: Path) -> None:
    """Otherwise the second process takes the new index away under the first."""
    made = open_index()
    inode = folder_of(cache).stat().st_ino
    index._build(made.path, made.fingerprint, None, damaged=True)
    assert folder_of(cache).stat().st_ino == inode


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_a_folder_that_cannot_be_written(
    own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(np, "save", refuse)
    with pytest.raises(IndexUnusable, match="TAKHRIJ_CACHE_DIR") as caught:
        open_index()
    assert os.strerror(code) in str(caught.value) and str(cache) in str(caught.value)
    assert [file.name for file in cache.iterdir()] == ["lock"]


def test_a_cache_that_is_no_folder(cache: Path) -> None:
    cache.write_text("a file")
    with pytest.raises(IndexUnusable) as caught:
        open_index()
    assert str(cache) in str(caught.value) and "TAKHRIJ_CACHE_DIR" in str(caught.value)


def test_no_source_at_all(own: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takhrij.sources, "known", lambda: (own,))
    monkeypatch.setattr(takhrij.sources, "missing", lambda source: "Install it.")
    with pytest.raises(MissingSource, match=r"Install it\.") as caught:
        open_index()
    assert isinstance(caught.value, TakhrijError)


def test_two_processes_at_once_end_with_one_good_index(own: Source, cache: Path) -> None:
    script = (
        "import takhrij.sources as s; own = s.get('rules'); s.known = lambda: (own,)\n"
        "from takhrij.index import open_index; print(open_index().record(1).text)"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONIOENCODING="utf-8")
    running = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in running:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert said.decode().strip() == SENTENCES[1]
    assert sorted(file.name.partition("-")[0] for file in cache.iterdir()) == ["index", "lock"]
    assert open_index().record(2).text == SENTENCES[2]
