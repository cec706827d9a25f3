"""What others' programs make of our files: a bibliography by pandoc's citeproc, TEI against its schema.

    outside.py [TEXT] [--schema tei_all.rng]

TEXT (examples/ablution.txt by default) is checked. Its works cited, as CSL-JSON and as BibTeX, go through
`pandoc --citeproc` (Debian: apt-get install pandoc), which prints the bibliography; a work that is missing in
it is an error. With a schema (TEI P5 in RELAX NG, from tei-c.org) the TEI is validated against it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from lxml import etree

import takhrij

TEXT = Path(__file__).resolve().parent.parent / "examples" / "ablution.txt"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", type=Path, nargs="?", default=TEXT)
    parser.add_argument("--schema", type=Path)
    given = parser.parse_args()
    report = takhrij.check(given.text)
    with tempfile.TemporaryDirectory() as folder:
        csl, bib, tei = (Path(folder) / name for name in ("works.csl.json", "works.bib", "text.tei.xml"))
        for path in (csl, bib, tei):
            report.save(path)
        works = json.loads(csl.read_text("utf-8"))
        csl = csl.rename(Path(folder) / "works.json")
        for path in (csl, bib):
            print(f"{path.name}:\n{bibliography(path, [one['id'] for one in works])}")
        if given.schema:
            schema = etree.RelaxNG(etree.parse(given.schema))
            schema.assertValid(etree.parse(tei))
            print("TEI: valid")


def bibliography(works: Path, ids: list[str]) -> str:
    """The bibliography of all works; SystemExit where one is missing."""
    command = ["pandoc", "--citeproc", f"--bibliography={works}", "-t", "plain", "--wrap=none"]
    done = subprocess.run(
        command, input="\n".join(f"@{id}" for id in ids), capture_output=True, text=True, check=True
    )
    if done.stderr:
        raise SystemExit(done.stderr)
    return "\n".join(done.stdout.split("\n\n")[1:])


if __name__ == "__main__":
    main()
