"""The pieces that citations are made of, before they are gathered into phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from takhrij.find.claims.model import Meaning
from takhrij.model import Span

AtomKind = Literal[
    "reference", "collection", "number", "narrator", "said_by", "grade", "wording", "ibid", "lead", "chapter"
]

DIGIT = r"[0-9٠-٩۰-۹]"
BLANK = r"[ \t\u00a0*_]{0,4}"  # never a line break: «الناس.\n\n3.» is no verse
RANGE = rf"({DIGIT}{{1,3}})(?:{BLANK}(?:[-–—‑ـ]|إلى|الى|حتى|to|and|و|,|،){BLANK}({DIGIT}{{1,3}}))?(?!{DIGIT})"


@dataclass(slots=True)
class Atom:
    """One piece: what it is, where, and what it says.

    `sure` is True for one that is a claim by itself, False where neighbours decide; `last`: its last token.
    `stop`: the character behind a closing bracket that belongs to it; `excepted`: «إلا» stands before it.
    """

    kind: AtomKind
    span: Span
    last: int
    says: tuple[str, ...] = ()
    sure: bool = False
    alternatives: tuple[Meaning, ...] = ()
    numbering: str | None = None
    stop: int = 0
    excepted: bool = False

    @property
    def end(self) -> int:
        """Where the next piece may begin."""
        return max(self.stop, self.span.end)


BLANKS = re.compile(r"[\s*_>]*\Z")


def number(digits: str) -> int:
    """The value of digits in any script."""
    return int(digits)
