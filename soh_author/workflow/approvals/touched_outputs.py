"""Which outputs a change of files can reach: never fewer than it does, and few enough to be looked at.

Pages that name a changed fact, picture or page are found by looking for the name in their text. What writes
names in a roundabout way (a backslash, an entity, a percent sign) is taken to name everything.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from soh_author.domain.force import Force
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.reading.paths import FileKind, FilePlace, classify
from soh_author.workflow.outputs import layers_ahead
from soh_author.workflow.snapshot import Snapshot

Public = tuple[ForceId, Language]

ON_EVERY_PAGE = frozenset({"non_emergency"})
"""Facts that the templates show on pages whose text doesn't name them."""

_ROUNDABOUT = re.compile(rb"\\|&#?[A-Za-z0-9]+;|%[0-9A-Fa-f]{2}")


class Touched:
    """Pages with the forces for which they may read differently.

    Args:
        before: the content as it was.
        after: the content as it is to be.
        on: the day of memberships.
    """

    def __init__(self, before: Snapshot, after: Snapshot, on: date) -> None:
        self._sides = (before, after)
        self._on = on
        self._forces: dict[PageId, set[ForceId]] = {}
        self.everybody = frozenset(force for side in self._sides for force in side.registry.forces)

    @property
    def pages(self) -> Sequence[PageId]:
        """The pages, in order."""
        return sorted(self._forces)

    def add(self, page: PageId, forces: Collection[ForceId]) -> None:
        """A page may read differently for some forces."""
        self._forces.setdefault(page, set()).update(forces)

    def add_naming(self, names: Iterable[str], forces: Collection[ForceId]) -> None:
        """Every page that names one of some names may read differently for some forces."""
        wanted = sorted(names)
        if not wanted or not forces:
            return
        pattern = re.compile(b"|".join([*(re.escape(name.encode()) for name in wanted), _ROUNDABOUT.pattern]))
        for side in self._sides:
            for page in _pages_with(side, pattern):
                self.add(page, forces)

    def add_all(self, forces: Collection[ForceId]) -> None:
        """Every page may read differently for some forces."""
        if forces:
            for side in self._sides:
                for page in side.page_ids():
                    self.add(page, forces)

    def followers(self, pages: Iterable[PageId]) -> "Touched":
        """The pages that name some pages; for everybody, as a page may be renamed for each force."""
        found = Touched(*self._sides, self._on)
        found.add_naming(pages, self.everybody)
        return found

    @property
    def readers(self) -> Mapping[PageId, frozenset[ForceId]]:
        """The forces for which each page may read otherwise."""
        return {page: frozenset(self._forces[page]) for page in self.pages}


def touched_by(before: Snapshot, after: Snapshot, paths: Iterable[str], on: date) -> Touched:
    """The outputs that a change of some files can reach.

    Args:
        before: the content as it was.
        after: the content as it is to be.
        paths: the files that differ.
        on: the day of memberships.
    """
    touched = Touched(before, after, on)
    facts: dict[Layer, str] = {}
    for place in filter(None, map(classify, paths)):
        if place.kind is FileKind.PAGE:
            for page in pages_at(place, before, after):
                touched.add(page, _readers(place.layer, before, after, on))
        elif place.kind is FileKind.FACTS and place.layer:
            facts[place.layer] = place.path
        elif place.kind is FileKind.MEDIA and place.layer:
            name = place.path.partition("/media/")[2]
            touched.add_naming([name], _readers(place.layer, before, after, on))
        elif place.kind is FileKind.MANIFEST:
            touched.add_all(touched.everybody)
        elif place.kind in {FileKind.FORCE, FileKind.GROUP}:
            touched.add_all(_with_other_profiles(before, after, on))
    for layer in facts:
        _add_facts(touched, layer, _readers(layer, before, after, on), (before, after), on)
    return touched


def _add_facts(
    touched: Touched, layer: Layer, readers: frozenset[ForceId], sides: tuple[Snapshot, Snapshot], on: date
) -> None:
    """Pages that name a fact of a layer whose value on the day or a later one, or whose kind, is another."""
    old, new = (
        {name: (fact.type, fact.since(on)) for name, fact in side.facts_of(layer).items()} for side in sides
    )
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if names & ON_EVERY_PAGE:
        touched.add_all(readers)
    else:
        touched.add_naming(names, readers)


def pages_at(place: FilePlace, *sides: Snapshot) -> Iterator[PageId]:
    """The pages whose words lie in a file: the one its path names, and the one it speaks of."""
    assert place.page, "A page's file is of a page."
    yield place.page
    for side in sides:
        yield side.sources.moves.get(place.page, place.page)
        value = side.sources.read_heads([place.path])[place.path]
        if isinstance(value, Override):
            yield side.sources.moves.get(value.page, value.page)
        elif isinstance(value, Page):
            yield from value.moved_from


def _readers(layer: Layer | None, before: Snapshot, after: Snapshot, on: date) -> frozenset[ForceId]:
    """The forces for which a layer speaks, before or after."""
    if layer is not None and layer.kind is LayerKind.FORCE:
        return frozenset([ForceId(layer.name)])
    return frozenset(
        force.id
        for side in (before, after)
        for force in side.registry.forces.values()
        if layer is None
        or layer.kind is LayerKind.SHARED
        or any(layer in layers for layers in layers_ahead(side, force, on))
    )


def _with_other_profiles(before: Snapshot, after: Snapshot, on: date) -> frozenset[ForceId]:
    """The forces that are described otherwise, or belong to other groups, or whose groups are others."""
    old, new = (
        {force.id: _profile(side, force, on) for force in side.registry.forces.values()}
        for side in (before, after)
    )
    return frozenset(force for force in old.keys() | new.keys() if old.get(force) != new.get(force))


def _profile(side: Snapshot, force: Force, on: date) -> tuple[object, ...]:
    days = (on, *side.registry.turns_of(force, on))
    groups = [(day, *side.registry.groups_of(force, day)) for day in days[1:]]
    return force, tuple(side.layers_of(force, on)), side.registry.groups_of(force, on), tuple(groups)


def _pages_with(side: Snapshot, pattern: re.Pattern[bytes]) -> Iterator[PageId]:
    """The pages with a file whose bytes hold a pattern."""
    pages = side.sources.catalogue.pages
    owners: Mapping[str, PageId] = {file.path: page for page, files in pages.items() for file in files}
    for path, data in side.sources.data_of(list(owners)).items():
        if pattern.search(data):
            yield owners[path]
            for adopting, files in side.sources.adopted.items():
                if any(file.path == path for file in files):
                    yield adopting
