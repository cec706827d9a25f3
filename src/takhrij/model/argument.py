"""The values of a map: how a text argues, in the text's own words, and what a reader may change in it.

A map is a list of nodes (a question, a position, a piece of evidence, …) and a list of relations between
them. Every word in it that is somebody's is a `Quote`, and the last of a node's `speakers` is whose it is.
Ids are hashes of kind, words and speakers, so that they survive an edit elsewhere in the text; labels are for
people and may change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from takhrij.model.findings import Cue
from takhrij.model.reading import Span
from takhrij.model.value import replace

if TYPE_CHECKING:
    from takhrij.model.weighing import Weighing

NodeKind = Literal[
    "agent",  # a jurist, school, body, book, editor, or the text's author
    "question",  # masʾala
    "agreed",  # what is agreed in a question
    "disputed",  # what is disputed in it
    "cause",  # the stated cause of disagreement
    "position",  # qawl: an agent's answer to a question
    "condition",  # of a position
    "exception",  # to a position
    "evidence",  # dalīl
    "meaning",  # wajh al-istidlāl: how a piece of evidence is taken
    "grading",  # somebody's words about a report
    "ratio",  # ʿilla
    "argument",
    "qiyas",  # an argument by analogy
    "case",  # a reported case
    "objection",
    "answer",  # jawāb to an objection
    "statement",  # anything else that is asserted and argued for or from
]
Dalil = Literal[
    "quran",
    "qiraa",  # a reading of a verse
    "report",
    "ijma",
    "qiyas",
    "istihsan",
    "maslaha",
    "sadd_al_dharai",
    "urf",
    "istishab",
    "companion",  # a companion's word
    "practice_of_medina",
    "shar_man_qablana",
    "aql",
    "imams",  # the Imams' reports
    "maxim",
    "book",  # a quoted book
]
RoleName = Literal[
    "question",  # of a position, of what is agreed, disputed, or the cause: the question that it belongs to
    "about",  # of a meaning or grading: the evidence; of an objection: what it is against
    "of",  # of a condition or exception: the position (or the exception) that it limits
    "premise",  # of an argument or a case
    "conclusion",  # of an argument, a qiyas, a case
    "asl",  # of a qiyas: the original case
    "far",  # of a qiyas: the new case
    "illa",  # of a qiyas or a position: the ratio
    "factor_for",  # of a case
    "factor_against",  # of a case
    "reason",  # of a case
    "outcome",  # of a case
    "member_of",  # of an agent: the school or body that it belongs to
]
RelationKind = Literal[
    "supports",
    "undermines",  # manʿ: denies a premise
    "rebuts",  # muʿāraḍa: argues for the opposite
    "undercuts",  # the inference is attacked, not its premise
    "reconciles",  # jamʿ
    "answers",  # jawāb
    "prefers",  # tarjīḥ: subject over object
    "likens",  # ilḥāq: the subject is argued to be like the object
    "distinguishes",  # farq between two cases
    "dissents",  # from a position
    "holds",  # an agent a position
    "quotes",
    "same_masala",
]
Manner = Literal[
    "chain",  # undermines: the chain of a report is denied
    "meaning",  # undermines: what it is taken to mean is denied
    "qalb",  # rebuts: the same ratio turned round
    "naqd",  # undercuts, as do all that follow: the ratio without the ruling
    "kasr",
    "adam_al_tathir",
    "farq",  # a relevant difference
    "fasad_al_itibar",  # analogy against a text
    "fasad_al_wad",
    "qawl_bi_al_mujab",
    "ihtimal",  # another meaning is open
    "tawil",
    "takhsis",  # a particular scope
    "taqyid",  # a qualified scope
    "naskh",  # abrogation, on somebody's assertion of the order
]
NodeStatus = Literal["proposed", "confirmed", "rejected"]
EditKind = Literal["reject", "accept", "reread", "prefer"]

MANNERS_OF: dict[str, tuple[str, ...]] = {
    "undermines": ("chain", "meaning"),
    "rebuts": ("qalb",),
    "undercuts": (
        *("naqd", "kasr", "adam_al_tathir", "farq", "fasad_al_itibar", "fasad_al_wad"),
        *("qawl_bi_al_mujab", "ihtimal", "tawil", "takhsis", "taqyid", "naskh"),
    ),
}
ATTACKS = tuple(MANNERS_OF)
LETTERS: dict[str, str] = {
    "agent": "n",
    "question": "q",
    "agreed": "u",
    "disputed": "v",
    "cause": "z",
    "position": "p",
    "condition": "c",
    "exception": "x",
    "evidence": "d",
    "meaning": "m",
    "grading": "g",
    "ratio": "r",
    "argument": "a",
    "qiyas": "y",
    "case": "k",
    "objection": "o",
    "answer": "w",
    "statement": "s",
}  # how labels begin; a piece of evidence that is a finding keeps the finding's label: f3


class Quote(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody's exact words and where they stand.

    `source` is "" for the map's own text, else the ref of a passage ("muslim:362"). `text` is what stands at
    `span` there; `span` is None where the words stand in the text no longer. Where the words may not be
    copied `text` is "" and `sha256` (of the words in UTF-8) stands for them.
    """

    text: str
    span: Span | None = None
    source: str = ""
    sha256: str | None = None


class Tie(Struct, frozen=True, kw_only=True, gc=False):
    """The part that another node has in this one: its premise, its ratio, the question it belongs to."""

    role: RoleName
    to: str  # Node.id


class Node(Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a text says, or an agent who says it.

    `speakers` are outermost first: the text's author, the book that it quotes, the jurist quoted there; the
    last asserts it. `quote` is None for an agent, and where a person has added a node that no words state.
    """

    id: str
    kind: NodeKind
    label: str = ""
    quote: Quote | None = None
    name: str = ""  # an agent's name; else a short title for people, never shown as anybody's words
    also: tuple[str, ...] = ()  # other names of an agent
    speakers: tuple[str, ...] = ()
    status: NodeStatus = "proposed"
    cue: Cue | None = None  # the words on which it is proposed
    ties: tuple[Tie, ...] = ()
    # of a question: its set of answers, as whoever made the map words them; of a position: the one it gives
    answers: tuple[str, ...] = ()
    hukm: Quote | None = None  # of a position: the ruling, in the speaker's own term
    standing: Quote | None = None  # of a position: its standing in the school, in the speaker's own word
    dalil: Dalil | None = None  # of evidence: its kind
    finding: str | None = None  # of evidence: Finding.id
    report: str | None = None  # of evidence: a ref that names its verse or report, wherever that is quoted
    refs: tuple[str, ...] = ()  # of evidence: the passages that it was traced to, best first
    scheme: str = ""  # of an argument: how it argues, in the field's term
    strict: bool = False  # of an argument: it leaves no room for an exception
    known_by: Quote | None = None  # of a ratio: the words that say how it is known
    first: tuple[str, ...] = ()  # of an agent: which of jam, naskh, tarjih comes first, as it states itself

    @property
    def by(self) -> str:
        """Who asserts it: the innermost speaker, "" where none is known."""
        return self.speakers[-1] if self.speakers else ""

    def tied(self, role: RoleName) -> tuple[str, ...]:
        """The ids of the nodes that have this role in it."""
        return tuple(tie.to for tie in self.ties if tie.role == role)


class Relation(Struct, frozen=True, kw_only=True, gc=False):
    """One node's bearing on another (or on a relation), as somebody asserts it: subject supports object."""

    id: str
    kind: RelationKind
    subject: str  # id of a node
    object: str  # id of a node, or of a relation: an undercut may attack a support
    manner: Manner | None = None  # of an attack: its name in the field
    speakers: tuple[str, ...] = ()
    quote: Quote | None = None  # the words that assert it
    ground: Quote | None = None  # of a preference: why
    status: NodeStatus = "proposed"
    cue: Cue | None = None


class ArgumentMap(Struct, frozen=True, kw_only=True, gc=False):
    """How a text argues. `text_sha256` is of the document's text, "" where every word is from the sources."""

    document: str = ""  # the file's name
    text_sha256: str = ""
    fingerprint: str = ""  # Report.fingerprint of the report that it was proposed from
    version: str = ""  # of takhrij
    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Node | Relation, ...]:
        """Nodes and relations."""
        return (*self.nodes, *self.relations)

    def get(self, name: str) -> Node | None:
        """A node by its id or label."""
        return next((node for node in self.nodes if name in (node.id, node.label)), None)

    def without(self, *parts: str) -> Weighing:
        """What the conclusions come to if these are set aside: labels, ids, refs, or a grader's words.

        A report is set aside wherever it is quoted. UsageError for what the map does not have.
        """
        from takhrij.argue.weigh import weigh

        edits = tuple(Edit(kind="reject", target=part) for part in parts)
        return weigh(self, scenario=Scenario(edits=edits))

    def of_kind(self, *kinds: NodeKind) -> Iterator[Node]:
        """The nodes of some kinds, in the map's order."""
        return (node for node in self.nodes if node.kind in kinds)


class Edit(Struct, frozen=True, kw_only=True, gc=False):
    """One change that a reader supposes.

    `target` is the label or id of a node or relation, a ref, or a grader's words ("al-Tirmidhi: غريب"), which
    mean every report of which they are on record. reread: the evidence `target` is taken in the meaning
    `other`; prefer: `target` over `other`.
    """

    kind: EditKind
    target: str
    other: str | None = None


class Scenario(Struct, frozen=True, kw_only=True, gc=False):
    """What a reader supposes, to see what follows in the map; the map itself is never changed."""

    name: str = ""
    edits: tuple[Edit, ...] = ()


def content_id(*parts: str) -> str:
    """The id of what is said: a letter for its kind, which comes first, and a hash of all parts."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{LETTERS.get(parts[0], 'l')}-{digest[:10]}"


def node_id(kind: NodeKind, quote: Quote | None, speakers: tuple[str, ...], name: str = "") -> str:
    """The id of a node, from its words and where they are from; one that states none is known by its name."""
    said = (quote.source, quote.sha256 or sha256(quote.text)) if quote else (name,)
    return content_id(kind, *said, *speakers)


def relation_id(
    kind: RelationKind, subject: str, object: str, speakers: tuple[str, ...], manner: str | None = None
) -> str:
    """The id of a relation."""
    return content_id(kind, subject, object, manner or "", *speakers)


def sha256(text: str) -> str:
    """The hash by which words or a text are known."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def labelled(nodes: Iterable[Node], names: Iterable[str] = ()) -> tuple[Node, ...]:
    """The nodes with a label each: a letter for the kind, numbered in their order; labels given are kept.

    No new label is an id or one of `names`.
    """
    nodes = tuple(nodes)
    taken = {*names, *(name for node in nodes for name in (node.label, node.id))}
    counts: Counter[str] = Counter()
    result = []
    for node in nodes:
        label = node.label
        while not label or (not node.label and label in taken):
            counts[node.kind] += 1
            label = f"{LETTERS[node.kind]}{counts[node.kind]}"
        result.append(node if node.label else replace(node, label=label))
    return tuple(result)
