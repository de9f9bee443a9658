"""What the matrix room asks for, as tasks, and what it shows: all cells, and which of them are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.days import day_in_words
from soh_author.domain.ids import ForceId, Language
from soh_author.domain.resolving.cells import CellKind
from soh_author.workflow.overrides.matrix import EVERYTHING_WANTED, Matrix, Wanted, matrix
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Question:
    """What the matrix is asked: which text, on which day, in which language, and which part of it."""

    source: str
    on: date
    language: Language = Language.EN
    wanted: Wanted = EVERYTHING_WANTED
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether only some cells are wanted."""
        return bool(self.wanted.states or self.wanted.is_expired)


@dataclass(frozen=True, slots=True)
class Looked:
    """The whole matrix, and the pages and cells of it that are wanted.

    ``rows`` are whole rows, so that a cell is never told to inherit because it was filtered out; ``wanted``
    holds the cells that fit (None: no cell was asked for in particular). ``names`` are the forces' short
    names, ``owners`` and ``areas`` what one can choose from.
    """

    question: Question
    whole: Matrix
    rows: tuple[PageRow, ...]
    forces: tuple[ForceId, ...]
    names: Mapping[ForceId, str]
    wanted: frozenset[tuple[str, ForceId, Language]] | None
    owners: tuple[str, ...]
    areas: tuple[str, ...]
    counts: Mapping[CellKind, int]

    def is_wanted(self, cell: Cell) -> bool:
        """Whether a cell fits what is asked for."""
        return self.wanted is None or (cell.page, cell.force, cell.language) in self.wanted

    @property
    def sentence(self) -> str:
        """How many pages and cells fit, in a sentence."""
        pages = counted(len(self.rows), "page")
        if self.wanted is None:
            return f"{pages} across {counted(len(self.forces), 'force')}."
        found = sum(1 for row in self.rows for key in row.cells if (row.page, *key) in self.wanted)
        cells = counted(found, "cell fits", "cells fit")
        return f"{pages}; {cells}."


def look(workspace: Workspace, question: Question) -> Task[Looked]:
    """The matrix and what is wanted of it. What was put together before is not put together again."""

    def work(progress: Progress) -> Outcome[Looked]:
        snapshot = workspace.snapshot(question.source)
        whole = matrix(snapshot, question.on).run(progress).value
        narrow = whole
        if question.wanted != EVERYTHING_WANTED:
            narrow = matrix(snapshot, question.on, question.wanted).run(progress).value
        known = {row.page: row for row in whole.rows}
        rows = tuple(known[row.page] for row in narrow.rows if _fits(row, question.text))
        forces = _forces(whole, question.language)
        names = {force: snapshot.force(force).name(form="short_name") for force in forces}
        wanted = frozenset((cell.page, cell.force, cell.language) for cell in narrow.cells())
        looked = Looked(
            question,
            whole,
            rows,
            forces,
            names,
            wanted if question.is_narrow else None,
            owners=tuple(sorted({row.owner for row in whole.rows if row.owner} | _owners(whole))),
            areas=tuple(sorted({row.area for row in whole.rows})),
            counts=whole.summary.by_kind,
        )
        return Outcome(looked, notice=looked.sentence)

    return Task("Comparing pages with the shared text", work)


def _fits(row: PageRow, text: str) -> bool:
    said = f"{row.title} {row.page}".casefold()
    return all(word in said for word in text.casefold().split())


def _forces(whole: Matrix, language: Language) -> tuple[ForceId, ...]:
    if language is Language.EN:
        return whole.forces
    readers = {force for row in whole.rows for force in row.welsh_readers}
    return tuple(force for force in whole.forces if force in readers)


def _owners(whole: Matrix) -> set[str]:
    return {change.owner for cell in whole.cells() for change in cell.changes if change.owner}


def spoken(row: PageRow, cell: Cell, force: str) -> str:
    """A cell as a screen reader says it: page, force, how it stands, and what was done."""
    return f"{row.title}, {force}: {cell.sentence}"


def tip(row: PageRow, cell: Cell, force: str) -> str:
    """A cell in full, line by line: what was done, why, by whom, and when to look again."""
    lines = [f"{row.title} · {force}", cell.state.kind.value.capitalize()]
    for change in cell.changes:
        by = f" ({change.owner})" if change.owner else ""
        until = f", look again by {day_in_words(change.review_by)}" if change.review_by else ""
        lines.append(f"{change.sentence}{by}{until}")
        if change.why:
            lines.append(f"    Why: {change.why}")
    return "\n".join(lines)


def table_rows(looked: Looked, cells: Sequence[tuple[PageRow, Cell]]) -> Sequence[tuple[str, ...]]:
    """Cells as rows for a spreadsheet, with a head; one row for each change, one for a cell without any."""
    found = [("page", "title", "force", "language", "state", "change", "why", "owner", "review by")]
    for row, cell in cells:
        head = (row.page, row.title, looked.names[cell.force], cell.language.value, cell.state.kind.value)
        for change in cell.changes:
            review = change.review_by.isoformat() if change.review_by else ""
            found.append((*head, change.sentence, change.why, change.owner, review))
        if not cell.changes:
            found.append((*head, "", "", "", ""))
    return found
