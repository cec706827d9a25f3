"""One person under all the forms of a name."""

from __future__ import annotations

import pytest

from takhrij.trace.links import report_id
from takhrij.trace.narrators import named_in, narrator_key, people, same_person, shown, somebody


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أبو هريرة", "أَبِي هُرَيْرَةَ"),
        ("أبو هريرة", "أَبَا ہُرَیْرَۃَ"),
        ("أبو هريرة", "اَبِیْ ھُرَیْرَۃَ رضي الله عنه"),
        ("عبد الله بن عمر", "ابْنِ عُمَرَ"),
        ("عبد الله بن عمر", "عبداللہ بن عمر بن الخطاب"),
        ("عائشة", "عَائِشَةَ أُمِّ الْمُؤْمِنِينَ"),
        ("أنس بن مالك", "أَنَسًا"),
        ("جابر بن عبد الله", "جَابِرًا"),
        ("أبو حميد الساعدي", "أَبِی حُمَیْدٍ السَّاعِدِیِّ"),
    ],
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert narrator_key(one) == narrator_key(other)
    assert report_id(one) == report_id(other)
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الله بن عمر", "عبد الله بن عمرو"),
        ("أنس بن مالك", "أنس بن سيرين"),
        ("عمر بن الخطاب", "عمر بن عبد العزيز"),
        ("أبو بكر الصديق", "أبو بكرة"),
    ],
)
def test_others_with_like_names(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert report_id(one) != report_id(other)


def test_a_bare_name_may_be_several() -> None:
    assert len(people("عبد الله")) > 2
    assert same_person("عبد الله بن مسعود", "عبد الله")
    assert people("عبد الله", "عن الأعمش عن إبراهيم عن علقمة عن عبد الله") == people("ابن مسعود")


def test_a_grandfather_by_the_chain_before_him() -> None:
    chain = "حدثنا فلان عن عمرو بن شعيب عن أبيه عن جده"
    assert shown("جَدِّهِ", chain) == "عبد الله بن عمرو"
    assert people("جَدِّهِ") == frozenset()
    assert report_id("أَبِيهِ", "عن رجل عن أبيه") is None


def test_a_reader_is_told_who_it_is_or_nothing() -> None:
    assert somebody("أَبِيهِ", "عن عمرو بن شعيب قال: حدثني أبي، عن أبيه، حتى ذكر") == "عبد الله بن عمرو"
    assert somebody("أَبِيهِ", "عن فلان عن أبيه") is None
    assert somebody("لَقِيَ الْوَفْدَ", "حدثنا من لقي الوفد") is None
    assert somebody("أَنَسٍ", "") == "أَنَسٍ"


def test_a_latin_name_that_no_table_has() -> None:
    assert same_person("Sa’id b. al-Musayyab al-Makhzumi", "سعيد بن المسيب المخزومي")
    assert same_person("Zayd b. Khalid", "زيد بن خالد")
    assert not same_person("Zayd b. Khalid", "زيد بن ثابت")


def test_a_name_in_a_chain() -> None:
    chain = "حَدَّثَنَا سُفْيَانُ عَنِ الزُّهْرِيِّ عَنْ سَعِيدٍ عَنْ أَبِي هُرَيْرَةَ"
    assert named_in("أبو هريرة", chain)
    assert not named_in("أنس بن مالك", chain)
    assert not named_in("عمر بن الخطاب", "عن معمر عن عمر بن عبد العزيز")
