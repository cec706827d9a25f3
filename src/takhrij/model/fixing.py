"""The values of what is proposed to an editor: words to put in the place of others, and why."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from takhrij.model.reading import Span

FixKind = Literal["wording", "reference", "number"]


class Proposal(Struct, frozen=True, kw_only=True, gc=False):
    """`proposed` in the place of `text`, which stands at `span` (empty where words are only put in).

    `finding` is the label of the quotation that it is about, `ref` the passage from which it is taken.
    """

    kind: FixKind
    finding: str
    span: Span
    text: str
    proposed: str
    ref: str
    why: str


class Fixes(Struct, frozen=True, kw_only=True, gc=False):
    """Proposals in the order of the text, none over another, and what was not proposed, with why."""

    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...] = ()
