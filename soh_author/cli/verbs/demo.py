"""``demo``: the sample in the window; without a screen, the whole main job into a folder."""

from pathlib import Path

import click

from soh_author.cli import window
from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb_without_workspace
from soh_author.cli.demonstration import run_headless, window_workspace


@click.command()
@click.option(
    "--folder",
    "place",
    type=click.Path(path_type=Path),
    default=Path("build/demo"),
    show_default=True,
    metavar="DIR",
    help="Where it is made.",
)
@click.option("--headless", is_flag=True, help="Open no window, even where there is a screen.")
@click.option("--no-pictures", is_flag=True, help="Take no pictures of the window; that saves half a minute.")
@verb_without_workspace
def demo(call: Call, *, place: Path, headless: bool, no_pictures: bool) -> Answer:
    """Show what SOH Author does, on sample content.

    Where there is a screen, the window opens on the sample. Without one (or with --headless) a page is
    changed, previewed for three publics and checked, all sites are built, and pictures of the window taken.
    """
    if not headless and window.opens(call.world.environment):
        workspace = window_workspace(call, place)
        exit_code = window.show(workspace)
        data: dict[str, Json] = {
            "folder": str(place.absolute()),
            "window": True,
            "workspace": str(workspace.absolute()),
        }
        return Answer(data, f"The sample is in “{workspace}”.", exit_code=exit_code)
    account = run_headless(call, place, with_pictures=not no_pictures)
    return Answer(account.data, "\n".join(account.lines))
