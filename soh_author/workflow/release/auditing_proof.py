"""Proof of what the audit tells: signatures and digests of a release looked at again, without any server."""

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import Release
from soh_author.trust.commits import verify_commit
from soh_author.trust.errors import BadPolicyError, BadSignatureError
from soh_author.trust.policies import POLICY_PATH, read_policy
from soh_author.trust.records import read_records, record_path
from soh_author.workflow.approvals.releasing_files import release_bytes, release_path
from soh_author.workflow.workspace import LIVE, Workspace


def fault_of_release(workspace: Workspace, release: Release) -> str:
    """Why a release can't be trusted, in words that follow *because*; empty when everything holds.

    Its version bears the publisher's signature by a key of the policy before it, is on the way to what is
    live, holds the release's file as it is told now, and every record it counts on is signed by who it names.
    """
    try:
        revision = str(workspace.store.resolve(f"releases/{release.id}"))
    except NotFoundError:
        return "its version is not here: get the latest"
    live = workspace.revision_of(LIVE)
    return workspace.memory.recall(
        ("proof of a release", revision, live, release_bytes(release)),
        lambda: _fault(workspace, release, revision, live),
    )


def _fault(workspace: Workspace, release: Release, revision: str, live: str) -> str:
    store = workspace.store
    if not store.is_ancestor(revision, live):
        return "its version does not lead to what is live"
    if store.read_path(revision, release_path(release.id)) != release_bytes(release):
        return "its file was changed since"
    parents = store.version(revision).parents
    if any(store.read_path(str(each), release_path(release.id)) is not None for each in parents):
        return "its name was moved to a later version"
    before = store.read_path(str(parents[0]), POLICY_PATH) if parents else None
    # The first policy comes with its own release; the server knew it by its hash.
    data = before or store.read_path(revision, POLICY_PATH)
    try:
        policy = read_policy(data or b"")
        verify_commit(store.commit_bytes(revision), _keys_of(policy, release.publisher))
    except (BadPolicyError, BadSignatureError) as error:
        return error.reason
    return _fault_of_records(workspace, release, revision, policy)


def _keys_of(policy: Policy, person: PersonId) -> list[str]:
    known = policy.people.get(person)
    return [key.line for key in known.keys] if known else []


def _fault_of_records(workspace: Workspace, release: Release, revision: str, policy: Policy) -> str:
    files = workspace.store.files(revision)
    paths = [record_path(each, kind) for each in release.records for kind in ("json", "sig")]
    missing = [path for path in paths if path not in files]
    if missing:
        return f"“{missing[0]}” is missing"
    contents = workspace.store.read_many(files[path].blob for path in paths)
    read = read_records({path: contents[files[path].blob] for path in paths}, policy)
    return f"of “{read.refused[0].path}”, {read.refused[0].reason}" if read.refused else ""
