"""A text in Argdown comes in; the map that it describes goes out.

The common subset is read: statements and arguments with titles, their support (+), attack (-), undercut (_)
and contradiction (><), and numbered premises with a conclusion. Its words are those of whoever wrote the
file, and nobody's quotation: they become names, and the parts wait for their quotes.
"""

from __future__ import annotations

import json
import re
from typing import Any

from takhrij.argue.notation import NODE_KINDS
from takhrij.argue.wellformed import MOST_PARTS, NAME, wellformed
from takhrij.errors import InputError
from takhrij.model import (
    ArgumentMap,
    Node,
    Relation,
    RelationKind,
    Tie,
    labelled,
    node_id,
    relation_id,
    replace,
)

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--.*?(?:-->|\Z)|(?<![:\\])//[^\n]*", re.DOTALL)
_FRONT = re.compile(r"\s*===+\n(.*?)\n===[^\n]*\n", re.DOTALL)
_LINE = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<sign><?[+_]|<?-(?!-)|[+_-]>|><)[ \t]+|\((?P<number>\d{1,4})\)[ \t]+)?(?P<rest>.*)"
)
_ELEMENT = re.compile(
    r"(?:\[(?P<statement>[^\]\n]+)\]|<(?P<argument>[^>\n]+)>)(?P<colon>:)?[ \t]*(?P<text>.*)"
)
_INFERENCE = re.compile(r"[ \t]*--+[ \t]*")
_DATA = re.compile(r"(?<!\\)\{([^{}]*)\}")
_KEY = re.compile(r"[\s,]*([A-Za-z_]+):\s*")
_TAG = re.compile(r"(?<!\\)#(?:\([^)\n]{0,200}\)|[\w-]+)")
_ESCAPE = re.compile(r"\\(.)")
_KINDS: dict[str, RelationKind] = {"+": "supports", "-": "rebuts", "_": "undercuts"}


def from_argdown(text: str, name: str = "argdown") -> ArgumentMap:
    """The map; InputError says the line of what is not read."""
    return _Reader(name).read(text)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: dict[str, dict[str, Any]] = {}  # by title: "[a]", "<b>"; untitled ones by their line
        self.links: dict[tuple[str, RelationKind, str], None] = {}
        self.open: list[tuple[int, str]] = []  # indentation and title of what a deeper line belongs to
        self.argument: str | None = None  # what numbered premises that follow belong to
        self.premises: list[str] = []
        self.concludes = False

    def read(self, text: str) -> ArgumentMap:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text.replace("\r\n", "\n"))
        if front := _FRONT.match(text):
            text = "\n" * front[0].count("\n") + text[front.end() :]
        for number, line in enumerate(text.split("\n"), 1):
            self._line(number, line)
            if len(self.nodes) + len(self.links) > MOST_PARTS:
                raise InputError(f"{self.name}:{number}: more than {MOST_PARTS:,} parts are not read")
        return self._map()

    def _line(self, number: int, line: str) -> None:
        if not line.strip():
            self.open, self.concludes = [], False
            return
        if line.startswith("#") or _INFERENCE.fullmatch(line):
            self.concludes = not line.startswith("#")
            return
        found = _LINE.fullmatch(line)
        assert found  # `.*` takes anything
        if not found["sign"] and not found["number"] and self.open:  # the text goes on
            self._say(self.open[-1][1], found["rest"])
            return
        indent = len(found["indent"].expandtabs(4))
        while self.open and self.open[-1][0] >= indent:
            self.open.pop()
        title = self._element(found["rest"], number)
        if found["sign"]:
            if not self.open:
                raise InputError(f"{self.name}:{number}: {found['sign']} has nothing above it to bear on")
            self._link(found["sign"], self.open[-1][1], title)
        elif found["number"]:
            self._step(title)
        else:
            self.argument = title if title.startswith("<") else None
            self.premises = []
        self.open.append((indent, title))

    def _element(self, rest: str, number: int) -> str:
        found = _ELEMENT.fullmatch(rest)
        if not found:
            title, kind, text = f"line {number}", "statement", rest
        else:
            kind = "statement" if found["statement"] else "argument"
            own = (found["statement"] or found["argument"]).strip()
            title, text = (f"[{own}]" if kind == "statement" else f"<{own}>"), found["text"]
        self.nodes.setdefault(title, {"kind": kind, "said": [], "speakers": (), "status": "confirmed"})
        self._say(title, text)
        return title

    def _say(self, title: str, text: str) -> None:
        given = self.nodes[title]
        for data in _DATA.finditer(text):
            given.update(_understood(data[1]))
        words = _ESCAPE.sub(r"\1", _TAG.sub("", _DATA.sub("", text)))
        given["said"] += words.split()

    def _step(self, title: str) -> None:
        """A numbered statement: a premise, or behind a line of hyphens the conclusion of those before it."""
        if self.argument is None:
            self.argument = f"<{title[1:-1]}>" if title.startswith("[") else f"<{title}>"
            self.nodes.setdefault(self.argument, {"kind": "argument", "said": [], "speakers": ()})
        if not self.concludes:
            self.premises.append(title)
            return
        ties = [("premise", premise) for premise in self.premises] + [("conclusion", title)]
        given = self.nodes[self.argument]
        given["ties"] = [*(tie for tie in given.get("ties", ()) if tie not in ties), *ties]
        self.concludes = False

    def _link(self, sign: str, parent: str, child: str) -> None:
        if sign == "><":
            self.links |= {(child, "rebuts", parent): None, (parent, "rebuts", child): None}
            return
        kind = _KINDS[sign.strip("<>")]
        self.links[(parent, kind, child) if sign.endswith(">") else (child, kind, parent)] = None

    def _map(self) -> ArgumentMap:
        made: dict[str, Node] = {}
        taken: set[str] = set()
        for title, given in self.nodes.items():
            ties = given.pop("ties", ())
            own = title[1:-1] if title[0] in "[<" else ""
            given["name"] = " ".join(given.pop("said")) or own
            label = own if NAME.fullmatch(own) and own not in taken else ""
            taken.add(label)
            id = node_id(given["kind"], None, given["speakers"], f"{title} {given['name']}")
            made[title] = Node(id=id, label=label, **given)
            self.nodes[title] = {"ties": ties}
        nodes = []
        for title, node in made.items():
            ties = tuple(Tie(role=role, to=made[to].id) for role, to in self.nodes[title]["ties"])
            nodes.append(replace(node, ties=ties))
        links = [_relation(made[subject].id, kind, made[object].id) for subject, kind, object in self.links]
        return wellformed(ArgumentMap(nodes=labelled(nodes), relations=tuple(links)))


def _relation(subject: str, kind: RelationKind, object: str) -> Relation:
    id = relation_id(kind, subject, object, ())
    return Relation(id=id, kind=kind, subject=subject, object=object, status="confirmed")


def _understood(data: str) -> dict[str, Any]:
    """Kind, speakers and status out of the data of an element, where they are what a map has."""
    given: dict[str, Any] = {}
    at = 0
    while found := _KEY.match(data, at):
        try:
            given[found[1]], at = json.JSONDecoder().raw_decode(data, found.end())
        except (ValueError, RecursionError):
            break
    known: dict[str, Any] = {}
    if given.get("kind") in NODE_KINDS:
        known["kind"] = given["kind"]
    if given.get("status") in ("proposed", "confirmed", "rejected"):
        known["status"] = given["status"]
    names = given.get("speakers")
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        known["speakers"] = tuple(names)
    return known
