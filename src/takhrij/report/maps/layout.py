"""Boxes and arrows come in; out goes where each stands: what leads nowhere further is in the first column.

Layers after Sugiyama: an arrow leads one column back; one that leads further back takes room in the columns
between; every column is ordered by where its neighbours stand, then drawn towards them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

GUTTER, GAP, THIN = 112.0, 24.0, 12.0  # between columns, between boxes, room for a passing arrow
_SWEEPS = 8
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """`boxes`: by name left, top, width, height. `paths`: by arrow the points from its tail to its head.

    A box without a width is as wide as its column: a point on an arrow."""

    boxes: Mapping[str, Box]
    paths: Mapping[str, Sequence[Point]]
    width: float
    height: float


def layout(
    sizes: Mapping[str, Point], arrows: Mapping[str, tuple[str, str]], level: Collection[str], mirrored: bool
) -> Placed:
    """Places for boxes of these sizes and arrows from tail to head, in columns from the left or mirrored.

    The arrows that `level` names put nothing into a further column.
    """
    return _Layout(sizes, arrows, level).placed(mirrored)


def spread(labels: Mapping[str, Box]) -> dict[str, float]:
    """Top edges for labels, as near to their own as may be, so that none overlaps another or is cut off."""
    tops: dict[str, float] = {}
    column: list[str] = []
    for name in sorted(labels, key=lambda one: labels[one][0]):
        if column and labels[name][0] >= max(labels[one][0] + labels[one][2] for one in column):
            tops |= _stacked(column, labels)
            column = []
        column.append(name)
    return tops | _stacked(column, labels)


def _stacked(column: Sequence[str], labels: Mapping[str, Box]) -> dict[str, float]:
    order = sorted(column, key=lambda name: labels[name][1] + labels[name][3] / 2)
    tops = _settled([labels[name][1] for name in order], [labels[name][3] for name in order])
    above = min([0.0, *tops])
    return {name: top - above for name, top in zip(order, tops, strict=True)}


class _Layout:
    def __init__(
        self, sizes: Mapping[str, Point], arrows: Mapping[str, tuple[str, str]], level: Collection[str]
    ) -> None:
        self.sizes, self.arrows = sizes, arrows
        self.ranks = _ranks(sizes, [ends for name, ends in arrows.items() if name not in level])
        self.columns: list[list[str]] = [[] for _ in range(max(self.ranks.values(), default=-1) + 1)]
        for name in sizes:
            self.columns[self.ranks[name]].append(name)
        self.chains = {name: self._chain(name, *ends) for name, ends in arrows.items()}
        self.beside: dict[str, list[str]] = defaultdict(list)
        for chain in self.chains.values():
            for one, other in pairwise(chain):
                self.beside[one].append(other)
                self.beside[other].append(one)
        self.heights = {name: sizes[name][1] if name in sizes else THIN for name in self.ranks}
        self._order()
        self.tops = self._tops()

    def placed(self, mirrored: bool) -> Placed:
        sizes = self.sizes
        widths = [
            max((self.sizes[n][0] for n in column if n in self.sizes), default=0) for column in self.columns
        ]
        aside = any(self.ranks[tail] == self.ranks[head] == 0 for tail, head in self.arrows.values())
        lefts, width = [], GUTTER if aside else 0.0  # room for what swings out of the first column
        for wide in widths:
            lefts.append(width)
            width += wide + GUTTER
        width = max(width - GUTTER, 0.0)
        boxes: dict[str, Box] = {}
        for name, rank in self.ranks.items():
            wide = (name in sizes and sizes[name][0]) or widths[rank]
            left = width - lefts[rank] - wide if mirrored else lefts[rank]
            boxes[name] = (left, self.tops[name], wide, self.heights[name])
        paths = {}
        for name, chain in self.chains.items():
            points = _through([boxes[one] for one in chain], mirrored)
            paths[name] = points if chain[0] == self.arrows[name][0] else points[::-1]
        height = max((self.tops[name] + self.heights[name] for name in self.tops), default=0.0)
        own = {name: box for name, box in boxes.items() if name in sizes}
        return Placed(boxes=own, paths=paths, width=width, height=height)

    def _chain(self, name: str, tail: str, head: str) -> list[str]:
        """From the end in the further column, through the room taken in those between, to the other end."""
        ranks = self.ranks
        first, last = (tail, head) if ranks[tail] >= ranks[head] else (head, tail)
        between = []
        for rank in range(ranks[first] - 1, ranks[last], -1):
            passing = f"{name} {rank}"  # no name of a part has a space
            ranks[passing] = rank
            self.columns[rank].append(passing)
            between.append(passing)
        return [first, *between, last]

    def _order(self) -> None:
        """Sort every column by the mean of its neighbours' places, to and fro."""
        place: dict[str, float] = {}
        for sweep in range(_SWEEPS + 1):
            for column in self.columns if sweep % 2 else self.columns[::-1]:
                if sweep:
                    means = {n: _mean((place[m] for m in self.beside[n]), place[n]) for n in column}
                    column.sort(key=means.__getitem__)
                place.update({name: (at + 0.5) / len(column) for at, name in enumerate(column)})

    def _tops(self) -> dict[str, float]:
        """Top edges: every column is stacked, then drawn towards its neighbours."""
        tops: dict[str, float] = {}
        for column in self.columns:
            at = 0.0
            for name in column:
                tops[name] = at
                at += self.heights[name] + GAP
        for _ in range(_SWEEPS):
            for column in (*self.columns, *self.columns[::-1]):
                middles = {m: tops[m] + self.heights[m] / 2 for n in column for m in (n, *self.beside[n])}
                wanted = [
                    _mean((middles[m] for m in self.beside[n]), middles[n]) - self.heights[n] / 2
                    for n in column
                ]
                tops.update(
                    zip(column, _settled(wanted, [self.heights[n] + GAP for n in column]), strict=True)
                )
        least = min(tops.values(), default=0.0)
        return {name: top - least for name, top in tops.items()}


def _ranks(names: Iterable[str], arrows: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Each one column behind what it leads to; an arrow that would close a circle does not count."""
    heads: dict[str, list[str]] = defaultdict(list)
    for tail, head in arrows:
        heads[tail].append(head)
    ranks: dict[str, int] = {}
    for start in names:
        waiting, on_way = [(start, 0)], {start}
        while waiting:  # depth first, without recursion: a map may be deep
            name, at = waiting.pop()
            if name in ranks:
                continue
            if at < len(heads[name]):
                waiting.append((name, at + 1))
                head = heads[name][at]
                if head not in ranks and head not in on_way:
                    waiting.append((head, 0))
                    on_way.add(head)
            else:
                on_way.discard(name)
                ranks[name] = max((ranks[head] + 1 for head in heads[name] if head in ranks), default=0)
    return ranks


def _settled(wanted: Sequence[float], depths: Sequence[float]) -> list[float]:
    """Each where it is wanted; those that would overlap stand together, where they want to be on average."""
    blocks: list[tuple[float, int, float]] = []  # sum of the wishes for its top, how many, depth
    for wish, depth in zip(wanted, depths, strict=True):
        total, count, deep = wish, 1, depth
        while blocks and blocks[-1][0] / blocks[-1][1] + blocks[-1][2] > total / count:
            above = blocks.pop()
            total, count, deep = above[0] + total - count * above[2], above[1] + count, above[2] + deep
        blocks.append((total, count, deep))
    tops, at = [], 0
    for total, count, _ in blocks:
        top = total / count
        for depth in depths[at : at + count]:
            tops.append(top)
            top += depth
        at += count
    return tops


def _through(boxes: Sequence[Box], mirrored: bool) -> list[Point]:
    """The way along a chain of boxes that stand in one column before the other, last column first."""

    def side(box: Box, towards_first_column: bool) -> Point:
        left, top, wide, high = box
        return (left if towards_first_column != mirrored else left + wide), top + high / 2

    first, *between, last = boxes
    points = [side(first, True)]
    for box in between:
        points += [side(box, False), side(box, True)]
    same_column = not between and abs(first[0] - last[0]) < GUTTER
    return [*points, side(last, same_column)]


def _mean(values: Iterable[float], otherwise: float) -> float:
    given = list(values)
    return sum(given) / len(given) if given else otherwise
