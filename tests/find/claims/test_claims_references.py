"""Sura and verse, in the forms in which texts write them."""

import pytest

from takhrij.find.claims import RawClaim, find_claims
from takhrij.find.claims.lexicon import lexicon

QUOTED = "«فَاغْسِلُوا وُجُوهَكُمْ وَأَيْدِيَكُمْ إِلَى الْمَرَافِقِ»"


def references(text: str) -> list[RawClaim]:
    return [claim for claim in find_claims(text) if claim.kind == "reference"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[المائدة: 6]", "quran:5:6"),
        ("[المائدة:٦]", "quran:5:6"),
        ("[المائدة: ۶]", "quran:5:6"),
        ("[المَائِدَةِ: 6]", "quran:5:6"),
        ("[المائدة/6]", "quran:5:6"),
        ("[المائدة، 6]", "quran:5:6"),
        ("(سورة المائدة، الآية 6)", "quran:5:6"),
        ("(سورة المائدة الآية رقم 6)", "quran:5:6"),
        ("(سورة المائدة، آية: 6)", "quran:5:6"),
        ("(سورة **المائدة**، الآية 6)", "quran:5:6"),
        ("(الآية 6 من سورة المائدة)", "quran:5:6"),
        ("(الآية السادسة من سورة المائدة)", "quran:5:6"),
        ("(سورة المائدة، الآية السادسة)", "quran:5:6"),
        ("(السورة 5، آية 6)", "quran:5:6"),
        ("(سورة المائدة (5:6))", "quran:5:6"),
        ("(سورة المائدة (5)، آية 6)", "quran:5:6"),
        ("[سورة آل عمران: ١٩٠-١٩١]", "quran:3:190-191"),
        ("[آل عمران: 190 إلى 191]", "quran:3:190-191"),
        ("(الآيتان 190 و191 من سورة آل عمران)", "quran:3:190-191"),
        ("(5:6)", "quran:5:6"),
        ("{5:6}", "quran:5:6"),
        ("(القرآن 5/6)", "quran:5:6"),
        ("[al-Ma'ida: 6]", "quran:5:6"),
        ("[Al-Mâ’idah: 6]", "quran:5:6"),
        ("(Sūrat al-Māʾida, verse 6)", "quran:5:6"),
        ("(Surah Al-Maidah 5:6)", "quran:5:6"),
        ("(verse 6 of al-Ma'ida)", "quran:5:6"),
        ("(Qur'an 5:6)", "quran:5:6"),
        ("(Qurʾān 5:6)", "quran:5:6"),
        ("Q 5:6", "quran:5:6"),
        ("(Q. 5:6)", "quran:5:6"),
        ("(Surah 5, verse 6)", "quran:5:6"),
        ("[Al-Ma'idah: 6[", "quran:5:6"),
        ("]المائدة: 6[", "quran:5:6"),
        ("(Ayat al-Kursi)", "quran:2:255"),
        ("(آية الكرسي)", "quran:2:255"),
        ("(the last two verses of al-Baqara)", "quran:2:285-286"),
        ("[6: المائدة]", "quran:5:6"),
        ("Surah al-Isra' 17:32", "quran:17:32"),
        ("[an-Nisa’ 4:101]", "quran:4:101"),
        ("Surat ash-Shu'ara', verse 3", "quran:26:3"),
        ("(سورة الزلزال: 7)", "quran:99:7"),
        ("[سأل: 4]", "quran:70:4"),
        ("(المائدة)", "quran:5"),
        ("(سورة ق، الآية 16)", "quran:50:16"),
        ("(سورة براءة: 60)", "quran:9:60"),
        ("(الانشراح: 5)", "quran:94:5"),
        ("(ألم نشرح: 5)", "quran:94:5"),
    ],
)
def test_usual_forms(written: str, says: str) -> None:
    (claim,) = references(f"{QUOTED} {written}")
    assert claim.says[0] == says
    assert claim.direction == "before"
    assert claim.group.start >= len(QUOTED) + 1


@pytest.mark.parametrize("number", range(1, 115))
def test_every_sura_is_known_by_its_name(number: int) -> None:
    names = [n for n in _names(number) if n]
    for name in names:
        (claim, *rest) = references(f"قال تعالى في سورة {name}، الآية 1: {QUOTED}")
        assert claim.says == (f"quran:{number}:1",), name
        assert not rest


def _names(number: int) -> list[str]:
    from importlib.resources import files

    text = files("takhrij.find.claims").joinpath("data/suras.tsv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"{number}\t"))
    return row.split("\t")[2].split("|")


def test_verse_counts_are_the_kufan_ones() -> None:
    verses = lexicon().verses
    assert len(verses) == 114
    assert sum(verses.values()) == 6236


def test_a_sura_alone_and_an_unknown_one() -> None:
    assert references("وتقرأ سورة الفلق صباحا")[0].says == ("quran:113",)
    assert references(f"{QUOTED} (سورة الغيث: 3)")[0].says == ("quran:?:3",)


def test_where_name_and_number_disagree_both_are_read() -> None:
    assert references(f"{QUOTED} (سورة المائدة 2:6)")[0].says == ("quran:5:6", "quran:2:6")


def test_two_references_in_one_pair_of_brackets() -> None:
    claims = references(f"{QUOTED} (النساء: 43؛ المائدة: 6)")
    assert [claim.says[0] for claim in claims] == ["quran:4:43", "quran:5:6"]
    assert len({claim.group for claim in claims}) == 1


@pytest.mark.parametrize(
    "translator", ["Yusuf Ali", "Muhammad Asad", "Maryam Jones", "A. Yusuf Ali", "محمد أسد"]
)
@pytest.mark.parametrize(
    "written",
    ["(Quran 5:6, {})", "Qur'an 5:6 ({})", "(Quran 5:6; {}, 1934)", "({}, Quran 5:6)", "(Q 5:6 – {})"],
)
def test_a_translator_is_no_sura(translator: str, written: str) -> None:
    (claim,) = references(f"“Wash your faces and your hands” {written.format(translator)}.")
    assert claim.says == ("quran:5:6",)


def test_a_sura_named_beside_the_numbers_is_read() -> None:
    assert [c.says for c in references(f"{QUOTED} (Quran 5:6, Yusuf)")] == [("quran:5:6",), ("quran:12",)]


def test_a_verse_without_its_sura() -> None:
    assert references(f"{QUOTED} (الآية 6)")[0].says == ("quran:*:6",)


def test_before_its_quotation() -> None:
    text = f"قال تعالى في سورة المائدة، الآية 6: {QUOTED}"
    (claim,) = references(text)
    assert (claim.direction, claim.text) == ("after", "سورة المائدة، الآية 6")


def test_looking_back() -> None:
    text = f"{QUOTED} [المائدة: 6]. وقال: «وَأَرْجُلَكُمْ» (الآية نفسها)."
    first, second = references(text)
    assert second.says == first.says == ("quran:5:6",)
    assert second.looks_back == first.group


@pytest.mark.parametrize(
    "text",
    [
        "وذبح البقرة يوم النحر، وللنساء نصيب، والأنعام كثيرة.",
        "بلغ محمد: 5 سنوات، والناس.\n\n3. المسألة الثالثة",
        "الموعد (10:30) صباحا بعد 2:15",
        "انظر ص 12 من الكتاب",
        "The women and the cow, Joseph and Mary: 3 children. No. 190 of the code.",
        "A meeting at 5:30 and a ratio of 3:1.",
    ],
)
def test_words_that_are_no_references(text: str) -> None:
    sure = [c for c in references(text) if c.text != "10:30"]
    assert sure == []


def test_a_verse_of_the_same_sura_has_its_own_number() -> None:
    text = f"{QUOTED} [المائدة: 6]. وقال: «وَأَرْجُلَكُمْ» [نفس السورة: 46]."
    assert [claim.says for claim in references(text)] == [("quran:5:6",), ("quran:5:46",)]
