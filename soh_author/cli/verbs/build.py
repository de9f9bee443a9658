"""``build --out DIR``: every force's site."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.build_text import build_text
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON
from soh_author.cli.reading import find_force, read_day
from soh_author.workflow.site.building import build as build_sites
from soh_author.workflow.workspace import LIVE


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where the sites go."
)
@click.option("--force", "forces", multiple=True, help="Only this force; may be given several times.")
@click.option(
    "--revision",
    "--draft",
    "--source",
    "revision",
    default=LIVE,
    metavar="NAME",
    help="A version or a draft; what is live if not given.",
)
@ON
@verb
def build(call: Call, out: Path, forces: tuple[str, ...], revision: str, on: str) -> Answer:
    """Build every force's site; the next time only what changed.

    Below DIR each force has its own folder. DIR switches to the new sites in one step: stopped in the middle,
    it still holds the old ones.
    """
    day = read_day(on, call.today)
    with call.reading() as workspace:
        snapshot = workspace.snapshot(revision)
        wanted = [find_force(snapshot, force).id for force in forces]
        hold = call.world.hold
        if hold is not None:
            hold(workspace)
        report = call.value(build_sites(workspace, out, on=day, forces=wanted, source=revision, hold=hold))
        full = workspace.revision_of(revision)
    data: dict[str, Json] = {
        "out": str(out.absolute()),
        "revision": full,
        "on": day.isoformat(),
        "outputs": report.outputs,
        "written": report.written,
        "removed": report.removed,
        "faults": report.faults,
        "seconds": round(report.seconds, 3),
    }
    return Answer(data, build_text(report, out))
