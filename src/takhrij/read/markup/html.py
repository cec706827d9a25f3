"""HTML and saved web pages: the article's text, without menus, forms, scripts and what a browser hides."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from lxml import etree

from takhrij.errors import InputError
from takhrij.model import Document
from takhrij.read.decode import decode
from takhrij.read.markup.trees import attribute, local, parse_html
from takhrij.read.markup.walk import Role, Rules, Walk, laid_out

_SKIPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "form",
        "button",
        "select",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "aside",
        "footer",
        "rt",
        "rp",
    ]
)
_KINDS = {
    **dict.fromkeys(
        [
            "address",
            "article",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "header",
            "hr",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "ul",
            "tr",
        ],
        "",
    ),
    "blockquote": "quote",
    **dict.fromkeys(("table", "td", "th", "caption"), "table"),
}
_HEADING = re.compile(r"h([1-6])")
_CHARSET = re.compile(
    rb"(?i)(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]{1,40})"
)
_HEAD = 1 << 14  # bytes in which a page names its encoding
_BESIDE = re.compile(  # a word of a name that pages give to what stands beside their text
    r"(?i)(?<![a-z])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|footer|comments|share|sharing|social|related"
    r"|cookies?|newsletter|pagination|pager|toolbar)(?![a-z])"
)
_LEAST_BESIDE = 0.3  # of the page's words that what is so named must not have
_NOTE = ("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote")
_NOTE_LINKS = ("doc-noteref", "doc-backlink")
_NOTE_BLOCKS = ("li", "div", "p", "aside", "section", "dd")
_NOTE_NAME = re.compile(
    r"(?i)_?(?:fn|ftn|edn|sdfootnote|sdendnote|footnote|endnote|cite_note|note)[-_:.]?\d{1,4}"
)
_NOTE_LINK = re.compile(r"(?i)fn|ftn|edn|note|cite|ref")
_SIGN = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§^↑↩↵]|[a-z])[\])]?\ufe0e?")
_LEAST_SHARE = 0.5  # of the page's text that its <article> or <main> must have to be taken for the article
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


def read(data: bytes, name: str) -> Document:
    """Read an HTML file in the encoding that it names, else in the one it is in; raises InputError."""
    notes: tuple[str, ...] = ()
    encoding = _named_encoding(data)
    if not encoding:
        decoded = decode(data, name)
        data, encoding, notes = decoded.text.encode("utf-8", "replace"), "utf-8", decoded.notes
    root = parse_html(data, encoding)
    if root is None:
        raise InputError(f"{name}: has no text in it that could be read")
    article = _article(root)
    around = frozenset(article.iterancestors()) if article is not None else frozenset()
    most = _LEAST_BESIDE * _words(root)

    def told(element: etree._Element) -> Role | None:
        beside = _beside(element, around, article) or (_named_beside(element) and _words(element) < most)
        return Role("skip") if beside else role(element)

    rules = Rules(told)
    return laid_out(Walk("", rules).paragraphs(root), name, "html", notes)


def role(element: etree._Element) -> Role | None:
    """What an element of a page is."""
    tag = local(element)
    if _is_note(element, tag):
        return Role("block", "footnote")
    if tag in _SKIPPED or _hidden(element) or _calls_note(element, tag):
        return Role("skip")
    if tag == "br":
        return Role("string", "\n")
    heading = _HEADING.fullmatch(tag)
    if heading:
        return Role("block", "heading", int(heading[1]))
    return Role("block", _KINDS[tag]) if tag in _KINDS else None


def _beside(
    element: etree._Element, around: frozenset[etree._Element], article: etree._Element | None
) -> bool:
    """Whether an element stands beside the article or one of those around it."""
    return element is not article and element not in around and element.getparent() in around


def _named_beside(element: etree._Element) -> bool:
    """Whether an element's name says that it is a menu, a list of links, comments or the like."""
    if local(element) not in ("div", "ul", "ol", "section", "header", "table", "td"):
        return False
    named = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('role') or ''}"
    return _BESIDE.search(named) is not None


def _named_encoding(data: bytes) -> str:
    """The encoding that a page names, if there is such a one; UTF-8 where it is that, whatever it says."""
    named = _CHARSET.search(data[:_HEAD])
    if named is None:
        return ""
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    with suppress(LookupError):
        return codecs.lookup(named[1].decode("ascii")).name
    return ""


def _hidden(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(element.get("style") or ""))


def _is_note(element: etree._Element, tag: str) -> bool:
    """Whether an element is a note: by its role, or by a name as Word, LibreOffice, pandoc give it."""
    if attribute(element, "role") in _NOTE or attribute(element, "type") in _NOTE:
        return True
    return tag in _NOTE_BLOCKS and bool(_NOTE_NAME.fullmatch(element.get("id") or ""))


def _calls_note(element: etree._Element, tag: str) -> bool:
    """Whether an element is the sign of a note, or leads back to one: a number that links to a place here."""
    if attribute(element, "role") in _NOTE_LINKS or attribute(element, "type") == "noteref":
        return True
    if tag == "sup":
        links = [child for child in element if local(child) == "a"]
        return len(links) == 1 and not (element.text or "").strip() and _calls_note(links[0], "a")
    if tag != "a":
        return False
    _, here, place = (element.get("href") or "").partition("#")
    text = "".join(map(str, element.itertext())).strip()
    parent = element.getparent()
    raised = parent is not None and local(parent) == "sup"
    return bool(here) and bool(_SIGN.fullmatch(text)) and (raised or bool(_NOTE_LINK.search(place)))


def _article(root: etree._Element) -> etree._Element | None:
    """The element that holds most of the words and says that it is the article."""
    sizes = [(_words(one), one) for one in root.iter("article", "main", "div") if _is_article(one)]
    largest, article = max(sizes, key=lambda pair: pair[0], default=(0, None))
    return article if largest and largest >= _LEAST_SHARE * _words(root) else None


def _is_article(element: etree._Element) -> bool:
    return local(element) != "div" or element.get("role") == "main"


def _words(element: etree._Element) -> int:
    """How many words stand in an element, scripts and styles left out."""
    texts = (
        text
        for one in element.iter()
        if local(one) not in ("script", "style", "")
        for text in (one.text, one.tail)
    )
    return sum(len(text.split()) for text in texts if text)
