"""One index for all tests, kept between runs for as long as the code that makes it is the same."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

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
