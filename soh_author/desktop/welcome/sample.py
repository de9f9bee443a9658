"""The sample: made once, opened again after that."""

from pathlib import Path

from soh_author.workflow.sampling import make_sample
from soh_author.workflow.task import Task
from soh_author.workflow.workspace import Clock, Person, Workspace


class Sample:
    """Makes the sample in a folder.

    Args:
        folder: where it is kept.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def make(self, person: Person) -> Task[Workspace]:
        """A task that makes it, with three people who practise, and opens it."""
        return make_sample(self._folder, person, self._clock)
