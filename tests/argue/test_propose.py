from __future__ import annotations

import takhrij
from takhrij.argue import propose
from takhrij.index import open_index
from takhrij.model import ArgumentMap

VERSE = "فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم"
REPORT = "لا تقبل صلاة من أحدث حتى يتوضأ"
TEXT = f"قال الله تعالى: ﴿{VERSE}﴾.\nوقال النبي ﷺ: «{REPORT}».\nThe Prophet said: «{REPORT}».\n"


def proposed(text: str = TEXT) -> ArgumentMap:
    return propose(takhrij.check(text=text))


def test_every_quotation_is_proposed_as_evidence_and_names_its_verse_or_report() -> None:
    found = [node for node in proposed().nodes if node.kind == "evidence"]
    assert [node.dalil for node in found] == ["quran", "report", "report"]
    assert found[0].report == "quran:5:6"
    assert found[1].report == found[2].report is not None
    for node in found:
        assert node.quote and node.quote.span
        assert node.status == "proposed"
        assert TEXT[slice(*node.quote.span)] == node.quote.text


def test_the_words_of_graders_are_verbatim_in_the_record() -> None:
    index = open_index()
    graded = [node for node in proposed().nodes if node.kind == "grading"]
    assert graded
    for node in graded:
        assert node.quote and node.quote.span
        record = index.record(index.rows[node.quote.source]).text
        assert record[slice(*node.quote.span)] == node.quote.text
        (about,) = node.tied("about")
        graded_report = proposed().get(about)
        assert graded_report and node.quote.source in graded_report.refs


def test_ids_survive_an_edit_elsewhere_and_differ_from_one_another() -> None:
    before, after = proposed(), proposed("A line put in front.\n" + TEXT)
    assert [node.id for node in before.nodes] == [node.id for node in after.nodes]
    assert len({node.id for node in before.nodes}) == len(before.nodes)
