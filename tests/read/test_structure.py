from __future__ import annotations

from takhrij.model import Section, SectionRole, Structure
from takhrij.read import read_text
from takhrij.read.structure import structure

ENGLISH = """Q&A: Selling what one does not hold

Is it allowed to sell a thing that the seller does not hold? Or is this only allowed by description.
May Allah reward you.
From Yusuf of Basra

Wa alaikum assalam wa rahmatullah,
It is not allowed as a rule, for the following reasons:
A – This is explained in the book, The Gift of Buyers Volume II. It says:
“The sale is void, because the buyer cannot be given what he bought.”
Therefore, it is not allowed.
B – This is also stated in Article No. 12 of the Code of Sales, which states as follows:
Article 12. A sale is valid if the goods are known.” End quote.
Thus it is permitted to sell by description.

Your brother,
Salim the Bookseller
9 Muharram 1446 AH
"""
ARABIC = """فتاوى في الطهارة
س 3: تقول السائلة: هل ينتقض الوضوء بلمس الزوجة؟ وما الدليل على ذلك؟
الجواب: هذه مسألة خلافية بين أهل العلم منذ زمن الصحابة، ولكل قول دليله.
أولا: من قال بالنقض استدل بظاهر الآية، وهو قول الشافعي رحمه الله تعالى.
ثانيا: من قال بعدم النقض حمل اللمس على الجماع، وهو قول أبي حنيفة رحمه الله تعالى.
والله أعلم.
"""


def told(text: str, format: str = "text") -> Structure:
    return structure(read_text(text, format=format))


def words(text: str, section: Section) -> str:
    return text[slice(*section.span)]


def of(text: str, *roles: SectionRole) -> list[str]:
    return [words(text, section) for section in told(text).root.of_role(*roles)]


def test_a_question_and_its_answer() -> None:
    assert told(ENGLISH).genre == "question_and_answer"
    assert of(ENGLISH, "title") == ["Q&A: Selling what one does not hold"]
    assert of(ENGLISH, "question_part") == [
        "Is it allowed to sell a thing that the seller does not hold?",
        "Or is this only allowed by description.",
    ]
    assert of(ENGLISH, "asker") == ["From Yusuf of Basra"]
    assert of(ENGLISH, "thanks") == ["May Allah reward you."]
    assert of(ENGLISH, "greeting") == ["Wa alaikum assalam wa rahmatullah,"]
    assert of(ENGLISH, "closing", "signature", "date") == [
        "Your brother,",
        "Salim the Bookseller",
        "9 Muharram 1446 AH",
    ]


def test_lettered_sections_hold_their_paragraphs_and_quoted_articles_do_not() -> None:
    (answer,) = told(ENGLISH).root.of_role("answer")
    lettered = [section for section in answer.sections if section.role == "section"]
    assert [section.label for section in lettered] == ["a", "b"]
    assert words(ENGLISH, lettered[0]).endswith("Therefore, it is not allowed.")
    (article,) = (section for section in lettered[1].sections if section.role == "section")
    assert article.label == "article 12"
    assert words(ENGLISH, article).endswith("End quote.")


def test_a_marked_question_in_arabic() -> None:
    assert told(ARABIC).genre == "question_and_answer"
    assert of(ARABIC, "question_part") == [
        "تقول السائلة: هل ينتقض الوضوء بلمس الزوجة؟",
        "وما الدليل على ذلك؟",
    ]
    (answer,) = told(ARABIC).root.of_role("answer")
    assert [section.label for section in answer.of_role("section")] == ["اولا", "ثانيا"]
    assert of(ARABIC, "closing") == ["والله أعلم."]


def test_books_chapters_and_questions_of_a_legal_work_nest() -> None:
    text = (
        "######OpenITI#\n#META#Header#End#\n### |EDITOR|\n# مقدمة المحقق\n"
        "### | كتاب الطهارة\n### || باب المياه\n"
        "# مسألة: الماء طهور لا ينجسه شيء ما لم يتغير\n# والدليل على ذلك ما تقدم\n"
        "### || باب الآنية\n# فصل: الآنية كلها طاهرة عندنا\n"
    )
    document = read_text(text)
    built = structure(document)
    assert built.genre == "legal_work"
    (book,) = built.root.of_role("book")
    assert [part.role for part in book.sections] == ["chapter", "chapter"]
    assert [part.role for part in book.sections[0].sections] == ["masala"]
    assert next(built.root.of_role("editor_note")).paratext


def test_footnotes_and_introductions_are_paratext() -> None:
    text = (
        "# Introduction\n\nWhy I write.\n\n# Ablution\n\nWashing is due.[^1]\n\n[^1]: See the commentary.\n"
    )
    built = told(text, "markdown")
    assert built.genre == "article"
    assert [section.role for section in built.root.walk() if section.paratext] == ["introduction", "footnote"]
    (introduction,) = built.root.of_role("introduction")
    assert words(text, introduction).endswith("Why I write.")


def test_an_answer_of_a_model() -> None:
    text = (
        "المسح على الخفين جائز.\n\n1. المدة للمقيم يوم وليلة.\n\n2. المدة للمسافر ثلاثة أيام.\n\nوالله أعلم."
    )
    assert told(text).genre == "answer"


def test_sections_lie_inside_one_another_and_do_not_overlap() -> None:
    for text in (ENGLISH, ARABIC, "كلمة", "a\n\nb\n"):
        for section in told(text).root.walk():
            at = section.span.start
            for part in section.sections:
                assert at <= part.span.start < part.span.end <= section.span.end
                at = part.span.end
