"""The page in a browser, with a server of its own: nobody else is asked for anything, the policy is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where `takhrij serve` listens."""
    command = (sys.executable, "-m", "takhrij", "serve", "--port", "0", "--workers", "1")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = next((line for line in server.stderr if "http://" in line), "")
        try:
            assert line, "the server did not start"
            yield "http://" + line.partition("http://")[2].split("/")[0]
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("there is no chromium here: apt-get install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How the browser is set up: `@pytest.mark.parametrize("look", [{"locale": "ar"}])`."""
    return dict(getattr(request, "param", {}))


@pytest.fixture
def context(browser: Browser, look: dict[str, Any]) -> Iterator[BrowserContext]:
    wide = {"width": 1280, "height": 900}
    settings = {"locale": "en", "viewport": wide, "permissions": ["clipboard-read", "clipboard-write"]} | look
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page as it opens."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: said.append(one.url) if not _own(one.url, address) else None)
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_be_attached()
    yield page
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [line for line in said if not line.startswith(refused)] == []


def _own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "blob:", "data:"))
