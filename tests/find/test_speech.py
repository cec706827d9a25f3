from __future__ import annotations

from takhrij.find.speech import speech, works_cited
from takhrij.model import Span, Voice
from takhrij.read import read_text
from takhrij.read.structure import structure
from takhrij.text import simple


def voices(text: str, told: bool = False) -> tuple[Voice, ...]:
    document = read_text(text, format="text")
    return speech(document, structure(document), told=told).voices


def chain(text: str, words: str, told: bool = False) -> list[str]:
    """Who speaks where `words` stand, outermost first."""
    document = read_text(text, format="text")
    at = text.index(words)
    discourse = speech(document, structure(document), told=told)
    return [voice.who for voice in discourse.chains([Span(at, at + len(words))])[0]]


BOOK = """Q&A: Selling what one does not hold

Is it allowed to sell a thing that the seller does not hold?
Wa alaikum assalam wa rahmatullah,
It is not allowed as a rule, for the following reasons:
A – This is explained in the book, The Gift of Buyers Volume II. It says:
“The sale is void. Ibn Qudama said: “The buyer cannot be given it, and the Prophet said: “Do not sell what
you lack.” This is general.” A sale by description is another thing.
It is a debt, and no certain thing is sold …”
Therefore, the first sale is not allowed.
B – This is also stated in Article No. 12 of the Code of Sales, which states as follows:
Article 12. A sale is valid if the goods are known.” End quote.
It explains the following:
“The goods are known by sight. They are known by description too.
Thus a description is enough for a sale.

Your brother,
Salim
"""


def test_voices_nest_the_answer_a_book_a_jurist_in_it_the_prophet_in_that() -> None:
    book = "The Gift of Buyers Volume II"
    assert chain(BOOK, "you lack") == ["the answer", book, "Ibn Qudama", "the Prophet"]
    assert chain(BOOK, "This is general") == ["the answer", book, "Ibn Qudama"]
    assert chain(BOOK, "A sale by description") == ["the answer", book]


def test_a_quotation_goes_on_over_paragraphs_until_its_mark() -> None:
    assert chain(BOOK, "no certain thing") == ["the answer", "The Gift of Buyers Volume II"]
    assert chain(BOOK, "the first sale") == ["the answer"]


def test_an_article_of_a_code_ends_at_its_closing_mark_though_none_opened_it() -> None:
    assert chain(BOOK, "A sale is valid") == ["the answer", "Code of Sales, article 12"]
    assert chain(BOOK, "This is also stated") == ["the answer"]


def test_a_quotation_that_is_never_closed_ends_before_the_concluding_paragraph() -> None:
    assert chain(BOOK, "They are known by description") == ["the answer", "Code of Sales, article 12"]
    assert chain(BOOK, "Thus a description") == ["the answer"]


def test_the_question_is_spoken_by_another_than_the_answer() -> None:
    assert chain(BOOK, "that the seller") == ["the question"]


def test_arabic_speech_without_marks_ends_at_intaha() -> None:
    text = (
        "واختلفوا في لمس المرأة.\nقال ابن قدامة في المغني: لا ينقض اللمس إلا بشهوة. "
        "قال أحمد: هو الجماع. والمذهب أنه ينقض مع الشهوة.\nوهذا ظاهر. انتهى.\n"
        "والمسألة في كتب الخلاف، وفيها أقوال كثيرة لأهل العلم من كل مذهب.\n"
    )
    assert chain(text, "إلا بشهوة") == ["the text", "ابن قدامة, المغني"]
    assert chain(text, "هو الجماع") == ["the text", "ابن قدامة, المغني", "أحمد"]
    assert chain(text, "وهذا ظاهر") == ["the text", "ابن قدامة, المغني"]
    assert chain(text, "والمسألة في كتب") == ["the text"]


def test_one_speaker_takes_the_word_from_the_other() -> None:
    text = "واختلفوا في ذلك: فقال مالك: يجوز له ذلك، وقال أبو حنيفة والثوري: لا يجوز، وقال قوم: يكره."
    assert chain(text, "يجوز له ذلك") == ["the text", "مالك"]
    assert chain(text, "لا يجوز") == ["the text", "أبو حنيفة والثوري"]
    assert chain(text, "يكره") == ["the text", "قوم"]


def test_they_said_is_the_group_whose_argument_is_told() -> None:
    text = "وأما الكوفيون فإنهم تمسكوا بظاهر الآية. قالوا: واللمس كناية عن الجماع."
    assert chain(text, "كناية") == ["the text", "الكوفيون"]


def test_what_is_told_of_others_counts_only_where_it_is_asked_for() -> None:
    text = "According to the Hanafis, touching does not break ablution. It is disputed."
    assert chain(text, "touching") == ["the text"]
    assert chain(text, "touching", told=True) == ["the text", "the Hanafis"]
    assert chain(text, "disputed", told=True) == ["the text"]


def test_a_dialogue_inside_a_report_names_no_new_speakers() -> None:
    text = "وعن جابر أن النبي ﷺ مر بشاة: «فقال: هلا أخذتم إهابها؟ قالوا: إنها ميتة، قال عمر: نعم»."
    assert chain(text, "إنها ميتة") == ["the text"]


def test_voices_never_cross_and_hostile_input_is_read_in_linear_time() -> None:
    for text in (BOOK, "“" * 4000, "قال: " * 4000, "said: “" * 3000, "قال الشافعي: «" * 3000):
        open_ends: list[int] = []
        for voice in voices(text, told=True):
            while open_ends and open_ends[-1] <= voice.span.start:
                open_ends.pop()
            assert not open_ends or voice.span.end <= open_ends[-1]
            open_ends.append(voice.span.end)


def test_books_articles_and_pages_are_found_as_works() -> None:
    text = (
        "انظر: المغني لابن قدامة (3/45)، والمجموع 2/31، والمادة 190 من مشروع القانون، ص 12. "
        "See al-Umm 1/20, and Article 5 of the Civil Code."
    )
    found = [(work.title, work.place) for work in works_cited(text, simple(text))]
    assert found == [
        ("المغني", "3/45"),
        ("المجموع", "2/31"),
        ("مشروع القانون", "المادة 190"),
        ("", "12"),
        ("al-Umm", "1/20"),
        ("Civil Code", "article 5"),
    ]
