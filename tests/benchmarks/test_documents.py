"""The committed PDFs give the findings of the texts that they were made of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import takhrij

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import documents

FOLDER = Path(__file__).parents[1] / "read" / "documents"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.pdf")), ids=lambda file: file.stem)
def test_a_pdf_gives_the_findings_of_its_text(file: Path) -> None:
    text = (FOLDER / f"{file.stem.partition('-')[0]}.txt").read_text("utf-8")
    if file.stem.endswith("xetex"):  # its font has no such letter
        text = text.replace("ʿ", "\ufffd")
    reports = takhrij.check(text=text), takhrij.check(file)
    assert documents.alike(*map(documents.told, reports)) == 1
