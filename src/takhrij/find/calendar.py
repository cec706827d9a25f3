"""A Hijri and a common-era date against each other, with convertdate's tabular Islamic calendar."""

from __future__ import annotations

from typing import NamedTuple

from takhrij.model import Check

Date = tuple[int, int | None, int | None]  # year, month, day

TOLERANCE = 2  # days: how far the sighted month may lie from the calculated one
_FIRST_SURE_YEAR = 11  # AH; until the pilgrimage of AH 10 months were still intercalated
_REFORM = (1582, 10, 15)  # the first day of the Gregorian calendar
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_HIJRI = (
    "Muharram",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu l-Qada",
    "Dhu l-Hijja",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Days(NamedTuple):
    """A stretch of days as Julian day numbers, both ends included."""

    first: int
    last: int


def compare(hijri: Date, common: Date, weekday: int | None = None) -> tuple[Check, str | None, str | None]:
    """Check, what was found where they differ, and why not checked (or which calendar was read).

    The coarser of the two dates decides what is compared. `weekday` is 1 (Monday) to 7.
    """
    year, month, day = hijri
    to_the_day = None not in (month, day, common[1], common[2])
    if year < _FIRST_SURE_YEAR and (month is not None or day is not None) and common[1] is not None:
        return "not_checked", None, "before AH 11 no calendar is sure to the day or month"
    if not 1 <= year <= 10000 or not 1 <= common[0] <= 10000:
        return "not_checked", None, "year out of range"
    level = min(_level(hijri), _level(common))
    ours = hijri_days(hijri[:1] + _upto(hijri, level))
    if ours is None:
        return "differs", "a Hijri month has 29 or 30 days", None
    tried = [(name, common_days((common[0], *_upto(common, level)), name)) for name in _calendars(common)]
    if all(days is None for _, days in tried):
        return "differs", f"{_MONTHS[(common[1] or 1) - 1]} {common[0]} has no day {common[2]}", None
    slack = TOLERANCE if level > 1 else 0
    for name, days in tried:
        if days and days.first - slack <= ours.last and ours.first <= days.last + slack:
            if to_the_day and weekday and _weekday(days.first) != weekday:
                continue
            return "agrees", None, f"read in the {name} calendar" if len(tried) > 1 and level > 1 else None
    if level == 1 and year < _FIRST_SURE_YEAR and abs(_common_years(ours)[0] - common[0]) <= 1:
        return "not_checked", None, "before AH 11 no calendar is sure to the year's end"
    return "differs", _instead(hijri, common, level, ours, tried, weekday, slack), None


def _level(date: Date) -> int:
    """1: a year; 2: a month of a year; 3: a day."""
    return 1 if date[1] is None else 2 if date[2] is None else 3


def _upto(date: Date, level: int) -> tuple[int | None, int | None]:
    return (date[1] if level > 1 else None, date[2] if level > 2 else None)


def _calendars(common: Date) -> tuple[str, ...]:
    year, month, day = common
    return ("Julian", "Gregorian") if (year, month or 1, day or 1) < _REFORM else ("Gregorian",)


def hijri_days(date: Date) -> Days | None:
    """The days of a Hijri date, month or year in the tabular calendar; None if there is no such date."""
    from convertdate import islamic

    year, month, day = date
    if month is None:
        return Days(_number(islamic.to_jd(year, 1, 1)), _number(islamic.to_jd(year + 1, 1, 1)) - 1)
    start = _number(islamic.to_jd(year, month, 1))
    if day is None:
        return Days(start, start + int(islamic.month_length(year, month)) - 1)
    return Days(start + day - 1, start + day - 1) if 1 <= day <= 30 else None


def common_days(date: Date, calendar: str) -> Days | None:
    """The days of a common-era date in the "Julian" or "Gregorian" calendar; None if there is none."""
    from convertdate import gregorian, julian

    module = julian if calendar == "Julian" else gregorian
    year, month, day = date
    if month is None:
        return Days(_number(module.to_jd(year, 1, 1)), _number(module.to_jd(year, 12, 31)))
    length = int(module.month_length(year, month))
    start = _number(module.to_jd(year, month, 1))
    if day is None:
        return Days(start, start + length - 1)
    return Days(start + day - 1, start + day - 1) if 1 <= day <= length else None


def _number(julian_day: float) -> int:
    """The Julian day number of the noon that follows the midnight `julian_day`."""
    return int(julian_day + 0.5)


def _weekday(day: int) -> int:
    return day % 7 + 1


def _common_years(days: Days) -> tuple[int, int]:
    from convertdate import gregorian, julian

    module = julian if days.last < 2299161 else gregorian
    return int(module.from_jd(days.first - 0.5)[0]), int(module.from_jd(days.last - 0.5)[0])


def _instead(
    hijri: Date,
    common: Date,
    level: int,
    ours: Days,
    tried: list[tuple[str, Days | None]],
    weekday: int | None,
    slack: int,
) -> str:
    """What the calendar has in place of the date that differs."""
    near = [d for _, d in tried if d and d.first - slack <= ours.last and ours.first <= d.last + slack]
    if near and weekday:
        names = " or ".join(dict.fromkeys(_WEEKDAYS[_weekday(days.first) - 1] for days in near))
        return f"{_common(common)} was a {names}"
    if level == 1:
        first, last = _common_years(ours)
        return f"{hijri[0]} AH is {first} CE" if first == last else f"{hijri[0]} AH is {first}-{last} CE"
    from convertdate import gregorian, julian

    name = tried[0][0]
    module = julian if name == "Julian" else gregorian
    year, month, day = module.from_jd(ours.first - 0.5)
    when = f"{int(day)} {_MONTHS[int(month) - 1]} {int(year)}" + (" (Julian)" if name == "Julian" else "")
    written = " ".join(str(part) for part in (hijri[2], _HIJRI[(hijri[1] or 1) - 1], hijri[0]) if part)
    if level == 2:
        return f"{written} AH begins about {when} CE"
    return f"{written} AH is {when} CE by the calculated calendar, give or take {TOLERANCE} days"


def _common(date: Date) -> str:
    return " ".join(str(part) for part in (date[2], _MONTHS[(date[1] or 1) - 1], date[0]) if part)
