"""The tables in `data/`, read once into a tree of phrases that tokens are walked through."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from takhrij.find.claims.model import Meaning
from takhrij.find.claims.roman import reduce_phrase
from takhrij.text import fold

Token = int | str  # the hash of an Arabic word's letters, or a reduced Latin word
Entry = tuple[str, str]  # what a phrase is ("sura", "author", …) and which one ("2", "bukhari", …)
Adder = Callable[[str, Entry], None]

_PREFIXES = ("و", "ف", "ب", "ل", "ك", "ول", "فل", "وب", "فب", "وك")


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases: the words that may follow, and what ends here."""

    children: dict[Token, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, tokens: tuple[Token, ...], entry: Entry) -> None:
        """Let the phrase `tokens` mean `entry`."""
        node = self
        for token in tokens:
            node = node.children.setdefault(token, Node())
        if entry not in node.entries:
            node.entries.append(entry)


@dataclass(frozen=True, slots=True)
class Author:
    """A compiler whose bare name stands for a work."""

    key: str
    name: str
    works: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases: `root` for those that begin anywhere, `short` for titles that follow their author.

    `first` maps the first token of a phrase, with and without a joined particle, to the token without it and
    the particle.
    """

    root: Node
    first: dict[Token, tuple[Token, str]]
    short: dict[str, Node]
    authors: dict[str, Author]
    titles: dict[str, str]
    meanings: dict[str, tuple[Meaning, ...]]
    verses: dict[int, int]
    names: dict[str, tuple[str, tuple[str, ...]]]  # narrator -> generation, Arabic forms


_folded: dict[str, tuple[Token, ...]] = {}


def arabic_tokens(phrase: str) -> tuple[Token, ...]:
    """The tokens of an Arabic phrase."""
    known = _folded.get(phrase)
    return tuple(fold(phrase).hashes.tolist()) if known is None else known


def _fold_tables() -> None:
    """Fold all phrases of the tables in one go: folding one by one takes ten times as long."""
    phrases = list(dict.fromkeys(_phrases()))
    words = fold("\n".join(phrases))
    hashes, starts = words.hashes.tolist(), words.starts.tolist()
    at, begin = 0, 0
    for phrase in phrases:
        end = begin + len(phrase)
        first = at
        while at < len(starts) and starts[at] < end:
            at += 1
        _folded[phrase] = tuple(hashes[first:at])
        begin = end + 1


def _phrases() -> Iterator[str]:
    for name in ("suras", "verses", "works", "authors", "formulae", "narrators", "graders"):
        for row in _rows(f"{name}.tsv"):
            yield from _forms(*row)
    for table in cues().values():
        for phrases in table.values():
            yield from phrases


def phrase_tokens(phrase: str) -> tuple[Token, ...]:
    """The tokens of a phrase in either script."""
    return reduce_phrase(phrase) if phrase.isascii() or "Ā" <= phrase[0] < "ʰ" else arabic_tokens(phrase)


def _rows(name: str) -> Iterator[list[str]]:
    text = files("takhrij.find.claims").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _forms(*cells: str) -> Iterator[str]:
    for cell in cells:
        yield from (form for form in cell.split("|") if form and form != "-")


@cache
def cues() -> dict[str, dict[str, list[str]]]:
    """data/cues.toml: the tables as they are; the lists outside any table under ""."""
    text = files("takhrij.find.claims").joinpath("data", "cues.toml").read_text("utf-8")
    read = tomllib.loads(text)
    tables = {name: table for name, table in read.items() if isinstance(table, dict)}
    tables[""] = {name: words for name, words in read.items() if isinstance(words, list)}
    return tables


@cache
def token_set(table: str, name: str) -> frozenset[Token]:
    """The single words of a list of cues, as tokens."""
    phrases = [phrase_tokens(phrase) for phrase in cues()[table][name]]
    return frozenset(tokens[0] for tokens in phrases if len(tokens) == 1)


@cache
def sura_names() -> dict[str, tuple[str, str]]:
    """Each sura's usual Arabic and Latin name, by its number."""
    return {row[0]: (row[2].partition("|")[0], row[3].partition("|")[0]) for row in _rows("suras.tsv")}


@cache
def lexicon() -> Lexicon:
    """Every table read into one value."""
    _fold_tables()
    root, written = Node(), dict[Token, str]()

    def add(phrase: str, entry: Entry) -> None:
        tokens = phrase_tokens(phrase)
        if tokens:
            root.add(tokens, entry)
            if isinstance(tokens[0], int):
                written.setdefault(tokens[0], phrase.split()[0])

    verses = {}
    for number, count, arabic, latin, english in _rows("suras.tsv"):
        verses[int(number)] = int(count)
        for form in _forms(english):
            add(form, ("sura_english", number))
        for form in _forms(arabic, latin):
            add(form, ("sura", number))
    for ref, arabic, latin in _rows("verses.tsv"):
        for form in _forms(arabic, latin):
            add(form, ("named_verse", ref))
    titles, short = _works(add)
    authors = {}
    for key, name, arabic, latin, works, citation in _rows("authors.tsv"):
        authors[key] = Author(key, name, tuple(works.split(",")), citation)
        for form in _forms(arabic, latin):
            add(form, ("author", key))
    meanings = _formulae(add)
    names = {}
    for name, arabic, latin, generation in _rows("narrators.tsv"):
        names[name] = (generation, tuple(_forms(arabic)))
        for form in _forms(name, arabic, latin):
            add(form, ("narrator", name))
    for name, arabic, latin in _rows("graders.tsv"):
        for form in _forms(arabic, latin):
            add(form, ("grader", name))
    _cue_phrases(add)
    return Lexicon(root, _first(root, written), short, authors, titles, meanings, verses, names)


def _works(add: Adder) -> tuple[dict[str, str], dict[str, Node]]:
    titles: dict[str, str] = {}
    short: dict[str, Node] = {}
    for work, title, author, arabic, latin, short_arabic, short_latin in _rows("works.tsv"):
        titles[work] = title
        for form in _forms(arabic, latin):
            add(form, ("work", work))
        if author != "-":
            node = short.setdefault(author, Node())
            for form in _forms(short_arabic, short_latin, arabic, latin):
                node.add(phrase_tokens(form), ("work", work))
    return titles, short


def _formulae(add: Adder) -> dict[str, tuple[Meaning, ...]]:
    meanings: dict[str, list[Meaning]] = {}
    for arabic, latin, usage, collections, citation in _rows("formulae.tsv"):
        meaning = Meaning(collections=tuple(collections.split(",")), usage=usage, citation=citation)
        for form in _forms(arabic, latin):
            name = " ".join(map(str, phrase_tokens(form)))
            meanings.setdefault(name, []).append(meaning)
            add(form, ("formula", name))
    return {name: tuple(dict.fromkeys(found)) for name, found in meanings.items()}


def _cue_phrases(add: Adder) -> None:
    for name in (
        "sura",
        "verse",
        "quran",
        "ascribe",
        "from",
        "prophet",
        "god",
        "ibid",
        "number",
        "book",
        "qudsi",
        "spoken",
    ):
        for phrase in cues()[""][name]:
            add(phrase, ("word:" + name, ""))
    for meaning, phrases in cues()["wording"].items():
        for phrase in phrases:
            add(phrase, ("wording", meaning))
    for phrase in cues()["grade"]["verbs"]:
        add(phrase, ("grade_verb", ""))
    for phrase in cues()["grade"]["no_grader"]:
        add(phrase, ("grade_alone", ""))
    for phrase in cues()["isnad"]["open"]:
        add(phrase, ("word:chain", ""))


def _first(root: Node, written: dict[Token, str]) -> dict[Token, tuple[Token, str]]:
    """First tokens with their particles: «والبخاري», «للبخاري», «بسورة» lead to the same node."""
    first: dict[Token, tuple[Token, str]] = {token: (token, "") for token in root.children}
    joined: list[tuple[str, Token, str]] = []
    for token, word in written.items():
        for prefix in _PREFIXES if len(word) > 2 else ("و",) if len(word) == 2 else ():
            article = prefix.endswith("ل") and word.startswith("ال")
            joined.append((prefix + (word[1:] if article else word), token, prefix))
    for hashed, (_, token, prefix) in zip(arabic_tokens(" ".join(j[0] for j in joined)), joined, strict=True):
        first.setdefault(hashed, (token, prefix))
    return first
