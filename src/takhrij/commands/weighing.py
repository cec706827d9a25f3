"""`weigh`: how the conclusions of a map depend on its other parts, as it is and under scenarios."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.maps import map_of
from takhrij.commands.output import Output
from takhrij.errors import InputError, UsageError

if TYPE_CHECKING:
    from takhrij.model import Scenario


def weigh(options: Namespace) -> int:
    """Weigh a map, or the map that is proposed of a text; 4 where time sufficed for no conclusion."""
    from takhrij.argue.files import bytes_of
    from takhrij.argue.json import weighings_as_json
    from takhrij.argue.weigh import weigh
    from takhrij.model import Scenario
    from takhrij.report.weighing import to_text

    output = Output(options)
    data, name = bytes_of(options.file, options.max_size)
    given = map_of(data, name, options)
    weighings = [
        weigh(
            given,
            semantics=options.semantics,
            scenario=scenario,
            speaker=options.speaker,
            seconds=options.seconds,
        )
        for scenario in (Scenario(), *_scenarios(options))
    ]
    output.put(name, (weighings_as_json if output.format == "json" else to_text)(weighings))
    output.close()
    results = [one.result for weighing in weighings for one in weighing.conclusions]
    late = bool(results) and all(result == "undecided in time" for result in results)
    return exit_status.NOTHING_CHECKED if late else exit_status.NOTHING_DIFFERS


def _scenarios(options: Namespace) -> list[Scenario]:
    """Those of files, and one of the options."""
    from takhrij.argue.files import SIZE_LIMIT, bytes_of
    from takhrij.argue.json import scenario_from
    from takhrij.model import Edit, Scenario

    found = []
    for path in options.scenario:
        data, name = bytes_of(path, SIZE_LIMIT)
        try:
            found.append(scenario_from(data))
        except InputError as error:
            raise InputError(f"{name}: {error}") from None
    edits = [Edit(kind="reject", target=target) for target in options.reject]
    edits += [Edit(kind="reread", target=one, other=other) for one, other in _pairs(options.reread, "=")]
    edits += [Edit(kind="prefer", target=one, other=other) for one, other in _pairs(options.prefer, ">")]
    return [*found, Scenario(edits=tuple(edits))] if edits else found


def _pairs(given: list[str], between: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        one, found, other = (part.strip() for part in text.partition(between))
        if not (one and found and other):
            raise UsageError(f"{text!r}: expected two parts of the map with {between} between them")
        pairs.append((one, other))
    return pairs
