"""Pictures and exports of a map: everything with its speaker, attack and support told apart."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest
from argue_maps import ablution

from takhrij.argue.argdown import from_argdown
from takhrij.argue.notice import NOTICE
from takhrij.argue.reading import read
from takhrij.errors import InputError, UsageError
from takhrij.model import ArgumentMap
from takhrij.report.maps import map_formats, render_map
from takhrij.report.maps.layout import layout

SVG = "{http://www.w3.org/2000/svg}"


def drawn(given: ArgumentMap) -> ET.Element:
    return ET.fromstring(render_map(given, "svg").encode())


@pytest.mark.parametrize("format", ["svg", "dot", "argdown", "aif"])
def test_every_statement_has_its_speaker_in_every_form(format: str) -> None:
    written = " ".join(render_map(ablution(), format).split())
    assert "al-Nakhaʿi (in the text) holds:" in written
    assert "another holds:" in written
    assert not re.search(r"\b(valid|stands|applies)\b", written)


@pytest.mark.parametrize("format", map_formats())
def test_the_notice_stands_in_every_form(format: str) -> None:
    written = unescape(re.sub(r"</text><text[^>]*>|\\n|\s", " ", render_map(ablution(), format)))
    assert NOTICE in " ".join(written.split())


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="argdown"):
        render_map(ablution(), "png")


def test_attack_and_support_differ_in_line_and_marker() -> None:
    arrows = {one.get("class"): one.find(f"{SVG}path") for one in drawn(ablution()).iter(f"{SVG}g")}
    support, attack = arrows["arrow a-support"], arrows["arrow a-attack"]
    assert support is not None and attack is not None
    assert support.get("stroke-dasharray") is None and attack.get("stroke-dasharray")
    assert support.get("marker-end") != attack.get("marker-end")


def test_arabic_runs_from_right_to_left_and_stays_in_its_box() -> None:
    box = next(one for one in drawn(ablution()).iter(f"{SVG}g") if "k-position" in one.get("class", ""))
    frame = box.find(f"{SVG}rect")
    rows = [row for row in box.iter(f"{SVG}text") if row.get("direction") == "rtl"]
    assert frame is not None and [row.text for row in rows] == ["عن إبراهيم قال: لا وضوء عليه"]
    left, wide = float(frame.get("x", 0)), float(frame.get("width", 0))
    assert left < float(rows[0].get("x", 0)) < left + wide


def test_what_was_rejected_is_not_drawn() -> None:
    given = read(
        'takhrij map 1\ns1 statement rejected\n  says "a"\ns2 statement\n  says "b"\ns1 supports s2\n'
    )
    texts = [row.text for row in drawn(given).iter(f"{SVG}text")]
    assert "b" in texts and "a" not in texts
    assert not [one for one in drawn(given).iter(f"{SVG}g") if "arrow" in one.get("class", "")]


def test_hostile_words_stay_words() -> None:
    words = '</text><script>x</script>\\" ] } > {kind: \\"case\\"} //'
    given = read(f'takhrij map 1\ns1 statement\n  by: "<b>"\n  says "{words}"\n')
    assert not list(drawn(given).iter(f"{SVG}script"))
    again = from_argdown(render_map(given, "argdown"))
    assert [(node.kind, node.speakers) for node in again.nodes] == [("statement", ("<b>",))]
    assert "<script>x</script>" in again.nodes[0].name
    assert render_map(given, "dot").count("{") == 2


def test_boxes_do_not_overlap_and_circles_end() -> None:
    sizes = {f"n{n}": (300.0, 80.0 + 10 * (n % 3)) for n in range(40)}
    arrows = {f"a{n}": (f"n{n}", f"n{(n * 7 + 1) % 40}") for n in range(40)} | {"own": ("n3", "n3")}
    boxes = list(layout(sizes, arrows, (), mirrored=True).boxes.values())
    for number, (left, top, wide, high) in enumerate(boxes):
        for other_left, other_top, other_wide, other_high in boxes[number + 1 :]:
            apart = left + wide <= other_left or other_left + other_wide <= left
            assert apart or top + high <= other_top + 0.01 or other_top + other_high <= top + 0.01


def crowded(positions: int, objections: int, arabic: bool) -> ArgumentMap:
    """Positions that stand against one another, and objections of every kind to one support."""
    words = "لا ينقض الوضوء" if arabic else "it does not void ablution"
    parts = [f'p{n} position\n  says "{words} {n}"\n' for n in range(positions)]
    parts += [f'f1 evidence\n  says "{words} نص"\nf1 supports p0\n']
    manners = ("naqd", "kasr", "farq", "adam_al_tathir", "qawl_bi_al_mujab", "ihtimal", "takhsis", "naskh")
    for n in range(objections):
        parts.append(f'o{n} objection\n  says "{words} o{n}"\n')
        parts.append(f"o{n} undercuts/{manners[n % 8]} (f1 supports p0)\no{n} rebuts p{n % positions}\n")
    parts += [f"p{n} rebuts p{m}\n" for n in range(positions) for m in range(n)]
    return read("takhrij map 1\n" + "".join(parts))


@pytest.mark.parametrize("arabic", [False, True])
@pytest.mark.parametrize(("positions", "objections"), [(1, 8), (4, 9), (7, 3), (2, 30)])
def test_labels_of_arrows_never_overlap_and_stay_off_the_boxes(
    positions: int, objections: int, arabic: bool
) -> None:
    picture = drawn(crowded(positions, objections, arabic))
    width, height = (float(picture.get(side, 0)) for side in ("width", "height"))
    frames = [one for one in picture.iter(f"{SVG}rect") if one.get("class") == "frame"]
    boxes = [tuple(float(one.get(key, 0)) for key in ("x", "y", "width", "height")) for one in frames]
    rows = []
    for row in picture.iter(f"{SVG}text"):
        if row.get("class") == "on-arrow":
            size, x, y = (float(row.get(key, 0)) for key in ("font-size", "x", "y"))
            wide = 0.6 * size * len(row.text or "")
            rows.append((x - wide / 2, y - 0.8 * size, wide, size))
    assert len(rows) > objections
    for place, (left, top, wide, high) in enumerate(rows):
        assert left >= 0 and top >= 0 and left + wide <= width and top + high <= height
        for other_left, other_top, other_wide, other_high in (*rows[:place], *boxes):
            apart = left + wide <= other_left or other_left + other_wide <= left
            assert apart or top + high <= other_top or other_top + other_high <= top


def test_aif_leads_every_statement_from_its_locution_and_its_speaker() -> None:
    aif = json.loads(render_map(ablution(), "aif"))["AIF"]
    kinds = {node["nodeID"]: node["type"] for node in aif["nodes"]}
    pairs = {(kinds[edge["fromID"]], kinds[edge["toID"]]) for edge in aif["edges"]}
    assert pairs == {("L", "YA"), ("YA", "I"), ("I", "RA"), ("RA", "I"), ("I", "CA"), ("CA", "RA")}
    people = {person["participantID"]: person["firstname"] for person in aif["participants"]}
    assert {people[one["personID"]] for one in aif["locutions"]} == {
        "al-Nakhaʿi (in the text)",
        "another",
        "the text",
    }


ARGDOWN = """\
===
title: Ablution
===
# Touching

[voids]: Touching voids ablution. #fiqh
  + <verse>: The verse joins the two.
    _ <allusion>: The word is an allusion. {sources: ["a"]}
  - [kiss]: He kissed and prayed // in ʿĀʾisha's report
      without ablution.

<verse>

(1) [joined]: Touching is joined to relieving oneself.
(2) What is joined shares the ruling.
----
(3) [voids]

[kiss]
  >< [voids]
"""


def test_argdown_is_read_with_its_relations_and_premises() -> None:
    given = from_argdown(ARGDOWN)
    names = {node.id: node.label for node in given.nodes}
    links = {(names[link.subject], link.kind, names[link.object]) for link in given.relations}
    assert links == {
        ("verse", "supports", "voids"),
        ("allusion", "undercuts", "verse"),
        ("kiss", "rebuts", "voids"),
        ("voids", "rebuts", "kiss"),
    }
    verse, kiss = given.get("verse"), given.get("kiss")
    assert verse and kiss
    assert kiss.name == "He kissed and prayed without ablution." and kiss.quote is None
    assert [names[id] for id in verse.tied("premise")] == ["joined", "s1"]
    assert [names[id] for id in verse.tied("conclusion")] == ["voids"]


def test_what_argdown_carries_of_a_map_comes_back() -> None:
    again = from_argdown(render_map(ablution(), "argdown"))
    links = {(link.subject, link.kind, link.object) for link in again.relations}
    labels = {node.label: node for node in again.nodes}
    assert {label: labels[label].kind for label in ("q1", "p1", "p2", "f1")} == {
        "q1": "question",
        "p1": "position",
        "p2": "position",
        "f1": "evidence",
    }
    assert labels["p1"].speakers == ("the text", "al-Nakhaʿi")
    step = next(node for node in again.nodes if node.kind == "argument")
    assert (labels["f1"].id, "supports", step.id) in links and (step.id, "supports", labels["p1"].id) in links
    assert (labels["p2"].id, "undercuts", step.id) in links


def test_argdown_that_bears_on_nothing_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match=r"a\.argdown:3: \+ has nothing above it"):
        from_argdown("[a]: b\n\n  + [c]\n", "a.argdown")


def test_a_map_that_nobody_could_look_at_is_not_drawn_and_the_page_says_so() -> None:
    lines = [f's{n} statement\n  says "{n}"' for n in range(1001)]
    given = read("takhrij map 1\n" + "\n".join([*lines, "s1 supports s2"]) + "\n")
    with pytest.raises(UsageError, match="1,001 boxes"):
        render_map(given, "svg")
    page = render_map(given, "html")
    assert "1,001 boxes" in page and "<svg" not in page


def test_long_argdown_is_read_in_linear_time() -> None:
    given = from_argdown("[a]: b\n" + "more words #(\n" * 40_000)
    assert len(given.nodes[0].name) > 400_000
