"""In notebooks: a report shows itself, and a column of a data frame is checked in one call."""

from __future__ import annotations

from html import unescape

import pandas
import pytest

import takhrij
from takhrij.errors import UsageError
from takhrij.report import render, rows

ONE = "قال رسول الله ﷺ: «إنما الأعمال بالنيات» رواه البخاري."
TWO = "قال تعالى: ﴿الحمد لله رب العالمين﴾."


def test_a_report_and_a_sheet_show_their_page_in_a_frame_of_its_own() -> None:
    for value in (takhrij.check(text=ONE), takhrij.lookup("bukhari:1")):
        shown = value._repr_html_()
        page = shown.partition('srcdoc="')[2].partition('"')[0]
        assert unescape(page) == render(value, "html")
        assert 'sandbox="allow-scripts"' in shown


def test_a_column_is_checked_row_for_row() -> None:
    column = pandas.Series([ONE, None, TWO, "", float("nan"), pandas.NA], index=[*"abcdef"], dtype=object)
    reports = takhrij.check_many(column)
    assert [report and report.document.name for report in reports] == ["a", None, "c", None, None, None]
    assert reports[0] and reports[0].findings == takhrij.check(text=ONE).findings
    table = pandas.DataFrame(rows(reports))
    assert set(table["document"]) == {"a", "c"}
    assert "quran:1:2" in set(table["ref"])


def test_any_texts_are_taken_and_numbered() -> None:
    reports = takhrij.check_many((text for text in (TWO, ONE)), sources=["quran"])
    assert [report and report.document.name for report in reports] == ["0", "1"]
    assert [report and [one.source for one in report.searched] for report in reports] == [["quran"]] * 2


def test_what_is_no_column_of_texts_is_refused() -> None:
    with pytest.raises(UsageError, match="row 1: int"):
        takhrij.check_many([ONE, 3])  # type: ignore[list-item]
    with pytest.raises(UsageError, match="check"):
        takhrij.check_many(ONE)
