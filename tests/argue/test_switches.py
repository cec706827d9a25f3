"""Evidence switched off on the page, and through the public API: the same as a scenario says."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import combinations

import pytest
from argue_maps import ablution

import takhrij
from takhrij.argue.notice import NOTICE
from takhrij.argue.reading import read
from takhrij.argue.weigh import switches, weigh
from takhrij.errors import UsageError
from takhrij.model import ArgumentMap, Edit, Scenario
from takhrij.report import render
from takhrij.report.maps import render_map
from takhrij.report.maps.section import RESULTS

TOUCHING = """\
takhrij map 1
p1 position
  by: one
  says "it voids"
  answers: yes
p2 position
  by: another
  says "it does not"
  answers: no
f1 evidence
  says "you touched"
f2 evidence
  says "he kissed and prayed"
  report: tirmidhi:86
f3 evidence
  says "he kissed, then prayed"
  report: tirmidhi:86
f4 evidence
  says "a word of a Companion"

f1 supports p1
f4 supports p1
f2 supports p2
f3 supports p2
f2 rebuts p1
"""


def touching() -> ArgumentMap:
    return read(TOUCHING)


def test_every_set_of_evidence_has_the_results_of_its_scenario() -> None:
    given = touching()
    found = switches(given)
    assert found.evidence == (("f1",), ("f2", "f3"), ("f4",)) and found.size == 3
    for size in range(4):
        for off in combinations(range(3), size):
            edits = tuple(Edit(kind="reject", target=found.evidence[one][0]) for one in off)
            weighed = weigh(given, scenario=Scenario(edits=edits))
            assert found.results[off] == {one.node.id: one.result for one in weighed.conclusions}


def test_where_sets_are_many_only_whole_sizes_are_kept() -> None:
    found = switches(touching(), most=10)
    assert found.size == 1 and {len(off) for off in found.results} == {0, 1}


def test_the_page_looks_up_what_was_reckoned_and_says_whose_each_conclusion_is() -> None:
    page = render_map(touching(), "html")
    data = re.search(r'data-results="([^"]*)"', page)
    assert data
    results = json.loads(unescape(data[1]))
    lost = str(RESULTS.index("loses its stated support"))
    assert results["1"][1] == results["0,1"][1] == lost
    assert results["0"][0] != lost and results["0,2"][0] == lost
    assert "without f2, f3" in page or "without f2 and f3" in page
    assert "p2 another holds:" in page and NOTICE in unescape(page)
    assert not re.search(r"\b(valid|applies)\b", page.partition("<body>")[2].partition("<script>")[0])


def test_the_page_says_all_this_without_a_script_as_well() -> None:
    body = render_map(touching(), "html").partition("<script>")[0]
    assert re.search(r"without f2 and f3: loses its stated support", unescape(body))
    assert 'class="switches" hidden' in body


def test_hostile_words_stay_words_on_the_page() -> None:
    words = "</output></script><script>alert(1)</script>"
    given = read(
        f'takhrij map 1\np1 position\n  by: "<img src=x>"\n  says "{words}"\nf1 evidence\nf1 supports p1\n'
    )
    page = render_map(given, "html")
    assert page.count("<script") == 1 and "<img" not in page


def test_a_report_has_its_map_and_the_page_shows_one_only_where_something_is_linked() -> None:
    text = "قال الله تعالى: ﴿فاغسلوا وجوهكم وأيديكم إلى المرافق وامسحوا برءوسكم﴾."
    report = takhrij.check(text=text)
    assert [node.label for node in report.argument.of_kind("evidence")] == ["f1"]
    assert 'id="how"' not in render(report, "html")


def test_a_map_without_a_piece_of_evidence() -> None:
    weighed = touching().without("f2")
    results = {one.node.label: one.result for one in weighed.conclusions}
    assert results["p2"] == "loses its stated support"
    assert {one.node.label for one in weighed.set_aside} == {"f2", "f3"}
    with pytest.raises(UsageError, match="f9"):
        ablution().without("f9")
