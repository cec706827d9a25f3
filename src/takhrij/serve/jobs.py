"""What a worker process does: plain values asked for come in, the bytes of an answer go out.

Every job is one call of the functions that the command line calls, and of what writes their results.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from takhrij import api
from takhrij.errors import TakhrijError, UsageError
from takhrij.report import as_file, render
from takhrij.report.json import shown, shown_finding
from takhrij.report.words import in_language
from takhrij.serve.line import as_line
from takhrij.serve.media import MEDIA
from takhrij.serve.problems import Problem

if TYPE_CHECKING:
    from takhrij.model import ArgumentMap, Document, Report, Scenario

Tell = Callable[[object], None]
Asked = dict[str, Any]


class Answer(NamedTuple):
    """The bytes of an answer, and their media type."""

    media: str
    body: bytes


def prepare() -> None:
    """Do once what every job needs: open the index, import what reading, tracing and writing use."""
    try:
        render(api.check(text="«إنما الأعمال بالنيات» «الحمد لله رب العالمين»"), "json")
    except TakhrijError:
        return  # the first request says what is missing


def check(asked: Asked, tell: Tell) -> Answer:
    """A report, in any of its formats."""
    with in_language(asked["language"]):
        report = _report(asked, tell)
        if asked["format"] == "ndjson":
            return _told(report, tell)
        if asked["format"] == "json":
            return _answer("json", as_line(shown(report)))
        return _answer(asked["format"], as_file(report, asked["format"], asked.get("data")))


def guard(asked: Asked, tell: Tell) -> Answer:
    """The citations of a text with the wording of their sources."""
    with in_language(asked["language"]):
        return _answer("guard", render(_report(asked, tell), "guard"))


def find(asked: Asked, _tell: Tell) -> Answer:
    """The quotations of a text, not compared word by word."""
    from takhrij.report.json import found_as_json

    document = _document(asked)
    found = api.find(document=document, sources=asked["sources"], without=asked["without"])
    return _answer("json", found_as_json(document, found))


def compare(asked: Asked, _tell: Tell) -> Answer:
    """A wording compared with one passage."""
    from takhrij.report.json import match_as_json

    _has_passage(asked["ref"])
    return _answer("json", match_as_json(api.compare(asked["quote"], asked["ref"])))


def lookup(asked: Asked, _tell: Tell) -> Answer:
    """The takhrīj sheet of a passage."""
    _has_passage(asked["ref"])
    with in_language(asked["language"]):
        return _answer(asked["format"], render(api.lookup(asked["ref"]), asked["format"]))


def map_(asked: Asked, tell: Tell) -> Answer:
    """The map of a text, or a map in another form."""
    from takhrij.report.maps import render_map

    with in_language(asked["language"]):
        return _answer(asked["format"], render_map(_map(asked, tell), asked["format"]))


def weigh(asked: Asked, tell: Tell) -> Answer:
    """How the conclusions of a map depend on its other parts, as it is and under each scenario."""
    from takhrij.argue.json import weighings_as_json
    from takhrij.argue.weigh import weigh
    from takhrij.model import Scenario
    from takhrij.report.weighing import to_text

    given = _map(asked, tell)
    options = {name: asked[name] for name in ("semantics", "speaker")}
    scenarios = (Scenario(), *_scenarios(asked))
    weighings = [weigh(given, scenario=scenario, **options) for scenario in scenarios]
    with in_language(asked["language"]):
        write = weighings_as_json if asked["format"] == "json" else to_text
        return _answer(asked["format"], write(weighings))


def conditions(asked: Asked, tell: Tell) -> Answer:
    """What each position of a map is made to depend on, and what of it is ticked."""
    from takhrij.argue.conditions import conditions
    from takhrij.argue.json import conditions_as_json
    from takhrij.report.maps.beside import conditions_text

    given = _map(asked, tell)
    found = conditions(given, asked["ticked"])
    with in_language(asked["language"]):
        as_json = asked["format"] == "json"
        return _answer(
            asked["format"], conditions_as_json(found) if as_json else conditions_text(given, found)
        )


def sources(_asked: Asked, _tell: Tell) -> Answer:
    """Every known source, with what is held of it and whether it is loaded."""
    from takhrij.report.json import sources_as_json

    return _answer("json", sources_as_json())


Job = Callable[[Asked, Tell], Answer]
JOBS: dict[str, Job] = {
    "check": check,
    "guard": guard,
    "find": find,
    "compare": compare,
    "lookup": lookup,
    "map": map_,
    "weigh": weigh,
    "conditions": conditions,
    "sources": sources,
}


def _answer(format: str, rendered: str | bytes) -> Answer:
    body = rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "replace")
    return Answer(MEDIA[format], body)


def _document(asked: Asked) -> Document:
    from takhrij.read import read, read_text

    name, format = asked["name"], asked["input_format"]
    if asked.get("data") is not None:
        return read(asked["data"], name=name, format=format)
    return read_text(asked["text"], name=name, format=format or "text")


def _report(asked: Asked, tell: Tell) -> Report:
    def progress(stage: str, done: int, total: int) -> None:
        if asked.get("told"):
            tell({"progress": {"stage": stage, "done": done, "total": total}})

    return api.check(
        document=_document(asked), sources=asked["sources"], without=asked["without"], progress=progress
    )


def _told(report: Report, tell: Tell) -> Answer:
    """The findings line by line, at last the report without them."""
    for finding in report.findings:
        tell({"finding": shown_finding(finding)})
    return _answer("ndjson", as_line({"report": shown(report) | {"findings": []}}))


def _has_passage(ref: str) -> None:
    """Problem with status 404 where there is no such passage."""
    from takhrij.index import open_index

    try:
        api.row_of(open_index(), ref)
    except UsageError as error:
        raise Problem("NotFound", str(error), "ref") from None


def _map(asked: Asked, tell: Tell) -> ArgumentMap:
    from takhrij.argue import propose
    from takhrij.argue.anchors import Texts
    from takhrij.argue.files import is_map, map_in
    from takhrij.argue.json import loads
    from takhrij.argue.keep import brought_home, kept

    data, name = asked.get("data"), asked["name"]
    if asked["map"] is not None:
        return brought_home(loads(asked["map"]), Texts(asked["text"]))
    if data is not None and is_map(data, name):
        return brought_home(map_in(data, name), Texts())
    report = _report(asked, tell)
    new = propose(report)
    return kept(loads(asked["keep"]), new, report.document.text) if asked["keep"] is not None else new


def _scenarios(asked: Asked) -> Sequence[Scenario]:
    from takhrij.argue.json import scenario_from
    from takhrij.model import Edit, Scenario

    edits = tuple(Edit(kind="reject", target=target) for target in asked["reject"])
    given = [scenario_from(json.dumps(scenario)) for scenario in asked["scenarios"]]
    return [*given, Scenario(edits=edits)] if edits else given
