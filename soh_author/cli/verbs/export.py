"""``export FOLDER``: the files of the workspace, for other editors."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import SOURCE
from soh_author.domain.counting import counted
from soh_author.workflow.opening import export as export_files


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@SOURCE
@verb
def export(call: Call, folder: Path, source: str) -> Answer:
    """Write all files into a new FOLDER, byte for byte.

    “apply” brings them back. Texts saved privately in a draft and in no version yet are not among them.
    """
    with call.reading() as workspace:
        revision = workspace.revision_of(source)
        number = call.value(export_files(workspace, revision, folder))
    data: dict[str, Json] = {
        "folder": str(folder.absolute()),
        "source": source,
        "revision": revision,
        "files": number,
    }
    return Answer(data, f"{counted(number, 'file')} written to “{folder}”.")
