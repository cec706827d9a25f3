"""Write docs/commands.md from the parser of the command line: `python docs/make_commands.py`.

A test compares the page with what this gives, so that no command or option can be left undocumented.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from takhrij import cli, exit_status

PAGE = Path(__file__).with_name("commands.md")

_HEAD = """# Commands

<!-- Made by docs/make_commands.py from the options themselves: change those, then run it. -->

Every command takes `--help`. A file named `-` is standard input. Results go to standard output, errors and
the progress bar to standard error.
"""

_TAIL = """
## Exit status

| status | meaning |
|---|---|
| 0 | nothing differs |
| 1 | a wording differs, something inside a quotation is left out unmarked, one pair of marks joins \
verses that do not follow each other, a claim differs, or a presented quotation is not found \
(quoting a part is no difference; `--fail-on` chooses) |
| 2 | wrong usage |
| 3 | unreadable input or missing data |
| 4 | there were quotations and none could be checked |
| 130 | interrupted with Ctrl-C |
| 141 | the reader of the output closed it early |

Of several files the first of 3, 1, 4, 0 that occurs counts. What `--fail-on` can name:

| name | what differs |
|---|---|
"""

_REASONS = {
    "wording": "words, compared with the first-ranked source",
    "gaps": "something inside the quotation is left out unmarked",
    "part": "a part is quoted",
    "spelling": "only the spelling",
    "reading": "vowels or dots as another reading could have them",
    "joined": "one pair of marks holds verses that do not follow each other",
    "not-found": "a presented quotation that stands in none of the sources searched, all of them complete",
    "not-checked": "a presented quotation that could not be checked",
    "claims": "what the text says of a quotation, or two dates that stand together",
}

_ENVIRONMENT = """
## Environment

| variable | meaning |
|---|---|
| `TAKHRIJ_CACHE_DIR` | where the index lies, instead of the user's cache folder |
| `TAKHRIJ_DATA_DIR` | where sources of your own lie, instead of the user's data folder |
| `TAKHRIJ_DEBUG` | if set, an unexpected error shows its traceback |
| `NO_COLOR` | if set, no colours in the terminal |

## Errors as JSON

With `--format json` an error is an object in the place of the result, the same for every command:

```json
{"error": {"kind": "InputError", "file": "a.pdf", "message": "a.pdf: is a PDF file; …"}}
```

Several files make one array of results and errors.
"""


def page() -> str:
    """Return the page as it should be."""
    sections = [_HEAD]
    for name, parser in commands(cli.parser()):
        sections.append(_section(name, parser))
    reasons = "".join(f"| `{reason}` | {_REASONS[reason]} |\n" for reason in exit_status.REASONS)
    default = f"\nThe default is `{','.join(exit_status.DEFAULT_REASONS)}`.\n"
    return "\n".join(sections) + _TAIL + reasons + default + _ENVIRONMENT


def commands(
    parser: argparse.ArgumentParser, name: str = "takhrij"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command with its parser, those with verbs of their own as well."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, sub in action.choices.items():
                yield from commands(sub, f"{name} {verb}")


def _section(name: str, parser: argparse.ArgumentParser) -> str:
    actions = [action for action in parser._actions if action.dest != "help"]
    lines = [f"## `{_usage(name, actions)}`", "", parser.description or ""]
    rows = [_row(action) for action in actions if not isinstance(action, argparse._SubParsersAction)]
    if rows:
        lines += ["", "| option | meaning |", "|---|---|", *rows]
    return "\n".join(lines) + "\n"


def _usage(name: str, actions: list[argparse.Action]) -> str:
    words = [name]
    for action in actions:
        if action.option_strings:
            continue
        metavar = str(action.metavar or action.dest.upper())
        if isinstance(action, argparse._SubParsersAction):
            words.append(metavar)
        elif action.nargs == "+":
            words.append(f"{metavar} [{metavar} …]")
        else:
            words.append(f"[{metavar} …]" if action.nargs == "*" else metavar)
    return " ".join(words)


def _row(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {action.metavar}"
    names = [flag + value for flag in action.option_strings] or [str(action.metavar)]
    return f"| {', '.join(f'`{name}`' for name in names)} | {action.help} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
