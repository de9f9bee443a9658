"""``matrix``: how every force stands to every page."""

from collections.abc import Iterator

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON
from soh_author.cli.reading import find_force, find_page, read_day
from soh_author.domain.counting import counted
from soh_author.domain.errors import UsageError
from soh_author.domain.resolving.cells import CellKind
from soh_author.workflow.overrides.changes import Change
from soh_author.workflow.overrides.matrix import Matrix, Wanted
from soh_author.workflow.overrides.matrix import matrix as make_matrix
from soh_author.workflow.overrides.matrix_rows import Cell, state_name
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.spreadsheets import as_csv
from soh_author.workflow.workspace import LIVE

_COLUMNS = (
    "page",
    "force",
    "language",
    "state",
    "op",
    "section",
    "drift",
    "layer",
    "why",
    "owner",
    "review_by",
)


@click.command()
@click.option("--page", "pages", multiple=True, help="Only this page; may be given several times.")
@click.option("--force", "forces", multiple=True, help="Only this force; likewise.")
@click.option(
    "--state", "states", multiple=True, help="Only cells in this state, such as outdated; likewise."
)
@click.option("--area", "areas", multiple=True, help="Only pages whose id begins with this folder; likewise.")
@click.option("--owner", "owners", multiple=True, help="Only pages this owner has a part in; likewise.")
@click.option("--expired", "is_expired", is_flag=True, help="Only changes past their review date.")
@click.option("--draft", default=LIVE, metavar="NAME", help="With this draft's changes.")
@click.option("--csv", "is_csv", is_flag=True, help="Answer as a table for spreadsheets.")
@ON
@verb
def matrix(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    pages: tuple[str, ...],
    forces: tuple[str, ...],
    states: tuple[str, ...],
    areas: tuple[str, ...],
    owners: tuple[str, ...],
    is_expired: bool,
    draft: str,
    is_csv: bool,
    on: str,
) -> Answer:
    """Show how every force stands to every page.

    Lists what is not simply inherited: what forces and their groups changed, and how it stands to the text
    above it today.
    """
    if is_csv and call.is_json:
        raise UsageError("Say either --csv or --json.")
    with call.reading() as workspace:
        snapshot = workspace.snapshot(draft)
        wanted = Wanted(
            pages=tuple(find_page(snapshot, page) for page in pages),
            forces=tuple(find_force(snapshot, force).id for force in forces),
            states=states,
            areas=areas,
            owners=owners,
            is_expired=is_expired,
        )
        made = call.value(make_matrix(snapshot, read_day(on, call.today), wanted))
        text = _csv(made) if is_csv else _text(made, snapshot)
    return Answer(_data(made, draft), text, is_exact=is_csv)


def _data(made: Matrix, draft: str) -> dict[str, Json]:
    summary = made.summary
    return {
        "source": draft,
        "on": made.on.isoformat(),
        "summary": {
            "cells": summary.cells,
            "shared": summary.shared,
            "share": round(summary.share, 4),
            "states": {state_name(kind): summary.by_kind.get(kind, 0) for kind in CellKind},
        },
        "rows": [_cell(cell) for cell in made.cells()],
    }


def _cell(cell: Cell) -> Json:
    return {
        "page": cell.page,
        "force": cell.force,
        "language": cell.language.value,
        "state": state_name(cell.state.kind),
        "ops": [_change(change) for change in cell.changes],
    }


def _change(change: Change) -> Json:
    return {
        "op": change.kind.value,
        "section": change.section,
        "field": change.field or None,
        "state": change.state,
        "layer": str(change.layer),
        "why": change.why,
        "owner": change.owner,
        "review_by": change.review_by.isoformat() if change.review_by else None,
        "path": change.place.path,
        "line": change.place.line,
        "sentence": change.sentence,
    }


def _csv(made: Matrix) -> str:
    """One line for each change; a cell without any (a local page) has one line too."""
    return as_csv([_COLUMNS, *(line for cell in made.cells() for line in _lines(cell))])


def _lines(cell: Cell) -> Iterator[tuple[str, ...]]:
    head = (cell.page, cell.force, cell.language.value, state_name(cell.state.kind))
    for change in cell.changes:
        said = (change.why, change.owner, change.review_by.isoformat() if change.review_by else "")
        what = (change.kind.value, change.section or change.field, change.state, str(change.layer))
        yield (*head, *what, *said)
    if not cell.changes:
        yield (*head, *("" for _ in _COLUMNS[4:]))


def _text(made: Matrix, snapshot: Snapshot) -> str:
    names = {force: snapshot.force(force).name(form="short_name") for force in made.forces}
    rows = [
        (cell.page, names[cell.force], cell.language.value, cell.state.kind.value, _said(cell))
        for cell in made.cells()
    ]
    told = [made.summary.sentence]
    if made.expired:
        told.append(f"{counted(len(made.expired), 'change is', 'changes are')} past the review date.")
    listed = table(("page", "force", "language", "state", "changes"), rows) if rows else "Nothing to list."
    return "\n".join([listed, "", *told])


def _said(cell: Cell) -> str:
    return "; ".join(change.sentence for change in cell.changes)
