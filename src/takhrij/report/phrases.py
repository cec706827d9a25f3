"""From the values to short phrases for people: citations, match words, coverage, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from takhrij.model import Change, Claim, Finding, Grade, Rendering, Report, SourceMatch
from takhrij.report.words import words

AROUND = 12  # words that `takhrij.trace` gives before and after a part
HEAD_WORDS, TAIL_WORDS = 14, 4
CONTEXT_WORDS = 60
_REF = re.compile(r"(?<![^\s(])[a-z][a-z-]+:(?:\d|row-)(?:[^\s,;]*[^\s,;.])?")
_LEADING = re.compile(
    "^[\\s\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u200b-\u200f.,،؛:]+"
)  # a pause sign is no word


def look(finding: Finding) -> str:
    """How a finding stands: its status where it was not matched, else its match; a key of `look`."""
    if finding.status != "matched":
        return finding.status
    return finding.match or "same"


def look_of(source: SourceMatch) -> str:
    """The like for one source: its wording where it is not the same, else its completeness."""
    if source.wording != "same":
        return source.wording
    return "same" if source.complete == "whole" else source.complete


def sign(key: str) -> str:
    """The sign that goes with a look."""
    return words().say(f"look.{key}.sign")


def look_words(key: str, kind: str, source: SourceMatch | None = None) -> str:
    """The words that go with a look of a verse ("quran") or a "report", as it stands to a source."""
    if key == "gaps" and kind == "quran" and source is not None and "-" in source.ref.rpartition(":")[2]:
        return words().say("look.gaps.verses")
    return words().say(f"look.{key}.{kind}")


def match_words(finding: Finding) -> str:
    """What a person reads of a finding: "same words", "part of the verse", …"""
    return look_words(look(finding), finding.kind, finding.sources[0] if finding.sources else None)


def title(source_id: str) -> str:
    """The short name of a source or of a work that a text names, or its id where no table has it."""
    short = words().known("titles", source_id)
    if short != source_id:
        return short
    from takhrij.find.claims.lexicon import lexicon  # late: most reports name no work that is not loaded

    return lexicon().titles.get(source_id, source_id)


def source_title(source: SourceMatch) -> str:
    """The short name of the source of a match, its own title where the table does not have it."""
    short = title(source.source)
    return short if short != source.source else source.title or short


def source_number(source: SourceMatch) -> str:
    """The number to cite: the printed one where it differs from that of the record."""
    return source.printed_number or source.ref.partition(":")[2]


def is_verse(source_id: str) -> bool:
    """Whether a source is the Qur'an or a translation of it."""
    return source_id == "quran" or source_id.startswith("en-")


def cite(source: SourceMatch) -> str:
    """Title and number: "Qur'an 5:6", "Bukhari no. 135"."""
    return cite_number(source.source, source_title(source), source_number(source))


def cite_number(source_id: str, name: str, number: str) -> str:
    """A title with a number of its source; a record without a printed number goes by its row."""
    if is_verse(source_id):
        return words().say("cite.verse", title=name, number=number)
    if number.startswith("row-"):
        return words().say("cite.row", title=name, number=number.removeprefix("row-"))
    return words().say("cite.report", title=name, number=number)


def cite_ref(ref: str) -> str:
    """The like for a bare ref; a ref without a number is a title."""
    source_id, _, at = ref.partition(":")
    return cite_number(source_id, title(source_id), at) if at else title(source_id)


def numbering(name: str) -> str:
    """The name of a numbering as people read it."""
    return words().known("numberings", name)


def cite_full(source: SourceMatch) -> str:
    """Title, number, numbering and edition, as a copied sentence carries them."""
    w = words()
    if source.numbering and source.edition:
        return w.say(
            "cite.full", citation=cite(source), numbering=numbering(source.numbering), edition=source.edition
        )
    if source.numbering:
        return w.say("cite.full_plain", citation=cite(source), numbering=numbering(source.numbering))
    if source.edition:
        return w.say("cite.full_edition", citation=cite(source), edition=source.edition)
    return cite(source)


def edition(source: SourceMatch) -> str:
    """Edition and numbering, as far as they are known."""
    said = words().say("cite.numbering", numbering=numbering(source.numbering)) if source.numbering else ""
    return words().say("join.semicolon").join(filter(None, (source.edition, said)))


def record_note(source: SourceMatch) -> str | None:
    """The record's own name where the number shown is the printed one."""
    at = source.ref.partition(":")[2]
    if source.printed_number in (None, at):
        return None
    return words().say("cite.number_of_record", number=source.ref)


def graded(grade: Grade, *, clipped: bool = True) -> str:
    """What a named person said of a report, in his words; that a work has it is a fact, unquoted."""
    if grade.words.startswith("stands in"):
        return words().remark(grade.words)
    said = quoted(grade.words, clipped=clipped)
    return words().say("label.grade", grader=grade.grader, about=words().remark(grade.about), words=said)


def quoted(text: str, *, clipped: bool = True) -> str:
    """Text between «», its middle left out where it is long."""
    w = words()
    parts = _LEADING.sub("", text).split()
    text = " ".join(parts)
    if clipped and len(parts) > HEAD_WORDS + TAIL_WORDS + 2:
        text = w.say("join.clipped", head=" ".join(parts[:HEAD_WORDS]), tail=" ".join(parts[-TAIL_WORDS:]))
    return w.say("join.quoted", text=text)


# ---------------------------------------------------------------- what differs


def change_words(change: Change, *, clipped: bool = True) -> str:
    """One difference between the text and a source, in words; source and text are named, never judged."""
    w = words()
    key = f"change.{change.kind}"
    if change.kind == "omitted" and change.marked:
        key = "change.omitted_marked"
    elif change.kind == "replaced" and change.near:
        key = "change.near"
    elif change.kind == "moved" and (change.text == change.source_text or not change.source_text):
        key = "change.moved_same"
    said = w.say(
        key,
        text=quoted(change.text, clipped=clipped),
        source=quoted(change.source_text, clipped=clipped),
    )
    return w.say("change.note", change=said, note=w.remark(change.note)) if change.note else said


def changes_words(changes: Sequence[Change], most: int) -> list[str]:
    """The differences, at most `most` of them and then how many more there are."""
    w = words()
    said = [change_words(change) for change in changes[:most]]
    if len(changes) > most:
        said.append(w.say("change.more", count=w.count("difference", len(changes) - most)))
    return said


def rendering_words(rendering: Rendering, most: int) -> list[str]:
    """How a rendering differs from the translation that it is nearest to, or that it has the same words."""
    said = changes_words(rendering.changes, most)
    return said if said or rendering.ref is None else [words().say("look.same.quran")]


def around(source: SourceMatch, kind: str) -> list[str]:
    """What stands in the source before and after a part that is quoted: "The verse goes on: …"."""
    if source.complete == "whole":
        return []
    w = words()
    said = []
    if source.before.strip():
        said.append(w.say(f"around.{kind}.before", text=quoted(_last_words(source.before))))
    if source.after.strip():
        said.append(w.say(f"around.{kind}.after", text=quoted(_going_on(source))))
    return said


def context(source: SourceMatch) -> tuple[str, str]:
    """The like, to stand around the source's words: at most CONTEXT_WORDS on either side."""
    if source.complete == "whole":
        return "", ""
    before, after = _last_words(source.before).split(), _going_on(source).split()
    if len(before) > CONTEXT_WORDS:
        before = ["…", *before[-CONTEXT_WORDS:]]
    if len(after) > CONTEXT_WORDS:
        after = [*after[:CONTEXT_WORDS], "…"]
    return " ".join(before) + " " if before else "", " " + " ".join(after) if after else ""


def goes_on(source: SourceMatch) -> str:
    """What stands after the matched stretch, between «», with "…" where more may follow."""
    return quoted(_going_on(source))


def _going_on(source: SourceMatch) -> str:
    """The words after it; `trace` gives the next AROUND of them, or all if they are fewer."""
    after = source.after.split()
    ended = len(after) != AROUND or _letters(source.display or "").endswith(_letters(after[-1])[-3:])
    return " ".join(after) if ended else " ".join(after) + " …"


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def _last_words(text: str) -> str:
    parts = text.split()
    return text if len(parts) < AROUND else "… " + " ".join(parts[-HEAD_WORDS:])


# ---------------------------------------------------------------- whose words, and what the text says


def narrator(source: SourceMatch) -> str | None:
    """From whom a source's record is, «جده» by his name; None where it tells nobody."""
    from takhrij.trace.narrators import somebody  # late: it folds, and a reader of JSON need not

    return somebody(source.narrator, source.chain)


def speaker(source: SourceMatch) -> str:
    """Whose words a source's record is: "Ibn ʿUmar (a Companion)", "the Prophet"."""
    w = words()
    kind = w.say(f"speaker.{source.attributed_to}")
    name = narrator(source)
    if name and source.attributed_to in ("companion", "successor", "other"):
        return w.say("attribution.named", name=name, speaker=kind)
    return kind


def attribution(finding: Finding) -> str | None:
    """Said where the text gives a report to one speaker and every version that shows a speaker to another."""
    if finding.attributed_to in (None, "unclear"):
        return None
    shown = [source for source in finding.sources if source.attributed_to != "unclear"]
    if not shown or any(source.attributed_to == finding.attributed_to for source in shown):
        return None
    return words().say(
        "attribution.text_other",
        speaker=words().say(f"speaker.{finding.attributed_to}"),
        source=cite(shown[0]),
        other=speaker(shown[0]),
    )


def claim_words(claim: Claim) -> str:
    """A claim of the text with its check: "number «135»: differs; the source has …"."""
    w = words()
    parts = [
        w.say(
            "claim.says",
            kind=w.say(f"claim.{claim.kind}"),
            text=quoted(claim.text),
            check=w.say(f"check.{claim.check}"),
        )
    ]
    if claim.found:
        key = "claim.found" if claim.check == "differs" else "claim.stands"
        parts.append(w.say(key, found=_REF.sub(lambda ref: cite_ref(ref.group()), w.remark(claim.found))))
    if claim.why:
        parts.append(w.remark(claim.why))
    return w.say("join.semicolon").join(parts)


def place_words(finding: Finding) -> str:
    """Where a finding stands: page and line as the file has them, else the paragraph (from 1)."""
    w = words()
    said = []
    if finding.place.page:
        said.append(w.say("place.page", page=finding.place.page))
    if finding.place.line is not None:
        said.append(w.say("place.line", line=finding.place.line))
    if not said:
        said.append(w.say("place.block", block=finding.place.block + 1))
    return w.say("join.comma").join(said)


def identical(sources: Sequence[SourceMatch]) -> list[SourceMatch]:
    """The first-ranked source and those that have the quotation in just the same words as it."""
    return [
        source
        for source in sources
        if source is sources[0]
        or (look_of(source) == look_of(sources[0]) and source.covered == sources[0].covered)
    ]


def places_or_versions(finding: Finding) -> str | None:
    """ "stands in 3 places" of a verse, "2 reports, 5 versions" of a report; None of a single source."""
    if len(finding.sources) < 2:
        return None
    if finding.kind == "report":
        return reports_and_versions(finding.sources)
    w = words()
    same = identical(finding.sources)
    said = [w.say("sentence.places_bare", places=w.count("place", len(same)))]
    if others := len(finding.sources) - len(same):
        said.append(w.say("sentence.others_bare", places=w.count("place", others)))
    return w.say("join.semicolon").join(said)


def group_counts(sources: Iterable[SourceMatch]) -> tuple[int, int]:
    """Reports and versions among sources: derived works count only where nothing else stands."""
    given = list(sources)
    counted = [s for s in given if s.role == "primary"] or given
    reports = {s.report or s.ref for s in counted}
    return len(reports), len({s.ref for s in counted})


def reports_and_versions(sources: Iterable[SourceMatch]) -> str:
    """ "2 reports, 5 versions": never "found in 9 books"."""
    w = words()
    reports, versions = group_counts(sources)
    return w.say(
        "sentence.reports", reports=w.count("report", reports), versions=w.count("version", versions)
    )


def works(report: Report) -> list[str]:
    """The works that the text names, each once, with the place in it, as the text writes them."""
    text = report.document.text
    return list(dict.fromkeys(" ".join(text[w.span.start : w.span.end].split()) for w in report.works))
