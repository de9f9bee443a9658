"""Releases that were sent when the connection was lost: whether they went out is found out afterwards.

A release is noted before it is sent, so that a lost connection, or a program that was killed, leaves the
question and not a guess. It can't go out twice: the origin takes a release only on top of what was live when
it was made.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from soh_author.domain.errors import UnsureError
from soh_author.gitstore import origin
from soh_author.gitstore.sent import forget_sent, list_sent
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.syncing_others import origin_revision
from soh_author.workflow.workspace import LIVE, Workspace

LONGEST_JUDGEMENT = timedelta(minutes=15)
"""A server that has not taken a release by then never will: its gate gives up after ten minutes."""


class Fate(StrEnum):
    """What became of a release that was sent."""

    LIVE = "live"
    LOST = "lost"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Settled:
    """A release that was sent, and what became of it as far as the origin was last heard."""

    release: str
    revision: str
    fate: Fate

    @property
    def sentence(self) -> str:
        """What became of it, in a sentence or two."""
        return {
            Fate.LIVE: f"“{self.release}” did go out when the connection was lost: it is live.",
            Fate.LOST: f"“{self.release}” did not go out when the connection was lost. Plan it again.",
            Fate.OPEN: f"It isn’t known yet whether “{self.release}” went out.",
        }[self.fate]


def unsure(workspace: Workspace) -> tuple[str, ...]:
    """The releases of which it isn't known whether they went out."""
    return tuple(list_sent(workspace.store))


def look_again(workspace: Workspace) -> Task[tuple[Settled, ...]]:
    """Ask the origin what became of releases that were sent when the connection was lost.

    Raises (when run):
        OfflineError, NetworkError: when the origin can't be reached; nothing was changed.
        Cancelled: when a person pressed Cancel.
    """

    def work(progress: Progress) -> Outcome[tuple[Settled, ...]]:
        if not unsure(workspace):
            return Outcome((), Effects())
        origin.fetch(workspace.store, report=progress.report, is_cancelled=lambda: progress.is_cancelled)
        found = settle(workspace)
        told = " ".join(each.sentence for each in found if each.fate is not Fate.OPEN)
        return Outcome(found, EVERYTHING if told else Effects(), told)

    return Task("Looking whether the release went out", work, writes=True)


def settle(workspace: Workspace) -> tuple[Settled, ...]:
    """Judge by what the origin had when it was last heard; what went out is live here too, afterwards."""
    sent = list_sent(workspace.store)
    found = tuple(
        Settled(name, revision, fate_of(workspace, revision)) for name, revision in sorted(sent.items())
    )
    for each in found:
        if each.fate is Fate.LIVE:
            _take_over(workspace, each)
        if each.fate is not Fate.OPEN:
            forget_sent(workspace.store, each.release)
    return found


def fate_of(workspace: Workspace, revision: str) -> Fate:
    """What became of a prepared release that was sent."""
    store, live = workspace.store, origin_revision(workspace, LIVE)
    if live is not None and store.is_ancestor(revision, live):
        return Fate.LIVE
    version = store.version(revision)
    is_possible = live is None or live in version.parents
    return Fate.OPEN if is_possible and workspace.clock() - version.when < LONGEST_JUDGEMENT else Fate.LOST


def unsure_error(release: str, error: UnsureError) -> UnsureError:
    """What to tell of a release whose answer was lost."""
    return UnsureError(
        f"The connection was lost while “{release}” was sent, so it isn’t known whether it went out."
        f" ({error.what})",
        safe="Nothing is lost, and it can’t go out twice.",
        todo="Wait: SOH Author asks again by itself and tells you. “Get the latest” asks at once.",
    )


def _take_over(workspace: Workspace, settled: Settled) -> None:
    """Move what is live here to it, unless that is further already; its name came from the origin."""
    live = workspace.revision_of(LIVE)
    if live in workspace.store.version(settled.revision).parents:
        workspace.store.advance_branch(LIVE, live, settled.revision)
