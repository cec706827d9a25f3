"""What the service does, one line a job: REST and MCP offer the same."""

from __future__ import annotations

from typing import Any, NamedTuple

from takhrij.serve import asked


class Route(NamedTuple):
    """A job, the body that asks for it, its formats, and what it is for."""

    job: str
    model: type[asked.Asked]
    formats: Any
    says: str


ROUTES = (
    Route("check", asked.Text, asked.ReportFormat, "Find the quotations of a text and trace them"),
    Route("find", asked.Text, asked.Json, "List the quotations of a text, not compared word by word"),
    Route("guard", asked.Text, asked.Json, "Check a model's answer: per citation what the sources have"),
    Route("compare", asked.Comparison, asked.Json, "Compare a wording with one passage, word by word"),
    Route("lookup", asked.Passage, asked.SheetFormat, "A passage and, of a report, its versions"),
    Route("map", asked.Map, asked.MapFormat, "Propose a map of how a text argues, or convert a map"),
    Route("weigh", asked.Weigh, asked.PlainFormat, "How conclusions depend on the map's other parts"),
    Route("conditions", asked.Conditions, asked.PlainFormat, "What each position is made to depend on"),
)
