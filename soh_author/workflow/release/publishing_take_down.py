"""Take down: a banner on a page, the page gone, or its readers led elsewhere; where needed at once."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from soh_author.domain.counting import counted
from soh_author.domain.ids import DraftName
from soh_author.domain.judging.approval import OutputMove
from soh_author.domain.layers import Layer
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.workflow.approvals.transitions import transitions
from soh_author.workflow.drafting import Draft, find_draft
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.release.releasing_case import day_for
from soh_author.workflow.release.take_down_for_all import Texts, inbound_links, texts_for_all
from soh_author.workflow.release.take_down_for_one import texts_for_one
from soh_author.workflow.release.take_down_wish import TakeDown
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that takes a page down, and the files that link to the page: to be looked at first."""

    draft: Draft
    inbound: tuple[str, ...]


def _linked(inbound: tuple[str, ...]) -> str:
    return f"{counted(len(inbound), 'file')} {'links' if len(inbound) == 1 else 'link'} to it"


@dataclass(frozen=True, slots=True)
class Affected:
    """What taking a page down would do: the outputs that change, and the files that link to it."""

    outputs: tuple[OutputMove, ...]
    inbound: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How far it reaches."""
        forces = counted(len({move.force for move in self.outputs}), "force")
        return f"{counted(len(self.outputs), 'published page')} of {forces}; {_linked(self.inbound)}."


def look_at_take_down(workspace: Workspace, what: TakeDown) -> Task[Affected]:
    """Look what taking a page down would do; nothing is written.

    Raises (when run):
        as :func:`prepare_take_down`, but for a draft that is there already.
    """

    def work(progress: Progress) -> Outcome[Affected]:
        live, on = workspace.snapshot(), day_for(workspace)
        live.files_of(what.page)
        inbound = inbound_links(live, what.page)
        after = live.with_unsaved(_texts(live, what, inbound, on))
        found = transitions(live, after, on, workspace.renderer, progress)
        return Outcome(Affected(found.outputs, inbound))

    return Task("Looking what it affects", work)


def prepare_take_down(workspace: Workspace, what: TakeDown) -> Task[Prepared]:
    """Write the draft that takes a page down.

    Nothing is live by that: it goes out like any draft, or urgently
    (:func:`soh_author.workflow.release.publishing_emergency.publish_in_emergency`).

    Raises (when run):
        NotFoundError: when there is no such page.
        UsageError: when the banner says nothing, or not in Welsh where it must, or nobody can be led there.
    """

    def work(_progress: Progress) -> Outcome[Prepared]:
        live, on = workspace.snapshot(), day_for(workspace)
        live.files_of(what.page)
        inbound = inbound_links(live, what.page)
        texts = _texts(live, what, inbound, on)
        changes = {path: None if text is None else text.encode() for path, text in texts.items()}
        name, tip = _free_name(workspace, what), workspace.revision_of(LIVE)
        branch = DRAFTS + name
        workspace.store.create_branch(branch, tip)
        stamp = Stamp(f"Take down “{what.page}” ({what.how})", workspace.person.author, workspace.clock())
        workspace.store.write_version(branch, tip, changes, stamp)
        told = f"The draft “{name}” takes it down; it is not live yet."
        return Outcome(Prepared(find_draft(workspace, name), inbound), EVERYTHING, told)

    return Task("Preparing to take it down", work, writes=True)


def _free_name(workspace: Workspace, what: TakeDown) -> DraftName:
    """The name of the draft; numbered where the page was taken down before, as nobody has time for that."""
    taken = {branch.name.removeprefix(DRAFTS) for branch in workspace.store.branches()}
    names = (DraftName(f"{what.draft}-{number}" if number > 1 else what.draft) for number in count(1))
    return next(name for name in names if name not in taken)


def _texts(live: Snapshot, what: TakeDown, inbound: tuple[str, ...], on: date) -> Texts:
    """The files that change; a page that one force alone has goes like any page."""
    owners = {file.layer for file in live.files_of(what.page)}
    if what.force is None or owners == {Layer.of_force(what.force)}:
        return texts_for_all(live, what, inbound, on)
    return texts_for_one(live, what, what.force, on)
