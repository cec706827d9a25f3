"""Write the table of docs/sources.md from the sources themselves: `python docs/make_sources.py`.

A test compares the page with what this gives.
"""

from __future__ import annotations

from pathlib import Path

from takhrij.model import Source
from takhrij.sources import catalogue

PAGE = Path(__file__).with_name("sources.md")
_BEGIN = "<!-- table: made by docs/make_sources.py -->\n"
_END = "<!-- end of table -->\n"
_WORKS = """| id | work | records held | coverage | numbering | package |
|---|---|---|---|---|---|
"""
_PACKAGES = """
| package | licence as stated |
|---|---|
"""


def table() -> str:
    """Return the tables as they should be: every source that comes with takhrij, and every package."""
    given = [entry.source for entry in catalogue.built_in()]
    licences = sorted({(_packages(source), source.licence) for source in given})
    return (
        _WORKS
        + "".join(_row(source) for source in given)
        + _PACKAGES
        + "".join(f"| {package} | {licence} |\n" for package, licence in licences)
    )


def page() -> str:
    """Return the page with its tables made anew."""
    given = PAGE.read_text(encoding="utf-8")
    before, _, rest = given.partition(_BEGIN)
    after = rest.partition(_END)[2]
    return before + _BEGIN + table() + _END + after


def _row(source: Source) -> str:
    held = f"{source.held:,}" + (f" of {source.total:,}" if source.total else "")
    coverage = source.coverage + (", derived" if source.role == "derived" else "")
    work = f"{source.title}, {source.author}" if source.author else source.title
    cells = (f"`{source.id}`", work, held, coverage, source.numbering, _packages(source))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _packages(source: Source) -> str:
    return ", ".join(sorted({f"{file.distribution} {file.version}" for file in source.files}))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
