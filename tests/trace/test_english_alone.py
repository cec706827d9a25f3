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
    quoted = "Bring the vessels at dusk, for I filled them while I was in a state of purity."
    finding = only(f'**Sahih al-Bukhari 40**: The Prophet (ﷺ) said, "{quoted}"')
    assert (finding.kind, finding.status, finding.text, finding.sources) == (
        "report",
        "not_checked",
        quoted,
        (),
    )
    assert set(checks(finding).values()) == {"not_checked"}


def test_a_freely_worded_verse_is_whole_and_its_wrong_reference_differs() -> None:
    quoted = "Allah does not wish to place you in difficulty, but He wishes to make you clean."
    finding = only(f'1. **Surah Al-Ma\'idah (5:90)**: "{quoted}"')
    assert finding.text == quoted
    assert finding.sources[0].renders == "quran:5:6" and finding.match == "different"
    assert checks(finding) == {"reference": "differs"}
