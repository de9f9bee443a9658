"""Options that several verbs share, so that they are called and explained alike."""

from pathlib import Path

import click

from soh_author.workflow.workspace import LIVE

_SOURCE_HELP = "published (if not given), a draft or a version."

SOURCE = click.option("--source", "--draft", "source", default=LIVE, metavar="NAME", help=_SOURCE_HELP)
ON = click.option("--on", default="", metavar="DATE", help="As on this day; today if not given.")
FORCE = click.option("--force", required=True, help="Whose public reads it.")
LANGUAGE = click.option("--language", default="en", help="en (if not given) or cy.")
FOLDER = click.option(
    "--folder",
    "plain",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A plain folder of content files instead of a workspace.",
)
