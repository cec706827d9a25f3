"""The smallest sets of evidence whose rejection changes a result, by Reiter's tree of hitting sets.

A set that changes a result must have a piece on which the result depends, so only these are tried, and the
same again for what is left. The search is bounded, and says where it did not see everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LARGEST = 3  # pieces in a set
MOST_TRIED = 24  # sets tried of one conclusion

Look = TypeVar("Look")


def smallest(
    look: Callable[[frozenset[int]], Look],
    pieces: Callable[[Look], frozenset[int]],
    same: Callable[[Look, Look], bool],
    late: Callable[[], bool],
) -> tuple[list[tuple[frozenset[int], Look]], bool]:
    """The smallest sets under which `look` is not the `same` as without, and whether these are all.

    `pieces` of a look: one at least of which every set that changes it has; `late`: whether time is up.
    """
    looks = {frozenset[int](): look(frozenset())}
    first = looks[frozenset()]
    found: list[tuple[frozenset[int], Look]] = []
    queue, complete = [frozenset[int]()], True
    for chosen in queue:  # grows while it is read
        for piece in sorted(pieces(looks[chosen]) - chosen):
            larger = chosen | {piece}
            if larger in looks or any(one <= larger for one, _ in found):
                continue
            if len(larger) > LARGEST or len(looks) > MOST_TRIED or late():
                complete = False
                continue
            looks[larger] = look(larger)
            if same(first, looks[larger]):
                queue.append(larger)
            else:
                found.append((larger, looks[larger]))
    return found, complete
