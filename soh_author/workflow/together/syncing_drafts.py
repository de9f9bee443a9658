"""One draft brought up to date: with what others saved in it, and with what is live by now."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.errors import WorkspaceError, WorldMovedError
from soh_author.domain.ids import DraftName
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.journal.entries import JournalEntry
from soh_author.workflow.together.syncing_others import is_same_draft, origin_revision
from soh_author.workflow.together.syncing_trees import Answers, Card, Merging, merge_trees
from soh_author.workflow.workspace import LIVE, Workspace

_NONE: Answers = {}


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft that waits for decisions: nothing of it was changed yet.

    Args:
        draft: its name.
        mine: the version it is at.
        theirs: the version that is to come in.
        source: what comes in, in words.
        cards: the places both changed.
        private: stamps of the privately saved texts the cards were made from, by path.
    """

    draft: DraftName
    mine: str
    theirs: str
    source: str
    cards: tuple[Card, ...]
    private: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a draft: ``is_changed`` when something came in, ``pending`` when a person has to decide.

    ``is_clash``: the origin has another draft of the same name; the two are kept apart.
    """

    draft: DraftName
    is_changed: bool = False
    pending: Pending | None = None
    is_clash: bool = False


def bring_up(workspace: Workspace, draft: DraftName) -> Brought:
    """Take into a draft what others saved in it, then what is live; stop where a person has to decide."""
    theirs = origin_revision(workspace, DRAFTS + draft)
    before = workspace.store.resolve(DRAFTS + draft)
    is_clash = theirs is not None and theirs != before and not is_same_draft(workspace, before, theirs)
    if theirs is not None and not is_clash:
        pending = take_in(workspace, draft, theirs, "the draft as others saved it")
        if pending is not None:
            return Brought(draft, pending=pending)
    pending = take_in(workspace, draft, workspace.revision_of(LIVE), "what is live now")
    is_changed = workspace.store.resolve(DRAFTS + draft) != before
    return Brought(draft, is_changed, pending, is_clash)


def take_in(
    workspace: Workspace,
    draft: DraftName,
    theirs: str,
    source: str,
    answers: Answers = _NONE,
    *,
    expected: Pending | None = None,
) -> Pending | None:
    """Take another version into a draft, as one version that merges both; all of it or nothing.

    Args:
        theirs: the version to take in.
        source: what it is, in words, for the note and the cards.
        answers: what a person chose.
        expected: what the answers were given to; refused when that is not so any more.

    Returns:
        The cards when a person has to decide; then nothing was written.

    Raises:
        WorldMovedError: when the draft or its private texts changed since ``expected``.
        WorkspaceError: when the two have no version in common.
    """
    store = workspace.store
    mine = store.resolve(DRAFTS + draft)
    entries = _private(workspace, draft)
    if expected is not None and (expected.mine != mine or expected.private != _stamps(entries)):
        raise _moved(draft)
    merging = Merging(answers)
    changes = _changes(workspace, draft, mine, theirs, merging)
    texts = _private_texts(workspace, entries, (mine, theirs), changes, merging)
    if merging.cards:
        return Pending(draft, mine, theirs, source, tuple(merging.cards), _stamps(entries))
    if changes is not None:
        _write(workspace, draft, (mine, theirs), changes, source)
    _rebase_private(workspace, draft, entries, texts)
    return None


def _moved(draft: str) -> WorldMovedError:
    return WorldMovedError(
        f"The draft “{draft}” changed while you were deciding.",
        safe="Nothing was written, and nothing is lost.",
        todo="Get the latest again, and decide what is left.",
    )


def _changes(
    workspace: Workspace, draft: str, mine: str, theirs: str, merging: Merging
) -> dict[str, bytes | None] | None:
    """What comes into the draft's files; None when it has all of it."""
    store = workspace.store
    if store.is_ancestor(theirs, mine):
        return None
    base = store.common_ancestor(mine, theirs)
    if base is None:
        raise WorkspaceError(
            f"The draft “{draft}” and what the origin has share no version, so nobody can tell what changed.",
            safe="Nothing was changed.",
            todo="Write the draft's files out, get the workspace anew, and bring them over.",
        )
    return merge_trees(workspace, base, mine, theirs, merging)


def _write(
    workspace: Workspace,
    draft: str,
    versions: tuple[str, str],
    changes: dict[str, bytes | None],
    source: str,
) -> None:
    store = workspace.store
    mine, theirs = versions
    if store.is_ancestor(mine, theirs):
        store.advance_branch(DRAFTS + draft, mine, theirs)
        return
    stamp = Stamp(f"Brought up to date with {source}", workspace.person.author, workspace.clock())
    store.write_version(DRAFTS + draft, mine, changes, stamp, merging=theirs)


# -- texts in no version yet ---------------------------------------------------------------------------------


def _private(workspace: Workspace, draft: str) -> list[JournalEntry]:
    """Texts saved privately; one that is being typed in is left as it is, and noticed when saved."""
    entries = workspace.journal.entries(draft)
    return [entry for entry in entries if entry.saved_text is not None and not entry.is_unsaved]


def _stamps(entries: list[JournalEntry]) -> dict[str, str | None]:
    return {entry.path: entry.saved_text for entry in entries}


def _private_texts(
    workspace: Workspace,
    entries: list[JournalEntry],
    versions: tuple[str, str],
    changes: dict[str, bytes | None] | None,
    merging: Merging,
) -> dict[str, bytes | None]:
    """The private texts with what came in, by path; only those whose file changed below them."""
    mine, theirs = versions
    files = workspace.store.files(theirs if _is_forward(workspace, mine, theirs, changes) else mine)
    texts: dict[str, bytes | None] = {}
    for entry in entries:
        stored = files.get(entry.path)
        below = workspace.store.read(stored.blob) if stored else None
        if changes is not None and entry.path in changes:
            below = changes[entry.path]
        base = workspace.store.read(entry.base_blob) if entry.base_blob else None
        if below != base:
            own = entry.saved_text.encode("utf-8") if entry.saved_text else None
            texts[entry.path] = merging.merge(entry.path, base, own, below)
    return texts


def _is_forward(
    workspace: Workspace, mine: str, theirs: str, changes: dict[str, bytes | None] | None
) -> bool:
    return changes is not None and workspace.store.is_ancestor(mine, theirs)


def _rebase_private(
    workspace: Workspace, draft: str, entries: list[JournalEntry], texts: dict[str, bytes | None]
) -> None:
    """Save the merged private texts as made from the files that are there now."""
    files = workspace.store.files(workspace.store.resolve(DRAFTS + draft))
    for entry in entries:
        if entry.path in texts and workspace.journal.entry(draft, entry.path) == entry:
            data, stored = texts[entry.path], files.get(entry.path)
            text = data.decode("utf-8") if data else ""
            base = stored.blob if stored else None
            workspace.journal.save(draft, entry.path, text, base_blob=base, when=workspace.clock())
