"""The policy: written down, proposed anew, signed by its roots, shown. It goes out like everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.people import Grant, Person, PublicKey, Role
from soh_author.domain.judging.policy import Policy, Rules
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.errors import BadPolicyError, KeyFileError
from soh_author.trust.keys import create_key, find_key
from soh_author.trust.moments import whole_second
from soh_author.trust.policies import (
    POLICY_PATH,
    SIGNATURES_PATH,
    check_next,
    policy_bytes,
    policy_hash,
    read_policy,
    read_signatures,
    sign_policy,
    signatures_bytes,
    signed_roots,
)
from soh_author.trust.policy_drafts import read_written_policy, written_policy
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.practising import PEOPLE
from soh_author.workflow.release.releasing_content import copies_of, head_of
from soh_author.workflow.release.reviewing_records import hold_draft, send
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace


@dataclass(frozen=True, slots=True)
class PolicyState:
    """A policy as it lies somewhere: what it says, its hash, and how far its signing is.

    ``missing`` says why it may not follow the live one yet; empty when it may, or when it is live. ``signed``
    are the roots, of the live and of this version, who have signed it.
    """

    policy: Policy
    hash: str
    signed: frozenset[PersonId]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class SamplePolicy:
    """A policy to try things with: its files by path, its hash, and where each person's key lies."""

    files: Mapping[str, bytes]
    hash: str
    keys: Mapping[PersonId, Path] = field(default_factory=dict)


def show_policy(workspace: Workspace, source: str = LIVE) -> Task[PolicyState]:
    """The policy of a source: of what is live, or one that is proposed in a draft.

    Raises (when run):
        NotFoundError: when there is none.
        BadPolicyError: when it can't be taken.
    """

    def work(_progress: Progress) -> Outcome[PolicyState]:
        return Outcome(_state(workspace, source))

    return Task("Reading the policy", work)


def propose_policy(workspace: Workspace, text: bytes, draft: str, *, is_first: bool) -> Task[PolicyState]:
    """Write a policy into a draft as the first or the next version; nobody has signed it yet.

    Raises (when run):
        UsageError: when there is a live policy and this is to be the first, or the other way round.
        BadPolicyError: naming what is wrong with it.
        InvalidNameError: for a name no draft may have.
    """

    def work(progress: Progress) -> Outcome[PolicyState]:
        name = DraftName(draft)
        present = _live(workspace)
        if is_first is not (present is None):
            raise _wrong_verb(is_first=is_first)
        version = present.version + 1 if present else 1
        repository = workspace.snapshot().manifest.repository
        policy = read_written_policy(text, repository, version, workspace.clock())
        if not copies_of(workspace, name):
            workspace.store.create_branch(DRAFTS + name, workspace.revision_of(LIVE))
        files = {POLICY_PATH: policy_bytes(policy), SIGNATURES_PATH: signatures_bytes(())}
        told = _write(workspace, name, files, f"Policy version {version} proposed", progress)
        notice = f"Version {version} of the policy is proposed in “{name}”. Now its roots sign it. {told}"
        return Outcome(_state(workspace, name), EVERYTHING, notice)

    return Task("Proposing a policy", work, writes=True)


def sign_proposal(workspace: Workspace, draft: str, signer: Signer) -> Task[PolicyState]:
    """Add a root's signature to the policy proposed in a draft.

    Raises (when run):
        NotFoundError: when the draft proposes none.
        KeyFileError: when the key is no root's, or can't sign.
    """

    def work(progress: Progress) -> Outcome[PolicyState]:
        data, signatures = _files(workspace, draft)
        proposed = read_policy(data)
        person = _root_of(signer, [proposed, *filter(None, [_live(workspace)])])
        signed = [*read_signatures(signatures), sign_policy(data, person, signer)]
        files = {SIGNATURES_PATH: signatures_bytes(signed)}
        note = f"Policy version {proposed.version} signed by {person}"
        told = _write(workspace, draft, files, note, progress)
        state = _state(workspace, draft)
        notice = f"It still waits, because {state.missing}." if state.missing else "It may go out now."
        return Outcome(state, EVERYTHING, f"{notice} {told}")

    return Task("Signing the policy", work, writes=True)


def as_written(policy: Policy) -> str:
    """A policy laid out for people, to be changed and proposed again."""
    return written_policy(policy)


def sample_policy(keys: Path, repository: str, now: datetime) -> SamplePolicy:
    """Three people with keys: Nia edits, Sam reviews, Alex publishes; all three are roots, two must sign.

    Alex reviews as well, so that what is marked as safety or law finds its second pair of eyes.

    Args:
        keys: folder in which each person's key is made, in a folder of their name; keys there are used again.
        repository: number of the content repository (``soh.yml``).
        now: keys count from an hour before.

    Raises:
        OutputError: when the folder can't be written.
    """
    pairs = {
        name: find_key(keys / name) or create_key(keys / name, f"{who.name} (sample)")
        for name, who in PEOPLE.items()
    }
    start = whole_second(now) - timedelta(hours=1)
    people = {
        name: Person(
            name,
            who.name,
            who.email,
            (PublicKey(pairs[name].line, start),),
            tuple(Grant(role) for role in _SAMPLE_ROLES[name]),
        )
        for name, who in PEOPLE.items()
    }
    rules = Rules(fact_checked_types=("disclosure",))
    data = policy_bytes(Policy(1, repository, people, tuple(people), 2, rules))
    signatures = [sign_policy(data, person, open_signer(pairs[person].path)) for person in people]
    files = {POLICY_PATH: data, SIGNATURES_PATH: signatures_bytes(signatures)}
    return SamplePolicy(files, policy_hash(data), {person: pairs[person].path for person in people})


_SAMPLE_ROLES = {
    "nia": (Role.EDITOR,),
    "sam": (Role.EDITOR, Role.REVIEWER, Role.WELSH_REVIEWER, Role.FACT_CHECKER),
    "alex": (Role.PUBLISHER, Role.REVIEWER, Role.WELSH_REVIEWER, Role.FACT_CHECKER),
}


def _state(workspace: Workspace, source: str) -> PolicyState:
    data, signatures = _files(workspace, source)
    policy, present, now = read_policy(data), _live(workspace), workspace.clock()
    found = read_signatures(signatures)
    signed = signed_roots(policy, data, found, now)
    is_live = present is not None and policy_bytes(present) == data
    if present is not None and not is_live:
        signed |= signed_roots(present, data, found, now)
        try:
            check_next(present, data, signatures, now)
        except BadPolicyError as error:
            return PolicyState(policy, policy_hash(data), signed, error.reason)
    elif len(signed) < policy.threshold and not is_live:
        missing = f"{policy.threshold} roots must sign it, and {len(signed)} did"
        return PolicyState(policy, policy_hash(data), signed, missing)
    return PolicyState(policy, policy_hash(data), signed)


def _live(workspace: Workspace) -> Policy | None:
    data = workspace.store.read_path(workspace.revision_of(LIVE), POLICY_PATH)
    return None if data is None else read_policy(data)


def _files(workspace: Workspace, source: str) -> tuple[bytes, bytes]:
    revision = workspace.revision_of(LIVE) if source == LIVE else _head(workspace, source)
    data = workspace.store.read_path(revision, POLICY_PATH)
    if data is None:
        raise NotFoundError(
            f"There is no policy in “{source}”.",
            todo="Write one down with “soh-author policy init”.",
        )
    return data, workspace.store.read_path(revision, SIGNATURES_PATH) or signatures_bytes(())


def _head(workspace: Workspace, source: str) -> str:
    """The newest version of a draft, the origin's too; anything else by its name."""
    return head_of(workspace, source) if copies_of(workspace, source) else workspace.revision_of(source)


def _root_of(signer: Signer, policies: list[Policy]) -> PersonId:
    for policy in policies:
        for root in policy.roots:
            if policy.people[root].key(signer.line) is not None:
                return root
    raise KeyFileError(
        "This key is no root's, so its signature would not count.",
        safe="Nothing was signed.",
        todo="Choose the key that the policy names for you.",
    )


def _wrong_verb(*, is_first: bool) -> UsageError:
    if is_first:
        return UsageError(
            "This content has a policy already.",
            safe="Nothing was changed.",
            todo="Use “soh-author policy propose” to change it.",
        )
    return UsageError(
        "This content has no policy yet.",
        safe="Nothing was changed.",
        todo="Write the first one down with “soh-author policy init”.",
    )


def _write(
    workspace: Workspace, draft: str, files: Mapping[str, bytes], note: str, progress: Progress
) -> str:
    """Keep files in a draft, and send it where that is possible; how that went, in a sentence."""
    if workspace.saved_texts(draft):
        raise UsageError(
            f"“{draft}” holds text that is saved privately, and a policy changes alone.",
            safe="Nothing was changed.",
            todo="Use a draft of its own for the policy.",
        )
    head = head_of(workspace, draft)
    hold_draft(workspace, draft, head)
    workspace.store.write(
        DRAFTS + draft, head, files, note=note, author=workspace.person.author, when=workspace.clock()
    )
    return send(workspace, DraftName(draft), progress)[1]
