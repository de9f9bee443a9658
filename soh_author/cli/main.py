"""Start here: ``soh-author VERB …``. The one place of the command line where errors end up."""

import os
import sys
import traceback
from collections.abc import Mapping, Sequence

import click

from soh_author import __version__
from soh_author.cli.answer import Json, to_json
from soh_author.cli.exit_codes import CANCELLED, DONE, NOBODY_READS, UNEXPECTED, USAGE, kind_of
from soh_author.cli.verbs.table import VERBS
from soh_author.cli.world import World, here
from soh_author.domain.errors import Cancelled, SohAuthorError

NAME = "soh-author"


class _InOrder(click.Group):
    """Lists its verbs in the order of the table, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Names of the verbs."""
        return list(self.commands)


@click.group(cls=_InOrder, commands=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=NAME)
def command_line() -> None:
    """Write, preview and build the pages that 44 police websites share.

    Every verb has --help and --json. Without a verb the window opens, where it is installed.
    """


def main(arguments: Sequence[str] | None = None, world: World | None = None) -> int:
    """Run a verb.

    Args:
        arguments: without the program's name; those of this process if None.
        world: clock, environment and settings; those of this process if None.

    Returns:
        The exit code, see :mod:`soh_author.cli.exit_codes`.
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    is_json = "--json" in typed
    try:
        return _run(typed, world or here())
    except SohAuthorError as error:
        _tell_error(error, is_json=is_json)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return DONE
    except click.ClickException as error:
        _tell_usage(error, is_json=is_json)
        return USAGE
    except (Cancelled, KeyboardInterrupt, click.Abort):
        _tell(
            {"kind": "cancelled", "what": "Stopped.", "exit_code": CANCELLED}, "\nStopped.", is_json=is_json
        )
        return CANCELLED
    except BrokenPipeError:
        _give_up_output()
        return NOBODY_READS
    except Exception as error:  # noqa: BLE001 - the last place that can say anything
        _tell_unexpected(error, is_json=is_json, is_debug="--debug" in typed)
        return UNEXPECTED


def _run(typed: list[str], world: World) -> int:
    if not typed:
        typed = ["--help"]
    result = command_line.main(args=typed, prog_name=NAME, standalone_mode=False, obj=world)
    return result if isinstance(result, int) else DONE


def _tell_error(error: SohAuthorError, *, is_json: bool) -> None:
    data: dict[str, Json] = {
        "kind": kind_of(error),
        "what": error.what,
        "safe": error.safe,
        "todo": error.todo,
        "exit_code": error.exit_code,
        "help": error.help_page,
    }
    _tell(data, "\n".join(part for part in (error.what, error.safe, error.todo) if part), is_json=is_json)


def _tell_usage(error: click.ClickException, *, is_json: bool) -> None:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        what, todo = error.format_message(), f"See “{error.ctx.command_path} --help”."
    else:
        what, todo = error.format_message(), f"See “{NAME} --help”."
    data: dict[str, Json] = {
        "kind": "usage",
        "what": what,
        "safe": "Nothing was changed.",
        "todo": todo,
        "exit_code": USAGE,
        "help": "command-line",
    }
    _tell(data, f"{what}\n{todo}", is_json=is_json)


def _tell_unexpected(error: Exception, *, is_json: bool, is_debug: bool) -> None:
    what = f"SOH Author made a mistake it did not expect ({type(error).__name__})."
    safe = "What is saved in the workspace is safe: a version is written whole or not at all."
    todo = "Run it again with --debug and send what it prints to whoever looks after SOH Author."
    data: dict[str, Json] = {
        "kind": "unexpected",
        "what": what,
        "safe": safe,
        "todo": todo,
        "exit_code": UNEXPECTED,
        "help": "troubleshooting",
    }
    details = "".join(traceback.format_exception(error)) if is_debug else ""
    if is_debug:
        data["details"] = details
    _tell(data, "\n".join([details + what, safe, todo]), is_json=is_json)


def _tell(data: Mapping[str, Json], text: str, *, is_json: bool) -> None:
    written = to_json({"error": data}) if is_json else text + "\n"
    sys.stderr.flush()
    sys.stderr.buffer.write(written.encode("utf-8", "backslashreplace"))
    sys.stderr.flush()


def _give_up_output() -> None:
    """Point the standard output nowhere, so that Python does not complain once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
