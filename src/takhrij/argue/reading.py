"""The compact text form of a map comes in; the map goes out, or an error that names the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from takhrij.argue import notation as form
from takhrij.argue.wellformed import MOST_PARTS, NAME, wellformed
from takhrij.errors import InputError
from takhrij.model import ArgumentMap, Node, Relation, Tie, node_id, relation_id, replace

_HEAD = re.compile(
    r"(?P<subject>\S+)\s+(?P<kind>[a-z_]+)(?:/(?P<manner>[a-z_]+))?"
    r"(?:\s+(?P<object>\([^()]*\)|\S+))??(?:\s+(?P<status>proposed|confirmed|rejected))?"
)
_ATTRIBUTE = re.compile(r"(?P<key>[a-z_]+)(?P<colon>:)?\s*(?P<rest>.*)")
_Given = dict[str, Any]


def read(text: str, name: str = "map") -> ArgumentMap:
    """The map that a text in the compact form describes.

    InputError says file, line, and what was expected there. Links that lead nowhere are kept as they are.
    """
    return _Reader(name).read(text)


class _Reader:
    """Reads line after line; `line` is the number of the one that it is at."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = 0
        self.header: _Given = {}
        self.nodes: list[_Given] = []
        self.relations: list[_Given] = []
        self.labels: dict[str, int] = {}

    def read(self, text: str) -> ArgumentMap:
        part: _Given | None = None
        for line in self._lines(text):
            if not line[0].isspace():
                part = self._part(line)
            elif part is None:
                raise self.error("a line that is set in belongs to a part, and there is none above it")
            else:
                self._try(self._attribute, part, line.strip())
        ids = self._nodes()
        made = ArgumentMap(**self.header, nodes=tuple(ids.values()), relations=tuple(self._relations(ids)))
        return wellformed(made)

    def _lines(self, text: str) -> Iterator[str]:
        lines = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
        self.line, first = next(lines)
        if first.strip() != form.FIRST_LINE:
            raise self.error(f"the first line is {form.FIRST_LINE!r}, found {first.strip()!r:.60}")
        for self.line, line in lines:
            line = line.rstrip("\r")
            if line.strip() and not line.lstrip().startswith("#"):
                yield line

    def _part(self, line: str) -> _Given | None:
        """A line that is not set in: of the header, or the beginning of a node or relation."""
        word, colon, rest = line.partition(":")
        if colon and (word in form.HEADER or word == "note"):
            if self.nodes or self.relations:
                raise self.error(f"{word}: stands before the first part")
            self._try(self._heading, word, rest.strip())
            return None
        found = _HEAD.fullmatch(line.rstrip())
        if not found:
            raise self.error(f"expected 'LABEL KIND' or 'LABEL RELATION LABEL', found {line.rstrip()!r:.60}")
        if len(self.nodes) + len(self.relations) >= MOST_PARTS:
            raise self.error(f"more than {MOST_PARTS:,} parts are not read")
        if found["kind"] in form.NODE_KINDS and found["object"] is None and found["manner"] is None:
            return self._node(found)
        return self._relation(found)

    def _heading(self, word: str, rest: str) -> None:
        text = form.read_value(rest)
        if word == "note":
            self.header["notes"] = (*self.header.get("notes", ()), text)
        else:
            self._once(self.header, form.HEADER[word], text, word)

    def _node(self, found: re.Match[str]) -> _Given:
        label = found["subject"]
        if not NAME.fullmatch(label):
            raise self.error(f"{label!r:.60} is no label: letters and digits, such as p1")
        if label in self.labels:
            raise self.error(f"the label {label} is taken: line {self.labels[label]} has it")
        self.labels[label] = self.line
        self.nodes.append({"label": label, "kind": found["kind"], "status": found["status"] or "confirmed"})
        return self.nodes[-1]

    def _relation(self, found: re.Match[str]) -> _Given:
        kind, manner = found["kind"], found["manner"]
        if kind not in form.RELATION_KINDS or found["object"] is None:
            kinds = ", ".join(form.NODE_KINDS)
            raise self.error(
                f"{kind!r} is neither a kind of node ({kinds})"
                f" nor a relation between two ({', '.join(form.RELATION_KINDS)})"
            )
        if manner is not None and manner not in form.MANNERS:
            raise self.error(f"/{manner}: expected one of {', '.join(form.MANNERS)}")
        given: _Given = {"kind": kind, "manner": manner, "status": found["status"] or "confirmed"}
        given |= {"subject": found["subject"], "object": found["object"], "line": self.line}
        self.relations.append(given)
        return self.relations[-1]

    def _attribute(self, part: _Given, line: str) -> None:
        found = _ATTRIBUTE.fullmatch(line)
        if not found:
            raise ValueError(f"expected a word such as by: or says, found {line!r:.40}")
        key, rest, node = found["key"], found["rest"], "label" in part
        if key in form.QUOTES or key == "cue":
            if key in ("hukm", "standing", "known_by", "ground") and node is (key == "ground"):
                raise ValueError(f"{key} is of no use here")
            read = form.read_cue if key == "cue" else form.read_quote
            self._once(part, form.QUOTES.get(key, key), read(rest), key)
        elif key == "by":
            self._once(part, "speakers", form.read_values(rest, form.CHAIN), key)
        elif key == "id":
            self._once(part, "id", form.read_value(rest), key)
        elif node:
            self._of_node(part, key, rest)
        else:
            raise ValueError(f"{key!r}: a relation has id, by, says, ground, cue")

    def _of_node(self, part: _Given, key: str, rest: str) -> None:
        if key in form.ROLES:
            if not rest:
                raise ValueError(f"{key}: names nothing")
            part["ties"] = (*part.get("ties", ()), *(Tie(role=key, to=to) for to in rest.split()))  # type: ignore[arg-type]
        elif key in form.LISTS:
            self._once(part, key, form.read_values(rest, form.LIST), key)
        elif key in form.TEXTS:
            text = form.read_value(rest)
            if key == "dalil" and text not in form.DALILS:
                raise ValueError(f"dalil: expected one of {', '.join(form.DALILS)}")
            self._once(part, key, text, key)
        elif key == "strict" and not rest:
            self._once(part, key, True, key)
        else:
            quotes = [word for word in form.QUOTES if word != "ground"]
            known = ("id", "by", "cue", *quotes, *form.TEXTS, *form.LISTS, "strict", *form.ROLES)
            raise ValueError(f"{key!r}: expected one of {', '.join(known)}")

    def _nodes(self) -> dict[str, Node]:
        made: dict[str, Node] = {}
        for parts in self.nodes:
            given: _Given = {"id": ""} | parts
            node = Node(**given)
            own = node_id(node.kind, node.quote, node.speakers, node.name)
            node = replace(node, id=node.id or _free(own, made))
            if node.id in made:
                raise InputError(f"{self.name}: {node.label} and {made[node.id].label} have the id {node.id}")
            made[node.id] = node
        ids = {node.label: node.id for node in made.values()}
        for node in made.values():
            ties = tuple(replace(tie, to=ids.get(tie.to, tie.to)) for tie in node.ties)
            made[node.id] = replace(node, ties=ties)
        return made

    def _relations(self, nodes: dict[str, Node]) -> list[Relation]:
        """Those between nodes first: the others may name one of them by its head."""
        ids = {node.label: node.id for node in nodes.values()}
        heads: dict[tuple[str, ...], str] = {}
        made: dict[int, Relation] = {}
        taken: dict[str, Any] = dict(nodes)
        bracketed = [parts["object"].startswith("(") for parts in self.relations]
        for at in sorted(range(len(bracketed)), key=lambda at: bracketed[at]):
            given: _Given = {"id": ""} | self.relations[at]
            self.line = given.pop("line")
            given["subject"] = ids.get(given["subject"], given["subject"])
            given["object"] = self._by_head(given["object"], ids, heads) if bracketed[at] else given["object"]
            given["object"] = ids.get(given["object"], given["object"])
            link = Relation(**given)
            own = relation_id(link.kind, link.subject, link.object, link.speakers, link.manner)
            link = replace(link, id=link.id or _free(own, taken))
            taken[link.id] = made[at] = link
            heads.setdefault((link.subject, link.kind, link.manner or "", link.object), link.id)
        return [made[at] for at in range(len(bracketed))]

    def _by_head(self, head: str, ids: dict[str, str], heads: dict[tuple[str, ...], str]) -> str:
        """The id of the relation that `(f1 supports p1)` names."""
        found = _HEAD.fullmatch(head[1:-1].strip())
        subject, object = (found["subject"], found["object"] or "") if found else ("", "")
        key = (ids.get(subject, subject), found["kind"], found["manner"] or "") if found else ()
        id = heads.get((*key, ids.get(object, object)))
        if id is None:
            raise self.error(f"{head}: there is no such relation in the map")
        return id

    def _once(self, given: _Given, key: str, value: object, word: str) -> None:
        if key in given:
            raise ValueError(f"{word} stands here twice")
        given[key] = value

    def _try(self, do: Callable[..., None], *arguments: Any) -> None:
        try:
            do(*arguments)
        except ValueError as error:
            raise self.error(str(error)) from None

    def error(self, message: str) -> InputError:
        return InputError(f"{self.name}:{self.line}: {message}")


def _free(id: str, taken: dict[str, Any]) -> str:
    """The id, numbered where it is taken."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free
