"""The wording that people read, out of one table a language (`data/words.<language>.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


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


@cache
def words(language: str = LANGUAGE) -> Words:
    """The table of a language; FileNotFoundError where there is none."""
    file = files(__package__).joinpath("data", f"words.{language}.toml")
    return Words(tomllib.loads(file.read_text(encoding="utf-8")))


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
