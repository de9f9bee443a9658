"""Publish: a plan of what would go out, a dry run in the server's voice, and the release: all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from soh_author.domain.counting import counted
from soh_author.domain.errors import (
    NotAllowedError,
    SohAuthorError,
    UnsureError,
    WorldMovedError,
)
from soh_author.domain.ids import DraftName, ForceId
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.domain.judging.requirements import Requirement, unmet
from soh_author.gitstore import origin
from soh_author.gitstore.network import Push
from soh_author.gitstore.releases import TAGS, keep_release, prepare_release
from soh_author.gitstore.sent import forget_sent, remember_sent
from soh_author.gitstore.values import Author, Revision, Stamp
from soh_author.render.resources import template_version
from soh_author.trust.commits import commit_signing
from soh_author.trust.moments import whole_second
from soh_author.trust.policies import POLICY_PATH, SIGNATURES_PATH, policy_hash
from soh_author.trust.signers import Signer
from soh_author.workflow.approvals.releasing_files import find_release, release_bytes, release_path
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.gate.gatekeeping import judge_push
from soh_author.workflow.gate.refs import NOTHING, PUBLISHED_REF, RELEASE_TAGS, RefUpdate
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.release.publishing_drafts import drafts_to_name
from soh_author.workflow.release.publishing_overlaps import Overlap, Together, overlaps_of
from soh_author.workflow.release.releasing_case import (
    Case,
    Intent,
    case_of,
    has_policy,
    judging_policy,
    signer_in,
)
from soh_author.workflow.release.releasing_content import Candidate, candidate
from soh_author.workflow.release.reviewing_views import Group, groups_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_trust import needs_trust
from soh_author.workflow.together.syncing_others import origin_revision
from soh_author.workflow.together.unsure import Fate, fate_of, look_again, settle, unsure, unsure_error
from soh_author.workflow.workspace import CONTENT, LIVE, Workspace


@dataclass(frozen=True, slots=True)
class Wish:
    """What a publisher wants: which drafts, why, what to note, and when (None: now).

    ``supersedes`` is the release that is taken back; ``reason`` is asked for of all but ordinary releases.
    ``names`` is the release's id; made from the day and the first draft if empty.
    """

    drafts: tuple[str, ...]
    note: str = ""
    kind: ReleaseKind = ReleaseKind.ORDINARY
    not_before: datetime | None = None
    supersedes: str = ""
    reason: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go out, for whom, what it still needs, and whom else it concerns."""

    wish: Wish
    case: Case
    release: Release
    requirements: tuple[Requirement, ...]
    groups: tuple[Group, ...]
    overlaps: tuple[Overlap | Together, ...]

    @property
    def unmet(self) -> tuple[Requirement, ...]:
        """What is still needed."""
        return unmet(self.requirements)

    @property
    def is_ready(self) -> bool:
        """Whether it may go out."""
        return not self.unmet

    @property
    def forces(self) -> tuple[ForceId, ...]:
        """Whose public reads something differently afterwards."""
        return self.case.found.forces

    @property
    def sentence(self) -> str:
        """How far it reaches: pages, forces, languages."""
        found = self.case.found
        languages = sorted({move.language.label for move in found.outputs})
        where = f"{counted(len(found.pages), 'page')} for {counted(len(self.forces), 'force')}"
        if not found.outputs:
            return "Nobody reads anything differently afterwards."
        return f"{where}, in {' and '.join(languages)}: {counted(len(found.outputs), 'published page')}."


@dataclass(frozen=True, slots=True)
class Published:
    """A release that is live: the version that holds it, and whether the origin has it."""

    release: Release
    revision: str
    is_sent: bool


def plan(workspace: Workspace, wish: Wish, signer: Signer) -> Task[Plan]:
    """Plan a release.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorldMovedError: when drafts can't go out together, or not as they are.
        KeyFileError: when the key is nobody's in the policy.
    """

    def work(progress: Progress) -> Outcome[Plan]:
        return Outcome(make_plan(workspace, candidate(workspace, wish.drafts), wish, signer, progress))

    return Task("Planning the release", work)


def make_plan(workspace: Workspace, what: Candidate, wish: Wish, signer: Signer, progress: Progress) -> Plan:
    """As :func:`plan`, of drafts put together already."""
    policy = judging_policy(what, workspace.clock())
    publisher = signer_in(policy, signer)
    is_policy = not what.changes.keys().isdisjoint((POLICY_PATH, SIGNATURES_PATH))
    kind = ReleaseKind.POLICY if is_policy and wish.kind is ReleaseKind.ORDINARY else wish.kind
    case = case_of(workspace, what, Intent(kind, publisher, wish.not_before), progress)
    release = _release(workspace, case, wish, kind)
    return Plan(wish, case, release, case.judged(), groups_of(case), overlaps_of(workspace, case))


def dry_run(workspace: Workspace, planned: Plan, signer: Signer) -> Task[tuple[Refusal, ...]]:
    """What the server would say: nothing when it would take the release. Nothing moves.

    Raises (when run):
        KeyFileError: when the key can't sign.
    """

    def work(_progress: Progress) -> Outcome[tuple[Refusal, ...]]:
        revision = _prepare(workspace, planned, signer)
        found = tuple(_judged(workspace, planned, revision))
        notice = f"It would be refused for {len(found)} reasons." if found else "It would be accepted."
        return Outcome(found, notice=notice)

    return Task("Asking what the server would say", work)


def publish(workspace: Workspace, planned: Plan, signer: Signer) -> Task[Published]:
    """Publish a plan: one signed version and its name, at the origin and here, or nothing at all.

    Until the origin is asked it can be cancelled. Without an origin it is published in this workspace only.

    Raises (when run):
        NotAllowedError: when something is still needed; says what.
        WorldMovedError: when anything is not as it was planned, or somebody else was faster.
        RefusedError: when the origin refuses, with its words, or is a folder nobody trusts yet.
        NetworkError: when it can't be reached; nothing is published then.
        UnsureError: when the connection was lost meanwhile, and the origin doesn't say whether it took it.
        Cancelled: when a person asked to stop.
    """

    def work(progress: Progress) -> Outcome[Published]:
        progress.report(0, 3, "Checking that nothing has moved")
        before = _went_out_before(workspace, planned)
        if before is not None:
            return Outcome(before, EVERYTHING, f"“{before.release.id}” went out already. It is live.")
        fresh = _again(workspace, planned, signer, progress)
        check_ready(fresh)
        progress.report(1, 3, "Signing the release")
        revision = _prepare(workspace, fresh, signer)
        refusals = _judged(workspace, fresh, revision)
        if refusals:
            raise NotAllowedError(
                str(refusals[0]), safe="Nothing was published.", todo="Mend that, and plan again."
            )
        progress.report(2, 3, "Publishing")
        is_sent = _send(workspace, fresh, revision)
        _keep(workspace, fresh, revision, is_sent=is_sent)
        if is_sent:
            forget_sent(workspace.store, fresh.release.id)
        where = "It is live." if is_sent else "It is live in this workspace, which has no origin."
        done = Published(fresh.release, str(revision), is_sent)
        return Outcome(done, EVERYTHING, f"“{fresh.release.id}” is published. {where}")

    return Task("Publishing", work, writes=True)


def check_ready(planned: Plan) -> None:
    """Stop when a release still needs something.

    Raises:
        NotAllowedError: names the first thing, and how many more there are.
    """
    missing = planned.unmet
    if missing:
        others = f" ({len(missing) - 1} more things are missing.)" if missing[1:] else ""
        raise NotAllowedError(
            missing[0].sentence + others, safe="Nothing was published.", todo=missing[0].how_to_satisfy
        )


def _again(workspace: Workspace, planned: Plan, signer: Signer, progress: Progress) -> Plan:
    """The same plan made now.

    Raises:
        WorldMovedError: when it is not the same.
    """
    fresh = make_plan(workspace, candidate(workspace, planned.wish.drafts), planned.wish, signer, progress)
    old, new = planned.case, fresh.case
    was, now = ({change.move for change in case.proposal.changes()} for case in (old, new))
    moved = sorted({move.subject for move in was ^ now})
    if moved:
        others = f" and {len(moved) - 1} more" if moved[1:] else ""
        raise WorldMovedError(
            f"Since you planned the release, {moved[0]}{others} changed.",
            safe="Nothing was published.",
            todo="Plan it again, and look at what is different.",
        )
    if old.candidate.tip != new.candidate.tip:
        raise _faster()
    return fresh


def _faster() -> WorldMovedError:
    return WorldMovedError(
        "Somebody else has published since you planned the release.",
        safe="Nothing of yours was published.",
        todo="Get the latest, and plan it again.",
    )


def _prepare(workspace: Workspace, planned: Plan, signer: Signer) -> Revision:
    what, release = planned.case.candidate, planned.release
    author = planned.case.policy.people[release.publisher]
    stamp = Stamp(
        f"{release.note}\n\nRelease: {release.id}",
        Author(author.name, author.email),
        release.when,
        commit_signing(signer),
    )
    changes: dict[str, bytes | None] = dict(_files(workspace, {**what.changes, **_records_of(planned.case)}))
    changes[release_path(release.id)] = release_bytes(release)
    return prepare_release(workspace.store, what.tip, changes, stamp)


def _files(workspace: Workspace, blobs: Mapping[str, str | None]) -> dict[str, bytes | None]:
    contents = workspace.store.read_many(blob for blob in blobs.values() if blob is not None)
    return {path: None if blob is None else contents[blob] for path, blob in blobs.items()}


def _records_of(case: Case) -> Mapping[str, str]:
    """The records that go out with it: those that hold."""
    ids = {signed.id for signed in case.proposal.records}
    return {
        path: blob
        for path, blob in case.candidate.records.items()
        if path.rpartition("/")[2].partition(".")[0] in ids
    }


def _release(workspace: Workspace, case: Case, wish: Wish, kind: ReleaseKind) -> Release:
    when = whole_second(case.now)
    authors = {
        person
        for signed in case.proposal.records
        if signed.record.action.value == "submit"
        for person in (signed.record.person, *signed.record.authors)
    }
    if not authors:  # nobody sent it for review: an emergency, whose drafts tell who wrote it
        authors = {person for people in case.proposal.touched.values() for person in people}
    return Release(
        id=wish.name or _identity(case, wish.drafts, when),
        kind=kind,
        publisher=case.proposal.publisher,
        when=when,
        note=" ".join((wish.note or f"Publish {', '.join(wish.drafts)}").split()),
        drafts=drafts_to_name(workspace, case),
        outputs={(move.page, move.force, move.language): move.new for move in case.found.outputs},
        template=template_version(),
        policy_version=case.policy.version,
        supersedes=wish.supersedes,
        reason=" ".join(wish.reason.split()),
        authors=tuple(sorted(authors)),
        sources={move.path: move.new for move in case.found.sources},
        records=tuple(sorted(signed.id for signed in case.proposal.records)),
        not_before=wish.not_before.astimezone(UTC) if wish.not_before else None,
    )


def _identity(case: Case, drafts: Sequence[str], when: datetime) -> str:
    """A name that no release has yet: the day and the first draft."""
    stem = f"{when:%Y-%m-%d}-{DraftName(drafts[0])}"
    taken = case.candidate.before.sources
    numbers = (f"{stem}-{number}" for number in range(2, 10_000))
    return next(name for name in (stem, *numbers) if not taken.has(release_path(name)))


def _judged(workspace: Workspace, planned: Plan, revision: Revision) -> Sequence[Refusal]:
    updates = [
        RefUpdate(PUBLISHED_REF, planned.case.candidate.tip, str(revision)),
        RefUpdate(RELEASE_TAGS + planned.release.id, NOTHING, str(revision)),
    ]
    what = planned.case.candidate
    first = b"" if has_policy(what.before) else what.after.sources.data(POLICY_PATH) or b""
    # Which first policy the server was told to take is known there alone; here it is the one that is brought.
    pin = policy_hash(first) if first else ""
    return judge_push(workspace.folder / CONTENT, updates, workspace.clock(), pin=pin)


def _keep(workspace: Workspace, planned: Plan, revision: Revision, *, is_sent: bool) -> None:
    """Have the release live here, too; another window may have got it from the origin meanwhile."""
    try:
        keep_release(workspace.store, planned.case.candidate.tip, revision, planned.release.id)
    except WorldMovedError:
        if not is_sent or not workspace.store.is_ancestor(revision, workspace.revision_of(LIVE)):
            raise


def _send(workspace: Workspace, planned: Plan, revision: Revision) -> bool:
    """Ask the origin to take it; whether there is one.

    Raises:
        NotAllowedError: when the origin is a folder that nobody trusts yet.
        WorldMovedError: when somebody else was faster.
        NetworkError: when it can't be reached, or refuses.
        UnsureError: when the connection was lost, and the origin doesn't say whether it took it.
    """
    if origin.origin_of(workspace.store) is None:
        return False
    if needs_trust(workspace):
        raise NotAllowedError(
            "The origin is a folder, and may run its own checks on this computer when it is sent something.",
            safe="Nothing was published.",
            todo="Say that you trust it, then publish again.",
        )
    tip = Revision(planned.case.candidate.tip)
    if origin_revision(workspace, LIVE) not in {None, tip}:
        raise _faster()
    pushes = [Push(LIVE, revision, tip), Push(f"tags/{TAGS}{planned.release.id}", revision, None)]
    remember_sent(workspace.store, planned.release.id, revision)
    try:
        origin.push(workspace.store, pushes, trust_folder=True)
    except UnsureError as error:
        _find_out(workspace, planned.release.id, revision, error)
    except WorldMovedError as error:
        forget_sent(workspace.store, planned.release.id)
        raise _faster() from error
    except SohAuthorError:
        forget_sent(workspace.store, planned.release.id)
        raise
    return True


def _find_out(workspace: Workspace, release: str, revision: Revision, error: UnsureError) -> None:
    """Ask the origin at once whether it took what was sent; come back if it did.

    Raises:
        UnsureError: when it doesn't answer, or may still be judging it.
        WorldMovedError: when it has taken something else.
    """
    try:
        origin.fetch(workspace.store)
    except SohAuthorError:
        raise unsure_error(release, error) from error
    fate = fate_of(workspace, revision)
    if fate is Fate.OPEN:
        raise unsure_error(release, error) from error
    settle(workspace)
    if fate is Fate.LOST:
        raise _faster() from error


def _went_out_before(workspace: Workspace, planned: Plan) -> Published | None:
    """The same release, where it went out although no answer came; None where there is none.

    Raises:
        NetworkError: when one was sent of which nobody knows, and the origin can't be asked.
    """
    if not unsure(workspace):
        return None
    settled = look_again(workspace).run().value
    gone_out = [each for each in settled if each.fate is Fate.LIVE]
    for each in gone_out:
        release = find_release(workspace.snapshot(LIVE), each.release)
        if release.outputs == planned.release.outputs and release.sources == planned.release.sources:
            return Published(release, each.revision, is_sent=True)
    return None
