"""What to say when a verb could not do it: the same three sentences for people and for programs."""

import errno
import sys
import traceback
from dataclasses import dataclass

import click

from soh_author.cli.answer import Json, to_json
from soh_author.cli.exit_codes import CANCELLED, UNEXPECTED, USAGE, kind_of
from soh_author.domain.errors import Cancelled, OutputError, SohAuthorError

_SAVED_IS_SAFE = "What is saved in the workspace is safe: a version is written whole or not at all."


_OF_THE_SYSTEM = frozenset(
    {
        *(errno.ENAMETOOLONG, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EMFILE),
        *(errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EBUSY, errno.EFBIG, errno.ENXIO, errno.ENODEV),
    }
)
"""What the system refuses by no fault of ours: it is told as such wherever nobody told it better."""

_OF_EVERY_VERB = ("--workspace", "--json", "--as", "--quiet", "--debug")


@dataclass(frozen=True, slots=True)
class Failure:
    """Kind for scripts, what happened, what is safe, what to do, exit code; details only with ``--debug``."""

    kind: str
    what: str
    safe: str
    todo: str
    exit_code: int
    help_page: str = "troubleshooting"
    details: str = ""

    def as_data(self) -> dict[str, Json]:
        """The object that ``--json`` prints."""
        data: dict[str, Json] = {
            "kind": self.kind,
            "what": self.what,
            "safe": self.safe,
            "todo": self.todo,
            "exit_code": self.exit_code,
            "help": self.help_page,
        }
        return {"error": {**data, "details": self.details} if self.details else data}

    def as_text(self) -> str:
        """The lines that people get."""
        return "\n".join(part for part in (self.details, self.what, self.safe, self.todo) if part) + "\n"


def failure_of(error: BaseException, *, is_debug: bool) -> Failure:
    """What to say of an error of whatever kind."""
    if isinstance(error, SohAuthorError):
        return Failure(
            kind_of(error),
            error.what,
            error.safe,
            error.todo,
            error.exit_code,
            error.help_page,
            _trace(error, is_debug),
        )
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, Cancelled | KeyboardInterrupt | click.Abort):
        safe = "Everything is as it was before." if isinstance(error, Cancelled) else _SAVED_IS_SAFE
        return Failure("cancelled", "Stopped.", safe, "", CANCELLED)
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        return failure_of(_refused_by_the_system(error), is_debug=is_debug)
    return Failure(
        "unexpected",
        f"SOH Author made a mistake it did not expect ({type(error).__name__}).",
        _SAVED_IS_SAFE,
        "Run it again with --debug and send what it prints to whoever looks after SOH Author.",
        UNEXPECTED,
        details=_trace(error, is_debug),
    )


def _refused_by_the_system(error: OSError) -> OutputError:
    where = f"“{error.filename}”" if isinstance(error.filename, str) else "A file or folder"
    made = OutputError(
        f"{where} can't be read or written ({error.strerror}).",
        safe=_SAVED_IS_SAFE,
        todo="Look at its name, whether you may use it, and whether the disk has room; then try again.",
    )
    made.__cause__ = error
    return made


def tell(failure: Failure, *, is_json: bool) -> None:
    """Write a failure to the standard error, as UTF-8 whatever the terminal's settings."""
    written = to_json(failure.as_data()) if is_json else failure.as_text()
    sys.stderr.flush()
    sys.stderr.buffer.write(written.encode("utf-8", "backslashreplace"))
    sys.stderr.flush()


def _usage(error: click.ClickException) -> Failure:
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "soh-author"
    todo = f"See “{path} --help”."
    if isinstance(error, click.NoSuchOption) and error.option_name in _OF_EVERY_VERB and " " not in path:
        todo = f"Write it behind the verb: {path} list pages {error.option_name} …"
    return Failure("usage", error.format_message(), "Nothing was changed.", todo, USAGE, "command-line")


def _trace(error: BaseException, is_debug: bool) -> str:  # noqa: FBT001 - a private step
    return "".join(traceback.format_exception(error)).rstrip() if is_debug else ""
