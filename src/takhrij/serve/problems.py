"""Errors as the service answers them: one shape, with what was wrong, where, and what to do."""

from __future__ import annotations

import json
from typing import Any

STATUS_OF = {
    "UsageError": 400,
    "ForeignHost": 421,
    "ForeignOrigin": 403,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "TooLate": 408,
    "TooLarge": 413,
    "UnknownMedia": 415,
    "BadRequest": 422,
    "InputError": 422,
    "Busy": 429,
    "Mistake": 500,
    "DataError": 503,
    "MissingSource": 503,
    "DamagedSource": 503,
    "IndexUnusable": 503,
}
_ADVICE = {
    "UsageError": "Change the request as the message says.",
    "ForeignHost": "Ask under the name that the server printed, or start it with --allow-host NAME.",
    "ForeignOrigin": "Call the service from its own page, or from a program that sends no Origin.",
    "NotFound": "See /docs for what there is.",
    "MethodNotAllowed": "See /docs for how it is asked for.",
    "TooLate": "Send a shorter text, or start the server with a larger --seconds.",
    "TooLarge": "Send a smaller text, or start the server with a larger --max-size.",
    "UnknownMedia": "Send application/json, or multipart/form-data with the part file.",
    "BadRequest": "Change the request as the message says; /docs has its schema.",
    "InputError": "Send another text or file, as the message says.",
    "Busy": "Ask again after the seconds in the header Retry-After.",
    "Mistake": "Please report it with the text that caused it.",
}
_OF_THE_SERVER = "Whoever runs the server has to do what the message says."


class Problem(Exception):
    """Something to answer with an error. `where`: the file or the part of the request that it is about."""

    def __init__(self, kind: str, message: str, where: str | None = None) -> None:
        super().__init__(message)
        self.kind, self.message, self.where = kind, message, where

    @property
    def status(self) -> int:
        """The HTTP status that it is answered with."""
        return STATUS_OF.get(self.kind, 500)

    @property
    def headers(self) -> dict[str, str]:
        """What the answer's headers say besides."""
        return {"Retry-After": "1"} if self.kind == "Busy" else {}

    def value(self) -> dict[str, Any]:
        """The body of the answer."""
        return {
            "error": {
                "kind": self.kind,
                "where": self.where,
                "message": self.message,
                "advice": _ADVICE.get(self.kind, _OF_THE_SERVER),
            }
        }

    def body(self) -> bytes:
        """The body of the answer as JSON."""
        return json.dumps(self.value(), ensure_ascii=False).encode("utf-8", "replace")
