"""Change the program in one place at random, and see whether the quick tests of its room notice.

    nice -n 19 python benchmarks/mutants.py --seed 1 --count 100 text find trace

Each mutant is a copy of the package with one comparison, number, operator, truth value or condition turned.
It is killed where a test fails or takes five times as long as it should. Prints those that survive, and the
score by room.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from timed import table

ROOT = Path(__file__).parent.parent
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("rooms", nargs="+")
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=float("inf"), help="begin none after so long")
    given = options.parse_args()
    ends = time.monotonic() + given.minutes * 60
    files = [file for room in given.rooms for file in sorted((ROOT / "src/takhrij" / room).rglob("*.py"))]
    places = [(file, number) for file in files for number in range(len([*_turned(file)]))]
    chosen = random.Random(given.seed).sample(places, min(given.count, len(places)))
    killed, tried = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="takhrij-mutants-") as home:
        shutil.copytree(ROOT / "src", Path(home) / "src")
        usual = {room: _tested(Path(home), room, 3600) for room in given.rooms}
        assert all(passed for passed, _ in usual.values()), "the tests fail as they are"
        for file, number in chosen:
            if time.monotonic() > ends:
                break
            room = file.relative_to(ROOT / "src/takhrij").parts[0]
            line, source = [*_turned(file)][number]
            copy = Path(home) / file.relative_to(ROOT)
            copy.write_text(source, "utf-8")
            passed, _ = _tested(Path(home), room, 5 * usual[room][1] + 20)
            shutil.copy(file, copy)
            tried[room] += 1
            killed[room] += not passed
            if passed:
                before = file.read_text("utf-8").splitlines()[line - 1].strip()
                print(f"{file.relative_to(ROOT)}:{line} survives: {before}", file=sys.stderr, flush=True)
    rows = [[room, tried[room], killed[room], f"{killed[room] / max(1, tried[room]):.0%}"] for room in tried]
    table(["room", "mutants", "killed", "score"], rows)


def _turned(file: Path) -> Iterator[tuple[int, str]]:
    """Every mutant of a file: the line that is changed, the source."""
    tree = ast.parse(file.read_text("utf-8"))
    for place, node in enumerate(ast.walk(tree)):
        if _turn(deepcopy(node)):
            changed = deepcopy(tree)
            found = next(one for at, one in enumerate(ast.walk(changed)) if at == place)
            _turn(found)
            yield getattr(node, "lineno", 0), ast.unparse(changed)


def _turn(node: ast.AST) -> bool:
    """Change a node in its place; whether there was something to change."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        node.ops[0] = _COMPARED[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp) and type(node.op) in _REACHED:
        node.op = _REACHED[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.op = ast.UAdd()  # of a truth value: itself, as a number
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        return False
    return True


def _tested(home: Path, room: str, seconds: float) -> tuple[bool, float]:
    """Whether the tests of a room pass with the package in `home`, and how long they take."""
    environment = os.environ | {"PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    where = [f"tests/{room}", *(["tests/check/test_check_verses.py"] if room != "text" else [])]
    skipped = ("slow", "hostile", "proportion", "million")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *where]
    command += ["-k", " and ".join(f"not {word}" for word in skipped)]
    began = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False, seconds
    return done.returncode == 0, time.monotonic() - began


if __name__ == "__main__":
    main()
