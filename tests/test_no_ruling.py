"""Whatever the program can say in its own voice, in any language: it reports and never rules."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from plain_values import strings

import takhrij

HOME = Path(takhrij.__file__).parent
WORDED = sorted(
    path
    for path in (
        *HOME.glob("**/words.*.toml"),
        *HOME.glob("**/fields.*.toml"),
        *HOME.glob("serve/page/*.json"),
    )
)
RULING = re.compile(
    r"\b(?:valid|invalid|fabricat\w*|forged|weak|sound|unsound|authentic\w*|inauthentic|refuted|sinful|heretic\w*"
    r"|haram|halal"
    r"|permissible|impermissible|bid.?ah?|correct opinion|stands? firm|stands? or falls?|still stands?)\b"
    r"|\bposition stands\b|\bconclusion stands\b",
    re.I,
)
ARABIC_RULING = re.compile(
    r"(?<![ء-ي])(?:ضعيف|موضوع|مكذوب|باطل|راجح|مرجوح|حرام|بدعة|لا يصح|لا أصل له)(?![ء-ي])"
)
ALLOWED = re.compile(r"does not mean authentic|not show that the report is (?:invented|authentic)", re.I)


def test_there_are_words() -> None:
    assert len(WORDED) >= 4


@pytest.mark.parametrize("path", WORDED, ids=lambda path: str(path.relative_to(HOME)))
def test_no_ruling_in_the_words(path: Path) -> None:
    text = path.read_text("utf-8")
    told = list(strings(json.loads(text) if path.suffix == ".json" else tomllib.loads(text)))
    assert told
    for words in told:
        assert ALLOWED.search(words) or not (RULING.search(words) or ARABIC_RULING.search(words)), words


def test_no_ruling_in_the_help() -> None:
    """docs/commands.md has the help of every command: another test compares them."""
    told = ALLOWED.sub("", (HOME.parents[1] / "docs" / "commands.md").read_text("utf-8"))
    found = RULING.search(told)
    assert found is None, told[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize("named", ["أحمد", "الحاكم", "ابن خزيمة", "الطبراني"])
def test_what_a_partial_collection_lacks_is_not_checked(named: str) -> None:
    text = f"قال رسول الله ﷺ: «كلمات لم يكتبها أحد قبل هذا السطر الواحد من الاختبار» رواه {named}."
    findings = takhrij.check(text=text).findings
    assert [finding.status for finding in findings] == ["not_checked"]
