"""The index as it is used: arrays mapped from disk, and records read one at a time."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from takhrij.errors import IndexUnusable
from takhrij.index.grams import LEVELS, Level
from takhrij.model import Part, Passage, Searched, Source, Span
from takhrij.text import fold_word

FORMAT = 2
_META = "meta.json"
_CHECKED = "checked.json"  # what the files were when all of them were last read and found whole
STREAMS = ("quran", "reports", "english")


@dataclass(frozen=True)
class Stream:
    """All words of one kind of source, one after the other, in passages.

    ids [W] word ids; variants [W] the id of the other spelling (Uthmani), else the same id; starts [W] code
    point in the passage's text, lengths [W] in code points; first [P + 1] the first word of each passage;
    passages [P] the record's row in the index; sources [P] its source's place in the index; groups [P] the
    sura, or the passage itself: words of one group run on into each other.
    """

    name: str
    ids: NDArray[np.uint32]
    variants: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    lengths: NDArray[np.uint16]
    first: NDArray[np.int64]
    passages: NDArray[np.int64]
    sources: NDArray[np.uint8]
    groups: NDArray[np.uint32]
    levels: tuple[Level, ...]
    single_starts: NDArray[np.uint32]
    singles: NDArray[np.uint32]

    def passage_of(self, words: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The passage (its place in `first`) that each word position lies in."""
        return self.first.searchsorted(words, side="right") - 1


@dataclass(frozen=True)
class VerseWords:
    """The folded letters of each different word of a stream, by id; `places` [W] which of them each is.

    `bits` of each different word: how few of the passages have it.
    """

    spellings: dict[int, str]
    places: NDArray[np.int64]
    bits: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Index:
    """The sources, folded and memory-mapped. `bits` [V] is how surprising a word is in religious prose."""

    path: Path
    sources: tuple[Source, ...]
    hashes: NDArray[np.uint64]
    bits: NDArray[np.float32]
    split_from: NDArray[np.uint32]
    split_into: NDArray[np.uint32]
    streams: dict[str, Stream]
    record_starts: NDArray[np.uint64]
    record_sums: NDArray[np.uint32]
    fingerprint: str
    _records: mmap.mmap = field(repr=False)

    def record(self, row: int) -> Passage:
        """The passage of a row, as its source gave it."""
        return unpack(self.raw(row))

    def raw(self, row: int) -> dict[str, Any]:
        """The passage of a row as `pack` laid it down: quicker to read, the parts as lists.

        IndexUnusable where it is another than was laid down.
        """
        begin, end = int(self.record_starts[row]), int(self.record_starts[row + 1])
        data = self._records[begin:end]
        if zlib.crc32(data) != self.record_sums[row]:
            raise IndexUnusable(f"The index at {self.path} was altered while it was open; start anew.")
        loaded: dict[str, Any] = msgspec.json.decode(data)
        return loaded

    @cached_property
    def refs(self) -> list[str]:
        """The name of each row's passage."""
        return (self.path / "refs.txt").read_text("utf-8").split("\n")

    def ref(self, row: int) -> str:
        """The name of a row's passage."""
        return self.refs[row]

    @cached_property
    def rows(self) -> dict[str, int]:
        """ref -> row, for all passages (read once, when a passage is looked up by name)."""
        return {name: row for row, name in enumerate(self.refs)}

    def word_ids(
        self, hashes: NDArray[np.uint64], order: NDArray[np.intp] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        """Ids of words (-1 for one that no source has) and the word each id belongs to.

        hashes: [n] of the folded words; order: what sorts them, where it is known. A word that the Uthmani
        spelling joins (يأيها) gives two ids.
        """
        if order is None:
            order = np.argsort(hashes, kind="stable")
        ranked = hashes[order]
        first = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)])
        place = np.searchsorted(self.hashes, ranked[first])  # each different word is looked up once
        place[place == len(self.hashes)] = 0
        place[self.hashes[place] != ranked[first]] = -1
        ids = np.empty(len(ranked), np.int64)
        ids[order] = np.repeat(place, np.diff(np.append(first, len(ranked))))
        of = np.arange(len(ids))
        where = np.searchsorted(self.split_from, ids)
        where[where == len(self.split_from)] = 0
        joined = self.split_from[where] == ids if len(self.split_from) else np.zeros(len(ids), np.bool_)
        if joined.any():
            of = np.repeat(of, np.where(joined, 2, 1))
            ids = ids[of]
            second = np.flatnonzero(joined) + np.arange(1, int(joined.sum()) + 1)
            into = self.split_into[where[joined]]
            ids[second - 1], ids[second] = into[:, 0], into[:, 1]
        return ids, of

    @cached_property
    def verse_counts(self) -> dict[int, int]:
        """How many verses each sura has, as loaded."""
        passages = self.streams["quran"].passages.tolist()
        return Counter(int(self.refs[row].split(":")[1]) for row in passages)

    @cached_property
    def verse_words(self) -> VerseWords:
        """The different words of the Qur'an, read when words that stand in no verse are first looked for."""
        stream = self.streams["quran"]
        ids, at, places = np.unique(stream.ids, return_index=True, return_inverse=True)
        verses = stream.passage_of(at.astype(np.int64)).tolist()
        of = np.repeat(np.arange(len(stream.passages)), np.diff(stream.first))
        having = np.bincount(np.unique(of * len(ids) + places) % len(ids), minlength=len(ids))
        texts = {verse: str(self.raw(int(stream.passages[verse]))["text"]) for verse in set(verses)}
        ends = (stream.starts[at] + stream.lengths[at]).tolist()
        words = zip(ids.tolist(), verses, stream.starts[at].tolist(), ends, strict=True)
        spelled = {word: fold_word(texts[verse][start:end]) for word, verse, start, end in words}
        return VerseWords(spelled, places, np.log2(len(stream.passages) / having))

    def searched(self) -> tuple[Searched, ...]:
        """What is in the index, source by source, with its coverage."""
        return tuple(searched(source) for source in self.sources)


def searched(source: Source) -> Searched:
    """A source as a report names it among those that were searched."""
    return Searched(
        source=source.id,
        coverage=source.coverage,
        held=source.held,
        total=source.total,
        title=source.title,
        tradition=source.tradition,
    )


def pack(passage: Passage) -> bytes:
    """A passage as one line of JSON."""
    row: dict[str, Any] = {
        name: value
        for name in Passage.__struct_fields__
        if (value := getattr(passage, name)) is not None and name not in ("parts", "transmitters")
    }
    row["parts"] = [[part.kind, *part.span] for part in passage.parts]
    row["transmitters"] = [[*span] for span in passage.transmitters]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(row: dict[str, Any]) -> Passage:
    """The passage that `pack` laid down."""
    row["parts"] = tuple(Part(kind=kind, span=Span(start, end)) for kind, start, end in row["parts"])
    row["transmitters"] = tuple(Span(start, end) for start, end in row["transmitters"])
    return Passage(**row)


def open_at(path: Path, sources: tuple[Source, ...]) -> Index:
    """Map the index at `path`. IndexUnusable where a file is missing, altered or of another format."""
    try:
        meta = read_meta(path)
        _refuse_altered(path, meta["files"])
        return _map(path, sources, meta)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexUnusable(f"The index at {path} cannot be opened: {error}") from error


def write_meta(path: Path, meta: dict[str, Any]) -> None:
    """Describe the index at `path` and sum up its files: last of all, a folder without it is no index."""
    written = sorted(file for file in path.iterdir() if file.name not in (_META, _CHECKED))
    files = {file.name: [file.stat().st_size, _sum_of(file)] for file in written}
    body = json.dumps({"format": FORMAT} | meta | {"files": files}, indent=1)
    _put(path / _META, f"{hashlib.blake2b(body.encode()).hexdigest()}\n{body}")


def read_meta(path: Path) -> dict[str, Any]:
    """What `write_meta` wrote. IndexUnusable where it was altered, or is of another format."""
    said, _, body = (path / _META).read_text("utf-8").partition("\n")
    if hashlib.blake2b(body.encode()).hexdigest() != said:
        raise IndexUnusable(f"The index file {path / 'meta.json'} was altered, or is of another format.")
    meta: dict[str, Any] = json.loads(body)
    if meta["format"] != FORMAT:
        raise IndexUnusable(
            f"The index at {path} is of format {meta['format']}, this program reads {FORMAT}."
        )
    return meta


def _refuse_altered(path: Path, files: dict[str, tuple[int, str]]) -> None:
    """IndexUnusable where a file differs from what was written.

    All of it is read (350 MB: 0.4 s) where its size, inode or time of change is another than the last time.
    """
    found = {name: (path / name).stat() for name in files}
    for name, (size, _) in files.items():
        if found[name].st_size != size:
            raise IndexUnusable(
                f"The index file {path / name} has {found[name].st_size} bytes instead of {size}."
            )
    now = {name: [stat.st_size, stat.st_ino, stat.st_ctime_ns] for name, stat in found.items()}
    with suppress(OSError, ValueError):
        if json.loads((path / _CHECKED).read_bytes()) == now:
            return
    for name, (_, said) in files.items():
        if _sum_of(path / name) != said:
            raise IndexUnusable(f"The index file {path / name} was altered.")
    with suppress(OSError):  # in a folder that may only be read all is read each time
        _put(path / _CHECKED, json.dumps(now))


def _sum_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").hexdigest()


def _put(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def _map(path: Path, sources: tuple[Source, ...], meta: dict[str, Any]) -> Index:
    def array(name: str) -> Any:
        loaded = np.load(path / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return loaded.view(np.ndarray)  # plain view: slicing a memmap object is slow

    streams = {}
    for name in STREAMS:
        levels = tuple(
            Level(
                length,
                *(array(f"{name}.{length}.{field}") for field in ("keys", "counts", "starts", "positions")),
            )
            for length in range(2, LEVELS + 1)
            if f"{name}.{length}.keys.npy" in meta["files"]
        )
        fields = ("ids", "variants", "starts", "lengths", "first", "passages", "sources", "groups")
        arrays = {field: array(f"{name}.{field}") for field in (*fields, "single_starts", "singles")}
        streams[name] = Stream(name=name, levels=levels, **arrays)
    with (path / "records.jsonl").open("rb") as file:
        records = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    by_id = {source.id: source for source in sources}
    return Index(
        path=path,
        sources=tuple(by_id[name] for name in meta["sources"]),
        hashes=array("hashes"),
        bits=array("bits"),
        split_from=array("split_from"),
        split_into=array("split_into"),
        streams=streams,
        record_starts=array("record_starts"),
        record_sums=array("record_sums"),
        fingerprint=meta["key"],
        _records=records,
    )
