"""Where results go: standard output, a file, or a folder with one file for each text."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from takhrij.errors import TakhrijError, UsageError

if TYPE_CHECKING:
    from takhrij.model import Report, Sheet

_MAPS = {".map": "text", ".svg": "svg", ".dot": "dot", ".argdown": "argdown", ".aif.json": "aif"}
_PIECE = 1 << 16


def complain(message: str) -> None:
    """Say on standard error, in one line, what went wrong."""
    line = "".join(char if char.isprintable() else " " for char in message)
    print(f"takhrij: {line}", file=sys.stderr)


def unexpected(error: BaseException) -> str:
    """One line for an error that is a mistake of the program, with how to report it."""
    return (
        f"this is a mistake in takhrij ({type(error).__name__}: {error}); please report it with the text that"
        " caused it, and the output of the same command with TAKHRIJ_DEBUG=1"
    )


def error_value(name: str | None, error: BaseException) -> dict[str, Any]:
    """An error as JSON has it, the same for every command."""
    return {"error": {"kind": type(error).__name__, "file": name, "message": str(error)}}


def _write_out(text: str) -> None:
    """Write to standard output in pieces: of one large write Python may not say that nobody reads it."""
    for start in range(0, len(text), _PIECE):
        sys.stdout.write(text[start : start + _PIECE])
        sys.stdout.flush()


class Output:
    """Takes results one after the other and writes each in the format that was asked for.

    Several JSON results make one array, in which a text that could not be read stands as {"error": …}.
    """

    def __init__(self, options: Namespace, count: int = 1) -> None:
        given: str | None = options.output
        self.quiet: bool = options.quiet
        self.path = Path(given) if given else None
        self.folder = bool(given) and (given.endswith("/") or Path(given).is_dir()) if given else False
        usual = "patch" if getattr(options, "fix", None) else "text"
        self.format: str = options.format or self._told_by_name(options.formats) or usual
        self._refuse_in_time()
        self.many = count > 1 and not self.folder
        if self.many and self.format not in ("text", "json"):
            raise UsageError("several texts make several files: name a folder for them with -o FOLDER/")
        self._held: list[str] = []
        self._names: set[str] = set()

    def _told_by_name(self, formats: Sequence[str]) -> str | None:
        if self.path is None or self.folder:
            return None
        known = {ending: format for ending, format in _endings(formats) if format in formats}
        name = self.path.name.lower()
        told = max((ending for ending in known if name.endswith(ending)), key=len, default=None)
        if told is None:
            endings = ", ".join(known)
            raise UsageError(f"{self.path}: name a format with --format, or a file ending in {endings}")
        return known[told]

    def _refuse_in_time(self) -> None:
        """Say before the work what would only be found out behind it: a package or a folder is not there."""
        from takhrij.report.forms import FORMATS

        if self.format in FORMATS:
            FORMATS[self.format].function()
        if self.path is not None and not self.folder and not self.path.absolute().parent.is_dir():
            raise UsageError(
                f"{self.path}: there is no folder {self.path.parent}; make it, or choose another"
            )

    def show(
        self,
        name: str,
        value: Report | Sheet,
        *,
        all_sources: bool = False,
        original: str | bytes | None = None,
    ) -> None:
        """Render a report or a sheet and take it, as text with the colours and the width of the terminal.

        `original`: the file that was read, or its bytes.
        """
        from takhrij.report import as_file, render, terminal
        from takhrij.report.forms import FORMATS

        if self.quiet and self.path is None:
            return
        form = FORMATS[self.format]
        if form.binary or (original is not None and form.shows):
            self.put(name, as_file(value, self.format, original))
        elif self.format != "text":
            self.put(name, render(value, self.format))
        elif self.path is None:
            terminal.show(value, all_sources=all_sources)
            sys.stdout.flush()
        else:
            self.put(name, terminal.to_text(value, all_sources=all_sources))

    def put(self, name: str, rendered: str | bytes) -> None:
        """Take one rendered result."""
        if self.folder:
            self._write(self._file_for(name), rendered)
        elif isinstance(rendered, bytes):
            if self.path:
                self._write(self.path, rendered)
            elif not self.quiet:
                sys.stdout.buffer.write(rendered)
        elif self.path or (self.many and self.format == "json"):
            self._held.append(rendered.rstrip("\n"))
        elif not self.quiet:
            _write_out(rendered if rendered.endswith("\n") else rendered + "\n")

    def fail(self, name: str | None, error: BaseException) -> None:
        """Say what went wrong, and let JSON have it too."""
        complain(str(error))
        if self.format == "json" and not self.folder and (self.path is None or self.many):
            self.put(name or "", json.dumps(error_value(name, error), ensure_ascii=False, indent=2))

    def close(self) -> None:
        """Write what waited for the last result."""
        if not self._held:
            return
        if self.format == "json" and self.many:
            whole = "[\n" + ",\n".join(self._held) + "\n]\n"
        else:
            whole = "\n\n".join(self._held) + "\n"
        self._held = []
        if self.path:
            self._write(self.path, whole)
        elif not self.quiet:
            _write_out(whole)

    def _file_for(self, name: str) -> Path:
        """A file of its own for each text: its name without folders, numbered where it repeats."""
        assert self.path is not None
        stem = Path(name.replace("\\", "_")).stem.strip(". ")[:100] or "text"
        own, number = stem, 1
        while own in self._names:
            number += 1
            own = f"{stem}-{number}"
        self._names.add(own)
        return self.path / (own + next(end for end, format in _endings() if format == self.format))

    def _write(self, path: Path, text: str | bytes) -> None:
        from takhrij.report.write import write

        if self.folder:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise TakhrijError(f"{path.parent}: cannot be made ({error.strerror or error})") from None
        write(path, text)
        if not self.quiet:
            print(f"takhrij: wrote {path}", file=sys.stderr)


def _endings(formats: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Endings of file names with their formats, the usual one of a format first; only maps have their own."""
    from takhrij.report.forms import FORMATS

    known = [(ending, one.name) for one in FORMATS.values() for ending in one.endings]
    return known + [pair for pair in _MAPS.items() if not formats or "svg" in formats]
