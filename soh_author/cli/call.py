"""One call of a verb: where, by whom, how to answer; and the options every verb has."""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from soh_author.cli import people, progress
from soh_author.cli.answer import Answer, write_answer
from soh_author.cli.world import World
from soh_author.workflow.practising import EDITOR
from soh_author.workflow.task import Outcome, Task
from soh_author.workflow.workspace import Person, Workspace

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """What a verb is given beside its own arguments."""

    world: World
    folder: Path
    told_person: str
    is_json: bool
    is_quiet: bool

    @property
    def today(self) -> date:
        """Today, where the person is."""
        return self.world.clock().date()

    @property
    def author(self) -> Person:
        """The person in whose name versions are written.

        Raises:
            UsageError: when nobody said who they are.
        """
        person = people.who(self.world, self.told_person)
        if person is None:
            raise people.nobody_error()
        return person

    @property
    def reader(self) -> Person:
        """The person, or a stand-in for one who only looks."""
        return people.who(self.world, self.told_person) or people.READER

    @property
    def practising(self) -> Person:
        """The person, or the sample's editor for one who tries it without saying who they are."""
        return people.who(self.world, self.told_person) or EDITOR

    def run(self, task: Task[T]) -> Outcome[T]:
        """Run a task, telling how far it is where somebody watches."""
        is_shown = not self.is_json and not self.is_quiet and sys.stderr.isatty()
        return progress.run(task, is_shown=is_shown)

    def value(self, task: Task[T]) -> T:
        """Run a task and take what it brought."""
        return self.run(task).value

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """The workspace, for looking at it."""
        with Workspace.open(self.folder, person=self.reader, clock=self.world.clock) as workspace:
            self._tell(workspace)
            yield workspace

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """The workspace, for writing versions in it."""
        with Workspace.open(self.folder, person=self.author, clock=self.world.clock) as workspace:
            self._tell(workspace)
            yield workspace

    def _tell(self, workspace: Workspace) -> None:
        """What a person has to know of the workspace; programs read nothing but the answer."""
        if workspace.notice and not self.is_json and not self.is_quiet:
            click.echo(workspace.notice, err=True)


_OPTIONS = (
    click.option("--json", "told_json", is_flag=True, help="Answer as JSON, for programs."),
    click.option("--quiet", "told_quiet", is_flag=True, help="Don't show how far the work is."),
    click.option("--debug", "told_debug", is_flag=True, help="Show the details of an unexpected error."),
    click.option(
        "--as",
        "told_person",
        default="",
        metavar="“NAME <EMAIL>”",
        help="Who you are, as written in versions.",
    ),
)
_WORKSPACE = click.option(
    "--workspace",
    "told_folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The workspace's folder; the current one if not given.",
)


def verb(work: Callable[Concatenate[Call, P], Answer]) -> Callable[P, int]:
    """Make a verb of a function that takes a :class:`Call` and its own arguments and gives an answer.

    Returns:
        What click calls; it writes the answer and gives the exit code. It has all options of a verb.
    """
    return _WORKSPACE(verb_without_workspace(work))


def verb_without_workspace(work: Callable[Concatenate[Call, P], Answer]) -> Callable[P, int]:
    """As :func:`verb`, for one that opens no workspace: it has no ``--workspace``."""

    @functools.wraps(work)
    def called(*args: P.args, **kwargs: P.kwargs) -> int:
        world = click.get_current_context().find_object(World)
        assert world is not None, "The command line is started through cli.main, which brings a world."
        told = {name: kwargs.pop(name) for name in list(kwargs) if name.startswith("told_")}
        folder, is_json = told.get("told_folder"), bool(told["told_json"])
        place = folder if isinstance(folder, Path) else Path()
        call = Call(world, place, str(told["told_person"]), is_json, bool(told["told_quiet"]))
        return write_answer(work(call, *args, **kwargs), is_json=is_json)

    command: Callable[P, int] = called
    for option in _OPTIONS:
        command = option(command)
    return command
