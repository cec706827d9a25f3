"""The command line: options in, one function of `takhrij.commands` called, an exit status out.

Nothing heavy is imported here: `takhrij --help` must answer at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from takhrij import exit_status
from takhrij.errors import TakhrijError

FORMATS = ("text", "json", "html")
MAP_FORMATS = ("text", "json", "svg", "dot", "argdown", "aif")
INPUT_FORMATS = ("text", "markdown", "openiti")
_SIZE_LIMIT_MB = 256

_EPILOG = """\
exit status:
  0  nothing differs
  1  a wording differs, something inside a quotation is left out unmarked, a claim differs, or a presented
     quotation is not found (quoting a part is no difference; --fail-on chooses)
  2  wrong usage
  3  unreadable input or missing data
  4  there were quotations and none could be checked

Same words does not mean authentic, rightly understood, or that the conclusion follows.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status. Wrong usage ends in SystemExit(2), as argparse has it."""
    options = argparse.Namespace()
    try:
        _prepare_streams()
        options = parser().parse_args(arguments)
        status = _run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        _say("interrupted")
        return exit_status.INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return exit_status.CLOSED_PIPE
    except TakhrijError as error:
        return _fail(options, error)
    except OSError as error:  # standard output on a full disk, as a rule
        _abandon_output()
        _say(f"cannot write the output or use a file: {error}")
        return exit_status.UNREADABLE
    except Exception as error:
        if os.environ.get("TAKHRIJ_DEBUG"):
            raise
        from takhrij.commands.output import unexpected

        _say(unexpected(error))
        return exit_status.UNREADABLE


def _run(options: argparse.Namespace) -> int:
    room, _, name = options.run.partition(":")
    command: Callable[[argparse.Namespace], int] = getattr(import_module(f"takhrij.commands.{room}"), name)
    return command(options)


def _fail(options: argparse.Namespace, error: TakhrijError) -> int:
    """Say an error that ended the command; JSON is given to whoever asked for JSON."""
    _say(str(error))
    if getattr(options, "format", None) == "json" and not getattr(options, "output", None):
        import json

        from takhrij.commands.output import error_value

        print(json.dumps(error_value(None, error), ensure_ascii=False, indent=2))
    return error.exit_status


def _say(message: str) -> None:
    from takhrij.commands.output import complain

    complain(message)


def _prepare_streams() -> None:
    """A pipe or file gets UTF-8 whatever the locale; a terminal escapes what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and stream.isatty():
            reconfigure(errors="backslashreplace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _abandon_output() -> None:
    """Nobody reads on: let Python's own flush at the end go nowhere."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return


# ---------------------------------------------------------------- options


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, from which docs/commands.md is made as well."""
    top = argparse.ArgumentParser(
        prog="takhrij",
        description="Trace every Qur'an and hadith quotation in a text to all its sources, word by word.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version)
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _add_texts(commands)
    _add_passages(commands)
    _add_maps(commands)
    _add_sources(commands)
    _add_index(commands)
    return top


_Commands = argparse._SubParsersAction  # argparse has no public name for it


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and leave")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"takhrij {version('takhrij')}")
        except PackageNotFoundError:
            print("takhrij, run from its source without being installed")
        parser.exit()


def _command(
    commands: _Commands[argparse.ArgumentParser], name: str, run: str, help: str
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
    made.set_defaults(run=run, format=None, output=None, quiet=False, progress=True)
    return made


def _add_texts(commands: _Commands[argparse.ArgumentParser]) -> None:
    check = _command(
        commands,
        "check",
        "texts:check",
        "find the quotations of texts, trace them and check what is said of them",
    )
    _add_files(check)
    _add_search(check)
    _add_output(check, FORMATS)
    _add_fail_on(check, exit_status.REASONS)
    check.add_argument(
        "--all", action="store_true", help="show every source of a finding, not only the first few"
    )
    find = _command(
        commands, "find", "texts:find", "list the quotations of texts, without comparing them word by word"
    )
    _add_files(find)
    _add_search(find)
    _add_output(find, FORMATS[:2])


def _add_passages(commands: _Commands[argparse.ArgumentParser]) -> None:
    compare = _command(
        commands, "compare", "passages:compare", "compare a quotation with one passage, word by word"
    )
    compare.add_argument("quote", metavar="QUOTE", help="the quotation; - reads it from standard input")
    compare.add_argument("ref", metavar="REF", help="the passage: quran:5:6, bukhari:135")
    _add_output(compare, FORMATS[:2])
    _add_fail_on(compare, exit_status.REASONS_OF_WORDING)
    lookup = _command(
        commands, "lookup", "passages:lookup", "show a passage and, of a report, its versions in every book"
    )
    lookup.add_argument("ref", metavar="REF", help="the passage: quran:5:6, bukhari:135")
    _add_output(lookup, FORMATS)


def _add_maps(commands: _Commands[argparse.ArgumentParser]) -> None:
    drawn = _command(
        commands, "map", "maps:map_text", "propose a map of how a text argues, or check or convert a map"
    )
    drawn.add_argument(
        "file", metavar="FILE", help="a text, or a map (text form, JSON, Argdown); - is standard input"
    )
    drawn.add_argument(
        "--keep",
        metavar="MAP",
        help="keep what a person confirmed or rejected in this earlier map",
    )
    drawn.add_argument(
        "--check",
        action="store_true",
        help="say which quotations are not verbatim in their source, which links lead nowhere",
    )
    drawn.add_argument("--text", metavar="FILE", help="the text of which the map is, to compare it with")
    _add_reading(drawn)
    _add_search(drawn)
    _add_output(drawn, MAP_FORMATS)
    conditions = _command(
        commands,
        "conditions",
        "maps:list_conditions",
        "list the conditions of each position of a map",
    )
    conditions.add_argument("map", metavar="MAP", help="a map, as takhrij map writes it")
    conditions.add_argument(
        "--tick",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="conditions quoted in the map, by label or id, to see which positions leave which open",
    )
    _add_output(conditions, FORMATS[:2])
    compared = _command(
        commands, "compare-maps", "maps:compare_maps", "lay maps on one question side by side"
    )
    compared.add_argument("maps", metavar="MAP", nargs="+", help="two maps or more")
    _add_output(compared, FORMATS[:2])


def _add_sources(commands: _Commands[argparse.ArgumentParser]) -> None:
    sources = commands.add_parser(
        "sources",
        help="list, check, add and remove the reference works",
        description="List, check, add and remove the reference works that are searched.",
    )
    verbs = sources.add_subparsers(metavar="VERB", required=True)
    listed = _command(
        verbs, "list", "library:list_sources", "list every known source and whether it is loaded"
    )
    listed.add_argument("--format", choices=FORMATS[:2], metavar="FORMAT", help="text (default) or json")
    add = _command(verbs, "add", "library:add_source", "add a text of your own as a source")
    add.add_argument("file", metavar="FILE", help="OpenITI mARkdown, TEI, JSON lines or plain text")
    for name, what in (
        ("id", "its name in refs; made from the file's name by default"),
        ("title", "its title"),
        ("author", "its author"),
        ("edition", "the edition that the text follows"),
        ("licence", "the terms under which you have it"),
        ("language", "its language (default: ar)"),
        ("tradition", "the tradition that it belongs to, as reports should name it"),
    ):
        add.add_argument(f"--{name}", metavar=name.upper(), help=what)
    for name, choices, what in (
        ("format", ("openiti", "tei", "jsonl", "text"), "told from the content by default"),
        ("kind", ("report", "translation"), "what it holds; report by default"),
        ("coverage", ("complete", "partial", "sample"), "how much of the work; partial by default"),
        ("role", ("primary", "derived"), "derived if it excerpts other works; primary by default"),
    ):
        add.add_argument(
            f"--{name}", choices=choices, metavar=name.upper(), help=f"{', '.join(choices)}: {what}"
        )
    remove = _command(verbs, "remove", "library:remove_source", "remove a source that you added")
    remove.add_argument("id", metavar="ID", help="its id, as `takhrij sources list` has it")
    verify = _command(
        verbs, "verify", "library:verify_sources", "compare the files of sources with their known hashes"
    )
    verify.add_argument("ids", metavar="ID", nargs="*", help="only these (default: all)")
    _command(verbs, "path", "library:sources_path", "print the folder of your own sources")


def _add_index(commands: _Commands[argparse.ArgumentParser]) -> None:
    index = commands.add_parser(
        "index",
        help="build, find or remove the index of the sources",
        description="Build, find or remove the index of the sources, which is built on first use by itself.",
    )
    verbs = index.add_subparsers(metavar="VERB", required=True)
    build = _command(verbs, "build", "library:build_index", "build the index now, if there is none that fits")
    _add_quiet(build)
    _command(verbs, "path", "library:index_path", "print the folder of the index")
    _command(verbs, "remove", "library:remove_index", "remove every index; the next use builds one")


def _add_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", help="a text; - is standard input")
    _add_reading(command)


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--input-format",
        choices=INPUT_FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(INPUT_FORMATS)}; told from content and name by default",
    )
    command.add_argument(
        "--max-size",
        type=_megabytes,
        default=_SIZE_LIMIT_MB * 2**20,
        metavar="MB",
        help=f"refuse larger files (default: {_SIZE_LIMIT_MB})",
    )


def _add_search(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sources",
        type=_names,
        metavar="LIST",
        help="search only these: ids as `takhrij sources list` has them, or groups such as quran, reports",
    )
    command.add_argument(
        "--without", type=_names, action="extend", default=[], metavar="SOURCE", help="leave a source out"
    )


def _add_output(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    command.add_argument(
        "--format",
        choices=formats,
        metavar="FORMAT",
        help=f"{', '.join(formats)}; told from the name of the output, or text",
    )
    command.add_argument(
        "-o", "--output", metavar="PATH", help="write to this file, or (ending in /) into this folder"
    )
    _add_quiet(command)


def _add_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-q", "--quiet", action="store_true", help="print errors only; the exit status tells"
    )
    command.add_argument("--no-progress", dest="progress", action="store_false", help="draw no progress bar")


def _add_fail_on(command: argparse.ArgumentParser, reasons: Sequence[str]) -> None:
    default = [why for why in exit_status.DEFAULT_REASONS if why in reasons]

    def chosen(value: str) -> list[str]:
        names = [] if value == "none" else _names(value)
        for name in names:
            if name not in reasons:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(reasons)}, none")
        return names

    command.add_argument(
        "--fail-on",
        type=chosen,
        default=default,
        metavar="LIST",
        help=f"what makes the exit status 1: {', '.join(reasons)}, or none (default: {','.join(default)})",
    )


def _names(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("names nothing")
    return names


def _megabytes(value: str) -> int:
    try:
        size = float(value)
    except ValueError:
        size = 0
    if not 0 < size < 1e6:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of megabytes")
    return int(size * 2**20)
