"""Dates that stand together are checked against each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.find.calendar import TOLERANCE, common_days, compare, hijri_days
from takhrij.find.dates import find_dates


def checks(text: str) -> list[tuple[str, str]]:
    return [(claim.text, claim.check) for claim in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "26th Rajab 1438 AH\n23/04/2017 CE",
        "٢٦ رجب ١٤٣٨هـ الموافق ٢٣ أبريل ٢٠١٧م",
        "26 رجب 1438 هـ الموافق 23 نيسان 2017 م",
        "26/7/1438هـ - 23/4/2017م",
        "رجب 1438هـ / أبريل 2017م",
        "26 Rajab 1438 / April 23, 2017",
        "1 كانون الثاني 2020م الموافق 6 جمادى الأولى 1441هـ",
        "16 غشت 2020 م الموافق 26 ذي الحجة 1441 هـ",
        "Dhū al-Qaʿda 15, 1440 AH (18 July 2019)",
        "505هـ/1111م",
        "505 AH/1111 CE",
    ],
)
def test_dates_that_agree(text: str) -> None:
    assert checks(text) == [(text, "agrees")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("26 رجب 1438هـ الموافق 23 أبريل 2018م", "23 April 2017"),
        ("505هـ/1121م", "505 AH is 1111-1112 CE"),
        ("الاثنين 26 رجب 1438هـ الموافق 23 أبريل 2017م", "23 April 2017 was a Sunday"),
        ("31 رجب 1438هـ الموافق 28 أبريل 2017م", "29 or 30 days"),
        ("26 رجب 1438هـ الموافق 31 أبريل 2017م", "no day 31"),
    ],
)
def test_what_differs_is_shown(text: str, found: str) -> None:
    (claim,) = find_dates(text)
    assert claim.check == "differs"
    assert found in (claim.found or "")


def test_the_weekday_is_checked_where_it_is_given() -> None:
    assert checks("الأحد 26 رجب 1438هـ الموافق 23 أبريل 2017م")[0][1] == "agrees"


def test_before_the_reform_the_calendar_that_was_read_is_said() -> None:
    (claim,) = find_dates("15 Shaʿbān 656 AH / 17 August 1258")
    assert (claim.check, claim.why) == ("agrees", "read in the Julian calendar")


def test_nothing_is_said_to_the_day_before_ah_11() -> None:
    (claim,) = find_dates("17 رمضان 2هـ الموافق 13 مارس 624م")
    assert claim.check == "not_checked"
    assert "AH 11" in (claim.why or "")
    assert checks("2هـ/624م") == [("2هـ/624م", "agrees")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "رواه البخاري 4/158 ومسلم",
        "المادة 505/1111",
        "see 1111/2222",
        "26 رجب 1438هـ",
        "2:255 و 3:190",
        "17 مايو 2017م و 19 مايو 2017م",
    ],
)
def test_numbers_that_are_no_pair_of_dates(text: str) -> None:
    assert find_dates(text) == ()


@given(st.integers(11, 1600), st.integers(1, 12), st.integers(1, 29), st.integers(-40, 40))
def test_agreement_is_two_days_either_way(year: int, month: int, day: int, off: int) -> None:
    hijri = hijri_days((year, month, day))
    assert hijri
    common = _common(hijri.first + off)
    check, _, _ = compare((year, month, day), common)
    julian = common_days(common, "Julian")
    within = abs(off) <= TOLERANCE or (
        common < (1582, 10, 15) and julian is not None and abs(julian.first - hijri.first) <= TOLERANCE
    )
    assert check == ("agrees" if within else "differs")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_against_the_standard_library(day: date) -> None:
    days = common_days((day.year, day.month, day.day), "Gregorian")
    assert days is not None
    assert days.first % 7 + 1 == day.isoweekday()
    after = day + timedelta(days=1)
    assert common_days((after.year, after.month, after.day), "Gregorian") == (days.first + 1, days.first + 1)


@given(st.integers(11, 1600))
def test_a_pair_of_years_agrees_where_any_day_falls_in_both(year: int) -> None:
    hijri = hijri_days((year, None, None))
    assert hijri
    first, last = _common(hijri.first)[0], _common(hijri.last)[0]
    assert compare((year, None, None), (first, None, None))[0] == "agrees"
    assert compare((year, None, None), (last, None, None))[0] == "agrees"
    assert compare((year, None, None), (last + 2, None, None))[0] == "differs"


def _common(day: int) -> tuple[int, int, int]:
    from convertdate import gregorian

    year, month, of_month = gregorian.from_jd(day - 0.5)
    return int(year), int(month), int(of_month)
