"""Numbers of records as the printed page has them, made unique where they repeat."""

from __future__ import annotations

from collections import Counter

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def western(number: str) -> str:
    """A printed number in Western digits, without its brackets and leading zeros."""
    return number.translate(_DIGITS).strip("()[] ").lstrip("0") or "0"


def lettered(numbers: list[str]) -> list[str]:
    """The numbers made unique: where one repeats, all that have it get a letter: "12/a", "12/b", …"""
    counts = Counter(numbers)
    seen: Counter[str] = Counter()
    unique = []
    for number in numbers:
        if counts[number] > 1:
            unique.append(f"{number}/{_letter(seen[number])}")
            seen[number] += 1
        else:
            unique.append(number)
    return unique


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"{_letter(place // 26 - 1)}{chr(ord('a') + place % 26)}"
