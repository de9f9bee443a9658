"""``key create`` and ``key show``: the key a person signs with, and the line that the policy's roots need."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb_without_workspace
from soh_author.cli.keys import PASSPHRASE, keys_folder
from soh_author.trust.keys import KeyPair
from soh_author.workflow.release.keys import make_key, show_key

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Where the key lies; beside your settings if not given.",
)


@click.group()
def key() -> None:
    """Make and show the key you sign with."""


@key.command()
@_FOLDER
@verb_without_workspace
def create(call: Call, folder: Path | None) -> Answer:
    """Make your key.

    It never leaves this computer; the line that is shown goes to the policy's roots. To lock it with a
    passphrase, put that into SOH_AUTHOR_PASSPHRASE.
    """
    comment = f"{call.author.name} {call.author.email}".strip()
    passphrase = call.world.environment.get(PASSPHRASE, "")
    made = call.value(make_key(folder or keys_folder(call.world), comment, passphrase))
    return _answer(made)


@key.command()
@_FOLDER
@verb_without_workspace
def show(call: Call, folder: Path | None) -> Answer:
    """Show the line of your key that the policy's roots need."""
    return _answer(call.value(show_key(folder or keys_folder(call.world))))


def _answer(pair: KeyPair) -> Answer:
    data: dict[str, Json] = {"path": str(pair.path), "line": pair.line, "fingerprint": pair.fingerprint}
    return Answer(data, f"{pair.line}\n{pair.fingerprint}\n{pair.path}")
