"""Files of earlier versions, as they were written then (kept/): never made anew, and read for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from argue_maps import ablution

from takhrij.argue.files import open_map
from takhrij.argue.json import scenario_from
from takhrij.argue.weigh import weigh

KEPT = Path(__file__).parent / "kept"


@pytest.mark.parametrize("name", ["map-1.map", "map-1.json"])
def test_a_map_of_version_1_means_what_it_meant(name: str) -> None:
    given = open_map(KEPT / name)
    assert given == ablution()
    position = given.get("p1")
    assert position and position.speakers == ("the text", "al-Nakhaʿi")
    assert (position.id, position.status, given.relations[-1].status) == (
        "p-7e054a0f3b",
        "confirmed",
        "proposed",
    )
    assert [one.result for one in weigh(given).conclusions] == [
        "contested, unresolved in this map",
        "no support stated",
    ]


def test_a_scenario_of_version_1_does_what_it_did() -> None:
    scenario = scenario_from((KEPT / "scenario-1.json").read_bytes())
    weighed = weigh(open_map(KEPT / "map-1.map"), scenario=scenario)
    assert weighed.conclusions[0].result == "loses its stated support"
