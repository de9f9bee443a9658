"""One whole history, with everything that may happen to a repository on the way."""

from pathlib import Path

from soh_author.workflow.workspace import Workspace
from tests.histories.history import History
from tests.histories.minor import change_a_little
from tests.support.content import NOW, PERSON


def live_through(folder: Path, *, pages: int, versions: int, seed: int) -> History:
    """Let authors work for so many versions, and hold every one of them to the second opinion.

    On the way the past is squashed, small changes are called minor, and at the end the content is read from a
    shallow clone, and by a program that was just started.
    """
    with History(folder, pages=pages, seed=seed) as history:
        chance = history.authors.chance
        history.look_everywhere()
        for number in range(versions):
            history.live_on(chance.choice((1, 3, 6, 9)))
            if chance.random() < 0.08:
                change_a_little(history, number)
            if chance.random() < 0.03:
                history.squash()
        history.look_everywhere()
        with history.shallow_copy("shallow") as copy:
            history.look_everywhere(copy)
        with Workspace.open(history.workspace.folder, person=PERSON, clock=lambda: NOW) as started_again:
            history.look_everywhere(started_again)
        return history
