"""One finding as a card of the page: its sentence, what the text says of it, and its sources word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from takhrij.model import THE_TEXT, Claim, Finding, SourceMatch
from takhrij.report import phrases
from takhrij.report.aligned import Piece, finding_pieces, source_pieces
from takhrij.report.clean import direction, ltr_runs, rtl_runs
from takhrij.report.markup import Child, Html, join, tag, text, worded
from takhrij.report.sentence import sentence
from takhrij.report.words import words

OPEN_SOURCES = 3
FULL_SOURCES = 12
MOST_CHANGES = 12


def card(key: str, finding: Finding, sources: str, picture: str = "") -> Html:
    """The card; `key` is its anchor, `sources` the names of its sources for the filter.

    picture: the address of a picture of the words on their page, if there is one.
    """
    w = words()
    look = phrases.look(finding)
    shown = "echo" if finding.presented != "quotation" else look
    opener = tag(
        "summary",
        tag("span", finding.label, class_="label"),
        tag("span", phrases.sign(look), class_="sign", aria_hidden="true"),
        tag("span", phrases.match_words(finding), class_="look"),
        *_differing(finding.claims),
        tag("span", _cited(finding), class_="cited"),
    )
    body = [
        _sentence(finding),
        _attribution(finding),
        _picture(finding, picture),
        _context(finding),
        _claims(finding.claims),
        _sources(finding),
        _listing(w.say("label.also_in"), [phrases.cite_ref(ref) for ref in finding.also_in]),
        _rendering(finding),
        *(worded(w.remark(note), "p", class_="note") for note in finding.notes),
    ]
    return tag(
        "details",
        opener,
        tag("div", *body, class_="body"),
        class_=f"card m-{shown} of-{finding.kind}",
        id=key,
        data_m=shown,
        data_s=sources,
    )


def _picture(finding: Finding, address: str) -> Html | None:
    if not address:
        return None
    said = words().say("label.on_page", place=phrases.place_words(finding))
    return tag("figure", tag("img", src=address, alt=said, loading="lazy"), class_="page")


def _cited(finding: Finding) -> str:
    if finding.status != "matched" or not finding.sources:
        return phrases.quoted(finding.text)
    more = len({s.ref for s in finding.sources}) - 1
    first = phrases.cite(finding.sources[0])
    return f"{first} +{more}" if more else first


def _sentence(finding: Finding) -> Html:
    w = words()
    said = sentence(finding)
    button = tag("button", w.say("label.copy"), type="button", class_="copy", hidden=True)
    return tag("div", tag("p", *_runs(said), class_="sentence"), button, class_="quote")


def _runs(said: str) -> Iterable[Child]:
    """A sentence with its words of the other direction isolated and in their own script's font."""
    turned = words().direction == "rtl"
    at = 0
    for start, end in ltr_runs(said) if turned else rtl_runs(said):
        yield said[at:start]
        run = said[start:end]
        yield tag("bdi", run, dir="ltr") if turned else tag("bdi", run, dir="rtl", lang="ar")
        at = end
    yield said[at:]


def phrase(said: str, name: str = "p", **attributes: str) -> Html:
    """A phrase of the program's, with words of others in it."""
    return tag(name, *_runs(said), **attributes)


def _attribution(finding: Finding) -> Html | None:
    said = phrases.attribution(finding)
    return phrase(said, class_="attribution") if said else None


def _context(finding: Finding) -> Html:
    w = words()
    rows: list[tuple[str, Html]] = []
    if finding.introduced_by:
        rows.append((w.say("label.introduced_by"), worded(finding.introduced_by.text)))
    if finding.speakers not in ((), (THE_TEXT,)):
        rows.append((w.say("label.speakers"), phrase(" › ".join(map(w.remark, finding.speakers)), "span")))
    if finding.presented in ("echo", "formula"):
        rows.append((w.say(f"kind.{finding.presented}"), text(w.say(f"presented.{finding.presented}"))))
    if finding.inner:
        rows.append((w.say("label.inner"), text(w.say("join.comma").join(finding.inner))))
    rows.append((w.say("place.label"), text(phrases.place_words(finding))))
    return tag("dl", *(join([tag("dt", name), tag("dd", value)]) for name, value in rows), class_="facts")


def _differing(claims: Sequence[Claim]) -> Iterable[Html]:
    """Which of the text's statements differ, to be seen on a closed card."""
    w = words()
    for kind in dict.fromkeys(claim.kind for claim in claims if claim.check == "differs"):
        said = f"{w.say('check_sign.differs')} {w.say(f'claim.{kind}')}: {w.say('check.differs')}"
        yield tag("span", said, class_="c-differs")


def _claims(claims: Sequence[Claim]) -> Html | None:
    if not claims:
        return None
    w = words()
    items = [
        tag(
            "li",
            tag("span", w.say(f"check_sign.{c.check}"), class_="sign", aria_hidden="true"),
            phrase(phrases.claim_words(c), "span"),
            class_=f"c-{c.check}",
        )
        for c in claims
    ]
    return join([tag("h3", w.say("label.claims")), tag("ul", *items, class_="claims")])


def _sources(finding: Finding) -> Html | None:
    w = words()
    given = finding.sources or finding.nearest
    if not given:
        return None
    heading = w.say("label.sources" if finding.sources else "status.nearest")
    if counted := phrases.places_or_versions(finding):
        heading = f"{heading}: {counted}"
    made = [
        _source(finding, source, given[:at]) if at < FULL_SOURCES else _brief(finding, source)
        for at, source in enumerate(given)
    ]
    shown, more = made[:OPEN_SOURCES], made[OPEN_SOURCES:]
    if more:
        label = w.say("label.more_sources", count=len(more))
        shown.append(tag("details", tag("summary", label), *more, class_="more"))
    return join([tag("h3", heading), *shown])


def _brief(finding: Finding, source: SourceMatch) -> Html:
    look = phrases.look_of(source)
    return tag(
        "p",
        phrases.cite_full(source),
        " ",
        _looked(look, finding.kind, source),
        class_="brief",
    )


def _looked(look: str, kind: str, source: SourceMatch) -> Html:
    said = phrases.look_words(look, kind, source)
    sign = tag("span", phrases.sign(look), class_="sign", aria_hidden="true")
    return tag("span", sign, " ", said, class_=f"how m-{look} of-{kind}")


def _source(finding: Finding, source: SourceMatch, before: Sequence[SourceMatch]) -> Html:
    """A source; its edition is not said again where one of those before it has the same."""
    w = words()
    look = _looked(phrases.look_of(source), finding.kind, source) if finding.sources else None
    head = tag("b", *_runs(phrases.cite(source)))
    about = (
        [w.say("cite.numbering", numbering=phrases.numbering(source.numbering))] if source.numbering else []
    )
    about += [source.edition] if source.edition else []
    if about and any((source.numbering, source.edition) == (one.numbering, one.edition) for one in before):
        about = [w.say("cite.as_above")]
    about += [note for note in [phrases.record_note(source)] if note]
    about += [w.say("cite.derived")] if source.role == "derived" and source.renders is None else []
    narrator = phrases.narrator(source)
    about += [w.say("label.narrator", narrator=narrator)] if narrator else []
    about += [w.say("label.link", name=source.common_link)] if source.common_link else []
    if source.covered < 0.995:
        about.append(w.say("sentence.covered", percent=int(source.covered * 100)))
    lines = phrases.changes_words(source.changes, MOST_CHANGES)
    return tag(
        "section",
        tag("p", head, " ", look, class_="head"),
        phrase(w.say("join.semicolon").join(about), class_="about"),
        _pair(finding, source, repeated=len(before) >= OPEN_SOURCES),
        tag("ul", *(phrase(line, "li") for line in lines), class_="changes") if lines else None,
        *(_grade(source, at) for at in range(len(source.grades))),
        _folded(w.say("label.display"), source.display, "uthmani"),
        _folded(w.say("label.chain"), source.chain, "chain"),
        class_="source",
    )


def _grade(source: SourceMatch, at: int) -> Html:
    return phrase(phrases.graded(source.grades[at], clipped=False), class_="grade")


def _folded(label: str, value: str | None, name: str) -> Html | None:
    if not value:
        return None
    return tag("details", tag("summary", label), worded(value, "p", class_=name), class_="fold")


def _pair(finding: Finding, source: SourceMatch, *, repeated: bool) -> Html:
    """The text's wording over the source's, the changes marked; the source's alone where they agree.

    repeated: whether the text's wording stands above several times.
    """
    w = words()
    before, after = phrases.context(source)
    label = w.say(f"label.source_around.{finding.kind}" if before or after else "label.source")
    body = _pieces(source_pieces(source), "source")
    around = [tag("span", said, class_="context") if said else None for said in (before, after)]
    theirs = _side(label, [around[0], *body, around[1]], source.text)
    if repeated or not source.changes:
        return tag("div", theirs, class_="pair")
    ours = _side(w.say("label.text"), _pieces(finding_pieces(finding, source), "text"), finding.text)
    return tag("div", ours, theirs, class_="pair")


def _side(label: str, body: Iterable[Child], whole: str) -> Html:
    turned = direction(whole)
    language = "ar" if turned == "rtl" else None
    shown = tag("p", *body, dir=turned, lang=language, class_="words")
    return tag("div", tag("span", label, class_="side"), shown)


def _pieces(pieces: Iterable[Piece], side: str) -> list[Child]:
    """Pieces of one side; what differs says so to those who do not see the colour."""
    name = "del" if side == "text" else "ins"
    body: list[Child] = []
    for piece in pieces:
        if piece.change is None:
            body.append(piece.text)
            continue
        said = words().say(f"change_label.{_label(piece.change.kind, side)}")
        if not piece.text:
            body.append(tag("span", class_="gap", title=said))
            continue
        spoken = tag("span", f"[{said}: ", class_="vh")
        marked = [spoken, piece.text, tag("span", "]", class_="vh")]
        body.append(tag(name, *marked, class_=f"x-{piece.change.kind}", title=said))
    return body


def _label(kind: str, side: str) -> str:
    return f"replaced_{side}" if kind == "replaced" else kind


def _listing(label: str, items: Sequence[str]) -> Html | None:
    if not items:
        return None
    return tag("p", tag("b", label), " ", text(words().say("join.comma").join(items)), class_="listing")


def _rendering(finding: Finding) -> Html | None:
    rendering = finding.rendering
    if rendering is None:
        return None
    w = words()
    said: list[Child] = [tag("h3", w.say("label.rendering")), worded(rendering.text, "p", class_="words")]
    if rendering.translation:
        said.append(tag("p", w.say("label.rendering_as", translation=rendering.translation), class_="about"))
    lines = phrases.rendering_words(rendering, MOST_CHANGES)
    if lines:
        said.append(tag("ul", *(phrase(line, "li") for line in lines), class_="changes"))
    said += [worded(w.remark(note), "p", class_="note") for note in rendering.notes]
    return join(said)
