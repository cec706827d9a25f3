"""The published JSON Schemas of what `argue/json.py` reads and writes, and how they are made from the types.

`python -m takhrij.argue.schema` writes them to `data/` anew after a change of the values in `takhrij.model`.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from takhrij.argue import json as form
from takhrij.model import ArgumentMap, Comparison, Conditions, Scenario, Weighing
from takhrij.model.schema import Maker, object_of, published

Published = Literal["map", "scenario", "weighing", "conditions", "comparison"]
PUBLISHED: dict[Published, str] = {
    "map": "map.schema.json",
    "scenario": "scenario.schema.json",
    "weighing": "weighing.schema.json",
    "conditions": "conditions.schema.json",
    "comparison": "comparison.schema.json",
}
_WHOLE: dict[str, tuple[type, str]] = {
    "map": (ArgumentMap, form.MAP_FORMAT),
    "scenario": (Scenario, form.SCENARIO_FORMAT),
    "comparison": (Comparison, form.COMPARISON_FORMAT),
}
_LISTS: dict[str, tuple[str, type, str]] = {
    "weighing": ("weighings", Weighing, form.WEIGHING_FORMAT),
    "conditions": ("positions", Conditions, form.CONDITIONS_FORMAT),
}


def schema(of: Published = "map") -> dict[str, Any]:
    """The published schema (draft 2020-12) of what map, weigh, conditions or compare-maps give as JSON."""
    text = files(__package__).joinpath("data", PUBLISHED[of]).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def make(of: Published) -> dict[str, Any]:
    """Make a schema from the types of `takhrij.model`."""
    text = files(__package__).joinpath("data", "fields.en.toml").read_text(encoding="utf-8")
    maker = Maker(tomllib.loads(text), brief=of != "weighing")
    notice = {"notice": {"type": "string"}}
    if of in _WHOLE:
        kind, name = _WHOLE[of]
        maker.define(kind, {"format": {"const": name}} | notice)
        top = maker.definitions.pop(kind.__name__)
        top["required"] = [field for field in top["required"] if field != "notice"]
    else:
        key, kind, name = _LISTS[of]
        listed = {"type": "array", "items": maker.of(kind)}
        top = object_of(
            {"format": {"const": name}} | notice | {key: listed}, maker.meanings[kind.__name__]["_"]
        )
    return published(PUBLISHED[of], top, maker.definitions)


def _main() -> None:
    for of, name in PUBLISHED.items():
        text = json.dumps(make(of), ensure_ascii=False, indent=2) + "\n"
        (Path(__file__).parent / "data" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
