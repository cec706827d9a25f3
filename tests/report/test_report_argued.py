"""The report's page maps a text unasked only where the text argues, and is not too long."""

from __future__ import annotations

import pytest

from takhrij import api
from takhrij.report import html
from takhrij.report.html import to_html

ARGUES = "It is not allowed to sell it, because the buyer cannot be given it.\n"
TELLS = "He went to the market and came back in the evening.\n"


def test_a_text_that_argues_has_its_map_on_the_page() -> None:
    assert 'id="how"' in to_html(api.check(text=ARGUES))


def test_a_text_that_gives_no_reason_has_none_and_is_not_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html, "section", lambda _: pytest.fail("the text was mapped"))
    assert 'id="how"' not in to_html(api.check(text=TELLS))


def test_a_long_text_says_that_it_is_mapped_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_MAPPED", 10)
    assert "mapped on request (takhrij map)" in to_html(api.check(text=ARGUES))
