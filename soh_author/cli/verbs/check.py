"""``check``: what is wrong with the content, and how to mend it."""

from pathlib import Path

import click

from soh_author.cache.findings import FindingCache
from soh_author.cli import findings
from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.exit_codes import DONE, FAULTS
from soh_author.cli.options import FOLDER, ON, SOURCE
from soh_author.cli.reading import find_force, find_page, read_day
from soh_author.domain.diagnostics import Diagnostic
from soh_author.render.renderer import Renderer
from soh_author.workflow.checking import check as check_content
from soh_author.workflow.folder_content import folder_snapshot
from soh_author.workflow.snapshot import Snapshot


@click.command()
@click.option("--page", "pages", multiple=True, help="Only this page; may be given several times.")
@click.option("--force", "forces", multiple=True, help="Only as this force's public reads it; likewise.")
@ON
@SOURCE
@FOLDER
@verb
def check(  # noqa: PLR0917 - one argument for each option
    call: Call, pages: tuple[str, ...], forces: tuple[str, ...], on: str, source: str, plain: Path | None
) -> Answer:
    """Find what is wrong with the content.

    Ends with exit code 5 where something blocks publishing.
    """
    day = read_day(on, call.today)
    if plain is not None:
        return _answer(_check(call, folder_snapshot(plain), pages, forces, day.isoformat()), day.isoformat())
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        found = _check(call, snapshot, pages, forces, day.isoformat(), workspace.findings)
    return _answer(found, day.isoformat())


def _check(  # noqa: PLR0917 - what the options say, and where it is looked for
    call: Call,
    snapshot: Snapshot,
    pages: tuple[str, ...],
    forces: tuple[str, ...],
    on: str,
    cache: FindingCache | None = None,
) -> list[Diagnostic]:
    wanted = [find_page(snapshot, page) for page in pages]
    readers = [find_force(snapshot, force).id for force in forces]
    day = read_day(on, call.today)
    task = check_content(snapshot, Renderer(), day, pages=wanted, forces=readers, cache=cache)
    return call.value(task)


def _answer(found: list[Diagnostic], on: str) -> Answer:
    data: dict[str, Json] = {
        "on": on,
        "counts": findings.counts(found),
        "diagnostics": findings.as_data(found),
    }
    text = "\n".join([*([findings.as_text(found)] if found else []), findings.summary(found)])
    return Answer(data, text, exit_code=FAULTS if any(each.blocks for each in found) else DONE)
