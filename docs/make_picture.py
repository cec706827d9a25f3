"""Make docs/picture.png anew: the page of examples/ablution.txt, one finding opened, in a headless Chromium.

python docs/make_picture.py [FINDING]        (needs chromium: apt-get install chromium fonts-hosny-amiri)
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import takhrij
from takhrij.report import render

HERE = Path(__file__).parent
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1.25"
)


def main(opened: str) -> None:
    """Draw the page with the finding `opened` ("q3") open and the paragraphs without quotations left out."""
    page = render(takhrij.check(HERE.parent / "examples" / "ablution.txt"), "html")
    page = re.sub(rf'<details( class="card[^>]* id="{opened}")', r"<details open\1", page)
    page = page.replace('id="only"', 'id="only" checked').replace(f"{HERE.parent}/", "")
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "page.html"
        drawn.write_text(page, encoding="utf-8")
        size = "--window-size=1240,1120"
        target = f"--screenshot={HERE / 'picture.png'}"
        profile = f"--user-data-dir={folder}/profile"
        subprocess.run(
            ["chromium", *FLAGS.split(), profile, target, size, drawn.as_uri()],
            check=True,
            stderr=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "q3")
