"""A small map on a textbook question, written as a scholar writes it."""

from __future__ import annotations

from takhrij.argue.reading import read
from takhrij.model import ArgumentMap

ABLUTION = """\
takhrij map 1
# who kisses after ablution

q1 question
  name: Does kissing void ablution?
  answers: it does | it does not
p1 position
  by: the text > al-Nakhaʿi
  says 40-71 "عن إبراهيم قال: لا وضوء عليه"
  hukm "لا وضوء عليه"
  question: q1

p2 position
  by: another
  says "يعيد الوضوء"
  question: q1
f1 evidence
  dalil: quran
  refs: quran:5:6 | quran:4:43

f1 supports p1
p2 undercuts/ihtimal (f1 supports p1) proposed
"""


def ablution() -> ArgumentMap:
    return read(ABLUTION)
