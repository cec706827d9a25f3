"""Whose words the matched words of a record are: on small reports, and through the whole program."""

from __future__ import annotations

from typing import Any

import pytest

import takhrij
from takhrij.model import SourceMatch, Span
from takhrij.sources import get, load
from takhrij.trace.whose import whose

CHAIN = "حدثنا محمد بن بشار عن نافع عن ابن عمر قال: "
TO_HIM = "حدثنا محمد بن بشار عن نافع عن ابن عمر قال قال رسول الله صلى الله عليه وسلم: "


def told(chain: str, report: str, english: str = "") -> str:
    """Whose words those between « » are, in a record that as a whole is the Prophet's."""
    before, _, rest = (english or report).partition("«")
    words = rest.partition("»")[0]
    text = chain + report.replace("«", "").replace("»", "")
    begins = len(before) if english else len(chain) + len(before)
    row: dict[str, Any] = {
        "text": text,
        "english": english.replace("«", "").replace("»", ""),
        "parts": [("chain", 0, len(chain)), ("matn", len(chain), len(text))],
    }
    match = SourceMatch(
        ref="made:1",
        source="made",
        title="",
        edition="",
        numbering="",
        role="primary",
        wording="same",
        complete="part",
        source_span=Span(begins, begins + len(words)),
        text=words,
        attributed_to="prophet",
        narrator="ابن عمر",
    )
    return whose(match, row, words)


@pytest.mark.parametrize(
    "report",
    [
        "«نمسح أسفل الدلو أولى من أعلاه» وقد رأيت رسول الله صلى الله عليه وسلم يغسل ظاهره",
        "نظرت في صحف نبيه وفي صحف أصحاب رسول الله فوجدت «كل كيل في السوق بالصاع»",
        "نهى رسول الله عن بيع الدلو فقال ابن عمر: كنا نبيعه. قلت: «ما كنا نرى به حرجا»",
    ],
)
def test_a_record_that_speaks_of_the_prophet_has_other_words_too(report: str) -> None:
    assert told(CHAIN, report) in ("companion", "unclear")


@pytest.mark.parametrize(
    "report",
    [
        "نهى رسول الله صلى الله عليه وسلم عن «بيع الدلو حتى يملأ»",
        "جاء رجل إلى السوق فقلت: يا رسول الله، كيف نكيل؟ قال: «كيلوا بالصاع الكبير»",
        "خطبنا رسول الله صلى الله عليه وسلم على ناقته وهو يسير إلى السوق والناس حوله فقال: «كيلوا بالصاع»",
        "«كان رسول الله إذا كال أوفى»",
    ],
)
def test_what_he_said_or_did_stays_his(report: str) -> None:
    assert told(CHAIN, report) == "prophet"


def test_where_the_chain_goes_back_to_him_the_words_are_his() -> None:
    assert told(TO_HIM, "«كيلوا بالصاع الكبير»") == "prophet"
    assert told(TO_HIM, "كيلوا بالصاع. قلت: «قد كلنا بالأمس»") == "companion"


def test_the_english_of_a_record_is_read_for_itself() -> None:
    after = "Narrated Ibn Umar: «The pail is washed below» and I saw the Messenger of Allah wash it above."
    assert told(CHAIN, "كذا", after) == "companion"
    assert told(CHAIN, "كذا", "Narrated Ibn Umar: The Prophet said: «Wash the pail.»") == "prophet"


def test_a_companions_words_are_not_confirmed_as_the_prophets() -> None:
    one = next(one for one in load(get("abu-dawud")) if one.number == "162")
    span = next(part.span for part in one.parts if part.kind == "matn")
    words = one.text[span.start : span.end].partition("وَقَدْ")[0].strip(" ،\u200f")
    for said, check in (("قال رسول الله ﷺ", "differs"), ("قال علي رضي الله عنه", "agrees")):
        (finding,) = takhrij.check(text=f"{said}: «{words}»").findings
        assert [claim.check for claim in finding.claims if claim.kind == "said_by"] == [check]
