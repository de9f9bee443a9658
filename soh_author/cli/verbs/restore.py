"""``restore PATH --revision R --draft D``: what a file said earlier, back in a draft."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.workflow.drafting import find_draft
from soh_author.workflow.history import restore as restore_text


@click.command()
@click.argument("path")
@click.option("--revision", required=True, help="The version to take the text from (see “history”).")
@click.option("--draft", required=True, metavar="NAME", help="The draft to put it in.")
@verb
def restore(call: Call, path: str, revision: str, draft: str) -> Answer:
    """Put what a file said earlier back into a draft.

    The text that the file PATH had at a version is saved privately; “draft save” makes a version of it.
    """
    with call.writing() as workspace:
        found = find_draft(workspace, draft)
        full = workspace.revision_of(revision)
        call.value(restore_text(workspace, found.name, path, full))
    data: dict[str, Json] = {"path": path, "revision": full, "draft": found.name}
    return Answer(data, f"“{path}” is back in the draft “{draft}” as it was, saved privately.")
