"""`map` and what is done with maps: propose, check, keep, convert."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from takhrij import exit_status
from takhrij.commands.output import Output, complain
from takhrij.commands.progress import Bar
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.argue.anchors import Texts
    from takhrij.model import ArgumentMap, Document


def map_text(options: Namespace) -> int:
    """Propose a map of a text, or take one from a file, and write it in the form that was asked for."""
    from takhrij.argue import files
    from takhrij.report.maps import render_map

    output = Output(options)
    data, name = files.bytes_of(options.file, options.max_size)
    is_map = files.is_map(data, name)
    if is_map and options.keep:
        raise UsageError(f"{name} is a map already; with --keep name the text, and the map after --keep")
    if options.check and not is_map:
        raise UsageError(f"{name} holds no map to check; takhrij map {name} proposes one")
    if options.check:
        return _check(files.map_in(data, name), options)
    made = map_of(data, name, options)
    if not made.parts and not options.quiet:
        complain(f"{name}: the map is empty: no quotation and no step of an argument was made out")
    output.put(name, render_map(made, output.format))
    output.close()
    return exit_status.NOTHING_DIFFERS


def list_conditions(options: Namespace) -> int:
    """List the conditions of a map's positions, and which of them are ticked."""
    from takhrij.argue.conditions import conditions
    from takhrij.argue.json import conditions_as_json
    from takhrij.report.maps.beside import conditions_text

    given = _open(options.map)
    found = conditions(given, options.tick)
    output = Output(options)
    as_json = output.format == "json"
    output.put(given.document, conditions_as_json(found) if as_json else conditions_text(given, found))
    output.close()
    return exit_status.NOTHING_DIFFERS


def compare_maps(options: Namespace) -> int:
    """Lay maps on one question side by side."""
    from takhrij.argue.compare import compare
    from takhrij.argue.json import comparison_as_json
    from takhrij.report.maps.beside import comparison_text

    maps = [_open(name) for name in options.maps]
    found = compare(maps, options.maps)
    output = Output(options)
    as_json = output.format == "json"
    output.put("maps", comparison_as_json(found) if as_json else comparison_text(maps, found))
    output.close()
    return exit_status.NOTHING_DIFFERS


def _open(name: str) -> ArgumentMap:
    """A map of a file, with the words from the sources that it keeps only the hash of."""
    from takhrij.argue.anchors import Texts
    from takhrij.argue.files import open_map

    return _with_words(open_map(name), Texts())


def _with_words(given: ArgumentMap, texts: Texts) -> ArgumentMap:
    """The map with its quotes where they stand, and a complaint where words are not at hand."""
    from takhrij.argue.anchors import without_words
    from takhrij.argue.keep import brought_home

    made = brought_home(given, texts)
    for line in without_words(made):
        complain(line)
    return made


def map_of(data: bytes, name: str, options: Namespace) -> ArgumentMap:
    """The map that a file holds, its quotes with their words; of a text the map that is proposed."""
    from takhrij.argue import files

    if files.is_map(data, name):
        return _with_words(files.map_in(data, name), _texts(options))
    from takhrij.read import read

    return _proposed(read(data, name=name, format=options.input_format, limit=options.max_size), options)


def _proposed(document: Document, options: Namespace) -> ArgumentMap:
    from takhrij import api
    from takhrij.argue import propose
    from takhrij.argue.files import open_map
    from takhrij.argue.keep import kept

    old = open_map(options.keep) if options.keep else None
    with Bar(wanted=options.progress and not options.quiet) as bar:
        report = api.check(document=document, sources=options.sources, without=options.without, progress=bar)
    new = propose(report)
    return kept(old, new, document.text) if old else new


def _check(given: ArgumentMap, options: Namespace) -> int:
    """Say what is wrong in a map, one line each; 4 where nothing is, but not every quotation was compared."""
    from takhrij.argue.problems import problems

    checked = problems(given, _texts(options))
    if not options.quiet:
        for line in checked.problems:
            print(line)
        for line in (*checked.not_compared, *checked.notes):
            complain(line)
        words = f"{len(checked.problems)} wrong" if checked.problems else "nothing wrong"
        if checked.not_compared:
            words += " in what could be compared"
        of = checked.compared + checked.missing
        complain(f"{words}; {checked.compared} of {of} quotations compared, {len(given.parts)} parts")
    if checked.problems:
        return exit_status.DIFFERS
    return exit_status.NOTHING_CHECKED if checked.missing else exit_status.NOTHING_DIFFERS


def _texts(options: Namespace) -> Texts:
    """The texts that a map quotes: its own, where it is named."""
    from takhrij.argue.anchors import Texts

    if not options.text:
        return Texts()
    from takhrij.read import read

    return Texts(read(options.text, format=options.input_format, limit=options.max_size).text)
