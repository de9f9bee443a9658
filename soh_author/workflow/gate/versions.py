"""The version itself that would become what is live: one, on top of what is live, signed by a publisher."""

import re
from datetime import UTC, datetime, timedelta

from soh_author.domain.days import moment_in_words
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.policy import Policy
from soh_author.gitstore.incoming import Incoming, parents_of
from soh_author.trust.commits import verify_commit
from soh_author.trust.errors import BadSignatureError
from soh_author.workflow.gate.refs import RefUpdate
from soh_author.workflow.gate.refusals import Refusal, RefusedError

AHEAD = timedelta(minutes=10)
"""How far a publisher's clock may be ahead of the server's."""

LATEST = timedelta(hours=2)
"""How long after it was made a release may still be pushed: facts and memberships are those of its day."""

CLOCKS = (
    "Publish again. If it was made now, put your computer's clock right first; if that is right, tell who"
    " looks after the server that the server's is wrong."
)
"""What to do when two clocks differ: nobody can tell from here which of them is wrong."""

_COMMITTED = re.compile(rb"^committer [^\n]* (\d{1,12}) [+-]\d{4}$", re.MULTILINE)


def check_version(incoming: Incoming, update: RefUpdate) -> bytes:
    """Look at how the new version sits on what is live.

    Returns:
        The bytes of the version.

    Raises:
        RefusedError: when it isn't one version directly on top of what is live.
    """
    if incoming.kind(update.new) != "commit":
        raise _refused("It names something that is no version.", "Send a version.", "no-version")
    data = incoming.commit(update.new)
    parents = parents_of(data)
    if parents == [update.old]:
        return data
    if len(parents) > 1:
        text = "It merges several lines of versions; a release is one version on top of what is live."
        raise _refused(text, "Publish again with SOH Author, which makes one version.", "merge")
    if incoming.is_ancestor(update.old, update.new):
        text = "It brings several versions; a release is exactly one on top of what is live."
        raise _refused(text, "Publish again with SOH Author, which makes one version.", "several")
    text = "It doesn't build on what is live: somebody published first, or history was rewritten."
    raise _refused(text, "Get the latest, then publish again.", "not-on-top")


def check_signer(commit: bytes, policy: Policy, now: datetime) -> PersonId:
    """Find the publisher who signed a version.

    Args:
        commit: the version's bytes.
        policy: of the old tip.
        now: the moment of judgement.

    Raises:
        RefusedError: when nobody did who may, or the version's clock is wrong.
    """
    made = _made(commit)
    if made > now + AHEAD:
        text = f"It was made on {told(made)}, which is still to come: here it is {told(now)}."
        raise _refused(text, CLOCKS, "clock")
    if made < now - LATEST:
        text = f"It was made on {told(made)}, too long ago: here it is {told(now)}."
        raise _refused(text, CLOCKS, "clock")
    publishers = [person for person in policy.people.values() if any(person.scopes(Role.PUBLISHER))]
    owners = {key.line: person for person in publishers for key in person.keys}
    try:
        line = verify_commit(commit, owners)
    except BadSignatureError as error:
        text = f"It can't be taken, because {error.reason}."
        names = ", ".join(person.name for person in publishers) or "nobody"
        todo = f"A publisher has to publish it: {names}."
        raise _refused(text, todo, "signature") from error
    person = owners[line]
    key = person.key(line)
    reason = key.why_not(made, now) if key else "isn't theirs"
    if reason:
        text = f"It is signed by {person.name}, whose key {reason}."
        raise _refused(text, "Use a key that counts, or ask the policy's roots.", "key")
    return person.id


def told(moment: datetime) -> str:
    """A moment in words, in universal time: the clocks of two computers are compared by it."""
    return f"{moment_in_words(moment.astimezone(UTC))} UTC"


def _made(commit: bytes) -> datetime:
    found = _COMMITTED.search(commit.partition(b"\n\n")[0])
    try:
        return datetime.fromtimestamp(int(found[1]) if found else 0, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _refused(reason: str, todo: str, rule: str) -> RefusedError:
    return RefusedError(Refusal("published", reason, todo, rule))
