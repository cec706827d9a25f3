"""Every regular expression of the package takes time in proportion to its text, whatever the text.

The texts are made of the pattern itself: what may be repeated in it is repeated, and what should follow does
not.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import takhrij

SHORT, LONG = 150, 600  # code points
ENOUGH = 0.0003  # seconds for the short text, below which a longer one is taken
UNITS = 12  # texts tried of a pattern
MOST = 3 * LONG // SHORT  # times as long that the longer may take: 4 where it is linear, 16 where quadratic
BOUNDED = {  # matched against a stretch whose length is bounded where they are used
    "takhrij.find.dates._BETWEEN",  # _FURTHEST: 70 characters
    "takhrij.trace.linking._LEADING",  # _AHEAD
}
PIECES = (" ", "\n", "a ", "1", "«", '"', "ا ", "قال ", "1:1 ", "..", "َ")
END = "\0"
FILES = sorted(Path(takhrij.__file__).parent.rglob("*.py"))


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module of the package holds, in containers and behind caches as well."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any]]] = {}
    for module in pkgutil.walk_packages(takhrij.__path__, "takhrij."):
        if module.name.endswith("__main__"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:  # an extra that is not installed
            continue
        for name, value in vars(loaded).items():
            if hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.name:
                try:
                    value = value()
                except Exception:  # it wants arguments, or what a test does not have
                    continue
            for pattern in within(value):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.name}.{name}", pattern))
    return {f"{name}#{number}": pattern for number, (name, pattern) in enumerate(found.values())}


def within(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset) and depth < 3:
        for item in value.values() if isinstance(value, dict) else value:
            yield from within(item, depth + 1)


def searched(name: str) -> bool:
    """Whether a pattern is looked for anywhere in a text, not only at a place."""
    short = name.rpartition("#")[0].rpartition(".")[2]
    uses = re.compile(rf"\b{short}\b[\])\w\"'(]*\.(?:search|finditer|findall|sub|subn|split)\(")
    return any(uses.search(file.read_text("utf-8")) for file in FILES)


# ------------------------------------------------------------ texts that a pattern would like


def sample(tree: Any) -> str:
    """A short text that a parsed pattern matches, or nearly."""
    return "".join(map(one, tree))


def one(node: Any) -> str:
    code, value = node
    if code in (codes.LITERAL,):
        return chr(int(value))
    if code is codes.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return member(value)
    if code is codes.BRANCH:
        return sample(value[1][0])
    if code is codes.SUBPATTERN:
        return sample(value[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return sample(value[2]) * max(1, min(int(value[0]), 5))
    return sample(value) if code is codes.ATOMIC_GROUP else ""


def member(items: Any) -> str:
    """A character of a class."""
    kinds = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}
    negated = items[0][0] is codes.NEGATE
    for code, value in items:
        if code is codes.CATEGORY and not negated:
            return str(kinds.get(value, "-"))
        if code in (codes.LITERAL, codes.RANGE) and not negated:
            return chr(int(value if code is codes.LITERAL else value[0]))
    return "a"


def repeats(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Whatever a pattern repeats without bound: what stands before it, and once what is repeated."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if value[1] is codes.MAXREPEAT or value[1] > 100:
                yield before, sample(value[2])
            yield from repeats(value[2], before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        elif code is codes.SUBPATTERN:
            yield from repeats(value[-1], before)
        before += one((code, value))


def units(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """What hostile texts are made of: a beginning, and what is repeated behind it."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = parser.parse(source, pattern.flags & ~re.DEBUG)
    found = [(before[:40], body[:40]) for before, body in repeats(tree)]
    whole = [("", sample(tree)[:40]), *(("", before[-20:] + body[:20]) for before, body in found)]
    mixed = [pair for three in zip_longest(found, whole, [("", piece) for piece in PIECES]) for pair in three]
    return [pair for pair in dict.fromkeys(mixed) if pair and pair[1]][:UNITS]


# ------------------------------------------------------------ how long it takes


def seconds(pattern: re.Pattern[Any], text: str, everywhere: bool) -> float:
    """Processor time of the ways in which a text is read: at its start, as a whole, and for all matches."""
    subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = time.process_time()
    pattern.match(subject)
    pattern.fullmatch(subject)
    if everywhere:
        for _ in pattern.finditer(subject):
            pass
    return time.process_time() - began


def slow(pattern: re.Pattern[Any], everywhere: bool) -> tuple[Any, ...] | None:
    """A unit, and the times for it, where a text four times as long takes far more than four times."""
    for before, body in units(pattern):
        if seconds(pattern, before + body * (24 // len(body)) + END, everywhere) > 0.05:
            return before, body, "a few code points take 50 ms"
        for scale in (1, 8):  # longer texts only where the short ones are quick
            short, long = (before + body * (size * scale // len(body)) + END for size in (SHORT, LONG))
            first = seconds(pattern, short, everywhere)
            if first < ENOUGH:
                continue
            if seconds(pattern, long, everywhere) > MOST * first:
                first = min(seconds(pattern, short, everywhere) for _ in range(3))
                took = min(seconds(pattern, long, everywhere) for _ in range(3))
                if took > MOST * max(first, ENOUGH):
                    return before, body, first, took
            break
    return None


def test_every_pattern_is_linear() -> None:
    found = patterns()
    assert len(found) > 150
    bad = {
        name: (pattern.pattern[:200], result)
        for name, pattern in found.items()
        if name.rpartition("#")[0] not in BOUNDED and (result := slow(pattern, searched(name)))
    }
    assert not bad, bad


def test_one_that_is_not_is_found() -> None:
    assert slow(re.compile(r"(?:a+)+b"), False)
    assert slow(re.compile(r"\s+$"), True)
    assert slow(re.compile(r"x(?:\w+,?)*;"), False)
    assert not slow(re.compile(r"[a-z]{1,20}\s"), True)
