"""The works that a text names, in every form of its report."""

from __future__ import annotations

from takhrij import api
from takhrij.report.html import to_html
from takhrij.report.json import dumps, from_json, to_json
from takhrij.report.terminal import to_text

TEXT = (
    "This is settled in Article 12 of the Family Code, and again in Article 12 of the Family Code.\n\n"
    "وهذا مذكور في المغني 3/45 وفي كتاب «الهداية».\n"
)


def test_works_are_shown_once_and_kept_with_their_places() -> None:
    report = api.check(text=TEXT)
    assert [(work.title, work.place) for work in report.works] == [
        ("Family Code", "article 12"),
        ("Family Code", "article 12"),
        ("المغني", "3/45"),
        ("الهداية", ""),
    ]
    shown = "".join(letter for letter in to_text(report) if letter not in "\u2068\u2069")
    assert shown.count("Article 12 of the Family Code") == 1 and "المغني 3/45" in shown
    assert to_html(report).count("Article 12 of the Family Code</bdi></li>") == 1
    assert from_json(dumps(report)) == report


def test_a_report_from_before_works_were_kept_is_still_read() -> None:
    written = to_json(api.check(text=TEXT))
    del written["works"]
    assert from_json(written).works == ()
