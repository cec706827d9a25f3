"""Files that others made are taken apart in a process of their own, with limits on memory, time and files.

Reading Word, PDF and the like runs large libraries over bytes that may be broken or hostile; what goes wrong
there ends that process, not the caller's. The bytes go in by standard input. Lines of JSON come back, which
can be wrong but do nothing: [stage, done, total] as it goes on, then {"document": …} or {"error": …}.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from takhrij.errors import InputError
from takhrij.model import Block, Document, Origin, PageOrigin, Span, TreeOrigin
from takhrij.read.progress import Progress, silent

FORMATS = ("docx", "odt", "rtf", "epub", "tei", "html", "pdf")
MEMORY = 3 * 2**30  # bytes of addresses; a Word file of 1,000 pages takes a fifth of it
PATIENCE = 180.0  # seconds without any progress: a page takes one, a page that is a picture ten
CHILD = "from takhrij.read import apart; apart.answer()"
_PROCESSOR = 3600  # seconds of work
_FILES = 64  # open at once
_MODULES = {"pdf": "takhrij.read.pdf", "rtf": "takhrij.read.rtf"}
_LIBRARIES = {"pdf": "pdfminer"}
_WITH_PROGRESS = ("pdf", "epub")


def read_apart(data: bytes, name: str, format: str, progress: Progress = silent) -> Document:
    """Read a file of one of `FORMATS` in a process of its own. Raises InputError."""
    home = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([home, os.environ.get("PYTHONPATH", "")]),
        "OPENBLAS_NUM_THREADS": "1",  # each takes addresses
    }
    command = [sys.executable, "-P", "-c", CHILD, format, name, str(MEMORY), str(os.getpid())]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        watch = _Watch(process)
        try:
            return _received(process, data, name, format, watch, progress)
        finally:
            watch.stop()
            process.kill()


class _Watch:
    """Ends a process from which nothing is heard for `PATIENCE` seconds."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.ended = False
        self.heard()

    def heard(self) -> None:
        """Begin to wait anew."""
        self.stop()
        self._timer = threading.Timer(PATIENCE, self._end)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Wait no more."""
        if hasattr(self, "_timer"):
            self._timer.cancel()

    def _end(self) -> None:
        self.ended = True
        self._process.kill()


def _received(
    process: subprocess.Popen[bytes], data: bytes, name: str, format: str, watch: _Watch, progress: Progress
) -> Document:
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(data)
        process.stdin.close()
    for line in process.stdout:
        try:
            said = json.loads(line)
            if isinstance(said, list):
                stage, done, total = said
                watch.heard()
                progress(str(stage), int(done), int(total))
                continue
            if "document" in said:
                return _unpacked(said["document"], name, format)
            raise InputError(str(said["error"]))
        except (ValueError, TypeError, KeyError):
            break
    if watch.ended:
        raise InputError(f"{name}: nothing came of reading it for {PATIENCE:.0f} seconds; split the file")
    raise InputError(
        f"{name}: reading it as {format} took over {MEMORY / 2**30:.0f} GB of memory, or failed in a library"
        f" (status {process.wait()}); split the file, or save it again"
    )


# ------------------------------------------------------------ a document as plain data


def _packed(document: Document) -> dict[str, Any]:
    return {
        "text": document.text,
        "encoding": document.encoding,
        "blocks": [[*one.span, one.kind, one.level, one.page, one.line, one.call] for one in document.blocks],
        "origins": [[one.text_start, one.file_start] for one in document.origins],
        "tree": document.tree,
        "boxes": document.boxes,
        "notes": document.notes,
    }


def _unpacked(data: dict[str, Any], name: str, format: str) -> Document:
    return Document(
        text=data["text"],
        name=name,
        format=format,
        encoding=data["encoding"],
        blocks=tuple(_block(*row) for row in data["blocks"]),
        origins=tuple(
            Origin(text_start=start, file_start=file_start) for start, file_start in data["origins"]
        ),
        tree=tuple(map(TreeOrigin._make, data["tree"])),
        boxes=tuple(map(PageOrigin._make, data["boxes"])),
        notes=tuple(data["notes"]),
    )


def _block(
    start: int, end: int, kind: str, level: int, page: str | None, line: int | None, call: int | None
) -> Block:
    return Block(span=Span(start, end), kind=kind, level=level, page=page, line=line, call=call)


# ------------------------------------------------------------ in the process


def _reader(format: str, name: str) -> Callable[..., Document]:
    """The function that reads a format; InputError where the library for it is not installed."""
    try:
        import_module(_LIBRARIES.get(format, "lxml.etree"))
    except ImportError:
        raise InputError(
            f"{name}: reading {format} needs the extra documents: pip install 'takhrij[documents]'"
        ) from None
    found: Callable[..., Document] = import_module(_MODULES.get(format, f"takhrij.read.markup.{format}")).read
    return found


def limit(memory: int) -> None:
    """Take from this process what a reader does not need; for good."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's patience holds there too
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, _PROCESSOR),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _end_with(parent: int) -> None:
    """Have this process end with the one that started it, which may be killed: nobody else would end it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


def answer() -> None:
    """Read standard input as the arguments say, and answer on standard output: what the process does."""
    format, name, memory, parent = sys.argv[1:]
    _end_with(int(parent))
    limit(int(memory))
    data = sys.stdin.buffer.read()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer

    def say(answer: object) -> None:
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        answers.flush()

    try:
        reader = _reader(format, name)
        if format in _WITH_PROGRESS:
            say({"document": _packed(reader(data, name, lambda *how_far: say(how_far)))})
        else:
            say({"document": _packed(reader(data, name))})
    except InputError as error:
        say({"error": str(error)})
    except MemoryError:
        say({"error": f"{name}: not enough memory to read it; split the file"})
    except Exception as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        say({"error": f"{name}: could not be read as {format} ({why}); save it again"})
