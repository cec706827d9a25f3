"""False alarms on verbatim passages of all sources, and changes of one word that go unreported.

    alarms.py [--passages N] [--seed N] [--only quran bukhari …] [--show N]

Passages are drawn evenly over the sources: a verse, or up to forty words running of a report, introduced
as such between marks, once as the source has it and once without vowel signs. An alarm is any difference
that is reported for it, unless the source it was drawn from is named below another one with the same words
(derived works come last). Then one word of each is changed: replaced by a word of another passage, left out,
added, or altered by a letter; what some source has word for word after the change is not counted. Last, one
word is spelled otherwise in ways that the loose profile unites. Unreported is a change after which the
passage is called the same.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

import takhrij
from takhrij import sources
from takhrij.model import Finding, Passage, Source
from takhrij.text import fold, fold_word
from takhrij.text.fold import without_honorifics

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
MOST, LEAST = 40, 6  # words of a passage
MARKED = set('«»﴿﴾{}()[]"“”\n\\')
LETTERS = "بتجحدرسصطعفقكلمن"
SPELLINGS = (("ة", "ه"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ئ", "ء"), ("ؤ", "ء"), ("ى", "ي"))


class Drawn(NamedTuple):
    """A stretch of a source: where it was taken, its words as they stand there."""

    source: Source
    ref: str
    text: str

    def between_marks(self, text: str | None = None) -> str:
        """A line that presents it."""
        said = self.text if text is None else text
        if self.source.kind == "quran":
            return f"قال تعالى: ﴿{said}﴾."
        return f"جاء في الحديث: «{said}»."


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--only", nargs="+", metavar="SOURCE")
    parser.add_argument("--show", type=int, default=10, help="cases shown of each sort")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wanted = [s for s in sources.known() if s.kind != "translation" and sources.missing(s) is None]
    wanted = [s for s in wanted if not options.only or s.id in options.only]
    passages = {source.id: list(sources.load(source)) for source in wanted}
    whole = Whole([passage.text for held in passages.values() for passage in held])
    drawn = [
        taken
        for number in range(options.passages)
        if (taken := draw(wanted[number % len(wanted)], passages, chance)) is not None
    ]
    out(f"{len(drawn)} passages of {len(wanted)} sources, seed {options.seed}")
    for name, strip in (("as the source has it", False), ("without vowel signs", True)):
        tell(name, options.show, (alarm(one, bare(one.text) if strip else one.text) for one in drawn))
    tell("one word changed", options.show, (unreported(one, drawn, whole, chance) for one in drawn))
    tell("one word spelled otherwise", options.show, (misspelled(one, chance) for one in drawn))


def draw(source: Source, passages: dict[str, list[Passage]], chance: random.Random) -> Drawn | None:
    """A stretch of a random passage; None where the first twenty are all too short."""
    for _ in range(20):
        passage = chance.choice(passages[source.id])
        for part in passage.parts:
            words = list(re.finditer(r"\S+", passage.text[slice(*part.span)]))
            if part.kind != "matn" or len(words) < LEAST:
                continue
            size = min(len(words), chance.randint(LEAST, MOST))
            first = chance.randint(0, len(words) - size)
            start, end = (
                part.span.start + at for at in (words[first].start(), words[first + size - 1].end())
            )
            text = passage.text[start:end]
            if not set(text) & MARKED and whole_phrases(passage.text, start, end):
                return Drawn(source, passage.ref, text)
    return None


def whole_phrases(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends outside formulas of honour and has enough words besides."""
    words = fold(text)
    plain = without_honorifics(words) & (words.starts >= start) & (words.ends <= end)
    inside = np.flatnonzero((words.starts >= start) & (words.ends <= end))
    return int(plain.sum()) >= LEAST and bool(plain[inside[0]] and plain[inside[-1]])


def bare(text: str) -> str:
    """The text without vowel signs and elongation."""
    return MARKS.sub("", text)


class Whole:
    """The words of all sources, folded, to be searched for a run of words."""

    def __init__(self, texts: list[str]) -> None:
        self.words = "\n".join(f" {spelled(text)} " for text in texts)

    def has(self, text: str) -> bool:
        """Whether some source has these words running, in any spelling."""
        return f" {spelled(text)} " in self.words


def spelled(text: str) -> str:
    """The folded words, parted by single spaces."""
    words = fold(text)
    edges = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
    return " ".join(fold_word(text[start:end]) for start, end in edges)


def unhonoured(text: str) -> list[int]:
    """The folded words outside formulas of honour: a change within these is never told (DESIGN)."""
    words = fold(text)
    kept: list[int] = words.hashes[without_honorifics(words)].tolist()
    return kept


def result(drawn: Drawn, text: str) -> list[Finding]:
    """What is found in the passage, introduced."""
    return list(takhrij.check(text=drawn.between_marks(text)).findings)


def told(finding: Finding) -> str:
    """What is said of it: its match with the changes of the first source."""
    if not finding.sources:
        return str(finding.match)
    first = finding.sources[0]
    return f"{finding.match} {first.ref} {[(c.kind, c.text, c.source_text) for c in first.changes]}"


Case = tuple[str, Drawn, str] | None  # what went wrong; "" nothing; None: does not count


def alarm(drawn: Drawn, text: str) -> Case:
    """Whether a verbatim passage is said to differ, or is not found."""
    findings = result(drawn, text)
    if any(m.wording == "same" and m.source == drawn.source.id for f in findings for m in f.sources[1:]):
        # an anthology's wording: shown as the same, behind the works that it excerpts
        return "", drawn, text
    wrong = [f"{f.kind} {f.status} {told(f)}" for f in findings if f.match not in ("same", "part")]
    wrong += [f"{c.kind} {c.text} differs" for f in findings for c in f.claims if c.check == "differs"]
    if not findings:
        wrong.append("not found")
    return "; ".join(wrong), drawn, text


def unreported(drawn: Drawn, others: list[Drawn], whole: Whole, chance: random.Random) -> Case:
    """Whether a change of one word goes by unsaid."""
    words = drawn.text.split()
    at = chance.randrange(1, len(words) - 1)
    how = chance.choice(("replaced", "left out", "added", "letter"))
    other = chance.choice(chance.choice(others).text.split())
    if how == "letter":
        places = [i for i, char in enumerate(words[at]) if char in LETTERS]
        if not places:
            return None
        place = chance.choice(places)
        other = words[at][:place] + chance.choice(LETTERS) + words[at][place + 1 :]
    words[at : at + (how != "added")] = [] if how == "left out" else [other]
    text = " ".join(words)
    if unhonoured(text) == unhonoured(drawn.text) or whole.has(text):
        return None
    said = [f.match for f in result(drawn, text)]
    same = bool(said) and all(match in ("same", "part", "spelling") for match in said)
    return (f"{how} {other!r}: {said}" if same else ""), drawn, text


def misspelled(drawn: Drawn, chance: random.Random) -> Case:
    """Whether a word in another spelling is called anything but that."""
    words = drawn.text.split()
    could = [(i, a, b) for i, word in enumerate(words) for a, b in SPELLINGS if a in word]
    if not could:
        return None
    i, a, b = chance.choice(could)
    words[i] = words[i].replace(a, b)
    findings = result(drawn, " ".join(words))
    own = (m for f in findings for m in f.sources if m.source == drawn.source.id)
    if any(m.wording in ("same", "spelling") and m.complete != "gaps" for m in own):
        return "", drawn, " ".join(words)  # an anthology's wording, behind the works that it excerpts
    wrong = not findings or any(f.match not in ("same", "part", "spelling") for f in findings)
    return (f"{words[i]}: {[told(f) for f in findings]}" if wrong else ""), drawn, " ".join(words)


def tell(name: str, show: int, cases: Iterator[Case]) -> None:
    """Say how many cases went wrong, and show some."""
    counted = [case for case in cases if case is not None]
    wrong = [case for case in counted if case[0]]
    out(f"\n{name}: {len(wrong)} wrong of {len(counted)}")
    out(
        "  "
        + ", ".join(f"{key} {n}" for key, n in Counter(case[1].source.id for case in wrong).most_common())
    )
    for what, drawn, text in wrong[:show]:
        out(f"  {drawn.ref}: {what}\n    {text}")


def out(line: str) -> None:
    """A line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
