"""Every source that is known: built in, brought by another package's entry point, or added by the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from takhrij.errors import DataError, UsageError
from takhrij.model import Passage, Source
from takhrij.sources import files

GROUP = "takhrij.sources"
_BUILT_IN = [
    "quran",
    "bukhari",
    "muslim",
    "abu_dawud",
    "tirmidhi",
    "nasai",
    "ibn_majah",
    "muwatta",
    "ahmad",
    "darimi",
    "ibn_khuzayma",
    "hakim",
    "daraqutni",
    "bayhaqi_kubra",
    "ibn_abi_shayba",
    "tabarani_saghir",
    "adab_mufrad",
    "shamail",
    "fath_rabbani",
    "mishkat",
    "bulugh",
    "silsila_sahiha",
    "lulu_marjan",
    "en_saheeh",
    "en_yusuf_ali",
    "en_taqi_usmani",
    "en_abdul_haleem",
]  # the customary order of Sunni takhrij; derived works and translations last


class Entry(NamedTuple):
    """A source and what gives its passages."""

    source: Source
    passages: Callable[[], Iterator[Passage]]


@cache
def built_in() -> tuple[Entry, ...]:
    """The sources that come with takhrij, in the customary order."""
    modules = [import_module(f"takhrij.sources.{name}") for name in _BUILT_IN]
    return tuple(Entry(module.SOURCE, module.passages) for module in modules)


@cache
def plugged_in() -> tuple[Entry, ...]:
    """The sources of other installed packages: entry points that name a module with SOURCE and passages()."""
    from importlib import metadata

    found = []
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name):
        try:
            module = point.load()
            found.append(Entry(module.SOURCE, module.passages))
        except Exception as error:
            raise DataError(
                f"the source {point.name} of an installed package ({point.value}) cannot be used: {error}; "
                "uninstall that package or tell its authors"
            ) from error
    return tuple(found)


def entries() -> tuple[Entry, ...]:
    """Everything known, each id once: the built-in one wins, then the plugged-in one."""
    found: dict[str, Entry] = {}
    for entry in (*built_in(), *plugged_in(), *_own()):
        found.setdefault(entry.source.id, entry)
    return tuple(sorted(found.values(), key=_rank))


def _own() -> tuple[Entry, ...]:
    """The sources that the user added; `own` is imported only where there may be some."""
    if not files.own_folder().is_dir():
        return ()
    from takhrij.sources import own

    return tuple(Entry(*pair) for pair in own.entries())


def _rank(entry: Entry) -> int:
    if entry.source.kind == "translation":
        return 2
    return 1 if entry.source.role == "derived" else 0


def entry(source_id: str) -> Entry:
    """The entry of a source; UsageError with near names where there is none."""
    found = {entry.source.id: entry for entry in entries()}
    if source_id in found:
        return found[source_id]
    import difflib

    near = difflib.get_close_matches(source_id.lower(), found, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(found)}"
    raise UsageError(f"there is no source {source_id!r}; {hint}")
