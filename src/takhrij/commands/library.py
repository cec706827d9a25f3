"""`sources` and `index`: the reference works that are searched, and where their index lies."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.output import complain
from takhrij.commands.progress import Bar
from takhrij.errors import DamagedSource, DataError, MissingSource

if TYPE_CHECKING:
    from takhrij.model import Source


def list_sources(options: Namespace) -> int:
    """List every known source, with what is held of it and whether it is loaded."""
    from takhrij import sources

    if options.format == "json":
        from takhrij.report.json import sources_as_json

        print(sources_as_json(), end="")
        return exit_status.NOTHING_DIFFERS
    known = [(source, sources.missing(source)) for source in sources.known()]
    width = max((len(source.id) for source, _ in known), default=0)
    for source, missing in known:
        state = "" if missing is None else "  [not loaded]"
        print(f"{source.id:<{width}}  {source.title}: {_held(source)}{state}")
        print(f"{'':<{width}}  numbering: {source.numbering}")
        print(f"{'':<{width}}  licence: {source.licence}")
    absent = sorted({missing.partition(";")[2].strip() for _, missing in known if missing})
    for remedy in absent:
        print(f"\nNot loaded: {remedy}")
    return exit_status.NOTHING_DIFFERS


def _held(source: Source) -> str:
    """ "6,830 of 27,647 records, partial"."""
    total = f" of {source.total:,}" if source.total else ""
    role = ", derived" if source.role == "derived" else ""
    return f"{source.held:,}{total} records, {source.coverage}{role}"


def add_source(options: Namespace) -> int:
    """Add a text of the user's own as a source."""
    from takhrij import sources

    details = {name: value for name in _DETAILS if (value := getattr(options, name)) is not None}
    source = sources.add(options.file, **details)
    print(
        f"{source.id}: {source.title}, {source.held:,} records. The index will be built anew on the next use."
    )
    return exit_status.NOTHING_DIFFERS


_DETAILS = (
    "id",
    "title",
    "author",
    "kind",
    "format",
    "edition",
    "licence",
    "coverage",
    "role",
    "language",
    "tradition",
)


def remove_source(options: Namespace) -> int:
    """Remove a source that the user added."""
    from takhrij import sources

    sources.remove(options.id)
    print(f"{options.id}: removed")
    return exit_status.NOTHING_DIFFERS


def verify_sources(options: Namespace) -> int:
    """Hash the files of the sources; one that is not loaded counts only where it was named."""
    from takhrij import sources

    chosen = [sources.get(name) for name in options.ids] or list(sources.known())
    status = exit_status.NOTHING_DIFFERS
    for source in chosen:
        try:
            sources.verify(source)
        except (MissingSource, DamagedSource) as error:
            complain(str(error))
            if options.ids or isinstance(error, DamagedSource):
                status = exit_status.UNREADABLE
        else:
            print(f"{source.id}: as recorded")
    return status


def sources_path(options: Namespace) -> int:
    """Print the folder of the user's own sources."""
    from takhrij.sources import files

    print(files.own_folder())
    return exit_status.NOTHING_DIFFERS


def build_index(options: Namespace) -> int:
    """Build the index now rather than on first use."""
    from takhrij import index

    with Bar(wanted=options.progress and not options.quiet, patience=0) as bar:
        index.open_index(bar)
    if not options.quiet:
        print(f"The index is ready in {index.folder()}", file=sys.stderr)
    return exit_status.NOTHING_DIFFERS


def index_path(options: Namespace) -> int:
    """Print the folder in which indexes are kept."""
    from takhrij import index

    print(index.folder())
    return exit_status.NOTHING_DIFFERS


def remove_index(options: Namespace) -> int:
    """Remove every index; the next use builds one."""
    import shutil

    from takhrij import index

    for path in (*index.folder().glob("index-*"), *index.folder().glob("building-*")):
        try:
            shutil.rmtree(path)
        except OSError as error:
            raise DataError(f"{path}: cannot be removed ({error.strerror or error})") from None
        print(f"{path}: removed")
    return exit_status.NOTHING_DIFFERS
