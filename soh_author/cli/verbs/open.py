"""``open ADDRESS WORKSPACE``: a workspace from where others keep the content."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb_without_workspace
from soh_author.workflow.opening import open_address


@click.command("open")
@click.argument("address")
@click.argument("workspace", type=click.Path(path_type=Path))
@verb_without_workspace
def open_workspace(call: Call, address: str, workspace: Path) -> Answer:
    """Get a WORKSPACE from an ADDRESS.

    An address is https://…, ssh://…, or a folder on this computer.
    """
    with call.value(open_address(address, workspace, call.reader, call.world.clock)) as opened:
        data: dict[str, Json] = {
            "workspace": str(workspace.absolute()),
            "address": address,
            "service": opened.service_name,
            "revision": opened.revision_of("published"),
            "pages": len(opened.snapshot().page_ids()),
        }
    return Answer(data, f"“{workspace}” is a workspace of {data['service']} now, with {data['pages']} pages.")
