"""A case: some drafts, what they change for the public, what people said of it, and how that is judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import WorkspaceError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Proposal
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirements import Requirement, open_emergencies, requirements
from soh_author.domain.judging.writers import Authorship
from soh_author.reading.cross import registry_diagnostics
from soh_author.trust.errors import BadPolicyError, KeyFileError
from soh_author.trust.policies import (
    POLICY_PATH,
    SIGNATURES_PATH,
    check_first,
    check_next,
    policy_hash,
    read_policy,
)
from soh_author.trust.records import ReadRecords, read_records, read_trusted_records
from soh_author.trust.remarks import read_remarks
from soh_author.trust.signed_files import RefusedRecord
from soh_author.trust.signers import Signer
from soh_author.workflow.approvals.releasing_files import live_since_of, restored_of
from soh_author.workflow.approvals.releasing_proposal import changes_of, subjects_of
from soh_author.workflow.approvals.suggested_words import accepted_words
from soh_author.workflow.approvals.transitions import Transitions, day_of_judgement, transitions
from soh_author.workflow.release.releasing_content import APPROVALS, Candidate
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Progress
from soh_author.workflow.workspace import Workspace

NOBODY = PersonId("nobody-yet")
"""Stands for the publisher as long as nobody publishes."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Why something goes out, by whom, and when: ``not_before`` None means now."""

    kind: ReleaseKind = ReleaseKind.ORDINARY
    publisher: PersonId = NOBODY
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about some drafts that people decide on; made for one moment and not kept."""

    candidate: Candidate
    policy: Policy
    found: Transitions
    proposal: Proposal
    refused: tuple[RefusedRecord, ...]
    now: datetime

    @property
    def doubtful_writers(self) -> tuple[str, ...]:
        """What is to be said of those who saved some of it under an address the policy doesn't know."""
        authorship = Authorship(self.policy)
        return tuple(filter(None, map(authorship.doubt, self.candidate.writers)))

    def judged(self) -> tuple[Requirement, ...]:
        """Every requirement, met or not; those of the publisher are left out while there is none."""
        everything = requirements(self.policy, self.proposal, self.now)
        if self.proposal.publisher != NOBODY:
            return everything
        return tuple(each for each in everything if each.kind.value != "publisher")


def policy_of(snapshot: Snapshot) -> Policy:
    """The policy of a state of the content.

    Raises:
        WorkspaceError: when it has none.
        BadPolicyError: when it can't be taken.
    """
    data = snapshot.sources.data(POLICY_PATH)
    if data is None:
        raise WorkspaceError(
            "This content has no policy yet, so nobody may review or publish.",
            safe="Nothing was changed.",
            todo="Have its people and keys written down with “soh-author policy init”.",
        )
    return snapshot.sources.memory.recall(
        ("policy", snapshot.sources.stamp(POLICY_PATH)), lambda: read_policy(data)
    )


def has_policy(snapshot: Snapshot) -> bool:
    """Whether a state of the content says who may do what."""
    return snapshot.sources.has(POLICY_PATH)


def judging_policy(what: Candidate, now: datetime) -> Policy:
    """The policy by which some drafts are judged: the live one, or the first, which they bring themselves.

    Which first policy a server takes is pinned there; here only its own roots can be asked.

    Raises:
        WorkspaceError: when there is none.
        BadPolicyError: when it can't be taken, or too few of its roots have signed the first one.
    """
    data = what.after.sources.data(POLICY_PATH)
    if has_policy(what.before) or data is None:
        return policy_of(what.before)
    return check_first(data, what.after.sources.data(SIGNATURES_PATH) or b"", policy_hash(data), now)


def signer_in(policy: Policy, signer: Signer) -> PersonId:
    """Whose key it is.

    Raises:
        KeyFileError: when it is nobody's in the policy.
    """
    for person in policy.people.values():
        if person.key(signer.line) is not None:
            return person.id
    raise KeyFileError(
        "Your key is not in the policy, so nothing you sign counts.",
        safe="Nothing was changed.",
        todo="Show your key to the policy's roots (“soh-author key show”) and ask them to add it.",
    )


def case_of(
    workspace: Workspace,
    candidate: Candidate,
    intent: Intent | None = None,
    progress: Progress | None = None,
) -> Case:
    """Look at drafts as they would go out.

    Args:
        candidate: the drafts on top of what is live.
        intent: why and by whom; for a look, nobody.

    Raises:
        WorkspaceError: when there is no policy.
        ContentError: when a release's file was written by hand.
        Cancelled: when a person asked to stop.
    """
    wanted = intent or Intent()
    now = workspace.clock()
    policy = judging_policy(candidate, now)
    on = day_of_judgement(max(now, wanted.not_before) if wanted.not_before else now)
    found = transitions(candidate.before, candidate.after, on, workspace.renderer, progress)
    records = _records(workspace, _bytes(workspace, candidate.records), policy)
    changes = changes_of(candidate.before, candidate.after, found)
    proposal = Proposal(
        kind=wanted.kind,
        publisher=wanted.publisher,
        sources=changes.sources,
        outputs=changes.outputs,
        records=records.signed,
        spent=spent_records(candidate.before),
        elsewhere=_records(workspace, _bytes(workspace, candidate.elsewhere), policy).signed,
        touched=_touched(workspace, candidate, policy),
        live_since=live_since_of(candidate.before, subjects_of(changes, records.signed)),
        faults=(*found.findings, *_new_faults(candidate)),
        open_emergencies=len(open_emergencies(policy, live_records(candidate.before))),
        policy_fault=_policy_fault(candidate, policy, now),
        not_before=wanted.not_before,
        restored=restored_of(
            (wanted.kind, policy), candidate.before, found.outputs, lambda: live_records(candidate.before)
        ),
    )
    return Case(candidate, policy, found, proposal, records.refused, now)


def _touched(workspace: Workspace, candidate: Candidate, policy: Policy) -> dict[str, frozenset[PersonId]]:
    """Who touched each file: who saved it, and whose suggested words were taken over into it."""
    authorship = Authorship(policy)
    found = {path: set(authorship.people(writers)) for path, writers in candidate.editors.items()}
    remarks = read_remarks(_bytes(workspace, candidate.comments), policy).signed
    for path, person in accepted_words(remarks):
        if path in candidate.changes:
            found.setdefault(path, set()).add(person)
    return {path: frozenset(people) for path, people in found.items()}


def _policy_fault(candidate: Candidate, policy: Policy, now: datetime) -> str:
    """Why a new policy in it may not follow the present one; empty when it may, or there is none."""
    if candidate.changes.keys().isdisjoint((POLICY_PATH, SIGNATURES_PATH)) or not has_policy(
        candidate.before
    ):
        return ""
    files = candidate.after.sources
    try:
        check_next(policy, files.data(POLICY_PATH) or b"", files.data(SIGNATURES_PATH) or b"", now)
    except BadPolicyError as error:
        return error.reason
    return ""


def _new_faults(candidate: Candidate) -> tuple[Diagnostic, ...]:
    """What is wrong between forces and groups, and was not before."""
    known = {finding.message for finding in registry_diagnostics(candidate.before.registry)}
    found = registry_diagnostics(candidate.after.registry)
    return tuple(finding for finding in found if finding.message not in known)


def spent_records(live: Snapshot) -> frozenset[str]:
    """Ids of the records that are live: each has counted."""
    return frozenset(
        path.rpartition("/")[2].removesuffix(".json")
        for path in live.sources.stamps
        if path.startswith(APPROVALS) and path.endswith(".json")
    )


def live_records(live: Snapshot) -> tuple[SignedRecord, ...]:
    """All records that are live, the oldest first. The gate has judged their signatures."""
    stamps = {path: stamp for path, stamp in live.sources.stamps.items() if path.startswith(APPROVALS)}
    key = ("live records", tuple(sorted(stamps.values())))
    return live.sources.memory.recall(key, lambda: _read_live(live, stamps))


def _read_live(live: Snapshot, paths: Iterable[str]) -> tuple[SignedRecord, ...]:
    read = read_trusted_records(live.sources.data_of(list(paths)))
    return tuple(sorted(read.signed, key=lambda each: (each.record.when, each.id)))


def day_for(workspace: Workspace) -> date:
    """The day on which facts and memberships are looked at now."""
    return day_of_judgement(workspace.clock())


def _bytes(workspace: Workspace, blobs: Mapping[str, str]) -> dict[str, bytes]:
    contents = workspace.store.read_many(blobs.values())
    return {path: contents[blob] for path, blob in blobs.items() if blob in contents}


def _records(workspace: Workspace, files: Mapping[str, bytes], policy: Policy) -> ReadRecords:
    """Verified records; what was verified once under a policy is not verified again."""
    key = ("records", policy.version, policy.repository, tuple(sorted(files.items())))
    return workspace.memory.recall(key, lambda: read_records(files, policy))
