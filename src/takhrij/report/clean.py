"""Text from outside made harmless for a terminal or a page, and its direction."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FSI, PDI = "\u2068", "\u2069"

# Unicode's bidi controls: they could turn round what stands beside the text that carries them.
_BIDI = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Invisible format characters that carry no text: interlinear annotation, tags, byte order mark.
_INVISIBLE = dict.fromkeys([0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)])
_CONTROLS: dict[int, str | int | None] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_LINES: dict[int, str | int | None] = {0x0A: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_FOR_TERMINAL: dict[int, str | int | None] = {**_CONTROLS, **_BIDI, **_INVISIBLE, **_LINES, 0x09: " "}
# A page keeps the text's own characters where HTML can hold them, so that what is copied is the text.
_FOR_PAGE: dict[int, str | int | None] = {**_CONTROLS, 0x09: "\t", 0x0A: "\n", 0x0D: "\r"} | {
    code: "\ufffd" for plane in range(17) for code in (plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF)
}

_RTL = "\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(
    # a number after it belongs to it, as in «المائدة: 6»
    rf"[«\"﴿﴾\[(]?[{_RTL}](?:[{_RTL}\u200c\u200d\s\d.,:;!?'\"«»()\[\]{{}}…‏–—-]*[{_RTL}])?(?:\s?[:،]\s?\d{{1,6}}(?:[-–:]\d{{1,6}}){{0,3}})?[»\"﴾﴿\])]?"
)
_LATIN = "A-Za-zÀ-ɏḀ-ỿʰ-˿"
_INSIDE = rf"[{_LATIN}\d .,:;'’/_-]"
_LTR_RUN = re.compile(rf"[{_LATIN}](?:{_INSIDE}|\({_INSIDE}{{0,200}}\))*")


def for_terminal(text: str) -> str:
    """Text without anything that a terminal could obey: controls made visible, line ends kept."""
    return text.replace("\r\n", "\n").translate(_FOR_TERMINAL)


def one_line(text: str) -> str:
    """The like, on one line."""
    return " ".join(for_terminal(text).split())


def for_page(text: str) -> str:
    """Text that HTML can hold: controls made visible, everything else as it is."""
    return text.translate(_FOR_PAGE)


def beside_others(text: str) -> str:
    """The like for text that stands beside other words: no bidi control that could turn those round."""
    return text.translate(_FOR_PAGE).translate(_BIDI)


def rtl_runs(line: str) -> list[tuple[int, int]]:
    """Where right-to-left words stand in a line, each run as far as it goes, with the quotes around it."""
    return [found.span() for found in _RUN.finditer(line)]


def ltr_runs(line: str) -> list[tuple[int, int]]:
    """The like for left-to-right words in a line of the other direction."""
    found = ((one.start(), one.group().rstrip(" .,:;")) for one in _LTR_RUN.finditer(line))
    return [(start, start + len(run)) for start, run in found]


def isolated(line: str) -> str:
    """The line with each right-to-left run in Unicode isolates (FSI … PDI)."""
    return _RUN.sub(lambda found: f"{FSI}{found.group()}{PDI}", line)


def direction(text: str) -> str:
    """ "rtl" or "ltr" by the larger number of letters, "auto" where there are none."""
    balance = sum(map(_side, text[:2000]))
    if balance == 0:
        return "auto"
    return "rtl" if balance > 0 else "ltr"


@lru_cache(maxsize=4096)
def _side(character: str) -> int:
    kind = unicodedata.bidirectional(character)
    return 1 if kind in ("R", "AL") else -1 if kind == "L" else 0
