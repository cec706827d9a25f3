"""One index for all tests, kept between runs for as long as the code that makes it is the same; servers."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

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
