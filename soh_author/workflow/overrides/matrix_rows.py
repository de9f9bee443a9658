"""One row of the matrix: how every force stands to one page. Made once for the same files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from soh_author.domain.errors import NotFoundError
from soh_author.domain.force import Force, ForceStatus
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.cells import ABSENT, INHERITS, CellKind, CellState, page_state
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import from_page
from soh_author.workflow.outputs import is_live
from soh_author.workflow.overrides.changes import MISSING, Change, changes_of, no_welsh, welsh_changes
from soh_author.workflow.overrides.matrix_short_ways import is_plain, is_rendered, with_traces, without_welsh
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Cell:
    """One page as one force has it in one language: its state, and what the force and its groups change."""

    page: PageId
    force: ForceId
    language: Language
    state: CellState
    changes: tuple[Change, ...] = ()

    @property
    def sentence(self) -> str:
        """The cell in words, for people who don't see its colour."""
        said = "; ".join(change.sentence for change in self.changes)
        return f"{self.state.kind.value}: {said}" if said else self.state.kind.value

    def is_in(self, states: frozenset[str]) -> bool:
        """Whether one of these states (of cells or of drift, with hyphens) is true of it."""
        own = {state_name(kind) for kind in self.state.kinds} | {change.state for change in self.changes}
        return not own.isdisjoint(states)


def state_name(kind: CellKind) -> str:
    """A cell's state as it is typed: ``missing-welsh``."""
    return kind.value.replace(" ", "-").lower()


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page across all forces. Cells not listed are like ``default``: they inherit, or have no page.

    ``welsh_readers`` are the forces that have the page in Welsh.
    """

    page: PageId
    title: str
    owner: str
    review_by: date | None
    default: CellState
    cells: Mapping[tuple[ForceId, Language], Cell]
    welsh_readers: frozenset[ForceId] = frozenset()

    @property
    def area(self) -> str:
        """First folder of the page id."""
        return self.page.area

    def cell(self, force: ForceId, language: Language = Language.EN) -> Cell:
        """The cell of a force; ``not here`` where it doesn't have the page in that language."""
        found = self.cells.get((force, language))
        if found is not None:
            return found
        is_there = language is Language.EN or force in self.welsh_readers
        return Cell(self.page, force, language, self.default if is_there else ABSENT)


@dataclass(frozen=True, slots=True)
class Reader:
    """A force with the layers that speak for it on the matrix's day."""

    force: Force
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """All publishers on a day, and a name for exactly that: rows made for another roster don't count."""

    readers: tuple[Reader, ...]
    by_layer: Mapping[Layer, tuple[Reader, ...]]
    in_welsh: tuple[Reader, ...]
    stamp: int


def roster_of(snapshot: Snapshot, on: date) -> Roster:
    """The publishers that are live or planned on a day."""
    forces = [
        force
        for force in snapshot.registry.forces.values()
        if is_live(force, on) or force.status is ForceStatus.PLANNED
    ]
    readers = tuple(Reader(force, snapshot.layers_of(force, on)) for force in forces)
    by_layer: dict[Layer, list[Reader]] = {}
    for reader in readers:
        for layer in reader.layers:
            by_layer.setdefault(layer, []).append(reader)
    groups = tuple((group.id, group.pages) for group in snapshot.registry.groups.values())
    profiles = tuple(
        (each.force.id, each.force.languages, each.force.welsh_parity, each.layers) for each in readers
    )
    stamp = hash((profiles, groups))
    in_welsh = tuple(each for each in readers if Language.CY in each.force.languages)
    return Roster(readers, {layer: tuple(found) for layer, found in by_layer.items()}, in_welsh, stamp)


def make_row(snapshot: Snapshot, page: PageId, roster: Roster, *, is_quick: bool = True) -> PageRow:
    """The row of a page.

    Args:
        is_quick: take the short ways where they are sure to lead to the same row.

    Raises:
        NotFoundError: when no file has words for the page.
    """
    return _Row(snapshot, page, roster, is_quick=is_quick).make()


class _Row:
    """Makes one row: each distinct chain of files is resolved once, whatever number of forces reads it."""

    def __init__(self, snapshot: Snapshot, page: PageId, roster: Roster, *, is_quick: bool) -> None:
        files = snapshot.files_of(page)
        self._snapshot = snapshot
        self._is_quick = is_quick
        self._page = page
        self._files = files
        self._roster = roster
        self._spoken = {file.layer for file in files}
        self._has_welsh = {file.layer for file in files if file.language is Language.CY}
        self._made: dict[tuple[tuple[Layer, ...], bool, bool], tuple[CellState, tuple[Change, ...]]] = {}

    def make(self) -> PageRow:
        shared = self._shared()
        default = INHERITS if shared is not None or SHARED in self._spoken else ABSENT
        cells = {
            (cell.force, cell.language): cell
            for reader in self._concerned()
            for cell in self._cells(reader, default)
        }
        known = shared or self._first_page()
        return PageRow(
            self._page,
            _title(self._page, known),
            known.owner if known else "",
            known.review_by if known else None,
            default,
            cells,
            frozenset(reader.force.id for reader in self._roster.in_welsh if self._reads_welsh(reader)),
        )

    def _shared(self) -> Page | None:
        for file in self._files:
            if file.layer == SHARED and file.language is Language.EN:
                value = self._snapshot.sources.read(file.path).value
                return value if isinstance(value, Page) else None
        return None

    def _first_page(self) -> Page | None:
        values = (self._snapshot.sources.read(file.path).value for file in self._files)
        return next((value for value in values if isinstance(value, Page)), None)

    def _concerned(self) -> Iterator[Reader]:
        """Readers whose cells may differ from the default: a layer of theirs speaks, or they have Welsh."""
        found = {reader.force.id: reader for reader in self._roster.in_welsh}
        for layer in self._spoken:
            for reader in self._roster.by_layer.get(layer, ()):
                found[reader.force.id] = reader
        yield from found.values()

    def _reads_welsh(self, reader: Reader) -> bool:
        if Language.CY not in reader.force.languages:
            return False
        chain = (SHARED, *reader.layers)
        return bool(self._spoken.intersection(chain)) and (
            reader.force.welsh_parity or bool(self._has_welsh.intersection(chain))
        )

    def _cells(self, reader: Reader, default: CellState) -> Iterator[Cell]:
        english = self._state(reader, in_welsh=False)
        if english is None:
            return
        if english[0] is not default:
            yield Cell(self._page, reader.force.id, Language.EN, *english)
        welsh = self._state(reader, in_welsh=True) if self._reads_welsh(reader) else None
        if welsh is not None and welsh[1]:
            yield Cell(self._page, reader.force.id, Language.CY, *welsh)

    def _state(self, reader: Reader, *, in_welsh: bool) -> tuple[CellState, tuple[Change, ...]] | None:
        chain = tuple(layer for layer in reader.layers if layer in self._spoken)
        parity = reader.force.welsh_parity and self._reads_welsh(reader)
        key = (chain, parity, in_welsh)
        if key not in self._made:
            try:
                self._made[key] = self._judge(chain, in_welsh=in_welsh, parity=parity)
            except NotFoundError:
                return None
        return self._made[key]

    def _judge(
        self, chain: tuple[Layer, ...], *, in_welsh: bool, parity: bool
    ) -> tuple[CellState, tuple[Change, ...]]:
        english = (self._quick_english(chain) if not in_welsh else None) or self._effective(
            chain, Language.EN
        )
        if in_welsh:
            found = () if self._is_well_rendered(chain) else self._welsh(chain, english, parity=parity)
            return welsh_state(found), found
        welsh = self._welsh_to_judge(chain, english) if parity else None
        return page_state(english, chain, welsh=welsh), changes_of(self._snapshot, english, chain)

    def _quick_english(self, chain: tuple[Layer, ...]) -> EffectivePage | None:
        """The page with one override, as far as a cell needs it; None where it has to be put together."""
        if not self._is_quick or len(chain) != 1 or not self._may_touch(chain[0]):
            return None
        override = self._value(chain[0], Language.EN)
        if not isinstance(override, Override) or self._shared_page is None:
            return None
        return with_traces(self._shared_page, override)

    @cached_property
    def _shared_page(self) -> EffectivePage | None:
        """The shared page standing alone, when it is a plain one."""
        base = self._value(SHARED, Language.EN)
        return from_page(base) if isinstance(base, Page) and is_plain(base) else None

    def _is_well_rendered(self, chain: tuple[Layer, ...]) -> bool:
        """Whether the shared Welsh surely renders all of the shared English; False where one has to look."""
        english, welsh = (self._value(SHARED, language) for language in Language)
        if not self._is_quick or chain or not isinstance(english, Page) or not isinstance(welsh, Page):
            return False
        return is_rendered(english, welsh)

    def _welsh_to_judge(self, chain: tuple[Layer, ...], english: EffectivePage) -> EffectivePage | None:
        """The page in Welsh where something may be wrong with it."""
        if self._is_well_rendered(chain):
            return None
        if self._is_quick and self._has_welsh.isdisjoint((SHARED, *chain)):
            return without_welsh(english)
        return self._effective(chain, Language.CY, parity=True)

    def _value(self, layer: Layer, language: Language) -> object:
        files = (each for each in self._files if each.layer == layer and each.language is language)
        file = next(files, None)
        return self._snapshot.sources.read(file.path).value if file else None

    def _may_touch(self, layer: Layer) -> bool:
        if layer.kind is not LayerKind.GROUP:
            return True
        group = self._snapshot.registry.groups.get(GroupId(layer.name))
        return group is None or group.may_touch(self._page)

    def _welsh(self, chain: tuple[Layer, ...], english: EffectivePage, *, parity: bool) -> tuple[Change, ...]:
        if self._has_welsh.isdisjoint((SHARED, *chain)):
            return (no_welsh(english),)
        return welsh_changes(self._effective(chain, Language.CY, parity=parity), english)

    def _effective(
        self, chain: tuple[Layer, ...], language: Language, *, parity: bool = False
    ) -> EffectivePage:
        return self._snapshot.effective_of_layers(self._page, chain, language, parity=parity)


def welsh_state(found: Sequence[Change]) -> CellState:
    """What the Welsh cell shows: outdated before missing, like every cell."""
    if not found:
        return INHERITS
    kinds = {CellKind.MISSING_WELSH if change.state == MISSING else CellKind.OUTDATED for change in found}
    return CellState(next(kind for kind in CellKind if kind in kinds), len(found), frozenset(kinds))


def _title(page: PageId, known: Page | None) -> str:
    name = str(page).rpartition("/")[2].replace("-", " ").capitalize()
    return (known.fields.get("title") if known else "") or name


def narrowed(
    row: PageRow, forces: frozenset[ForceId], states: frozenset[str], expired_on: date | None
) -> PageRow:
    """A row with only the cells that are wanted; empty sets and None want all."""
    cells = {
        key: cell
        for key, cell in row.cells.items()
        if (not forces or cell.force in forces)
        and (not states or cell.is_in(states))
        and (expired_on is None or any(change.is_expired(expired_on) for change in cell.changes))
    }
    return replace(row, cells=cells)
