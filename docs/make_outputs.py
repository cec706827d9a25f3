"""Write docs/outputs.md: what each format makes of one line of text: `python docs/make_outputs.py`.

A test compares the page with what this gives.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import takhrij
from takhrij.model import Report
from takhrij.model.plain import as_text
from takhrij.read import read
from takhrij.report import as_file, fix, render
from takhrij.report.cite.passages import citations
from takhrij.report.cite.styles import cite, plain_text, styles

PAGE = Path(__file__).with_name("outputs.md")
TEXT = "قال تعالى: ﴿وأنزلنا من السماء ماء طهورا﴾ [الفرقان: 49].\n"
_COLUMNS = ("label", "match", "start", "end", "rank", "ref", "wording", "source_text")
_HEAD = f"""# Outputs, by example

What `takhrij check water.txt --sources quran` makes of this line in each format; what the formats are, and
their options: [Reports](report.md). Made by `python docs/make_outputs.py`; a test compares.

```text
{TEXT}```

HTML and PDF are looked at rather than read: [a picture of the page](picture.png). A Word file
(`-o water.docx`) has the same comment as the Markdown below on the words, and the summary at the top.
"""


def page() -> str:
    """Return the page as it should be."""
    report = takhrij.check(document=read(TEXT.encode(), name="water.txt", format="text"), sources=["quran"])
    made = [
        ("Text", "`-o water.txt`, or nothing: the finding", "text", _text(report)),
        ("JSON", "`-o water.json`: the claim that differs", "json", _claim(report)),
        (
            "CSV and Parquet",
            "`-o water.csv`, `-o water.parquet`: some of the columns",
            "text",
            _table(report),
        ),
        ("Markdown", "`-o water.md`", "markdown", render(report, "markdown")),
        ("Web Annotations", "`-o water.jsonld`: the target of the annotation", "json", _target(report)),
        (
            "TEI",
            "`-o water.tei.xml`: the quotation in the text",
            "xml",
            _between(report, "<body>", "</body>"),
        ),
        ("TEI, beside the text", "a source in `<standOff>`", "xml", _between(report, "<bibl n=", "</bibl>")),
        ("BibTeX", "`-o water.bib`", "bibtex", render(report, "bibtex")),
        ("CSL-JSON", "`-o water.csl.json`: the places", "json", _places(report)),
        ("Citations", "`takhrij cite water.txt --style …`", "text", _cited(report)),
        ("A patch", "`--fix`, or `-o water.patch`: [For editors](editing.md)", "diff", _patch(report)),
    ]
    parts = [f"\n## {title}\n\n{how}\n\n```{kind}\n{text.strip()}\n```\n" for title, how, kind, text in made]
    return _HEAD + "".join(parts)


def _text(report: Report) -> str:
    lines = render(report).splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("f1 "))
    return "\n".join(lines[begin : begin + 8])


def _claim(report: Report) -> str:
    claim = json.loads(render(report, "json"))["findings"][0]["claims"][1]
    return as_text(claim)


def _table(report: Report) -> str:
    rows = csv.DictReader(io.StringIO(render(report, "csv").removeprefix("\ufeff")))
    return "\n".join([",".join(_COLUMNS), *(",".join(row[name] for name in _COLUMNS) for row in rows)])


def _target(report: Report) -> str:
    item = json.loads(render(report, "annotations"))["first"]["items"][0]
    return json.dumps(item["target"], ensure_ascii=False, indent=2)


def _between(report: Report, begin: str, end: str) -> str:
    found = re.search(f"{begin}.*?{end}", as_file(report, "tei").decode(), re.S)
    return found[0] if found else ""


def _places(report: Report) -> str:
    return json.dumps(json.loads(render(report, "csl"))[0]["custom"], indent=2)


def _cited(report: Report) -> str:
    [citation] = citations(report)
    return "\n".join(f"{style:8} {plain_text(cite(citation, style))}" for style in styles())


def _patch(report: Report) -> str:
    return fix.as_file(report, original=TEXT.encode()).decode()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
