"""Start here: ``soh-author VERB …``. The one place of the command line where errors end up."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from soh_author import __version__
from soh_author.cli.exit_codes import DONE
from soh_author.cli.failures import failure_of, tell
from soh_author.cli.verbs.table import VERBS, verb_called
from soh_author.cli.world import World, here

NAME = "soh-author"


class _InOrder(click.Group):
    """Lists its verbs in the order of the table, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click passes it
        """The verb of a name, read when it is called; None when there is none."""
        return verb_called(cmd_name) if cmd_name in VERBS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is called; a name that is nearly one is told with the verbs it may mean."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=VERBS, ctx=ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every verb with its whole sentence; click would cut it where the line ends."""
        verbs = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, verb.get_short_help_str(limit=400)) for name, verb in verbs if verb is not None]
            )


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=NAME)
def command_line() -> None:
    """Write, preview and build the pages that 44 police websites share.

    Every verb has --help and --json. Without a verb the window opens, where it is installed.
    """


def main(
    arguments: Sequence[str] | None = None,
    world: World | None = None,
    *,
    hold: Callable[[object], object] | None = None,
) -> int:
    """Run a verb.

    Args:
        arguments: without the program's name; those of this process if None.
        world: clock, environment and settings; those of this process if None.
        hold: keeps large things for who ends at once, see :class:`World`.

    Returns:
        The exit code, see :mod:`soh_author.cli.exit_codes`.
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    _show_what_can_be_shown()
    try:
        return _run(typed, world or replace(here(), hold=hold))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place that can say anything
        failure = failure_of(error, is_debug="--debug" in typed)
        tell(failure, is_json="--json" in typed)
        return failure.exit_code


def _show_what_can_be_shown() -> None:
    """A terminal that lacks a letter shows a question mark; it is no reason to end."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(typed: list[str], world: World) -> int:
    if not typed:
        typed = ["--help"]
    result = command_line.main(args=typed, prog_name=NAME, standalone_mode=False, obj=world)
    return result if isinstance(result, int) else DONE
