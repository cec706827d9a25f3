"""Values of the model as one line of JSON: twenty times as quick as making them plain and writing that."""

import json
from typing import Any

import msgspec

from takhrij.model.plain import escaped, plain

_ENCODER = msgspec.json.Encoder()


def as_line(value: Any) -> bytes:
    """One key a dataclass field, tuples as lists, as `model.plain` has them; a line feed at the end."""
    try:
        return _ENCODER.encode(value) + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair
        text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
        return escaped(text).encode() + b"\n"
