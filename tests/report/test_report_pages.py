"""The page of a PDF's report shows the words where they stand on the PDF's page."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import numpy as np
import pytest

import takhrij
from takhrij.model import Report, replace
from takhrij.read import page_place
from takhrij.report import as_file, render, save
from takhrij.report.pages import strips

FILE = Path(__file__).parents[1] / "read" / "documents" / "english-chromium.pdf"


@pytest.fixture(scope="module")
def made() -> Report:
    return takhrij.check(FILE)


def drawn(png: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The dots of a picture as `pages` writes them: one chunk of data, no filter."""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    length = int.from_bytes(png[33:37])
    rows = np.frombuffer(zlib.decompress(png[41 : 41 + length]), np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


def test_every_quotation_has_the_strip_of_its_page_with_its_words_marked(made: Report) -> None:
    page = as_file(made, "html").decode()
    assert "img-src data:" in page and "alt=" in page
    pictures = {f"q{n}": finding for n, finding in enumerate(made.findings, 1)}
    found = strips(made.document, FILE.read_bytes(), pictures)
    assert set(found) == set(pictures) and all(address in page for address in found.values())
    for key, finding in pictures.items():
        dots = drawn(base64.b64decode(found[key].partition(",")[2])).astype(int)
        marked = (dots[:, :, 0] - dots[:, :, 2]) > 60
        assert marked.any() and marked.mean() < 0.5
        box = page_place(made.document, finding.span.start)
        columns = np.flatnonzero(marked.any(axis=0))
        assert np.ptp(columns) / 1.6 >= box.right - box.left - 2


def test_a_page_without_the_file_has_no_pictures_and_lets_none_in(made: Report, tmp_path: Path) -> None:
    assert "<img" not in render(made, "html") and "img-src" not in render(made, "html")
    moved = replace(made, document=replace(made.document, name="gone.pdf"))
    assert "<img" not in save(moved, tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_drawn_costs_the_pictures_alone(made: Report) -> None:
    assert "<img" not in as_file(made, "html", original=b"%PDF-1.4 nothing").decode()
