"""``compare PAGE LEFT RIGHT``: a page as seen from two places."""

from collections.abc import Iterator
from datetime import date

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import LANGUAGE
from soh_author.cli.reading import find_force, find_page, read_day, read_language, read_layer
from soh_author.domain.comparing.compare import Run
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import GroupId, Language, PageId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.workflow.overrides.compared_lines import Line
from soh_author.workflow.overrides.comparing import PageComparison, Row
from soh_author.workflow.overrides.comparing import compare as compare_page
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import Viewpoint, day_of, source_on
from soh_author.workflow.workspace import LIVE, Workspace


@click.command()
@click.argument("page")
@click.argument("left")
@click.argument("right")
@LANGUAGE
@click.option("--on", default="", metavar="DATE", help="Facts and memberships as on this day.")
@click.option("--all", "is_whole", is_flag=True, help="List what is the same, too.")
@verb
def compare(  # noqa: PLR0917 - one argument for each option
    call: Call, page: str, left: str, right: str, language: str, on: str, *, is_whole: bool
) -> Answer:
    """Compare a PAGE as seen from two places.

    LEFT and RIGHT are layers (shared, group:wales, force:gwent), with @ and a draft, a version or a day where
    not what is live is meant: shared@2026-06-01 force:kent@april. Words only in LEFT stand in [-…-], words
    only in RIGHT in {+…+}.
    """
    tongue = read_language(language)
    day = read_day(on, call.today) if on else None
    with call.reading() as workspace:
        sides = [_viewpoint(workspace, text, tongue, day) for text in (left, right)]
        wanted = _find(workspace, page, sides)
        found = call.value(compare_page(workspace, wanted, sides[0], sides[1]))
    return Answer(_data(found, sides), "\n".join(_text(found, is_whole=is_whole)))


def _viewpoint(workspace: Workspace, text: str, language: Language, day: date | None) -> Viewpoint:
    layer, _, source = text.partition("@")
    found = Viewpoint(read_layer(layer or "shared"), source or LIVE, language, day)
    _check_layer(_snapshot(workspace, found), found.layer)
    return found


def _snapshot(workspace: Workspace, viewpoint: Viewpoint) -> Snapshot:
    day = day_of(viewpoint.source)
    return workspace.snapshot(source_on(workspace, day) if day else viewpoint.source)


def _check_layer(snapshot: Snapshot, layer: Layer) -> None:
    if layer.kind is LayerKind.FORCE:
        find_force(snapshot, layer.name)
    if layer.kind is LayerKind.GROUP and GroupId(layer.name) not in snapshot.registry.groups:
        raise NotFoundError(
            f"There is no group “{layer.name}” here.", todo="Look at “soh-author list groups”."
        )


def _find(workspace: Workspace, page: str, sides: list[Viewpoint]) -> PageId:
    """The page in one of the two places: it may be new in one, and gone from the other."""
    try:
        return find_page(_snapshot(workspace, sides[1]), page)
    except NotFoundError:
        return find_page(_snapshot(workspace, sides[0]), page)


def _data(found: PageComparison, sides: list[Viewpoint]) -> dict[str, Json]:
    labels = (found.left_label, found.right_label)
    views = (found.left, found.right)
    left, right = (
        {
            "layer": str(side.layer),
            "source": side.source,
            "language": side.language.value,
            "on": view.on.isoformat(),
            "label": label,
        }
        for side, view, label in zip(sides, views, labels, strict=True)
    )
    return {
        "page": found.page,
        "left": left,
        "right": right,
        "is_same": not found.differences,
        "rows": [_row(row) for row in found.rows],
    }


def _row(row: Row) -> Json:
    return {
        "what": row.kind.value,
        "name": row.name,
        "title": row.title,
        "state": row.state.value,
        "is_moved": row.is_moved,
        "sentence": row.sentence,
        "left": row.left,
        "right": row.right,
        "lines": [_line(line) for line in row.lines],
        "notes": list(row.notes),
    }


def _line(line: Line) -> Json:
    return {
        "kind": line.kind.value,
        "mark": line.mark,
        "cells": [[_run(run) for run in cell] for cell in line.cells],
    }


def _run(run: Run) -> Json:
    return {"kind": run.kind.value, "text": run.text}


def _text(found: PageComparison, *, is_whole: bool) -> Iterator[str]:
    yield f"[-{found.left_label}-] {{+{found.right_label}+}}"
    for row in found.rows:
        if row.is_same and not is_whole:
            continue
        yield ""
        yield row.sentence
        yield from (f"  {line.mark} {line.marked}" for line in row.lines if line.is_changed or is_whole)
        yield from (f"    {note}" for note in row.notes)
    yield ""
    yield found.sentence
