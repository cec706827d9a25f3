"""What the pieces of one citation phrase say together: exceptions taken out, numbers given their work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from takhrij.find.claims.atoms import Atom
from takhrij.find.claims.model import Meaning
from takhrij.model import ClaimKind

Saying = tuple[ClaimKind | Literal["ibid"], Atom, tuple[str, ...]]


def sayings(text: str, atoms: Sequence[Atom], earlier: Sequence[str] = ()) -> Iterator[Saying]:
    """Each piece that is a claim, with what it says; `earlier`: the collections an "ibid." stands for."""
    excepted = {work for atom in atoms if atom.excepted and atom.kind == "collection" for work in atom.says}
    named: list[str] = list(earlier)  # collections in the order of the text
    waiting: list[str] = list(earlier)  # those that have no number yet
    for place, atom in enumerate(atoms):
        if atom.kind == "lead" or (atom.excepted and atom.kind == "collection"):
            continue
        if atom.kind == "collection":
            atom = _without(atom, excepted)
            named += [work for work in atom.says if work not in named]
            waiting = (waiting if waiting and waiting != list(earlier) else []) + list(atom.says)
            yield "collection", atom, atom.says
        elif atom.kind == "number" or atom.kind == "chapter":
            says = _numbered(text, atom, waiting or named[-1:])
            if says:
                yield "number", atom, says
            if atom.kind == "number":
                waiting = waiting[-1:]
                named_after = place + 1 < len(atoms) and atoms[place + 1].kind == "collection"
                waiting = [] if named_after else waiting
        elif atom.kind == "wording":
            yield "wording", atom, (*atom.says, *_whose(atoms, place, named))
        else:
            yield atom.kind, atom, atom.says


def _without(atom: Atom, excepted: set[str]) -> Atom:
    """A formula less the compilers that the text excepts: «الخمسة إلا الترمذي»."""
    if not excepted & {work for meaning in atom.alternatives for work in meaning.collections} | (
        excepted & set(atom.says)
    ):
        return atom
    alternatives = tuple(
        Meaning(
            collections=tuple(work for work in meaning.collections if work not in excepted),
            usage=meaning.usage,
            citation=meaning.citation,
        )
        for meaning in atom.alternatives
    )
    says = tuple(work for work in atom.says if work not in excepted)
    return replace(atom, says=says, alternatives=alternatives)


def _numbered(text: str, atom: Atom, collections: Sequence[str]) -> tuple[str, ...]:
    """A number belongs to the collection named last, else to one of those before it."""
    if atom.kind == "chapter":
        atom.numbering = "book and chapter"
        written = " ".join(text[atom.span.start : atom.span.end].split())
    else:
        written = atom.says[0]
    return tuple(f"{work}:{written}" for work in reversed(collections))


def _whose(atoms: Sequence[Atom], place: int, named: Sequence[str]) -> tuple[str, ...]:
    """The collections that a remark on the wording is about: named after it, else the one before it."""
    own = atoms[place].says[:1] in (("own",), ("basis",))
    after = atoms[place + 1] if place + 1 < len(atoms) else None
    if own and after is not None and after.kind == "collection":
        return after.says
    return tuple(named[-1:]) if own else tuple(reversed(named))
