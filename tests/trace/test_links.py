"""Versions whose chain names no Companion: one report with those of their common link, and with no others."""

from __future__ import annotations

import takhrij
from takhrij.model import Sheet, Version
from takhrij.report.json import sheet_to_json
from takhrij.report.sheet import titled_groups, version_notes


def _version(sheet: Sheet, ref: str) -> Version:
    return next(version for version in sheet.versions if version.match.ref == ref)


def test_a_chain_that_ends_with_a_successor_is_one_report_with_his_companions() -> None:
    sheet = takhrij.lookup("bukhari:6052")  # Ṭāwūs from Ibn ʿAbbās
    early, whole = _version(sheet, "bukhari:1378"), _version(sheet, "bukhari:6055")
    assert "طَاوُسٍ" in (early.match.narrator or "")
    assert early.report == whole.report
    assert early.match.common_link == "طَاوُسٍ"
    assert whole.match.common_link is None
    assert "common link طَاوُسٍ" in version_notes(early)
    heading = next(title for title, versions in titled_groups(sheet) if early in versions)
    assert heading.endswith("عبد الله بن عباس")
    links = {version["match"]["common_link"] for version in sheet_to_json(sheet)["versions"]}
    assert links == {None, "طَاوُسٍ"}


def test_a_bare_name_is_the_companion_from_whom_his_transmitter_has_it() -> None:
    sheet = takhrij.lookup("bukhari:1409")  # Qays from Ibn Masʿūd; «عبد الله» has the same words
    bare = _version(sheet, "bukhari:7141")
    assert bare.report == _version(sheet, "bukhari:73").report
    assert bare.match.common_link == "قَيْسٍ"


def test_a_transmitter_with_two_companions_joins_neither() -> None:
    sheet = takhrij.lookup("muslim:4054")  # Nāfiʿ from Abū Saʿīd, and from Ibn ʿUmar
    alone = _version(sheet, "muslim:4055")  # Nāfiʿ
    assert alone.match.common_link is None
    assert alone.report != _version(sheet, "bukhari:2177").report


def test_versions_from_two_companions_are_two_reports_whoever_is_in_both_chains() -> None:
    sheet = takhrij.lookup("bukhari:1409")
    one, other = _version(sheet, "bukhari:73"), _version(sheet, "bukhari:7529")
    assert all("سُفْيَان" in (version.match.chain or "") for version in (one, other))
    assert one.report != other.report


def test_versions_that_name_nobody_are_one_report_by_their_link() -> None:
    sheet = takhrij.lookup("muslim:2150")
    links = [_version(sheet, ref) for ref in ("bukhari:1286", "muslim:2149")]  # two forms of one name
    assert all(version.match.common_link for version in links)
    assert len({version.report for version in links}) == 1
    heading = next(title for title, versions in titled_groups(sheet) if links[0] in versions)
    assert "common link" in heading
