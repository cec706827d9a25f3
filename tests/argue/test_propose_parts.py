from __future__ import annotations

import time

import takhrij
from takhrij.argue import propose
from takhrij.model import ArgumentMap, Document, Node, Report
from takhrij.read import read_text

SALE = """Q&A: Selling what one does not hold

Is it allowed to sell a thing that the seller does not hold? Is a sale by description valid?
Wa alaikum assalam wa rahmatullah,
It is not allowed as a rule, for the following reasons:
A – This is explained in the book, The Gift of Buyers Volume II. It says:
“The evidence that it is not allowed to sell what one lacks is plain, since the buyer cannot be given it.
As for the sale by description, this does not indicate that it is allowed, because a debt is sold …”
Therefore, it is not allowed to sell what one does not hold unless it is described.
B – This is also stated in Article No. 12 of the Code of Sales, which states as follows:
Article 12. A sale is valid if the goods are known.” End quote.
Thus it is permitted to sell by description, provided that the description is full.

Your brother,
Salim
"""
VERSE = "فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم"
ABLUTION = (
    f"فصل:\nويجب غسل الوجه بالإجماع، لقول الله تعالى: ﴿{VERSE}﴾ ولأنه عضو ظاهر."
    " ويستحب تخليل اللحية إلا أن يكون محرما.\n"
    "واختلفوا في مسح الرأس: فقال مالك: يجب مسح جميعه، وقال أبو حنيفة: لا يجب إلا مسح ربعه.\n"
    "وسبب اختلافهم احتمال لفظ الآية. فإن قيل: الباء للتبعيض. قلنا: هي للإلصاق.\n"
    "ولا ينقض الوضوء القهقهة قياسا على خارج الصلاة. وإذا شك في الحدث فلا يجب الوضوء.\n"
)


def proposed(text: str) -> ArgumentMap:
    return propose(takhrij.check(text=text))


def said(made: ArgumentMap, kind: str) -> list[str]:
    return [node.quote.text for node in made.nodes if node.kind == kind and node.quote]


def one(made: ArgumentMap, words: str, kind: str) -> Node:
    (node,) = (n for n in made.nodes if n.quote and words in n.quote.text and n.kind == kind)
    return node


def relations(made: ArgumentMap) -> set[tuple[str, str, str]]:
    """(words of the subject, relation, words of the object): the first twenty letters of each."""
    words = {node.id: node.quote.text[:20] if node.quote else node.name for node in made.nodes}
    return {(words[r.subject], r.kind, words[r.object]) for r in made.relations}


def test_everything_proposed_stands_verbatim_at_its_place() -> None:
    for text in (SALE, ABLUTION):
        made = proposed(text)
        assert made.nodes
        for node in made.nodes:
            assert node.status == "proposed"
            for quote in (node.quote, node.hukm, node.standing):
                if quote and not quote.source:
                    assert quote.span and text[slice(*quote.span)] == quote.text
            if node.cue and node.kind != "grading":
                assert text[slice(*node.cue.span)] == node.cue.text
        ids = [node.id for node in made.nodes]
        assert len(set(ids)) == len(ids)
        assert {end for r in made.relations for end in (r.subject, r.object)} <= set(ids)
        assert {tie.to for node in made.nodes for tie in node.ties} <= set(ids)


def test_rulings_keep_the_speakers_own_term_and_chain() -> None:
    made = proposed(SALE)
    ruling = one(made, "A sale is valid", "position")
    assert ruling.hukm and ruling.hukm.text == "is valid"
    assert ruling.speakers == ("the answer", "Code of Sales, article 12")
    assert one(made, "Therefore, it is not allowed", "position").by == "the answer"


def test_conditions_and_exceptions_are_tied_to_what_they_limit() -> None:
    made = proposed(SALE)
    for words, kind, limited in (
        ("if the goods are known", "condition", "A sale is valid"),
        ("provided that the description", "condition", "Thus it is permitted"),
        ("unless it is described", "exception", "Therefore, it is not allowed"),
    ):
        node = one(made, words, kind)
        assert [made.get(name) for name in node.tied("of")] == [one(made, limited, "position")]


def test_an_objection_is_answered_and_reasons_support_the_conclusion_of_their_speaker() -> None:
    made = proposed(SALE)
    links = relations(made)
    assert ("this does not indica", "answers", "As for the sale by d") in links
    assert ("since the buyer cann", "supports", "it is not allowed to") in links
    assert ("Therefore, it is not", "supports", "It is not allowed as") in links
    assert (
        "Thus it is permitted",
        "supports",
        "It is not allowed as",
    ) not in links


def test_positions_answer_the_question_that_they_share_words_with() -> None:
    made = proposed(SALE)
    (question,) = one(made, "Thus it is permitted", "position").tied("question")
    asked = made.get(question)
    assert asked and asked.quote and asked.quote.text == "Is a sale by description valid?"


def test_a_legal_work_in_arabic() -> None:
    made = proposed(ABLUTION)
    assert one(made, "مسح جميعه", "position").by == "مالك"
    assert one(made, "مسح ربعه", "position").by == "أبو حنيفة"
    assert one(made, "بالإجماع", "evidence").dalil == "ijma"
    assert said(made, "ratio") == ["ولأنه عضو ظاهر."]
    assert said(made, "cause") == ["وسبب اختلافهم احتمال لفظ الآية."]
    assert said(made, "exception")[0].startswith("إلا أن يكون محرما")
    assert [text[:20] for text in said(made, "qiyas")] == ["ولا ينقض الوضوء القه"]
    assert ("قلنا: هي للإلصاق.", "answers", "فإن قيل: الباء للتبع") in relations(made)


def test_a_verse_supports_the_ruling_before_it() -> None:
    assert (VERSE[:20], "supports", "ويجب غسل الوجه") in relations(proposed(ABLUTION))


def test_a_condition_is_told_from_the_ruling_that_follows_on_it() -> None:
    made = proposed(ABLUTION)
    assert said(made, "condition") == ["وإذا شك في الحدث"]
    assert one(made, "فلا يجب الوضوء", "position").hukm


def test_a_text_without_an_argument_gives_no_rulings() -> None:
    made = proposed(
        "This page lists the editions of the work. The first was printed in Cairo; it has two volumes."
    )
    assert not made.relations
    assert not said(made, "position")


def test_a_document_without_paragraphs_is_read_as_one() -> None:
    document = Document(text="It is not allowed to sell it, because it is not there.", name="x")
    made = propose(takhrij.check(document=document))
    assert said(made, "position") and said(made, "ratio")


def test_a_preface_and_a_footnote_are_no_part_of_the_argument() -> None:
    text = (
        "Introduction\n\nIt is not allowed to skip this page, because it says what the book is about.\n\n"
        "1. It is allowed to sell by description, because a debt is sold and no certain thing is promised.\n"
    )
    assert [words[:20] for words in said(proposed(text), "position")] == ["It is allowed to sel"]


def test_hostile_repetition_is_read_in_linear_time() -> None:
    for piece in ("is not also ", "if it is not allowed, ", "قالوا: ", "لا يجوز، ", "“a "):
        times = []
        for length in (10_000, 40_000):
            document = read_text((piece * length)[:length], format="text")
            began = time.process_time()
            propose(Report(document=document, findings=()))
            times.append(time.process_time() - began)
        assert times[1] < 10 * max(times[0], 0.05)


def test_what_is_brought_together_is_the_evidence_before_it() -> None:
    text = (
        "قال النبي ﷺ: «لا تقبل صلاة من أحدث حتى يتوضأ».\n\n"
        "وقال النبي ﷺ: «إنما الأعمال بالنيات».\n\n"
        "ولا تعارض بين الحديثين، والجمع بينهما ممكن.\n"
    )
    found = propose(takhrij.check(text=text))
    joined = [link for link in found.relations if link.kind == "reconciles"]
    evidence = [node.id for node in found.nodes if node.kind == "evidence"]
    assert sorted({link.object for link in joined}) == sorted(evidence) and len(evidence) == 2
    (statement,) = {link.subject for link in joined}
    node = found.get(statement)
    assert node is not None and node.quote and "لا تعارض" in node.quote.text


def test_evidence_is_for_the_ruling_of_the_one_who_argues_from_it() -> None:
    text = (
        "قال أبو حنيفة: لا تجب القراءة على المأموم، لقوله تعالى: ﴿وإذا قرئ القرآن فاستمعوا له وأنصتوا﴾.\n\n"
        "وقال الشافعي: تجب قراءة الفاتحة على المأموم، لقول النبي ﷺ: «لا صلاة لمن لم يقرأ بفاتحة الكتاب».\n"
    )
    found = propose(takhrij.check(text=text))
    supports = [link for link in found.relations if link.kind == "supports"]
    said = {node.id: node.speakers for node in found.nodes}
    assert len(supports) == 2
    assert all(said[link.subject] == said[link.object] for link in supports)
