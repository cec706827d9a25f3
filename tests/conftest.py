"""One index for all tests, kept while the code that makes it is the same; servers; a browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
_MAKERS = ("text", "sources", "index", "model/works.py")  # what the index is made by


@pytest.fixture(scope="session", autouse=True)
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let every test use one index, and nobody's own sources.

    An index is built where none is there: in $TAKHRIJ_CACHE_DIR if that is set, else in pytest's cache.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("TAKHRIJ_CACHE_DIR"):
            patch.setenv("TAKHRIJ_CACHE_DIR", str(_folder(request)))
        patch.setenv("TAKHRIJ_DATA_DIR", str(tmp_path_factory.mktemp("own-sources")))
        yield Path(os.environ["TAKHRIJ_CACHE_DIR"])


def _folder(request: pytest.FixtureRequest) -> Path:
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("takhrij-index")
    folder = kept / _fingerprint()
    for other in kept.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    return folder


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for maker in _MAKERS:
        path = ROOT / "src" / "takhrij" / maker
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def running(*options: str, env: dict[str, str] | None = None) -> Iterator[httpx.Client]:
    """`takhrij serve` on a free port; a client of it. It must have written down nothing but its address."""
    command = [sys.executable, "-m", "takhrij", "serve", "--port", "0", "--workers", "1", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env)
    assert process.stderr
    line = process.stderr.readline()
    try:
        with httpx.Client(base_url=line.split()[1], timeout=60, trust_env=False) as client:
            yield client
    finally:
        process.terminate()
        said = process.communicate(timeout=20)[1]
    assert said == ""


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with running("--max-size", "1") as client:
        yield client


@pytest.fixture
def start() -> Iterator[Callable[..., httpx.Client]]:
    """Starts a server with other options; ended after the test."""
    with ExitStack() as stack:
        yield lambda *options, **more: stack.enter_context(running(*options, **more))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium. Not for the session: while it lives, no other test can run an event loop."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("there is no chromium here: apt-get install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How the browser is set up: `@pytest.mark.parametrize("look", [{"locale": "ar"}], indirect=True)`."""
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
def page(context: BrowserContext, client: httpx.Client) -> Iterator[Page]:
    """The page as it opens. It may ask nobody else for anything, and has to keep its policy."""
    from playwright.sync_api import expect

    page = context.new_page()
    own, said = (str(client.base_url), "blob:", "data:"), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(own) else said.append(asked.url))
    page.goto(str(client.base_url))
    expect(page.locator("html[data-ready]")).to_be_attached()
    yield page
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [line for line in said if not line.startswith(refused)] == []
