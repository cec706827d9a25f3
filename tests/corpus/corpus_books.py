"""Small libraries for the tests: textbook prose with verses and reports of the installed packages."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from takhrij import sources
from takhrij.corpus.batch import Progress
from takhrij.corpus.run import run
from takhrij.corpus.task import Checked, Depth, Wanted, check_text
from takhrij.corpus.texts import Text, texts
from takhrij.model import Passage

PROSE = (
    "باب صفة الوضوء وما يتعلق بذلك من المسائل التي ذكرها أهل العلم في كتبهم",
    "وقد اختلفوا في قدر الممسوح من الرأس فذهب بعضهم إلى التعميم وبعضهم إلى الاكتفاء بالبعض",
    "ومن شك في عدد الغسلات بنى على اليقين وهو الأقل ولا يلتفت إلى الوسواس",
    "فأما الماء المستعمل ففيه خلاف مشهور بين الفقهاء ليس هذا موضع بسطه",
)
HEADER = (
    "######OpenITI#\n#META# 010.AuthorNAME\t:: {author}\n"
    "#META# 020.BookTITLE\t:: {title}\n#META#Header#End#\n\n"
)


@cache
def _passages(source: str) -> dict[str, Passage]:
    return {passage.number: passage for passage in sources.load(sources.get(source))}


def matn(ref: str) -> str:
    source, _, number = ref.partition(":")
    found = _passages(source)[number]
    spans = [part.span for part in found.parts if part.kind == "matn"]
    return found.text[spans[0].start : spans[-1].end]


def verse_sentence(ref: str) -> str:
    return f"قال الله تعالى: ﴿{matn(ref)}﴾ فدل على ذلك."


def report_sentence(ref: str) -> str:
    return f"وقال رسول الله صلى الله عليه وسلم: «{matn(ref)}» وهذا أصل في الباب."


def openiti(paragraphs: list[str], title: str = "كتاب", author: str = "مؤلف", editor: str = "") -> str:
    lines = [HEADER.format(title=title, author=author)]
    if editor:
        lines += ["### |EDITOR|", f"# {editor}", "### | كتاب الطهارة"]
    for number, paragraph in enumerate(paragraphs, 1):
        lines += [f"# {paragraph}", f"~~{PROSE[number % 4]} PageV01P{number:03}"]
    return "\n".join(lines) + "\n"


def long_book(count: int) -> str:
    """A book of `count` paragraphs, every other one with a verse."""
    paragraphs = []
    for number in range(count):
        if number % 50 == 0:
            paragraphs.append(PROSE[0])
        quoted = verse_sentence(f"quran:2:{number % 250 + 1}") if number % 2 else PROSE[3]
        paragraphs.append(f"{PROSE[number % 4]} {quoted} {PROSE[(number + 1) % 4]}")
    return openiti(paragraphs)


def library(folder: Path) -> Path:
    """Four books, one of them in two versions, one file that is none, notes on the corpus."""
    folder.mkdir()
    kafi = openiti(
        [verse_sentence("quran:5:6"), report_sentence("bukhari:1"), PROSE[1], PROSE[2]],
        title="الكافي",
        author="ابن قدامة",
        editor=verse_sentence("quran:2:255"),
    )
    books = {
        "0620IbnQudamaMaqdisi.KafiFiFiqh.Shamela0021731-ara1.mARkdown": kafi,
        "0620IbnQudamaMaqdisi.KafiFiFiqh.JK000123-ara1": kafi.replace("الوسواس", "الشكوك"),
        "0595IbnRushdHafid.BidayatMujtahid.Shamela0021739-ara1": openiti(
            [verse_sentence("quran:5:6"), verse_sentence("quran:4:43"), report_sentence("bukhari:135")],
            title="بداية المجتهد",
            author="ابن رشد",
        ),
        "notes.txt": f"{PROSE[0]}\n\n{report_sentence('bukhari:1')}\n",
    }
    for name, text in books.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "README.md").write_text("notes", encoding="utf-8")
    return folder


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table of results, as anybody's Parquet reader has them."""
    from pyarrow.parquet import ParquetFile

    files = [folder / name] if name.endswith(".parquet") else sorted((folder / name).iterdir())
    rows = []
    for file in files:
        with ParquetFile(file) as opened:
            rows += opened.read().to_pylist()
    return rows


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "takhrij", "corpus", *arguments]


def checked(books: Path, out: Path, depth: Depth = "wording", **options: object) -> Progress:
    wanted = Wanted(depth=depth, sources=None, without=(), most=4)
    return run(texts(str(books)), out, wanted, workers=1, **options)  # type: ignore[arg-type]


_MADE: list[tuple[Path, Path]] = []


def library_and_results(made: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The library, and its results: checked once for all tests of the room."""
    if not _MADE:
        books, out = library(made.mktemp("library") / "books"), made.mktemp("results") / "out"
        checked(books, out)
        _MADE.append((books, out))
    return _MADE[0]


def dying(text: Text, wanted: Wanted) -> Checked:
    """What a worker does that dies on one of the texts."""
    if text.name == "notes.txt":
        os._exit(9)
    return check_text(text, wanted)
