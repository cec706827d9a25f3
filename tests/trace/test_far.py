"""Words that no source has are not given to one that is merely similar: not found, with what is near."""

from __future__ import annotations

import pytest

import takhrij
from takhrij.model import Finding


def traced(text: str) -> Finding:
    (finding,) = takhrij.check(text=text).findings
    return finding


@pytest.mark.parametrize(
    "verse",
    [
        "يا أيها الذين آمنوا أحسنوا إلى جيرانكم لعلكم تفلحون",
        "إن الذين يكيلون بين التجار لهم جنات النعيم خالدين فيها أبدا",
    ],
)
def test_an_invented_verse_stands_nowhere(verse: str) -> None:
    finding = traced(f"قال تعالى: ﴿{verse}﴾")
    assert (finding.status, finding.sources) == ("not_found", ())
    assert [claim.check for claim in finding.claims] == ["not_checked"]
    assert finding.nearest


def test_a_verse_with_most_of_its_rare_words_is_still_shown_with_what_differs() -> None:
    finding = traced(
        "قال تعالى: ﴿يا أيها الذين آمنوا إذا نودي للصلاة من الجمعة فاستجيبوا لله واتركوا البيع والتجارة﴾"
    )
    assert (finding.match, finding.sources[0].ref) == ("different", "quran:62:9")


@pytest.mark.parametrize(
    "report",
    ["من ملأ دلوا في السوق كان له أجر سبعين مسافرا", "الدلو كله طاهر حتى يعلم أنه من السوق"],
)
def test_an_invented_report_has_no_source_by_meaning(report: str) -> None:
    finding = traced(f"قال رسول الله ﷺ: «{report}»")
    assert (finding.status, finding.match, finding.sources) == ("not_checked", None, ())
