"""The same run on a Dask cluster of several workers gives the same results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_books import checked, library_and_results, table

from takhrij.errors import UsageError

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # Dask's own


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_what_one_machine_gives(
    scheduler: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    books, results = library_and_results(tmp_path_factory)
    done = checked(books, tmp_path / "out", dask=scheduler)
    assert (done.done, done.failed) == (5, 1)
    for name in ("findings", "claims", "works.parquet", "sources.parquet"):
        ours, theirs = (sorted(map(str, table(folder, name))) for folder in (tmp_path / "out", results))
        assert ours == theirs
    assert checked(books, tmp_path / "out", dask=scheduler).done == 0


def test_no_scheduler_there_is_said(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    books, _ = library_and_results(tmp_path_factory)
    with pytest.raises(UsageError, match="no Dask scheduler"):
        checked(books, tmp_path / "out", dask="not an address")
