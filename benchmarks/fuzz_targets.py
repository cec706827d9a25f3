"""What is fuzzed: a function of bytes each, which must end in an answer that holds or in a TakhrijError."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from takhrij.errors import TakhrijError

ROOT = Path(__file__).parent.parent
APART = b"\x00\x00"  # between the parts of one input


class Target(NamedTuple):
    """What is done with an input, and what is tried first."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def text_of(data: bytes) -> str:
    """The characters of an input; lone surrogates are among them."""
    return data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace") if _whole(data) else ""


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return b"\xed" not in data
    return True


# ------------------------------------------------------------ readers


def _reader(format: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        from takhrij.read import apart

        with suppress(TakhrijError):
            _holds(apart._reader(format, "f")(data, "f"))

    return run


def _plain(data: bytes) -> None:
    """Plain text, Markdown and OpenITI, whatever the bytes' encoding."""
    from takhrij.read import TEXT_FORMATS, apart, document, file_offset, line_of, read

    if document._told(data, "f") in apart.FORMATS:
        return
    for format in TEXT_FORMATS:
        with suppress(TakhrijError):
            made = read(data, format=format)
            _holds(made)
            for at in range(0, len(made.text), 97):
                assert file_offset(made, at) >= 0 and line_of(made, at) >= 1


def _holds(document: Any) -> None:
    from takhrij.read import apart
    from takhrij.read.structure import structure
    from takhrij.text import simple

    size, before = len(document.text), 0
    for block in document.blocks:
        assert before <= block.span.start <= block.span.end <= size
        before = block.span.start
    json.dumps(apart._packed(document))
    structure(document, simple(document.text))


def _zipped(format: str, names: tuple[str, ...]) -> Callable[[bytes], None]:
    """The parts of a zipped document, put together by name: bytes that are no archive reach no reader."""

    def run(data: bytes) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, part in zip(names, data.split(APART), strict=False):
                archive.writestr(name, part)
        _reader(format)(packed.getvalue())
        _reader(format)(data)

    return run


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = (
    f'<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>باب</w:t></w:r>'
    '</w:p><w:p><w:r><w:t>قال</w:t><w:footnoteReference w:id="1"/><w:tab/></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:t>a</w:t></w:r></w:del></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>",
    f'<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>رواه</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>",
)
ODT = (
    '<o:document-content xmlns:o="o" xmlns:t="t"><t:h t:outline-level="1">باب</t:h><t:p>قال<t:s t:c="3"/>'
    "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>رواه</t:p></t:note-body></t:note></t:p>"
    "</o:document-content>"
)
EPUB = (
    '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>',
    '<package><manifest><item id="a" href="a.xhtml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>',
    "<html><body><h1>باب</h1><p>قال&nbsp;الله <a href='#n1'>1</a></p><aside id='n1'>رواه</aside></body>"
    "</html>",
)
TEI = (
    "<TEI><teiHeader/><text><body><div><head>باب</head><p>قال <q>الله</q><note>رواه</note><pb n='2'/></p>"
    "<lg><l>a</l></lg></div></body></text></TEI>"
)
HTML = (
    "<!DOCTYPE html><meta charset=utf-8><article><h2>باب</h2><p>قال<sup><a href='#f'>1</a></sup><br>b<table>"
    "<td>x</table><blockquote>q</blockquote><p id=f>رواه<script>s</script><!-- c --><p hidden>z</article>"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1256{\fonttbl{\f0\fcharset178 A;}}\pard\rtlpar \f0\'c8\'c7\'c8\par \u1602?\u1575?"
    r"{\footnote x}\bin3 abc{\*\x y}\uc0\cell\tab\page}"
)


def _of_tests(*endings: str) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        for path in sorted((ROOT / "tests" / "read" / "documents").iterdir()):
            if path.suffix in endings:
                yield path.read_bytes()
        for path in sorted((ROOT / "examples").iterdir()):
            if path.suffix in endings:
                yield path.read_bytes()

    return seeds


def _small_pdf() -> Iterator[bytes]:
    """A page of uncompressed text, so that a changed byte changes a page and no stream that is packed."""
    words = b"BT /F1 12 Tf 20 100 Td (Actions are by intentions) Tj 0 -20 Td (and each has) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 6\n0000000000 65535 f \n" + table
    yield made + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


# ------------------------------------------------------------ text


def _fold(data: bytes) -> None:
    from takhrij.text import arabic_words, fold, simple, spelled

    text = text_of(data)
    for profile in ("plain", "loose"):
        words = fold(text, profile)
        ends = [0, *words.ends.tolist()]
        for before, start, end in zip(ends, words.starts.tolist(), ends[1:], strict=False):
            assert before <= start < end <= len(text)
            own = fold(text[start:end], profile)
            if len(own) == 1:
                assert own.hashes[0] == words.hashes[words.starts.tolist().index(start)]
        spelled(text, profile)
    folded, spans = arabic_words(text)
    assert len(folded) == len(spans)
    plain = simple(text)
    assert all(0 <= plain.span(at, at + 1)[0] < len(text) for at in range(0, len(plain.text), 53))


@cache
def index() -> Any:
    from takhrij.index import open_index

    return open_index()


def _finders(data: bytes) -> None:
    """All that is done with a text: every span is the text's, every source wording is the record's."""
    from takhrij import api
    from takhrij.report import render

    text = text_of(data)
    try:
        report = api.check(text=text)
    except TakhrijError:
        return
    text = report.document.text
    for finding in (*report.findings, *report.echoes):
        assert finding.text == text[finding.span.start : finding.span.end] != ""
        assert all(finding.span.start <= part.start <= part.end <= finding.span.end for part in finding.parts)
        for source in finding.sources[:4]:
            if row := index().rows.get(source.ref):  # none of several verses together
                record = index().record(row)
                held = (record.text, record.display, record.english)
                assert any(source.text in text for text in held if text), source.ref
    json.loads(render(report, "json"))
    render(report, "html")
    render(report, "text")


def _find(data: bytes) -> None:
    from takhrij import api

    text = text_of(data)
    if text and not text.isspace():
        for quotation in api.find(text=text):
            assert quotation.text == text[quotation.span.start : quotation.span.end] != ""


def _claims(data: bytes) -> None:
    from takhrij.find.claims import citation_segments, find_claims, find_isnads, read_for_claims
    from takhrij.find.dates import find_dates
    from takhrij.find.speech import works_cited
    from takhrij.text import simple

    text = text_of(data)
    reading = read_for_claims(text)
    claims = find_claims(text, reading)
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.text != ""
    for isnad in find_isnads(text, reading):
        assert all(isnad.span.start <= name.start < name.end <= isnad.span.end for name in isnad.narrators)
    assert all(text[date.span.start : date.span.end] == date.text for date in find_dates(text, reading))
    assert all(0 <= start < end <= len(text) for start, end in citation_segments(text, claims))
    works_cited(text, simple(text))


def _words() -> Iterator[bytes]:
    """Stretches that mean something to the finders, and records of the sources as they are installed."""
    pieces = """رواه البخاري ومسلم (رقم 135)|[المائدة: 6]|سورة المائدة، الآية 6|(5:6)|عن أبي هريرة رضي
        |حدثنا مالك عن نافع عن ابن عمر|قال رسول الله ﷺ: «|»|﴿|﴾|قال تعالى: |متفق عليه|المصدر نفسه|وصححه
        |(reported by Muslim from Aisha (ra))|Sahih al-Bukhari 135|Quran 5:6-7|26 رجب 1438هـ|23/04/2017م|"|ibn
        |فإن قيل: لا، قلنا: لأنه|وقال الشافعي: يجب"""
    for piece in pieces.split("|"):
        yield piece.strip("\n ").encode()
    for row in (10, 300, 5_000, 9_000, 30_000):
        record = index().record(row)
        yield f"«{record.text[:400]}» ({record.ref})".encode()
    yield (ROOT / "examples" / "ablution.txt").read_bytes()


# ------------------------------------------------------------ maps


def _map(data: bytes) -> None:
    """A file of a map: what is read is written again as it was, weighed and drawn."""
    from takhrij.argue.conditions import conditions
    from takhrij.argue.files import map_in
    from takhrij.argue.json import dumps, loads
    from takhrij.argue.reading import read
    from takhrij.argue.weigh import weigh
    from takhrij.argue.written import write
    from takhrij.report.maps import map_formats, render_map

    for name in ("f.map", "f.argdown"):
        try:
            given = map_in(data, name)
        except TakhrijError:
            continue
        assert loads(dumps(given)) == given
        assert read(write(given)) == given
        for format in map_formats():
            render_map(given, format)
        with suppress(TakhrijError):
            weigh(given, seconds=0.5)
            conditions(given)


def maps() -> Iterator[bytes]:
    from takhrij.argue.files import map_in
    from takhrij.argue.json import dumps
    from takhrij.report.maps import render_map

    for path in sorted((ROOT / "examples").glob("*.map")):
        data = path.read_bytes()
        given = map_in(data, path.name)
        yield from (data, dumps(given).encode(), render_map(given, "argdown").encode())
    yield b'takhrij map 1\n\nq1 question\n  says 0-3 "abc"\n\np1 position\n  question: q1\n'


@cache
def _example() -> Any:
    from takhrij.argue.files import open_map

    return open_map(ROOT / "examples" / "successors.map")


def _scenario(data: bytes) -> None:
    from takhrij.argue.json import dumps, scenario_from
    from takhrij.argue.weigh import weigh

    with suppress(TakhrijError):
        scenario = scenario_from(data)
        assert scenario_from(dumps(scenario)) == scenario
        weigh(_example(), scenario=scenario, seconds=0.5)


# ------------------------------------------------------------ sources, index


def _own_source(data: bytes) -> None:
    """What `sources add` does with a file, up to its passages."""
    from takhrij.sources import own, own_formats

    with suppress(TakhrijError):
        text = own_formats.decode(data, "f")
        source = own._blank("f")
        for form in ("openiti", "tei", "jsonl", "text"):
            with suppress(TakhrijError):
                for passage in own_formats.passages(source, text, form, "f"):
                    assert all(0 <= p.span.start <= p.span.end <= len(passage.text) for p in passage.parts)


@cache
def _small_index() -> tuple[dict[str, bytes], Any, Path]:
    """The files of an index of one small source, the source, and a folder to put them in."""
    from takhrij import sources
    from takhrij.index import build

    home = Path(tempfile.mkdtemp(prefix="takhrij-fuzz-"))
    (home / "rules.txt").write_text("الماء طهور لا ينجسه شيء\n\nولا وضوء لمن لم يذكر اسم الله", "utf-8")
    own = sources.add(home / "rules.txt", id=f"rules-{home.name[-8:].lower().replace('_', 'x')}")
    made = home / "made"
    made.mkdir()
    build.build(made, (own,), "k", None)
    list(sources.known())
    sources.remove(own.id)
    return {file.name: file.read_bytes() for file in sorted(made.iterdir())}, own, home / "index"


def _loader(data: bytes) -> None:
    """An index with one file altered: opened, it answers as it did, or it is refused."""
    from takhrij.index import store

    whole, own, folder = _small_index()
    names, cut = [*whole], data[:1] >= b"\xc0"
    folder.mkdir(exist_ok=True)
    if len(data) < 4:
        return
    name = names[data[0] % len(names)]
    at = int.from_bytes(data[1:3]) % (len(whole[name]) + 1)
    altered = whole[name][:at] if cut else whole[name][:at] + data[3:] + whole[name][at + len(data) - 3 :]
    for file, held in whole.items():
        (folder / file).write_bytes(altered if file == name else held)
    with suppress(TakhrijError):
        opened = store.open_at(folder, (own,))
        assert altered == whole[name], f"{name} was altered, and opened"
        opened.record(0)


TARGETS = {
    "plain": Target(_plain, _of_tests(".txt", ".md")),
    "html": Target(_reader("html"), lambda: [HTML.encode()]),
    "tei": Target(_reader("tei"), lambda: [TEI.encode()]),
    "docx": Target(
        _zipped("docx", ("word/document.xml", "word/footnotes.xml")),
        lambda: [APART.join(part.encode() for part in DOCX)],
    ),
    "odt": Target(_zipped("odt", ("content.xml",)), lambda: [ODT.encode()]),
    "epub": Target(
        _zipped("epub", ("META-INF/container.xml", "p.opf", "a.xhtml")),
        lambda: [APART.join(part.encode() for part in EPUB)],
    ),
    "rtf": Target(_reader("rtf"), lambda: [RTF.encode()]),
    "pdf": Target(_reader("pdf"), _small_pdf),
    "fold": Target(_fold, _words),
    "find": Target(_find, _words),
    "check": Target(_finders, _words),
    "claims": Target(_claims, _words),
    "map": Target(_map, maps),
    "scenario": Target(_scenario, lambda: [path.read_bytes() for path in (ROOT / "examples").glob("*.json")]),
    "own": Target(_own_source, _of_tests(".txt")),
    "index": Target(_loader, lambda: [bytes([n, 0, n, 255, n]) for n in range(0, 256, 3)]),
}
