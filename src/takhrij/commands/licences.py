"""`sources licences`: the terms of everything that the program is installed with, code and data."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple

from takhrij import exit_status

_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_PREFIX = "License :: OSI Approved :: "


class Licensed(NamedTuple):
    """An installed package and its licence, in its own words; "not stated" where it has none."""

    name: str
    version: str
    licence: str


def licences(options: Namespace) -> int:
    """List the licences of the dependencies and of the reference works."""
    from takhrij import sources

    print("Packages, as their own metadata state it:")
    for name, version, licence in dependencies():
        print(f"  {name} {version}: {licence}")
    print("\nReference works:")
    for source in sources.known():
        state = "" if sources.missing(source) is None else " [not loaded]"
        print(f"  {source.id}: {source.licence}{state}")
        print(f"    from {source.provenance}")
    return exit_status.NOTHING_DIFFERS


def dependencies(distribution: str = "takhrij") -> list[Licensed]:
    """The installed packages that a distribution needs, with its extras but those of development, by name."""
    found: dict[str, Licensed] = {}
    waiting = [distribution]
    while waiting:
        for name in _needed(waiting.pop()):
            key = re.sub("[-_.]+", "-", name).lower()
            if key not in found and (held := _held(name)) is not None:
                found[key] = held
                waiting.append(name)
    found.pop(distribution, None)
    return sorted(found.values(), key=lambda one: one.name.lower())


def _needed(distribution: str) -> Iterator[str]:
    for line in metadata.requires(distribution) or ():
        requirement, _, condition = line.partition(";")
        own = distribution == "takhrij" and not re.search(r"extra == ['\"]dev['\"]", condition)
        name = _NAME.match(requirement)
        if name and (own or "extra ==" not in condition):
            yield name[0]


def _held(name: str) -> Licensed | None:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # an extra, or for another system
        return None
    classes = [line.removeprefix(_PREFIX) for line in told.get_all("Classifier") or () if _PREFIX in line]
    stated = [
        *(told.get_all("License-Expression") or ()),
        "; ".join(classes),
        *(told.get_all("License") or ()),
    ]
    licence = next((line.strip().partition("\n")[0] for line in stated if line.strip()), "")
    return Licensed(told["Name"], told["Version"], licence or "not stated")
