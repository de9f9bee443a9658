"""The gate: whether a push may move anything. The server asks it, and the app before it pushes.

Deny by default: what isn't known to be right is refused, and so is what can't be judged. Whatever is refused
moves nothing, because git moves none of a push's names when its hook says no.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from soh_author.domain.errors import SohAuthorError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.gitstore.incoming import Incoming, TooMuchError, TreeFile, differing
from soh_author.trust.errors import BadPolicyError
from soh_author.trust.policies import POLICY_PATH, SIGNATURES_PATH, check_first, policy_hash, read_policy
from soh_author.workflow.gate.comments import judge_comments, judge_live_comments, suggesters_of
from soh_author.workflow.gate.drafts import PLACES, editors_of, records_elsewhere
from soh_author.workflow.gate.refs import (
    NOTHING,
    PUBLISHED_REF,
    RefKind,
    RefUpdate,
    judge_draft,
    judge_names,
    judge_release_tag,
    kind_of,
)
from soh_author.workflow.gate.refusals import Deadline, GateLimits, Refusal, RefusedError
from soh_author.workflow.gate.release import Judgement, Setting
from soh_author.workflow.gate.trees import judge_files, judge_sizes
from soh_author.workflow.gate.versions import check_signer, check_version
from soh_author.workflow.uncollected import uncollected

_BOOKS = ("approvals/", "releases/")


def judge_push(
    folder: Path,
    updates: Sequence[RefUpdate],
    now: datetime,
    *,
    pin: str = "",
    variables: Mapping[str, str] | None = None,
    limits: GateLimits | None = None,
) -> list[Refusal]:
    """Judge a push. Never raises: what can't be judged is refused.

    Args:
        folder: the bare repository.
        updates: the names that are to move.
        now: the moment of judgement, with its zone.
        pin: hash of the repository's first policy, as the server was told; the app doesn't know it.
        variables: where git keeps what is being pushed (:func:`soh_author.gitstore.incoming.quarantine_of`).
        limits: how much is read, and for how long.

    Returns:
        Every reason found to refuse it; nothing when it is accepted.
    """
    taken = limits or GateLimits()
    deadline = Deadline(taken.seconds)
    try:
        with uncollected(), Incoming(folder, variables, caps=taken.caps, tick=deadline.check) as incoming:
            return _Push(incoming, updates, now, pin, taken).judge(deadline)
    except RefusedError as error:
        return [error.refusal]
    except TooMuchError as error:
        text = f"It can't be read, because {error.reason}."
        return [Refusal("What is sent", text, "Send less at once, as SOH Author writes it.", "unreadable")]
    except SohAuthorError as error:
        return [Refusal("What is sent", error.what, error.todo, "unjudged")]
    except Exception as error:  # noqa: BLE001 - fails closed: what can't be judged is refused
        text = f"It could not be judged ({type(error).__name__}), and nothing goes out unjudged."
        return [Refusal("What is sent", text, "Tell who looks after the server.", "unjudged")]


class _Push:
    """One push, name by name."""

    def __init__(
        self, incoming: Incoming, updates: Sequence[RefUpdate], now: datetime, pin: str, limits: GateLimits
    ) -> None:
        self._incoming = incoming
        self._updates = updates
        self._now = now
        self._pin = pin
        self._limits = limits

    def judge(self, deadline: Deadline) -> list[Refusal]:
        found = judge_names(self._updates, self._limits)
        if found:
            return found
        published = next((update for update in self._updates if update.ref == PUBLISHED_REF), None)
        if published is not None:
            found += self._published(published, deadline)
        for update in self._updates:
            deadline.check()
            kind = kind_of(update.ref)
            if kind is RefKind.DRAFT and not update.is_deletion:
                found += judge_draft(self._incoming, update, self._limits) or judge_comments(
                    self._incoming, update, self._now, self._limits
                )
            elif kind is RefKind.RELEASE:
                live = self._incoming.tip(PUBLISHED_REF)
                found += judge_release_tag(self._incoming, update, published, live)
        return found

    def _published(self, update: RefUpdate, deadline: Deadline) -> list[Refusal]:
        if update.is_new:
            text = "Nothing is live here yet, and the first push doesn't decide what is."
            todo = "Ask who looks after the server to put the first content in."
            return [Refusal("published", text, todo, "first-push")]
        commit = check_version(self._incoming, update)
        old = self._incoming.live_files(update.old)
        new = self._incoming.files_over(old, update.old, update.new)
        found = judge_files(new)
        found += judge_sizes(self._incoming, new, (file.blob for file in old.values()), self._limits)
        found += judge_live_comments(new)
        if found:
            return found
        policy = self._policy(old, new)
        publisher = check_signer(commit, policy, self._now)
        drafts = (*self._incoming.drafts(PLACES).items(), *self._sent_drafts())
        tips = [tip for _, tip in drafts]
        changed = {
            path: new[path].blob if path in new else ""
            for path in differing(old, new)
            if not path.startswith(_BOOKS)
        }
        setting = Setting(
            policy=policy,
            publisher=publisher,
            now=self._now,
            limits=self._limits,
            deadline=deadline,
            live=update.old,
            drafts=drafts,
            elsewhere=records_elsewhere(self._incoming, tips, old, new),
            touched=_together(
                editors_of(self._incoming, update.old, tips, changed, policy),
                suggesters_of(self._incoming, tips, changed, policy),
            ),
            is_first_policy=POLICY_PATH not in old,
        )
        return Judgement(self._incoming, old, new, setting).refusals()

    def _sent_drafts(self) -> list[tuple[str, str]]:
        """The drafts that come in the same push: their refs, and the versions they are to stand at."""
        drafts = (update for update in self._updates if kind_of(update.ref) is RefKind.DRAFT)
        return [
            (update.ref, update.new)
            for update in drafts
            if update.new != NOTHING and self._incoming.kind(update.new) == "commit"
        ]

    def _policy(self, old: Mapping[str, TreeFile], new: Mapping[str, TreeFile]) -> Policy:
        """The policy that judges: the one that is live; before there is one, the first, if it is pinned."""
        if POLICY_PATH in old:
            return self._live_policy(self._text(old, POLICY_PATH))
        if not self._pin:
            raise _policy_refused("There is no policy here yet, and none is pinned.")
        data, signatures = self._text(new, POLICY_PATH), self._text(new, SIGNATURES_PATH)
        try:
            return check_first(data, signatures, self._pin, self._now)
        except BadPolicyError as error:
            raise _policy_refused(f"The first policy can't be taken, because {error.reason}.") from error

    def _live_policy(self, data: bytes) -> Policy:
        try:
            policy = read_policy(data)
        except BadPolicyError as error:
            raise _policy_refused(
                f"The policy that is live can't be read, because {error.reason}."
            ) from error
        if self._pin and policy.version == 1 and policy_hash(data) != self._pin:
            raise _policy_refused("The policy that is live isn't the one this server was told to begin with.")
        return policy

    def _text(self, files: Mapping[str, TreeFile], path: str) -> bytes:
        blob = files[path].blob if path in files else ""
        return self._incoming.texts([blob]).get(blob, b"") if blob else b""


def _policy_refused(reason: str) -> RefusedError:
    todo = "Ask who looks after the server and the policy's roots."
    return RefusedError(Refusal(POLICY_PATH, reason, todo, "policy"))


def _together(*found: Mapping[str, frozenset[PersonId]]) -> dict[str, frozenset[PersonId]]:
    """People by path, from several answers."""
    none: frozenset[PersonId] = frozenset()
    paths = {path for each in found for path in each}
    return {path: frozenset().union(*(each.get(path, none) for each in found)) for path in paths}
