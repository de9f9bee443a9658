"""The matrix: every page across every force, and how much of the site is shared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.resolving.cells import CellKind
from soh_author.domain.resolving.drift import DriftState
from soh_author.workflow.overrides.changes import Change
from soh_author.workflow.overrides.matrix_reading import rows_of
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow, narrowed, roster_of, state_name
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

STATES: tuple[str, ...] = tuple(
    dict.fromkeys([*(state_name(kind) for kind in CellKind), *(state.value for state in DriftState)])
)
"""The states a matrix can be filtered by: those of cells, and those of single changes."""

_NOTHING_OF_ITS_OWN = frozenset({CellKind.INHERITS, CellKind.MISSING_WELSH})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the matrix is wanted; what is empty doesn't narrow it.

    ``states`` are words of :data:`STATES`, ``areas`` first folders of page ids, ``owners`` those of pages or
    changes.
    """

    pages: tuple[PageId, ...] = ()
    forces: tuple[ForceId, ...] = ()
    states: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    is_expired: bool = False

    def __post_init__(self) -> None:
        unknown = [state for state in self.states if state not in STATES]
        if unknown:
            raise UsageError(
                f"“{unknown[0]}” is no state of the matrix.", todo=f"Use one of: {', '.join(STATES)}."
            )


EVERYTHING_WANTED = Wanted()


@dataclass(frozen=True, slots=True)
class Summary:
    """The matrix in numbers.

    ``cells`` counts every page that a force has, ``shared`` those read just as the shared text says them;
    ``by_kind`` counts cells by what they show, ``shared_of_force`` gives the share from 0 to 1.
    """

    cells: int
    shared: int
    by_kind: Mapping[CellKind, int]
    shared_of_force: Mapping[ForceId, float]

    @property
    def share(self) -> float:
        """From 0 to 1: how much of the site is shared."""
        return self.shared / self.cells if self.cells else 1.0

    @property
    def sentence(self) -> str:
        """How much is shared, in a sentence."""
        return (
            f"{self.share:.1%} of the pages that forces publish are the shared text: "
            f"{self.shared:,} of {self.cells:,}."
        )


@dataclass(frozen=True, slots=True)
class ExpiredChange:
    """A change past its review date, with the page and the forces that read it."""

    page: PageId
    change: Change
    forces: tuple[ForceId, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows that are wanted, the forces in their order, and the whole matrix in numbers."""

    on: date
    forces: tuple[ForceId, ...]
    rows: tuple[PageRow, ...]
    summary: Summary
    expired: tuple[ExpiredChange, ...]

    def cells(self) -> Iterator[Cell]:
        """The listed cells, row by row, in the order of the forces; none of them merely inherits."""
        for row in self.rows:
            for force in self.forces:
                for language in Language:
                    found = row.cells.get((force, language))
                    if found is not None:
                        yield found


def matrix(snapshot: Snapshot, on: date, wanted: Wanted = EVERYTHING_WANTED) -> Task[Matrix]:
    """How every force stands to every page on a day.

    Only pages that some layer changes are put together, each chain of layers once; what was made before from
    the same files is not made again.
    """

    def work(progress: Progress) -> Outcome[Matrix]:
        roster = roster_of(snapshot, on)
        pages = snapshot.page_ids()
        rows = rows_of(snapshot, pages, roster, progress)
        forces = tuple(reader.force.id for reader in roster.readers)
        shown = tuple(_narrow(rows, wanted, on))
        chosen = tuple(force for force in forces if not wanted.forces or force in wanted.forces)
        summary = _summary(rows, forces)
        return Outcome(
            Matrix(on, chosen, shown, summary, tuple(_expired(shown, on))), notice=summary.sentence
        )

    return Task("Comparing pages with the shared text", work)


def _narrow(rows: Sequence[PageRow], wanted: Wanted, on: date) -> Iterator[PageRow]:
    forces, states = frozenset(wanted.forces), frozenset(wanted.states)
    expired_on = on if wanted.is_expired else None
    for row in rows:
        if wanted.pages and row.page not in wanted.pages:
            continue
        if wanted.areas and row.area not in wanted.areas:
            continue
        if wanted.owners and not _is_owned(row, wanted.owners):
            continue
        narrow = narrowed(row, forces, states, expired_on) if forces or states or expired_on else row
        if narrow.cells or not (states or expired_on):
            yield narrow


def _is_owned(row: PageRow, owners: Sequence[str]) -> bool:
    return row.owner in owners or any(
        change.owner in owners for cell in row.cells.values() for change in cell.changes
    )


def _summary(rows: Sequence[PageRow], forces: Sequence[ForceId]) -> Summary:
    kinds: Counter[CellKind] = Counter()
    there: Counter[ForceId] = Counter()
    own: Counter[ForceId] = Counter()
    everywhere = 0
    for row in rows:
        listed = [cell for (_, language), cell in row.cells.items() if language is Language.EN]
        if row.default.kind is CellKind.INHERITS:
            everywhere += 1
            kinds[CellKind.INHERITS] += len(forces) - len(listed)
        for cell in listed:
            kinds[cell.state.kind] += 1
            if row.default.kind is not CellKind.INHERITS:
                there[cell.force] += 1
            if not cell.state.kinds <= _NOTHING_OF_ITS_OWN:
                own[cell.force] += 1
    totals = {force: everywhere + there[force] for force in forces}
    shares = {force: 1 - own[force] / totals[force] if totals[force] else 1.0 for force in forces}
    cells = sum(totals.values())
    return Summary(cells, cells - own.total(), dict(kinds), shares)


def _expired(rows: Sequence[PageRow], on: date) -> Iterator[ExpiredChange]:
    for row in rows:
        found: dict[Change, list[ForceId]] = {}
        for cell in row.cells.values():
            for change in cell.changes:
                if change.is_expired(on):
                    found.setdefault(change, []).append(cell.force)
        for change, forces in found.items():
            yield ExpiredChange(row.page, change, tuple(dict.fromkeys(forces)))
