"""Maps and scenarios as JSON, to and fro; weighings, conditions and comparisons as JSON.

Fields that have their default are left out, but for weighings. The notice is added for whoever shows it to a
person, and ignored when read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from takhrij.argue.notice import NOTICE
from takhrij.argue.wellformed import wellformed
from takhrij.errors import InputError
from takhrij.model import ArgumentMap, Comparison, Conditions, Scenario, Weighing
from takhrij.model.plain import as_text, parsed, plain, value_of

MAP_FORMAT = "takhrij map 1"
SCENARIO_FORMAT = "takhrij scenario 1"
WEIGHING_FORMAT = "takhrij weighing 1"
CONDITIONS_FORMAT = "takhrij conditions 1"
COMPARISON_FORMAT = "takhrij comparison 1"


def dumps(value: ArgumentMap | Scenario) -> str:
    """A map or a scenario as JSON text; equal values give equal bytes."""
    head = (
        {"format": MAP_FORMAT, "notice": NOTICE}
        if isinstance(value, ArgumentMap)
        else {"format": SCENARIO_FORMAT}
    )
    return as_text(head | plain(value, brief=True))


def weighings_as_json(given: Sequence[Weighing]) -> str:
    """Weighings of one map, of the map as it is first; every field is there."""
    return _told(WEIGHING_FORMAT, {"weighings": [plain(one) for one in given]})


def conditions_as_json(given: Sequence[Conditions]) -> str:
    """What each position of a map depends on."""
    return _told(CONDITIONS_FORMAT, {"positions": [plain(one, brief=True) for one in given]})


def comparison_as_json(given: Comparison) -> str:
    """Maps side by side."""
    return _told(COMPARISON_FORMAT, plain(given, brief=True))


def _told(format: str, body: dict[str, Any]) -> str:
    return as_text({"format": format, "notice": NOTICE} | body)


def loads(data: Any) -> ArgumentMap:
    """The map that `dumps` gave, from its text or value; InputError names the place that does not fit."""
    return wellformed(value_of(ArgumentMap, _body(data, MAP_FORMAT), brief=True))


def scenario_from(data: Any) -> Scenario:
    """The scenario that `dumps` gave, from its text or value; InputError where it has another shape."""
    return value_of(Scenario, _body(data, SCENARIO_FORMAT), brief=True)


def _body(data: Any, format: str) -> dict[str, Any]:
    given = parsed(data, format)
    if not isinstance(given.get("notice", ""), str):
        raise InputError("$.notice: expected str")
    return {key: value for key, value in given.items() if key not in ("format", "notice")}
