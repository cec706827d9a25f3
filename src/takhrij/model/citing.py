"""The value of citing: a passage with all that a style may want to say of it."""

from __future__ import annotations

from msgspec import Struct

from takhrij.model.works import Source


class Citation(Struct, frozen=True, kw_only=True, gc=False):
    """A passage of a reference work as it is to be cited.

    `number` is the one to print: "5:6", "135", "5:6-7"; it counts in `source.numbering`. `claim` is what was
    turned into it, `finding` the label of the quotation that it is of.
    """

    ref: str
    source: Source
    number: str
    book: str | None = None
    claim: str | None = None
    finding: str | None = None
