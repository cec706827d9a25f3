"""The wording that people read, out of one table a language (`data/words.<language>.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ar")
_language = ContextVar("language", default=LANGUAGES[0])


class Words:
    """A table of wording. Keys are dotted: `say("look.same.sign")`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._flat = dict(_flatten(table))
        self.language: str = self._flat["language"]
        self.direction: str = self._flat["direction"]

    def __contains__(self, key: str) -> bool:
        return key in self._flat

    def names(self) -> tuple[str, ...]:
        """Every key of the table, in its order."""
        return tuple(self._flat)

    def say(self, key: str, **values: object) -> str:
        """The wording under `key`, its {places} filled; KeyError for a key or place that is not there."""
        wording = self._flat[key]
        return wording.format(**values) if values else wording

    def known(self, table: str, key: str) -> str:
        """The wording under `table.key`, or `key` itself where the table does not have it."""
        return self._flat.get(f"{table}.{key}", key)

    def remark(self, text: str) -> str:
        """A remark of the program's that stands in a value, part by part where the table `said` has it."""
        return self.say("join.semicolon").join(self.known("said", part) for part in text.split("; "))

    def count(self, thing: str, n: int) -> str:
        """A number with its noun: "2 reports"."""
        key = f"counts.{thing}.{_plural(n, self.language)}"
        return self.say(key if key in self._flat else f"counts.{thing}.other", n=number(n))

    def listed(self, items: Iterable[str]) -> str:
        """A list in a sentence: "a, b and c"."""
        given = list(items)
        if len(given) < 2:
            return "".join(given)
        return self.say("join.list", head=self.say("join.comma").join(given[:-1]), last=given[-1])


def number(n: int) -> str:
    """A whole number with its thousands marked off: "6,830"."""
    return f"{n:,}"


def words() -> Words:
    """The table of the language that reports are worded in: English, where `in_language` says no other."""
    return table(_language.get())


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Reports that are written inside the block are worded in this one of LANGUAGES."""
    token = _language.set(table(language).language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def table(language: str) -> Words:
    """The table of a language, in English what it does not say; FileNotFoundError where there is none."""
    tables = [
        tomllib.loads(files(__package__).joinpath("data", f"words.{name}.toml").read_text(encoding="utf-8"))
        for name in dict.fromkeys((LANGUAGES[0], language))
    ]
    return Words(dict(pair for given in tables for pair in _flatten(given)))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _plural(n: int, language: str) -> str:
    """The plural category of Unicode's CLDR: Arabic has six, and English two."""
    if language != "ar":
        return "one" if n == 1 else "other"
    if n < 3:
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"
