"""``init WORKSPACE --from FOLDER``: a new workspace whose first version is a folder of content."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb_without_workspace
from soh_author.workflow.opening import init_workspace


@click.command()
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder of content files, with soh.yml in it.",
)
@verb_without_workspace
def init(call: Call, workspace: Path, source: Path) -> Answer:
    """Make a WORKSPACE from a folder of content files, byte for byte."""
    with call.value(init_workspace(workspace, source, call.author, call.world.clock)) as made:
        data: dict[str, Json] = {
            "workspace": str(workspace.absolute()),
            "service": made.service_name,
            "revision": made.revision_of("published"),
            "pages": len(made.snapshot().page_ids()),
        }
    return Answer(data, f"“{workspace}” is a workspace of {data['service']} now, with {data['pages']} pages.")
