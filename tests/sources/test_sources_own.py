"""A user's own sources: what can be added, what is refused and why, what removing leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from takhrij import sources
from takhrij.errors import DamagedSource, DataError, InputError, MissingSource, UsageError
from takhrij.sources import own

REPORT = "حدثنا مالك عن نافع عن ابن عمر قال: قال رسول الله ﷺ: إنما الأعمال بالنيات"
OPENITI = """######OpenITI#
#META# 010.AuthorNAME :: كاتب
#META#Header#End#
### | كتاب الطهارة
# قال المصنف
~~في الوضوء ms001
PageV01P011
# باب المياه %~% الماء
# طهور PageV01P012 لا ينجسه شيء
"""
TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>not this</p></teiHeader><text><body>
<pb n="12"/><div><head>باب</head><p>الماء <hi>طهور</hi><note>no</note> لا<lb/>ينجسه</p><l n="5a">بيت</l></div>
<pb n="13"/><ab>آخر</ab></body></text></TEI>"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(source_id: str) -> dict[str, str]:
    return {passage.number: passage.text for passage in sources.load(sources.get(source_id))}


def test_plain_text_becomes_a_source_by_paragraph(folder: Path) -> None:
    source = sources.add(
        written(folder, "My Book.txt", f"{REPORT}\r\n\r\n\r\nفقرة\nثانية\n"), author="a jurist"
    )
    assert (source.id, source.title, source.held, source.highest_number) == ("my-book", "My Book", 2, "2")
    assert source in sources.known() and sources.missing(source) is None
    first, second = sources.load(source)
    assert [part.kind for part in first.parts] == ["chain", "matn"]
    assert (first.attributed_to, first.narrator, second.text) == ("prophet", "ابن عمر", "فقرة\nثانية")
    sources.verify(source)


def test_an_openiti_text_is_numbered_by_page(folder: Path) -> None:
    sources.add(written(folder, "0620Ibn.Kitab-ara1", OPENITI), id="kitab")
    assert read("kitab") == {
        "V01P011.1": "قال المصنف في الوضوء",
        "V01P012.1": "باب المياه الماء",
        "V01P012.2": "طهور لا ينجسه شيء",
    }
    assert next(iter(sources.load(sources.get("kitab")))).book == "كتاب الطهارة"


def test_tei_is_read_by_paragraph_and_line_without_header_and_notes(folder: Path) -> None:
    sources.add(written(folder, "book.xml", TEI))
    assert read("book") == {"12.1": "الماء طهور لا ينجسه", "5a": "بيت", "13.1": "آخر"}


def test_json_lines_keep_what_they_say(folder: Path) -> None:
    rows = [
        {"number": 7, "text": REPORT, "book": "النية", "english": "Deeds are by intentions"},
        {"number": "7", "text": "نص", "attributed_to": "companion", "narrator": "عمر"},
    ]
    sources.add(written(folder, "rows.jsonl", "\n".join(map(json.dumps, rows))))
    first, second = sources.load(sources.get("rows"))
    assert (first.number, first.printed_number, first.book) == ("7/a", "7", "النية")
    assert first.english == "Deeds are by intentions"
    assert (second.number, second.attributed_to, second.narrator) == ("7/b", "companion", "عمر")


def test_utf16_with_its_mark_is_read(folder: Path) -> None:
    sources.add(written(folder, "wide.txt", REPORT.encode("utf-16")))
    assert read("wide") == {"1": REPORT}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b" \n", "is empty"),
        ("binary.txt", b"a\0b", "binary"),
        ("arabic.txt", REPORT.replace("ﷺ", "").encode("windows-1256"), "is not UTF-8"),
        ("a.jsonl", b'{"text": "x"}\n{"text": ', "line 2: not JSON"),
        ("a.jsonl", b"[1]\n", 'line 1: wanted an object with a "text"'),
        ("a.jsonl", b'{"text": "x", "number": [1]}', 'line 1: "number"'),
        ("a.jsonl", b'{"text": "x", "attributed_to": "me"}', "must be one of"),
        ("a.jsonl", b"[" * 100_000, "line 1: not JSON"),
        ("a.xml", b"<TEI><text><p>x</text></TEI>", "not well-formed XML: line 1"),
        ("a.xml", b'<!DOCTYPE TEI [<!ENTITY a "b">]><TEI/>', "document type or entity"),
        (
            "a.xml",
            b'<?xml version="1.0"?>\n<!doctype TEI SYSTEM "http://x/y"><TEI/>',
            "document type or entity",
        ),
        ("a.xml", b"<TEI><text/></TEI>", "has no passages"),
        ("a.txt", "؟".encode() * 0 + b"######OpenITI#\n#META#Header#End#\n", "has no passages"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    folder: Path, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        sources.add(written(folder, name, content), id="mine")
    assert "mine" not in {source.id for source in sources.known()}
    assert not (folder / "data" / "sources" / "mine").exists()


def test_a_file_that_is_too_large_or_none_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "LARGEST", 10)
    with pytest.raises(InputError, match="may have 10"):
        sources.add(written(folder, "large.txt", REPORT))
    with pytest.raises(InputError, match="does not exist"):
        sources.add(folder / "nowhere.txt")
    with pytest.raises(InputError, match="is not a file"):
        sources.add(folder, id="folder")


@pytest.mark.parametrize("name", ["../evil", "a/b", "", "-x", "Große", "a" * 61, "..", "a.b", "a\n"])
def test_an_id_that_could_be_a_path_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(UsageError):
        sources.add(written(folder, "a.txt", REPORT), id=name)
    with pytest.raises(UsageError):
        sources.remove(name)


def test_an_id_is_used_once(folder: Path) -> None:
    file = written(folder, "كتاب.txt", REPORT)
    with pytest.raises(UsageError, match="give one"):
        sources.add(file)
    with pytest.raises(UsageError, match="already"):
        sources.add(file, id="bukhari")
    sources.add(file, id="mine")
    with pytest.raises(UsageError, match="already"):
        sources.add(file, id="mine")
    with pytest.raises(UsageError, match="kind"):
        sources.add(file, id="other", kind="novel")  # type: ignore[arg-type]


def test_removing_leaves_nothing_behind(folder: Path) -> None:
    sources.add(written(folder, "a.txt", REPORT), id="mine")
    sources.remove("mine")
    assert list((folder / "data" / "sources").iterdir()) == []
    with pytest.raises(UsageError, match="you have added none"):
        sources.remove("mine")
    with pytest.raises(UsageError, match="no source that you added"):
        sources.remove("bukhari")


def test_a_changed_copy_is_noticed(folder: Path) -> None:
    source = sources.add(written(folder, "a.txt", REPORT), id="mine")
    key = sources.fingerprint(source)
    copy = folder / "data" / "sources" / "mine" / "text"
    copy.write_bytes(copy.read_bytes() + b" x")
    assert sources.fingerprint(source) != key
    for attempt in (sources.verify, lambda each: list(sources.load(each))):
        with pytest.raises(DamagedSource, match="takhrij sources add"):
            attempt(source)
    copy.unlink()
    assert "add it again" in (sources.missing(source) or "")
    with pytest.raises(MissingSource):
        sources.verify(source)


def test_a_damaged_description_harms_no_other_source(folder: Path) -> None:
    sources.add(written(folder, "a.txt", REPORT), id="mine")
    (folder / "data" / "sources" / "mine" / "source.json").write_text("{")
    assert "quran" in {source.id for source in sources.known()}
    assert "mine" in (sources.missing(sources.get("mine")) or "")
    with pytest.raises(DataError):
        list(sources.load(sources.get("mine")))
    sources.remove("mine")


def test_a_description_cannot_point_elsewhere(folder: Path) -> None:
    sources.add(written(folder, "a.txt", REPORT), id="mine")
    description = folder / "data" / "sources" / "mine" / "source.json"
    raw = json.loads(description.read_text("utf-8"))
    raw["files"][0]["path"] = "../../a.txt"
    description.write_text(json.dumps(raw))
    assert sources.missing(sources.get("mine")) is not None


def test_a_folder_that_cannot_be_written_is_said_plainly(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKHRIJ_DATA_DIR", str(written(folder, "file", "x")))
    with pytest.raises(DataError, match="nothing was added"):
        sources.add(written(folder, "a.txt", REPORT), id="mine")


def test_own_sources_come_before_derived_works_and_translations(folder: Path) -> None:
    sources.add(written(folder, "a.txt", REPORT), id="mine")
    ids = [source.id for source in sources.known()]
    assert ids.index("shamail") < ids.index("mine") < ids.index("fath-rabbani") < ids.index("en-saheeh")
