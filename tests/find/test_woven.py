"""What nothing announces, and what is quoted with a word changed."""

import pytest

import takhrij


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        (
            "واعلم أنه لا يثاب على عمل بلا قصد وإنما الأعمال بالنيات وإنما لكل امرئ ما نوى",
            "bukhari:1",
        ),
        ("وينبغي للمرء أن يعلم أن من حسن إسلام المرء تركه ما لا يعنيه فيشتغل بما ينفعه", "tirmidhi:2318"),
    ],
)
def test_wording_of_a_report_woven_into_a_sentence_is_an_echo(text: str, ref: str) -> None:
    report = takhrij.check(text=text)
    assert not report.findings
    (echo,) = report.echoes
    assert echo.kind == "report"
    assert ref in [source.ref for source in echo.sources]


@pytest.mark.parametrize(
    "text",
    [
        "ومن شروط الصلاة الطهارة من الحدث واستقبال القبلة وستر العورة ودخول الوقت والنية",
        "ويرمي الحاج جمرة العقبة يوم النحر بعد طلوع الشمس ثم يحلق رأسه",
        "وإذا قال الرجل لزوجته أنت طالق إن دخلت الدار لم تطلق حتى تدخلها",
    ],
)
def test_turns_of_phrase_that_reports_have_too_are_no_echo(text: str) -> None:
    report = takhrij.check(text=text)
    assert not report.findings
    assert not report.echoes


def test_a_presented_quotation_is_not_told_twice_as_an_echo() -> None:
    report = takhrij.check(
        text="قال رسول الله صلى الله عليه وسلم: «إنما الأعمال بالنيات وإنما لكل امرئ ما نوى»."
    )
    assert len(report.findings) == 1
    assert not report.echoes


def test_three_words_of_a_report_between_he_said_and_a_stop_are_found() -> None:
    (finding,) = takhrij.check(
        text="قال رسول الله صلى الله عليه وسلم: البر حسن الخلق. ثم ذكر المصنف غيره"
    ).findings
    assert finding.text == "البر حسن الخلق"
    assert "muslim:6517" in [source.ref for source in finding.sources]


def test_a_verse_goes_on_behind_a_word_that_differs_before_its_last_word() -> None:
    text = "قال الله تعالى: من يطع الرسول فقد أجاب الله ومن تولى فما بعثناك عليهم حفيظا"
    (finding,) = takhrij.check(text=text).findings
    assert finding.sources[0].ref == "quran:4:80"
    assert finding.text.endswith("حفيظا")
    assert {change.text for change in finding.sources[0].changes} == {"أجاب", "بعثناك"}
