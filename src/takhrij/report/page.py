"""One self-contained page, with a policy that lets nothing in but its own style and script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

from takhrij.report.markup import Child, Html, join, tag
from takhrij.report.words import words


def page(title: str, body: Iterable[Child], style: str = "", *, pictures: bool = False) -> str:
    """A page with this body; `style` is its own, after that of all. `style` attributes are not heeded.

    pictures: whether it holds pictures, as data: URLs.
    """
    sheets = [asset("report.css"), *([style] if style else [])]
    script = asset("report.js")
    styled = " ".join(f"'{_digest(sheet)}'" for sheet in sheets)
    policy = (
        f"default-src 'none'; style-src {styled}; script-src '{_digest(script)}'; "
        f"{'img-src data:; ' if pictures else ''}base-uri 'none'; form-action 'none'"
    )
    w = words()
    head = [
        tag("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        *(Html(f"<style>{sheet}</style>") for sheet in sheets),
    ]
    content = join([*body, Html(f"<script>{script}</script>")])
    html = tag("html", tag("head", *head), Html("\n"), tag("body", content), lang=w.language, dir=w.direction)
    return f"<!DOCTYPE html>\n{html}\n"


def framed(page: str) -> str:
    """A page inside another, from which it takes no style and to which it gives none; its policy holds."""
    shown, size = escape(page, quote=True), 'width="100%" height="600" loading="lazy"'
    return f'<iframe srcdoc="{shown}" sandbox="allow-scripts" {size}></iframe>'


@cache
def asset(name: str) -> str:
    """A file of the page's own, from `data/`."""
    return files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
