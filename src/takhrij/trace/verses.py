"""Does the verse that the text names have the words that it quotes?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from takhrij.find.claims import RawClaim
from takhrij.index.store import Index
from takhrij.model import Check, Finding, SourceMatch
from takhrij.text import fold_word

Result = tuple[Check, str | None, str | None]
_COUNTS = 3  # verses by which other verse counts are off at most, in nearly every sura
_ALL, _MOST, _FEW = 0.99, 0.7, 0.4  # share of the quotation's words that a verse has: all, most, few
_MOST_NAMED = 3
_LONGEST_RANGE = 60
_WORDS = re.compile(r"[^\W\d_][\u064b-\u065f\u0670\u06d6-\u06ed\w]*")
_OTHER_COUNT = "differs from the Kufan count; other counts exist"


class Verses(NamedTuple):
    """A stretch of one sura; `first` None for the whole sura."""

    sura: int | None
    first: int | None
    last: int | None

    def meets(self, other: Verses) -> bool:
        """Whether the two have a verse in common, as far as both say."""
        if self.sura is not None and other.sura is not None and self.sura != other.sura:
            return False
        if self.first is None or other.first is None or self.last is None or other.last is None:
            return True
        return self.first <= other.last and other.first <= self.last


def reference_checked(finding: Finding, claim: RawClaim, index: Index) -> Result:
    """Whether any verse that the text names is one in which the quotation stands."""
    named = [verses for says in claim.says if (verses := parsed(says))]
    if not named:
        return "not_checked", None, "the name of the sura is not known"
    standing = [(parsed(source.ref), source) for source in finding.sources if _of_quran(source)]
    in_its_words = [one for one in standing if one[1].wording != "different"]
    standing = in_its_words or standing
    beyond = _beyond(named, index)
    for verses in named:
        hit = [source.renders or source.ref for place, source in standing if place and verses.meets(place)]
        if hit:
            return ("differs" if beyond else "agrees"), _refs(hit), beyond
    shares = [(_share(finding.text, verses, index), verses) for verses in named]
    for share, verses in shares:
        if share is not None and share >= _ALL:
            return "agrees", _name(verses), None
        if share is not None and share >= _MOST:
            return "agrees_in_substance", _name(verses), None
    if not standing:
        if finding.sources:
            return "differs", f"these words stand in {_refs([s.ref for s in finding.sources])}", beyond
        nearest = next((place for one in finding.nearest[:1] if (place := parsed(one.ref))), None)
        if nearest and any(verses.first is not None and verses.meets(nearest) for verses in named):
            return "agrees_in_substance", finding.nearest[0].ref, "the verse that comes nearest"
        if beyond:
            whole = [f"quran:{v.sura}:1-{index.verse_counts[v.sura]}" for v in named if v.sura is not None]
            return "differs", " or ".join(whole), beyond
        if all(share is not None and share < _FEW for share, _ in shares):
            return "differs", f"other words stand in {' and '.join(_name(v) for _, v in shares)}", None
        return "not_checked", None, "no verse with these words was found"
    refs = [source.renders or source.ref for _, source in standing]
    why = beyond
    if any(place and _counted_otherwise(verses, place) for place, _ in standing for verses in named):
        why = "; ".join(filter(None, (beyond, _OTHER_COUNT)))
    return "differs", _refs(refs), why


def without_verse(claims: Iterable[RawClaim], findings: Iterable[Finding], index: Index) -> Iterator[str]:
    """What is to be said of references beside no quotation whose sura has no such verse."""
    linked = {claim.span for finding in findings for claim in finding.claims}
    for claim in claims:
        if claim.kind == "reference" and claim.span not in linked:
            named = [verses for says in claim.says if (verses := parsed(says)) and verses.sura]
            beyond = _beyond(named, index) if named else None
            if beyond:
                yield f"“{claim.text}”: {beyond}"


def parsed(ref: str) -> Verses | None:
    """ "quran:2:31-33" -> Verses(2, 31, 33); "quran:*:25" names no sura; None for "quran:?:34"."""
    parts = ref.split(":")
    if len(parts) < 2 or parts[1] == "?":
        return None
    sura = None if parts[1] == "*" else int(parts[1]) if parts[1].isdigit() else None
    if len(parts) < 3:
        return Verses(sura, None, None)
    first, _, last = parts[2].partition("-")
    if not first.isdigit():
        return None
    return Verses(sura, int(first), int(last) if last.isdigit() else int(first))


def _beyond(named: list[Verses], index: Index) -> str | None:
    """What is to be said where none of the suras that the text may mean has so many verses."""
    counts = {verses.sura: index.verse_counts.get(verses.sura or 0, 0) for verses in named}
    if any(verses.last is None or verses.last <= counts[verses.sura] for verses in named):
        return None
    return (
        " and ".join(
            f"sura {sura} has {count} verses in the Kufan count" for sura, count in counts.items() if count
        )
        or None
    )


def _of_quran(source: SourceMatch) -> bool:
    return source.source == "quran" or source.ref.count(":") == 2


def _counted_otherwise(claimed: Verses, place: Verses) -> bool:
    if claimed.sura != place.sura or claimed.first is None or place.first is None or place.last is None:
        return False
    return min(abs(claimed.first - place.first), abs(claimed.first - place.last)) <= _COUNTS


def _share(text: str, verses: Verses, index: Index) -> float | None:
    """The share of the quotation's words that the named verses have, in order or not; None: not compared."""
    if verses.sura is None or verses.first is None or verses.last is None:
        return None
    quoted = _folded(text)
    if not quoted or verses.last - verses.first > _LONGEST_RANGE:
        return None
    there: set[str] = set()
    for number in range(verses.first, verses.last + 1):
        row = index.rows.get(f"quran:{verses.sura}:{number}")
        if row is not None:
            record = index.raw(row)
            there |= _folded(record["text"]) | _folded(record.get("display") or "")
    if not there:
        return None  # the sura has no such verse
    return len(quoted & there) / len(quoted)


def _folded(text: str) -> set[str]:
    return {word for match in _WORDS.finditer(text) if (word := fold_word(match[0]))}


def _name(verses: Verses) -> str:
    last = f"-{verses.last}" if verses.last != verses.first else ""
    return f"quran:{verses.sura}:{verses.first}{last}"


def _refs(refs: list[str]) -> str:
    more = f" and {len(refs) - _MOST_NAMED} more" if len(refs) > _MOST_NAMED else ""
    return ", ".join(refs[:_MOST_NAMED]) + more
