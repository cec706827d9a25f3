"""The generated pages say everything that the parser and the sources know."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from takhrij import cli, options

DOCS = Path(__file__).parents[2] / "docs"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return load("make_commands")


def test_the_table_of_sources_is_up_to_date() -> None:
    page = (DOCS / "sources.md").read_text(encoding="utf-8")
    assert page == load("make_sources").page(), "run: python docs/make_sources.py"


def test_the_examples_of_outputs_are_up_to_date() -> None:
    page = (DOCS / "outputs.md").read_text(encoding="utf-8")
    assert page == load("make_outputs").page(), "run: python docs/make_outputs.py"


def test_the_page_is_up_to_date(maker: ModuleType) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page == maker.page(), "run: python docs/make_commands.py"


def test_every_command_and_option_is_explained(maker: ModuleType) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name, parser in maker.commands(cli.parser()):
        assert f"## `{name}" in page
        assert parser.description
        for action in parser._actions:
            if not isinstance(action, argparse._SubParsersAction):
                assert action.help, f"{name} {action.dest}"
                assert all(flag in page for flag in action.option_strings if flag not in ("-h", "--help"))


def test_what_fail_on_can_name_is_explained(maker: ModuleType) -> None:
    from takhrij.exit_status import REASONS

    assert set(maker._REASONS) == set(REASONS)


def test_the_formats_that_the_parser_offers_can_be_had() -> None:
    from takhrij.read import FORMATS, SIZE_LIMIT
    from takhrij.report import formats

    assert set(cli.REPORT_FORMATS) == set(formats())
    assert options.INPUT_FORMATS == FORMATS
    assert options._SIZE_LIMIT_MB * 2**20 == SIZE_LIMIT
