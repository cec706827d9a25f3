"""The exit status is what DESIGN says, and --fail-on chooses."""

from __future__ import annotations

import pytest
from cli_fakes import claim, date, finding, matched, report, source

from takhrij import exit_status
from takhrij.model import Finding, Report

NOT_CHECKED = finding(status="not_checked", match=None)
NOT_FOUND = finding(status="not_found", match=None)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param(report(), 0, id="no quotation"),
        pytest.param(report(matched()), 0, id="same words"),
        pytest.param(report(matched(complete="part")), 0, id="a part is no difference"),
        pytest.param(report(matched(wording="spelling")), 0, id="nor is spelling"),
        pytest.param(report(matched(wording="reading")), 0, id="nor a reading"),
        pytest.param(report(matched(wording="different")), 1, id="another wording"),
        pytest.param(report(matched(wording="by_meaning")), 1, id="by meaning"),
        pytest.param(report(matched(complete="gaps")), 1, id="left out unmarked"),
        pytest.param(report(NOT_FOUND), 1, id="not found"),
        pytest.param(report(finding(claims=(claim("differs"),))), 1, id="a claim differs"),
        pytest.param(
            report(finding(claims=(claim("agrees"), claim("agrees_in_substance")))), 0, id="claims agree"
        ),
        pytest.param(report(dates=(date("differs"),)), 1, id="a date differs"),
        pytest.param(report(dates=(date("not_checked"),)), 0, id="a date not checked"),
        pytest.param(report(NOT_CHECKED), 4, id="none could be checked"),
        pytest.param(report(NOT_CHECKED, matched()), 0, id="one could be checked"),
        pytest.param(report(NOT_CHECKED, NOT_FOUND), 1, id="a difference counts before"),
        pytest.param(report(echoes=(matched(wording="different"),)), 0, id="echoes do not count"),
        pytest.param(report(finding(presented="formula", status="not_found")), 0, id="nor formulae"),
    ],
)
def test_one_report(given: Report, status: int) -> None:
    assert exit_status.of_report(given) == status


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("wording", matched(wording="different")),
        ("gaps", matched(complete="gaps")),
        ("part", matched(complete="part")),
        ("spelling", matched(wording="spelling")),
        ("reading", matched(wording="reading")),
        ("not-found", NOT_FOUND),
        ("not-checked", NOT_CHECKED),
        ("claims", finding(claims=(claim("differs"),))),
    ],
)
def test_fail_on_chooses(reason: str, found: Finding) -> None:
    assert exit_status.of_report(report(found, matched()), [reason]) == 1
    others = [other for other in exit_status.REASONS if other != reason]
    assert exit_status.of_report(report(found, matched()), others) == 0
    assert exit_status.of_report(report(found, matched()), []) == 0


def test_the_first_ranked_source_decides() -> None:
    two = finding(sources=(source(), source(wording="different")))
    assert exit_status.of_report(report(two)) == 0


def test_a_compared_quotation() -> None:
    assert exit_status.of_match(source(complete="part")) == 0
    assert exit_status.of_match(source(wording="different")) == 1
    assert exit_status.of_match(source(wording="different"), ["gaps"]) == 0


@pytest.mark.parametrize(
    ("statuses", "status"),
    [([], 0), ([0, 0], 0), ([0, 4], 4), ([4, 1, 0], 1), ([1, 3, 4], 3), ([0, 3], 3)],
)
def test_several_files(statuses: list[int], status: int) -> None:
    assert exit_status.overall(statuses) == status
