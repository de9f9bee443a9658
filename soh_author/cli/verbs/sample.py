"""``sample FOLDER``: the sample content as a workspace to try things on."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb_without_workspace
from soh_author.workflow.sampling import ORIGIN, make_sample


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@verb_without_workspace
def sample(call: Call, folder: Path) -> Answer:
    """Make the sample content a workspace, to try things on.

    In a new FOLDER, with the origin it was got from beside it: nothing leaves this computer.
    """
    with call.value(make_sample(folder, call.practising, call.world.clock)) as made:
        data: dict[str, Json] = {
            "workspace": str(made.folder.absolute()),
            "origin": str((folder / ORIGIN).absolute()),
            "service": made.service_name,
            "pages": len(made.snapshot().page_ids()),
            "forces": len(made.snapshot().registry.forces),
        }
    text = f"The sample is in “{data['workspace']}”: {data['pages']} pages for {data['forces']} publishers."
    return Answer(data, text)
