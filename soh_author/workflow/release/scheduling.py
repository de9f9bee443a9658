"""Scheduled releases: the moment is written down in the draft, and carried out when it has come.

Carrying out has no memory: whoever runs it with a publisher's key, however often, on whatever machine, comes
to the same end. What went out changes nothing any more, and so is not due.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from soh_author.domain.days import moment_in_words
from soh_author.domain.errors import NetworkError, SohAuthorError, UsageError
from soh_author.domain.ids import DraftName
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.trust.moments import moment_text
from soh_author.trust.signers import Signer
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.release.publishing import Published, Wish, plan, publish
from soh_author.workflow.release.publishing_overlaps import Overlap, Together, overlaps_of
from soh_author.workflow.release.releasing_case import case_of
from soh_author.workflow.release.releasing_content import candidate, head_of, waits_to_go_out
from soh_author.workflow.release.reviewing_records import hold_draft, send
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import LIVE, Workspace

_SCHEDULED = re.compile(r"^Scheduled for (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$", re.MULTILINE)
_TAKEN_BACK = "Not scheduled any more"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A draft that is to go out at a moment; ``overlaps`` are those whose approvals it will make stale."""

    draft: DraftName
    moment: datetime
    overlaps: tuple[Overlap | Together, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What became of one draft whose time had come: published, or why not."""

    draft: DraftName
    moment: datetime
    published: Published | None
    why_not: str = ""


def schedule(workspace: Workspace, draft: str, moment: datetime | None) -> Task[Scheduled | None]:
    """Write down when a draft is to go out; None: it isn't to any more.

    Raises (when run):
        NotFoundError: when there is no such draft.
        UsageError: when the moment has passed.
    """

    def work(progress: Progress) -> Outcome[Scheduled | None]:
        now = workspace.clock()
        if moment is not None and moment <= now:
            raise UsageError(
                f"That moment has passed: this computer's clock says {moment_in_words(now)}.",
                safe="Nothing was changed.",
                todo="Choose a later one, or put the clock right.",
            )
        name, head = DraftName(draft), head_of(workspace, draft)
        hold_draft(workspace, name, head)
        note = f"Scheduled for {moment_text(moment)}" if moment else _TAKEN_BACK
        stamp = Stamp(note, workspace.person.author, now)
        workspace.store.write_version(DRAFTS + name, head, {}, stamp, even_if_same=True)
        _, told = send(workspace, name, progress)
        if moment is None:
            return Outcome(None, Effects(drafts=True), f"“{name}” is not scheduled any more. {told}")
        case = case_of(workspace, candidate(workspace, [name]), progress=progress)
        found = Scheduled(name, moment.astimezone(UTC), overlaps_of(workspace, case))
        warnings = "".join(f" {overlap.sentence}" for overlap in found.overlaps)
        return Outcome(
            found, Effects(drafts=True), f"“{name}” goes out on {moment_in_words(moment)}. {told}{warnings}"
        )

    return Task("Scheduling", work, writes=True)


def scheduled(workspace: Workspace) -> tuple[Scheduled, ...]:
    """The drafts that are scheduled and not out yet, the next first."""
    branches = [*workspace.store.branches(), *workspace.store.branches(of_origin=True)]
    names = {branch.name.removeprefix(DRAFTS) for branch in branches if branch.name.startswith(DRAFTS)}
    found = (_schedule_of(workspace, DraftName(name)) for name in names)
    return tuple(sorted((each for each in found if each), key=lambda each: (each.moment, each.draft)))


def publish_due(workspace: Workspace, signer: Signer) -> Task[tuple[Due, ...]]:
    """Publish every draft whose time has come; what can't go out is told, and the others go on.

    The latest is got first, so that whoever runs it knows what is scheduled and what went out elsewhere. Two
    that run at once come to one release; the slower one finds that nothing is due any more.

    Raises (when run):
        Cancelled: when a person asked to stop; what went out before stays.
    """

    def work(progress: Progress) -> Outcome[tuple[Due, ...]]:
        now = workspace.clock()
        _look_around(workspace, progress)
        due = [each for each in scheduled(workspace) if each.moment <= now]
        done = [found for each in due if (found := _carry_out(workspace, each, signer, progress))]
        out = sum(each.published is not None for each in done)
        notice = f"{out} of {len(done)} that were due went out." if done else "Nothing is due."
        return Outcome(tuple(done), EVERYTHING if out else Effects(), notice)

    return Task("Publishing what is due", work, writes=True)


def _look_around(workspace: Workspace, progress: Progress) -> None:
    """Get the latest; without a connection what is here is looked at, and publishing says why it can't."""
    try:
        get_latest(workspace).run(progress)
    except NetworkError:
        return


def _carry_out(workspace: Workspace, what: Scheduled, signer: Signer, progress: Progress) -> Due | None:
    """Publish one draft; None when somebody else did so at the same moment."""
    wish = Wish((what.draft,), note=f"Scheduled: {what.draft}", not_before=what.moment)
    try:
        planned = plan(workspace, wish, signer).run(progress).value
        return Due(what.draft, what.moment, publish(workspace, planned, signer).run(progress).value)
    except SohAuthorError as error:
        _look_around(workspace, progress)
        if what.draft not in {each.draft for each in scheduled(workspace)}:
            return None
        return Due(what.draft, what.moment, None, str(error))


def _schedule_of(workspace: Workspace, draft: DraftName) -> Scheduled | None:
    live, head = workspace.revision_of(LIVE), head_of(workspace, draft)
    moment = _moment(workspace, live, head)
    if moment is None or not waits_to_go_out(workspace, draft):
        return None
    return Scheduled(draft, moment)


def _moment(workspace: Workspace, live: str, head: str) -> datetime | None:
    for version in workspace.store.versions_between(live, head):
        if version.note.strip() == _TAKEN_BACK:
            return None
        found = _SCHEDULED.search(version.note)
        if found:
            return datetime.fromisoformat(found[1])
    return None
