"""Which versions are one report: those from one Companion, or through one common link where none is named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from takhrij.model import SourceMatch, Speaker, replace
from takhrij.text import folded_words
from takhrij.trace.narrators import generation, known, narrator_key, people

_LONG = 3  # words of a name that says by itself who is meant: «عمرو بن دينار», not «عمرو»


class _Chain(NamedTuple):
    """What the grouping asks of a version: who its narrator may be, who stand before him, and the last two.

    named: whether it says from whom it is: a Companion, or one in no table, who may be one. ends_early:
    whether somebody may stand behind the last name: no Companion, nor the one whose words they are.
    """

    persons: frozenset[str]
    before: tuple[Transmitter, ...]
    link: tuple[Transmitter, ...]
    named: bool
    ends_early: bool


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
    chains = [_chain(m.narrator or "", m.chain or "", m.transmitters, m.attributed_to) for m in found]
    links = {m.ref: own.link for m, own in zip(found, chains, strict=True) if own.ends_early and own.link}
    if not links:
        return list(found)
    named = [(match.report, own) for match, own in zip(found, chains, strict=True) if own.named]
    by_name: dict[Transmitter, list[int]] = {}
    for number, (_, own) in enumerate(named):
        for one in dict.fromkeys(own.before):
            by_name.setdefault(one, []).append(number)
    by_head: dict[str, list[Transmitter]] = {}
    for one in by_name:
        by_head.setdefault(_head(one), []).append(one)
    through = {
        last: sorted({at for one in by_head.get(_head(last), ()) if _same(last, one) for at in by_name[one]})
        for last in {link[-1] for link in links.values()}
    }
    result = list(found)
    for place, (match, own) in enumerate(zip(found, chains, strict=True)):
        link = links.get(match.ref)
        if link is None:
            continue
        others = (named[number] for number in through[link[-1]])
        told = [(report, other.before) for report, other in others if _may_be(own, other)]
        if not told and not own.named and len(own.persons) < 2:
            alike = (other for ref, other in links.items() if ref != match.ref)
            told = [(_id(link[-1].name), other) for other in alike]
        if len({report for report, _ in told}) == 1 and any(_through(link, names) for _, names in told):
            result[place] = replace(match, report=told[0][0], common_link=link[-1].written)
    return result


@lru_cache(maxsize=1 << 14)
def _chain(narrator: str, chain: str, transmitters: tuple[str, ...], speaker: Speaker) -> _Chain:
    persons = people(narrator, chain)
    named = len(persons) == 1 and generation(next(iter(persons))) in (None, "companion")
    ends_early = speaker not in ("successor", "other") and not (named and known(narrator, chain))
    before = _transmitters(transmitters, narrator)
    link = (*before, _transmitter(narrator)) if len(persons) == 1 else before
    return _Chain(persons, before, link[-2:], named, ends_early)


def _may_be(version: _Chain, other: _Chain) -> bool:
    """Whether a name that several people have («عبد الله») may be that of the other's Companion."""
    return len(version.persons) < 2 or not version.persons.isdisjoint(other.persons)


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
    names, one = folded_words(written), known(written)
    alone = "بن" in names and len(names) >= _LONG
    if one is not None and not alone:
        alone = len(names) > 1 or names[0].startswith("ال")
    return Transmitter(one or " ".join(names), " ".join(written.split()), alone)
