"""The published JSON Schemas of a map and a scenario, and how they are made from the values' types.

`python -m takhrij.argue.schema` writes them to `data/` anew after a change of `takhrij.model.argument`.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from takhrij.argue.json import MAP_FORMAT, SCENARIO_FORMAT
from takhrij.model import ArgumentMap, Scenario
from takhrij.model.schema import Maker, published

PUBLISHED = {"map": "map.schema.json", "scenario": "scenario.schema.json"}


def schema(of: Literal["map", "scenario"] = "map") -> dict[str, Any]:
    """The published schema (draft 2020-12) of `takhrij map --format json`, or of a scenario file."""
    text = files(__package__).joinpath("data", PUBLISHED[of]).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def make(of: str) -> dict[str, Any]:
    """Make a schema from the types of `takhrij.model`."""
    text = files(__package__).joinpath("data", "fields.en.toml").read_text(encoding="utf-8")
    maker = Maker(tomllib.loads(text), brief=True)
    kind, format = (ArgumentMap, MAP_FORMAT) if of == "map" else (Scenario, SCENARIO_FORMAT)
    maker.define(kind, {"format": {"const": format}, "notice": {"type": "string"}})
    top = maker.definitions.pop(kind.__name__)
    return published(PUBLISHED[of], top | {"required": ["format"]}, maker.definitions)


def _main() -> None:
    for of, name in PUBLISHED.items():
        text = json.dumps(make(of), ensure_ascii=False, indent=2) + "\n"
        (Path(__file__).parent / "data" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
