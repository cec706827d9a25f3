"""The index of a user's own source: made whole or not at all, and made again where it is damaged."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import takhrij.sources
from takhrij import api, index
from takhrij.errors import IndexUnusable, MissingSource, TakhrijError
from takhrij.index import build, open_index, store
from takhrij.model import Passage, Source

NOTE = "checked.json"  # of when the files were last read whole: no part of the index
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
    def written() -> dict[str, bytes]:
        again()
        return {file.name: file.read_bytes() for file in folder_of(cache).iterdir() if file.name != NOTE}

    first = written()
    build.remove(folder_of(cache))
    assert written() == first
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


@pytest.mark.parametrize("place", [0.1, 0.9])
def test_one_changed_byte_in_any_file_is_noticed_and_the_index_made_again(cache: Path, place: float) -> None:
    """Of the same size and of the same date, as a failing disk leaves it or somebody who means it."""
    open_index()
    whole = {file: file.read_bytes() for file in folder_of(cache).iterdir() if file.name != NOTE}
    assert len(whole) > 50
    for file, data in whole.items():
        if data:
            at, dated = int(place * len(data)), file.stat()
            file.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            os.utime(file, ns=(dated.st_atime_ns, dated.st_mtime_ns))
            assert again().record(2).text == SENTENCES[2]
            assert file.read_bytes() == data, file.name


def test_a_record_that_is_altered_under_an_open_index_is_not_shown(cache: Path) -> None:
    opened = open_index()
    file = folder_of(cache) / "records.jsonl"
    file.write_bytes(file.read_bytes().replace("يجوز".encode(), "يحرم".encode()))
    with pytest.raises(IndexUnusable, match="altered while it was open"):
        opened.record(1)
    assert opened.record(0).text == SENTENCES[0]
    assert again().record(1).text == SENTENCES[1]


def test_an_index_is_read_whole_only_where_it_was_touched(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_index()
    read, real = list[Path](), store._sum_of

    def sum_of(file: Path) -> str:
        read.append(file)
        return real(file)

    monkeypatch.setattr(store, "_sum_of", sum_of)
    assert again().record(1).text == SENTENCES[1]
    assert not read
    shutil.copytree(folder_of(cache), cache / "copied")
    shutil.rmtree(folder_of(cache))
    (cache / "copied").rename(opened.path)
    assert again().record(1).text == SENTENCES[1]
    assert len(read) > 50


def test_an_index_of_another_format_is_made_again(cache: Path) -> None:
    open_index()
    meta = store.read_meta(folder_of(cache))
    store.write_meta(folder_of(cache), {**meta, "format": 0})
    with pytest.raises(IndexUnusable, match=f"of format 0, this program reads {store.FORMAT}"):
        store.read_meta(folder_of(cache))
    assert again().record(0).text == SENTENCES[0]


@pytest.mark.parametrize("meta", ["", "{}", "[]", "null", "[" * 100_000, '{"format": 2}', '{"files": [1]}'])
def test_a_description_of_an_index_that_is_none(cache: Path, meta: str) -> None:
    open_index()
    for text in (meta, f"{hashlib.blake2b(meta.encode()).hexdigest()}\n{meta}"):
        (folder_of(cache) / "meta.json").write_text(text)
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


@pytest.mark.parametrize("file", sorted((Path(__file__).parent / "kept").iterdir()), ids=lambda one: one.stem)
def test_an_index_that_an_earlier_version_wrote(
    own: Source, cache: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """One of this format and folding opens as it is; any other has another name, and is left alone.

    The files in kept/ are of the source of these tests and never made anew; a new format or folding adds one.
    """
    this = file.stem == f"format-{store.FORMAT}-folding-{build.FOLDING}"
    path = cache / (f"index-{build.key_of((own,))}" if this else "index-before")
    path.mkdir(parents=True)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(path)
    if this:
        monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built anew"))
    elif not file.stem.startswith(f"format-{store.FORMAT}-"):
        with pytest.raises(IndexUnusable):
            store.open_at(path, (own,))
    assert [again().record(row).text for row in range(3)] == SENTENCES
    assert api.check(text=QUOTED).findings[0].sources[0].ref == "rules:3"
    assert path.exists()


def test_the_index_of_this_version_is_among_those_that_are_kept() -> None:
    kept = Path(__file__).parent / "kept" / f"format-{store.FORMAT}-folding-{build.FOLDING}.zip"
    assert kept.exists(), "after a change of the index keep one of it, for the versions to come"
