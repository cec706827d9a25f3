"""What may be done to a text without losing a quotation, and what may not be done without its being said."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from quoted import bare, matn, refs, verse, words

import takhrij
from takhrij.model import Finding

VERSE = ("قال الله تعالى: ﴿{}﴾ فدل على ذلك.", "5:6")
REPORT = ("روى البخاري أن رسول الله ﷺ قال: «{}».", "bukhari:1")


@cache
def quoted(ref: str) -> str:
    """Twenty words and more of a verse, or a whole report."""
    if not ref[0].isdecimal():
        return matn(ref)
    return " ".join(word for word in words(ref)[:26] if bare(word))  # no signs of pause by themselves


def middle(text: str, put: str) -> str:
    """The text with something between its middle words."""
    each = text.split(" ")
    half = len(each) // 2
    return " ".join(each[:half]) + put + " ".join(each[half:])


def elongated(text: str) -> str:
    return "".join(char + "ـ" if char in "سشصضكم" else char for char in text)


CHANGES: dict[str, Callable[[str], str]] = {
    "vowels left out": bare,
    "elongation": elongated,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "punctuation": lambda text: middle(text, "، "),
    "a line break": lambda text: middle(text, "\n"),
    "two blanks": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "direction marks": lambda text: text.replace(" ", " \u200f"),
    "joiners": lambda text: text.replace(" ", "\u200c "),
    "a footnote sign": lambda text: middle(text, " (1) "),
    "a raised footnote sign": lambda text: middle(text, "¹ "),
    "a Markdown call": lambda text: middle(text, "[^1] "),
    "a page mark": lambda text: middle(text, " [ص: 12] "),
    "a page in round brackets": lambda text: middle(text, " (ص ١٢) "),
    "emphasis": lambda text: f"**{text}**",
}


def found(frame: str, text: str, ref: str) -> Finding:
    """The finding of a quotation that stands in its frame."""
    whole = frame.format(text)
    for finding in takhrij.check(text=whole).findings:
        assert whole[finding.span.start : finding.span.end] == finding.text
        if ref in refs(finding):
            return finding
    raise AssertionError(f"{ref} is lost")


@pytest.mark.parametrize("frame, number", [VERSE, REPORT], ids=["verse", "report"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_loses_no_quotation(change: str, frame: str, number: str) -> None:
    ref = f"quran:{number}" if frame == VERSE[0] else number
    finding = found(frame, CHANGES[change](quoted(number)), ref)
    best = next(source for source in finding.sources if source.ref == ref)
    assert best.wording == "same", [(one.kind, one.text, one.source_text) for one in best.changes]
    assert best.complete != "gaps"


def test_two_quotations_that_change_places() -> None:
    first, second = VERSE[0].format(quoted(VERSE[1])), REPORT[0].format(quoted(REPORT[1]))
    there = takhrij.check(text=f"{first}\n\n{second}").findings
    back = takhrij.check(text=f"{second}\n\n{first}").findings
    assert [(f.text, f.match, refs(f)) for f in there] == [(f.text, f.match, refs(f)) for f in reversed(back)]


def test_a_text_read_in_two_halves_that_overlap() -> None:
    numbers = ("2:43", "2:110", "2:238", "4:103", "5:6", "29:45")
    paragraphs = [VERSE[0].format(verse(number)) for number in numbers]
    whole = _seen("\n\n".join(paragraphs))
    assert len(whole) == len(numbers)
    assert _seen("\n\n".join(paragraphs[:4])) | _seen("\n\n".join(paragraphs[2:])) == whole


def _seen(text: str) -> set[tuple[str, str | None, tuple[str, ...]]]:
    return {(f.text, f.match, tuple(refs(f))) for f in takhrij.check(text=text).findings}


@pytest.mark.parametrize("place", range(20))
def test_a_changed_word_is_reported(place: int) -> None:
    held = quoted(VERSE[1]).split(" ")
    held[place] = random.Random(place).choice(["الماء", "كتابا", "قليلا"])
    finding = found(VERSE[0], " ".join(held), "quran:5:6")
    assert finding.match == "different"
    assert held[place] in {change.text for change in finding.sources[0].changes}


@pytest.mark.parametrize("place", range(1, 20))
def test_a_word_left_out_is_reported(place: int) -> None:
    held = quoted(VERSE[1]).split(" ")
    gone = held.pop(place)
    finding = found(VERSE[0], " ".join(held), "quran:5:6")
    assert finding.match in ("gaps", "different")
    assert gone in {change.source_text for change in finding.sources[0].changes}
