"""Where moved and inserted sections stand: beside their anchors, whatever order the ops are listed in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from soh_author.domain.ids import SectionId


@dataclass(frozen=True, slots=True)
class Placement:
    """A wish: ``section`` stands directly after ``anchor``, or directly before it."""

    section: SectionId
    anchor: SectionId
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that fulfils the wishes, and the sections whose wishes can't be fulfilled.

    Those run in a circle, or hang on a new section that does. Sections that stood before stay where they
    were; new ones are left out.
    """

    order: tuple[SectionId, ...]
    refused: frozenset[SectionId]


def place(order: Sequence[SectionId], wishes: Sequence[Placement]) -> Placed:
    """Put sections beside their anchors.

    Several with the same anchor keep the order of ``wishes``. An anchor may itself be moved or inserted by
    another wish; a section goes where its anchor goes.

    Args:
        order: the sections as they stand.
        wishes: at most one for each section; a section that isn't in ``order`` is a new one.
    """
    refused = _stranded(set(order), wishes, _circles({wish.section: wish.anchor for wish in wishes}))
    kept = [wish for wish in wishes if wish.section not in refused]
    moving = {wish.section for wish in kept}
    before: dict[SectionId, list[SectionId]] = {}
    after: dict[SectionId, list[SectionId]] = {}
    for wish in kept:
        (before if wish.is_before else after).setdefault(wish.anchor, []).append(wish.section)
    roots = (section for section in order if section not in moving)
    return Placed(tuple(_walk(roots, before, after)), refused)


def _circles(anchors: Mapping[SectionId, SectionId]) -> frozenset[SectionId]:
    """Sections from which one comes back to themselves by following anchors."""
    done: set[SectionId] = set()
    found: set[SectionId] = set()
    for start in anchors:
        trail: dict[SectionId, int] = {}
        at: SectionId | None = start
        while at is not None and at not in done and at not in trail:
            trail[at] = len(trail)
            at = anchors.get(at)
        if at is not None and at in trail:
            found.update(section for section, step in trail.items() if step >= trail[at])
        done.update(trail)
    return frozenset(found)


def _stranded(
    standing: Collection[SectionId], wishes: Sequence[Placement], circles: frozenset[SectionId]
) -> frozenset[SectionId]:
    """The circles, and every wish that hangs on a section which for that reason is nowhere."""
    hanging: dict[SectionId, list[SectionId]] = {}
    for wish in wishes:
        hanging.setdefault(wish.anchor, []).append(wish.section)
    wished = {wish.section for wish in wishes}
    refused = set(circles)
    nowhere = [section for section in circles if section not in standing]
    nowhere += [anchor for anchor in hanging if anchor not in standing and anchor not in wished]
    while nowhere:
        lost = [section for section in hanging.get(nowhere.pop(), ()) if section not in refused]
        refused.update(lost)
        nowhere.extend(section for section in lost if section not in standing)
    return frozenset(refused)


def _walk(
    roots: Iterable[SectionId],
    before: Mapping[SectionId, Sequence[SectionId]],
    after: Mapping[SectionId, Sequence[SectionId]],
) -> Iterator[SectionId]:
    """Every section with those that stand before and after it, depth first (a stack: chains may be long)."""
    for root in roots:
        stack = [(root, False)]
        while stack:
            section, is_opened = stack.pop()
            if is_opened:
                yield section
                continue
            stack.extend((beside, False) for beside in reversed(after.get(section, ())))
            stack.append((section, True))
            stack.extend((beside, False) for beside in reversed(before.get(section, ())))
