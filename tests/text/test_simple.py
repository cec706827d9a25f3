from __future__ import annotations

from takhrij.text import pattern, simple


def test_one_letter_a_spelling_and_every_place_leads_back() -> None:
    text = "قَالَ الإمامُ: «مسألةٌ» – It’s Al-Ḥāfiẓ 12 ١٢"
    plain = simple(text)
    assert plain.text == "قال الامام: «مساله» – it's al-hafiz 12 12"
    found = pattern("مسألة").search(plain.text)
    assert found
    assert text[slice(*plain.span(*found.span()))].startswith("مسألة")
    assert all(plain.at(int(place)) == at for at, place in enumerate(plain.places))


def test_an_empty_text_and_one_beyond_the_basic_plane() -> None:
    assert simple("").text == ""
    assert simple("a\U0001f54cb").text == "a\U0001f54cb"
