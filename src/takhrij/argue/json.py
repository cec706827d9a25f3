"""Maps and scenarios as JSON, to and fro: fields that have their default are left out.

The notice is added for whoever shows a map to a person, and ignored when read back.
"""

from __future__ import annotations

from typing import Any

from takhrij.argue.notice import NOTICE
from takhrij.argue.wellformed import wellformed
from takhrij.model import ArgumentMap, Scenario
from takhrij.model.plain import as_text, parsed, plain, value_of

MAP_FORMAT = "takhrij map 1"
SCENARIO_FORMAT = "takhrij scenario 1"


def dumps(value: ArgumentMap | Scenario) -> str:
    """A map or a scenario as JSON text; equal values give equal bytes."""
    head = (
        {"format": MAP_FORMAT, "notice": NOTICE}
        if isinstance(value, ArgumentMap)
        else {"format": SCENARIO_FORMAT}
    )
    return as_text(head | plain(value, brief=True))


def loads(data: Any) -> ArgumentMap:
    """The map that `dumps` gave, from its text or value; InputError names the place that does not fit."""
    return wellformed(value_of(ArgumentMap, _body(data, MAP_FORMAT), brief=True))


def scenario_from(data: Any) -> Scenario:
    """The scenario that `dumps` gave, from its text or value; InputError where it has another shape."""
    return value_of(Scenario, _body(data, SCENARIO_FORMAT), brief=True)


def _body(data: Any, format: str) -> dict[str, Any]:
    return {key: value for key, value in parsed(data, format).items() if key not in ("format", "notice")}
