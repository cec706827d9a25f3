"""The exceptions that takhrij raises: one tree, so that `except TakhrijError` catches them all.

    TakhrijError
    ├── UsageError            the call itself is wrong (exit status 2)
    ├── InputError            a text or file cannot be read (exit status 3)
    └── DataError             reference data is missing or damaged (exit status 3)
        ├── MissingSource     a package with reference data is not installed
        ├── DamagedSource     a data file is not the one whose hash is known
        └── IndexUnusable     the index cannot be built, opened or written

Every message says what was wrong, where, and what to do.
"""

from __future__ import annotations


class TakhrijError(Exception):
    """Anything that takhrij reports as an error; `str()` of it is meant for a person."""

    exit_status = 3


class UsageError(TakhrijError):
    """The call is wrong: an unknown source, an unknown format, a malformed reference."""

    exit_status = 2


class InputError(TakhrijError):
    """A text or file that was to be read cannot be."""


class DataError(TakhrijError):
    """Reference data or the index built from it is missing or damaged."""


class MissingSource(DataError):
    """A package with reference data is not installed; the message names the command that adds it."""


class DamagedSource(DataError):
    """A reference file differs from the one whose SHA-256 is recorded."""


class IndexUnusable(DataError):
    """The index cannot be built, opened or written."""
