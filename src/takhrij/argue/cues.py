"""The discourse cues (data/cues.toml), compiled: what opens a clause, which terms stand in it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from takhrij.text import pattern

Part = Literal[
    "objection",
    "answer",
    "exception",
    "evidence",
    "cause",
    "disputed",
    "agreed",
    "meaning",
    "ratio",
    "condition",
    "conclusion",
    "topic",
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


@cache
def standing() -> re.Pattern[str]:
    """The words for a position's standing in its school."""
    return pattern(*words()["ruling"]["standing"])


@cache
def inner(name: str) -> re.Pattern[str]:
    """The words of one list of those inside a clause."""
    return pattern(rf"(?<!\w)(?:{'|'.join(words()['inner'][name])})")
