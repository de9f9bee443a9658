"""Which names the gate lets move, and how: what is live, drafts and releases; all else stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import DraftName
from soh_author.gitstore.incoming import Incoming
from soh_author.reading.paths import FileKind, classify
from soh_author.workflow.gate.refusals import GateLimits, Refusal
from soh_author.workflow.gate.trees import judge_files, judge_sizes

NOTHING = "0" * 40
PUBLISHED_REF = "refs/heads/published"
DRAFT_REFS = "refs/heads/drafts/"
RELEASE_TAGS = "refs/tags/releases/"
_SHOWN = 100


class RefKind(StrEnum):
    """What a name stands for."""

    PUBLISHED = "published"
    DRAFT = "draft"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class RefUpdate:
    """One name somebody wants to move: from ``old`` to ``new``, 40 zeros where there is nothing."""

    ref: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """The name as people know it: ``published``, ``drafts/april``, ``releases/2026-11-22``."""
        return self.ref.removeprefix("refs/heads/").removeprefix("refs/tags/")[:_SHOWN]

    @property
    def is_new(self) -> bool:
        """Whether there was nothing of that name."""
        return self.old == NOTHING

    @property
    def is_deletion(self) -> bool:
        """Whether there is to be nothing of that name."""
        return self.new == NOTHING


def kind_of(ref: str) -> RefKind | None:
    """What a full name stands for; None for one that nobody may move."""
    if ref == PUBLISHED_REF:
        return RefKind.PUBLISHED
    if ref.startswith(DRAFT_REFS) and DraftName.is_valid(ref.removeprefix(DRAFT_REFS)):
        return RefKind.DRAFT
    if ref.startswith(RELEASE_TAGS):
        place = classify(f"releases/{ref.removeprefix(RELEASE_TAGS)}.yml")
        return RefKind.RELEASE if place and place.kind is FileKind.RELEASE else None
    return None


def judge_names(updates: Sequence[RefUpdate], limits: GateLimits) -> list[Refusal]:
    """Refuse names that nobody may move, and moves that nobody may make."""
    if len(updates) > limits.refs:
        text = f"{len(updates)} names are to move at once; at most {limits.refs} may."
        return [Refusal("What is sent", text, "Send fewer drafts at once.", "many-refs")]
    found: list[Refusal] = []
    if len({update.ref for update in updates}) != len(updates):
        found.append(Refusal("What is sent", "A name is to move twice.", "Send it once.", "doubled-ref"))
    for update in updates:
        found += _judge_name(update)
    return found


def judge_draft(incoming: Incoming, update: RefUpdate, limits: GateLimits) -> list[Refusal]:
    """Judge a draft that starts or goes on: every version it brings holds known kinds of files only.

    Nobody has to approve a draft.
    """
    if incoming.kind(update.new) != "commit":
        return [_not_a_version(update)]
    if not update.is_new and not incoming.is_ancestor(update.old, update.new):
        text = "The draft doesn't build on the version that is here: somebody sent another one first."
        return [Refusal(update.name, text, "Get the latest, then send it again.", "draft-forced")]
    known: set[str] = set()
    for commit in reversed(incoming.new_commits(update.new)):
        files = incoming.files(commit)
        fresh = {path: file for path, file in files.items() if file.blob not in known}
        found = judge_files(files) or judge_sizes(incoming, fresh, known, limits)
        if found:
            return found
        known.update(file.blob for file in fresh.values())
    return []


def judge_release_tag(
    incoming: Incoming, update: RefUpdate, published: RefUpdate | None, live: str
) -> list[Refusal]:
    """Judge the lasting name of a release: it names the version that brought ``releases/<id>.yml``.

    Args:
        incoming: where the versions lie.
        update: the name.
        published: what is live, if the same push moves it.
        live: what is live before the push; empty when nothing is.
    """
    identity = update.ref.removeprefix(RELEASE_TAGS)
    path = f"releases/{identity}.yml"
    if incoming.kind(update.new) != "commit":
        return [_not_a_version(update)]
    if published is not None and published.new == update.new:
        before = published.old
    else:
        before = _parent(incoming, update.new)
        if not live or not incoming.is_ancestor(update.new, live):
            text = "It names a version that isn't published."
            return [Refusal(update.name, text, "Publish first; the name comes with it.", "tag-foreign")]
    is_there = path in incoming.files(update.new)
    was_there = before != NOTHING and path in incoming.files(before)
    if not is_there or was_there:
        text = "It names a version that isn't this release."
        return [Refusal(update.name, text, "Publish again; the name comes with it.", "tag-other")]
    return []


def _parent(incoming: Incoming, commit: str) -> str:
    head = incoming.commit(commit).partition(b"\n\n")[0].split(b"\n")
    parents = [line[7:].decode("ascii", "replace") for line in head if line.startswith(b"parent ")]
    return parents[0] if parents else NOTHING


def _judge_name(update: RefUpdate) -> list[Refusal]:
    kind = kind_of(update.ref)
    if kind is None:
        text = "Only what is live, drafts (drafts/name) and releases (releases/id) are kept here."
        return [Refusal(update.name, text, "Send a draft of that name, or leave it out.", "ref")]
    if update.is_deletion and kind is not RefKind.DRAFT:
        text = "What was published is never taken away here."
        return [Refusal(update.name, text, "Withdraw pages with a release of their own.", "deletion")]
    if kind is RefKind.RELEASE and not update.is_new:
        text = "There is already a release of that name, and it keeps its version."
        return [Refusal(update.name, text, "Publish under another name.", "tag-moved")]
    return []


def _not_a_version(update: RefUpdate) -> Refusal:
    return Refusal(update.name, "It names something that is no version.", "Send a version.", "no-version")
