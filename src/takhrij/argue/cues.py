"""The discourse cues (data/cues.toml), compiled: what opens a clause, which terms stand in it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from takhrij.model import MANNERS_OF, Manner, RelationKind
from takhrij.text import pattern, simple

Part = Literal[
    "objection",
    "answer",
    "attack",
    "exception",
    "evidence",
    "cause",
    "disputed",
    "agreed",
    "meaning",
    "preference",
    "ratio",
    "condition",
    "conclusion",
    "topic",
    "nor",
    "turn",
]


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """data/cues.toml as it is."""
    read: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("takhrij.argue").joinpath("data", "cues.toml").read_text("utf-8")
    )
    return read


@cache
def opens() -> re.Pattern[str]:
    """What opens a clause; the name of the group is its part."""
    table = words()["opens"]
    return pattern("|".join(rf"(?P<{part}>(?<!\w)(?:{'|'.join(forms)}))" for part, forms in table.items()))


@cache
def terms() -> re.Pattern[str]:
    """The terms of rulings."""
    return pattern(rf"(?:(?<!\w)|(?<=\b[وف]))(?:{'|'.join(words()['ruling']['terms'])})")


@cache
def passing() -> re.Pattern[str]:
    """What stands before a term that is said in passing."""
    return pattern(*words()["ruling"]["passing"])


@cache
def follows() -> re.Pattern[str]:
    """What a ruling begins with that ends the condition before it."""
    return pattern(*words()["ruling"]["follows"])


def argues(text: str) -> bool:
    """Whether a text has a ruling's term, or gives a reason or an objection: else there is nothing to map."""
    plain = simple(text).text
    if terms().search(plain):
        return True
    return any(found.lastgroup in ("ratio", "objection") for found in opens().finditer(plain))


@cache
def standing() -> re.Pattern[str]:
    """The words for a position's standing in its school."""
    return pattern(*words()["ruling"]["standing"])


@cache
def inner(name: str) -> re.Pattern[str]:
    """The words of one list of those inside a clause."""
    return pattern(rf"(?<!\w)(?:{'|'.join(words()['inner'][name])})")


class Ruling(NamedTuple):
    """What a ruling's term speaks of (the number of its list, -1 for none), and whether it denies that."""

    kin: int
    denies: bool

    def against(self, other: Ruling) -> bool:
        """Whether one denies what the other does not."""
        return self.kin == other.kin >= 0 and self.denies != other.denies


def ruling(term: str, clause: str) -> Ruling:
    """The ruling of a term in its clause (simple text)."""
    said = simple(term).text
    kin = next((number for number, form in enumerate(_kin()) if form.search(said)), -1)
    denied = _denial("negates").search(said) or _denial("denied_clause").search(clause)
    return Ruling(kin, bool(denied) != bool(_denial("forbids").search(said)))


def against(clause: str) -> tuple[RelationKind, Manner | None]:
    """How the words of an objection attack; rebuts where they do not say."""
    for kind, manner, form in _against():
        if form.search(clause):
            return kind, manner
    return "rebuts", None


@cache
def _kin() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(form) for form in words()["ruling"]["kin"])


@cache
def _denial(name: str) -> re.Pattern[str]:
    return pattern(*words()["ruling"][name])


@cache
def _against() -> tuple[tuple[RelationKind, Manner, re.Pattern[str]], ...]:
    kind_of: dict[str, RelationKind] = {
        manner: kind  # type: ignore[misc]
        for kind, manners in MANNERS_OF.items()
        for manner in manners
    }
    return tuple(
        (kind_of[manner], manner, pattern(rf"(?<!\w)[وف]?(?:{'|'.join(forms)})"))  # type: ignore[misc]
        for manner, forms in words()["against"].items()
    )
