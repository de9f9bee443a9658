"""``fact-check pack|import``: what a draft changes as one file for a fact checker, and their answers."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.files import read_file, write_file
from soh_author.cli.keys import KEY, signer_of
from soh_author.workflow.comments.importing import import_answers
from soh_author.workflow.comments.packs import make_pack
from soh_author.workflow.together.sending_trust import trust_origin


@click.group("fact-check")
def fact_check() -> None:
    """Have facts checked by somebody without this program: a file to answer, and the answers back."""


@fact_check.command("pack")
@click.argument("draft")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The HTML file.")
@click.option("--page", default="", metavar="PAGE", help="Only this page.")
@click.option("--force", default="", metavar="FORCE", help="As this force's public reads it.")
@verb
def pack(call: Call, draft: str, out: Path, page: str, force: str) -> Answer:
    """Write what DRAFT changes to one file, in numbered blocks, with a form to answer.

    Where several publics read the same change, it is shown once. What is saved privately is not in it.
    """
    with call.reading() as workspace:
        outcome = call.run(make_pack(workspace, draft, page=page, force=force))
    made = outcome.value.pack
    write_file(out, outcome.value.html.encode())
    data: dict[str, Json] = {
        "file": str(out.absolute()),
        "draft": made.draft,
        "pack": made.digest,
        "revision": made.version,
        "pages": len(made.outputs),
        "blocks": len(made.blocks),
    }
    return Answer(data, f"{outcome.notice} Send “{out}” to whoever checks the facts.")


@fact_check.command("import")
@click.argument("draft")
@click.argument("answers", type=click.Path(path_type=Path))
@KEY
@click.option(
    "--trust-folder",
    is_flag=True,
    help="Let an origin that is a folder run its own checks on this computer, from now on.",
)
@verb
def bring_in(call: Call, draft: str, answers: Path, key: Path | None, *, trust_folder: bool) -> Answer:
    """Bring the file ANSWERS to a pack of DRAFT in: what has to change becomes comments.

    They are signed by you, and name who checked. Answers about text that has changed since are told.
    """
    data = read_file(answers)
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        outcome = call.run(import_answers(workspace, draft, data, signer))
    made = outcome.value
    return Answer(
        {
            "draft": made.draft,
            "name": made.name,
            "comments": made.comments,
            "correct": made.correct,
            "changed_since": list(made.changed),
            "known": made.known,
            "is_sent": made.remarked.is_sent if made.remarked else False,
        },
        outcome.notice,
    )
