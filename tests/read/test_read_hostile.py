"""Files that were made to harm: rings, bombs, what nests without end. Each is read or refused, and soon."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from takhrij.errors import InputError
from takhrij.read import apart, read
from takhrij.read.markup.archive import MOST_PARTS
from takhrij.read.pdf import glyphs
from takhrij.read.pdf import read as read_pdf

WORDS = b"BT /F1 12 Tf 20 100 Td (Actions are by intentions) Tj ET "
TWICE = b"/X Do /X Do "
NAMED = b"/Resources << /XObject << /X %d 0 R >> >>"
FORM = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] " + NAMED + b" /Length %d >>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def stream(data: bytes, head: bytes = b"") -> bytes:
    return (head or b"<< /Length %d >>" % len(data)) + b"\nstream\n" + data + b"\nendstream"


def pdf(changed: dict[int, bytes], *more: bytes, trailer: bytes = b"") -> bytes:
    """A page of a few words, with some of its objects exchanged."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        4: stream(WORDS),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    } | dict(enumerate(more, 6))
    made, places = b"%PDF-1.4\n", []
    for number, body in (objects | changed).items():
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"<< /Size %d /Root 1 0 R %b >>" % (len(places) + 1, trailer.replace(b"HERE", b"%d" % start))
    return made + b"trailer " + head + b"\nstartxref\n%d\n%%%%EOF" % start


RINGS = {
    "an object that is itself": pdf({4: b"4 0 R"}),
    "two that are each other": pdf({4: b"6 0 R"}, b"4 0 R"),
    "a length that is its stream": pdf({4: stream(WORDS, b"<< /Length 4 0 R >>")}),
    "pages inside themselves": pdf({2: b"<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 1 >>"}),
    "a page that is its own parent": pdf({3: b"<< /Type /Page /Parent 3 0 R /Contents [4 0 R 4 0 R] >>"}),
    "a table before itself": pdf({}, trailer=b"/Prev HERE"),
    "a drawing inside itself": pdf({4: stream(WORDS + TWICE)}, stream(TWICE, FORM % (6, len(TWICE)))),
    "brackets without end": pdf({4: b"[" * 50_000}),
    "brackets without end on the page": pdf({4: stream(b"[" * 200_000 + WORDS)}),
}


@pytest.mark.parametrize("name", RINGS)
def test_a_pdf_with_a_ring_ends(name: str) -> None:
    began = time.process_time()
    try:
        assert "Actions are by intentions" in read_pdf(RINGS[name], "f").text
    except InputError as error:
        assert str(error).startswith("f: ")
    assert time.process_time() - began < 10


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no clock of work")
def test_a_page_that_draws_without_end_costs_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty drawings, each of which has the next one twice: a thousand million."""
    forms = [stream(TWICE, FORM % (number + 1, len(TWICE))) for number in range(6, 36)]
    data = pdf({4: stream(WORDS + TWICE)}, *forms, stream(b"", FORM % (9, 0)))
    monkeypatch.setattr(glyphs, "_LONGEST", 0.5)
    document = read_pdf(data, "f")
    assert document.text.strip() == "Actions are by intentions"
    assert document.notes == ("page 1: could not be read to the end (it takes over 0.5 seconds)",)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are as Linux has them")
def test_a_pdf_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 400 * 2**20)
    packed = _bomb()
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    with pytest.raises(InputError, match=r"^f: "):
        read(pdf({4: stream(packed, head)}), name="f")


def _bomb() -> bytes:
    """A few kilobytes that unpack twice to a gigabyte."""
    inner, block = zlib.compressobj(9), b" " * (1 << 24)
    return zlib.compress(b"".join(inner.compress(block) for _ in range(64)), 9)


def word_file(body: str, *notes: str, parts: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{''.join(notes)}</w:footnotes>")
        for number in range(parts):
            archive.writestr(f"word/{number}.xml", "")
    return packed.getvalue()


def test_a_word_file_of_too_many_parts_is_refused() -> None:
    with pytest.raises(InputError, match=f"holds more than {MOST_PARTS:,} parts"):
        read(word_file("<w:p/>", parts=MOST_PARTS), name="f", format="docx")


def test_a_footnote_that_is_larger_than_the_text_is_read_once() -> None:
    """A note that is called a thousand times is shown a thousand times by no word processor."""
    words = "وأقيموا الصلاة " * 20_000
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    call = '<w:p><w:r><w:t>قال</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    document = read(word_file(call, note), name="f", format="docx")
    assert document.blocks[1].kind == "footnote" and document.text.count("الصلاة") == 20_000
    again = read(word_file(call * 1_000, note), name="f", format="docx")
    assert len(again.text) < 2 * len(words) + 10_000


@pytest.mark.parametrize("format", ["html", "tei"])
def test_elements_inside_each_other_without_end(format: str) -> None:
    data = {"html": "<div>" * 100_000 + "قال", "tei": "<TEI><text>" + "<p>" * 100_000 + "قال"}[format]
    began = time.monotonic()
    try:
        assert read(data.encode(), name="f", format=format).text
    except InputError as error:
        assert str(error).startswith("f: ")
    assert time.monotonic() - began < 60


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux tells it")
def test_a_reader_ends_with_the_process_that_asked_for_it(tmp_path: Path) -> None:
    """A worker of the service is killed when a file takes too long; what it had begun must not go on."""
    noted = tmp_path / "process"
    child = "import os,time; from takhrij.read import apart; apart._end_with(int(__import__('sys').argv[4]));"
    child += f"open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(300)"
    code = f"from takhrij.read import apart; apart.CHILD = {child!r}; apart.read_apart(b'', 'f', 'html')"
    parent = subprocess.Popen([sys.executable, "-c", code])
    while not (noted.exists() and noted.read_text()):
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{noted.read_text()}").exists():
            return
        if Path(f"/proc/{noted.read_text()}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.1)
    os.kill(int(noted.read_text()), signal.SIGKILL)
    pytest.fail("the reader goes on without anybody who waits for it")
