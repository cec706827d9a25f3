"""What stands beside every map and every result, in whatever format."""

from __future__ import annotations

NOTICE = (
    "This shows how the text's own parts depend on one another. It says nothing on whether a conclusion is"
    " right or binding. Objections made elsewhere are not in this map."
)
