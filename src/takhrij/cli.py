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
from takhrij.corpus.options import add_corpus, with_verb
from takhrij.errors import TakhrijError
from takhrij.options import (
    add_fail_on,
    add_files,
    add_fix,
    add_output,
    add_quiet,
    add_reading,
    add_search,
    add_serving,
)

FORMATS = ("text", "json", "html")
REPORT_FORMATS = (
    *FORMATS,
    "pdf",
    "csv",
    "parquet",
    "csl",
    "bibtex",
    "annotations",
    "markdown",
    "guard",
    "patch",
    "docx",
    "tei",
)
STYLES = ("chicago", "mla", "apa", "arabic")
FORMS = ("note", "in-text", "bibliography")
CITE_FORMATS = ("text", "markdown", "json", "csl", "bibtex")
MAP_FORMATS = ("text", "json", "svg", "html", "dot", "argdown", "aif")
SEMANTICS = ("grounded", "preferred", "stable")
_GRADED = ' ref, or "al-Tirmidhi: غريب": every report of which that grader\'s words on record include that'

_EPILOG = """\
exit status:
  0  nothing differs
  1  a wording differs, something inside a quotation is left out unmarked, one pair of marks joins verses that
     do not follow each other, a claim differs, or a presented quotation is not found (quoting a part is no
     difference; --fail-on chooses)
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
        options = parser().parse_args(with_verb(sys.argv[1:] if arguments is None else arguments))
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
    _add_cite(commands)
    _add_maps(commands)
    add_corpus(commands, _command)
    _add_sources(commands)
    _add_index(commands)
    add_serving(commands, _command)
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
    add_files(check)
    add_search(check)
    add_output(check, REPORT_FORMATS)
    add_fail_on(check, exit_status.REASONS)
    check.add_argument(
        "--all", action="store_true", help="show every source of a finding, not only the first few"
    )
    add_fix(check)
    find = _command(
        commands, "find", "texts:find", "list the quotations of texts, without comparing them word by word"
    )
    add_files(find)
    add_search(find)
    add_output(find, FORMATS[:2])


def _add_passages(commands: _Commands[argparse.ArgumentParser]) -> None:
    compare = _command(
        commands, "compare", "passages:compare", "compare a quotation with one passage, word by word"
    )
    compare.add_argument("quote", metavar="QUOTE", help="the quotation; - reads it from standard input")
    compare.add_argument("ref", metavar="REF", help="the passage: quran:5:6, bukhari:135")
    add_output(compare, FORMATS[:2])
    add_fail_on(compare, exit_status.REASONS_OF_WORDING)
    lookup = _command(
        commands, "lookup", "passages:lookup", "show a passage and, of a report, its versions in every book"
    )
    lookup.add_argument("ref", metavar="REF", help="the passage: quran:5:6, bukhari:135")
    add_output(lookup, FORMATS)


def _add_cite(commands: _Commands[argparse.ArgumentParser]) -> None:
    cite = _command(
        commands, "cite", "citing:cite", "cite passages in a style: of a claim, a reference, or all of a text"
    )
    what = 'a claim («المائدة: 6», "Bukhari 135"), a reference (quran:5:6) or a file; - is standard input'
    cite.add_argument("what", metavar="WHAT", nargs="+", help=what)
    for name, choices in (("style", STYLES), ("form", FORMS)):
        default = f"{', '.join(choices)} (default: {choices[0]})"
        cite.add_argument(f"--{name}", choices=choices, default=choices[0], metavar="NAME", help=default)
    add_reading(cite)
    add_search(cite)
    add_output(cite, CITE_FORMATS)


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
    add_reading(drawn)
    add_search(drawn)
    add_output(drawn, MAP_FORMATS)
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
    add_output(conditions, FORMATS[:2])
    compared = _command(
        commands, "compare-maps", "maps:compare_maps", "lay maps on one question side by side"
    )
    compared.add_argument("maps", metavar="MAP", nargs="+", help="two maps or more")
    add_output(compared, FORMATS[:2])
    _add_weigh(commands)


def _add_weigh(commands: _Commands[argparse.ArgumentParser]) -> None:
    weigh = _command(
        commands, "weigh", "weighing:weigh", "show how the conclusions of a map depend on its other parts"
    )
    weigh.add_argument("file", metavar="MAP", help="a map, or a text of which one is proposed")
    weigh.add_argument(
        "--semantics",
        choices=SEMANTICS,
        default=SEMANTICS[0],
        metavar="NAME",
        help=f"{', '.join(SEMANTICS)} (default: {SEMANTICS[0]}); all but {SEMANTICS[0]} need clingo",
    )
    weigh.add_argument("--speaker", metavar="NAME", help="only what this one concludes")
    for name, metavar, what in (
        (
            "without",
            "PART",
            "suppose a part rejected: a label (of evidence its report, however often quoted), a",
        ),
        ("reread", "ID=MEANING", "suppose that evidence has this one of the meanings stated"),
        ("prefer", "A>B", "suppose that one part is preferred to another"),
        ("scenario", "FILE", "a file of suppositions; several are shown side by side"),
    ):
        dest, more = (name, "") if name != "without" else ("reject", _GRADED)
        weigh.add_argument(
            f"--{name}", dest=dest, action="append", default=[], metavar=metavar, help=what + more
        )
    weigh.add_argument("--text", metavar="FILE", help="the text of which the map is")
    weigh.add_argument(
        "--seconds", type=float, default=5.0, metavar="N", help="the most it may take (default: 5)"
    )
    weigh.set_defaults(keep=None, sources=None, without=[])
    add_reading(weigh)
    add_output(weigh, FORMATS[:2])


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
    _command(verbs, "licences", "licences:licences", "list the licences of all packages and reference works")


def _add_index(commands: _Commands[argparse.ArgumentParser]) -> None:
    index = commands.add_parser(
        "index",
        help="build, find or remove the index of the sources",
        description="Build, find or remove the index of the sources, which is built on first use by itself.",
    )
    verbs = index.add_subparsers(metavar="VERB", required=True)
    build = _command(verbs, "build", "library:build_index", "build the index now, if there is none that fits")
    add_quiet(build)
    _command(verbs, "path", "library:index_path", "print the folder of the index")
    _command(verbs, "remove", "library:remove_index", "remove every index; the next use builds one")
