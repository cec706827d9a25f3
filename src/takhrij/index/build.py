"""Build the index from the installed sources: fold, number the words, list where sequences of them stand."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from takhrij import sources as library
from takhrij.index import grams
from takhrij.index.store import FORMAT, STREAMS, pack, write_meta
from takhrij.model import Passage, Source
from takhrij.sources import quran
from takhrij.text import Words, fold
from takhrij.text.fold import without_honorifics

Progress = Callable[[str, int, int], None]
FOLDING = 13  # to be raised when folding or splitting changes: the index is then built anew
_BATCH = 1 << 20  # code points folded together
_ALONE = 1 << 20  # groups of English passages that run on into no other: from here on, by row


@dataclass
class _Gathered:
    """What one stream is made of while sources are read."""

    hashes: list[NDArray[np.uint64]] = field(default_factory=list)
    variants: list[NDArray[np.uint64]] = field(default_factory=list)
    starts: list[NDArray[np.uint32]] = field(default_factory=list)
    lengths: list[NDArray[np.uint16]] = field(default_factory=list)
    counts: list[NDArray[np.int64]] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)


def build(path: Path, sources: tuple[Source, ...], key: str, progress: Progress | None) -> None:
    """Write the index of `sources` into the empty folder `path`."""
    gathered = {name: _Gathered() for name in STREAMS}
    joined: dict[int, tuple[int, int]] = {}
    record_starts, record_sums = [0], list[int]()
    total = sum(source.held for source in sources)
    with (
        (path / "records.jsonl").open("wb") as records,
        (path / "refs.txt").open("w", encoding="utf-8") as refs,
    ):
        for number, source in enumerate(sources):
            done = len(record_starts) - 1
            for batch in _batches(library.load(source)):
                first = len(record_starts) - 1
                _write_records(batch, records, record_starts, record_sums)
                refs.write("".join(passage.ref + "\n" for passage in batch))
                _gather(gathered, source, number, first, batch, joined)
                if progress:
                    progress(f"reading {source.title}", min(done + len(record_starts), total), total)
    _write(path, "record_starts", np.array(record_starts, np.uint64))
    _write(path, "record_sums", np.array(record_sums, np.uint32))
    hashes, bits = _vocabulary(gathered, joined)
    _write(path, "hashes", hashes)
    _write(path, "bits", bits)
    _write_splits(path, hashes, joined, gathered["quran"])
    for step, name in enumerate(STREAMS):
        if progress:
            progress("listing word sequences", step, len(STREAMS))
        _write_stream(path, name, gathered.pop(name), hashes)
    write_meta(path, {"key": key, "sources": [source.id for source in sources]})


def _batches(passages: Iterable[Passage]) -> Iterable[list[Passage]]:
    batch: list[Passage] = []
    size = 0
    for passage in passages:
        batch.append(passage)
        size += len(passage.text)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _write_records(batch: list[Passage], records: BinaryIO, starts: list[int], sums: list[int]) -> None:
    for passage in batch:
        line = pack(passage) + b"\n"
        starts.append(starts[-1] + records.write(line))
        sums.append(zlib.crc32(line))


def _gather(
    gathered: dict[str, _Gathered],
    source: Source,
    number: int,
    first: int,
    batch: list[Passage],
    joined: dict[int, tuple[int, int]],
) -> None:
    """Fold the matn of a batch, and its English, into the streams."""
    if source.kind == "translation":
        texts = [passage.text for passage in batch]
        _fold_batch(gathered["english"], number, first, batch, texts, matn_only=True)
        gathered["english"].groups.extend(_english_groups(number, first, batch))
        return
    stream = gathered["quran" if source.kind == "quran" else "reports"]
    words, counts = _fold_batch(stream, number, first, batch, [p.text for p in batch], matn_only=True)
    if source.kind == "quran":
        stream.variants.append(_variants(batch, words, counts, joined))
        stream.groups.extend(int(passage.number.split(":")[0]) for passage in batch)
    elif any(passage.english for passage in batch):
        english = [passage.english or "" for passage in batch]
        _fold_batch(gathered["english"], number, first, batch, english, matn_only=False)
        gathered["english"].groups.extend(range(_ALONE + first, _ALONE + first + len(batch)))


def _english_groups(number: int, first: int, batch: list[Passage]) -> list[int]:
    """The verses of a sura in one translation run on into each other; passages numbered otherwise do not."""
    suras = [passage.number.partition(":")[0] for passage in batch]
    return [
        number * 1000 + int(sura) if sura.isdecimal() and len(sura) <= 3 else _ALONE + first + row
        for row, sura in enumerate(suras)
    ]


def _fold_batch(
    stream: _Gathered, number: int, first: int, batch: list[Passage], texts: list[str], *, matn_only: bool
) -> tuple[Words, NDArray[np.int64]]:
    """Fold texts joined by line ends, keep the words of the matn, count them per passage."""
    words = fold("\n".join(texts))
    bounds = np.cumsum([0] + [len(text) + 1 for text in texts])
    passage = np.searchsorted(bounds, words.starts, side="right") - 1
    local = words.starts - bounds[passage].astype(np.uint32)
    keep = np.ones(len(words), np.bool_)
    if matn_only:
        spans = [
            (bounds[row] + part.span.start, bounds[row] + part.span.end)
            for row, item in enumerate(batch)
            for part in item.parts
            if part.kind == "matn"
        ]
        edges = np.array(spans, np.int64).reshape(-1, 2)
        inside = np.searchsorted(edges[:, 0], words.starts, side="right") - 1
        keep = (inside >= 0) & (words.starts < edges[np.maximum(inside, 0), 1]) if len(edges) else ~keep
        if stream is not None and batch and batch[0].source != "quran":
            keep &= without_honorifics(words)
    words = Words(words.starts[keep], words.ends[keep], words.hashes[keep])
    passage, local = passage[keep], local[keep]
    counts = np.bincount(passage, minlength=len(texts)).astype(np.int64)
    stream.hashes.append(words.hashes)
    stream.starts.append(local)
    stream.lengths.append(np.minimum(words.ends - words.starts, 0xFFFF).astype(np.uint16))
    stream.counts.append(counts)
    stream.passages.extend(range(first, first + len(batch)))
    stream.sources.extend([number] * len(batch))
    return words, counts


def _variants(
    batch: list[Passage], words: Words, counts: NDArray[np.int64], joined: dict[int, tuple[int, int]]
) -> NDArray[np.uint64]:
    """The Uthmani spelling of every word of a batch of verses; words that it joins are noted in `joined`."""
    variants = words.hashes.copy()
    at = 0
    for passage, count in zip(batch, counts.tolist(), strict=True):
        shown = fold(passage.display or passage.text).hashes
        places = quran.word_map(passage)
        skipped = len(places) - count  # the basmala before verse 1 of a sura is no part of the stream
        joins: dict[int, list[int]] = {}
        for word, of in enumerate(places[skipped:]):
            if len(of) == 1:
                joins.setdefault(of[0], []).append(at + word)
        for place, simple in joins.items():
            if len(simple) == 1:
                variants[simple[0]] = shown[place]
            elif len(simple) == 2:
                joined[int(shown[place])] = (int(words.hashes[simple[0]]), int(words.hashes[simple[1]]))
        at += count
    return variants


def _vocabulary(
    gathered: dict[str, _Gathered], joined: Iterable[int]
) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
    """All word hashes, sorted, and how many bits a word is worth: -log2 of its share of the words of reports.

    A word that is more at home in the English texts is counted there, as a share of their words.
    """
    streams = [np.concatenate(part.hashes or [np.empty(0, np.uint64)]) for part in gathered.values()]
    variants = np.concatenate(gathered["quran"].variants or [np.empty(0, np.uint64)])
    hashes = np.unique(np.concatenate([*streams, variants, np.array(list(joined), np.uint64)]))
    shares, most = np.zeros(len(hashes)), np.full(len(hashes), -1)
    for words in streams[1:]:
        counts = np.bincount(np.searchsorted(hashes, words), minlength=len(hashes))
        shares = np.where(counts > most, (counts + 0.5) / (max(1, len(words)) + 1), shares)
        most = np.maximum(most, counts)
    return hashes, -np.log2(shares).astype(np.float32)


def _write_splits(
    path: Path, hashes: NDArray[np.uint64], joined: dict[int, tuple[int, int]], stream: _Gathered
) -> None:
    """Words that the Uthmani spelling joins, as ids: only those that are no words of the plain spelling."""
    words = np.concatenate(stream.hashes or [np.empty(0, np.uint64)])
    plain = set(np.unique(words).tolist())
    wholes = sorted(whole for whole in joined if whole not in plain)
    pairs = np.array([joined[whole] for whole in wholes], np.uint64).reshape(-1, 2)
    _write(path, "split_from", np.searchsorted(hashes, np.array(wholes, np.uint64)).astype(np.uint32))
    _write(path, "split_into", np.searchsorted(hashes, pairs).astype(np.uint32))


def _write_stream(path: Path, name: str, part: _Gathered, hashes: NDArray[np.uint64]) -> None:
    empty = np.empty(0, np.uint64)
    words = np.concatenate(part.hashes or [empty])
    ids = np.searchsorted(hashes, words).astype(np.uint32)
    variants = ids
    if part.variants:
        variants = np.searchsorted(hashes, np.concatenate(part.variants)).astype(np.uint32)
    counts = np.concatenate(part.counts or [np.empty(0, np.int64)])
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    groups = np.array(part.groups or range(len(counts)), np.int64)
    runs_on = np.ones(len(ids), np.bool_)
    ends = first[1:][np.append(groups[1:] != groups[:-1], True)] if len(counts) else first[:0]
    runs_on[ends[ends > 0] - 1] = False
    arrays: dict[str, NDArray[Any]] = {
        "ids": ids,
        "variants": variants,
        "starts": np.concatenate(part.starts or [np.empty(0, np.uint32)]),
        "lengths": np.concatenate(part.lengths or [np.empty(0, np.uint16)]),
        "first": first,
        "passages": np.array(part.passages, np.int64),
        "sources": np.array(part.sources, np.uint8),
        "groups": groups.astype(np.uint32),
    }
    for field_name, values in arrays.items():
        _write(path, f"{name}.{field_name}", values)
    single_starts, singles = _singles(ids, len(hashes)) if name != "english" else (first[:1], first[:0])
    _write(path, f"{name}.single_starts", single_starts.astype(np.uint32))
    _write(path, f"{name}.singles", singles.astype(np.uint32))
    levels = (
        [grams.pairs_of_spellings(ids, variants, runs_on)] if name == "quran" else grams.build(ids, runs_on)
    )
    for level in levels:
        for field_name in ("keys", "counts", "starts", "positions"):
            _write(path, f"{name}.{level.length}.{field_name}", getattr(level, field_name))


def _singles(ids: NDArray[np.uint32], size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where each single word stands: for quotations of few words."""
    order = np.argsort(ids, kind="stable")
    return np.searchsorted(ids[order], np.arange(size + 1)), order


def _write(path: Path, name: str, values: NDArray[Any]) -> None:
    np.save(path / f"{name}.npy", np.ascontiguousarray(values), allow_pickle=False)


def key_of(sources: tuple[Source, ...]) -> str:
    """The name of the index of these sources: changes with their content, the folding and the format."""
    parts = [str(FORMAT), str(FOLDING), *(f"{source.id}={library.fingerprint(source)}" for source in sources)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def remove(path: Path) -> None:
    """Take a half-built or damaged index away."""
    shutil.rmtree(path, ignore_errors=True)
