"""The person's own key: made on first run, shown to the policy's roots, used to sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.trust.errors import KeyFileError
from soh_author.trust.keys import FILE, KeyPair, create_key, find_key
from soh_author.trust.locks import unlocked
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow.release.proposals import look_at_policy
from soh_author.workflow.release.releasing_case import has_policy, policy_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody the policy knows whose key is at hand: ``key`` is its file."""

    person: PersonId
    name: str
    email: str
    key: Path


def make_key(folder: Path, comment: str, passphrase: str = "") -> Task[KeyPair]:
    """Make the person's key; one that is there is never written over.

    Raises (when run):
        KeyFileError: when there is a key already.
        OutputError: when the folder can't be written.
    """

    def work(_progress: Progress) -> Outcome[KeyPair]:
        pair = create_key(folder, comment, passphrase=passphrase)
        return Outcome(pair, notice="Your key is made. Send its line to the policy's roots.")

    return Task("Making a key", work)


def show_key(folder: Path) -> Task[KeyPair]:
    """The person's key.

    Raises (when run):
        NotFoundError: when there is none yet.
        KeyFileError: when what is there is no key that is taken here.
    """

    def work(_progress: Progress) -> Outcome[KeyPair]:
        found = find_key(folder)
        if found is None:
            raise NotFoundError(
                f"There is no key in “{folder}” yet.", todo="Make one with “soh-author key create”."
            )
        return Outcome(found)

    return Task("Looking up your key", work)


def signer_in(folder: Path, *, key: Path | None = None, passphrase: str = "") -> Signer:
    """Somebody's key, ready to sign.

    Args:
        folder: with the person's own key.
        key: another one to use instead.
        passphrase: of the key's file; empty when it has none, or an agent holds the key.

    Raises:
        KeyFileError: when there is none, or it can't be used.
    """
    return open_signer(key or folder / FILE, passphrase)


def unlock(path: Path, passphrase: str) -> Task[Signer]:
    """Open a key that is locked with a passphrase.

    Raises (when run):
        KeyFileError: when the passphrase doesn't open it.
    """

    def work(_progress: Progress) -> Outcome[Signer]:
        return Outcome(unlocked(path, passphrase))

    return Task("Opening your key", work)


def signatories(workspace: Workspace, keys: Iterable[Path]) -> Task[tuple[Signatory, ...]]:
    """Whose keys some files are, by the live policy; files that are no key, or nobody's, are passed over.

    Raises (when run):
        WorkspaceError: when there is no policy.
    """

    def work(progress: Progress) -> Outcome[tuple[Signatory, ...]]:
        policy = _known_policy(workspace, progress)
        found: dict[PersonId, Signatory] = {}
        for path in keys:
            line = _line_of(path)
            for person in policy.people.values():
                if line and person.key(line) is not None:
                    found.setdefault(person.id, Signatory(person.id, person.name, person.email, path))
        return Outcome(tuple(found.values()))

    return Task("Looking whose keys are here", work)


def _known_policy(workspace: Workspace, progress: Progress) -> Policy:
    """The live policy, or the first one while it is only proposed: its roots have to sign it."""
    if not has_policy(workspace.snapshot()):
        book = look_at_policy(workspace).run(progress).value
        if book.proposed:
            return book.proposed[0].state.policy
    return policy_of(workspace.snapshot())


def _line_of(path: Path) -> str:
    """The public key of a file; empty when there is none."""
    try:
        return open_signer(path).line
    except KeyFileError:
        return ""
