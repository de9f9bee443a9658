"""Where the person's key lies, and how the command line gets at it."""

import sys
from pathlib import Path

import click

from soh_author.cli.world import World
from soh_author.trust.errors import KeyFileError
from soh_author.trust.keys import FILE
from soh_author.trust.locks import is_locked, unlocked
from soh_author.trust.signers import Signer
from soh_author.workflow.release.keys import signer_in

PASSPHRASE = "SOH_AUTHOR_PASSPHRASE"  # noqa: S105 - the name of a variable

KEY = click.option(
    "--key",
    "key",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Your key; the one that “soh-author key create” made if not given.",
)


def keys_folder(world: World) -> Path:
    """The folder with the person's own key, beside their settings."""
    return world.personal.parent / "keys"


def signer_of(world: World, key: Path | None) -> Signer:
    """The person's key, ready to sign.

    The passphrase of a locked one is taken from the environment, or else asked for where somebody sits at the
    terminal; what is typed is not shown.

    Raises:
        KeyFileError: when there is none, or it is locked and nobody can be asked.
    """
    path = key or keys_folder(world) / FILE
    passphrase = world.environment.get(PASSPHRASE, "")
    if not passphrase and is_locked(path):
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise KeyFileError(
                f"The key “{path}” is locked with a passphrase.",
                safe="Nothing was signed.",
                todo=f"Put the passphrase into {PASSPHRASE}, or let the ssh agent hold the key.",
            )
        passphrase = str(click.prompt("Passphrase of your key", hide_input=True, err=True))
        return unlocked(path, passphrase)
    return signer_in(keys_folder(world), key=key, passphrase=passphrase)
