"""Which versions are one report: those from one Companion, or through one common link where none is named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from takhrij.model import SourceMatch
from takhrij.sources.words import words
from takhrij.trace.narrators import generation, known, narrator_key, people

_LONG = 3  # words of a name that says by itself who is meant: «عمرو بن دينار», not «عمرو»


class Transmitter(NamedTuple):
    """A name of a chain as written and in the form that all ways to write it share.

    `alone`: whether the name says by itself who is meant, as «سفيان» does not.
    """

    name: str
    written: str
    alone: bool


@lru_cache(maxsize=1 << 14)
def report_id(narrator: str | None, chain: str | None = None) -> str | None:
    """The id of the report that a version belongs to: versions from one Companion are one report.

    `chain` tells who «أبيه» and «جده» are.
    """
    return _id(narrator_key(narrator, chain or "")) if narrator else None


def _id(name: str) -> str | None:
    return "r-" + hashlib.sha256(name.encode()).hexdigest()[:6] if name else None


def by_link(found: Sequence[SourceMatch]) -> list[SourceMatch]:
    """The versions of one wording; those that name no Companion are put with the others of their common link.

    Such a version belongs to a Companion's report where its last transmitter has it from that Companion, and
    here from no other: versions from two Companions stay two reports, whoever is in both chains. Versions
    that name none are one report where their last transmitter is the same. Who is in no table may be a
    Companion: his version joins another's only where he is a transmitter.
    """
    links = {match.ref: own for match in found if _may_end_early(match) and (own := _link(match))}
    if not links:
        return list(found)
    named = [(match, _before(match)) for match in found if _named(match)]
    by_name: dict[Transmitter, list[int]] = {}
    for number, (_, names) in enumerate(named):
        for one in dict.fromkeys(names):
            by_name.setdefault(one, []).append(number)
    by_head: dict[str, list[Transmitter]] = {}
    for one in by_name:
        by_head.setdefault(_head(one), []).append(one)
    through = {
        last: sorted({at for one in by_head.get(_head(last), ()) if _same(last, one) for at in by_name[one]})
        for last in {link[-1] for link in links.values()}
    }
    result = list(found)
    for place, match in enumerate(found):
        link = links.get(match.ref)
        if link is None:
            continue
        others = (named[number] for number in through[link[-1]])
        told = [(other.report, names) for other, names in others if _may_be(match, other)]
        if not told and not _named(match) and len(_persons(match)) < 2:
            alike = (other for ref, other in links.items() if ref != match.ref)
            told = [(_id(link[-1].name), other) for other in alike]
        if len({report for report, _ in told}) == 1 and any(_through(link, names) for _, names in told):
            result[place] = replace(match, report=told[0][0], common_link=link[-1].written)
    return result


def _may_end_early(match: SourceMatch) -> bool:
    """Whether somebody may stand behind the last name: no Companion, nor the one whose words they are."""
    return match.attributed_to not in ("successor", "other") and not (
        _named(match) and known(match.narrator or "", match.chain or "")
    )


def _named(match: SourceMatch) -> bool:
    """Whether a version says from whom it is: a Companion, or one in no table, who may be one."""
    persons = _persons(match)
    return len(persons) == 1 and generation(next(iter(persons))) in (None, "companion")


def _persons(match: SourceMatch) -> frozenset[str]:
    return people(match.narrator or "", match.chain or "")


def _may_be(match: SourceMatch, other: SourceMatch) -> bool:
    """Whether a name that several people have («عبد الله») may be that of the other's Companion."""
    persons = _persons(match)
    return len(persons) < 2 or not persons.isdisjoint(_persons(other))


def _link(match: SourceMatch) -> tuple[Transmitter, ...]:
    """The transmitter nearest to the report, behind the one before him; empty where no name is read."""
    names = _before(match)
    return (*names, _transmitter(match.narrator or ""))[-2:] if len(_persons(match)) == 1 else names[-2:]


def _before(match: SourceMatch) -> tuple[Transmitter, ...]:
    """The transmitters before the one from whom a version is."""
    return _transmitters(match.transmitters, match.narrator or "")


@lru_cache(maxsize=1 << 13)
def _transmitters(written: tuple[str, ...], narrator: str) -> tuple[Transmitter, ...]:
    names = tuple(one for name in written if (one := _anybody(name)))
    own = names and names[-1].name == _transmitter(narrator).name
    return names[:-1] if own else names


def _through(link: tuple[Transmitter, ...], names: tuple[Transmitter, ...]) -> bool:
    """Whether a chain has the transmitter: behind the same one, where his name does not say who he is."""
    if link[-1].alone:
        return any(_same(link[-1], one) for one in names)
    return len(link) > 1 and any(_same(link[0], a) and _same(link[1], b) for a, b in pairwise(names))


def _head(one: Transmitter) -> str:
    """The first word of a name; names that are one have the same."""
    return one.name.partition(" ")[0]


def _same(one: Transmitter, other: Transmitter) -> bool:
    """Whether two names are one, or one goes on where the other, long enough, ends."""
    shorter, longer = (one, other) if len(one.name) <= len(other.name) else (other, one)
    return longer.name == shorter.name or (shorter.alone and longer.name.startswith(f"{shorter.name} بن "))


@lru_cache(maxsize=1 << 14)
def _anybody(written: str) -> Transmitter | None:
    """The transmitter of a name, None where it says nobody."""
    return _transmitter(written) if people(written) else None


@lru_cache(maxsize=1 << 14)
def _transmitter(written: str) -> Transmitter:
    names, one = words(written).folded, known(written)
    alone = "بن" in names and len(names) >= _LONG
    if one is not None and not alone:
        alone = len(names) > 1 or names[0].startswith("ال")
    return Transmitter(one or " ".join(names), " ".join(written.split()), alone)
