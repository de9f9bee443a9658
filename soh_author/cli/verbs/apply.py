"""``apply FOLDER --draft NAME --note TEXT``: files from another editor, as one version of a draft."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.workflow.drafting import apply_folder, find_draft


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--draft", required=True, metavar="NAME", help="The draft; it is started if there is none.")
@click.option("--note", required=True, metavar="TEXT", help="What changed, in a few words.")
@click.option("--since", default="", metavar="NAME", help="The version that the files were exported from.")
@verb
def apply(call: Call, folder: Path, draft: str, note: str, since: str) -> Answer:
    """Take FOLDER in as one version of a draft, byte for byte.

    The draft then holds exactly its files; files that FOLDER lacks are gone from the draft. Where nothing
    differs no version is made. With --since, what others changed in other files meanwhile stays.
    """
    with call.writing() as workspace:
        outcome = call.run(apply_folder(workspace, draft, folder, note, since=since))
        revision = find_draft(workspace, draft).revision
    data: dict[str, Json] = {
        "draft": draft,
        "revision": revision,
        "is_changed": outcome.value is not None,
        "folder": str(folder.absolute()),
    }
    return Answer(data, outcome.notice)
