"""Who a narrator is, however a chain or a text writes the name: «أبا هريرة», «ابوہریرہ», "Abu Huraira"."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from takhrij.find.claims.lexicon import lexicon
from takhrij.sources.names import person as generation_of
from takhrij.sources.words import fold
from takhrij.text import fold_word

_KUNYA = {"ابا": "ابو", "ابي": "ابو"}
_LINKS = frozenset(("بن", "ابن", "بنت", "ابنه"))
_HONOURING = "رضي الله عنه عنها عنهما عنهم تعالى رض ان انه انها قال قالت"
_HONOURS = frozenset(fold_word(word) for word in _HONOURING.split())
_LATIN = re.compile(r"[A-Za-zĀ-ɏḀ-ỿʿʾ]")
_WORDS = re.compile(r"(?:\\n|[\s،,.()\[\]:«»\"/\\-])+")
_LONGEST = 8  # words of a name that are looked at
_MY_FATHER = " ابو عن"  # as `_split` writes «أبي»
_CHAIN_END = 120  # characters of a chain in which a relative's name is looked for


class _Names(NamedTuple):
    """Names without spaces -> who may be meant; relatives («أبيه») -> whose relative he is -> who that is."""

    known: dict[str, frozenset[str]]
    relatives: dict[str, tuple[tuple[str, str], ...]]
    nobody: frozenset[str]
    students: frozenset[str]
    shown: dict[str, str]
    forms: dict[str, tuple[str, ...]]


def people(name: str, chain: str = "") -> frozenset[str]:
    """Who may be meant by a name in a chain: full names, the usual one; several where the name is ambiguous.

    `chain` is the record's chain: it says who «أبيه» and «جده» are. A name that is not in the tables
    stands for itself, folded; a relative of an unknown stands for nobody.
    """
    return _people(name, chain if _asks_for_chain(name) else "")


@lru_cache(maxsize=1 << 14)
def _asks_for_chain(name: str) -> bool:
    """Whether a name says only whose relative or student somebody is."""
    words, names = _split(name), _names()
    return words[:1] != [] and (words[0] in names.relatives or " ".join(words) in names.students)


@lru_cache(maxsize=1 << 15)
def _people(name: str, chain: str) -> frozenset[str]:
    words = _split(name)
    if not words:
        return frozenset()
    names = _names()
    if words[0] in names.nobody or " ".join(words[:2]) in names.nobody:
        return frozenset()
    if words[0] in names.relatives and words[1:2] != ["بن"]:
        found = _relative(words[0], chain)
        return frozenset((found,)) if found else frozenset()
    if " ".join(words) in names.students and chain:
        found = _relative(" ".join(words), chain)
        if found:
            return frozenset((found,))
    for length in range(min(len(words), _LONGEST), 0, -1):
        found_here = _lookup("".join(words[:length]))
        if found_here and _ends(words, length):
            return found_here
    return frozenset((" ".join(words),))


def narrator_key(name: str, chain: str = "") -> str:
    """One name for one person, for grouping versions; empty where the name says nobody."""
    found = people(name, chain)
    if len(found) == 1:
        return next(iter(found))
    return " ".join(_split(name)) if found else ""


def known(name: str, chain: str = "") -> str | None:
    """The one person whom a name means, if he is in the tables."""
    found = people(name, chain)
    one = next(iter(found), None)
    return one if len(found) == 1 and one in _names().shown else None


def same_person(claimed: str, name: str, chain: str = "") -> bool:
    """Whether a narrator named in a text, in either script, may be the one that a record names."""
    theirs = people(name, chain)
    if not theirs:
        return False
    if not _LATIN.search(claimed):
        return bool(people(claimed) & theirs)
    wanted = skeleton(claimed)
    return any(wanted == skeleton(one) for one in (*theirs, name)) if len(wanted) > 2 else False


@lru_cache(maxsize=1 << 13)
def named_in(claimed: str, text: str) -> bool:
    """Whether a narrator named in a text stands, under any form of his name, in a chain or passage."""
    words = f" {' '.join(_split(text))} "
    if _LATIN.search(claimed):
        wanted = f" {skeleton(claimed)} "
        return len(wanted) > 4 and wanted in f" {skeleton(text)} "
    names = _names()
    for person in people(claimed):
        for form in names.forms.get(person, (person,)):
            at = words.find(f" {form} ")
            while at >= 0:
                if words[at + len(form) + 2 :].split(" ", 1)[0] not in _LINKS:
                    return True
                at = words.find(f" {form} ", at + 1)
    return False


def shown(name: str, chain: str = "") -> str:
    """The name for a reader: the full one where it is known, else as it is written."""
    found = people(name, chain)
    written = " ".join(name.split())
    return _names().shown.get(next(iter(found)), written) if len(found) == 1 else written


def somebody(name: str | None, chain: str | None) -> str | None:
    """A narrator's name as the record writes it, «جده» as who that is; None where it tells nobody."""
    if not name or not people(name, chain or ""):
        return None
    return shown(name, chain or "") if _asks_for_chain(name) else name


def _split(name: str) -> list[str]:
    words = [fold_word(word) for word in _WORDS.split(name)]
    kept = [_KUNYA.get(word, word) for word in words if word]
    while kept and kept[-1] in _HONOURS:
        if kept[-1] == "الله" and len(kept) > 1 and kept[-2] in ("عبد", "عبيد"):
            break
        kept.pop()
    if kept[:1] == ["ابو"] and len(kept) == 1:
        return ["ابيه"] if "ي" in name or "ی" in name else kept
    return kept


def _lookup(joined: str) -> frozenset[str] | None:
    known = _names().known
    found = known.get(joined)
    if found is None and joined.endswith("ا") and len(joined) > 3:  # accusative: «أنسا»
        found = known.get(joined[:-1])
    return found


def _ends(words: list[str], length: int) -> bool:
    """Whether a name of so many words is not the beginning of somebody else's."""
    if length == len(words):
        return True
    following = words[length]
    return following not in _LINKS and (length > 1 or not following.startswith("ال"))


def _relative(word: str, chain: str) -> str | None:
    """Who «أبيه» or «جده» is, by the name that stands last before it in the chain."""
    before = " ".join(_split(chain[-_CHAIN_END:]))
    at = before.rfind(word)
    if at >= 0:
        before = before[:at].rstrip()
    if word not in _names().students and before.endswith("ابيه عن"):  # «عن أبيه عن جده»
        before = before.removesuffix("ابيه عن").rstrip()
    elif word == "ابيه" and before.endswith(_MY_FATHER):  # «حدثني أبي عن أبيه» is his grandfather
        word, before = "جده", before.removesuffix(_MY_FATHER).rstrip()
    best: tuple[int, str] | None = None
    for head, person in _names().relatives[word]:
        at = before.rfind(head)
        if at >= 0 and (best is None or at + len(head) > best[0]):
            best = (at + len(head), person)
    return best[1] if best and len(before) - best[0] < 12 else None


@cache
def _names() -> _Names:
    text = files("takhrij.trace").joinpath("data/companions.toml").read_text("utf-8")
    table = tomllib.loads(text)
    known: dict[str, set[str]] = {}
    full: dict[str, str] = {}
    rows = {name: set(forms) for name, (_, forms) in lexicon().names.items()}
    for name, forms in table["names"].items():
        rows.setdefault(name, set()).update(form for form in forms if not _LATIN.search(form))
    for name, forms in rows.items():
        one = " ".join(_split(name))
        full[one] = name
        for form in {name, *forms}:
            known.setdefault("".join(_split(form)), set()).add(one)
    written = {one: {" ".join(_split(form)) for form in (name, *rows[name])} for one, name in full.items()}
    forms = {one: tuple(sorted(found)) for one, found in written.items()}
    for form, several in table["ambiguous"].items():
        known["".join(_split(form))] = {" ".join(_split(name)) for name in several}
    relatives: dict[str, tuple[tuple[str, str], ...]] = {}
    for word, heads in table["relatives"].items():
        pairs = [(" ".join(_split(head)), " ".join(_split(person))) for head, person in heads.items()]
        relatives[fold_word(word)] = tuple(pairs)
    students = frozenset(" ".join(_split(word)) for word in table["students"])
    for word, heads in table["students"].items():
        pairs = [(" ".join(_split(head)), " ".join(_split(person))) for head, person in heads.items()]
        relatives[" ".join(_split(word))] = tuple(pairs)
    for word, same in table["relatives_as"].items():
        relatives[fold_word(word)] = relatives.get(fold_word(same), ())
    nobody = frozenset(" ".join(_split(words)) for words in table["nobody"]["words"])
    return _Names(
        {form: frozenset(ones) for form, ones in known.items()}, relatives, nobody, students, full, forms
    )


_ARABIC = {letter: roman for letters, roman in (
    ("تثط", "t"), ("دضذ", "d"), ("سصش", "s"), ("زظ", "z"), ("حه", "h"), ("ب", "b"), ("ج", "j"), ("خقك", "k"),
    ("ر", "r"), ("غ", "g"), ("ف", "f"), ("ل", "l"), ("م", "m"), ("ن", "n"),
) for letter in letters}  # fmt: skip
_ROMAN = {letter: letter for letter in "bdfghjklmnrstz"} | {"c": "k", "p": "b", "q": "k", "v": "f", "x": "k"}
_DIGRAPHS = (("sh", "s"), ("th", "t"), ("kh", "k"), ("dh", "d"), ("gh", "g"))
_PARTICLE = {"bin": "bn", "ibn": "bn", "b": "bn", "bint": "bnt", "bt": "bnt"}
_ARTICLE = re.compile(r"(?i)\b(?:al|an|as|ash|at|ath|ar|ad|adh|az|el)\s?[-‑]\s?")


@lru_cache(maxsize=1 << 12)
def skeleton(name: str) -> str:
    """The consonants of a name in either script, articles left out: for names that no table has."""
    if not _LATIN.search(name):
        words = [word.removeprefix("ال") for word in _split(name)]
        return " ".join("".join(_ARABIC.get(letter, "") for letter in _final(word)) for word in words)
    parts = re.split(r"\s+", _ARTICLE.sub("", name.strip()))
    return " ".join(_roman(part) for part in parts if part.lower() not in ("al", "el"))


def _final(word: str) -> str:
    return word[:-1] if word.endswith("ه") and len(word) > 2 else word


def _roman(word: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if "a" <= c <= "z")
    if letters in _PARTICLE:
        return _PARTICLE[letters]
    letters = letters.removesuffix("h") if letters.endswith(("ah", "eh")) else letters
    for written, read in _DIGRAPHS:
        letters = letters.replace(written, read)
    folded = "".join(_ROMAN.get(letter, "") for letter in letters)
    return re.sub(r"(.)\1+", r"\1", folded)


@lru_cache(maxsize=1 << 12)
def generation(name: str) -> str | None:
    """ "companion" or "successor" of a full name in the tables."""
    full = _names().shown.get(name, name)
    found = lexicon().names.get(full)
    if found:
        return found[0]
    words = fold(full).split()
    return generation_of(words, 0, len(words)) if words else None
