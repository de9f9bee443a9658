"""The order of sections and fields when two people changed it, or added to it."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def is_reordered(base: Sequence[K], side: Sequence[K]) -> bool:
    """Whether a side put what the base has in another order."""
    kept = set(base) & set(side)
    return [key for key in base if key in kept] != [key for key in side if key in kept]


def orders_clash(base: Sequence[K], mine: Sequence[K], theirs: Sequence[K]) -> bool:
    """Whether both sides put what they share in another order, and not in the same one."""
    return is_reordered(base, mine) and is_reordered(base, theirs) and is_reordered(mine, theirs)


def merged_order(
    base: Sequence[K],
    mine: Sequence[K],
    theirs: Sequence[K],
    kept: AbstractSet[K],
    *,
    prefer_theirs: bool = False,
) -> list[K]:
    """The order of what is kept: that of the side that changed it, with the other's additions in it.

    Where both added something at one place, mine comes first.

    Args:
        base: the order both started from.
        mine: my order.
        theirs: the other order.
        kept: what the merged text has, all of it on one of the sides.
        prefer_theirs: when both changed the order, whose it shall be.
    """
    follow_theirs = prefer_theirs or (is_reordered(base, theirs) and not is_reordered(base, mine))
    lead, other = (theirs, mine) if follow_theirs else (mine, theirs)
    order = [key for key in lead if key in kept]
    known = set(order)
    previous: K | None = None
    for key in other:
        if key in kept and key not in known:
            order.insert(_place(order, previous, set(other), mine_first=not follow_theirs), key)
            known.add(key)
        if key in known:
            previous = key
    return order


def _place(order: Sequence[K], previous: K | None, other: AbstractSet[K], *, mine_first: bool) -> int:
    """Behind the key that stands before it, and behind what I added there if my side leads."""
    at = 0 if previous is None else order.index(previous) + 1
    while mine_first and at < len(order) and order[at] not in other:
        at += 1
    return at
