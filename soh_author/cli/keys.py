"""Where the person's key lies, and how the command line gets at it."""

from pathlib import Path

import click

from soh_author.cli.world import World
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
    """The person's key, ready to sign; its passphrase is taken from the environment.

    Raises:
        KeyFileError: when there is none.
    """
    return signer_in(keys_folder(world), key=key, passphrase=world.environment.get(PASSPHRASE, ""))
