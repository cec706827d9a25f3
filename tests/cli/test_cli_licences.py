"""Under which terms everything stands: no dependency is copyleft beyond the LGPL, and none says nothing."""

from __future__ import annotations

import re

import pytest

from takhrij import sources
from takhrij.cli import main
from takhrij.commands.licences import dependencies

_KNOWN = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|ISC|Zlib|Unlicense|LGPL|Lesser General|MPL|HPND", re.I
)
_REFUSED = re.compile(r"(?<!L)GPL|Affero|(?<!Lesser )General Public", re.I)


def test_every_dependency_states_a_licence_that_fits() -> None:
    found = dependencies()
    assert {"numpy", "rich", "platformdirs"} <= {one.name for one in found}
    assert len({one.name.lower() for one in found}) == len(found)
    for name, _, licence in found:
        assert _KNOWN.search(licence), (name, licence)
        assert not _REFUSED.search(licence) or " OR " in licence, (name, licence)


def test_every_reference_work_states_its_licence_and_where_it_is_from() -> None:
    for source in sources.known():
        assert source.licence and source.provenance, source.id


def test_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "licences"]) == 0
    told = capsys.readouterr().out
    assert "numpy" in told and "Tanzil Project, CC BY 3.0" in told
