"""English that stands beside no Arabic: what is said of it agrees only where a source has its words."""

from __future__ import annotations

import takhrij
from takhrij.model import Finding


def only(text: str) -> Finding:
    (finding,) = takhrij.check(text=text).findings
    return finding


def checks(finding: Finding) -> dict[str, str]:
    return {claim.kind: claim.check for claim in finding.claims}


def test_a_few_common_words_make_no_claim_agree() -> None:
    quoted = "Fill the jars, for I emptied them while I was in a state of purity."
    finding = only(f'**Sahih al-Bukhari 40**: The Prophet (ﷺ) said, "{quoted}"')
    assert (finding.kind, finding.status, finding.text, finding.sources) == (
        "report",
        "not_checked",
        quoted,
        (),
    )
    assert set(checks(finding).values()) == {"not_checked"}


def test_a_freely_worded_verse_is_whole_and_its_wrong_reference_differs() -> None:
    quoted = "Allah does not wish to place you in a difficulty, but He wishes to purify you."
    finding = only(f'1. **Surah Al-Ma\'idah (5:90)**: "{quoted}"')
    assert finding.text == quoted
    assert finding.sources[0].renders == "quran:5:6" and finding.match == "different"
    assert checks(finding) == {"reference": "differs"}


def test_a_translator_beside_the_numbers_hides_no_reference() -> None:
    text = (
        'Allah says: "Allah hath permitted trade and forbidden usury" (2:275, Yusuf Ali). '
        '"But Allah hath permitted loans and forbidden trade" (2:276, Yusuf Ali).'
    )
    right, wrong = takhrij.check(text=text).findings
    assert right.match == "part" and checks(right)["reference"] == "agrees"
    assert wrong.match == "different" and checks(wrong) == {"reference": "differs"}


def test_a_sura_and_a_verse_in_brackets_before_a_quotation_are_checked() -> None:
    quoted = "Never will you attain the good until you spend from that which you love"
    finding = only(f'The Qur\'an states (al-Baqara 183): "{quoted}"')
    assert finding.sources[0].renders == "quran:3:92" and checks(finding)["reference"] == "differs"


def test_a_verse_in_a_translation_that_is_not_loaded_is_no_report_that_quotes_it() -> None:
    quoted = (
        "And when you (Muslims) travel in the land, there is no sin on you if you shorten As-Salah "
        "(the prayer) if you fear that the disbelievers may attack you"
    )
    finding = only(f'Allah says: "{quoted}" [an-Nisa\' 4:101]')
    assert (finding.kind, finding.text, finding.attributed_to) == ("quran", quoted, "god")
    assert "differs" not in checks(finding).values() and finding.nearest[0].renders == "quran:4:101"


def test_a_collection_that_has_a_report_in_other_english_does_not_lack_it() -> None:
    quoted = "The prayer of a person who does Hadath is not accepted till he performs the ablution."
    finding = only(f'The Prophet said: "{quoted}" (Muslim)')
    assert finding.sources[0].ref == "bukhari:135" and checks(finding)["collection"] == "not_checked"


def test_a_second_chain_in_a_record_hides_no_version_of_its_words() -> None:
    quoted = "None of you will have faith till he wishes for his brother what he likes for himself."
    finding = only(f'Anas narrated that the Prophet said: "{quoted}" Agreed upon.')
    assert checks(finding) == {"narrator": "agrees", "said_by": "agrees", "collection": "agrees_in_substance"}
