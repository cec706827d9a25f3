"""A report as one HTML page: the text with its quotations marked, each opening to its sources."""

from __future__ import annotations

from takhrij.argue.cues import argues
from takhrij.model import DateClaim, Finding, Report, Searched
from takhrij.report import coverage, phrases
from takhrij.report.clean import direction
from takhrij.report.html_card import card, phrase
from takhrij.report.html_text import Row, marked, rows
from takhrij.report.maps.section import section
from takhrij.report.markup import Html, join, tag, text, worded
from takhrij.report.page import page
from takhrij.report.pages import strips
from takhrij.report.sentence import sentence
from takhrij.report.summary import LOOKS, look_phrase, summary, summary_lines
from takhrij.report.words import words

MOST_MAPPED = 200_000  # code points of a text that is mapped unasked


def to_html(report: Report, data: bytes | None = None) -> str:
    """The page. It loads nothing, runs no script but its own, and works without that one too.

    `data`: the PDF that was read, whose pages are then shown beside the findings.
    """
    w = words()
    anchors = {f"q{n}": finding for n, finding in enumerate(report.findings, 1)}
    anchors |= {f"e{n}": echo for n, echo in enumerate(report.echoes, 1)}
    sources = _source_names(report)
    pictures = strips(report.document, data, anchors) if data else {}
    argued = _argued(report)
    body = [
        tag("a", w.say("label.skip"), href="#text", class_="skip"),
        tag("header", *_top(report), _to_map() if argued else None, class_="top"),
        _filters(report, sources),
        tag(
            "main",
            *(_row(report, row, anchors, sources, pictures) for row in rows(report, anchors)),
            id="text",
            data_version=report.version,
            data_fingerprint=report.fingerprint,
        ),
        argued,
        _dates(report.dates),
        _works(report),
        _sentences(report),
        tag("footer", *_foot(report)),
    ]
    title = f"{_short(report.document.name)}: {w.say('title')}"
    return page(title, body, _filter_style(report, sources), pictures=bool(pictures))


def searched_list(
    searched: tuple[Searched, ...], not_searched: tuple[str, ...], missing: tuple[str, ...]
) -> Html:
    """What was searched, folded, and what was not, in sight."""
    w = words()
    lines = coverage.coverage_lines(searched, held=True) or [w.say("coverage.nothing")]
    count = w.count("source", len(searched))
    traditions = coverage.traditions(searched)
    shown = tag(
        "details",
        tag("summary", f"{w.say('coverage.searched')}: {count}", traditions and f" · {traditions}"),
        tag("ul", *(tag("li", line) for line in lines)),
        class_="searched",
    )
    absent = [phrases.title(name) for name in not_searched]
    named = tag("p", tag("b", w.say("coverage.not_searched")), " ", w.say("join.comma").join(absent))
    lacking = [tag("p", tag("b", w.say("coverage.missing")), " ", worded(line)) for line in missing]
    return tag("div", shown, named if absent else None, *lacking, class_="coverage")


def _top(report: Report) -> list[Html]:
    w = words()
    lead, *lines = summary_lines(report)
    filtered = bool(report.findings)  # the filters then say on the screen what the first line says
    document = report.document
    form = document.format
    if document.encoding:
        form = w.say("label.encoding", format=document.format, encoding=document.encoding)
    about = form if _short(document.name) == document.name else f"{document.name} ({form})"
    return [
        tag(
            "p",
            w.say("label.version", version=report.version).strip(),
            " · ",
            tag("bdi", about),
            class_="brand",
        ),
        tag("h1", worded(_short(document.name))),
        tag("p", w.say("first_line"), class_="creed"),
        tag("p", lead, class_="lead"),
        *(
            phrase(line, class_="line on-paper" if at == 0 and filtered else "line")
            for at, line in enumerate(lines)
        ),
        *(worded(note, "p", class_="note") for note in (*document.notes, *report.notes)),
        searched_list(report.searched, report.not_searched, report.missing),
    ]


def _argued(report: Report) -> Html | None:
    """How the text argues, where it does: its map, or that it is too long to be mapped unasked."""
    text = report.document.text
    if not argues(text):
        return None
    if len(text) <= MOST_MAPPED:
        return section(report.argument)
    w = words()
    said = w.say("map.too_long", most=f"{MOST_MAPPED:,}")
    return tag("section", tag("h2", w.say("map.heading")), tag("p", said), class_="after", id="how")


def _to_map() -> Html:
    return tag("p", tag("a", words().say("map.to_map"), href="#how"))


def _short(name: str) -> str:
    """A file's name without its folders."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2] or name


def _row(
    report: Report, row: Row, anchors: dict[str, Finding], sources: dict[str, str], pictures: dict[str, str]
) -> Html:
    document = report.document.text
    side = direction(document[row.span.start : row.span.end])
    name = "h2" if row.block.kind == "heading" else "div"
    shown = tag(
        name,
        marked(document, row),
        class_=f"text k-{_kind(row.block.kind)}",
        dir=side,
        lang="ar" if side == "rtl" else None,
        data_from=str(row.span.start),
    )
    cards = [card(k, anchors[k], _names(anchors[k], sources), pictures.get(k, "")) for k in row.keys]
    margin = tag("aside", *cards, class_="margin") if cards else None
    return tag("div", tag("div", shown, class_="left"), margin, class_="row" if cards else "row plain")


def _kind(kind: str) -> str:
    return kind if kind.replace("_", "").isascii() and kind.replace("_", "").isalpha() else "other"


def _source_names(report: Report) -> dict[str, str]:
    """The sources that findings stand in, each under a name that is safe in a style sheet."""
    ids = sorted(
        {source.source for f in (*report.findings, *report.echoes) for source in f.sources},
        key=lambda id: (id != "quran", phrases.title(id)),
    )
    return {id: f"s{n}" for n, id in enumerate(ids, 1)}


def _names(finding: Finding, sources: dict[str, str]) -> str:
    return " ".join(dict.fromkeys(sources[source.source] for source in finding.sources))


def _shown_looks(report: Report) -> list[tuple[str, str, str, int]]:
    """Key, sign, words and count of every look on the page, echoes last."""
    w = words()
    counted = summary(report)
    shown = [
        (key, phrases.sign(key), look_phrase(key, counted, report), counted.looks[key])
        for key in LOOKS
        if key in counted.looks
    ]
    if report.echoes:
        shown.append(("echo", "❝", w.say("label.echoes"), len(report.echoes)))
    return shown


def _filters(report: Report, sources: dict[str, str]) -> Html | None:
    if not report.findings and not report.echoes:
        return None
    w = words()
    chips = [
        tag(
            "label",
            tag("input", type="checkbox", id=f"show-{key}", checked=True, autocomplete="off"),
            tag("span", sign, class_="sign", aria_hidden="true"),
            tag("span", said),
            tag("span", str(n), class_="n"),
            class_=f"chip m-{key}{_of(report, key)}",
        )
        for key, sign, said, n in _shown_looks(report)
    ]
    titles = {s.source: coverage.searched_title(s) for s in report.searched}
    options = [tag("option", w.say("label.all_sources"), value="all", selected=True)]
    options += [
        tag("option", titles.get(id) or phrases.title(id), value=name) for id, name in sources.items()
    ]
    choose = tag(
        "label",
        tag("span", w.say("label.by_source")),
        tag("select", *options, id="by-source", autocomplete="off"),
        class_="choose",
    )
    only = tag(
        "label",
        tag("input", type="checkbox", id="only", autocomplete="off"),
        tag("span", w.say("label.only_quoting")),
        class_="choose",
    )
    buttons = [
        tag("button", w.say(f"label.{key}_all"), type="button", id=f"{key}-all", hidden=True)
        for key in ("open", "close")
    ]
    row = tag("div", choose if len(sources) > 1 else None, only, *buttons, class_="tools")
    chips_row = tag("div", *chips, class_="chips", role="group", aria_label=w.say("label.filter"))
    return tag("nav", chips_row, row, class_="filters", aria_label=w.say("label.filter"))


def _of(report: Report, key: str) -> str:
    kinds = {f.kind for f in report.findings if phrases.look(f) == key}
    return " of-quran" if kinds == {"quran"} else ""


def _filter_style(report: Report, sources: dict[str, str]) -> str:
    """The filters work without a script: a rule a look and a source."""
    rules = []
    for key, *_ in _shown_looks(report):
        off = f"body:has(#show-{key}:not(:checked))"
        rules.append(f'{off} .card[data-m="{key}"]{{display:none}}')
        rules.append(f"{off} .q.m-{key}{{text-decoration:none;background:none}}")
    for name in sources.values():
        chosen = f'body:has(#by-source option[value="{name}"]:checked)'
        rules.append(f'{chosen} .card:not([data-s~="{name}"]){{display:none}}')
    return "\n".join(rules)


def _dates(dates: tuple[DateClaim, ...]) -> Html | None:
    if not dates:
        return None
    w = words()
    items = []
    for date in dates:
        said = [w.say(f"check.{date.check}"), *(item for item in (date.found, date.why) if item)]
        sign = tag("span", w.say(f"check_sign.{date.check}"), class_="sign", aria_hidden="true")
        items.append(
            tag(
                "li",
                sign,
                worded(date.text),
                text(": " + w.say("join.semicolon").join(said)),
                class_=f"c-{date.check}",
            )
        )
    return tag("section", tag("h2", w.say("label.dates")), tag("ul", *items, class_="claims"), class_="after")


def _works(report: Report) -> Html | None:
    if not report.works:
        return None
    items = (tag("li", worded(work)) for work in phrases.works(report))
    return tag("section", tag("h2", words().say("label.works")), tag("ul", *items), class_="after works")


def _sentences(report: Report) -> Html | None:
    if not report.findings:
        return None
    w = words()
    items = [
        tag(
            "li",
            tag("a", finding.label, href=f"#q{n}"),
            " ",
            phrase(sentence(finding), "span", class_="sentence"),
        )
        for n, finding in enumerate(report.findings, 1)
    ]
    button = tag("button", w.say("label.copy_all"), type="button", id="copy-all", hidden=True)
    return tag(
        "details",
        tag("summary", w.say("label.sentences")),
        button,
        tag("ol", *items, class_="sentences"),
        class_="after all",
    )


def _foot(report: Report) -> list[Html]:
    w = words()
    lines = [tag("p", w.say("label.keys"), class_="keys", hidden=True)] if report.findings else []
    lines += [tag("p", line) for line in coverage.credits(report.searched)]
    if report.fingerprint:
        lines.append(tag("p", f"{w.say('label.fingerprint')} ", tag("code", report.fingerprint)))
    return [join(lines)]
